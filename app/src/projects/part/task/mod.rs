//! One task in full, beside the chart. Every field is one operation, stored when it is left.

mod basics;
mod chooser;
mod comments;
mod dates;
mod edit;
mod facts;
mod field;
mod history;
mod links;
mod more;
mod needs;
mod pauses;

pub use links::LinkRow;

use domain::{
    Fault, ProjectId, TaskId,
    projects::{document::TaskRecord, operation::Operation},
};
use leptos::prelude::*;

use self::{
    basics::Basics,
    comments::Comments,
    dates::Dates,
    edit::Edit,
    facts::Facts,
    history::History,
    links::Links,
    more::More,
    needs::{People, Things},
    pauses::Pauses,
};
use super::{gantt::GanttHandle, together::Together};
use crate::kit::{Icon, IconButton};

/// The panel of the selected task. It is made anew for another task only: what is typed stays while colleagues change
/// the plan around it.
#[component]
pub fn TaskPanel(
    project: ProjectId,
    handle: GanttHandle,
    can_edit: bool,
    /// Does it here and now and sends it; says why not where it is refused.
    #[prop(into)]
    attempt: Callback<Operation, Result<(), Fault>>,
    /// Those who look at the same plan; none for a plan as it was, which nobody speaks of any more.
    #[prop(optional, into)]
    together: Option<Together>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let id = handle.selected.get()?;
        handle.read(|model| model.position(id)).map(|_| id)
    });
    let panel = move |id: TaskId| {
        let record = untrack(|| handle.read(|model| model.document().task(id).cloned()))?;
        Some(view! { <Open project handle can_edit attempt together record/> })
    };
    view! {
        <aside class="task-panel" aria-label="Task">
            <For each=move || shown.get() key=|id| *id children=panel/>
        </aside>
    }
    .into_any()
}

#[component]
fn Open(
    project: ProjectId,
    handle: GanttHandle,
    can_edit: bool,
    attempt: Callback<Operation, Result<(), Fault>>,
    together: Option<Together>,
    record: TaskRecord,
) -> impl IntoView {
    let id: TaskId = record.id;
    let edit = Edit::new(handle, record, attempt);
    let code = Memo::new(move |_| {
        handle.read(|model| model.position(id).map(|index| model.code(index).to_owned())).unwrap_or_default()
    });
    view! {
        <header class="task-panel-head">
            <h2><span class="code">{code}</span>" Task"</h2>
            <IconButton icon=Icon::X label="Close" on_press=move || handle.selected.set(None)/>
        </header>
        <fieldset disabled=!can_edit>
            <legend class="sr-only">"The task"</legend>
            <Basics edit/>
            <People edit can_edit/>
            <Things edit can_edit/>
            <Links edit can_edit/>
            <Dates edit/>
            <Pauses edit can_edit/>
            <More edit/>
        </fieldset>
        <Facts edit/>
        {together.map(|together| view! { <History project edit/><Comments project edit together/> })}
    }
    .into_any()
}
