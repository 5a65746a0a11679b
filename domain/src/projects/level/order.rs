//! Lists of jobs: in which order they are put into the plan.
//!
//! *Invariant:* no list that is made here has a job before one that it waits for, or a job of lower priority before one
//! of higher, except where the higher waits for the lower.

use super::{chance::Chance, jobs::Jobs};

/// What holds for every list.
#[derive(Clone, Debug)]
pub(super) struct Order<'a> {
    jobs: &'a Jobs,
    /// 0 goes first. What a job of high priority waits for is as urgent as the job.
    class: Vec<u64>,
    /// Late finishes, never earlier than those of what the job waits for.
    urgency: Vec<i64>,
    /// What the least time left is compared with, so that chance is neither blind nor bound.
    unit: i64,
    after: Vec<Vec<u32>>,
    keys: Vec<u64>,
    raised: Vec<i64>,
    waits: Vec<u32>,
    ready: Vec<u32>,
    weights: Vec<u64>,
}

impl<'a> Order<'a> {
    pub(super) fn new(jobs: &'a Jobs, urgency: &[i64], priorities: &[i32]) -> Self {
        let count = jobs.count();
        let mut after = vec![Vec::new(); count];
        for tie in &jobs.ties {
            after[tie.before as usize].push(tie.after);
        }
        let mut order = Self {
            jobs,
            class: classes(jobs, priorities),
            urgency: Vec::new(),
            unit: 1,
            after,
            keys: Vec::with_capacity(count),
            raised: vec![0; count],
            waits: vec![0; count],
            ready: Vec::with_capacity(count),
            weights: Vec::with_capacity(count),
        };
        order.raise(urgency);
        order.urgency = order.raised.clone();
        let (least, most) = (order.urgency.iter().min().copied(), order.urgency.iter().max().copied());
        let spread = most.unwrap_or_default() - least.unwrap_or_default();
        order.unit = (spread / 20).max(1);
        order
    }

    /// How many jobs a list has.
    pub(super) const fn count(&self) -> usize {
        self.jobs.count()
    }

    /// Makes each number at least as high as those of what the job waits for.
    fn raise(&mut self, keys: &[i64]) {
        self.raised.copy_from_slice(keys);
        for tie in &self.jobs.ties {
            let before = self.raised[tie.before as usize];
            let here = &mut self.raised[tie.after as usize];
            *here = (*here).max(before);
        }
    }

    /// The jobs by their numbers, lowest first.
    pub(super) fn by(&mut self, keys: &[i64], list: &mut Vec<u32>) {
        self.raise(keys);
        self.keys.clear();
        // Ten bits for the class, thirty for the minute, twenty-four for the job.
        let key = |job: usize| {
            let minute = u64::try_from(self.raised[job]).unwrap_or(0) & 0x3fff_ffff;
            (self.class[job] << 54) | (minute << 24) | job as u64
        };
        self.keys.extend((0..self.jobs.count()).map(key));
        self.keys.sort_unstable();
        list.clear();
        list.extend(self.keys.iter().map(|key| (key & 0xff_ffff) as u32));
    }

    /// By latest finish.
    pub(super) fn urgent_first(&mut self, list: &mut Vec<u32>) {
        let urgency = std::mem::take(&mut self.urgency);
        self.by(&urgency, list);
        self.urgency = urgency;
    }

    /// By chance, where a job with little time left is drawn more often.
    pub(super) fn sample(&mut self, chance: &mut Chance, list: &mut Vec<u32>) {
        let count = self.jobs.count();
        list.clear();
        self.ready.clear();
        for job in 0..count {
            self.waits[job] = self.jobs.waits(job as u32).len() as u32;
            if self.waits[job] == 0 {
                self.ready.push(job as u32);
            }
        }
        while !self.ready.is_empty() {
            let place = self.pick(chance);
            let job = self.ready.swap_remove(place);
            list.push(job);
            for next in &self.after[job as usize] {
                self.waits[*next as usize] -= 1;
                if self.waits[*next as usize] == 0 {
                    self.ready.push(*next);
                }
            }
        }
    }

    fn pick(&mut self, chance: &mut Chance) -> usize {
        let class = self.ready.iter().map(|job| self.class[*job as usize]).min().unwrap_or(0);
        let last = self.ready.iter().map(|job| self.urgency[*job as usize]).max().unwrap_or(0);
        self.weights.clear();
        let mut sum = 0;
        for job in &self.ready {
            if self.class[*job as usize] == class {
                sum += u64::try_from(last - self.urgency[*job as usize] + self.unit).unwrap_or(1);
            }
            self.weights.push(sum);
        }
        let drawn = chance.below(sum);
        self.weights.partition_point(|weight| *weight <= drawn)
    }

    /// Swaps some neighbours that do not wait for each other.
    pub(super) fn stir(&self, chance: &mut Chance, list: &mut [u32], in_thousand: u64) {
        for place in 1..list.len() {
            let (first, second) = (list[place - 1], list[place]);
            if chance.below(1000) < in_thousand
                && self.class[first as usize] == self.class[second as usize]
                && !self.jobs.waits(second).iter().any(|tie| tie.before == first)
            {
                list.swap(place - 1, place);
            }
        }
    }
}

fn classes(jobs: &Jobs, priorities: &[i32]) -> Vec<u64> {
    let priority =
        |task: Option<u32>| task.map_or(0, |task| priorities.get(task as usize).copied().unwrap_or(500)).clamp(0, 1000);
    let mut high: Vec<i32> = jobs.tasks.iter().map(|task| priority(*task)).collect();
    for tie in jobs.ties.iter().rev() {
        high[tie.before as usize] = high[tie.before as usize].max(high[tie.after as usize]);
    }
    high.into_iter().map(|priority| u64::from(1000_u32.saturating_sub(priority.unsigned_abs()))).collect()
}
