//! Jobs on one clock: how long they take, how far apart they must start, and what no plan can be shorter than.

use super::{Leveller, jobs};

/// Jobs and ties in minutes of work, or in cells after [`Path::scale`].
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) length: Vec<i64>,
    release: Vec<i64>,
    first_before: Vec<u32>,
    /// For each job: who it waits for, and how far behind their start it starts.
    before: Vec<(u32, i64)>,
    first_after: Vec<u32>,
    after: Vec<(u32, i64)>,
}

impl Path {
    pub(super) fn new(leveller: &Leveller, release: Vec<i64>) -> Self {
        let jobs = &leveller.jobs;
        let length = |task: &Option<u32>| task.map_or(0, |task| jobs::length(leveller.scheduler.task(task)));
        let mut path = Self { length: jobs.tasks.iter().map(length).collect(), release, ..Self::default() };
        let mut after: Vec<Vec<(u32, i64)>> = vec![Vec::new(); jobs.count()];
        path.first_before.push(0);
        path.first_after.push(0);
        for job in 0..jobs.count() as u32 {
            for tie in jobs.waits(job) {
                path.before.push((tie.before, tie.delta));
                after[tie.before as usize].push((job, tie.delta));
            }
            path.first_before.push(path.before.len() as u32);
        }
        for ties in after {
            path.after.extend(ties);
            path.first_after.push(path.after.len() as u32);
        }
        path
    }

    /// Every number, to find what divides them all.
    pub(super) fn numbers(&self) -> impl Iterator<Item = i64> {
        self.length.iter().chain(&self.release).copied().chain(self.before.iter().map(|tie| tie.1))
    }

    pub(super) fn scale(&mut self, grain: i64) {
        let numbers = self.length.iter_mut().chain(&mut self.release);
        let ties = self.before.iter_mut().chain(&mut self.after).map(|tie| &mut tie.1);
        numbers.chain(ties).for_each(|number| *number /= grain);
    }

    /// Where a job may start when what it waits for stands.
    pub(super) fn earliest(&self, job: u32, starts: &[i64]) -> i64 {
        let range = self.first_before[job as usize] as usize..self.first_before[job as usize + 1] as usize;
        let ties = self.before[range].iter().map(|(before, delta)| starts[*before as usize] + delta);
        ties.fold(self.release[job as usize], i64::max)
    }

    /// The last start of a job when what waits for it stands, and everything ends at `end`.
    pub(super) fn latest(&self, job: u32, starts: &[i64], end: i64) -> i64 {
        let range = self.first_after[job as usize] as usize..self.first_after[job as usize + 1] as usize;
        let ties = self.after[range].iter().map(|(after, delta)| starts[*after as usize] - delta);
        ties.fold(end - self.length[job as usize], i64::min)
    }

    /// Jobs by their finish, nobody before somebody that it waits for; the job is in the lowest 24 bits.
    pub(super) fn by_finish(&self, starts: &[i64], raised: &mut [i64], keys: &mut Vec<u64>) {
        keys.clear();
        for job in 0..self.length.len() {
            let range = self.first_before[job] as usize..self.first_before[job + 1] as usize;
            let ties = self.before[range].iter().map(|(before, _)| raised[*before as usize]);
            raised[job] = ties.fold(starts[job] + self.length[job], i64::max);
            keys.push((u64::try_from(raised[job]).unwrap_or(0) << 24) | job as u64);
        }
        keys.sort_unstable();
    }

    /// When everything is done.
    pub(super) fn end(&self, starts: &[i64]) -> i64 {
        starts.iter().zip(&self.length).map(|(start, length)| start + length).max().unwrap_or(0)
    }

    /// Earliest starts where there is enough of everything.
    pub(super) fn heads(&self) -> Vec<i64> {
        let mut heads = vec![0; self.length.len()];
        for job in 0..heads.len() {
            heads[job] = self.earliest(job as u32, &heads);
        }
        heads
    }

    /// What must still happen after the finish of each job.
    fn tails(&self) -> Vec<i64> {
        let mut tails = vec![0; self.length.len()];
        for job in (0..tails.len()).rev() {
            let range = self.first_after[job] as usize..self.first_after[job + 1] as usize;
            let ties = self.after[range].iter().map(|(after, delta)| {
                let after = *after as usize;
                delta - self.length[job] + self.length[after] + tails[after]
            });
            tails[job] = ties.fold(0, i64::max);
        }
        tails
    }
}

/// For any head and tail, the jobs with at least these lie between; the resource needs time for all of them.
pub(super) fn energy(path: &Path, heads: &[i64], units: impl Fn(usize) -> i64, capacity: i64) -> i64 {
    let tails = path.tails();
    let mut jobs: Vec<usize> = (0..heads.len()).filter(|job| units(*job) > 0).collect();
    if jobs.is_empty() || capacity == 0 {
        return 0;
    }
    jobs.sort_unstable_by_key(|job| std::cmp::Reverse(tails[*job]));
    let mut begins: Vec<i64> = jobs.iter().map(|job| heads[*job]).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut most = 0;
    for begin in begins {
        let mut work = 0;
        for job in jobs.iter().filter(|job| heads[**job] >= begin) {
            work += path.length[*job] * units(*job);
            most = most.max(begin + (work + capacity - 1) / capacity + tails[*job]);
        }
    }
    most
}
