//! The network, compiled: who waits for whom, and an order in which everything can be computed.

use super::PlanFault;
use crate::projects::plan::{Link, Plan, TaskKind};

/// A step of the pass. A summary has two: what is asked of it, before its children; what they make of it, after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Task(u32),
    /// Gather what holds for everything below this summary.
    Open(u32),
    /// Span the children.
    Close(u32),
}

/// Links by task, in two flat lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    pub(super) links: Vec<Link>,
    pub(super) order: Vec<Step>,
    incoming: Ranges,
    outgoing: Ranges,
}

/// For each task, the indices of its links.
#[derive(Clone, Debug, Default)]
struct Ranges {
    first: Vec<u32>,
    links: Vec<u32>,
}

impl Ranges {
    fn new(tasks: usize, ends: impl Fn() -> Box<dyn Iterator<Item = u32>>) -> Self {
        let mut first = vec![0_u32; tasks + 1];
        for task in ends() {
            first[task as usize + 1] += 1;
        }
        for task in 0..tasks {
            first[task + 1] += first[task];
        }
        let mut next = first.clone();
        let mut links = vec![0_u32; first[tasks] as usize];
        for (link, task) in (0_u32..).zip(ends()) {
            links[next[task as usize] as usize] = link;
            next[task as usize] += 1;
        }
        Self { first, links }
    }

    fn of(&self, task: u32) -> &[u32] {
        &self.links[self.first[task as usize] as usize..self.first[task as usize + 1] as usize]
    }
}

impl Network {
    pub(super) fn new(plan: &Plan) -> Result<Self, PlanFault> {
        let count = plan.tasks.len();
        let predecessors: Vec<u32> = plan.links.iter().map(|link| link.predecessor).collect();
        let successors: Vec<u32> = plan.links.iter().map(|link| link.successor).collect();
        let incoming = Ranges::new(count, || Box::new(successors.clone().into_iter()));
        let outgoing = Ranges::new(count, || Box::new(predecessors.clone().into_iter()));
        let mut network = Self { links: plan.links.clone(), order: Vec::new(), incoming, outgoing };
        network.order = network.sort(plan)?;
        Ok(network)
    }

    /// Links that `task` waits for.
    pub(super) fn incoming(&self, task: u32) -> impl Iterator<Item = (u32, &Link)> {
        self.incoming.of(task).iter().map(|link| (*link, &self.links[*link as usize]))
    }

    /// Links that wait for `task`.
    pub(super) fn outgoing(&self, task: u32) -> impl Iterator<Item = (u32, &Link)> {
        self.outgoing.of(task).iter().map(|link| (*link, &self.links[*link as usize]))
    }

    /// Kahn's order over tasks and both ends of summaries. Node `n` is the task or the opening of summary `n`; node
    /// `count + n` the closing of summary `n`.
    fn sort(&self, plan: &Plan) -> Result<Vec<Step>, PlanFault> {
        let count = plan.tasks.len();
        let summary = |task: u32| plan.tasks[task as usize].kind == TaskKind::Summary;
        let tail = |task: u32| if summary(task) { count as u32 + task } else { task };
        let mut edges: Vec<Vec<u32>> = vec![Vec::new(); 2 * count];
        let mut waits = vec![0_u32; 2 * count];
        let mut tie = |from: u32, to: u32| {
            edges[from as usize].push(to);
            waits[to as usize] += 1;
        };
        for (index, task) in (0_u32..).zip(&plan.tasks) {
            if summary(index) {
                tie(index, tail(index));
            }
            if let Some(parent) = task.parent {
                tie(parent, index);
                tie(tail(index), tail(parent));
            }
        }
        for link in &plan.links {
            tie(tail(link.predecessor), link.successor);
        }
        let exists = |node: u32| (node as usize) < count || summary(node - count as u32);
        let mut ready: std::collections::VecDeque<u32> =
            (0..2 * count as u32).filter(|node| exists(*node) && waits[*node as usize] == 0).collect();
        let mut order = Vec::with_capacity(count);
        while let Some(node) = ready.pop_front() {
            order.push(match (node as usize) < count {
                true if summary(node) => Step::Open(node),
                true => Step::Task(node),
                false => Step::Close(node - count as u32),
            });
            for next in &edges[node as usize] {
                waits[*next as usize] -= 1;
                if waits[*next as usize] == 0 {
                    ready.push_back(*next);
                }
            }
        }
        let whole = (0..2 * count as u32).filter(|node| exists(*node)).count();
        if order.len() == whole { Ok(order) } else { Err(PlanFault::Cycle(circle(&edges, &waits, count))) }
    }
}

/// One circle among the nodes that never became ready, as tasks in order.
fn circle(edges: &[Vec<u32>], waits: &[u32], count: usize) -> Vec<u32> {
    let stuck = |node: u32| waits[node as usize] > 0;
    // Walking backwards from a stuck node stays among stuck nodes, since each waits for another; so a node comes twice.
    let mut behind: Vec<Option<u32>> = vec![None; edges.len()];
    for (from, next) in (0_u32..).zip(edges) {
        if stuck(from) {
            for to in next.iter().filter(|to| stuck(**to)) {
                behind[*to as usize].get_or_insert(from);
            }
        }
    }
    let Some(mut node) = (0..edges.len() as u32).find(|node| stuck(*node) && behind[*node as usize].is_some()) else {
        return Vec::new();
    };
    let mut place = vec![usize::MAX; edges.len()];
    let mut path = Vec::new();
    while place[node as usize] == usize::MAX {
        place[node as usize] = path.len();
        path.push(node);
        let Some(before) = behind[node as usize] else { break };
        node = before;
    }
    let first = place[node as usize].min(path.len() - 1);
    let mut tasks: Vec<u32> = path[first..].iter().rev().map(|node| node % count as u32).collect();
    tasks.dedup();
    if tasks.len() > 1 && tasks.first() == tasks.last() {
        tasks.pop();
    }
    tasks
}
