//! Somebody is away: from one day to another, and nothing else to type. Vacations are entered more often than anything
//! else about people.

use chrono::NaiveDate;
use domain::{
    Fault, FaultKind, FieldFault,
    projects::{calendar::Calendar, operation::EXCEPTIONS_MAX, resource::ResourceRecord},
};
use leptos::prelude::*;

use super::super::super::calls;
use crate::kit::{Button, ButtonKind, CallError, DateInput, Dialog, DialogActions, Field, Form, date};

/// Who is away, and what was typed of it. It belongs to the page: closing the dialog loses nothing.
#[derive(Clone, Copy)]
pub struct Absence {
    pub open: RwSignal<bool>,
    of: RwSignal<Option<ResourceRecord>>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl Absence {
    /// Nobody's yet.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            of: RwSignal::new(None),
            from: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
        }
    }

    /// Asks from when to when. What was typed for the same resource before is still there.
    pub fn ask(self, record: ResourceRecord) {
        if self.of.with_untracked(|of| of.as_ref().is_none_or(|of| of.id != record.id)) {
            self.clear();
        }
        self.of.set(Some(record));
        self.open.set(true);
    }

    fn clear(self) {
        self.from.set(String::new());
        self.to.set(String::new());
    }
}

/// The dialog of one absence.
#[component]
pub fn AbsenceDialog(
    absence: Absence,
    /// It was stored: as it was before, as it is now, and what to say of it.
    #[prop(into)]
    on_stored: Callback<(ResourceRecord, ResourceRecord, String)>,
    /// Somebody else has stored another state.
    #[prop(into)]
    on_stale: Callback<()>,
) -> impl IntoView {
    let title = move || {
        let name = absence.of.with(|of| of.as_ref().map(|record| record.name.clone()));
        name.map_or_else(String::new, |name| format!("Absence of {name}"))
    };
    let content =
        move || absence.of.get_untracked().map(|record| view! { <Content absence record on_stored on_stale/> });
    view! { <Dialog open=absence.open title=Signal::derive(title)>{content()}</Dialog> }.into_any()
}

#[component]
fn Content(
    absence: Absence,
    record: ResourceRecord,
    on_stored: Callback<(ResourceRecord, ResourceRecord, String)>,
    on_stale: Callback<()>,
) -> impl IntoView {
    let fault = RwSignal::new(None::<Fault>);
    let save = Action::new(move |(): &()| {
        fault.set(None);
        // As it is listed now: a second attempt is made on what somebody else has stored.
        let before = absence.of.get_untracked().unwrap_or_else(|| record.clone());
        let wanted = away(&before, &absence.from.get_untracked(), &absence.to.get_untracked());
        async move {
            let stored = match wanted {
                Ok((wanted, said)) => calls::save_resource(wanted).await.map(|stored| (stored, said)),
                Err(fault) => Err(CallError(fault)),
            };
            match stored {
                Ok((stored, said)) => {
                    absence.clear();
                    absence.open.set(false);
                    on_stored.run((before, stored, said));
                }
                Err(CallError(refused)) => {
                    if refused.kind == FaultKind::StaleVersion {
                        on_stale.run(());
                    }
                    fault.set(Some(refused));
                }
            }
        }
    });
    view! {
        <Form name="absence" on_submit=Callback::new(move |()| { save.dispatch(()); }) fault pending=save.pending()>
            <div class="absence-days">
                <Field label="First day" name="from"><DateInput value=absence.from/></Field>
                <Field label="Last day" name="to" optional=true hint="Empty for one day."><DateInput value=absence.to/></Field>
            </div>
            <DialogActions>
                <Button on_press=move || absence.open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=save.pending()>"Store"</Button>
            </DialogActions>
        </Form>
    }
    .into_any()
}

impl Absence {
    /// Somebody has stored another state of it.
    pub fn follow(self, records: &[ResourceRecord]) {
        self.of.update(|of| {
            let now = of.as_ref().and_then(|of| records.iter().find(|record| record.id == of.id));
            *of = now.cloned().or_else(|| of.take());
        });
    }
}

/// The resource without work on these days, whatever stood there, and a sentence that says so.
fn away(record: &ResourceRecord, from: &str, to: &str) -> Result<(ResourceRecord, String), Fault> {
    let mut faults = Vec::new();
    let mut day = |field: &str, text: &str| {
        let day = text.parse::<NaiveDate>();
        if day.is_err() {
            faults.push(FieldFault { field: field.to_owned(), message: "Say which day.".to_owned() });
        }
        day.unwrap_or_default()
    };
    let first = day("from", from);
    let last = if to.is_empty() { first } else { day("to", to) };
    if !faults.is_empty() {
        return Err(Fault { fields: faults, ..Fault::new(FaultKind::InvalidInput) });
    }
    if last < first {
        return Err(Fault::field("to", format!("{} is before {}.", date(last), date(first))));
    }
    if (last - first).num_days() >= EXCEPTIONS_MAX as i64 {
        return Err(Fault::field("to", format!("An absence has at most {EXCEPTIONS_MAX} days.")));
    }
    // Who has no hours of their own is there whenever the task works, on all days but these.
    let mut calendar = record.calendar.clone().unwrap_or_else(Calendar::around_the_clock);
    calendar.exceptions.extend(first.iter_days().take_while(|day| *day <= last).map(|day| (day, Vec::new())));
    let said = if first == last {
        format!("{} is away on {}.", record.name, date(first))
    } else {
        format!("{} is away from {} to {}.", record.name, date(first), date(last))
    };
    Ok((ResourceRecord { calendar: Some(calendar), ..record.clone() }, said))
}

#[cfg(test)]
mod tests {
    use domain::{ResourceId, projects::resource::ResourceKind};
    use uuid::Uuid;

    use super::*;

    fn olga() -> ResourceRecord {
        ResourceRecord::whole(ResourceId(Uuid::from_u128(1)), ResourceKind::Person, "Olga".into())
    }

    #[test]
    fn who_is_away_works_on_all_other_days_as_before() {
        let (gone, said) = away(&olga(), "2026-08-03", "2026-08-14").expect("two weeks");
        assert_eq!(said, "Olga is away from 3 Aug 2026 to 14 Aug 2026.");
        let calendar = gone.calendar.expect("a calendar");
        assert_eq!(calendar.week, Calendar::around_the_clock().week);
        assert_eq!(calendar.exceptions.len(), 12);
        assert!(calendar.exceptions.values().all(Vec::is_empty));
        let own = ResourceRecord { calendar: Some(Calendar::standard()), ..olga() };
        let (gone, said) = away(&own, "2026-08-03", "").expect("a day");
        assert_eq!(
            (said.as_str(), gone.calendar.map(|calendar| calendar.week)),
            ("Olga is away on 3 Aug 2026.", own.calendar.map(|calendar| calendar.week))
        );
    }

    #[test]
    fn a_day_that_is_missing_or_too_early_is_named_at_its_field() {
        let fields = |from: &str, to: &str| {
            let fault = away(&olga(), from, to).expect_err("refused");
            fault.fields.into_iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect::<Vec<_>>()
        };
        assert_eq!(fields("", ""), ["from: Say which day."]);
        assert_eq!(fields("", "soon"), ["from: Say which day.", "to: Say which day."]);
        assert_eq!(fields("2026-08-14", "2026-08-03"), ["to: 3 Aug 2026 is before 14 Aug 2026."]);
        assert_eq!(fields("2026-08-14", "2046-08-03"), ["to: An absence has at most 5300 days."]);
    }
}
