//! Taking a project away. Nobody but the operator brings it back, so that it is asked for twice.

use domain::{FaultKind, ProjectId};
use leptos::prelude::*;

use super::super::super::calls;
use crate::kit::{CallError, ConfirmDialog, Toaster};

/// A project that is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub id: ProjectId,
    pub code: String,
    pub name: String,
}

/// Asks, deletes, and tells `on_done`.
#[component]
pub fn DeleteDialog(
    open: RwSignal<bool>,
    #[prop(into)] project: Signal<Option<Leaving>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let delete = Action::new(move |leaving: &Leaving| {
        let Leaving { id, code, name } = leaving.clone();
        async move {
            let answer = calls::delete(id).await;
            let _ = open.try_set(false);
            match answer {
                Ok(()) => toaster.say(format!("{code} {name} is deleted.")),
                // Somebody else was faster.
                Err(CallError(fault)) if fault.kind == FaultKind::NotFound => {
                    toaster.say(format!("{code} {name} was deleted already."));
                }
                Err(CallError(fault)) => return toaster.fault(&fault),
            }
            on_done.run(());
        }
    });
    let ask = move || {
        project.with(|project| {
            let name = project.as_ref().map(|Leaving { code, name, .. }| format!("{code} {name}")).unwrap_or_default();
            format!("{name} goes from every list, with its tasks, comments and baselines. Only the operator of Takt can bring it back. To keep it and work on it no more, give it the status Done or Cancelled.")
        })
    };
    let confirmed = move |()| {
        if let Some(leaving) = project.get_untracked() {
            delete.dispatch(leaving);
        }
    };
    view! {
        <ConfirmDialog
            open
            title="Delete the project"
            message=Signal::derive(ask)
            confirm="Delete project"
            danger=true
            pending=delete.pending()
            on_confirm=confirmed
        />
    }
    .into_any()
}
