//! Taking a project away, and bringing it back. It goes from everybody's lists, so that it is asked for twice.

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

/// Brings a project back and says so, or why not.
pub async fn bring_back(leaving: Leaving, toaster: Toaster) {
    match calls::undelete(leaving.id).await {
        Ok(head) => toaster.say(format!("{} {} is back.", head.code, head.name)),
        Err(CallError(fault)) => toaster.fault(&fault),
    }
}

/// Asks, deletes, and tells `on_done`; where the page stays, it offers to undo it and tells `on_back`.
#[component]
pub fn DeleteDialog(
    open: RwSignal<bool>,
    #[prop(into)] project: Signal<Option<Leaving>>,
    #[prop(into)] on_done: Callback<()>,
    #[prop(optional, into)] on_back: Option<Callback<()>>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let delete = Action::new(move |leaving: &Leaving| {
        let leaving = leaving.clone();
        async move {
            let answer = calls::delete(leaving.id).await;
            let _ = open.try_set(false);
            let Leaving { code, name, .. } = &leaving;
            let said = format!("{code} {name} is deleted.");
            match answer {
                Ok(()) => match on_back {
                    Some(on_back) => toaster.undoable(said, move || {
                        let leaving = leaving.clone();
                        leptos::task::spawn_local(async move {
                            bring_back(leaving, toaster).await;
                            on_back.try_run(());
                        });
                    }),
                    None => toaster.say(said),
                },
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
            format!("{name} goes from every list, with its tasks, comments and baselines. Whoever may delete projects can bring it back, from the list of projects with the status Deleted. To keep it and work on it no more, give it the status Done or Cancelled.")
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
