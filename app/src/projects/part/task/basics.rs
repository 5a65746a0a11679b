//! What the task is and how far.

use domain::{
    Fault,
    projects::{
        document::TaskStatus,
        operation::TaskPatch,
        plan::{TaskKind, TaskMode},
    },
};
use leptos::prelude::*;

use super::{
    edit::Edit,
    field::{Amount, Kept, Kind, Pick, Span},
};
use crate::kit::Choice;

#[component]
pub fn Basics(edit: Edit) -> impl IntoView {
    let is_summary = edit.shown(|record| record.kind == TaskKind::Summary);
    let is_task = edit.shown(|record| record.kind == TaskKind::Task);
    let has_rows_below = Memo::new(move |_| {
        edit.handle.read(|model| model.position(edit.task).is_some_and(|index| model.has_children(index)))
    });
    let progress = Memo::new(move |_| {
        edit.handle.read(|model| model.position(edit.task).map_or(0, |index| model.progress(index))).to_string()
    });
    let set_name =
        Callback::new(move |name: String| edit.patch(TaskPatch { name: Some(name), ..TaskPatch::default() }));
    let set_kind = Callback::new(move |code: String| {
        let kind = KINDS.iter().find(|(_, known, _)| *known == code).map(|(kind, ..)| *kind);
        edit.patch(TaskPatch { kind, ..TaskPatch::default() })
    });
    let set_status = Callback::new(move |code: String| {
        let status = TaskStatus::ALL.into_iter().find(|status| status.code() == code);
        edit.patch(TaskPatch { status, ..TaskPatch::default() })
    });
    let set_progress = Callback::new(move |text: String| {
        let progress = text.trim().trim_end_matches('%').trim().parse::<u8>().ok().filter(|percent| *percent <= 100);
        let progress = progress.ok_or_else(|| Fault::field("progress", "Progress is 0 to 100."))?;
        edit.patch(TaskPatch { progress: Some(progress), ..TaskPatch::default() })
    });
    let set_duration = Callback::new(move |(minutes, elapsed): Span| {
        edit.patch(TaskPatch { duration: Some(minutes), elapsed: Some(elapsed), ..TaskPatch::default() })
    });
    let set_mode = Callback::new(move |code: String| {
        let manual = code == "manual";
        // A task that is put by hand stays where it stands now.
        let manual_start = manual.then(|| Some(edit.slot.get_untracked().start));
        let mode = Some(if manual { TaskMode::Manual } else { TaskMode::Auto });
        edit.patch(TaskPatch { mode, manual_start, ..TaskPatch::default() })
    });
    let kinds = Signal::derive(move || {
        let below = has_rows_below.get();
        let fits = |kind: &TaskKind| (*kind == TaskKind::Summary) == below || is_summary.get();
        KINDS
            .iter()
            .filter(|(kind, ..)| fits(kind))
            .map(|(_, code, title)| Choice::new(*code, *title))
            .collect::<Vec<_>>()
    });
    let statuses = TaskStatus::ALL.map(|status| Choice::new(status.code(), status.title())).to_vec();
    let modes = vec![Choice::new("auto", "Automatic"), Choice::new("manual", "By hand")];
    view! {
        <Kept label="Name" name="name" shown=edit.shown(|record| record.name.clone()) store=set_name/>
        <div class="pair">
            <Pick label="Status" name="status" choices=statuses shown=edit.shown(|record| record.status.code().to_owned()) store=set_status/>
            <Kept label="Progress" name="progress" kind=Kind::Number("%") shown=progress store=set_progress disabled=is_summary/>
        </div>
        <Show when=move || is_task.get()>
            <Amount label="Duration" name="duration_minutes" shown=edit.shown(|record| (record.duration, record.elapsed)) day=edit.day store=set_duration/>
        </Show>
        <div class="pair">
            <Pick label="Type" name="type" choices=kinds shown=edit.shown(|record| code_of(record.kind)) store=set_kind disabled=has_rows_below/>
            <Pick label="Scheduled" name="mode" choices=modes shown=edit.shown(|record| if record.mode == TaskMode::Manual { "manual" } else { "auto" }.to_owned()) store=set_mode/>
        </div>
    }
    .into_any()
}

const KINDS: [(TaskKind, &str, &str); 3] = [
    (TaskKind::Task, "task", "Task"),
    (TaskKind::Milestone, "milestone", "Milestone"),
    (TaskKind::Summary, "summary", "Summary"),
];

fn code_of(kind: TaskKind) -> String {
    KINDS.iter().find(|(known, ..)| *known == kind).map(|(_, code, _)| (*code).to_owned()).unwrap_or_default()
}
