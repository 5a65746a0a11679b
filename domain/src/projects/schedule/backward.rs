//! As late as possible, and the float between.

use super::{Binding, Schedule, Scheduler, Slot, forward::finish_of, network::Step};
use crate::{
    Minute,
    projects::{
        calendar::WorkClock,
        plan::{ConstraintKind, Direction, LagUnit, Link, LinkKind, Task, TaskKind, TaskMode},
    },
};

/// The latest that something may start and finish.
#[derive(Clone, Copy, Debug)]
pub(in crate::projects) struct Limit {
    pub(in crate::projects) start: Minute,
    pub(in crate::projects) finish: Minute,
}

impl Limit {
    pub(in crate::projects) const NONE: Self = Self { start: Minute(i64::MAX), finish: Minute(i64::MAX) };

    pub(in crate::projects) fn lower(&mut self, other: Self) {
        self.start = self.start.min(other.start);
        self.finish = self.finish.min(other.finish);
    }
}

/// Late dates from `end`, or from the schedule's own finish.
pub(super) fn pass(scheduler: &Scheduler, schedule: &mut Schedule, end: Option<Minute>) {
    let end = end.unwrap_or(schedule.finish);
    let mut limits = vec![Limit::NONE; scheduler.tasks.len()];
    for step in scheduler.network.order.iter().rev() {
        match *step {
            // Before its children: what waits for the summary limits everything below it.
            Step::Close(index) => {
                let task = &scheduler.tasks[index as usize];
                let mut limit =
                    task.parent.map_or(Limit { finish: end, ..Limit::NONE }, |parent| limits[parent as usize]);
                limit.lower(waiting(scheduler, schedule, index));
                limit.lower(own(task));
                limits[index as usize] = limit;
                schedule.tasks[index as usize].late_start = Minute(i64::MAX);
                schedule.tasks[index as usize].late_finish = Minute(i64::MIN);
            }
            Step::Task(index) => {
                let task = &scheduler.tasks[index as usize];
                let mut limit =
                    task.parent.map_or(Limit { finish: end, ..Limit::NONE }, |parent| limits[parent as usize]);
                limit.lower(waiting(scheduler, schedule, index));
                limit.lower(own(task));
                if scheduler.direction == Direction::Backward {
                    limit.lower(levelled(task));
                }
                let (start, finish) = late(scheduler, schedule, index, limit);
                let slot = &mut schedule.tasks[index as usize];
                (slot.late_start, slot.late_finish) = (start, finish);
                spread(scheduler, schedule, index);
            }
            Step::Open(index) => {
                let slot = &mut schedule.tasks[index as usize];
                if slot.late_finish.0 == i64::MIN {
                    if scheduler.direction == Direction::Backward {
                        // Without children it is a moment, and goes where they would go.
                        (slot.start, slot.finish) = (limits[index as usize].finish, limits[index as usize].finish);
                    }
                    (slot.late_start, slot.late_finish) = (slot.start, slot.finish);
                }
                spread(scheduler, schedule, index);
            }
        }
    }
}

/// A summary spans the late dates of its children, too.
fn spread(scheduler: &Scheduler, schedule: &mut Schedule, index: u32) {
    let Some(parent) = scheduler.tasks[index as usize].parent else { return };
    let Slot { late_start, late_finish, .. } = schedule.tasks[index as usize];
    let above = &mut schedule.tasks[parent as usize];
    above.late_start = above.late_start.min(late_start);
    above.late_finish = above.late_finish.max(late_finish);
}

/// What the tasks that wait for this one leave it, by their late dates.
fn waiting(scheduler: &Scheduler, schedule: &Schedule, index: u32) -> Limit {
    limit_by(scheduler, index, |slot| (slot.late_start, slot.late_finish), schedule)
}

/// What the tasks that wait for this one, and the end of the project, leave it where nothing moves.
pub(in crate::projects) fn room(scheduler: &Scheduler, schedule: &Schedule, index: u32, end: Minute) -> Limit {
    let mut limit = limit_by(scheduler, index, |slot| (slot.start, slot.finish), schedule);
    let mut above = scheduler.tasks[index as usize].parent;
    while let Some(parent) = above {
        limit.lower(limit_by(scheduler, parent, |slot| (slot.start, slot.finish), schedule));
        above = scheduler.tasks[parent as usize].parent;
    }
    limit.finish = limit.finish.min(end);
    limit
}

fn limit_by(
    scheduler: &Scheduler,
    index: u32,
    dates: impl Fn(&Slot) -> (Minute, Minute),
    schedule: &Schedule,
) -> Limit {
    let mut limit = Limit::NONE;
    for (_, link) in scheduler.network.outgoing(index) {
        let (start, finish) = dates(&schedule.tasks[link.successor as usize]);
        let clock = scheduler.clock(link.successor);
        let to = match link.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart => start,
            // Bounds on a finish are met in working time, so the free time behind it counts as well.
            LinkKind::FinishToFinish | LinkKind::StartToFinish if !scheduler.tasks[link.successor as usize].elapsed => {
                if finish.0 == i64::MAX {
                    finish
                } else {
                    clock.start_at(clock.work_before(finish))
                }
            }
            LinkKind::FinishToFinish | LinkKind::StartToFinish => finish,
        };
        let latest = before_lag(clock, to, link);
        match link.kind {
            LinkKind::FinishToStart | LinkKind::FinishToFinish => limit.finish = limit.finish.min(latest),
            LinkKind::StartToStart | LinkKind::StartToFinish => limit.start = limit.start.min(latest),
        }
    }
    limit
}

/// The latest moment from which `lag` still ends by `to`.
pub(in crate::projects) fn before_lag(clock: &WorkClock, to: Minute, link: &Link) -> Minute {
    match (link.lag, link.lag_unit) {
        (0, _) => to,
        (lag, LagUnit::Elapsed) => Minute(to.0 - lag),
        (lag, LagUnit::Working) => clock.start_at(clock.work_before(to) - lag),
    }
}

/// Constraints and deadlines that say "no later".
pub(in crate::projects) fn own(task: &Task) -> Limit {
    let mut limit = Limit::NONE;
    limit.finish = task.deadline.unwrap_or(limit.finish);
    if let Some(at) = task.constraint_at {
        match task.constraint {
            ConstraintKind::StartNoLaterThan | ConstraintKind::MustStartOn => limit.start = at,
            ConstraintKind::FinishNoLaterThan | ConstraintKind::MustFinishOn => limit.finish = limit.finish.min(at),
            _ => {}
        }
    }
    limit
}

/// What levelling found in a plan that counts backward: no room behind that. What must be on a date stays there.
fn levelled(task: &Task) -> Limit {
    let dated = matches!(task.constraint, ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn);
    task.level_from.filter(|_| !dated).map_or(Limit::NONE, |start| Limit { start, ..Limit::NONE })
}

/// Late dates of one task, in its own working time.
fn late(scheduler: &Scheduler, schedule: &Schedule, index: u32, limit: Limit) -> (Minute, Minute) {
    let task = &scheduler.tasks[index as usize];
    let clock = scheduler.clock(index);
    // Where a plan counts backward, others have to keep clear of what was put by hand, too.
    let put = task.mode == TaskMode::Manual && scheduler.direction == Direction::Backward;
    if task.actual_start.is_some() || put {
        let slot = &schedule.tasks[index as usize];
        return (slot.start, slot.finish);
    }
    let start = if task.kind == TaskKind::Milestone || task.duration == 0 {
        let at = limit.finish.min(limit.start);
        // A moment, too, stands in working time or at its end.
        if task.elapsed || clock.is_working(at) { at } else { clock.previous_finish(at) }
    } else if task.elapsed {
        Minute(limit.finish.0 - task.duration).min(limit.start)
    } else {
        let from_finish = clock.start_of(limit.finish, task.span());
        if limit.start < from_finish { latest_start(clock, limit.start) } else { from_finish }
    };
    (start, finish_of(task, clock, start))
}

/// The last working minute that begins at or before `at`.
fn latest_start(clock: &WorkClock, at: Minute) -> Minute {
    if clock.is_working(at) { at } else { clock.start_at(clock.work_before(at) - 1) }
}

/// Total and free float, and what is critical.
pub(super) fn floats(scheduler: &Scheduler, schedule: &mut Schedule) {
    let end = schedule.finish;
    for (index, task) in (0_u32..).zip(&scheduler.tasks) {
        if task.kind == TaskKind::Summary {
            continue;
        }
        let gap = |from: Minute, to: Minute| {
            if task.elapsed { to.0 - from.0 } else { scheduler.clock(index).between(from, to) }
        };
        let slot = schedule.tasks[index as usize];
        let room = room(scheduler, schedule, index, end);
        let free = gap(slot.finish, room.finish).min(if room.start.0 == i64::MAX {
            i64::MAX
        } else {
            gap(slot.start, room.start)
        });
        let slot = &mut schedule.tasks[index as usize];
        // In a plan that counts backward the room lies before the task.
        slot.total_float =
            slot.early.take().map_or_else(|| gap(slot.start, slot.late_start), |early| gap(early, slot.start));
        slot.free_float = free.clamp(0, slot.total_float.max(0));
        slot.critical = slot.total_float <= 0;
    }
    // Children stand behind their summaries: one walk from the end rolls up every level.
    let mut least: Vec<Option<(i64, i64)>> = vec![None; scheduler.tasks.len()];
    for index in (0..scheduler.tasks.len()).rev() {
        let slot = &mut schedule.tasks[index];
        if scheduler.tasks[index].kind == TaskKind::Summary {
            let (total, free) = least[index].unwrap_or_default();
            (slot.total_float, slot.free_float, slot.critical) = (total, free, least[index].is_some() && total <= 0);
        }
        let own = (slot.total_float, slot.free_float);
        if let Some(parent) = scheduler.tasks[index].parent {
            let above = &mut least[parent as usize];
            *above = Some(above.map_or(own, |known| (known.0.min(own.0), known.1.min(own.1))));
        }
    }
}

/// A plan that counts backward: every task as late as the project's finish allows; the float is what lies before it.
pub(super) fn place_late(scheduler: &Scheduler, schedule: &mut Schedule) {
    let end = scheduler.finish.unwrap_or(scheduler.start);
    pass(scheduler, schedule, Some(end));
    for (task, slot) in scheduler.tasks.iter().zip(&mut schedule.tasks) {
        if task.kind != TaskKind::Summary && task.mode == TaskMode::Auto && task.actual_start.is_none() {
            let binding = if task.level_from == Some(slot.late_start) && levelled(task).start == slot.late_start {
                Binding::Resource
            } else {
                Binding::ProjectFinish
            };
            (slot.start, slot.finish, slot.binding) = (slot.late_start, slot.late_finish, binding);
        }
    }
    close_summaries(scheduler, schedule);
    scheduler.measure(schedule);
    schedule.finish = schedule.finish.max(end);
    // How early each could be: the forward pass from the start that was just found.
    let mut early = Schedule { tasks: vec![Slot::default(); scheduler.tasks.len()], ..Schedule::default() };
    super::forward::pass(scheduler, &mut early, schedule.start);
    schedule.conflicts.clear();
    for (slot, early) in schedule.tasks.iter_mut().zip(&early.tasks) {
        (slot.late_start, slot.late_finish) = (slot.start, slot.finish);
        slot.early = Some(early.start);
    }
}

/// Summaries span their children again after some have moved.
pub(in crate::projects) fn close_summaries(scheduler: &Scheduler, schedule: &mut Schedule) {
    let mut spans: Vec<Option<(Minute, Minute)>> = vec![None; scheduler.tasks.len()];
    for index in (0..scheduler.tasks.len()).rev() {
        if scheduler.tasks[index].kind == TaskKind::Summary
            && let Some((start, finish)) = spans[index]
        {
            (schedule.tasks[index].start, schedule.tasks[index].finish) = (start, finish);
        }
        let Slot { start, finish, .. } = schedule.tasks[index];
        if let Some(parent) = scheduler.tasks[index].parent {
            let span = &mut spans[parent as usize];
            *span = Some(span.map_or((start, finish), |(first, last)| (first.min(start), last.max(finish))));
        }
    }
}
