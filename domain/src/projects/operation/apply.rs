//! Applying operations: check, change, or refuse and leave everything as it was.

use std::collections::{HashMap, HashSet};

use super::{Delta, Operation, ProjectPatch, RowChange, TaskMove, TaskPatch, draft::tidy};
use crate::{
    Fault, FaultKind, LinkId, TaskId,
    projects::{
        document::{CalendarRecord, DURATION_MAX, LinkRecord, PlanDocument, TaskRecord, check_date, check_name},
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, TaskKind, TaskMode},
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
        if changes_network(operation)
            && let Err(fault) = self.schedule()
        {
            // The inverse of what was just applied fits by construction.
            let back = delta.inverse();
            let _ = self.apply_delta(&back);
            self.restore_versions(&delta);
            return Err(fault);
        }
        Ok(delta)
    }

    /// A refused operation leaves no trace, not even in the versions.
    fn restore_versions(&mut self, delta: &Delta) {
        let tasks: HashMap<TaskId, &TaskRecord> =
            delta.tasks.iter().filter_map(|change| change.before.as_ref()).map(|task| (task.id, task)).collect();
        for task in &mut self.tasks {
            if let Some(before) = tasks.get(&task.id) {
                task.version = before.version;
            }
        }
        for change in &delta.links {
            if let Some(before) = &change.before
                && let Some(link) = self.links.iter_mut().find(|link| link.id == before.id)
            {
                link.version = before.version;
            }
        }
        for change in &delta.calendars {
            if let Some(before) = &change.before
                && let Some(record) = self.calendars.iter_mut().find(|record| record.id == before.id)
            {
                record.version = before.version;
            }
        }
        if let Some(RowChange { before: Some(head), .. }) = &delta.head {
            self.head.version = head.version;
        }
    }

    fn index_of(&self, id: TaskId) -> Result<usize, Fault> {
        self.tasks
            .iter()
            .position(|task| task.id == id)
            .ok_or_else(|| Fault::because(FaultKind::NotFound, "This task is not in the plan (any more)."))
    }

    fn edit_task(&mut self, id: TaskId, version: Option<i64>, patch: &TaskPatch) -> Result<Delta, Fault> {
        let index = self.index_of(id)?;
        let before = self.tasks[index].clone();
        stale(version, before.version, || {
            let mine = serde_json::to_value(patch).unwrap_or_default();
            let now = serde_json::to_value(&before).unwrap_or_default();
            let crossing = mine.as_object().into_iter().flatten().map(|(field, value)| {
                format!("{field} is {} now, you wrote {value}", now.get(field).unwrap_or(&serde_json::Value::Null))
            });
            format!(
                "Somebody changed {} since you opened it: {}.",
                before.name,
                crossing.collect::<Vec<_>>().join("; ")
            )
        })?;
        let mut after = before.clone();
        patch.write(&mut after);
        after.name = after.name.trim().to_owned();
        if patch.progress == Some(100) && before.progress < 100 && patch.status.is_none() {
            after.status = crate::projects::document::TaskStatus::Accepted;
        }
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

    fn move_tasks(&mut self, moves: &[TaskMove]) -> Result<Delta, Fault> {
        let mut delta = Delta::default();
        let backward = self.head.direction == Direction::Backward;
        for TaskMove { id, start } in moves {
            check_date("start", *start)?;
            let index = self.index_of(*id)?;
            if self.tasks[index].kind == TaskKind::Summary {
                return Err(Fault::field("start", "A summary goes where the tasks below it go; move those."));
            }
            if self.tasks[index].actual_start.is_some() {
                return Err(Fault::field("start", "This task has begun; its start is a fact."));
            }
            let before = self.tasks[index].clone();
            let mut after = before.clone();
            if after.mode == TaskMode::Manual {
                after.manual_start = Some(*start);
            } else if backward {
                after.constraint = ConstraintKind::StartNoLaterThan;
                after.constraint_at = Some(*start);
            } else {
                after.constraint = ConstraintKind::StartNoEarlierThan;
                after.constraint_at = Some(*start);
            }
            if after != before {
                after.version += 1;
                self.tasks[index] = after.clone();
                let step =
                    Delta { tasks: vec![RowChange { before: Some(before), after: Some(after) }], ..Delta::default() };
                delta = delta.then(step);
            }
        }
        Ok(delta)
    }

    fn remove_tasks(&mut self, ids: &[TaskId]) -> Result<Delta, Fault> {
        let mut gone: HashSet<TaskId> = HashSet::new();
        for id in ids {
            self.index_of(*id)?;
            gone.insert(*id);
            gone.extend(self.descendants(*id));
        }
        let mut delta = Delta::default();
        self.links.retain(|link| {
            let stays = !gone.contains(&link.predecessor_id) && !gone.contains(&link.successor_id);
            if !stays {
                delta.links.push(RowChange { before: Some(link.clone()), after: None });
            }
            stays
        });
        self.tasks.retain(|task| {
            let stays = !gone.contains(&task.id);
            if !stays {
                delta.tasks.push(RowChange { before: Some(task.clone()), after: None });
            }
            stays
        });
        Ok(delta)
    }

    fn add_link(&mut self, link: LinkRecord) -> Result<Delta, Fault> {
        self.check_link(&link)?;
        if self.links.iter().any(|other| other.id == link.id) {
            return Err(Fault::because(FaultKind::Conflict, "A link with this id exists already."));
        }
        self.links.push(link.clone());
        self.links.sort_unstable_by_key(|link| link.id);
        Ok(Delta { links: vec![RowChange { before: None, after: Some(link) }], ..Delta::default() })
    }

    fn edit_link(
        &mut self,
        id: LinkId,
        version: Option<i64>,
        kind: Option<LinkKind>,
        lag_minutes: Option<i64>,
        lag_unit: Option<LagUnit>,
    ) -> Result<Delta, Fault> {
        let index = self.link_index(id)?;
        let before = self.links[index].clone();
        stale(version, before.version, || "Somebody changed this link since you opened it.".to_owned())?;
        let mut after = before.clone();
        after.kind = kind.unwrap_or(before.kind);
        after.lag_minutes = lag_minutes.unwrap_or(before.lag_minutes);
        after.lag_unit = lag_unit.unwrap_or(before.lag_unit);
        if after == before {
            return Ok(Delta::default());
        }
        self.check_link(&after)?;
        after.version += 1;
        self.links[index] = after.clone();
        Ok(Delta { links: vec![RowChange { before: Some(before), after: Some(after) }], ..Delta::default() })
    }

    fn remove_link(&mut self, id: LinkId) -> Result<Delta, Fault> {
        let index = self.link_index(id)?;
        let before = self.links.remove(index);
        Ok(Delta { links: vec![RowChange { before: Some(before), after: None }], ..Delta::default() })
    }

    fn link_index(&self, id: LinkId) -> Result<usize, Fault> {
        self.links
            .iter()
            .position(|link| link.id == id)
            .ok_or_else(|| Fault::because(FaultKind::NotFound, "This link is not in the plan (any more)."))
    }

    fn check_link(&self, link: &LinkRecord) -> Result<(), Fault> {
        let known = |id: TaskId| self.tasks.iter().any(|task| task.id == id);
        for (field, id) in [("predecessor_id", link.predecessor_id), ("successor_id", link.successor_id)] {
            if !known(id) {
                return Err(Fault::field(field, "This task is not in this project."));
            }
        }
        if link.predecessor_id == link.successor_id {
            return Err(Fault::field("successor_id", "A task cannot wait for itself."));
        }
        if link.lag_minutes.abs() > DURATION_MAX {
            return Err(Fault::field("lag_minutes", "A lag is at most a hundred years."));
        }
        let family = |above, below| self.descendants(above).contains(&below);
        if family(link.predecessor_id, link.successor_id) || family(link.successor_id, link.predecessor_id) {
            return Err(Fault::field("successor_id", "A row and one below it cannot wait for each other."));
        }
        let twin = |other: &LinkRecord| {
            other.id != link.id
                && other.predecessor_id == link.predecessor_id
                && other.successor_id == link.successor_id
                && other.kind == link.kind
        };
        if self.links.iter().any(twin) {
            return Err(Fault::field("successor_id", "These tasks are linked that way already."));
        }
        Ok(())
    }

    fn edit_project(&mut self, version: Option<i64>, patch: &ProjectPatch) -> Result<Delta, Fault> {
        let before = self.head.clone();
        stale(version, before.version, || {
            format!(
                "You saw version {}; {} is at version {} now.",
                version.unwrap_or_default(),
                before.code,
                before.version
            )
        })?;
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
        Ok(Delta { head: Some(RowChange { before: Some(before), after: Some(after) }), ..Delta::default() })
    }

    fn check_calendar(&self, id: Option<crate::CalendarId>) -> Result<(), Fault> {
        if id.is_some_and(|id| !self.calendars.iter().any(|record| record.id == id)) {
            return Err(Fault::field("calendar_id", "This calendar is not in this project."));
        }
        Ok(())
    }

    fn set_calendar(&mut self, record: &CalendarRecord) -> Result<Delta, Fault> {
        check_name("name", &record.name, "calendar")?;
        record.calendar.check().map_err(|fault| Fault::field("calendar", fault.to_string()))?;
        let place = self.calendars.iter().position(|other| other.id == record.id);
        let before = place.map(|index| self.calendars[index].clone());
        let version = before.as_ref().map_or(1, |before| before.version + 1);
        let after = CalendarRecord { version, ..record.clone() };
        match place {
            Some(index) => self.calendars[index] = after.clone(),
            None => self.calendars.push(after.clone()),
        }
        self.calendars.sort_unstable_by_key(|record| record.id);
        Ok(Delta { calendars: vec![RowChange { before, after: Some(after) }], ..Delta::default() })
    }

    fn remove_calendar(&mut self, id: crate::CalendarId) -> Result<Delta, Fault> {
        let index = self.calendars.iter().position(|record| record.id == id).ok_or_else(Fault::not_found)?;
        let used = self.head.calendar_id == Some(id) || self.tasks.iter().any(|task| task.calendar_id == Some(id));
        if used {
            return Err(Fault::because(FaultKind::Conflict, "This calendar is in use."));
        }
        let before = self.calendars.remove(index);
        Ok(Delta { calendars: vec![RowChange { before: Some(before), after: None }], ..Delta::default() })
    }

    fn import(
        &mut self,
        tasks: &[TaskRecord],
        links: &[LinkRecord],
        calendars: &[CalendarRecord],
    ) -> Result<Delta, Fault> {
        if self.tasks.len() + tasks.len() > TASKS_MAX {
            return Err(Fault::field("tasks", format!("A plan has at most {TASKS_MAX} rows.")));
        }
        let mut next = self.clone();
        let mut delta = Delta::default();
        for calendar in calendars {
            delta = delta.then(next.set_calendar(calendar)?);
        }
        let below = next.children(None).map(|task| task.rank).max().unwrap_or(0);
        let mut known: HashSet<TaskId> = next.tasks.iter().map(|task| task.id).collect();
        for (index, task) in tasks.iter().enumerate() {
            let place = |fault: Fault| nested(&format!("tasks[{index}]"), fault);
            let mut task = TaskRecord { version: 1, ..task.clone() };
            if task.parent_id.is_none() {
                task.rank = task.rank.saturating_add(below);
            } else if !task.parent_id.is_some_and(|parent| known.contains(&parent)) {
                return Err(place(Fault::field("parent_id", "A row stands behind the row it belongs to.")));
            }
            tidy(&mut task);
            task.check().map_err(place)?;
            next.check_calendar(task.calendar_id).map_err(place)?;
            if !known.insert(task.id) {
                return Err(place(Fault::field("id", "This id is used twice.")));
            }
            delta.tasks.push(RowChange { before: None, after: Some(task.clone()) });
            next.tasks.push(task);
        }
        next.sort_outline();
        next.mark_summaries(&mut delta);
        let mut pairs: HashSet<_> =
            next.links.iter().map(|link| (link.predecessor_id, link.successor_id, link.kind)).collect();
        for (index, link) in links.iter().enumerate() {
            let place = |fault: Fault| nested(&format!("links[{index}]"), fault);
            if !known.contains(&link.predecessor_id) || !known.contains(&link.successor_id) {
                return Err(place(Fault::field("successor_id", "Both tasks of a link are in the plan.")));
            }
            if link.predecessor_id == link.successor_id
                || !pairs.insert((link.predecessor_id, link.successor_id, link.kind))
            {
                return Err(place(Fault::field("successor_id", "These tasks are linked that way already.")));
            }
            let link = LinkRecord { version: 1, ..link.clone() };
            delta.links.push(RowChange { before: None, after: Some(link.clone()) });
            next.links.push(link);
        }
        next.links.sort_unstable_by_key(|link| link.id);
        *self = next;
        Ok(delta)
    }

    /// Rows that have rows below them are summaries.
    pub(super) fn mark_summaries(&mut self, delta: &mut Delta) {
        let parents: HashSet<TaskId> = self.tasks.iter().filter_map(|task| task.parent_id).collect();
        let mut changed = Delta::default();
        for task in &mut self.tasks {
            if parents.contains(&task.id) && task.kind != TaskKind::Summary {
                let before = task.clone();
                task.kind = TaskKind::Summary;
                task.duration = 0;
                task.version += 1;
                changed.tasks.push(RowChange { before: Some(before), after: Some(task.clone()) });
            }
        }
        *delta = std::mem::take(delta).then(changed);
    }
}

/// True where the operation can make a circle or an impossible plan.
const fn changes_network(operation: &Operation) -> bool {
    !matches!(
        operation,
        Operation::RemoveTasks { .. }
            | Operation::RemoveLink { .. }
            | Operation::StretchTask { .. }
            | Operation::MoveTask { .. }
            | Operation::MoveTasks { .. }
    )
}

fn stale(seen: Option<i64>, now: i64, say: impl FnOnce() -> String) -> Result<(), Fault> {
    if seen.is_some_and(|seen| seen != now) { Err(Fault::because(FaultKind::StaleVersion, say())) } else { Ok(()) }
}

fn nested(path: &str, mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        field.field = format!("{path}.{}", field.field);
    }
    fault
}
