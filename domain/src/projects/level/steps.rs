//! The decoder for jobs on one clock whose times are too fine to be cut into cells: what is used is kept as steps at
//! moments of work.
//!
//! *Invariant:* it gives every list the same starts as [`super::placer`].

use super::{
    cells::agreed,
    one_clock::OneClock,
    search::{Cost, Decoder},
    timeline::Timeline,
};
use crate::Minute;

/// A plan that is being filled.
pub(super) struct Steps<'a> {
    one: &'a OneClock<'a>,
    taken: Vec<Timeline>,
    lines: Vec<Timeline>,
    keys: Vec<u64>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(one: &'a OneClock<'a>) -> Self {
        let mut taken = vec![Timeline::default(); one.leveller.resources.len()];
        for it in &one.taken {
            taken[it.resource as usize].take(Minute(it.from), Minute(it.to), it.units);
        }
        Self { one, lines: taken.clone(), taken, keys: Vec::new() }
    }

    fn clear(&mut self) {
        self.lines.iter_mut().zip(&self.taken).for_each(|(line, taken)| line.copy(taken));
    }

    fn spare(&self, resource: u32, units: i64) -> i64 {
        self.one.leveller.resources[resource as usize].capacity - units
    }

    /// The first start from `from` on. A moment of work is no moment on the wall, but it is counted alike.
    fn first_fit(&self, job: usize, from: i64, length: i64) -> i64 {
        let place = agreed(self.one.uses(job), from, |(resource, units), mut at| {
            let (line, spare) = (&self.lines[*resource as usize], self.spare(*resource, *units));
            while let Some(after) = line.blocked(Minute(at), Minute(at + length), spare) {
                at = after.0;
            }
            Some(at)
        });
        place.unwrap_or(from)
    }

    /// The last start up to `from`.
    fn last_fit(&self, job: usize, from: i64, length: i64) -> Option<i64> {
        agreed(self.one.uses(job), from, |(resource, units), mut at| {
            let (line, spare) = (&self.lines[*resource as usize], self.spare(*resource, *units));
            while let Some(before) = line.blocks(Minute(at), Minute(at + length), spare) {
                at = before.0 - length;
            }
            (at >= 0).then_some(at)
        })
    }

    fn take(&mut self, job: usize, at: i64, length: i64) {
        for (resource, units) in self.one.uses(job) {
            self.lines[*resource as usize].take(Minute(at), Minute(at + length), *units);
        }
    }
}

impl Decoder for Steps<'_> {
    fn early(&mut self, list: &[u32], starts: &mut [i64]) -> Option<Cost> {
        self.clear();
        for job in list {
            let (from, job) = (self.one.path.earliest(*job, starts), *job as usize);
            let length = self.one.path.length[job];
            let at = self.first_fit(job, from, length);
            if at + length > self.one.horizon {
                return None;
            }
            self.take(job, at, length);
            starts[job] = at;
        }
        Some(self.one.cost(starts))
    }

    fn late(&mut self, starts: &[i64], late: &mut [i64]) -> bool {
        self.clear();
        let end = self.one.path.end(starts);
        let mut keys = std::mem::take(&mut self.keys);
        self.one.path.by_finish(starts, late, &mut keys);
        let mut fits = true;
        for key in keys.iter().rev() {
            let job = (key & 0xff_ffff) as usize;
            let length = self.one.path.length[job];
            let from = self.one.path.latest(job as u32, late, end);
            let Some(at) = self.last_fit(job, from, length).filter(|at| *at >= 0) else {
                fits = false;
                break;
            };
            self.take(job, at, length);
            late[job] = at;
        }
        self.keys = keys;
        fits
    }
}
