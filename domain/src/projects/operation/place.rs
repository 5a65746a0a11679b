//! Where rows stand: adding, indenting, outdenting, reordering.

use std::collections::HashSet;

use super::{
    Delta, RowChange, TaskDraft,
    apply::{TASKS_MAX, gone},
};
use crate::{
    Fault, FaultKind, TaskId,
    projects::{
        document::{PlanDocument, RANK_MAX, TaskRecord},
        plan::TaskKind,
        schedule::Scheduler,
    },
};

/// Room between siblings, so that most insertions renumber nothing.
pub(super) const STEP: i64 = 1 << 20;

/// A summary whose last row goes, with what the rows below it came to.
pub(super) struct Emptied {
    id: TaskId,
    duration: i64,
    progress: u8,
}

impl PlanDocument {
    /// Adds a row. Without `after` it comes last below its parent.
    pub(super) fn add_task(
        &mut self,
        id: TaskId,
        parent_id: Option<TaskId>,
        after: Option<TaskId>,
        draft: &TaskDraft,
    ) -> Result<Delta, Fault> {
        if self.tasks.len() >= TASKS_MAX {
            return Err(Fault::field("tasks", format!("A plan has at most {TASKS_MAX} rows.")));
        }
        if self.task(id).is_some() {
            return Err(Fault::because(FaultKind::Conflict, "A task with this id exists already.")
                .and_field("id", "This id is used."));
        }
        let last = self.children(parent_id).last().map(|task| task.id);
        let record = draft.record(id, parent_id, 0);
        record.check()?;
        if record.calendar_id.is_some_and(|calendar| !self.calendars.iter().any(|known| known.id == calendar)) {
            return Err(Fault::field("calendar_id", "This calendar is not in this project."));
        }
        self.place(vec![(None, record)], parent_id, after.or(last))
    }

    /// Moves rows, with everything below them. Without `after` they come first below their parent.
    pub(super) fn place_tasks(
        &mut self,
        ids: &[TaskId],
        parent_id: Option<TaskId>,
        after: Option<TaskId>,
    ) -> Result<Delta, Fault> {
        let positions = self.positions();
        let mut moving: HashSet<TaskId> = HashSet::with_capacity(ids.len());
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let row = &self.tasks[*positions.get(id).ok_or_else(gone)? as usize];
            if moving.insert(*id) {
                rows.push((Some(row.clone()), row.clone()));
            }
        }
        let mut above = parent_id;
        while let Some(id) = above {
            let Some(row) = positions.get(&id).map(|index| &self.tasks[*index as usize]) else { break };
            if moving.contains(&id) {
                return Err(Fault::field("parent_id", format!("{} cannot stand below itself.", row.name)));
            }
            above = row.parent_id;
        }
        if after.is_some_and(|id| moving.contains(&id)) {
            return Err(Fault::field("after", "A row cannot stand behind itself."));
        }
        // A row that moves with its parent keeps its place below it.
        rows.retain(|(_, row)| row.parent_id.is_none_or(|parent| !moving.contains(&parent)));
        self.place(rows, parent_id, after)
    }

    fn place(
        &mut self,
        rows: Vec<(Option<TaskRecord>, TaskRecord)>,
        parent_id: Option<TaskId>,
        after: Option<TaskId>,
    ) -> Result<Delta, Fault> {
        if parent_id.is_some_and(|id| self.task(id).is_none()) {
            return Err(Fault::field("parent_id", "This task is not in this project."));
        }
        if parent_id.and_then(|id| self.task(id)).is_some_and(|parent| parent.kind == TaskKind::Milestone) {
            return Err(Fault::field("parent_id", "A milestone has no rows below it."));
        }
        let moving: HashSet<TaskId> = rows.iter().map(|(_, row)| row.id).collect();
        let siblings: Vec<(TaskId, i64)> = self
            .children(parent_id)
            .filter(|task| !moving.contains(&task.id))
            .map(|task| (task.id, task.rank))
            .collect();
        let behind = match after {
            None => 0,
            Some(id) => {
                let place = siblings.iter().position(|(sibling, _)| *sibling == id);
                place.ok_or_else(|| Fault::field("after", "The row before must stand below the same parent."))? + 1
            }
        };
        let emptied = self.emptied_by(&moving, parent_id);
        let (ranks, mut delta) = self.make_room(&siblings, behind, rows.len());
        let positions = self.positions();
        for ((before, mut row), rank) in rows.into_iter().zip(ranks) {
            row.parent_id = parent_id;
            row.rank = rank;
            if before.as_ref() == Some(&row) {
                continue;
            }
            match positions.get(&row.id) {
                Some(index) => {
                    row.version += 1;
                    self.tasks[*index as usize] = row.clone();
                }
                None => self.tasks.push(row.clone()),
            }
            delta.tasks.push(RowChange { before, after: Some(row) });
        }
        self.sort_outline();
        self.mark_summaries(&mut delta);
        self.make_tasks_of(&emptied, &mut delta);
        Ok(delta)
    }

    /// Summaries that lose their last row when these rows go below `to`, or go for good.
    pub(super) fn emptied_by(&self, going: &HashSet<TaskId>, to: Option<TaskId>) -> Vec<Emptied> {
        let parents: HashSet<TaskId> =
            self.tasks.iter().filter(|task| going.contains(&task.id)).filter_map(|task| task.parent_id).collect();
        let stays = |parent: &TaskId| Some(*parent) == to || going.contains(parent);
        let is_emptied = |parent: &TaskId| self.children(Some(*parent)).all(|child| going.contains(&child.id));
        let emptied: HashSet<TaskId> = parents.into_iter().filter(|id| !stays(id) && is_emptied(id)).collect();
        if emptied.is_empty() {
            return Vec::new();
        }
        let Ok(scheduler) = Scheduler::new(&self.to_plan()) else { return Vec::new() };
        let (schedule, progress) = (scheduler.run(), self.task_progress());
        let rows =
            self.tasks.iter().zip(&schedule.tasks).zip(progress).filter(|((task, _), _)| emptied.contains(&task.id));
        rows.map(|((task, slot), progress)| {
            let span = scheduler.project_clock().between(slot.start, slot.finish);
            let duration = if span > 0 { span } else { self.calendar().minutes_per_day() };
            Emptied { id: task.id, duration, progress }
        })
        .collect()
    }

    /// What was a summary is a task again, as long as it was seen to be.
    pub(super) fn make_tasks_of(&mut self, emptied: &[Emptied], delta: &mut Delta) {
        let mut changed = Delta::default();
        for Emptied { id, duration, progress } in emptied {
            let Some(task) = self.tasks.iter_mut().find(|task| task.id == *id) else { continue };
            let before = task.clone();
            (task.kind, task.duration, task.progress) = (TaskKind::Task, *duration, *progress);
            task.version += 1;
            changed.tasks.push(RowChange { before: Some(before), after: Some(task.clone()) });
        }
        *delta = std::mem::take(delta).then(changed);
    }

    /// Ranks for `count` rows behind the first `behind` siblings; where there is no room, the siblings move apart.
    fn make_room(&mut self, siblings: &[(TaskId, i64)], behind: usize, count: usize) -> (Vec<i64>, Delta) {
        let wanted = i64::try_from(count).unwrap_or(i64::MAX);
        let before = behind.checked_sub(1).map(|index| siblings[index].1);
        let next = siblings.get(behind).map(|(_, rank)| *rank);
        let (low, high) = match (before, next) {
            (None, None) => (0, STEP * (wanted + 1)),
            (Some(low), None) => (low, low.saturating_add(STEP * (wanted + 1))),
            (None, Some(high)) => (high.saturating_sub(STEP * (wanted + 1)), high),
            (Some(low), Some(high)) => (low, high),
        };
        // Far out, where ranks would leave what JSON carries exactly, there is no room either.
        let gap = high.saturating_sub(low) / (wanted + 1);
        if gap >= 1 && low >= -RANK_MAX && high <= RANK_MAX {
            return ((1..=wanted).map(|place| low + gap * place).collect(), Delta::default());
        }
        let mut delta = Delta::default();
        let positions = self.positions();
        for (place, (id, _)) in siblings.iter().enumerate() {
            let shift = if place >= behind { wanted } else { 0 };
            let rank = STEP * (i64::try_from(place).unwrap_or(0) + 1 + shift);
            if let Some(task) = positions.get(id).map(|index| &mut self.tasks[*index as usize])
                && task.rank != rank
            {
                let old = task.clone();
                task.rank = rank;
                task.version += 1;
                delta.tasks.push(RowChange { before: Some(old), after: Some(task.clone()) });
            }
        }
        let first = STEP * (i64::try_from(behind).unwrap_or(0) + 1);
        ((0..wanted).map(|place| first + STEP * place).collect(), delta)
    }
}
