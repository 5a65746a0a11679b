//! The project of a plan that lies open: what it is changes as a step of the plan, so that it is shown at once, sent in
//! order and taken back like any other.

use domain::projects::{
    document::ProjectHead,
    operation::{Operation, ProjectPatch},
};
use leptos::prelude::*;

use super::{
    super::{super::calls, gantt::GanttHandle, sync::PlanSync},
    DeleteDialog, Edited, Leaving, ProjectDialog,
};
use crate::kit::{Toaster, go_to};

/// The dialog that changes the project of this plan.
pub fn edit_in_plan(edited: Edited, handle: GanttHandle, sync: PlanSync, on_undo: Callback<()>) -> AnyView {
    let toaster = expect_context::<Toaster>();
    let now = move || handle.read_untracked(|model| model.document().head.clone());
    let attempt = move |patch: ProjectPatch| match sync
        .attempt(Operation::EditProject { version: None, patch: Box::new(patch) })
    {
        Ok(()) => {
            edited.open.set(false);
            let name = now().name;
            toaster.undoable(format!("{name} is changed."), move || on_undo.run(()));
        }
        Err(fault) => edited.refuse(fault, Some(now())),
    };
    let store = move |patch: ProjectPatch| {
        let Some(code) = patch.code.clone() else { return attempt(patch) };
        edited.pending.set(true);
        leptos::task::spawn_local(async move {
            let taken = is_taken(&now(), &code).await;
            // Who has left the page meanwhile wants it no more.
            if edited.pending.try_set(false).is_some() {
                return;
            }
            if taken {
                edited.refuse(domain::Fault::field("code", "Another project has this code."), None);
            } else {
                attempt(patch);
            }
        });
    };
    view! { <ProjectDialog edited store/> }.into_any()
}

/// True where another project has the code. The server refuses that too, but by then the dialog has gone: a step waits
/// for its turn. Without a connection nothing is known, and the server's refusal must do.
async fn is_taken(own: &ProjectHead, code: &str) -> bool {
    let asked = domain::PageRequest { search: Some(code.to_owned()), ..domain::PageRequest::default() };
    let found = calls::list(asked).await;
    found.is_ok_and(|page| page.items.iter().any(|row| row.code == code && row.id != own.id))
}

/// The dialog that deletes the project of this plan.
pub fn leave_plan(open: RwSignal<bool>, handle: GanttHandle) -> AnyView {
    let project = Signal::derive(move || {
        handle.read(|model| {
            let head = &model.document().head;
            Some(Leaving { id: head.id, code: head.code.clone(), name: head.name.clone() })
        })
    });
    view! { <DeleteDialog open project on_done=|()| go_to("/projects")/> }.into_any()
}
