//! Who and what the plan on the chart needs, when, and where that is too much. No browser in here.

use std::collections::HashMap;

use domain::{
    Minute, ResourceId,
    projects::{
        document::PlanDocument,
        level::{Demand, LoadStep, load},
        resource::{ResourceBooking, ResourceKind, ResourceRecord, Staffing, called},
        schedule::{Schedule, Scheduler, Slot},
    },
};

/// Demands up to which the load is worked out in every frame of a drag; beyond, when it is dropped.
const EVERY_FRAME: usize = 1_500;

/// How much is asked of one resource, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceLoad {
    pub id: ResourceId,
    pub kind: ResourceKind,
    pub name: String,
    pub capacity: i64,
    pub steps: Vec<LoadStep>,
    /// Minutes in which it is asked for more than there is of it.
    pub over: i64,
    /// Most units at once.
    pub peak: i64,
}

/// The staff of a plan.
#[derive(Default)]
pub struct Staff {
    known: Vec<ResourceRecord>,
    bookings: Vec<ResourceBooking>,
    basis: Option<(Staffing, Scheduler)>,
    loads: Vec<ResourceLoad>,
    /// By task: something that it needs is asked for too much while it works.
    over: Vec<bool>,
    /// What lies before this moment is past mending.
    now: Minute,
}

impl Staff {
    /// A staff whose past ends at `now`.
    pub fn new(now: Minute) -> Self {
        Self { now, ..Self::default() }
    }

    /// Resources of the organisation, and what other projects have taken of them.
    pub fn set(&mut self, known: Vec<ResourceRecord>, bookings: Vec<ResourceBooking>) {
        (self.known, self.bookings) = (known, bookings);
    }

    pub fn known(&self) -> &[ResourceRecord] {
        &self.known
    }

    pub fn bookings(&self) -> &[ResourceBooking] {
        &self.bookings
    }

    /// Each resource that the plan needs, people first, by name.
    pub fn loads(&self) -> &[ResourceLoad] {
        &self.loads
    }

    /// True where a task needs something that is asked for too much meanwhile.
    pub fn is_over(&self, task: u32) -> bool {
        self.over.get(task as usize).copied().unwrap_or_default()
    }

    /// True where the load may be worked out in every frame.
    pub fn is_quick(&self) -> bool {
        self.basis.as_ref().is_none_or(|(staffing, _)| staffing.demands.len() <= EVERY_FRAME)
    }

    /// What the plan needs, where rows or their needs have changed.
    pub fn index(&mut self, document: &PlanDocument) {
        // Most plans begin without anybody; they need no second plan beside their own.
        if document
            .tasks
            .iter()
            .all(|task| task.assignees.is_empty() && task.assignments.is_empty() && task.department.is_none())
        {
            self.basis = None;
            return;
        }
        let staffing = document.staff(&self.known, &self.bookings);
        self.basis = if staffing.demands.is_empty() {
            None
        } else {
            Scheduler::new(&staffing.plan).ok().map(|scheduler| (staffing, scheduler))
        };
    }

    /// What is asked when, by the dates of `schedule`.
    pub fn measure(&mut self, schedule: &Schedule) {
        self.loads.clear();
        self.over.clear();
        let Some((staffing, scheduler)) = &self.basis else { return };
        let steps = steps(staffing, scheduler, &schedule.tasks);
        self.over = over(staffing, &schedule.tasks, &steps, self.now);
        let records: HashMap<ResourceId, &ResourceRecord> =
            self.known.iter().map(|record| (record.id, record)).collect();
        self.loads = staffing
            .ids
            .iter()
            .zip(&staffing.resources)
            .zip(steps)
            .map(|((id, resource), steps)| {
                let record = records.get(id);
                ResourceLoad {
                    id: *id,
                    kind: record.map_or(ResourceKind::Person, |record| record.kind),
                    name: called(&self.known, *id).to_owned(),
                    capacity: resource.capacity,
                    over: too_much(&steps, self.now).map(|(from, to)| to.0 - from.0).sum(),
                    peak: steps.iter().map(|step| step.used).max().unwrap_or(0),
                    steps,
                }
            })
            .collect();
        self.loads.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    }

    /// Minutes, over all resources, in which these dates ask for more than there is.
    pub fn overload(&self) -> i64 {
        self.loads.iter().map(|load| load.over).sum()
    }

    /// Who or what keeps a task away that levelling put where it is, and the task that has it until then: from then on,
    /// where the plan counts `backward`.
    pub fn held_by(&self, task: u32, slots: &[Slot], backward: bool) -> Option<(String, u32)> {
        let (staffing, _) = self.basis.as_ref()?;
        let own = slots.get(task as usize)?;
        let needed: Vec<u32> = needs(staffing, task).collect();
        let others = staffing.demands.iter().filter(|demand| needed.contains(&demand.resource) && demand.task != task);
        let at = |demand: &&Demand| slots[demand.task as usize];
        let nearest = if backward {
            others.filter(|demand| at(demand).start >= own.finish).min_by_key(|demand| at(demand).start)
        } else {
            others.filter(|demand| at(demand).finish <= own.start).max_by_key(|demand| at(demand).finish)
        }?;
        Some((called(&self.known, staffing.ids[nearest.resource as usize]).to_owned(), nearest.task))
    }

    /// Tasks that need a resource between two moments.
    pub fn tasks_at(&self, id: ResourceId, from: Minute, to: Minute, slots: &[Slot]) -> Vec<u32> {
        let Some((staffing, _)) = &self.basis else { return Vec::new() };
        let needs = staffing.demands.iter().filter(|demand| staffing.ids[demand.resource as usize] == id);
        let there = needs
            .map(|demand| demand.task)
            .filter(|task| slots.get(*task as usize).is_some_and(|slot| slot.start < to && slot.finish > from));
        there.collect()
    }
}

fn needs(staffing: &Staffing, task: u32) -> impl Iterator<Item = u32> {
    staffing.demands.iter().filter(move |demand| demand.task == task).map(|demand| demand.resource)
}

fn steps(staffing: &Staffing, scheduler: &Scheduler, slots: &[Slot]) -> Vec<Vec<LoadStep>> {
    let span = |task: u32| slots.get(task as usize).map_or_else(Default::default, |slot| (slot.start, slot.finish));
    load(scheduler, &staffing.resources, &staffing.demands, &staffing.bookings, span)
}

/// When this plan asks for more than there is, from `now` on.
fn too_much(steps: &[LoadStep], now: Minute) -> impl Iterator<Item = (Minute, Minute)> {
    let ahead = steps.iter().filter(move |step| step.is_overload() && step.to > now);
    ahead.map(move |step| (step.from.max(now), step.to))
}

fn over(staffing: &Staffing, slots: &[Slot], steps: &[Vec<LoadStep>], now: Minute) -> Vec<bool> {
    let mut over = vec![false; slots.len()];
    let times: Vec<Vec<(Minute, Minute)>> = steps.iter().map(|steps| too_much(steps, now).collect()).collect();
    for demand in &staffing.demands {
        let Some(slot) = slots.get(demand.task as usize) else { continue };
        let times = &times[demand.resource as usize];
        // Times rise, so the first that ends behind the start decides.
        let first = times.partition_point(|(_, to)| *to <= slot.start);
        let hit = times.get(first).is_some_and(|(from, _)| *from < slot.finish);
        over[demand.task as usize] |= hit && slot.start < slot.finish;
    }
    over
}
