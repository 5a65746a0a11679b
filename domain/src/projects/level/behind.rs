//! Plans that count backward from their finish: the problem is turned, levelled like any other, and turned back. The
//! finish stays; tasks move earlier, those with the latest start still to come first.
//!
//! What stays takes its resources as a booking does, since nobody asks any more why it is where it is.

use super::{
    Booking, Demand, LevelFault, LevelProblem, Levelled, Leveller, Resource, jobs,
    load::{self, load, overload},
};
use crate::projects::{
    plan::{ConstraintKind, Plan, TaskKind},
    schedule::{
        Schedule, Scheduler,
        backward::Limit,
        turned::{turn, turned},
    },
};

/// The problem as it is.
#[derive(Clone, Debug)]
pub(super) struct Behind {
    scheduler: Scheduler,
    before: Schedule,
    resources: Vec<Resource>,
    demands: Vec<Demand>,
    bookings: Vec<Booking>,
}

/// The leveller of a plan that counts backward.
pub(super) fn leveller(problem: &LevelProblem, scheduler: Scheduler) -> Result<Leveller, LevelFault> {
    let before = scheduler.run();
    let fixed = jobs::fixed(problem);
    let plan = turned(problem.plan, &before, &fixed);
    let (staying, moving): (Vec<Demand>, Vec<Demand>) =
        problem.demands.iter().partition(|demand| fixed[demand.task as usize]);
    let mut bookings = problem.bookings.clone();
    for demand in staying {
        let slot = before.tasks[demand.task as usize];
        let working = load::working(&scheduler, demand.task, slot.start, slot.finish).into_iter();
        let (resource, units) = (demand.resource, demand.units);
        bookings.extend(working.map(|(from, to)| Booking { resource, from, to, units }));
    }
    let seen = |booking: Booking| Booking { from: turn(booking.to), to: turn(booking.from), ..booking };
    let turned = LevelProblem {
        plan: &plan,
        resources: problem.resources.clone(),
        demands: moving,
        bookings: bookings.into_iter().map(seen).collect(),
        locked: problem.locked.clone(),
        priorities: problem.priorities.clone(),
    };
    let mut leveller = Leveller::of(&turned, scheduler.of_turned(&plan)?)?;
    limit(problem.plan, &mut leveller.limits);
    leveller.behind = Some(Box::new(Behind {
        scheduler,
        before,
        resources: problem.resources.clone(),
        demands: problem.demands.clone(),
        bookings: problem.bookings.clone(),
    }));
    Ok(leveller)
}

/// A plan that counts backward moves tasks before their "no earlier than"; levelling does so only where it must.
fn limit(plan: &Plan, limits: &mut [Limit]) {
    let below = jobs::leaves(plan);
    for (task, below) in plan.tasks.iter().zip(below) {
        let Some(at) = task.constraint_at.map(turn) else { continue };
        let limit = match task.constraint {
            ConstraintKind::StartNoEarlierThan => Limit { finish: at, ..Limit::NONE },
            // "No earlier" for the finish of a summary holds for its last child alone.
            ConstraintKind::FinishNoEarlierThan if task.kind != TaskKind::Summary => Limit { start: at, ..Limit::NONE },
            _ => continue,
        };
        below.into_iter().for_each(|leaf| limits[leaf as usize].lower(limit));
    }
}

impl Behind {
    /// What was found, in the plan as it is: scheduled from its finish, with what levelling says of each task that needs
    /// something. So the plan that is stored is the plan that was shown.
    pub(super) fn turned_back(&self, leveller: &Leveller, found: &Levelled) -> Levelled {
        let mut scheduler = self.scheduler.clone();
        for row in found.moved.iter().filter(|row| !leveller.uses(**row).is_empty()) {
            let mut task = scheduler.task(*row).clone();
            task.level_from = Some(turn(found.finishes[*row as usize]));
            scheduler.set_task(*row, task);
        }
        let after = if found.moved.is_empty() { self.before.clone() } else { scheduler.run() };
        let rows = || leveller.jobs.tasks.iter().flatten().copied();
        let slots = |row: u32| (self.before.tasks[row as usize], after.tasks[row as usize]);
        let is_moved = |row: &u32| slots(*row).0.start != slots(*row).1.start;
        let is_late = |row: &u32| {
            let slot = slots(*row).1;
            jobs::lateness(leveller.limits[*row as usize], turn(slot.finish), turn(slot.start)) > 0
        };
        let mut moved: Vec<u32> = rows().filter(is_moved).collect();
        let mut late: Vec<u32> = rows().filter(is_late).collect();
        moved.sort_unstable();
        late.sort_unstable();
        Levelled {
            starts: after.tasks.iter().map(|slot| slot.start).collect(),
            finishes: after.tasks.iter().map(|slot| slot.finish).collect(),
            start_before: self.before.start,
            start_after: after.start,
            finish_before: self.before.finish,
            finish_after: after.finish,
            rounds: found.rounds,
            overloads_before: self.overload_of(&self.before),
            overloads_after: self.overload_of(&after),
            moved,
            late,
            bound: turn(found.bound),
        }
    }

    fn overload_of(&self, schedule: &Schedule) -> i64 {
        let span = |task: u32| (schedule.tasks[task as usize].start, schedule.tasks[task as usize].finish);
        overload(&load(&self.scheduler, &self.resources, &self.demands, &self.bookings, span))
    }
}
