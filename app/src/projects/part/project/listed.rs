//! Projects of a list: one is changed or deleted where it stands, and the list is asked for again.

use domain::{
    Fault, ProjectId,
    projects::{document::ProjectHead, operation::ProjectPatch},
};
use leptos::prelude::*;

use super::{super::super::calls, DeleteDialog, Edited, Leaving, ProjectDialog, delete::bring_back};
use crate::kit::{CallError, Toaster};

/// What is done to rows of the list.
#[derive(Clone, Copy)]
pub struct Listed {
    pub edited: Edited,
    pub deleting: RwSignal<bool>,
    leaving: RwSignal<Option<Leaving>>,
    toaster: Toaster,
    /// Asks for the list again.
    again: Callback<()>,
}

impl Listed {
    pub fn new(again: Callback<()>) -> Self {
        Self {
            edited: Edited::new(),
            deleting: RwSignal::new(false),
            leaving: RwSignal::new(None),
            toaster: expect_context::<Toaster>(),
            again,
        }
    }

    /// Opens the form, and asks what the project is now.
    pub fn edit(self, id: ProjectId) {
        self.edited.begin(None);
        leptos::task::spawn_local(async move {
            match calls::head(id).await {
                Ok(head) => drop(self.edited.seen.try_set(Some(head))),
                Err(CallError(fault)) => {
                    let _ = self.edited.open.try_set(false);
                    self.toaster.fault(&fault);
                }
            }
        });
    }

    /// Asks before the project goes.
    pub fn delete(self, leaving: Leaving) {
        self.leaving.set(Some(leaving));
        self.deleting.set(true);
    }

    /// Brings a deleted project back.
    pub fn bring_back(self, leaving: Leaving) {
        leptos::task::spawn_local(async move {
            bring_back(leaving, self.toaster).await;
            self.again.try_run(());
        });
    }

    fn store(self, patch: ProjectPatch) {
        let Some(ProjectHead { id, name, .. }) = self.edited.seen.get_untracked() else { return };
        let name = patch.name.clone().unwrap_or(name);
        self.edited.pending.set(true);
        leptos::task::spawn_local(async move {
            let answer = calls::edit(id, patch).await;
            if self.edited.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    self.edited.open.set(false);
                    self.again.run(());
                    self.toaster.undoable(format!("{name} is changed."), move || self.take_back(id));
                }
                Err(CallError(fault)) => self.refuse(id, fault).await,
            }
        });
    }

    async fn refuse(self, id: ProjectId, fault: Fault) {
        let now = calls::head(id).await.ok();
        if self.edited.fault.try_get_untracked().is_some() {
            self.edited.refuse(fault, now);
        }
    }

    fn take_back(self, id: ProjectId) {
        leptos::task::spawn_local(async move {
            if let Err(CallError(fault)) = calls::undo(id).await {
                self.toaster.fault(&fault);
            }
            self.again.try_run(());
        });
    }

    /// The form.
    pub fn form(self) -> AnyView {
        view! { <ProjectDialog edited=self.edited store=move |patch| self.store(patch)/> }.into_any()
    }

    /// The question.
    pub fn question(self) -> AnyView {
        let back = move |()| {
            self.again.try_run(());
        };
        view! { <DeleteDialog open=self.deleting project=self.leaving on_done=move |()| self.again.run(()) on_back=back/> }
            .into_any()
    }
}
