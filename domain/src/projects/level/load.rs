//! How much of each resource is used when: what a histogram draws, and what is asked for beyond what there is.
//!
//! A resource is needed while a task works: nights and Sundays of the task's calendar between its start and its finish
//! need nothing.

use serde::{Deserialize, Serialize};

use super::{Booking, Demand, Resource};
use crate::{
    Minute,
    projects::{plan::TaskKind, schedule::Scheduler},
};

/// A stretch of time with the same use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadStep {
    pub from: Minute,
    pub to: Minute,
    /// By this plan and by others.
    pub used: i64,
    /// Of it, what others have booked.
    pub booked: i64,
    /// 0 where the resource's calendar has no working time.
    pub capacity: i64,
}

impl LoadStep {
    /// True where this plan takes part in using more than there is.
    #[must_use]
    pub const fn is_overload(&self) -> bool {
        self.used > self.capacity && self.used > self.booked
    }
}

/// The steps of each resource, from its first use to its last, without holes; none where nothing uses it.
///
/// `span` says when a task starts and finishes. Demands of summaries and milestones, and such as lead nowhere, are left
/// out.
#[must_use]
pub fn load(
    scheduler: &Scheduler,
    resources: &[Resource],
    demands: &[Demand],
    bookings: &[Booking],
    span: impl Fn(u32) -> (Minute, Minute),
) -> Vec<Vec<LoadStep>> {
    let mut changes: Vec<Vec<Change>> = vec![Vec::new(); resources.len()];
    for demand in demands {
        let (Some(changes), true) = (changes.get_mut(demand.resource as usize), scheduler.has_task(demand.task)) else {
            continue;
        };
        let (start, finish) = span(demand.task);
        for (from, to) in working(scheduler, demand.task, start, finish) {
            changes.extend(Change::pair(from, to, demand.units));
        }
    }
    for booking in bookings {
        if let Some(changes) = changes.get_mut(booking.resource as usize) {
            let own = Change::pair(booking.from, booking.to, booking.units);
            changes.extend(own.map(|change| Change { booked: change.used, ..change }));
        }
    }
    let there = |resource: &Resource, from, to| match resource.calendar {
        Some(calendar) => scheduler.clock_of(calendar).stretches(from, to).collect(),
        None => vec![(from, to)],
    };
    let steps = |(resource, changes): (&Resource, Vec<Change>)| {
        sweep(resource.capacity, |from, to| there(resource, from, to), changes)
    };
    resources.iter().zip(changes).map(steps).collect()
}

/// Minutes in which more is used than there is, over all resources.
#[must_use]
pub fn overload(load: &[Vec<LoadStep>]) -> i64 {
    load.iter().flatten().filter(|step| step.is_overload()).map(|step| step.to.0 - step.from.0).sum()
}

/// When a task works between two moments.
pub(super) fn working(scheduler: &Scheduler, task: u32, start: Minute, finish: Minute) -> Vec<(Minute, Minute)> {
    let row = scheduler.task(task);
    match row.kind {
        TaskKind::Task if row.elapsed => vec![(start, finish)],
        TaskKind::Task => {
            let clock = scheduler.clock(task);
            let pieces = scheduler.pieces(task, start, finish);
            pieces.into_iter().flat_map(|(from, to)| clock.stretches(from, to).collect::<Vec<_>>()).collect()
        }
        TaskKind::Milestone | TaskKind::Summary => Vec::new(),
    }
}

/// More or less is asked for from a moment on.
#[derive(Clone, Copy, Debug)]
pub(in crate::projects) struct Change {
    pub(in crate::projects) at: Minute,
    pub(in crate::projects) used: i64,
    /// Of it, by others.
    pub(in crate::projects) booked: i64,
}

impl Change {
    /// So much from one moment to another.
    pub(in crate::projects) fn pair(from: Minute, to: Minute, units: i64) -> [Self; 2] {
        [(from, units), (to, -units)].map(|(at, used)| Self { at, used, booked: 0 })
    }
}

/// What is asked for between the first change and the last, of a capacity that is there at the times that `there` gives
/// for a stretch.
pub(in crate::projects) fn sweep(
    capacity: i64,
    there: impl Fn(Minute, Minute) -> Vec<(Minute, Minute)>,
    mut changes: Vec<Change>,
) -> Vec<LoadStep> {
    changes.sort_unstable_by_key(|change| change.at);
    let mut steps: Vec<LoadStep> = Vec::new();
    let mut add = |step: LoadStep| match steps.last_mut() {
        Some(last) if (last.used, last.booked, last.capacity) == (step.used, step.booked, step.capacity) => {
            last.to = step.to;
        }
        _ => steps.push(step),
    };
    let (mut used, mut booked) = (0, 0);
    for (change, next) in changes.iter().zip(changes.iter().skip(1)) {
        (used, booked) = (used + change.used, booked + change.booked);
        let (mut here, to) = (change.at, next.at);
        if here == to {
            continue;
        }
        for (open, close) in there(here, to) {
            if here < open {
                add(LoadStep { from: here, to: open, used, booked, capacity: 0 });
            }
            add(LoadStep { from: open, to: close, used, booked, capacity });
            here = close;
        }
        if here < to {
            add(LoadStep { from: here, to, used, booked, capacity: 0 });
        }
    }
    steps
}
