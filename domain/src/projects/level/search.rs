//! The search: lists of jobs are drawn, filled in, pushed together, crossed and stirred, and the best plan is kept.
//!
//! A list says in which order jobs are put into the plan; a [`Decoder`] puts each where it fits first. Pushing a plan
//! together from both sides (double justification: V. Valls, F. Ballestín, S. Quintanilla) shortens most plans; crossing
//! two good lists keeps what is good in both.

use super::{LevelOptions, chance::Chance, order::Order};

/// How good a plan is: less late first, then shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    pub(super) late: i64,
    pub(super) finish: i64,
}

/// Turns a list into a plan.
pub(super) trait Decoder {
    /// Puts each job where it fits first; `None` where the plan becomes far too long.
    fn early(&mut self, list: &[u32], starts: &mut [i64]) -> Option<Cost>;

    /// Puts each job, from the last to the first, where it fits last; false where that cannot be done. `starts` are those
    /// of the list that was filled in just before.
    fn late(&mut self, starts: &[i64], late: &mut [i64]) -> bool;
}

/// The best plan.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// By job, on the decoder's clock.
    pub(super) starts: Vec<i64>,
    pub(super) rounds: u32,
}

/// A list and what it leads to.
#[derive(Clone, Debug)]
struct Trial {
    list: Vec<u32>,
    starts: Vec<i64>,
    cost: Cost,
    /// Tells plans apart that cost the same.
    mark: i64,
}

/// How many lists are kept to be crossed.
const KEPT: usize = 60;
/// Neighbours swapped, of a thousand.
const STIRRED: u64 = 60;
/// Rounds without a better plan, for each list that is kept, after which the search begins afresh.
const PATIENCE: u32 = 10;

/// A search that is under way.
pub(super) struct Search<'a, D> {
    decoder: &'a mut D,
    order: Order<'a>,
    chance: Chance,
    kept: Vec<Trial>,
    best: Option<(Cost, Vec<i64>)>,
    rounds: u32,
    most_rounds: u32,
    /// Round in which the last better plan was found since the last fresh beginning.
    lucky: u32,
    /// The best since the last fresh beginning.
    local: Option<Cost>,
    list: Vec<u32>,
    late: Vec<i64>,
    again: Vec<i64>,
    taken: Vec<bool>,
}

impl<'a, D: Decoder> Search<'a, D> {
    pub(super) fn new(decoder: &'a mut D, order: Order<'a>, options: LevelOptions) -> Self {
        let count = order.count();
        Self {
            decoder,
            order,
            chance: Chance::new(options.seed),
            kept: Vec::with_capacity(KEPT),
            best: None,
            rounds: 0,
            most_rounds: options.most_rounds,
            lucky: 0,
            local: None,
            list: Vec::with_capacity(count),
            late: vec![0; count],
            again: vec![0; count],
            taken: vec![false; count],
        }
    }

    /// Searches until there is nothing better, no time, or no round left.
    pub(super) fn run(mut self, least: Cost, still: &mut dyn FnMut() -> bool) -> Option<Found> {
        let mut list = Vec::new();
        self.order.urgent_first(&mut list);
        let mut starts = vec![0; list.len()];
        if let Some(cost) = self.decoder.early(&list, &mut starts) {
            let mark = starts.iter().sum();
            self.keep(Trial { list, starts, cost, mark });
        }
        while self.rounds < self.most_rounds && self.best.as_ref().is_none_or(|best| best.0 > least) && still() {
            self.rounds += 1;
            self.round();
        }
        let rounds = self.rounds;
        self.best.map(|(_, starts)| Found { starts, rounds })
    }

    fn round(&mut self) {
        if self.rounds == 1
            && let Some(first) = self.kept.pop()
        {
            let trial = self.pushed(first);
            self.keep(trial);
            return;
        }
        if self.rounds.saturating_sub(self.lucky) > PATIENCE * KEPT as u32 {
            self.kept.clear();
            self.local = None;
            self.lucky = self.rounds;
        }
        let mut list = std::mem::take(&mut self.list);
        if self.kept.len() < KEPT {
            self.order.sample(&mut self.chance, &mut list);
        } else {
            let (mother, father) = (self.parent(), self.parent());
            self.cross(mother, father, &mut list);
            self.order.stir(&mut self.chance, &mut list, STIRRED);
        }
        let mut starts = vec![0; list.len()];
        if let Some(cost) = self.decoder.early(&list, &mut starts) {
            let trial = self.pushed(Trial { list: list.clone(), starts, cost, mark: 0 });
            self.keep(trial);
        }
        self.list = list;
    }

    /// The plan pushed to the right and back to the left, where that does it good.
    fn pushed(&mut self, mut trial: Trial) -> Trial {
        if self.decoder.late(&trial.starts, &mut self.late) {
            self.order.by(&self.late, &mut self.list);
            if let Some(cost) = self.decoder.early(&self.list, &mut self.again)
                && cost <= trial.cost
            {
                trial.starts.copy_from_slice(&self.again);
                trial.cost = cost;
            }
        }
        self.order.by(&trial.starts, &mut trial.list);
        trial.mark = trial.starts.iter().sum();
        trial
    }

    fn keep(&mut self, trial: Trial) {
        if self.best.as_ref().is_none_or(|best| trial.cost < best.0) {
            self.best = Some((trial.cost, trial.starts.clone()));
        }
        if self.local.is_none_or(|local| trial.cost < local) {
            self.local = Some(trial.cost);
            self.lucky = self.rounds;
        }
        if self.kept.iter().any(|kept| (kept.cost, kept.mark) == (trial.cost, trial.mark)) {
            return;
        }
        if self.kept.len() < KEPT {
            self.kept.push(trial);
        } else if let Some(worst) = self.kept.iter_mut().max_by_key(|kept| (kept.cost, kept.mark))
            && (trial.cost, trial.mark) < (worst.cost, worst.mark)
        {
            *worst = trial;
        }
    }

    /// The better of two.
    fn parent(&mut self) -> usize {
        let (one, other) = (self.chance.place(self.kept.len()), self.chance.place(self.kept.len()));
        if self.kept[one].cost <= self.kept[other].cost { one } else { other }
    }

    /// The mother's list, in the middle of which jobs stand in the father's order.
    fn cross(&mut self, mother: usize, father: usize, list: &mut Vec<u32>) {
        let count = self.taken.len();
        let (one, other) = (self.chance.place(count + 1), self.chance.place(count + 1));
        let (first, last) = (one.min(other), one.max(other));
        let (mother, father) = (&self.kept[mother].list, &self.kept[father].list);
        list.clear();
        self.taken.fill(false);
        for job in &mother[..first] {
            self.taken[*job as usize] = true;
            list.push(*job);
        }
        for job in father {
            if list.len() == last {
                break;
            }
            if !std::mem::replace(&mut self.taken[*job as usize], true) {
                list.push(*job);
            }
        }
        list.extend(mother.iter().filter(|job| !self.taken[**job as usize]));
    }
}
