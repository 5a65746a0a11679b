//! Jobs that share a clock: time is counted in minutes of work since the project's start, so nights and Sundays vanish
//! and a link is a distance.

use super::{
    Leveller,
    bound::{self, Path},
    placer::Placer,
    search::{Cost, Decoder},
    steps::Steps,
};
use crate::{
    Minute,
    projects::{calendar::WorkClock, schedule::backward::Limit},
};

/// More grains than this, and steps at moments are faster than cells.
const MOST_CELLS: i64 = 16_384;

/// What stays or is not there, in grains.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) resource: u32,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) units: i64,
}

/// The problem on its clock, in grains: so many minutes of work that every number is a whole one.
pub(super) struct OneClock<'a> {
    pub(super) leveller: &'a Leveller,
    clock: &'a WorkClock,
    origin: i64,
    grain: i64,
    pub(super) path: Path,
    pub(super) taken: Vec<Taken>,
    /// A list that leads beyond twice the first plan is not worth finishing.
    pub(super) horizon: i64,
    /// Job, latest start, latest finish.
    limits: Vec<(u32, i64, i64)>,
    fixed_finish: i64,
}

/// Greatest common divisor; 0 counts for nothing.
pub(super) const fn divisor(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.abs()
}

impl<'a> OneClock<'a> {
    /// `None` where the jobs do not share a clock, or nothing can be filled in by `list`.
    pub(super) fn new(leveller: &'a Leveller, placer: &mut Placer, list: &[u32]) -> Option<Self> {
        let clock = leveller.scheduler.clock_of(leveller.clock?);
        let origin = clock.work_before(leveller.start);
        let work = |at: Minute| clock.work_before(at) - origin;
        let mut path = Path::new(leveller, placer.releases().into_iter().map(work).collect());
        let longest = path.length.iter().copied().max().unwrap_or(0);
        // Absences repeat for ever, so it must be known how far to look; only calendars can tell how long the plan gets.
        let away = leveller.resources.iter().any(|resource| resource.calendar.is_some());
        let mut starts = vec![0; list.len()];
        let far = if away { Some(2 * work(Minute(placer.early(list, &mut starts)?.finish)) + longest) } else { None };
        let mut taken = taken(leveller, clock, origin, far.unwrap_or(0));
        let numbers = path.numbers().chain(taken.iter().flat_map(|it| [it.from, it.to]));
        let grain = numbers.fold(0, divisor).max(1);
        path.scale(grain);
        for it in &mut taken {
            (it.from, it.to) = (it.from / grain, it.to / grain);
        }
        let mut one = Self {
            leveller,
            clock,
            origin,
            grain,
            path,
            taken,
            horizon: far.map_or(i64::MAX, |far| far / grain + 1),
            limits: limits(leveller, |at| work(at).div_euclid(grain)),
            // Rounded down, so that the least that a plan can cost is never too much.
            fixed_finish: work(leveller.fixed_finish).div_euclid(grain).max(0),
        };
        if far.is_none() {
            one.horizon = 2 * Steps::new(&one).early(list, &mut starts)?.finish + longest / grain + 1;
        }
        Some(one)
    }

    /// True where there are few enough grains to look at each.
    pub(super) const fn is_coarse(&self) -> bool {
        self.horizon <= MOST_CELLS
    }

    /// What a job uses.
    pub(super) fn uses(&self, job: usize) -> &'a [(u32, i64)] {
        self.leveller.jobs.tasks[job].map_or(&[], |task| self.leveller.uses(task))
    }

    /// When a finish lies on the wall.
    pub(super) fn finish_minute(&self, finish: i64) -> Minute {
        self.clock.finish_at(self.origin + finish * self.grain)
    }

    /// When starts lie on the wall.
    pub(super) fn start_minutes(&self, starts: &[i64]) -> Vec<i64> {
        starts.iter().map(|start| self.clock.start_at(self.origin + start * self.grain).0).collect()
    }

    /// No plan is better than one without limits of resources, or than what each resource has to do takes it.
    pub(super) fn least(&self) -> Cost {
        let heads = self.path.heads();
        let mut cost = self.cost(&heads);
        for (resource, it) in (0_u32..).zip(&self.leveller.resources) {
            let units = |job: usize| self.uses(job).iter().find(|need| need.0 == resource).map_or(0, |need| need.1);
            cost.finish = cost.finish.max(bound::energy(&self.path, &heads, units, it.capacity));
        }
        cost
    }

    pub(super) fn cost(&self, starts: &[i64]) -> Cost {
        let behind = |(job, start, finish): &(u32, i64, i64)| {
            let at = starts[*job as usize];
            let end = at + self.path.length[*job as usize];
            at.saturating_sub(*start).max(end.saturating_sub(*finish)).max(0)
        };
        let late = self.limits.iter().map(behind).sum();
        Cost { late, finish: self.path.end(starts).max(self.fixed_finish) }
    }
}

fn limits(leveller: &Leveller, grain: impl Fn(Minute) -> i64) -> Vec<(u32, i64, i64)> {
    let grain = |at: Minute| if at.0 == i64::MAX { i64::MAX } else { grain(at) };
    let limit = |(job, task): (u32, &Option<u32>)| {
        let Limit { start, finish } = leveller.limits[(*task)? as usize];
        let limited = start.0 != i64::MAX || finish.0 != i64::MAX;
        limited.then(|| (job, grain(start), grain(finish)))
    };
    (0_u32..).zip(&leveller.jobs.tasks).filter_map(limit).collect()
}

/// What stays, and when resources are away, in minutes of work up to `far`.
fn taken(leveller: &Leveller, clock: &WorkClock, origin: i64, far: i64) -> Vec<Taken> {
    let mut taken = Vec::new();
    let work = |at: Minute| clock.work_before(at) - origin;
    for (task, slot) in (0_u32..).zip(&leveller.before.tasks).filter(|(task, _)| leveller.fixed[*task as usize]) {
        if leveller.uses(task).is_empty() {
            continue;
        }
        for (from, to) in super::load::working(&leveller.scheduler, task, slot.start, slot.finish) {
            let (from, to) = (work(from).max(0), work(to));
            if from < to {
                let uses = leveller.uses(task).iter();
                taken.extend(uses.map(|(resource, units)| Taken { resource: *resource, from, to, units: *units }));
            }
        }
    }
    for booking in &leveller.bookings {
        let (from, to) = (work(booking.from).max(0), work(booking.to));
        if from < to {
            taken.push(Taken { resource: booking.resource, from, to, units: booking.units });
        }
    }
    let end = clock.finish_at(origin + far);
    for (resource, it) in (0_u32..).zip(&leveller.resources) {
        let Some(calendar) = it.calendar else { continue };
        let mut here = 0;
        let there = leveller.scheduler.clock_of(calendar);
        for (from, to) in there.stretches(leveller.start, end).chain([(end, end)]) {
            let (from, to) = (work(from), work(to));
            if here < from {
                taken.push(Taken { resource, from: here, to: from, units: it.capacity });
            }
            here = to;
        }
    }
    taken
}
