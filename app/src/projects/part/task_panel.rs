//! One task in full, beside the chart.

use domain::{
    Minute, ProjectId, TaskId,
    projects::{
        document::{TaskRecord, TaskStatus},
        operation::{Operation, TaskPatch},
        plan::{ConstraintKind, TaskMode},
    },
};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{super::calls, gantt::GanttHandle};
use crate::kit::{Avatar, Button, Icon, IconButton, Moment, day};

/// The word that stands for a value in JSON.
fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn meaning<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

const CONSTRAINTS: [(ConstraintKind, &str); 8] = [
    (ConstraintKind::AsSoonAsPossible, "As soon as possible"),
    (ConstraintKind::AsLateAsPossible, "As late as possible"),
    (ConstraintKind::StartNoEarlierThan, "Start no earlier than"),
    (ConstraintKind::StartNoLaterThan, "Start no later than"),
    (ConstraintKind::FinishNoEarlierThan, "Finish no earlier than"),
    (ConstraintKind::FinishNoLaterThan, "Finish no later than"),
    (ConstraintKind::MustStartOn, "Must start on"),
    (ConstraintKind::MustFinishOn, "Must finish on"),
];

/// The panel of the selected task; every field is one operation.
#[component]
pub fn TaskPanel(
    project: ProjectId,
    handle: GanttHandle,
    can_edit: bool,
    #[prop(into)] on_operation: Callback<Operation>,
) -> impl IntoView {
    let shown = move || {
        let id = handle.selected.get()?;
        let (record, facts) = handle.read(|model| {
            let index = model.position(id)?;
            let slot = model.schedule().tasks[index as usize];
            let facts = (model.code(index).to_owned(), model.why(index), slot, model.predecessors(index));
            Some((model.document().tasks[index as usize].clone(), facts))
        })?;
        Some(
            view! { <Open project=project record=record facts=facts handle=handle can_edit=can_edit on_operation=on_operation /> },
        )
    };
    view! { <aside class="task-panel" aria-label="Task">{shown}</aside> }.into_any()
}

#[component]
fn Open(
    project: ProjectId,
    record: TaskRecord,
    facts: (String, String, domain::projects::schedule::Slot, String),
    handle: GanttHandle,
    can_edit: bool,
    on_operation: Callback<Operation>,
) -> impl IntoView {
    let (code, why, slot, after) = facts;
    let id = record.id;
    let version = record.version;
    let edit = move |patch: TaskPatch| {
        on_operation.run(Operation::EditTask { id, version: Some(version), patch: Box::new(patch) });
    };
    let date = |at: Option<Minute>| at.map(|at| at.date().to_string()).unwrap_or_default();
    let as_date = |text: String| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    let days = handle.read(|model| model.document().calendar().minutes_per_day());
    #[expect(clippy::cast_precision_loss, reason = "a duration in days is shown, not computed with")]
    let duration = record.duration as f64 / days as f64;
    view! {
        <header class="task-panel-head">
            <h2><span class="code">{code}</span>" Task"</h2>
            <IconButton icon=Icon::X label="Close" on_press=move || handle.selected.set(None)/>
        </header>
        <fieldset disabled=!can_edit>
            <label>"Name"<input class="input" prop:value=record.name.clone() on:change:target=move |event| edit(TaskPatch { name: Some(event.target().value()), ..TaskPatch::default() }) /></label>
            <div class="pair">
                <label>
                    "Status"
                    <select class="input select" on:change:target=move |event| edit(TaskPatch { status: meaning(&event.target().value()), ..TaskPatch::default() })>
                        {TaskStatus::ALL.map(|status| view! { <option value=status.code() selected=status == record.status>{status.title()}</option> }).collect_view()}
                    </select>
                </label>
                <label>
                    "Progress, %"
                    <input class="input" type="number" min="0" max="100" prop:value=record.progress.to_string() on:change:target=move |event| edit(TaskPatch { progress: event.target().value().parse().ok(), ..TaskPatch::default() }) />
                </label>
            </div>
            <div class="pair">
                <label>
                    "Duration, days"
                    <input class="input" type="number" min="0" step="any" prop:value=duration.to_string() on:change:target=move |event| {
                        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "what is typed is rounded to the minute")]
                        let minutes = event.target().value().parse::<f64>().ok().map(|typed| (typed * days as f64).round() as i64);
                        edit(TaskPatch { duration: minutes, ..TaskPatch::default() });
                    } />
                </label>
                <label>
                    "Mode"
                    <select class="input select" on:change:target=move |event| {
                        let mode: Option<TaskMode> = meaning(&event.target().value());
                        // A task that is put by hand stays where it stands now.
                        let manual_start = (mode == Some(TaskMode::Manual)).then_some(Some(slot.start));
                        edit(TaskPatch { mode, manual_start, ..TaskPatch::default() });
                    }>
                        {[(TaskMode::Auto, "Automatic"), (TaskMode::Manual, "Manual")].map(|(mode, title)| view! { <option value=word(mode) selected=mode == record.mode>{title}</option> }).collect_view()}
                    </select>
                </label>
            </div>
            <label>
                "Constraint"
                <select class="input select" on:change:target=move |event| {
                    let constraint: Option<ConstraintKind> = meaning(&event.target().value());
                    let dated = constraint.is_some_and(ConstraintKind::needs_date);
                    let at = if record.constraint_at.is_some() { None } else { dated.then_some(Some(slot.start)) };
                    edit(TaskPatch { constraint, constraint_at: at, ..TaskPatch::default() });
                }>
                    {CONSTRAINTS.map(|(kind, title)| view! { <option value=word(kind) selected=kind == record.constraint>{title}</option> }).collect_view()}
                </select>
            </label>
            <div class="pair">
                <label>"Constraint date"<input class="input" type="date" prop:value=date(record.constraint_at) on:change:target=move |event| edit(TaskPatch { constraint_at: as_date(event.target().value()), ..TaskPatch::default() }) /></label>
                <label>"Deadline"<input class="input" type="date" prop:value=date(record.deadline) on:change:target=move |event| edit(TaskPatch { deadline: as_date(event.target().value()), ..TaskPatch::default() }) /></label>
            </div>
            <label>"Notes"<textarea class="input" rows="3" prop:value=record.notes.clone() on:change:target=move |event| edit(TaskPatch { notes: Some(event.target().value()), ..TaskPatch::default() })></textarea></label>
        </fieldset>
        <dl class="facts">
            <div><dt>"Starts"</dt><dd>{day(slot.start)}</dd></div>
            <div><dt>"Ends"</dt><dd>{day(slot.finish)}</dd></div>
            <div><dt>"Total float"</dt><dd>{format!("{} min", slot.total_float)}</dd></div>
            <div><dt>"Free float"</dt><dd>{format!("{} min", slot.free_float)}</dd></div>
            <div><dt>"Critical"</dt><dd>{if slot.critical { "Yes" } else { "No" }}</dd></div>
            <div><dt>"After"</dt><dd>{after}</dd></div>
            <div><dt>"Why here?"</dt><dd>{why}</dd></div>
        </dl>
        <Comments project=project task=id />
    }
    .into_any()
}

#[component]
fn Comments(project: ProjectId, task: TaskId) -> impl IntoView {
    let body = RwSignal::new(String::new());
    let say = Action::new(move |text: &String| calls::add_comment(project, task, text.clone()));
    let list = LocalResource::new(move || {
        say.version().track();
        calls::comments(project, task)
    });
    Effect::new(move || {
        if matches!(say.value().get(), Some(Ok(_))) {
            body.set(String::new());
        }
    });
    let fault = move || say.value().get().and_then(Result::err).map(|error| error.0.to_string());
    view! {
        <section class="comments">
            <h3>"Comments"</h3>
            <ul>
                {move || list.get().and_then(Result::ok).map(|page| {
                    page.items.into_iter().map(|comment| view! { <li><Avatar name=comment.author_name.clone() size=24/><div><strong>{comment.author_name}</strong>" "<Moment at=comment.created_at ago=true/><p>{comment.body}</p></div></li> }).collect_view()
                })}
            </ul>
            <form on:submit=move |event| { event.prevent_default(); say.dispatch(body.get_untracked()); }>
                <label class="sr-only" for="comment">"Comment"</label>
                <textarea class="input" id="comment" rows="2" placeholder="Say something" prop:value=body on:input:target=move |event| body.set(event.target().value())></textarea>
                <p class="field-fault" role="alert">{fault}</p>
                <Button submit=true pending=say.pending()>"Comment"</Button>
            </form>
        </section>
    }
    .into_any()
}
