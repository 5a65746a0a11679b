//! Pushes a filled plan to the right: each task, from the last to the first, as late as it goes while nothing else moves.
//!
//! *Invariant:* no task comes to stand earlier than it stood, so there is always a place for it.

use super::placer::Placer;
use crate::{
    Minute,
    projects::{
        plan::TaskKind,
        schedule::{
            Schedule, Slot,
            backward::{Limit, close_summaries, room},
            forward::start_for,
        },
    },
};

impl Placer<'_> {
    /// Late starts of all jobs, of the plan that was filled last.
    pub(super) fn push_right(&mut self, starts: &[i64], late: &mut [i64]) {
        let leveller = self.leveller;
        let finish = |task: &u32| self.schedule.tasks[*task as usize].finish;
        let end = leveller.jobs.tasks.iter().flatten().map(finish).max().unwrap_or(leveller.start);
        late.copy_from_slice(starts);
        let mut last_first: Vec<(Minute, usize, u32)> = Vec::with_capacity(starts.len());
        for (job, task) in leveller.jobs.tasks.iter().enumerate() {
            last_first.extend(task.map(|task| (finish(&task), job, task)));
        }
        last_first.sort_unstable();
        for (_, job, task) in last_first.into_iter().rev() {
            let slot = self.latest(task, end);
            self.schedule.tasks[task as usize] = slot;
            late[job] = slot.start.0;
        }
    }

    /// Moves tasks that want to be late as far as they go in a schedule that was settled.
    pub(super) fn settle_late(&mut self, mut schedule: Schedule) -> Schedule {
        let leveller = self.leveller;
        if leveller.want_late.is_empty() {
            return schedule;
        }
        for task in leveller.jobs.tasks.iter().flatten() {
            self.take(*task, schedule.tasks[*task as usize], 1);
        }
        for task in leveller.jobs.tasks.iter().rev().flatten().filter(|task| leveller.want_late.contains(task)) {
            self.schedule.tasks[*task as usize] = self.latest(*task, schedule.finish);
        }
        schedule.tasks.copy_from_slice(&self.schedule.tasks);
        close_summaries(&leveller.scheduler, &mut schedule);
        schedule
    }

    /// Gives a task the last place that links, limits and resources leave it.
    fn latest(&mut self, task: u32, end: Minute) -> Slot {
        let leveller = self.leveller;
        let here = self.schedule.tasks[task as usize];
        let row = leveller.scheduler.task(task);
        if row.kind == TaskKind::Summary {
            return here;
        }
        let mut limit = room(&leveller.scheduler, &self.schedule, task, end);
        limit.lower(leveller.limits[task as usize]);
        self.take(task, here, -1);
        let slot = self.last_free(task, limit, here);
        self.take(task, slot, 1);
        slot
    }

    /// The last slot up to a limit in which everything is there; `here` where there is none behind it.
    fn last_free(&mut self, task: u32, limit: Limit, here: Slot) -> Slot {
        let leveller = self.leveller;
        let (row, clock) = (leveller.scheduler.task(task), leveller.scheduler.clock(task));
        let mut start = start_for(row, clock, limit.finish);
        if start > limit.finish {
            // A moment in the night would wait for the morning, which lies behind the limit.
            start = clock.previous_finish(limit.finish);
        }
        if limit.start < start {
            // A start at the end of a window means the beginning of the next, which lies behind the limit.
            start = if clock.is_working(limit.start) { limit.start } else { here.start };
        }
        while start > here.start {
            let slot = self.at(task, start);
            self.look_at(task, slot);
            let Some(obstacle) = self.obstacle(task) else { return slot };
            start = start_for(row, clock, obstacle).min(Minute(start.0 - 1));
        }
        here
    }

    /// From when on something that the task needs is missing in the time that was looked at.
    fn obstacle(&self, task: u32) -> Option<Minute> {
        let uses = self.leveller.uses(task).iter();
        let first = uses.filter_map(|(resource, units)| {
            let it = self.leveller.resources.get(*resource as usize)?;
            let line = &self.lines[*resource as usize];
            let clock = it.calendar.map(|calendar| self.leveller.scheduler.clock_of(calendar));
            self.windows.iter().find_map(|(from, to)| {
                let away = clock.filter(|clock| clock.between(*from, *to) < to.0 - from.0);
                let away = away.map(|clock| {
                    clock.stretches(*from, *to).next().filter(|it| it.0 == *from).map_or(*from, |it| it.1)
                });
                let busy = line.blocks(*from, *to, it.capacity - units);
                away.into_iter().chain(busy).min()
            })
        });
        first.min()
    }
}
