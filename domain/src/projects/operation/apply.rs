//! Applying operations: check, change, or refuse and leave everything as it was.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::{Delta, Operation, ProjectPatch, RowChange, TaskMove, TaskPatch, delta::chain, draft::tidy, words};
use crate::{
    Fault, FaultKind, TaskId,
    projects::{
        document::{LinkRecord, PlanDocument, TaskRecord, TaskStatus, check_date},
        plan::{TaskKind, TaskMode},
    },
};

/// Rows that a plan may have.
pub const TASKS_MAX: usize = 100_000;

impl PlanDocument {
    /// Applies one operation.
    ///
    /// # Errors
    /// `InvalidInput` by field, `NotFound` for a row that is not here, `StaleVersion` with both versions,
    /// `DependencyCycle` with the tasks. Then nothing is changed.
    pub fn apply(&mut self, operation: &Operation) -> Result<Delta, Fault> {
        let delta = match operation {
            Operation::AddTask { id, parent_id, after, task } => self.add_task(*id, *parent_id, *after, task)?,
            Operation::EditTask { id, version, patch } => self.edit_task(*id, *version, patch)?,
            Operation::RemoveTasks { ids } => self.remove_tasks(ids)?,
            Operation::PlaceTasks { ids, parent_id, after } => self.place_tasks(ids, *parent_id, *after)?,
            Operation::MoveTask { id, start } => self.move_tasks(&[TaskMove { id: *id, start: *start }])?,
            Operation::MoveTasks { moves } => self.move_tasks(moves)?,
            Operation::LevelTasks { starts } => self.level_tasks(starts)?,
            Operation::StretchTask { id, duration_minutes } => {
                let patch = TaskPatch { duration: Some(*duration_minutes), ..TaskPatch::default() };
                self.edit_task(*id, None, &patch)?
            }
            Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit } => {
                let link = LinkRecord {
                    id: *id,
                    predecessor_id: *predecessor_id,
                    successor_id: *successor_id,
                    kind: *kind,
                    lag_minutes: *lag_minutes,
                    lag_unit: *lag_unit,
                    version: 1,
                };
                self.add_link(link)?
            }
            Operation::EditLink { id, version, kind, lag_minutes, lag_unit } => {
                self.edit_link(*id, *version, *kind, *lag_minutes, *lag_unit)?
            }
            Operation::RemoveLink { id } => self.remove_link(*id)?,
            Operation::EditProject { version, patch } => self.edit_project(*version, patch)?,
            Operation::SetCalendar { calendar } => self.set_calendar(calendar)?,
            Operation::RemoveCalendar { id } => self.remove_calendar(*id)?,
            Operation::Import { tasks, links, calendars } => self.import(tasks, links, calendars)?,
        };
        if changes_network(operation, &delta)
            && let Err(fault) = self.schedule()
        {
            self.take_back(&delta);
            return Err(fault);
        }
        Ok(delta)
    }

    fn index_of(&self, id: TaskId) -> Result<usize, Fault> {
        self.tasks.iter().position(|task| task.id == id).ok_or_else(gone)
    }

    fn edit_task(&mut self, id: TaskId, version: Option<i64>, patch: &TaskPatch) -> Result<Delta, Fault> {
        let index = self.index_of(id)?;
        let before = self.tasks[index].clone();
        let day = self.calendar().minutes_per_day();
        let said = || both(&before.name, &before, &TaskPatch { seen: None, ..patch.clone() }, day);
        stale(version, before.version, said)?;
        if !patch.crossed(&before).is_empty() {
            return Err(Fault::because(FaultKind::StaleVersion, said()));
        }
        let mut after = before.clone();
        patch.write(&mut after);
        after.name = after.name.trim().to_owned();
        agree(&before, patch, &mut after);
        tidy(&mut after);
        after.check()?;
        self.check_calendar(after.calendar_id)?;
        if after == before {
            return Ok(Delta::default());
        }
        if before.kind == TaskKind::Summary
            && after.kind != TaskKind::Summary
            && self.children(Some(id)).next().is_some()
        {
            return Err(Fault::field("type", "A row with rows below it stays a summary."));
        }
        after.version += 1;
        self.tasks[index] = after.clone();
        Ok(Delta { tasks: vec![RowChange { before: Some(before), after: Some(after) }], ..Delta::default() })
    }

    /// Every move is judged before the first is made: what is refused leaves no trace.
    fn move_tasks(&mut self, moves: &[TaskMove]) -> Result<Delta, Fault> {
        let positions = self.positions();
        let mut moved = Vec::with_capacity(moves.len());
        for TaskMove { id, start } in moves {
            check_date("start", *start)?;
            let index = *positions.get(id).ok_or_else(gone)? as usize;
            if self.tasks[index].kind == TaskKind::Summary {
                return Err(Fault::field("start", "A summary goes where the tasks below it go; move those."));
            }
            if self.tasks[index].actual_start.is_some() {
                return Err(Fault::field("start", "This task has begun; its start is a fact."));
            }
            moved.push((index, *start));
        }
        let direction = self.head.direction;
        let mut changes = Vec::with_capacity(moved.len());
        for (index, start) in moved {
            let task = &mut self.tasks[index];
            let before = task.clone();
            // Whoever moves a task knows better than levelling did.
            task.level_from = None;
            if task.mode == TaskMode::Manual {
                task.manual_start = Some(start);
            } else {
                task.constraint = task.constraint.put_by_hand(direction);
                task.constraint_at = Some(start);
            }
            if *task != before {
                task.version += 1;
                changes.push(RowChange { before: Some(before), after: Some(task.clone()) });
            }
        }
        // A task named twice has one change.
        Ok(Delta { tasks: chain(Vec::new(), changes), ..Delta::default() })
    }

    fn level_tasks(&mut self, starts: &[TaskMove]) -> Result<Delta, Fault> {
        let mut wanted = HashMap::with_capacity(starts.len());
        for TaskMove { id, start } in starts {
            check_date("start", *start)?;
            wanted.insert(*id, *start);
        }
        let known = self.tasks.iter().filter(|task| wanted.contains_key(&task.id));
        if known.clone().any(|task| task.kind == TaskKind::Summary) {
            return Err(Fault::field("starts", "A summary goes where the tasks below it go."));
        }
        if known.count() < wanted.len() {
            return Err(gone());
        }
        let mut delta = Delta::default();
        for task in &mut self.tasks {
            let level_from = wanted.get(&task.id).copied();
            if task.level_from != level_from {
                let before = task.clone();
                task.level_from = level_from;
                task.version += 1;
                delta.tasks.push(RowChange { before: Some(before), after: Some(task.clone()) });
            }
        }
        Ok(delta)
    }

    fn remove_tasks(&mut self, ids: &[TaskId]) -> Result<Delta, Fault> {
        let mut leaving: HashSet<TaskId> = ids.iter().copied().collect();
        let known = self.tasks.iter().filter(|task| leaving.contains(&task.id)).count();
        if known < leaving.len() {
            return Err(gone());
        }
        self.add_descendants(&mut leaving);
        let emptied = self.emptied_by(&leaving, None);
        let mut delta = Delta::default();
        self.links.retain(|link| {
            let stays = !leaving.contains(&link.predecessor_id) && !leaving.contains(&link.successor_id);
            if !stays {
                delta.links.push(RowChange { before: Some(link.clone()), after: None });
            }
            stays
        });
        self.tasks.retain(|task| {
            let stays = !leaving.contains(&task.id);
            if !stays {
                delta.tasks.push(RowChange { before: Some(task.clone()), after: None });
            }
            stays
        });
        self.make_tasks_of(&emptied, &mut delta);
        Ok(delta)
    }

    fn edit_project(&mut self, version: Option<i64>, patch: &ProjectPatch) -> Result<Delta, Fault> {
        let before = self.head.clone();
        let day = self.calendar().minutes_per_day();
        let said = || both(&before.code, &before, &ProjectPatch { seen: None, ..patch.clone() }, day);
        stale(version, before.version, said)?;
        if !patch.crossed(&before).is_empty() {
            return Err(Fault::because(FaultKind::StaleVersion, said()));
        }
        let mut after = before.clone();
        patch.write(&mut after);
        after.name = after.name.trim().to_owned();
        after.code = after.code.trim().to_owned();
        after.check()?;
        self.check_calendar(after.calendar_id)?;
        if after == before {
            return Ok(Delta::default());
        }
        after.version += 1;
        self.head = after.clone();
        // What levelling found counting the other way says nothing any more.
        let turned = before.direction != after.direction;
        let tasks = if turned { self.level_tasks(&[])?.tasks } else { Vec::new() };
        let head = Some(RowChange { before: Some(before), after: Some(after) });
        Ok(Delta { head, tasks, ..Delta::default() })
    }
}

/// Progress and status say the same of what is done: whoever sets one of them sets the other.
fn agree(before: &TaskRecord, patch: &TaskPatch, after: &mut TaskRecord) {
    match (patch.progress, patch.status) {
        (Some(100), None) if before.progress < 100 => after.status = TaskStatus::Accepted,
        (Some(..100), None) if before.status == TaskStatus::Accepted => after.status = TaskStatus::Processing,
        (Some(1..100), None) if before.status == TaskStatus::NotStarted => after.status = TaskStatus::Processing,
        (None, None)
            if patch.actual_start.is_some_and(|at| at.is_some()) && before.status == TaskStatus::NotStarted =>
        {
            after.status = TaskStatus::Processing;
        }
        (None, Some(TaskStatus::Accepted)) if before.status != TaskStatus::Accepted => after.progress = 100,
        _ => {}
    }
}

/// True where the operation can make a circle or an impossible plan. Fields of a row are judged by the row itself.
fn changes_network(operation: &Operation, delta: &Delta) -> bool {
    match operation {
        Operation::RemoveTasks { .. }
        | Operation::RemoveLink { .. }
        | Operation::RemoveCalendar { .. }
        | Operation::StretchTask { .. }
        | Operation::MoveTask { .. }
        | Operation::MoveTasks { .. }
        | Operation::LevelTasks { .. } => false,
        Operation::EditTask { .. } => delta.tasks.iter().any(|change| match change {
            RowChange { before: Some(before), after: Some(after) } => before.kind != after.kind,
            _ => true,
        }),
        // A row at the top level waits for nothing and nothing waits for it.
        Operation::AddTask { parent_id: None, .. } => false,
        _ => !delta.is_empty(),
    }
}

/// What somebody else made of the fields, and what was wanted of them.
fn both(name: &str, now: &impl Serialize, wanted: &impl Serialize, day: i64) -> String {
    let now = serde_json::to_value(now).unwrap_or_default();
    let wanted = serde_json::to_value(wanted).unwrap_or_default();
    let fields = wanted.as_object().into_iter().flatten();
    let crossing = fields.map(|(field, value)| {
        let now = words::value(field, now.get(field).unwrap_or(&serde_json::Value::Null), Some(day));
        format!("{} is {now} now, you wrote {}", words::title(field), words::value(field, value, Some(day)))
    });
    format!("Somebody changed {name} since you opened it: {}.", crossing.collect::<Vec<_>>().join("; "))
}

/// The refusal of a row that somebody took away.
pub(super) fn gone() -> Fault {
    Fault::because(FaultKind::NotFound, "This task is not in the plan (any more).")
}

pub(super) fn stale(seen: Option<i64>, now: i64, say: impl FnOnce() -> String) -> Result<(), Fault> {
    if seen.is_some_and(|seen| seen != now) { Err(Fault::because(FaultKind::StaleVersion, say())) } else { Ok(()) }
}
