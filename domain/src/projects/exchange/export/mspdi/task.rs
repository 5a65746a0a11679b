//! Rows.

use std::collections::HashMap;

use super::{
    super::super::notation, DEPARTMENT, DO_NOT_LEVEL, LEVELLED, PAUSES, PRIORITY, STATUS, Source, attribute, xml::Xml,
};
use crate::{
    TaskId,
    projects::{
        document::{LinkRecord, TaskRecord},
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, TaskKind, TaskMode},
        schedule::Slot,
    },
};

impl Source<'_> {
    pub(super) fn tasks(&self, xml: &mut Xml) {
        let plan = self.plan;
        let positions = plan.positions();
        let mut waits: HashMap<TaskId, Vec<&LinkRecord>> = HashMap::new();
        for link in &plan.links {
            waits.entry(link.successor_id).or_default().push(link);
        }
        let codes = plan.codes();
        let progress = plan.task_progress();
        for (index, (task, slot)) in plan.tasks.iter().zip(&self.schedule.tasks).enumerate() {
            let delay = self.delays.get(index).copied().unwrap_or(0);
            xml.group("Task", |xml| {
                identity(xml, index, task, &codes[index]);
                timing(xml, task, slot, progress[index]);
                let calendar = task.calendar_id.and_then(|id| self.calendars.number(id));
                bounds(xml, task, plan.head.direction, calendar, delay);
                for link in waits.get(&task.id).into_iter().flatten() {
                    if let Some(from) = positions.get(&link.predecessor_id) {
                        predecessor(xml, link, from + 1);
                    }
                }
                attributes(xml, task, delay);
                self.agreed(xml, task.id);
            });
        }
    }

    /// How the row stood in each baseline.
    fn agreed(&self, xml: &mut Xml, id: TaskId) {
        let rows = self.baselines.iter().enumerate().filter_map(|(number, (_, rows))| Some((number, rows.get(&id)?)));
        for (number, row) in rows {
            xml.group("Baseline", |xml| {
                xml.leaf("Number", number);
                xml.leaf("Start", row.start);
                xml.leaf("Finish", row.finish);
                xml.leaf("Duration", duration(row.duration_minutes));
                xml.leaf("DurationFormat", 5);
            });
        }
    }
}

fn duration(minutes: i64) -> String {
    format!("PT{}H{}M0S", minutes / 60, minutes % 60)
}

/// MS Project's own: what is locked has the one that it does not level, and nothing else has.
fn priority(task: &TaskRecord) -> i32 {
    if task.locked { DO_NOT_LEVEL } else { task.priority.min(DO_NOT_LEVEL - 1) }
}

fn identity(xml: &mut Xml, index: usize, task: &TaskRecord, code: &str) {
    xml.leaf("UID", index + 1);
    xml.leaf("ID", index + 1);
    xml.leaf("Name", &task.name);
    xml.leaf("Active", 1);
    xml.leaf("Manual", u8::from(task.mode == TaskMode::Manual));
    // Fixed duration: whoever opens the file and adds people does not shorten the work.
    xml.leaf("Type", 1);
    xml.leaf("IsNull", 0);
    xml.leaf("WBS", code);
    xml.leaf("OutlineNumber", code);
    xml.leaf("OutlineLevel", code.matches('.').count() + 1);
    xml.leaf("Priority", priority(task));
}

fn timing(xml: &mut Xml, task: &TaskRecord, slot: &Slot, progress: u8) {
    xml.leaf("Start", slot.start);
    xml.leaf("Finish", slot.finish);
    if task.kind != TaskKind::Summary {
        xml.leaf("Duration", duration(task.duration));
        if task.mode == TaskMode::Manual {
            xml.leaf("ManualStart", task.manual_start.unwrap_or(slot.start));
            xml.leaf("ManualFinish", slot.finish);
            xml.leaf("ManualDuration", duration(task.duration));
        }
        // Hours, or hours on the wall.
        xml.leaf("DurationFormat", if task.elapsed { 6 } else { 5 });
        xml.leaf("EffortDriven", 0);
    }
    xml.leaf("Milestone", u8::from(task.kind == TaskKind::Milestone));
    xml.leaf("Summary", u8::from(task.kind == TaskKind::Summary));
    xml.leaf("Critical", u8::from(slot.critical));
    xml.leaf("EarlyStart", slot.start);
    xml.leaf("EarlyFinish", slot.finish);
    xml.leaf("LateStart", slot.late_start);
    xml.leaf("LateFinish", slot.late_finish);
    // Slack is in tenths of minutes.
    xml.leaf("FreeSlack", slot.free_float.saturating_mul(10));
    xml.leaf("TotalSlack", slot.total_float.saturating_mul(10));
    xml.leaf("PercentComplete", progress);
    if let Some(at) = task.actual_start {
        xml.leaf("ActualStart", at);
    }
    if let Some(at) = task.actual_finish {
        xml.leaf("ActualFinish", at);
    }
    if task.kind == TaskKind::Task && progress > 0 {
        let done = task.duration * i64::from(progress) / 100;
        xml.leaf("ActualDuration", duration(done));
        xml.leaf("RemainingDuration", duration(task.duration - done));
    }
}

fn bounds(xml: &mut Xml, task: &TaskRecord, direction: Direction, calendar: Option<usize>, delay: i64) {
    let kind = match task.constraint {
        // Where a plan counts backward, whatever says nothing stands as late as it can; MS Project has to be told.
        ConstraintKind::AsSoonAsPossible if direction == Direction::Backward && task.kind != TaskKind::Summary => 1,
        ConstraintKind::AsSoonAsPossible => 0,
        ConstraintKind::AsLateAsPossible => 1,
        ConstraintKind::MustStartOn => 2,
        ConstraintKind::MustFinishOn => 3,
        ConstraintKind::StartNoEarlierThan => 4,
        ConstraintKind::StartNoLaterThan => 5,
        ConstraintKind::FinishNoEarlierThan => 6,
        ConstraintKind::FinishNoLaterThan => 7,
    };
    xml.leaf("ConstraintType", kind);
    match calendar {
        Some(number) => xml.leaf("CalendarUID", number),
        None => xml.leaf("CalendarUID", -1),
    }
    if let Some(at) = task.constraint_at {
        xml.leaf("ConstraintDate", at);
    }
    if let Some(at) = task.deadline {
        xml.leaf("Deadline", at);
    }
    // Our levelling moves tasks as a whole.
    xml.leaf("LevelingCanSplit", 0);
    if task.level_from.is_some() {
        // Days on the wall; the number itself is in tenths of minutes whatever its format.
        xml.leaf("LevelingDelay", delay);
        xml.leaf("LevelingDelayFormat", 8);
    }
    // A task works by its own calendar, whoever is on it.
    xml.leaf("IgnoreResourceCalendar", u8::from(calendar.is_some()));
    if !task.notes.is_empty() {
        xml.leaf("Notes", &task.notes);
    }
}

fn predecessor(xml: &mut Xml, link: &LinkRecord, from: u32) {
    let kind = match link.kind {
        LinkKind::FinishToFinish => 0,
        LinkKind::FinishToStart => 1,
        LinkKind::StartToFinish => 2,
        LinkKind::StartToStart => 3,
    };
    xml.group("PredecessorLink", |xml| {
        xml.leaf("PredecessorUID", from);
        xml.leaf("Type", kind);
        xml.leaf("CrossProject", 0);
        xml.leaf("LinkLag", link.lag_minutes.saturating_mul(10));
        xml.leaf("LagFormat", if link.lag_unit == LagUnit::Elapsed { 6 } else { 5 });
    });
}

fn attributes(xml: &mut Xml, task: &TaskRecord, delay: i64) {
    attribute(xml, STATUS.id, task.status.code());
    if let Some(department) = &task.department {
        attribute(xml, DEPARTMENT.id, department);
    }
    if task.priority != priority(task) {
        attribute(xml, PRIORITY.id, &task.priority.to_string());
    }
    if !task.splits.is_empty() {
        attribute(xml, PAUSES.id, &notation::pauses(&task.splits));
    }
    if let Some(at) = task.level_from {
        attribute(xml, LEVELLED.id, &format!("{at} +{delay}"));
    }
}
