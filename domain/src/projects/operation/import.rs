//! Many rows at once.

use std::collections::HashSet;

use super::{Delta, RowChange, apply::TASKS_MAX, draft::tidy};
use crate::{
    CalendarId, Fault, LinkId, TaskId,
    projects::{
        document::{CalendarRecord, DURATION_MAX, LinkRecord, PlanDocument, TaskRecord},
        plan::TaskKind,
    },
};

impl PlanDocument {
    /// Adds rows, links and calendars below what is there. It works on a copy, so a refusal leaves no trace.
    pub(super) fn import(
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
        for (index, calendar) in calendars.iter().enumerate() {
            let step = next.set_calendar(calendar).map_err(|fault| nested(&format!("calendars[{index}]"), fault))?;
            delta.calendars.extend(step.calendars);
        }
        let known = next.import_tasks(tasks, &mut delta)?;
        next.import_links(links, &known, &mut delta)?;
        *self = next;
        Ok(Delta::default().then(delta))
    }

    fn import_tasks(&mut self, tasks: &[TaskRecord], delta: &mut Delta) -> Result<HashSet<TaskId>, Fault> {
        let mut known: HashSet<TaskId> = self.tasks.iter().map(|task| task.id).collect();
        let usable: HashSet<CalendarId> = self.calendars.iter().map(|record| record.id).collect();
        // The rows of the top level come behind those that are there, in the order that they have among themselves.
        let last = self.children(None).map(|task| task.rank).max();
        let first = tasks.iter().filter(|task| task.parent_id.is_none()).map(|task| task.rank).min().unwrap_or(0);
        let shift = last.map_or(0, |last| last.saturating_sub(first).saturating_add(super::place::STEP).max(0));
        for (index, task) in tasks.iter().enumerate() {
            let place = |fault: Fault| nested(&format!("tasks[{index}]"), fault);
            let mut task = TaskRecord { version: 1, name: task.name.trim().to_owned(), ..task.clone() };
            match task.parent_id {
                None => task.rank = task.rank.saturating_add(shift),
                Some(parent) if known.contains(&parent) => {}
                Some(_) => return Err(place(Fault::field("parent_id", "A row stands behind the row it belongs to."))),
            }
            tidy(&mut task);
            task.check().map_err(place)?;
            if task.calendar_id.is_some_and(|id| !usable.contains(&id)) {
                return Err(place(Fault::field("calendar_id", "This calendar is not in this project.")));
            }
            if !known.insert(task.id) {
                return Err(place(Fault::field("id", "This id is used twice.")));
            }
            delta.tasks.push(RowChange { before: None, after: Some(task.clone()) });
            self.tasks.push(task);
        }
        self.sort_outline();
        self.mark_summaries(delta);
        Ok(known)
    }

    fn import_links(&mut self, links: &[LinkRecord], known: &HashSet<TaskId>, delta: &mut Delta) -> Result<(), Fault> {
        let mut pairs: HashSet<_> =
            self.links.iter().map(|link| (link.predecessor_id, link.successor_id, link.kind)).collect();
        let mut ids: HashSet<LinkId> = self.links.iter().map(|link| link.id).collect();
        for (index, link) in links.iter().enumerate() {
            let place =
                |field: &str, message: &str| Err(nested(&format!("links[{index}]"), Fault::field(field, message)));
            if !known.contains(&link.predecessor_id) {
                return place("predecessor_id", "This task is not in this project.");
            }
            if !known.contains(&link.successor_id) {
                return place("successor_id", "This task is not in this project.");
            }
            if link.predecessor_id == link.successor_id {
                return place("successor_id", "A task cannot wait for itself.");
            }
            if link.lag_minutes.unsigned_abs() > DURATION_MAX.unsigned_abs() {
                return place("lag_minutes", "A lag is at most a hundred years.");
            }
            if !pairs.insert((link.predecessor_id, link.successor_id, link.kind)) {
                return place("successor_id", "These tasks are linked that way already.");
            }
            if !ids.insert(link.id) {
                return place("id", "This id is used twice.");
            }
            let link = LinkRecord { version: 1, ..link.clone() };
            delta.links.push(RowChange { before: None, after: Some(link.clone()) });
            self.links.push(link);
        }
        self.sort_links();
        Ok(())
    }

    /// Rows that have rows below them are summaries.
    pub(super) fn mark_summaries(&mut self, delta: &mut Delta) {
        let parents: HashSet<TaskId> = self.tasks.iter().filter_map(|task| task.parent_id).collect();
        let mut changed = Delta::default();
        for task in &mut self.tasks {
            if parents.contains(&task.id) && task.kind != TaskKind::Summary {
                let before = task.clone();
                task.kind = TaskKind::Summary;
                tidy(task);
                task.version += 1;
                changed.tasks.push(RowChange { before: Some(before), after: Some(task.clone()) });
            }
        }
        *delta = std::mem::take(delta).then(changed);
    }
}

fn nested(path: &str, mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        field.field = format!("{path}.{}", field.field);
    }
    fault
}
