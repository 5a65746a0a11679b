//! The form for a new project.

use domain::{Fault, projects::view::NewProject};
use leptos::{html, prelude::*};

use super::super::calls;
use crate::kit::{Icon, TextField};

/// A dialog with the form; a new project opens its plan.
#[component]
pub fn NewProjectDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let start = RwSignal::new(String::new());
    let target = RwSignal::new(String::new());
    let local = RwSignal::new(None::<Fault>);
    let create = Action::new(|new: &NewProject| calls::create(new.clone()));
    let fault = Signal::derive(move || local.get().or_else(|| create.value().get().and_then(Result::err).map(|error| error.0)));
    Effect::new(move || {
        if let Some(Ok(head)) = create.value().get() {
            leptos_router::hooks::use_navigate()(&format!("/projects/{}", head.id), leptos_router::NavigateOptions::default());
        }
    });
    let send = move || {
        local.set(None);
        let date = |field: &str, text: &str| text.parse().map_err(|message: String| Fault::field(field, message));
        let parsed = date("start_date", &start.get_untracked()).and_then(|start| {
            let target = target.get_untracked();
            let target = if target.is_empty() { None } else { Some(date("target_end_date", &target)?) };
            Ok((start, target))
        });
        match parsed {
            Ok((start, target_end)) => {
                let code = Some(code.get_untracked()).filter(|code| !code.trim().is_empty());
                create.dispatch(NewProject { name: name.get_untracked(), code, start, target_end, ..NewProject::default() });
            }
            Err(fault) => local.set(Some(fault)),
        }
    };
    let close = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="new-project-title">
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <header>
                    <h2 id="new-project-title">"New project"</h2>
                    <button type="button" class="quiet" aria-label="Close" on:click=close><Icon name="close" /></button>
                </header>
                <p class="form-fault" role="alert">{move || fault.get().filter(|fault| fault.fields.is_empty()).map(|fault| fault.detail)}</p>
                <TextField id="project-name" name="name" label="Name" value=name fault=fault autofocus=true />
                <TextField id="project-code" name="code" label="Code" hint="Left empty, the next number is taken." value=code fault=fault />
                <TextField id="project-start" name="start_date" label="Start" kind="date" value=start fault=fault />
                <TextField id="project-target" name="target_end_date" label="Target end" kind="date" value=target fault=fault />
                <footer>
                    <button type="button" on:click=close>"Cancel"</button>
                    <button type="submit" class="primary" disabled=create.pending()>"Create"</button>
                </footer>
            </form>
        </dialog>
    }
    .into_any()
}
