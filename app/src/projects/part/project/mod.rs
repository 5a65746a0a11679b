//! What a project is, apart from its plan: a form for it, and taking the project away.

mod delete;
mod form;
mod listed;
mod planned;
mod text;

use domain::{
    Fault, FaultKind,
    projects::{document::ProjectHead, operation::ProjectPatch},
};
use leptos::prelude::*;

use self::form::ProjectForm;
pub use self::{
    delete::{DeleteDialog, Leaving},
    listed::Listed,
    planned::{edit_in_plan, leave_plan},
    text::{ProjectText, status_code},
};
use crate::kit::{Dialog, Loading};

/// A project that is being changed. Where it is stored is for the page to say: a plan that lies open takes the change as
/// a step of its own, a list sends it.
#[derive(Clone, Copy)]
pub struct Edited {
    pub open: RwSignal<bool>,
    /// The project as whoever changes it has seen it last; none while it is on its way.
    pub seen: RwSignal<Option<ProjectHead>>,
    pub fault: RwSignal<Option<Fault>>,
    pub pending: RwSignal<bool>,
}

impl Edited {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            seen: RwSignal::new(None),
            fault: RwSignal::new(None),
            pending: RwSignal::new(false),
        }
    }

    /// Begins with the project as it is.
    pub fn begin(self, head: Option<ProjectHead>) {
        self.fault.set(None);
        self.pending.set(false);
        self.seen.set(head);
        self.open.set(true);
    }

    /// It was refused. Whoever has read that somebody else changed the same may store theirs over it.
    pub fn refuse(self, fault: Fault, now: Option<ProjectHead>) {
        if fault.kind == FaultKind::StaleVersion && now.is_some() {
            self.seen.set(now);
        }
        self.fault.set(Some(fault));
    }
}

/// The dialog with the form.
#[component]
pub fn ProjectDialog(edited: Edited, #[prop(into)] store: Callback<ProjectPatch>) -> impl IntoView {
    // The form begins once; what is seen later is for the next attempt, and takes nothing away that was typed.
    let is_there = Memo::new(move |_| edited.seen.with(Option::is_some));
    let shown = move || match is_there.get().then(|| edited.seen.get_untracked()).flatten() {
        Some(head) => view! { <ProjectForm edited head store/> }.into_any(),
        None => view! { <Loading/> }.into_any(),
    };
    view! { <Dialog open=edited.open title="Project">{shown}</Dialog> }.into_any()
}
