//! The form of one calendar: what was typed, and what is wrong with it.

use domain::{CalendarId, Fault, FaultKind, projects::document::CalendarRecord};
use leptos::prelude::*;

use super::text::{CalendarText, ExceptionText, Span as TypedSpan};

/// From and to of working time.
#[derive(Clone, Copy)]
pub struct Span {
    pub key: u32,
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
}

/// Days that are otherwise.
#[derive(Clone, Copy)]
pub struct Exception {
    pub key: u32,
    pub from: RwSignal<String>,
    pub to: RwSignal<String>,
    /// `closed` or `hours`.
    pub kind: RwSignal<String>,
    pub spans: RwSignal<Vec<Span>>,
}

/// One calendar as it is being edited.
#[derive(Clone, Copy)]
pub struct CalendarForm {
    pub id: CalendarId,
    /// Not in the plan (any more): storing adds it.
    pub is_new: RwSignal<bool>,
    pub name: RwSignal<String>,
    pub week: StoredValue<[RwSignal<Vec<Span>>; 7]>,
    pub exceptions: RwSignal<Vec<Exception>>,
    /// What the last attempt was refused for.
    pub fault: RwSignal<Option<Fault>>,
    /// True where something else was typed than is stored.
    pub changed: Memo<bool>,
    /// Somebody stored another state while this was being edited.
    pub overtaken: RwSignal<bool>,
    /// What is shown was stored here.
    pub saved: RwSignal<bool>,
    stored: RwSignal<CalendarText>,
    owner: StoredValue<Owner>,
    next: StoredValue<u32>,
}

impl CalendarForm {
    /// A form that shows `record`. Called with its owner, which outlives the dialog.
    pub fn new(owner: Owner, record: &CalendarRecord, is_new: bool) -> Self {
        let stored = CalendarText::of(record);
        let name = RwSignal::new(String::new());
        let week = StoredValue::new(std::array::from_fn(|_| RwSignal::new(Vec::new())));
        let exceptions = RwSignal::new(Vec::new());
        let is_new = RwSignal::new(is_new);
        let stored = RwSignal::new(stored);
        let changed = Memo::new(move |_| {
            let now = typed(name, week, exceptions);
            is_new.get() || stored.with(|stored| *stored != now)
        });
        let form = Self {
            id: record.id,
            is_new,
            name,
            week,
            exceptions,
            fault: RwSignal::new(None),
            changed,
            overtaken: RwSignal::new(false),
            saved: RwSignal::new(false),
            stored,
            owner: StoredValue::new(owner),
            next: StoredValue::new(0),
        };
        form.show(&form.stored.get_untracked());
        form
    }

    /// What is typed now. Tracks.
    pub fn text(self) -> CalendarText {
        typed(self.name, self.week, self.exceptions)
    }

    /// The plan has this now.
    pub fn follow(self, record: &CalendarRecord) {
        let now = CalendarText::of(record);
        if !self.is_new.get_untracked() && self.stored.with_untracked(|stored| *stored == now) {
            return;
        }
        let typed = untrack(|| self.text());
        let was_changed = self.changed.get_untracked();
        self.stored.set(now.clone());
        self.is_new.set(false);
        if typed.means(&now) {
            self.overtaken.set(false);
            self.show(&now);
        } else if was_changed {
            self.overtaken.set(true);
        } else {
            self.show(&now);
        }
    }

    /// Back to what is stored.
    pub fn discard(self) {
        self.overtaken.set(false);
        self.fault.set(None);
        self.show(&self.stored.get_untracked());
    }

    /// The record that was typed.
    ///
    /// # Errors
    /// Every place that needs another look.
    pub fn read(self) -> Result<CalendarRecord, Fault> {
        let text = untrack(|| self.text());
        let calendar = text.read().map_err(|fields| Fault { fields, ..Fault::new(FaultKind::InvalidInput) })?;
        // The version is counted by the plan.
        Ok(CalendarRecord { id: self.id, name: text.name.trim().to_owned(), calendar, version: 1 })
    }

    pub fn day(self, day: usize) -> RwSignal<Vec<Span>> {
        self.week.with_value(|week| week[day])
    }

    /// A new window in `spans`: after the last one, or the usual day.
    pub fn add_span(self, spans: RwSignal<Vec<Span>>) {
        let last = spans.with_untracked(|spans| spans.last().map(|span| span.to.get_untracked()));
        let (from, to) = match last {
            Some(last) => (last, String::new()),
            None => ("08:00".to_owned(), "17:00".to_owned()),
        };
        let span = self.span(&(from, to));
        spans.update(|spans| spans.push(span));
    }

    /// Writes the windows of one day over those of another.
    pub fn copy_day(self, from: usize, to: usize) {
        let typed = untrack(|| spans_of(self.day(from)));
        let spans = typed.iter().map(|typed| self.span(typed)).collect();
        self.day(to).set(spans);
    }

    /// One more exception, a day off.
    pub fn add_exception(self) -> u32 {
        let exception = self.exception(&ExceptionText::default());
        self.exceptions.update(|exceptions| exceptions.push(exception));
        exception.key
    }

    /// The message for one place. Tracks.
    pub fn message(self, field: &str) -> Option<String> {
        self.fault.with(|fault| fault.as_ref().and_then(|fault| fault.message_for(field).map(str::to_owned)))
    }

    /// What the form itself says: not what stands beside a day or an exception. Tracks.
    pub fn fault_of_form(self) -> Option<Fault> {
        let mut fault = self.fault.get()?;
        let all = fault.fields.len();
        fault.fields.retain(|field| !field.field.starts_with("week.") && !field.field.starts_with("exceptions."));
        (all == 0 || !fault.fields.is_empty()).then_some(fault)
    }

    /// The first field that is at fault gets the focus, also where the fault is not the form's own.
    pub fn focus_faults(self, form: String) {
        Effect::new(move |_| {
            if self.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.kind == FaultKind::InvalidInput)) {
                let first = format!("#form-{form} [aria-invalid=true]");
                request_animation_frame(move || crate::kit::focus_first(&first));
            }
        });
    }

    /// Shows what was typed before, in place of what is shown.
    pub fn retype(self, text: &CalendarText) {
        self.show(text);
    }

    fn show(self, text: &CalendarText) {
        self.name.set(text.name.clone());
        for (day, spans) in text.week.iter().enumerate() {
            self.day(day).set(spans.iter().map(|typed| self.span(typed)).collect());
        }
        self.exceptions.set(text.exceptions.iter().map(|typed| self.exception(typed)).collect());
    }

    /// Signals that outlive the dialog: closing it loses nothing.
    fn span(self, (from, to): &TypedSpan) -> Span {
        let key = self.key();
        self.owner.with_value(|owner| {
            owner.with(|| Span { key, from: RwSignal::new(from.clone()), to: RwSignal::new(to.clone()) })
        })
    }

    fn exception(self, text: &ExceptionText) -> Exception {
        let key = self.key();
        let kind = if text.spans.is_some() { "hours" } else { "closed" };
        let spans: Vec<Span> = text.spans.iter().flatten().map(|typed| self.span(typed)).collect();
        self.owner.with_value(|owner| {
            owner.with(|| Exception {
                key,
                from: RwSignal::new(text.from.clone()),
                to: RwSignal::new(text.to.clone()),
                kind: RwSignal::new(kind.to_owned()),
                spans: RwSignal::new(spans),
            })
        })
    }

    fn key(self) -> u32 {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        key
    }
}

fn spans_of(spans: RwSignal<Vec<Span>>) -> Vec<TypedSpan> {
    spans.with(|spans| spans.iter().map(|span| (span.from.get(), span.to.get())).collect())
}

fn typed(
    name: RwSignal<String>,
    week: StoredValue<[RwSignal<Vec<Span>>; 7]>,
    exceptions: RwSignal<Vec<Exception>>,
) -> CalendarText {
    let exception = |exception: &Exception| ExceptionText {
        from: exception.from.get(),
        to: exception.to.get(),
        spans: (exception.kind.get() == "hours").then(|| spans_of(exception.spans)),
    };
    CalendarText {
        name: name.get(),
        week: week.with_value(|week| std::array::from_fn(|day| spans_of(week[day]))),
        exceptions: exceptions.with(|exceptions| exceptions.iter().map(exception).collect()),
    }
}
