//! What the planner demands of the task's dates, and what really happened.

use chrono::NaiveDate;
use domain::{
    Fault, Minute,
    projects::{
        document::TaskRecord,
        operation::TaskPatch,
        plan::{ConstraintKind, TaskKind, TaskMode},
    },
};
use leptos::prelude::*;

use super::{
    edit::Edit,
    field::{Kept, Kind, Pick},
};
use crate::kit::Choice;

/// A date of the record: where it is read, whether it is an end of work, and how it is written.
#[derive(Clone, Copy)]
struct DateField {
    label: &'static str,
    name: &'static str,
    read: fn(&TaskRecord) -> Option<Minute>,
    is_end: fn(&TaskRecord) -> bool,
    write: fn(Option<Minute>) -> TaskPatch,
}

const CONSTRAINT_AT: DateField = DateField {
    label: "Constraint date",
    name: "constraint_at",
    read: |record| record.constraint_at,
    is_end: |record| record.constraint.is_of_finish(),
    write: |at| TaskPatch { constraint_at: Some(at), ..TaskPatch::default() },
};
const MANUAL_START: DateField = DateField {
    label: "Put at",
    name: "manual_start",
    read: |record| record.manual_start,
    is_end: |_| false,
    write: |at| TaskPatch { manual_start: Some(at), ..TaskPatch::default() },
};
const DEADLINE: DateField = DateField {
    label: "Deadline",
    name: "deadline",
    read: |record| record.deadline,
    is_end: |_| true,
    write: |at| TaskPatch { deadline: Some(at), ..TaskPatch::default() },
};
const ACTUAL_START: DateField = DateField {
    label: "Actual start",
    name: "actual_start",
    read: |record| record.actual_start,
    is_end: |_| false,
    write: |at| TaskPatch { actual_start: Some(at), ..TaskPatch::default() },
};
const ACTUAL_FINISH: DateField = DateField {
    label: "Actual finish",
    name: "actual_finish",
    read: |record| record.actual_finish,
    is_end: |_| true,
    write: |at| TaskPatch { actual_finish: Some(at), ..TaskPatch::default() },
};

#[component]
pub fn Dates(edit: Edit) -> impl IntoView {
    let is_summary = edit.shown(|record| record.kind == TaskKind::Summary);
    let is_manual = edit.shown(|record| record.mode == TaskMode::Manual);
    let is_dated = edit.shown(|record| record.constraint.needs_date());
    let shown = edit.shown(|record| record.constraint.code().to_owned());
    let set_constraint = Callback::new(move |code: String| {
        let Some(kind) = ConstraintKind::ALL.into_iter().find(|kind| kind.code() == code) else { return Ok(()) };
        let slot = edit.slot.get_untracked();
        // It holds the task where it stands until another date is chosen.
        let here = if kind.is_of_finish() { slot.finish } else { slot.start };
        let constraint_at = kind.needs_date().then_some(Some(here));
        edit.patch(TaskPatch { constraint: Some(kind), constraint_at, ..TaskPatch::default() })
    });
    let choices = ConstraintKind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).to_vec();
    view! {
        <section class="task-part" aria-labelledby="task-dates">
            <h3 id="task-dates">"Dates"</h3>
            <Show when=move || is_manual.get()><DateInPlan edit of=MANUAL_START/></Show>
            <Pick label="Constraint" name="constraint" choices shown store=set_constraint/>
            <div class="pair">
                <Show when=move || is_dated.get()><DateInPlan edit of=CONSTRAINT_AT/></Show>
                <DateInPlan edit of=DEADLINE/>
            </div>
            <Show when=move || !is_summary.get()>
                <div class="pair">
                    <DateInPlan edit of=ACTUAL_START/>
                    <DateInPlan edit of=ACTUAL_FINISH/>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn DateInPlan(edit: Edit, of: DateField) -> impl IntoView {
    let shown = edit.shown(move |record| (of.read)(record).map(|at| at.date().to_string()).unwrap_or_default());
    let store = Callback::new(move |text: String| {
        if text.is_empty() {
            return edit.patch((of.write)(None));
        }
        let date: NaiveDate = text.parse().map_err(|_| Fault::field(of.name, format!("'{text}' is not a date.")))?;
        let end = edit.record.with_untracked(of.is_end);
        edit.patch((of.write)(Some(edit.moment(date, end))))
    });
    view! { <Kept label=of.label name=of.name kind=Kind::Date optional=true shown store/> }
}
