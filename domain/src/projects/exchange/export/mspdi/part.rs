//! Work in parts, as MS Project writes it: what is done day by day, and nothing in the pauses between.

use super::{staff::wholes, xml::Xml};
use crate::{
    Minute,
    projects::{
        calendar::WorkClock,
        document::TaskRecord,
        plan::TaskKind,
        schedule::{Scheduler, Slot},
    },
};

/// Days of work without a pause that are written one by one.
const BY_DAY: i64 = 366;
/// MS Project's word for a distribution that follows none of its patterns.
const CONTOURED: u8 = 8;

/// A stretch of time within a task.
pub(super) struct Part {
    from: Minute,
    to: Minute,
    /// 0 in a pause.
    minutes: i64,
    done: bool,
}

impl Part {
    /// What a task does from its start to its finish.
    pub(super) fn all(scheduler: &Scheduler, index: u32, slot: &Slot, progress: u8) -> Vec<Self> {
        let clock = scheduler.clock(index);
        let mut left = scheduler.task(index).duration * i64::from(progress) / 100;
        let mut parts: Vec<Self> = Vec::new();
        for (from, to) in scheduler.pieces(index, slot.start, slot.finish) {
            if let Some(before) = parts.last().map(|part| part.to) {
                parts.push(Self { from: before, to: from, minutes: 0, done: left > 0 });
            }
            let minutes = clock.between(from, to);
            if (1..minutes).contains(&left) {
                let here = clock.work_before(from) + left;
                parts.extend(days(clock, from, clock.finish_at(here), true));
                parts.extend(days(clock, clock.start_at(here), to, false));
            } else {
                parts.extend(days(clock, from, to, left > 0));
            }
            left = (left - minutes).max(0);
        }
        parts
    }

    pub(super) fn write(&self, xml: &mut Xml, assignment: i64, units: i64) {
        xml.group("TimephasedData", |xml| {
            // Actual work is 2, remaining work 1.
            xml.leaf("Type", if self.done { 2 } else { 1 });
            xml.leaf("UID", assignment);
            xml.leaf("Start", self.from);
            xml.leaf("Finish", self.to);
            // Days.
            xml.leaf("Unit", 2);
            xml.leaf("Value", work(self.minutes, units));
        });
    }
}

/// What there is to do on a row, for somebody who is there whole.
///
/// MS Project takes the progress of a task from the work of its assignments, and calls nothing done before it knows when.
pub(super) struct Effort<'a> {
    task: &'a TaskRecord,
    slot: &'a Slot,
    progress: u8,
    done: i64,
    open: i64,
    in_parts: bool,
}

impl<'a> Effort<'a> {
    /// `None` for a summary, whose work is that of the rows below it.
    pub(super) fn of(task: &'a TaskRecord, slot: &'a Slot, progress: u8, parts: Option<&[Part]>) -> Option<Self> {
        let (done, open) = match parts {
            _ if task.kind == TaskKind::Summary => return None,
            Some(parts) => {
                let sum = |done: bool| parts.iter().filter(|part| part.done == done).map(|part| part.minutes).sum();
                (sum(true), sum(false))
            }
            None => {
                let done = task.duration * i64::from(progress) / 100;
                (done, task.duration - done)
            }
        };
        Some(Self { task, slot, progress, done, open, in_parts: parts.is_some() })
    }

    /// Elements of an assignment from its progress to its contour.
    pub(super) fn write(&self, xml: &mut Xml, units: i64) {
        let Self { task, slot, done, open, .. } = *self;
        xml.leaf("PercentWorkComplete", self.progress);
        if self.progress == 100 {
            xml.leaf("ActualFinish", task.actual_finish.unwrap_or(slot.finish));
        }
        if self.progress > 0 {
            xml.leaf("ActualStart", task.actual_start.unwrap_or(slot.start));
        }
        xml.leaf("ActualWork", work(done, units));
        xml.leaf("Finish", slot.finish);
        xml.leaf("RemainingWork", work(open, units));
        xml.leaf("Start", slot.start);
        xml.leaf("Units", wholes(units));
        xml.leaf("Work", work(done + open, units));
        if self.in_parts {
            xml.leaf("WorkContour", CONTOURED);
        }
    }
}

/// A stretch of work by day, from the first minute to the last of each.
fn days(clock: &WorkClock, from: Minute, to: Minute, done: bool) -> Vec<Part> {
    let whole = Part { from, to, minutes: clock.between(from, to), done };
    if to.day() - from.day() > BY_DAY {
        return vec![whole];
    }
    let mut days: Vec<Part> = Vec::new();
    for (begin, end) in clock.stretches(from, to) {
        match days.last_mut().filter(|day| day.from.day() == begin.day()) {
            Some(day) => (day.to, day.minutes) = (end, day.minutes + end.0 - begin.0),
            None => days.push(Part { from: begin, to: end, minutes: end.0 - begin.0, done }),
        }
    }
    days
}

/// Minutes at so many percent, to the second above: what is little is not nothing.
fn work(minutes: i64, units: i64) -> String {
    let seconds = (minutes * units * 60 + 99) / 100;
    format!("PT{}H{}M{}S", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
