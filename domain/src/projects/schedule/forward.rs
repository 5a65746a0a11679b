//! As soon as possible.

use super::{Binding, Conflict, Schedule, Scheduler, Slot, network::Step, turned};
use crate::{
    Minute,
    projects::{
        calendar::WorkClock,
        plan::{ConstraintKind, Direction, LagUnit, Link, LinkKind, Task, TaskKind, TaskMode},
    },
};

/// The earliest that something may start and finish, and why.
#[derive(Clone, Copy, Debug)]
pub(in crate::projects) struct Bound {
    pub(in crate::projects) start: Minute,
    finish: Minute,
    binding: Binding,
    finish_binding: Binding,
}

impl Bound {
    /// Nothing holds it but the project's start.
    pub(in crate::projects) const fn floor(start: Minute) -> Self {
        Self { start, finish: Minute(i64::MIN), binding: Binding::ProjectStart, finish_binding: Binding::ProjectStart }
    }
}

/// Every task as early as its predecessors, constraints and calendar allow.
pub(super) fn pass(scheduler: &Scheduler, schedule: &mut Schedule, start: Minute) {
    let floor = Bound::floor(start);
    let mut gates = vec![floor; scheduler.tasks.len()];
    let mut spans: Vec<Option<(Minute, Minute)>> = vec![None; scheduler.tasks.len()];
    schedule.conflicts.clear();
    for step in &scheduler.network.order {
        match *step {
            Step::Open(index) => {
                gates[index as usize] = open(scheduler, schedule, &gates, index, floor);
            }
            Step::Task(index) => {
                let bound = gate(scheduler, schedule, &gates, index, floor);
                let slot = place(scheduler, &mut schedule.conflicts, index, bound);
                schedule.tasks[index as usize] = slot;
                widen(scheduler, &mut spans, index, slot.start, slot.finish);
            }
            Step::Close(index) => {
                let gate = gates[index as usize].start;
                let (start, finish) = spans[index as usize].unwrap_or((gate, gate));
                schedule.tasks[index as usize] = Slot { start, finish, binding: Binding::Children, ..Slot::default() };
                widen(scheduler, &mut spans, index, start, finish);
            }
        }
    }
}

/// The starts of tasks by links and constraints alone, each with the others where they stand in `schedule`.
pub(super) fn unlevelled_starts(scheduler: &Scheduler, schedule: &Schedule) -> Vec<Minute> {
    let mut bare = scheduler.clone();
    bare.tasks.iter_mut().for_each(|task| task.level_from = None);
    let floor = Bound::floor(bare.start);
    let mut gates = vec![floor; bare.tasks.len()];
    let mut starts: Vec<Minute> = schedule.tasks.iter().map(|slot| slot.start).collect();
    for step in &bare.network.order {
        match *step {
            Step::Open(index) => gates[index as usize] = open(&bare, schedule, &gates, index, floor),
            Step::Task(index) => {
                let bound = gate(&bare, schedule, &gates, index, floor);
                starts[index as usize] = place(&bare, &mut Vec::new(), index, bound).start;
            }
            Step::Close(_) => {}
        }
    }
    starts
}

fn widen(scheduler: &Scheduler, spans: &mut [Option<(Minute, Minute)>], index: u32, start: Minute, finish: Minute) {
    if let Some(parent) = scheduler.tasks[index as usize].parent {
        let span = &mut spans[parent as usize];
        *span = Some(span.map_or((start, finish), |(first, last)| (first.min(start), last.max(finish))));
    }
}

/// What holds for everything below a summary.
pub(in crate::projects) fn open(
    scheduler: &Scheduler,
    schedule: &Schedule,
    gates: &[Bound],
    index: u32,
    floor: Bound,
) -> Bound {
    let gate = gate(scheduler, schedule, gates, index, floor);
    constrained(&scheduler.tasks[index as usize], gate, Binding::SummaryConstraint)
}

/// What the summary above and the links ask for.
pub(in crate::projects) fn gate(
    scheduler: &Scheduler,
    schedule: &Schedule,
    gates: &[Bound],
    index: u32,
    floor: Bound,
) -> Bound {
    let task = &scheduler.tasks[index as usize];
    let mut bound = task.parent.map_or(floor, |parent| inherited(gates[parent as usize]));
    for (number, link) in scheduler.network.incoming(index) {
        let before = &schedule.tasks[link.predecessor as usize];
        let binding = Binding::Predecessor { link: number };
        let from = match link.kind {
            LinkKind::FinishToStart | LinkKind::FinishToFinish => before.finish,
            LinkKind::StartToStart | LinkKind::StartToFinish => before.start,
        };
        let earliest = if scheduler.turned {
            scheduler.turned_after_lag(from, link)
        } else {
            after_lag(scheduler.clock(index), from, link)
        };
        match link.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart if earliest > bound.start => {
                bound.start = earliest;
                bound.binding = binding;
            }
            LinkKind::FinishToFinish | LinkKind::StartToFinish if earliest > bound.finish => {
                bound.finish = earliest;
                bound.finish_binding = binding;
            }
            _ => {}
        }
    }
    bound
}

/// A summary's reasons, as its children see them.
const fn inherited(gate: Bound) -> Bound {
    const fn seen(binding: Binding) -> Binding {
        match binding {
            Binding::Predecessor { link } => Binding::SummaryPredecessor { link },
            Binding::Constraint => Binding::SummaryConstraint,
            other => other,
        }
    }
    Bound { binding: seen(gate.binding), finish_binding: seen(gate.finish_binding), ..gate }
}

/// The moment that lies `lag` behind `from`. Working lag counts on the successor's calendar.
pub(in crate::projects) fn after_lag(clock: &WorkClock, from: Minute, link: &Link) -> Minute {
    match (link.lag, link.lag_unit) {
        (0, _) => from,
        (lag, LagUnit::Elapsed) => Minute(from.0 + lag),
        (lag, LagUnit::Working) if lag > 0 => clock.finish_at(clock.work_before(from) + lag),
        (lag, LagUnit::Working) => clock.start_at(clock.work_before(from) + lag),
    }
}

/// Adds the constraints that push: not earlier than a date.
fn constrained(task: &Task, mut bound: Bound, binding: Binding) -> Bound {
    let Some(at) = task.constraint_at else { return bound };
    match task.constraint {
        ConstraintKind::StartNoEarlierThan | ConstraintKind::MustStartOn if at > bound.start => {
            bound.start = at;
            bound.binding = binding;
        }
        ConstraintKind::FinishNoEarlierThan | ConstraintKind::MustFinishOn if at > bound.finish => {
            bound.finish = at;
            bound.finish_binding = binding;
        }
        _ => {}
    }
    bound
}

/// Adds what levelling found: no room before that. In a plan that counts backward it found none behind.
fn levelled(scheduler: &Scheduler, task: &Task, mut bound: Bound) -> Bound {
    let found = task.level_from.filter(|_| scheduler.direction == Direction::Forward);
    if let Some(at) = found.filter(|at| *at > bound.start) {
        bound.start = at;
        bound.binding = Binding::Resource;
    }
    bound
}

/// Where one task goes.
pub(in crate::projects) fn place(
    scheduler: &Scheduler,
    conflicts: &mut Vec<Conflict>,
    index: u32,
    bound: Bound,
) -> Slot {
    let task = &scheduler.tasks[index as usize];
    let clock = scheduler.clock(index);
    let asked = earliest(scheduler, task, clock, bound);
    let slot = |start: Minute, binding: Binding| Slot {
        start,
        finish: finish_of(task, clock, start),
        binding,
        ..Slot::default()
    };
    if let Some(start) = task.actual_start {
        let mut fixed = slot(start, Binding::Actual);
        fixed.finish = task.actual_finish.unwrap_or(fixed.finish);
        if clock.between(start, asked.start) > 0 && !matches!(asked.binding, Binding::ProjectStart) {
            conflicts.push(Conflict::Predecessor { task: index });
        }
        return fixed;
    }
    if task.mode == TaskMode::Manual {
        let start = task.manual_start.unwrap_or(asked.start);
        if clock.between(start, asked.start) > 0 && !matches!(asked.binding, Binding::ProjectStart) {
            conflicts.push(Conflict::Predecessor { task: index });
        }
        return slot(start, Binding::Manual);
    }
    let pushed = levelled(scheduler, task, constrained(task, bound, Binding::Constraint));
    let free = earliest(scheduler, task, clock, pushed);
    match hard_start(task, clock) {
        // Levelling keeps links and capacities, and says what comes late.
        Some((start, false)) if free.binding == Binding::Resource => {
            if free.start > start {
                conflicts.push(Conflict::Late { task: index });
            }
            slot(free.start, free.binding)
        }
        // "No later" binds only where something pushes beyond it; "on" binds always.
        Some((start, always)) if always || free.start > start => {
            if clock.between(start, asked.start) > 0 {
                conflicts.push(Conflict::Constraint { task: index });
            }
            slot(start, Binding::Constraint)
        }
        _ => slot(free.start, free.binding),
    }
}

/// The start that meets both bounds.
fn earliest(scheduler: &Scheduler, task: &Task, clock: &WorkClock, bound: Bound) -> Bound {
    let mut start = snap(task, clock, bound.start);
    let mut binding = bound.binding;
    if bound.finish.0 != i64::MIN {
        let finish = if scheduler.turned { turned::reached(task, clock, bound.finish) } else { bound.finish };
        let for_finish = start_for(task, clock, finish);
        if for_finish > start {
            start = for_finish;
            binding = bound.finish_binding;
        }
    }
    Bound { start, binding, ..bound }
}

/// The start that a hard constraint asks for, and whether it asks always.
fn hard_start(task: &Task, clock: &WorkClock) -> Option<(Minute, bool)> {
    let at = task.constraint_at?;
    match task.constraint {
        ConstraintKind::MustStartOn => Some((snap(task, clock, at), true)),
        ConstraintKind::MustFinishOn => Some((start_for(task, clock, at), true)),
        ConstraintKind::StartNoLaterThan => Some((snap(task, clock, at), false)),
        ConstraintKind::FinishNoLaterThan => Some((start_for(task, clock, at), false)),
        _ => None,
    }
}

/// Work starts at the beginning of a window, never at the end of one. A moment may stand at either.
pub(in crate::projects) fn snap(task: &Task, clock: &WorkClock, at: Minute) -> Minute {
    let moment = task.kind == TaskKind::Milestone || task.duration == 0;
    if task.elapsed || (moment && clock.previous_finish(at) == at) { at } else { clock.next_start(at) }
}

/// The start with which a task finishes at `finish`.
pub(in crate::projects) fn start_for(task: &Task, clock: &WorkClock, finish: Minute) -> Minute {
    match (task.kind, task.elapsed, task.span()) {
        (TaskKind::Milestone, ..) | (_, _, 0) => snap(task, clock, finish),
        (_, true, duration) => Minute(finish.0 - duration),
        (_, false, duration) => clock.start_of(finish, duration),
    }
}

/// When a task that starts at `start` finishes.
pub(in crate::projects) fn finish_of(task: &Task, clock: &WorkClock, start: Minute) -> Minute {
    match (task.kind, task.elapsed) {
        (TaskKind::Milestone, _) => start,
        (_, true) => Minute(start.0 + task.duration),
        (_, false) => clock.finish_of(start, task.span()),
    }
}

/// Moves tasks that want to be late as far as they can go without moving a successor or the end of the project.
pub(super) fn place_late(scheduler: &Scheduler, schedule: &mut Schedule) {
    let wants = |task: &Task| {
        task.constraint == ConstraintKind::AsLateAsPossible
            && task.mode == TaskMode::Auto
            && task.actual_start.is_none()
            && task.level_from.is_none()
            && task.kind != TaskKind::Summary
    };
    if !scheduler.tasks.iter().any(wants) {
        return;
    }
    scheduler.measure(schedule);
    let end = schedule.finish;
    for step in scheduler.network.order.iter().rev() {
        let Step::Task(index) = *step else { continue };
        let task = &scheduler.tasks[index as usize];
        if !wants(task) {
            continue;
        }
        let clock = scheduler.clock(index);
        let limit = super::backward::room(scheduler, schedule, index, end);
        let start = start_for(task, clock, limit.finish).min(limit.start);
        let slot = &mut schedule.tasks[index as usize];
        if start > slot.start {
            *slot = Slot { start, finish: finish_of(task, clock, start), binding: Binding::AsLateAsPossible, ..*slot };
        }
    }
    super::backward::close_summaries(scheduler, schedule);
}
