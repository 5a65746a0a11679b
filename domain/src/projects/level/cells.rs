//! The fast decoder: time is cut into cells of one grain, and four resources are counted in one number.
//!
//! *Invariant:* it gives every list the same starts as [`super::placer`], only sooner.

use super::{
    one_clock::{OneClock, Taken, divisor},
    search::{Cost, Decoder},
};

/// A lane has sixteen bits: fifteen for what is left, one that is lost when too much is taken.
const GUARD: u64 = 0x8000_8000_8000_8000;
const LANE: u32 = 16;
const LANES: usize = 4;
const MOST: i64 = 0x7fff;

/// A need: the row of cells, and what is taken from each lane.
type Need = (u32, u64);

/// A plan in cells that is being filled.
pub(super) struct Cells<'a> {
    one: &'a OneClock<'a>,
    first_need: Vec<u32>,
    needs: Vec<Need>,
    horizon: usize,
    /// What is left with nothing but what stays, row by row.
    base: Vec<u64>,
    left: Vec<u64>,
    keys: Vec<u64>,
}

impl<'a> Cells<'a> {
    /// `None` where there would be too many cells, or more of a resource than a lane can count.
    pub(super) fn new(one: &'a OneClock<'a>) -> Option<Self> {
        let horizon = usize::try_from(one.horizon).ok().filter(|_| one.is_coarse())?;
        let mut cells = Self {
            one,
            first_need: vec![0],
            needs: Vec::new(),
            horizon,
            base: Vec::new(),
            left: Vec::new(),
            keys: Vec::with_capacity(one.path.length.len()),
        };
        cells.fill()?;
        Some(cells)
    }

    /// Gives each resource that is needed a lane, and takes what stays.
    fn fill(&mut self) -> Option<()> {
        let one = self.one;
        let jobs = one.path.length.len();
        let mut lane_of = vec![None; one.leveller.resources.len()];
        let mut lanes = 0_usize;
        let mut unit = one.taken.iter().fold(0, |unit, it| divisor(unit, it.units));
        for (resource, units) in (0..jobs).flat_map(|job| one.uses(job)) {
            unit = divisor(unit, *units);
            lane_of[*resource as usize].get_or_insert_with(|| {
                lanes += 1;
                lanes - 1
            });
        }
        let unit = unit.max(1);
        self.base = vec![GUARD; lanes.div_ceil(LANES) * self.horizon];
        for ((resource, it), lane) in (0_u32..).zip(&one.leveller.resources).zip(&lane_of) {
            let Some(lane) = lane else { continue };
            let capacity = Some(it.capacity / unit).filter(|capacity| *capacity <= MOST)?;
            self.fill_lane(*lane, capacity, unit, one.taken.iter().filter(|it| it.resource == resource));
        }
        self.left = self.base.clone();
        for job in 0..jobs {
            let begin = self.needs.len();
            for (resource, units) in one.uses(job) {
                let lane = lane_of[*resource as usize]?;
                let row = (lane / LANES) as u32;
                let amount = u64::try_from(units / unit).ok()? << (LANE * (lane % LANES) as u32);
                match self.needs[begin..].iter_mut().find(|need| need.0 == row) {
                    Some(need) => need.1 += amount,
                    None => self.needs.push((row, amount)),
                }
            }
            self.first_need.push(self.needs.len() as u32);
        }
        Some(())
    }

    fn fill_lane<'t>(&mut self, lane: usize, capacity: i64, unit: i64, taken: impl Iterator<Item = &'t Taken>) {
        let shift = LANE * (lane % LANES) as u32;
        let mut left = vec![capacity; self.horizon];
        let place = |at: i64| usize::try_from(at).unwrap_or(0).min(self.horizon);
        for it in taken {
            left[place(it.from)..place(it.to)].iter_mut().for_each(|cell| *cell -= it.units / unit);
        }
        let row = lane / LANES * self.horizon;
        for (cell, left) in self.base[row..row + self.horizon].iter_mut().zip(left) {
            *cell |= u64::try_from(left).unwrap_or(0) << shift;
        }
    }

    fn needs(&self, job: u32) -> &[Need] {
        &self.needs[self.first_need[job as usize] as usize..self.first_need[job as usize + 1] as usize]
    }

    fn row(&self, row: u32) -> &[u64] {
        &self.left[row as usize * self.horizon..(row as usize + 1) * self.horizon]
    }

    /// The first start from `from` on.
    fn first_fit(&self, job: u32, from: usize, length: usize) -> Option<usize> {
        if from + length > self.horizon {
            return None;
        }
        agreed(self.needs(job), from, |(row, amount), at| scan_up(self.row(*row), *amount, at, length))
    }

    /// The last start up to `from`.
    fn last_fit(&self, job: u32, from: usize, length: usize) -> Option<usize> {
        agreed(self.needs(job), from, |(row, amount), at| scan_down(self.row(*row), *amount, at, length))
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

/// Asks one need after another for its place from `at` on, until all name the same.
#[inline]
pub(super) fn agreed<N, P: Copy + PartialEq>(needs: &[N], mut at: P, place: impl Fn(&N, P) -> Option<P>) -> Option<P> {
    let mut agreed = 0;
    for need in needs.iter().cycle() {
        let next = place(need, at)?;
        agreed = if next == at { agreed + 1 } else { 1 };
        at = next;
        if agreed == needs.len() {
            break;
        }
    }
    Some(at)
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

impl Decoder for Cells<'_> {
    fn early(&mut self, list: &[u32], starts: &mut [i64]) -> Option<Cost> {
        self.left.copy_from_slice(&self.base);
        for job in list {
            let length = self.one.path.length[*job as usize] as usize;
            let from = self.one.path.earliest(*job, starts) as usize;
            let at = self.first_fit(*job, from, length)?;
            self.take(*job, at, length);
            starts[*job as usize] = at as i64;
        }
        Some(self.one.cost(starts))
    }

    fn late(&mut self, starts: &[i64], late: &mut [i64]) -> bool {
        self.left.copy_from_slice(&self.base);
        let end = self.one.path.end(starts);
        let mut keys = std::mem::take(&mut self.keys);
        self.one.path.by_finish(starts, late, &mut keys);
        let mut fits = true;
        for key in keys.iter().rev() {
            let job = (key & 0xff_ffff) as u32;
            let length = self.one.path.length[job as usize];
            let from = self.one.path.latest(job, late, end);
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
