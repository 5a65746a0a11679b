//! What can be done to the picked rows, by whatever hand asks for it. Each act is one step that can be undone.

use std::collections::HashSet;

use domain::{
    Fault, LinkId, Minute, TaskId,
    projects::{
        document::{PlanDocument, TaskRecord, TaskStatus},
        operation::{Operation, TaskDraft, TaskPatch},
        plan::{LagUnit, LinkKind, TaskKind},
    },
};
use leptos::prelude::*;

use super::{chart::GanttHandle, field::Field, order, together};
use crate::kit::{Toaster, new_id};

/// Where acts go.
#[derive(Clone, Copy)]
pub struct Acts {
    pub handle: GanttHandle,
    pub can_edit: bool,
    pub attempt: Callback<Vec<Operation>, Result<(), Fault>>,
    pub toaster: Toaster,
    pub on_undo: Callback<()>,
    pub on_redo: Callback<()>,
}

/// Where a new row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Above,
    Below,
}

impl Acts {
    /// Does several operations as one act. What is refused is said in the corner; true where it was done.
    pub fn all(self, operations: Vec<Operation>) -> bool {
        if operations.is_empty() || !self.can_edit {
            return false;
        }
        self.attempt.run(operations).map_err(|fault| self.toaster.fault(&fault)).is_ok()
    }

    /// Does one operation.
    pub fn operate(self, operation: Operation) -> bool {
        self.all(vec![operation])
    }

    /// Says what was done, with the way back beside it.
    pub fn offer_undo(self, said: impl Into<String>) {
        let undo = self.on_undo;
        self.toaster.undoable(said, move || undo.run(()));
    }

    fn by_plan(self, make: impl FnOnce(&PlanDocument, &[TaskId]) -> Vec<Operation>) -> bool {
        let picked = self.handle.picked();
        self.all(self.handle.with(|chart| make(chart.model.document(), &picked)))
    }

    /// Moves by whole working days.
    pub fn shift(self, days: i64) {
        let operation = self.handle.with(|chart| together::by_days(&chart.model, chart.selection.ids(), days));
        if self.operate(operation)
            && let Some(task) = self.handle.with(|chart| chart.selected)
        {
            self.handle.say_moved(task);
        }
    }

    /// Makes tasks a working day longer, or shorter.
    pub fn stretch(self, days: i64) {
        self.by_plan(|plan, picked| {
            let day = plan.calendar().minutes_per_day();
            let tasks = chosen(plan, picked).into_iter().filter(|task| task.kind == TaskKind::Task);
            let longer = |minutes: i64| (minutes + days * day).max(0);
            tasks.map(|task| Operation::StretchTask { id: task.id, duration_minutes: longer(task.duration) }).collect()
        });
    }

    pub fn indent(self) {
        self.by_plan(order::indent);
    }

    pub fn outdent(self) {
        self.by_plan(order::outdent);
    }

    /// Puts the rows before their neighbour above, or behind the one below.
    pub fn step(self, down: bool) {
        self.by_plan(|plan, picked| order::step(plan, picked, down).into_iter().collect());
        self.keep_in_view();
    }

    fn keep_in_view(self) {
        let row = self.handle.with(|chart| chart.model.row_of(chart.selected?));
        if let Some(row) = row {
            self.handle.show_row(row as usize);
        }
    }

    /// Removes the rows with everything below them, and marks the one behind.
    pub fn remove(self) {
        let picked = self.handle.picked();
        let (ids, next) = self.handle.with(|chart| {
            let plan = chart.model.document();
            let (ids, gone) = order::taken(plan, &picked);
            let last = ids.last().and_then(|id| chart.model.position(*id));
            let behind = last.into_iter().flat_map(|last| plan.tasks.iter().skip(last as usize + 1));
            let next = behind.map(|task| task.id).find(|id| !gone.contains(id));
            let before = || plan.tasks.iter().map(|task| task.id).rfind(|id| !gone.contains(id));
            let next = next.or_else(before);
            (ids, next)
        });
        let said = match ids.as_slice() {
            [id] => self
                .handle
                .with(|chart| chart.model.document().task(*id).map(|task| format!("{} is removed.", task.name))),
            many => Some(format!("{} rows are removed.", many.len())),
        };
        if !ids.is_empty() && self.operate(Operation::RemoveTasks { ids }) {
            self.offer_undo(said.unwrap_or_default());
            let next = next.and_then(|id| self.handle.with(|chart| chart.model.position(id)));
            self.handle.mark(next);
            self.handle.selected.set(None);
        }
    }

    /// Adds a row beside the marked one, or at the end, and asks for its name.
    pub fn add(self, beside: Beside) {
        let id = TaskId(new_id());
        let operations = self.handle.with(|chart| {
            let plan = chart.model.document();
            let marked = chart.selected.and_then(|task| plan.tasks.get(task as usize));
            let parent_id = marked.and_then(|task| task.parent_id);
            let above =
                || plan.children(parent_id).take_while(|task| Some(task.id) != marked.map(|task| task.id)).last();
            let after = if beside == Beside::Below { marked } else { above() }.map(|task| task.id);
            let draft = TaskDraft { name: "New task".to_owned(), ..TaskDraft::default() };
            let add = Operation::AddTask { id, parent_id, after, task: Box::new(draft) };
            // An addition without a row before it comes last.
            let first = (beside == Beside::Above && after.is_none() && marked.is_some())
                .then_some(Operation::PlaceTasks { ids: vec![id], parent_id, after: None });
            std::iter::once(add).chain(first).collect()
        });
        if self.all(operations) {
            self.handle.open_row(id);
            self.handle.hands.type_into(Some(id), Field::Name, None);
        }
    }

    /// Adds a row behind the last one, which begins on the day of a moment where one is given, and asks for its name.
    pub fn add_last(self, at: Option<Minute>) {
        let id = TaskId(new_id());
        let operation = self.handle.with(|chart| {
            let mut draft = TaskDraft { name: "New task".to_owned(), ..TaskDraft::default() };
            if let Some(at) = at {
                let day = Minute(at.day() * Minute::DAY);
                draft.constraint = chart.model.hold();
                draft.constraint_at = Some(chart.model.scheduler().project_clock().next_start(day));
            }
            Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) }
        });
        if self.operate(operation) {
            self.handle.open_row(id);
            self.handle.hands.type_into(Some(id), Field::Name, None);
        }
    }

    fn edit(self, patch: &TaskPatch, fits: impl Fn(TaskKind) -> bool) -> bool {
        self.by_plan(|plan, picked| {
            let tasks = chosen(plan, picked).into_iter().filter(|task| fits(task.kind));
            tasks
                .map(|task| Operation::EditTask { id: task.id, version: None, patch: Box::new(patch.clone()) })
                .collect()
        })
    }

    pub fn set_status(self, status: TaskStatus) {
        self.edit(&TaskPatch { status: Some(status), ..TaskPatch::default() }, |_| true);
    }

    pub fn set_department(self, name: Option<String>) {
        self.edit(&TaskPatch { department: Some(name), ..TaskPatch::default() }, |_| true);
    }

    /// Makes the tasks milestones, or tasks of a day where they are that already.
    pub fn turn_milestones(self) {
        let picked = self.handle.picked();
        let day = self.handle.with(|chart| {
            let plan = chart.model.document();
            let kinds = chosen(plan, &picked).into_iter().map(|task| task.kind);
            let all = kinds.filter(|kind| *kind != TaskKind::Summary).all(|kind| kind == TaskKind::Milestone);
            all.then(|| plan.calendar().minutes_per_day())
        });
        let kind = Some(if day.is_some() { TaskKind::Task } else { TaskKind::Milestone });
        let patch = TaskPatch { kind, duration: day.or(Some(0)), ..TaskPatch::default() };
        self.edit(&patch, |kind| kind != TaskKind::Summary);
    }

    /// Lets each row wait for the one before it.
    pub fn link_in_order(self) {
        self.by_plan(|plan, picked| {
            let linked: HashSet<(TaskId, TaskId)> =
                plan.links.iter().map(|link| (link.predecessor_id, link.successor_id)).collect();
            let pairs = picked.windows(2).map(|pair| (pair[0], pair[1])).filter(|pair| !linked.contains(pair));
            pairs
                .map(|(predecessor_id, successor_id)| Operation::AddLink {
                    id: LinkId(new_id()),
                    predecessor_id,
                    successor_id,
                    kind: LinkKind::FinishToStart,
                    lag_minutes: 0,
                    lag_unit: LagUnit::Working,
                })
                .collect()
        });
    }
}

/// The records of the picked rows.
fn chosen<'a>(plan: &'a PlanDocument, picked: &[TaskId]) -> Vec<&'a TaskRecord> {
    let picked: HashSet<TaskId> = picked.iter().copied().collect();
    plan.tasks.iter().filter(|task| picked.contains(&task.id)).collect()
}
