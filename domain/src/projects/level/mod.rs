//! Resource levelling: moves tasks until nobody is asked for more than there is, and keeps the plan as short as it can.
//!
//! A task works by its own calendar, and needs its resources in that working time, from its start to its finish. What
//! has begun, was put by hand, must be on a date, or is locked stays and takes its resources first, as does what other
//! projects have booked. Links and capacities
//! are kept; what comes behind a deadline, a "no later than" or a task that stays is named ([`Levelled::late`]). A plan in
//! which nobody is asked for too much stays as it is. A plan that counts backward keeps its finish, and its tasks move
//! earlier ([`behind`]).
//!
//! *Invariant:* the same problem, seed and number of rounds give the same answer, on the server and in the browser.

mod behind;
mod bound;
mod cells;
mod chance;
mod fault;
mod jobs;
mod load;
mod one_clock;
mod order;
mod placer;
mod push;
mod search;
mod steps;
mod timeline;

pub use fault::LevelFault;
pub(crate) use jobs::stays;
pub(in crate::projects) use load::{Change, sweep};
pub use load::{LoadStep, load, overload};

use behind::Behind;
use cells::Cells;
use std::collections::BTreeSet;

use jobs::Jobs;
use one_clock::OneClock;
use order::Order;
use placer::Placer;
use search::{Cost, Found, Search};
use steps::Steps;

use super::{
    plan::{ConstraintKind, Direction, Plan},
    schedule::{Schedule, Scheduler, backward::Limit},
};
use crate::Minute;

/// Something that tasks need while they work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// 100 is one person or one machine.
    pub capacity: i64,
    /// Index into [`Plan::calendars`]; it is not there outside of it. Always there where `None`.
    pub calendar: Option<u32>,
}

/// What a task needs of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    pub task: u32,
    pub resource: u32,
    pub units: i64,
}

/// What is taken of a resource from one moment to another, whatever this plan does: another project's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booking {
    pub resource: u32,
    pub from: Minute,
    pub to: Minute,
    pub units: i64,
}

/// What is to be levelled.
#[derive(Clone, Debug)]
pub struct LevelProblem<'a> {
    pub plan: &'a Plan,
    pub resources: Vec<Resource>,
    /// Those of summaries and milestones count for nothing.
    pub demands: Vec<Demand>,
    pub bookings: Vec<Booking>,
    /// Tasks that stay, and summaries below which everything stays; empty where nothing is locked.
    pub locked: Vec<bool>,
    /// 0 to 1000, higher first; empty where all are alike.
    pub priorities: Vec<i32>,
}

/// How to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelOptions {
    pub seed: u64,
    /// Schedules that are tried. With 0 the plan is filled once by latest finish; with 1 this is pushed together; from
    /// there on chance takes part.
    pub most_rounds: u32,
}

/// A levelled plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levelled {
    /// In the order of the plan's tasks.
    pub starts: Vec<Minute>,
    pub finishes: Vec<Minute>,
    /// The start is what moves in a plan that counts backward; in any other it is the finish.
    pub start_before: Minute,
    pub start_after: Minute,
    pub finish_before: Minute,
    pub finish_after: Minute,
    pub rounds: u32,
    /// Minutes in which more is used than there is, over all resources.
    pub overloads_before: i64,
    /// What tasks that stay ask for too much among themselves.
    pub overloads_after: i64,
    /// Tasks that start at another time than before; summaries are left out.
    pub moved: Vec<u32>,
    /// Tasks behind their deadline, their "no later than", or the task that stays and waits for them. In a plan that
    /// counts backward, tasks before their "no earlier than" or the task that stays and that they wait for.
    pub late: Vec<u32>,
    /// No plan can end before this; in a plan that counts backward, none can start behind it.
    pub bound: Minute,
}

/// A problem made ready.
#[derive(Clone, Debug)]
pub struct Leveller {
    start: Minute,
    scheduler: Scheduler,
    before: Schedule,
    fixed: Vec<bool>,
    fixed_finish: Minute,
    limits: Vec<Limit>,
    jobs: Jobs,
    /// Tasks that want to be as late as possible.
    want_late: BTreeSet<u32>,
    /// The calendar on which all jobs can be counted.
    clock: Option<u32>,
    resources: Vec<Resource>,
    demands: Vec<Demand>,
    bookings: Vec<Booking>,
    /// Where the uses of each task begin.
    first_use: Vec<u32>,
    used: Vec<(u32, i64)>,
    priorities: Vec<i32>,
    /// The plan as it is, where everything else in here is turned.
    behind: Option<Box<Behind>>,
}

impl Leveller {
    /// Checks the problem and finds out what may move.
    ///
    /// # Errors
    /// What cannot be levelled, such as a task that alone asks for more than there is.
    pub fn new(problem: &LevelProblem) -> Result<Self, LevelFault> {
        let scheduler = Scheduler::new(problem.plan)?;
        fault::check(problem)?;
        match problem.plan.direction {
            Direction::Forward => Self::of(problem, scheduler),
            Direction::Backward => behind::leveller(problem, scheduler),
        }
    }

    fn of(problem: &LevelProblem, mut scheduler: Scheduler) -> Result<Self, LevelFault> {
        let plan = problem.plan;
        let before = scheduler.run();
        let fixed = jobs::fixed(problem);
        let limits = jobs::limits(plan, &scheduler, &before, &fixed);
        let jobs = Jobs::new(plan, &fixed);
        let clock = jobs::one_clock(plan, &scheduler, &jobs, &fixed);
        let mut want_late = BTreeSet::new();
        for (index, task) in (0_u32..).zip(&plan.tasks).filter(|(index, _)| !fixed[*index as usize]) {
            if task.constraint == ConstraintKind::AsLateAsPossible {
                want_late.insert(index);
            }
            if let Some(task) = jobs::relaxed(task) {
                scheduler.set_task(index, task);
            }
        }
        let (first_use, used) = uses(problem);
        let stays = fixed.iter().zip(&before.tasks).filter(|(fixed, _)| **fixed).map(|(_, slot)| slot.finish);
        let leveller = Self {
            start: plan.start,
            fixed_finish: stays.max().unwrap_or(plan.start),
            scheduler,
            before,
            fixed,
            limits,
            jobs,
            want_late,
            clock,
            resources: problem.resources.clone(),
            demands: problem.demands.clone(),
            bookings: problem.bookings.clone(),
            first_use,
            used,
            priorities: problem.priorities.clone(),
            behind: None,
        };
        let needs = leveller
            .jobs
            .tasks
            .iter()
            .flatten()
            .flat_map(|task| leveller.uses(*task).iter().map(move |(resource, units)| (*task, *resource, *units)));
        fault::check_capacity(&leveller.resources, needs)?;
        leveller.check_windows(plan)?;
        Ok(leveller)
    }

    /// Levels. `still` is asked again and again whether there is time left; the search ends when it says no, when the
    /// rounds are used up, or when no plan can be shorter.
    #[must_use]
    pub fn run(&self, options: LevelOptions, still: &mut dyn FnMut() -> bool) -> Levelled {
        let found = self.fill(options, still);
        self.behind.as_ref().map_or_else(|| found.clone(), |behind| behind.turned_back(self, &found))
    }

    fn fill(&self, options: LevelOptions, still: &mut dyn FnMut() -> bool) -> Levelled {
        let mut placer = Placer::new(self);
        let free = placer.settle(|_| self.start);
        let least = placer.cost(&free);
        if self.overload_of(&self.before) == 0 {
            return self.report(&self.before, 0, Minute(least.finish).min(self.before.finish));
        }
        let (found, bound) = self.search(&mut placer, least, options, still);
        let schedule = match &found {
            Some(found) => {
                let mut floors = vec![Minute(i64::MIN); self.fixed.len()];
                for (task, start) in self.jobs.tasks.iter().zip(&found.starts) {
                    let Some(task) = task.filter(|task| !self.uses(*task).is_empty()) else { continue };
                    floors[task as usize] = Minute(*start);
                }
                let schedule = placer.settle(|task| floors[task as usize]);
                placer.settle_late(schedule)
            }
            None => self.before.clone(),
        };
        self.report(&schedule, found.map_or(0, |found| found.rounds), bound)
    }

    /// Starts on the wall, and the minute that no plan can end before; by the quickest decoder that fits.
    fn search(
        &self,
        placer: &mut Placer,
        least: Cost,
        options: LevelOptions,
        still: &mut dyn FnMut() -> bool,
    ) -> (Option<Found>, Minute) {
        let order = Order::new(&self.jobs, &self.urgencies(), &self.priorities);
        let mut list = Vec::new();
        order.clone().urgent_first(&mut list);
        let Some(one) = OneClock::new(self, placer, &list) else {
            return (Search::new(placer, order, options).run(least, still), Minute(least.finish));
        };
        let least = one.least();
        let found = match Cells::new(&one) {
            Some(mut cells) => Search::new(&mut cells, order, options).run(least, still),
            None => Search::new(&mut Steps::new(&one), order, options).run(least, still),
        };
        let on_the_wall = |found: Found| Found { starts: one.start_minutes(&found.starts), ..found };
        (found.map(on_the_wall), one.finish_minute(least.finish).max(self.fixed_finish))
    }

    /// Late finishes of the jobs: who has the least time left goes first.
    fn urgencies(&self) -> Vec<i64> {
        let late_finish = |task: &Option<u32>| task.map_or(0, |task| self.before.tasks[task as usize].late_finish.0);
        self.jobs.tasks.iter().map(late_finish).collect()
    }

    fn uses(&self, task: u32) -> &[(u32, i64)] {
        &self.used[self.first_use[task as usize] as usize..self.first_use[task as usize + 1] as usize]
    }

    /// Every task finds its time sooner or later: weeks repeat, so it is enough to look behind the last exception.
    fn check_windows(&self, plan: &Plan) -> Result<(), LevelFault> {
        if self.resources.iter().all(|resource| resource.calendar.is_none()) {
            return Ok(());
        }
        let quiet = (0_u32..).zip(&plan.calendars).map(|(it, _)| self.scheduler.clock_of(it).repeats_from()).max();
        let from = quiet.unwrap_or(plan.start).max(plan.start);
        let mut placer = Placer::new(self);
        match self.jobs.tasks.iter().flatten().find(|task| !placer.fits_alone(**task, from)) {
            Some(task) => Err(LevelFault::NoWindow { task: *task }),
            None => Ok(()),
        }
    }

    fn overload_of(&self, schedule: &Schedule) -> i64 {
        let span = |task: u32| (schedule.tasks[task as usize].start, schedule.tasks[task as usize].finish);
        overload(&load(&self.scheduler, &self.resources, &self.demands, &self.bookings, span))
    }

    fn report(&self, after: &Schedule, rounds: u32, bound: Minute) -> Levelled {
        let rows = || self.jobs.tasks.iter().flatten().copied();
        let mut moved: Vec<u32> =
            rows().filter(|row| self.before.tasks[*row as usize].start != after.tasks[*row as usize].start).collect();
        let is_late = |row: &u32| {
            let slot = &after.tasks[*row as usize];
            jobs::lateness(self.limits[*row as usize], slot.start, slot.finish) > 0
        };
        let mut late: Vec<u32> = rows().filter(is_late).collect();
        moved.sort_unstable();
        late.sort_unstable();
        let starts: Vec<Minute> = after.tasks.iter().map(|slot| slot.start).collect();
        Levelled {
            start_before: self.before.start,
            start_after: starts.iter().copied().min().unwrap_or(self.start),
            starts,
            finishes: after.tasks.iter().map(|slot| slot.finish).collect(),
            finish_before: self.before.finish,
            finish_after: after.finish,
            rounds,
            overloads_before: self.overload_of(&self.before),
            overloads_after: self.overload_of(after),
            moved,
            late,
            bound,
        }
    }
}

/// What each task uses, one entry a resource.
fn uses(problem: &LevelProblem) -> (Vec<u32>, Vec<(u32, i64)>) {
    let mut rows: Vec<Vec<(u32, i64)>> = vec![Vec::new(); problem.plan.tasks.len()];
    for demand in problem.demands.iter().filter(|demand| demand.units > 0) {
        if jobs::length(&problem.plan.tasks[demand.task as usize]) == 0 {
            continue;
        }
        let row = &mut rows[demand.task as usize];
        match row.iter_mut().find(|known| known.0 == demand.resource) {
            Some(known) => known.1 += demand.units,
            None => row.push((demand.resource, demand.units)),
        }
    }
    let mut first = vec![0_u32];
    let mut all = Vec::new();
    for mut row in rows {
        row.sort_unstable();
        all.extend(row);
        first.push(all.len() as u32);
    }
    (first, all)
}
