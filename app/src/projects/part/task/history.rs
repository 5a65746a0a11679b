//! What was done to the task, and by whom.

use domain::{ProjectId, TaskId};
use leptos::prelude::*;

use super::edit::Edit;
use crate::{kit::Moment, projects::calls};

/// Steps that changed the task; loaded when they are asked for.
#[component]
pub fn History(project: ProjectId, edit: Edit) -> impl IntoView {
    let task: TaskId = edit.task;
    let open = RwSignal::new(false);
    let version = edit.shown(|record| record.version);
    let steps = LocalResource::new(move || {
        let wanted = open.get();
        version.track();
        async move { if wanted { calls::task_activity(project, task).await.ok() } else { None } }
    });
    let list = move || {
        let page = steps.get().flatten()?;
        let rows = page.items.into_iter().map(|step| {
            view! {
                <li data-undone=step.undone.to_string()>
                    <strong>{step.actor_name}</strong><span>{step.summary}</span><Moment at=step.at ago=true/>
                </li>
            }
        });
        Some(view! { <ol class="steps">{rows.collect_view()}</ol> })
    };
    view! {
        <details class="task-part" on:toggle=move |event| open.set(is_open(&event))>
            <summary>"Activity"</summary>
            {list}
        </details>
    }
    .into_any()
}

fn is_open(event: &leptos::ev::Event) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        details.is_some_and(|details| details.has_attribute("open"))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        false
    }
}
