//! What is typed about a resource, and what is stored of it.

use domain::{
    CalendarId, Fault, FaultKind,
    projects::{
        amount::decimal,
        calendar::Calendar,
        document::CalendarRecord,
        resource::{ResourceKind, ResourceRecord},
    },
};
use leptos::prelude::*;

use super::{
    super::calendar::{CalendarForm, CalendarText},
    words::capacity,
};

/// A resource that is being edited. It belongs to the page, so that a dialog closed by mistake opens again with
/// everything that was typed.
#[derive(Clone, Copy)]
pub struct ResourceForm {
    pub name: RwSignal<String>,
    /// `machine` or `department`; a person stays one.
    pub kind: RwSignal<String>,
    pub many: RwSignal<String>,
    /// `always` or `own`.
    pub there: RwSignal<String>,
    /// Its own week and its other days; holds what the last attempt was refused for, too.
    pub hours: CalendarForm,
    /// As it is stored; version 0 where it is not there yet.
    pub stored: RwSignal<ResourceRecord>,
    /// True where something else was typed than is stored.
    pub changed: Memo<bool>,
    /// Somebody stored another state while this was being edited.
    pub overtaken: RwSignal<bool>,
}

/// What the fields show of a record: name, kind, how many, when.
fn shown(record: &ResourceRecord) -> [String; 4] {
    let kind = if record.kind == ResourceKind::Department { "department" } else { "machine" };
    let there = if record.calendar.as_ref().is_none_or(Calendar::is_always) { "always" } else { "own" };
    [record.name.clone(), kind.to_owned(), decimal(record.capacity), there.to_owned()]
}

/// The calendar that is edited. Whoever has no hours of their own begins with the usual week once they get some.
fn hours(record: &ResourceRecord) -> CalendarRecord {
    let mut calendar = record.calendar.clone().unwrap_or_else(Calendar::standard);
    if calendar.is_always() {
        calendar.week = Calendar::standard().week;
    }
    CalendarRecord { id: CalendarId(record.id.0), name: record.name.clone(), calendar, version: record.version }
}

impl ResourceForm {
    /// A form that shows `record`. Called with its owner, which outlives the dialog.
    pub fn new(owner: Owner, record: ResourceRecord) -> Self {
        let [name, kind, many, there] = shown(&record).map(RwSignal::new);
        let hours = CalendarForm::new(owner, &hours(&record), false);
        let stored = RwSignal::new(record);
        let changed = Memo::new(move |_| {
            let typed = [name, kind, many, there].map(|field| field.get());
            stored.with(shown) != typed || hours.changed.get()
        });
        Self { name, kind, many, there, hours, stored, changed, overtaken: RwSignal::new(false) }
    }

    /// The server has this now. What nobody has touched here shows it.
    pub fn follow(self, record: &ResourceRecord) {
        let before = self.stored.get_untracked();
        if before == *record {
            return;
        }
        self.overtaken.set(self.changed.get_untracked());
        let fields = [self.name, self.kind, self.many, self.there];
        for ((field, was), is) in fields.into_iter().zip(shown(&before)).zip(shown(record)) {
            if field.with_untracked(|typed| *typed == was) {
                field.set(is);
            }
        }
        self.hours.follow(&hours(record));
        self.stored.set(record.clone());
    }

    /// Back to what is stored.
    pub fn discard(self) {
        self.overtaken.set(false);
        for (field, is) in
            [self.name, self.kind, self.many, self.there].into_iter().zip(self.stored.with_untracked(shown))
        {
            field.set(is);
        }
        self.hours.discard();
    }

    /// The record that was typed.
    ///
    /// # Errors
    /// Every place that needs another look.
    pub fn read(self) -> Result<ResourceRecord, Fault> {
        let stored = self.stored.get_untracked();
        let many = capacity(&self.many.get_untracked());
        let hours = calendar(untrack(|| self.hours.text()), self.there.get_untracked() == "always");
        let kind = match self.kind.get_untracked().as_str() {
            _ if stored.kind == ResourceKind::Person => ResourceKind::Person,
            "department" => ResourceKind::Department,
            _ => ResourceKind::Machine,
        };
        let mut fields = Vec::new();
        let capacity = many.unwrap_or_else(|fault| {
            fields.extend(fault.fields);
            stored.capacity
        });
        let calendar = hours.unwrap_or_else(|faults| {
            fields.extend(faults);
            None
        });
        let typed = ResourceRecord { name: self.name.get_untracked(), kind, capacity, calendar, ..stored };
        if let Err(fault) = typed.check() {
            fields.extend(fault.fields);
        }
        if fields.is_empty() { Ok(typed) } else { Err(Fault { fields, ..Fault::new(FaultKind::InvalidInput) }) }
    }
}

/// The calendar that was typed; none for who is there whenever the task works, without other days.
fn calendar(mut text: CalendarText, always: bool) -> Result<Option<Calendar>, Vec<domain::FieldFault>> {
    if always {
        text.week = std::array::from_fn(|_| vec![("00:00".to_owned(), "24:00".to_owned())]);
    }
    let calendar = text.read()?;
    Ok((!always || !calendar.exceptions.is_empty()).then_some(calendar))
}

#[cfg(test)]
mod tests {
    use domain::ResourceId;
    use uuid::Uuid;

    use super::*;

    fn press() -> ResourceRecord {
        ResourceRecord::whole(ResourceId(Uuid::from_u128(1)), ResourceKind::Machine, "Press 400 t".into())
    }

    fn form(record: ResourceRecord) -> ResourceForm {
        ResourceForm::new(Owner::current().expect("an owner"), record)
    }

    fn closed(day: &str) -> Calendar {
        let mut calendar = Calendar::around_the_clock();
        calendar.exceptions.insert(day.parse().expect("a date"), Vec::new());
        calendar
    }

    #[test]
    fn what_is_shown_is_read_back() {
        Owner::new().with(|| {
            for calendar in [None, Some(Calendar::standard()), Some(closed("2026-08-03"))] {
                let record = ResourceRecord { calendar, ..press() };
                let form = form(record.clone());
                assert_eq!(form.read(), Ok(record));
                assert!(!form.changed.get_untracked());
            }
        });
    }

    #[test]
    fn every_bad_place_is_named_at_once() {
        Owner::new().with(|| {
            let form = form(ResourceRecord { calendar: Some(Calendar::standard()), ..press() });
            form.name.set(" ".into());
            form.many.set("many".into());
            form.hours.day(0).with_untracked(|spans| spans[0].to.set("7".into()));
            form.hours.add_exception();
            let fault = form.read().expect_err("four places");
            let fields: Vec<_> = fault.fields.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(fields, ["capacity", "week.0", "exceptions.0", "name"]);
            form.there.set("always".into());
            let fault = form.read().expect_err("three places");
            assert!(!fault.fields.iter().any(|fault| fault.field == "week.0"), "a week that is not shown says nothing");
        });
    }

    #[test]
    fn what_somebody_else_stored_is_shown_where_nothing_was_typed() {
        Owner::new().with(|| {
            let form = form(press());
            form.many.set("2".into());
            let theirs = ResourceRecord {
                name: "Press 600 t".into(),
                calendar: Some(closed("2026-08-03")),
                version: 1,
                ..press()
            };
            form.follow(&theirs);
            assert!(form.overtaken.get_untracked());
            assert_eq!(form.read(), Ok(ResourceRecord { capacity: 200, ..theirs.clone() }));
            form.discard();
            assert_eq!(form.read(), Ok(theirs));
        });
    }
}
