//! The fast decoder: where all jobs share one clock, time is cut into cells of work, nights and Sundays vanish, and four
//! resources are counted in one number.
//!
//! *Invariant:* it gives every list the same starts as [`super::placer`], only sooner.

use super::{
    Leveller,
    bound::{self, Path},
    placer::Placer,
    search::{Cost, Decoder},
};
use crate::{
    Minute,
    projects::{calendar::WorkClock, schedule::backward::Limit},
};

/// More cells than this, and steps at moments are faster.
const MOST_CELLS: i64 = 16_384;
/// A lane has sixteen bits: fifteen for what is left, one that is lost when too much is taken.
const GUARD: u64 = 0x8000_8000_8000_8000;
const LANE: u32 = 16;
const LANES: usize = 4;

/// A need: the row of cells, and what is taken from each lane.
type Need = (u32, u64);

/// Jobs in cells of work since the project's start.
pub(super) struct Cells<'a> {
    clock: &'a WorkClock,
    origin: i64,
    /// Minutes of work in a cell.
    grain: i64,
    path: Path,
    first_need: Vec<u32>,
    needs: Vec<Need>,
    horizon: usize,
    /// What is left with nothing but what stays, row by row.
    base: Vec<u64>,
    left: Vec<u64>,
    /// Job, latest start, latest finish.
    limits: Vec<(u32, i64, i64)>,
    fixed_finish: i64,
    keys: Vec<u64>,
    /// Least that a plan can cost.
    bound: Cost,
}

/// Greatest common divisor; 0 counts for nothing.
const fn divisor(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.abs()
}

/// What stays or is not there: resource, from, to, units, in minutes of work.
type Taken = (u32, i64, i64, i64);

impl<'a> Cells<'a> {
    /// The problem in cells; `None` where its jobs do not share a clock, or would need too many cells.
    pub(super) fn new(leveller: &'a Leveller, placer: &mut Placer, list: &[u32]) -> Option<Self> {
        let clock = leveller.scheduler.clock_of(leveller.clock?);
        let origin = clock.work_before(leveller.start);
        let mut starts = vec![0; list.len()];
        let first = placer.early(list, &mut starts)?;
        let mut path =
            Path::new(leveller, placer.releases().iter().map(|at| clock.work_before(*at) - origin).collect());
        // A list that leads beyond twice the first plan is not worth finishing.
        let longest = path.length.iter().copied().max().unwrap_or(0);
        let far = 2 * (clock.work_before(Minute(first.finish)) - origin) + longest;
        let taken = taken(leveller, clock, origin, far);
        let grain = path.numbers().chain(taken.iter().flat_map(|it| [it.1, it.2])).fold(0, divisor).max(1);
        if far / grain > MOST_CELLS {
            return None;
        }
        path.scale(grain);
        let mut cells = Self {
            clock,
            origin,
            grain,
            path,
            first_need: Vec::new(),
            needs: Vec::new(),
            horizon: usize::try_from(far / grain).ok()? + 1,
            base: Vec::new(),
            left: Vec::new(),
            limits: Vec::new(),
            fixed_finish: 0,
            keys: Vec::with_capacity(list.len()),
            bound: Cost { late: 0, finish: 0 },
        };
        let last = clock.work_before(leveller.fixed_finish) - origin;
        // Rounded down, so that the least that a plan can cost is never too much.
        cells.fixed_finish = last.div_euclid(grain).max(0);
        cells.limit(leveller);
        cells.fill(leveller, &taken)?;
        cells.bound = cells.least(leveller);
        Some(cells)
    }

    /// The least that a plan can cost.
    pub(super) const fn bound(&self) -> Cost {
        self.bound
    }

    /// When a finish lies on the wall.
    pub(super) fn finish_minute(&self, finish: i64) -> Minute {
        self.clock.finish_at(self.origin + finish * self.grain)
    }

    /// When starts lie on the wall.
    pub(super) fn start_minutes(&self, starts: &[i64]) -> Vec<i64> {
        starts.iter().map(|start| self.clock.start_at(self.origin + start * self.grain).0).collect()
    }

    fn limit(&mut self, leveller: &Leveller) {
        let cell = |at: Minute| {
            if at.0 == i64::MAX {
                return i64::MAX;
            }
            (self.clock.work_before(at) - self.origin).div_euclid(self.grain)
        };
        for (job, task) in (0_u32..).zip(&leveller.jobs.tasks) {
            let Some(task) = task else { continue };
            let Limit { start, finish } = leveller.limits[*task as usize];
            if start.0 != i64::MAX || finish.0 != i64::MAX {
                self.limits.push((job, cell(start), cell(finish)));
            }
        }
    }

    /// Gives each resource that is needed a lane, and takes what stays.
    fn fill(&mut self, leveller: &Leveller, taken: &[Taken]) -> Option<()> {
        let uses = |task: &Option<u32>| task.map_or(&[] as &[_], |task| leveller.uses(task));
        let mut lane_of = vec![None; leveller.resources.len()];
        let mut lanes = 0_usize;
        let mut unit = taken.iter().fold(0, |unit, it| divisor(unit, it.3));
        for (resource, units) in leveller.jobs.tasks.iter().flat_map(uses) {
            unit = divisor(unit, *units);
            lane_of[*resource as usize].get_or_insert_with(|| {
                lanes += 1;
                lanes - 1
            });
        }
        let unit = unit.max(1);
        self.base = vec![GUARD; lanes.div_ceil(LANES) * self.horizon];
        for (resource, lane) in lane_of.iter().enumerate() {
            let Some(lane) = lane else { continue };
            let mine = || taken.iter().filter(|it| it.0 as usize == resource);
            let capacity = leveller.resources[resource].capacity / unit;
            self.fill_lane(*lane, capacity, mine().map(|it| (it.1, it.2, it.3 / unit)))?;
        }
        self.left = self.base.clone();
        self.first_need.push(0);
        for task in &leveller.jobs.tasks {
            let begin = self.needs.len();
            for (resource, units) in uses(task) {
                let lane = lane_of[*resource as usize]?;
                let (row, amount) = ((lane / LANES) as u32, u64::try_from(units / unit).ok()?);
                let amount = amount << (LANE * (lane % LANES) as u32);
                match self.needs[begin..].iter_mut().find(|need| need.0 == row) {
                    Some(need) => need.1 += amount,
                    None => self.needs.push((row, amount)),
                }
            }
            self.first_need.push(self.needs.len() as u32);
        }
        Some(())
    }

    fn fill_lane(&mut self, lane: usize, capacity: i64, taken: impl Iterator<Item = (i64, i64, i64)>) -> Option<()> {
        let shift = LANE * (lane % LANES) as u32;
        let mut left = vec![capacity; self.horizon];
        if !(0..0x8000).contains(&capacity) {
            return None;
        }
        for (from, to, units) in taken {
            let place = |at: i64| usize::try_from(at / self.grain).unwrap_or(0).min(self.horizon);
            for cell in &mut left[place(from)..place(to)] {
                *cell -= units;
            }
        }
        let row = lane / LANES * self.horizon;
        for (cell, left) in self.base[row..row + self.horizon].iter_mut().zip(left) {
            *cell |= u64::try_from(left.max(0)).ok()? << shift;
        }
        Some(())
    }

    /// No plan is better than one without limits of resources, or than what each resource has to do takes it.
    fn least(&self, leveller: &Leveller) -> Cost {
        let heads = self.path.heads();
        let mut cost = self.cost(&heads);
        for (resource, it) in (0_u32..).zip(&leveller.resources) {
            let units = |job: usize| {
                let uses = leveller.jobs.tasks[job].map_or(&[] as &[_], |task| leveller.uses(task));
                uses.iter().find(|need| need.0 == resource).map_or(0, |need| need.1)
            };
            cost.finish = cost.finish.max(bound::energy(&self.path, &heads, units, it.capacity));
        }
        cost
    }

    fn cost(&self, starts: &[i64]) -> Cost {
        let finishes = starts.iter().zip(&self.path.length).map(|(start, length)| start + length);
        let finish = finishes.max().unwrap_or(0).max(self.fixed_finish);
        let behind = |(job, start, finish): &(u32, i64, i64)| {
            let at = starts[*job as usize];
            let end = at + self.path.length[*job as usize];
            at.saturating_sub(*start).max(end.saturating_sub(*finish)).max(0)
        };
        Cost { late: self.limits.iter().map(behind).sum(), finish }
    }

    fn needs(&self, job: u32) -> &[Need] {
        &self.needs[self.first_need[job as usize] as usize..self.first_need[job as usize + 1] as usize]
    }

    fn row(&self, row: u32) -> &[u64] {
        &self.left[row as usize * self.horizon..(row as usize + 1) * self.horizon]
    }

    /// The first start from `from` on.
    fn first_fit(&self, job: u32, from: usize, length: usize) -> Option<usize> {
        match self.needs(job) {
            [] => (from + length <= self.horizon).then_some(from),
            [(row, amount)] => scan_up(self.row(*row), *amount, from, length),
            needs => {
                let (mut at, mut agreed) = (from, 0);
                for (row, amount) in needs.iter().cycle() {
                    let next = scan_up(self.row(*row), *amount, at, length)?;
                    agreed = if next == at { agreed + 1 } else { 1 };
                    at = next;
                    if agreed == needs.len() {
                        break;
                    }
                }
                Some(at)
            }
        }
    }

    /// The last start up to `from`.
    fn last_fit(&self, job: u32, from: usize, length: usize) -> Option<usize> {
        match self.needs(job) {
            [] => Some(from),
            [(row, amount)] => scan_down(self.row(*row), *amount, from, length),
            needs => {
                let (mut at, mut agreed) = (from, 0);
                for (row, amount) in needs.iter().cycle() {
                    let next = scan_down(self.row(*row), *amount, at, length)?;
                    agreed = if next == at { agreed + 1 } else { 1 };
                    at = next;
                    if agreed == needs.len() {
                        break;
                    }
                }
                Some(at)
            }
        }
    }

    fn take(&mut self, job: u32, at: usize, length: usize) {
        let range = self.first_need[job as usize] as usize..self.first_need[job as usize + 1] as usize;
        for (row, amount) in &self.needs[range] {
            let begin = *row as usize * self.horizon + at;
            for cell in &mut self.left[begin..begin + length] {
                *cell -= amount;
            }
        }
    }
}

/// The first place from `at` on with `length` cells in a row that have enough left. Each cell is looked at once.
fn scan_up(row: &[u64], amount: u64, mut at: usize, length: usize) -> Option<usize> {
    let mut known = at;
    loop {
        let end = at + length;
        let window = row.get(known..end)?;
        match window.iter().rposition(|left| left.wrapping_sub(amount) & GUARD != GUARD) {
            Some(place) => at = known + place + 1,
            None => return Some(at),
        }
        known = end;
    }
}

/// The last place up to `at`.
fn scan_down(row: &[u64], amount: u64, mut at: usize, length: usize) -> Option<usize> {
    let mut known = at + length;
    loop {
        match row[at..known].iter().position(|left| left.wrapping_sub(amount) & GUARD != GUARD) {
            Some(place) => {
                known = at;
                at = (at + place).checked_sub(length)?;
            }
            None => return Some(at),
        }
    }
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
                taken.extend(leveller.uses(task).iter().map(|(resource, units)| (*resource, from, to, *units)));
            }
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
                taken.push((resource, here, from, it.capacity));
            }
            here = to;
        }
    }
    taken
}

impl Decoder for Cells<'_> {
    fn early(&mut self, list: &[u32], starts: &mut [i64]) -> Option<Cost> {
        self.left.copy_from_slice(&self.base);
        for job in list {
            let length = self.path.length[*job as usize] as usize;
            let from = self.path.earliest(*job, starts) as usize;
            let at = self.first_fit(*job, from, length)?;
            self.take(*job, at, length);
            starts[*job as usize] = at as i64;
        }
        Some(self.cost(starts))
    }

    fn late(&mut self, starts: &[i64], late: &mut [i64]) -> bool {
        self.left.copy_from_slice(&self.base);
        let end = starts.iter().zip(&self.path.length).map(|(start, length)| start + length).max().unwrap_or(0);
        let mut keys = std::mem::take(&mut self.keys);
        self.path.by_finish(starts, late, &mut keys);
        let mut fits = true;
        for key in keys.iter().rev() {
            let job = (key & 0xff_ffff) as u32;
            let length = self.path.length[job as usize];
            let from = self.path.latest(job, late, end);
            let at = usize::try_from(from).ok().and_then(|from| self.last_fit(job, from, length as usize));
            let Some(at) = at else {
                fits = false;
                break;
            };
            self.take(job, at, length as usize);
            late[job as usize] = at as i64;
        }
        self.keys = keys;
        fits
    }
}
