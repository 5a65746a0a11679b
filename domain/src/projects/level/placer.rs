//! Puts one task after another as early as its links, its calendar and its resources allow, by the scheduler's own rules.
//!
//! It knows every calendar, link and summary, so it also has the last word on what the faster decoder
//! ([`super::cells`]) found.

use super::{
    Leveller,
    jobs::lateness,
    load,
    search::{Cost, Decoder},
    timeline::Timeline,
};
use crate::{
    Minute,
    projects::{
        plan::TaskKind,
        schedule::{
            Binding, Schedule, Slot,
            forward::{self, Bound},
        },
    },
};

/// A plan that is being filled.
pub(super) struct Placer<'a> {
    pub(super) leveller: &'a Leveller,
    /// With nothing but what stays.
    empty: Schedule,
    taken: Vec<Timeline>,
    pub(super) schedule: Schedule,
    pub(super) lines: Vec<Timeline>,
    gates: Vec<Bound>,
    opened: Vec<bool>,
    pub(super) windows: Vec<(Minute, Minute)>,
}

impl<'a> Placer<'a> {
    pub(super) fn new(leveller: &'a Leveller) -> Self {
        let mut empty = leveller.before.clone();
        for (slot, task) in empty.tasks.iter_mut().zip(0..) {
            if leveller.scheduler.task(task).kind == TaskKind::Summary && !leveller.fixed[task as usize] {
                (slot.start, slot.finish, slot.binding) = (Minute(i64::MAX), Minute(i64::MIN), Binding::Children);
            }
        }
        let mut taken = vec![Timeline::default(); leveller.resources.len()];
        let staying = (0_u32..).zip(&leveller.before.tasks).filter(|(task, _)| leveller.fixed[*task as usize]);
        for (task, slot) in staying {
            if leveller.scheduler.task(task).kind == TaskKind::Summary {
                continue;
            }
            widen(leveller, &mut empty, task, *slot);
            for (from, to) in load::working(&leveller.scheduler, task, slot.start, slot.finish) {
                for (resource, units) in leveller.uses(task) {
                    taken[*resource as usize].take(from, to, *units);
                }
            }
        }
        for booking in &leveller.bookings {
            taken[booking.resource as usize].take(booking.from, booking.to, booking.units);
        }
        let count = empty.tasks.len();
        let gates = vec![Bound::floor(leveller.start); count];
        Self {
            leveller,
            schedule: empty.clone(),
            lines: taken.clone(),
            empty,
            taken,
            gates,
            opened: vec![false; count],
            windows: Vec::new(),
        }
    }

    /// Takes everything out that may move.
    fn clear(&mut self) {
        self.schedule.tasks.copy_from_slice(&self.empty.tasks);
        self.lines.iter_mut().zip(&self.taken).for_each(|(line, taken)| line.copy(taken));
        self.opened.fill(false);
    }

    /// Everything where its links allow and not before the moment that `floor` names; resources are not asked.
    pub(super) fn settle(&mut self, floor: impl Fn(u32) -> Minute) -> Schedule {
        self.clear();
        for job in 0..self.leveller.jobs.count() {
            let Some(task) = self.leveller.jobs.tasks[job] else { continue };
            let mut slot = self.earliest(task);
            let at = floor(task);
            if at > slot.start {
                slot = self.at(task, at);
            }
            self.put(task, slot);
        }
        let mut schedule = self.schedule.clone();
        let leaf = |task: &u32| self.leveller.scheduler.task(*task).kind != TaskKind::Summary;
        let slots = || (0_u32..).zip(&self.schedule.tasks).filter(|(task, _)| leaf(task)).map(|(_, slot)| slot);
        schedule.start = slots().map(|slot| slot.start).min().unwrap_or(self.leveller.start);
        schedule.finish = slots().map(|slot| slot.finish).max().unwrap_or(self.leveller.start);
        schedule
    }

    /// For each job, what does not depend on others that may move: the earliest start by links from what stays, by
    /// constraints and by the calendar. Whatever may move is thought to have ended when time began.
    pub(super) fn releases(&mut self) -> Vec<Minute> {
        self.clear();
        let jobs = &self.leveller.jobs.tasks;
        for task in jobs.iter().flatten() {
            self.put(*task, Slot::between(Minute::MIN, Minute::MIN));
        }
        jobs.iter().map(|task| task.map_or(self.leveller.start, |task| self.earliest(task).start)).collect()
    }

    /// How late everything is that has a limit, and when the whole ends.
    pub(super) fn cost(&self, schedule: &Schedule) -> Cost {
        let mut cost = Cost { late: 0, finish: self.leveller.fixed_finish.0 };
        for task in self.leveller.jobs.tasks.iter().flatten() {
            let slot = &schedule.tasks[*task as usize];
            cost.finish = cost.finish.max(slot.finish.0);
            cost.late += lateness(self.leveller.limits[*task as usize], slot.start, slot.finish);
        }
        cost
    }

    /// Where the links alone allow a task.
    fn earliest(&mut self, task: u32) -> Slot {
        let scheduler = &self.leveller.scheduler;
        let floor = Bound::floor(self.leveller.start);
        self.open(task);
        if scheduler.task(task).kind == TaskKind::Summary {
            // A summary without children is a moment.
            let bound = forward::open(scheduler, &self.schedule, &self.gates, task, floor);
            return Slot::between(bound.start, bound.start);
        }
        let bound = forward::gate(scheduler, &self.schedule, &self.gates, task, floor);
        self.schedule.conflicts.clear();
        forward::place(scheduler, &mut self.schedule.conflicts, task, bound)
    }

    /// Gathers what holds for everything below the summaries above a task, from the top down.
    fn open(&mut self, task: u32) {
        let scheduler = &self.leveller.scheduler;
        let Some(parent) = scheduler.task(task).parent else { return };
        if !self.opened[parent as usize] {
            self.open(parent);
            let floor = Bound::floor(self.leveller.start);
            self.gates[parent as usize] = forward::open(scheduler, &self.schedule, &self.gates, parent, floor);
            self.opened[parent as usize] = true;
        }
    }

    pub(super) fn at(&self, task: u32, start: Minute) -> Slot {
        let scheduler = &self.leveller.scheduler;
        let row = scheduler.task(task);
        let finish =
            if row.kind == TaskKind::Summary { start } else { forward::finish_of(row, scheduler.clock(task), start) };
        Slot::between(start, finish)
    }

    fn put(&mut self, task: u32, slot: Slot) {
        self.schedule.tasks[task as usize] = slot;
        widen(self.leveller, &mut self.schedule, task, slot);
    }

    /// The first time from that slot on in which everything that the task needs is there; `None` where the calendars end.
    fn free(&mut self, task: u32, mut slot: Slot) -> Option<Slot> {
        let leveller = self.leveller;
        let row = leveller.scheduler.task(task);
        let clock = leveller.scheduler.clock(task);
        if leveller.uses(task).is_empty() {
            return Some(slot);
        }
        loop {
            self.look_at(task, slot);
            let Some(after) = self.blocked(task) else { return Some(slot) };
            let start = forward::snap(row, clock, after);
            if start <= slot.start || !start.in_range() {
                return None;
            }
            slot = self.at(task, start);
        }
    }

    /// The working time of a task from its start to its finish.
    pub(super) fn look_at(&mut self, task: u32, slot: Slot) {
        self.windows.clear();
        if self.leveller.scheduler.task(task).elapsed {
            self.windows.push((slot.start, slot.finish));
        } else {
            let clock = self.leveller.scheduler.clock(task);
            self.windows.extend(clock.stretches(slot.start, slot.finish));
        }
    }

    /// Until when something that the task needs is missing in the time that was looked at.
    fn blocked(&self, task: u32) -> Option<Minute> {
        let mut latest: Option<Minute> = None;
        for (resource, units) in self.leveller.uses(task) {
            let Some(it) = self.leveller.resources.get(*resource as usize) else { continue };
            let line = &self.lines[*resource as usize];
            let clock = it.calendar.map(|calendar| self.leveller.scheduler.clock_of(calendar));
            // The last obstacle decides: the task has to begin behind it.
            let missing = self.windows.iter().rev().find_map(|(from, to)| {
                let away = clock.filter(|clock| clock.between(*from, *to) < to.0 - from.0);
                let away = away.map(|clock| clock.next_start(last_gap(clock.stretches(*from, *to), *from, *to)));
                away.max(line.blocked(*from, *to, it.capacity - units))
            });
            latest = latest.max(missing);
        }
        latest
    }

    /// Uses what the task needs; gives it back where `times` is -1.
    pub(super) fn take(&mut self, task: u32, slot: Slot, times: i64) {
        if self.leveller.uses(task).is_empty() {
            return;
        }
        self.look_at(task, slot);
        for (from, to) in &self.windows {
            for (resource, units) in self.leveller.uses(task) {
                self.lines[*resource as usize].take(*from, *to, units * times);
            }
        }
    }

    /// True where a task finds its time once what stays lies behind it: from `from` on, nothing but calendars counts.
    pub(super) fn fits_alone(&mut self, task: u32, from: Minute) -> bool {
        self.lines.iter_mut().for_each(|line| line.copy(&Timeline::default()));
        let start = forward::snap(self.leveller.scheduler.task(task), self.leveller.scheduler.clock(task), from);
        let slot = self.at(task, start);
        self.free(task, slot).is_some()
    }
}

/// The beginning of the last time without work between two moments.
fn last_gap(stretches: impl Iterator<Item = (Minute, Minute)>, from: Minute, to: Minute) -> Minute {
    let (mut here, mut gap) = (from, from);
    for (open, close) in stretches {
        if here < open {
            gap = here;
        }
        here = close;
    }
    if here < to { here } else { gap }
}

fn widen(leveller: &Leveller, schedule: &mut Schedule, task: u32, slot: Slot) {
    let mut above = leveller.scheduler.task(task).parent;
    while let Some(parent) = above {
        let span = &mut schedule.tasks[parent as usize];
        (span.start, span.finish) = (span.start.min(slot.start), span.finish.max(slot.finish));
        above = leveller.scheduler.task(parent).parent;
    }
}

impl Decoder for Placer<'_> {
    fn early(&mut self, list: &[u32], starts: &mut [i64]) -> Option<Cost> {
        self.clear();
        for job in list {
            let Some(task) = self.leveller.jobs.tasks[*job as usize] else { continue };
            let slot = self.earliest(task);
            let slot = self.free(task, slot)?;
            self.put(task, slot);
            self.take(task, slot, 1);
            starts[*job as usize] = slot.start.0;
        }
        // A gate stands where the last that it waits for ends; only its place in the order counts.
        for (job, task) in self.leveller.jobs.tasks.iter().enumerate() {
            if task.is_none() {
                let waits = self.leveller.jobs.waits(job as u32);
                starts[job] = waits.iter().map(|tie| starts[tie.before as usize]).max().unwrap_or_default();
            }
        }
        Some(self.cost(&self.schedule))
    }

    fn late(&mut self, starts: &[i64], late: &mut [i64]) -> bool {
        self.push_right(starts, late);
        true
    }
}
