//! Everything that the mouse does, from the keyboard.

use domain::{
    TaskId,
    projects::operation::{Operation, TaskDraft},
};
use leptos::{prelude::*, web_sys::KeyboardEvent};

use super::chart::GanttHandle;
use crate::kit::new_id;

/// Where keys send what they mean.
#[derive(Clone, Copy)]
pub struct Keys {
    pub can_edit: bool,
    /// The task whose name is being typed.
    pub rename: RwSignal<Option<TaskId>>,
    pub operate: Callback<Operation>,
    pub on_undo: Callback<()>,
    pub on_redo: Callback<()>,
}

/// Does what the key means, and takes it from the browser where it means something.
pub fn key(handle: GanttHandle, keys: Keys, event: &KeyboardEvent) {
    let Keys { can_edit, rename, on_undo, on_redo, .. } = keys;
    let operate = &|operation: Operation| keys.operate.run(operation);
    let (alt, shift, ctrl) = (event.alt_key(), event.shift_key(), event.ctrl_key() || event.meta_key());
    let selected = handle.with(|chart| chart.selected);
    let used = match (event.key().as_str(), selected) {
        ("ArrowDown", _) if !alt => step(handle, 1),
        ("ArrowUp", _) if !alt => step(handle, -1),
        ("z", _) if ctrl && !shift && can_edit => {
            on_undo.run(());
            true
        }
        ("z" | "Z" | "y", _) if ctrl && can_edit => {
            on_redo.run(());
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(_)) if alt && shift && can_edit => {
            place(handle, event.key() == "ArrowRight", operate);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) if alt && can_edit => {
            let days = if event.key() == "ArrowRight" { 1 } else { -1 };
            operate(handle.with(|chart| chart.model.shifted(task, days)));
            handle.say_moved(task);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) if shift && can_edit => {
            let longer = if event.key() == "ArrowRight" { 1 } else { -1 };
            let operation = handle.with(|chart| {
                let record = &chart.model.document().tasks[task as usize];
                let day = chart.model.document().calendar().minutes_per_day();
                Operation::StretchTask { id: record.id, duration_minutes: (record.duration + longer * day).max(0) }
            });
            operate(operation);
            true
        }
        ("ArrowRight" | "ArrowLeft", Some(task)) => {
            let open = event.key() == "ArrowRight";
            handle.change(|chart| {
                if chart.model.has_children(task) && chart.model.is_closed(task) == open {
                    chart.model.toggle(task);
                }
            });
            handle.refresh();
            true
        }
        ("Enter" | "F2", Some(task)) if can_edit => {
            rename.set(handle.with(|chart| chart.model.document().tasks.get(task as usize).map(|task| task.id)));
            handle.refresh();
            true
        }
        ("Insert", _) if can_edit => {
            operate(added(handle));
            true
        }
        ("Delete", Some(task)) if can_edit => {
            let id = handle.with(|chart| chart.model.document().tasks.get(task as usize).map(|task| task.id));
            handle.select(None);
            if let Some(id) = id {
                operate(Operation::RemoveTasks { ids: vec![id] });
            }
            true
        }
        ("Escape", _) => {
            handle.give_up();
            true
        }
        _ => false,
    };
    if used {
        event.prevent_default();
    }
}

/// Selects the row above or below and keeps it in view.
fn step(handle: GanttHandle, by: i32) -> bool {
    let next = handle.with(|chart| {
        let rows = chart.model.rows();
        let here = chart.selected.and_then(|task| chart.model.row_of(task)).map_or(-1, i64::from);
        let last = i64::try_from(rows.len()).unwrap_or(i64::MAX) - 1;
        let row = usize::try_from((here + i64::from(by)).clamp(0, last.max(0))).unwrap_or(0);
        rows.get(row).map(|task| (row, *task))
    });
    let Some((row, task)) = next else { return false };
    handle.mark(Some(task));
    handle.show_row(row);
    true
}

/// A new task behind the selected one, or at the end.
pub fn added(handle: GanttHandle) -> Operation {
    let (parent_id, after) = handle.with(|chart| {
        let selected = chart.selected.and_then(|task| chart.model.document().tasks.get(task as usize));
        (selected.and_then(|task| task.parent_id), selected.map(|task| task.id))
    });
    let draft = TaskDraft { name: "New task".to_owned(), ..TaskDraft::default() };
    Operation::AddTask { id: TaskId(new_id()), parent_id, after, task: Box::new(draft) }
}

/// Indents below the sibling before, or outdents behind the parent.
pub fn place(handle: GanttHandle, inward: bool, operate: &dyn Fn(Operation)) {
    let operation = handle.with(|chart| {
        let plan = chart.model.document();
        let task = plan.tasks.get(chart.selected? as usize)?;
        if inward {
            let siblings: Vec<TaskId> = plan.children(task.parent_id).map(|sibling| sibling.id).collect();
            let index = siblings.iter().position(|id| *id == task.id)?;
            let above = *siblings.get(index.checked_sub(1)?)?;
            let last = plan.children(Some(above)).last().map(|child| child.id);
            Some(Operation::PlaceTasks { ids: vec![task.id], parent_id: Some(above), after: last })
        } else {
            let parent = plan.task(task.parent_id?)?;
            Some(Operation::PlaceTasks { ids: vec![task.id], parent_id: parent.parent_id, after: Some(parent.id) })
        }
    });
    if let Some(operation) = operation {
        operate(operation);
    }
}
