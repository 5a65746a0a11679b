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
mod mention;
mod more;
mod needs;
mod pauses;

pub use links::LinkRow;

use std::{collections::HashMap, time::Duration};

use domain::{
    Fault, ProjectId, TaskId,
    projects::{document::TaskRecord, operation::Operation},
};
use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*};

use self::{
    basics::Basics,
    comments::Comments,
    dates::Dates,
    edit::Edit,
    facts::Facts,
    field::Refusals,
    history::History,
    links::Links,
    more::More,
    needs::{People, Things},
    pauses::Pauses,
};
use super::{gantt::GanttHandle, together::Together};
use crate::kit::{Icon, IconButton, focus_first};

/// Comments that were begun and not sent, by task: they are there again when the panel comes back to it.
#[derive(Clone, Copy, Default)]
pub struct Drafts(StoredValue<HashMap<TaskId, String>>);

/// The panel of the selected task. It is made anew for another task only: what is typed stays while colleagues change
/// the plan around it. It goes with the row that is marked, but not before a field that was refused is put right.
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
    let (wanted, refusals) = (at_rest(handle), Refusals::default());
    provide_context(refusals);
    let shown = Memo::new(move |before: Option<&Option<TaskId>>| {
        let wanted = wanted.get()?;
        let there = |id: TaskId| handle.read(|model| model.position(id)).map(|_| id);
        let before = before.copied().flatten().filter(|before| *before != wanted);
        before.filter(|_| refusals.is_any()).and_then(there).or_else(|| there(wanted))
    });
    let held = Memo::new(move |_| shown.get().is_some() && shown.get() != wanted.get());
    Effect::new(move |_| {
        // Also when yet another row is asked for.
        wanted.track();
        if held.get() {
            request_animation_frame(|| focus_first(".task-panel [aria-invalid=true]"));
        }
    });
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.stop_propagation();
            handle.close();
        }
    };
    let panel = move |id: TaskId| {
        let record = untrack(|| handle.read(|model| model.document().task(id).cloned()))?;
        Some(view! { <Open project handle can_edit attempt together record/> })
    };
    view! {
        <aside class="task-panel" aria-label="Task" on:keydown=key>
            <Show when=move || held.get()>
                <p class="field-fault" role="status">"Put right what is refused, or take it back with Escape, to go on to the other task."</p>
            </Show>
            <For each=move || shown.get() key=|id| *id children=panel/>
        </aside>
    }
    .into_any()
}

/// The task that is asked for: at once, but while keys run through the rows, only where they come to rest.
fn at_rest(handle: GanttHandle) -> RwSignal<Option<TaskId>> {
    const REST: Duration = Duration::from_millis(150);
    let settled = RwSignal::new(handle.selected.get_untracked());
    let running = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || running.try_update_value(Option::take).flatten().map(|timer| timer.clear());
    Effect::new(move |_| {
        let asked = handle.selected.get();
        if settled.get_untracked() == asked {
            return;
        }
        if stop().is_none() {
            settled.set(asked);
        }
        let rest = move || {
            running.set_value(None);
            settled.set(handle.selected.get_untracked());
        };
        running.set_value(set_timeout_with_handle(rest, REST).ok());
    });
    on_cleanup(move || {
        stop();
    });
    settled
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
            <IconButton icon=Icon::X label="Close" on_press=move || handle.close()/>
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
