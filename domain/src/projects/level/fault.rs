//! What cannot be levelled.

use std::fmt;

use super::{LevelProblem, Resource};
use crate::projects::schedule::PlanFault;

/// Units that a capacity or a demand may have: ten thousand people.
const MOST: i64 = 1_000_000;

/// Why a plan cannot be levelled. Tasks and resources are named by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelFault {
    /// The plan itself cannot be scheduled.
    Plan(PlanFault),
    /// A demand or a resource names something that is not there.
    Index { demand: u32 },
    /// A resource names a calendar that is not in the plan, or a capacity below zero or beyond ten thousand people.
    Resource { resource: u32 },
    /// A demand for less than nothing, or for more than ten thousand people.
    Units { task: u32, resource: u32 },
    /// A list of locks or priorities that does not have one entry for each task.
    Lists,
    /// A task that alone asks for more than there is.
    TooMuch { task: u32, resource: u32, units: i64, capacity: i64 },
    /// A task that is longer than any time for which everything it needs is there.
    NoWindow { task: u32 },
}

impl LevelFault {
    /// A sentence, with tasks and resources called as the two functions say.
    pub fn sentence(&self, task_name: impl Fn(u32) -> String, resource_name: impl Fn(u32) -> String) -> String {
        match self {
            Self::Plan(fault) => fault.sentence(task_name),
            Self::Index { demand } => {
                format!("Demand {} names a task or a resource that is not in the plan.", demand + 1)
            }
            Self::Resource { resource } => {
                format!(
                    "{} has an impossible capacity or a calendar that is not in the plan.",
                    resource_name(*resource)
                )
            }
            Self::Units { task, resource } => {
                format!("{} asks for an impossible amount of {}.", task_name(*task), resource_name(*resource))
            }
            Self::Lists => "Every task needs one lock and one priority.".to_owned(),
            Self::TooMuch { task, resource, units, capacity } => format!(
                "{} alone asks for {} % of {}, of which there are {} %.",
                task_name(*task),
                units,
                resource_name(*resource),
                capacity
            ),
            Self::NoWindow { task } => {
                format!("{} is longer than any time for which everything it needs is there.", task_name(*task))
            }
        }
    }
}

impl fmt::Display for LevelFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(|task| format!("row {}", task + 1), |resource| format!("resource {}", resource + 1)))
    }
}

impl std::error::Error for LevelFault {}

impl From<PlanFault> for LevelFault {
    fn from(fault: PlanFault) -> Self {
        Self::Plan(fault)
    }
}

/// Everything that can be told without a schedule.
pub(super) fn check(problem: &LevelProblem) -> Result<(), LevelFault> {
    let plan = problem.plan;
    let wrong = |length: usize| length != 0 && length != plan.tasks.len();
    if wrong(problem.locked.len()) || wrong(problem.priorities.len()) {
        return Err(LevelFault::Lists);
    }
    for (resource, it) in (0_u32..).zip(&problem.resources) {
        if !(0..=MOST).contains(&it.capacity) || it.calendar.is_some_and(|index| index as usize >= plan.calendars.len())
        {
            return Err(LevelFault::Resource { resource });
        }
    }
    for (index, demand) in (0_u32..).zip(&problem.demands) {
        if demand.task as usize >= plan.tasks.len() || demand.resource as usize >= problem.resources.len() {
            return Err(LevelFault::Index { demand: index });
        }
        if !(0..=MOST).contains(&demand.units) {
            return Err(LevelFault::Units { task: demand.task, resource: demand.resource });
        }
    }
    for booking in &problem.bookings {
        if booking.resource as usize >= problem.resources.len() || !(0..=MOST).contains(&booking.units) {
            return Err(LevelFault::Resource { resource: booking.resource });
        }
    }
    Ok(())
}

/// No task that may move asks for more than there is.
pub(super) fn check_capacity(
    resources: &[Resource],
    uses: impl Iterator<Item = (u32, u32, i64)>,
) -> Result<(), LevelFault> {
    for (task, resource, units) in uses {
        let capacity = resources[resource as usize].capacity;
        if units > capacity {
            return Err(LevelFault::TooMuch { task, resource, units, capacity });
        }
    }
    Ok(())
}
