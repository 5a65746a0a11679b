//! What the search may move: tasks without a fixed place, in an order in which nobody stands before somebody it waits
//! for; and what waits for what among them.

use std::collections::BinaryHeap;

use super::LevelProblem;
use crate::{
    Minute,
    projects::{
        plan::{ConstraintKind, LagUnit, Link, LinkKind, Plan, Task, TaskKind, TaskMode},
        schedule::{
            Schedule, Scheduler,
            backward::{Limit, before_lag, own},
        },
    },
};

/// The second starts at least `delta` minutes of work after the first has started. *Only where all jobs share a clock*
/// is the number meant; the order holds always.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) delta: i64,
}

/// The jobs.
///
/// *Invariant:* a job stands behind every job that it waits for.
#[derive(Clone, Debug, Default)]
pub(super) struct Jobs {
    /// The task of each job; `None` for a gate, a moment that stands between two groups of tasks so that a link between
    /// summaries is not a link from each to each.
    pub(super) tasks: Vec<Option<u32>>,
    /// Sorted by the job that waits.
    pub(super) ties: Vec<Tie>,
    first: Vec<u32>,
    /// True where a link looks at the first start below a summary, which no tie can say.
    pub(super) first_of_many: bool,
}

/// Rows without children, below each row: itself where it has none.
pub(super) fn leaves(plan: &Plan) -> Vec<Vec<u32>> {
    let mut leaf = vec![true; plan.tasks.len()];
    for parent in plan.tasks.iter().filter_map(|task| task.parent) {
        leaf[parent as usize] = false;
    }
    let mut below = vec![Vec::new(); plan.tasks.len()];
    for index in (0..plan.tasks.len() as u32).filter(|index| leaf[*index as usize]) {
        let mut here = Some(index);
        while let Some(row) = here {
            below[row as usize].push(index);
            here = plan.tasks[row as usize].parent;
        }
    }
    below
}

/// Which tasks stay where they are: what has begun, what was put by hand, what must be on a date, what is locked.
pub(super) fn fixed(problem: &LevelProblem) -> Vec<bool> {
    let mut fixed: Vec<bool> = Vec::with_capacity(problem.plan.tasks.len());
    let mut locked: Vec<bool> = Vec::with_capacity(problem.plan.tasks.len());
    for (index, task) in problem.plan.tasks.iter().enumerate() {
        let above = task.parent.is_some_and(|parent| locked[parent as usize]);
        locked.push(above || problem.locked.get(index).copied().unwrap_or_default());
        fixed.push(locked[index] || stays(task));
    }
    fixed
}

/// True for a task that levelling leaves where it is.
pub(crate) fn stays(task: &Task) -> bool {
    let begun = task.actual_start.is_some() || task.actual_finish.is_some() || task.progress > 0;
    let dated = matches!(task.constraint, ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn);
    task.kind != TaskKind::Summary && (begun || dated || task.mode == TaskMode::Manual)
}

/// The latest that each task may start and finish: deadlines, "no later than", and successors that stay.
pub(super) fn limits(plan: &Plan, scheduler: &Scheduler, before: &Schedule, fixed: &[bool]) -> Vec<Limit> {
    let below = leaves(plan);
    let mut limits = vec![Limit::NONE; plan.tasks.len()];
    for (index, task) in plan.tasks.iter().enumerate() {
        let mut limit = own(task);
        if task.kind == TaskKind::Summary {
            // "No later" for the start of a summary holds for its first child alone.
            limit.start = Limit::NONE.start;
        }
        below[index].iter().for_each(|leaf| limits[*leaf as usize].lower(limit));
    }
    for link in &plan.links {
        let stay = below[link.successor as usize].iter().filter(|leaf| fixed[**leaf as usize]);
        let from_start = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
        let to = stay.map(|leaf| &before.tasks[*leaf as usize]).map(|slot| match link.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart => slot.start,
            LinkKind::FinishToFinish | LinkKind::StartToFinish => slot.finish,
        });
        let Some(to) = to.min() else { continue };
        let latest = before_lag(scheduler.clock(scheduler.lag_task(link)), to, link);
        let group = &below[link.predecessor as usize];
        match (from_start, group.as_slice()) {
            (false, group) => group.iter().for_each(|leaf| {
                limits[*leaf as usize].lower(Limit { finish: latest, ..Limit::NONE });
            }),
            (true, [leaf]) => limits[*leaf as usize].lower(Limit { start: latest, ..Limit::NONE }),
            // Only the first of a group has to be in time; which one that is, nobody knows yet.
            (true, _) => {}
        }
    }
    limits
}

impl Jobs {
    pub(super) fn new(plan: &Plan, fixed: &[bool]) -> Self {
        let all = leaves(plan);
        let moving = |rows: &Vec<u32>| rows.iter().copied().filter(|row| !fixed[*row as usize]).collect();
        let below: Vec<Vec<u32>> = all.iter().map(moving).collect();
        let leaf = |row: u32| below[row as usize] == [row];
        let mut tasks: Vec<Option<u32>> = (0..plan.tasks.len() as u32).filter(|row| leaf(*row)).map(Some).collect();
        let mut job_of = vec![u32::MAX; plan.tasks.len()];
        for (job, task) in (0_u32..).zip(tasks.iter().flatten()) {
            job_of[*task as usize] = job;
        }
        let mut ties = Vec::new();
        let mut first_of_many = false;
        for link in &plan.links {
            let sides = [link.predecessor, link.successor].map(|row| below[row as usize].as_slice());
            let from_start = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
            first_of_many |= from_start && !sides[0].is_empty() && all[link.predecessor as usize].len() > 1;
            tie(&mut tasks, &mut ties, plan, &job_of, link, sides);
        }
        sorted(tasks, ties, first_of_many)
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.tasks.len()
    }

    /// What a job waits for.
    pub(super) fn waits(&self, job: u32) -> &[Tie] {
        &self.ties[self.first[job as usize] as usize..self.first[job as usize + 1] as usize]
    }
}

/// Minutes from a task's start to its finish on its clock, pauses included; 0 for moments.
pub(super) fn length(task: &Task) -> i64 {
    if task.kind == TaskKind::Task { task.span() } else { 0 }
}

/// Every job of the first side before every job of the second; by way of a gate where that is fewer ties.
fn tie(
    tasks: &mut Vec<Option<u32>>,
    ties: &mut Vec<Tie>,
    plan: &Plan,
    job_of: &[u32],
    link: &Link,
    [befores, afters]: [&[u32]; 2],
) {
    let (from_finish, to_finish) = match link.kind {
        LinkKind::FinishToStart => (true, false),
        LinkKind::StartToStart => (false, false),
        LinkKind::FinishToFinish => (true, true),
        LinkKind::StartToFinish => (false, true),
    };
    let length = |task: u32, counts: bool| if counts { length(&plan.tasks[task as usize]) } else { 0 };
    if befores.len() * afters.len() <= befores.len() + afters.len() {
        for (before, after) in befores.iter().flat_map(|before| afters.iter().map(move |after| (*before, *after))) {
            let delta = length(before, from_finish) + link.lag - length(after, to_finish);
            ties.push(Tie { before: job_of[before as usize], after: job_of[after as usize], delta });
        }
        return;
    }
    let gate = tasks.len() as u32;
    tasks.push(None);
    for before in befores {
        ties.push(Tie { before: job_of[*before as usize], after: gate, delta: length(*before, from_finish) });
    }
    for after in afters {
        let delta = link.lag - length(*after, to_finish);
        ties.push(Tie { before: gate, after: job_of[*after as usize], delta });
    }
}

/// Jobs in an order in which each stands behind what it waits for, by row where that leaves a choice.
fn sorted(tasks: Vec<Option<u32>>, mut ties: Vec<Tie>, first_of_many: bool) -> Jobs {
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); tasks.len()];
    let mut open = vec![0_u32; tasks.len()];
    for tie in &ties {
        after[tie.before as usize].push(tie.after);
        open[tie.after as usize] += 1;
    }
    let mut ready: BinaryHeap<_> =
        (0..tasks.len() as u32).filter(|job| open[*job as usize] == 0).map(std::cmp::Reverse).collect();
    let mut place = vec![0_u32; tasks.len()];
    let mut order = Vec::with_capacity(tasks.len());
    while let Some(std::cmp::Reverse(job)) = ready.pop() {
        place[job as usize] = order.len() as u32;
        order.push(tasks[job as usize]);
        for next in &after[job as usize] {
            open[*next as usize] -= 1;
            if open[*next as usize] == 0 {
                ready.push(std::cmp::Reverse(*next));
            }
        }
    }
    for tie in &mut ties {
        (tie.before, tie.after) = (place[tie.before as usize], place[tie.after as usize]);
    }
    ties.sort_unstable_by_key(|tie| (tie.after, tie.before, tie.delta));
    let first = (0..=order.len() as u32).map(|job| ties.partition_point(|tie| tie.after < job) as u32).collect();
    Jobs { tasks: order, ties, first, first_of_many }
}

/// True where all jobs that take time can be counted on one clock, so that a tie's number holds: its calendar.
pub(super) fn one_clock(plan: &Plan, scheduler: &Scheduler, jobs: &Jobs, fixed: &[bool]) -> Option<u32> {
    if jobs.first_of_many {
        return None;
    }
    let calendar = |task: u32| plan.tasks[task as usize].calendar.unwrap_or(0);
    let works = |task: &u32| length(&plan.tasks[*task as usize]) > 0;
    let clock = jobs.tasks.iter().flatten().copied().find(works).map_or(0, calendar);
    let continuous = scheduler.clock_of(clock).is_continuous();
    let elapsed = |task: u32| plan.tasks[task as usize].elapsed && works(&task);
    let fits = |task: u32| calendar(task) == clock && (continuous || !elapsed(task));
    let below = leaves(plan);
    let moves = |row: u32| below[row as usize].iter().any(|leaf| !fixed[*leaf as usize]);
    let linked = |link: &&Link| moves(link.predecessor) && moves(link.successor);
    let counts = |link: &Link| {
        let working = continuous || link.lag_unit == LagUnit::Working;
        link.lag == 0 || (calendar(scheduler.lag_task(link)) == clock && working)
    };
    // A moment at the end of a day is, for the calendar, one at the beginning of the next; seen from behind, what has to
    // end at it tells the two apart.
    let exact = |link: &Link| {
        let to_finish = matches!(link.kind, LinkKind::FinishToFinish | LinkKind::StartToFinish);
        let moments = || below[link.predecessor as usize].iter().any(|leaf| !works(leaf));
        continuous || !scheduler.is_turned() || !to_finish || !moments()
    };
    let counts = |link: &Link| counts(link) && exact(link);
    let all = jobs.tasks.iter().flatten().all(|task| fits(*task)) && plan.links.iter().filter(linked).all(counts);
    all.then_some(clock)
}

/// Where a job's own task may be put back to "as soon as possible": levelling keeps links and capacities, and names what
/// comes late, instead of breaking a link for a date.
pub(super) fn relaxed(task: &Task) -> Option<Task> {
    let dated = matches!(
        task.constraint,
        ConstraintKind::StartNoLaterThan | ConstraintKind::FinishNoLaterThan | ConstraintKind::AsLateAsPossible
    );
    dated.then(|| Task { constraint: ConstraintKind::AsSoonAsPossible, constraint_at: None, ..task.clone() })
}

/// True where a moment lies behind a limit.
pub(super) fn lateness(limit: Limit, start: Minute, finish: Minute) -> i64 {
    let behind = |at: Minute, limit: Minute| if limit.0 == i64::MAX { 0 } else { (at.0 - limit.0).max(0) };
    behind(start, limit.start).max(behind(finish, limit.finish))
}
