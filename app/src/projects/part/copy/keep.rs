//! What a copy takes along.

use domain::projects::copy::Keep;
use leptos::prelude::*;

use crate::kit::Checkbox;

/// The choices, each as a switch of the form.
#[derive(Clone, Copy)]
pub struct Kept {
    assignees: RwSignal<bool>,
    constraints: RwSignal<bool>,
    deadlines: RwSignal<bool>,
    notes: RwSignal<bool>,
    progress: RwSignal<bool>,
}

impl Kept {
    pub fn new(keep: Keep) -> Self {
        let Keep { assignees, progress, constraints, deadlines, notes } = keep;
        Self {
            assignees: RwSignal::new(assignees),
            constraints: RwSignal::new(constraints),
            deadlines: RwSignal::new(deadlines),
            notes: RwSignal::new(notes),
            progress: RwSignal::new(progress),
        }
    }

    pub fn read(self) -> Keep {
        Keep {
            assignees: self.assignees.get_untracked(),
            progress: self.progress.get_untracked(),
            constraints: self.constraints.get_untracked(),
            deadlines: self.deadlines.get_untracked(),
            notes: self.notes.get_untracked(),
        }
    }
}

#[component]
pub fn KeptFields(kept: Kept) -> impl IntoView {
    view! {
        <fieldset class="keeps">
            <legend>"Take along"</legend>
            <Checkbox checked=kept.assignees label="People"/>
            <Checkbox checked=kept.constraints label="Constraints with a date"/>
            <Checkbox checked=kept.deadlines label="Deadlines and target"/>
            <Checkbox checked=kept.notes label="Notes"/>
            <Checkbox checked=kept.progress label="Progress and actual dates"/>
        </fieldset>
    }
    .into_any()
}
