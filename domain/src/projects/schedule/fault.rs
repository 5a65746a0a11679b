//! What cannot be scheduled.

use std::fmt;

use crate::{
    Minute,
    projects::{
        calendar::CalendarFault,
        plan::{Direction, Plan, TaskKind},
    },
};

/// A hundred years of wall-clock minutes.
const LONGEST: i64 = 100 * 366 * Minute::DAY;

/// Why a plan cannot be scheduled. Tasks are named by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanFault {
    /// Tasks that wait for each other, in order.
    Cycle(Vec<u32>),
    /// A calendar without working time, or with impossible windows.
    Calendar { calendar: u32, fault: CalendarFault },
    /// An index that leads nowhere.
    Index { task: u32 },
    /// A summary must stand before its children.
    Parent { task: u32 },
    /// A task linked to itself, or to a summary that it stands below.
    Family { task: u32 },
    /// A duration or lag below zero or above a hundred years.
    Duration { task: u32 },
    /// A date outside 1970 to 2200.
    Date { task: u32 },
    /// A constraint without its date.
    ConstraintDate { task: u32 },
    /// A plan that counts backward without a finish, or dates of the project outside 1970 to 2200.
    ProjectDates,
}

impl PlanFault {
    /// The field that it belongs to.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Cycle(_) | Self::Family { .. } => "links",
            Self::Calendar { .. } => "calendar",
            Self::Index { .. } => "tasks",
            Self::Parent { .. } => "parent_id",
            Self::Duration { .. } => "duration_minutes",
            Self::Date { .. } => "start",
            Self::ConstraintDate { .. } => "constraint_at",
            Self::ProjectDates => "target_end_date",
        }
    }

    /// A sentence, with tasks called as `name` says.
    pub fn sentence(&self, name: impl Fn(u32) -> String) -> String {
        match self {
            Self::Cycle(tasks) => {
                let around: Vec<String> = tasks.iter().chain(tasks.first()).map(|task| name(*task)).collect();
                format!("These tasks wait for each other: {}.", around.join(" → "))
            }
            Self::Calendar { fault, .. } => fault.to_string(),
            Self::Index { task } => format!("{} names something that is not in the plan.", name(*task)),
            Self::Parent { task } => format!("{} stands before the summary that it belongs to.", name(*task)),
            Self::Family { task } => format!("{} is linked to itself or to a row that it stands below.", name(*task)),
            Self::Duration { task } => {
                format!("{} has a duration or lag below zero or above a hundred years.", name(*task))
            }
            Self::Date { task } => format!("{} names a date outside 1970 to 2200.", name(*task)),
            Self::ConstraintDate { task } => format!("The constraint of {} needs a date.", name(*task)),
            Self::ProjectDates => {
                "The project needs a start, and a finish where it counts backward, between 1970 and 2200.".to_owned()
            }
        }
    }
}

impl fmt::Display for PlanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(|task| format!("row {}", task + 1)))
    }
}

impl std::error::Error for PlanFault {}

/// Everything that can be told without the network.
pub(super) fn check(plan: &Plan) -> Result<(), PlanFault> {
    let backward = plan.direction == Direction::Backward;
    if !plan.start.in_range() || plan.finish.is_some_and(|at| !at.in_range()) || (backward && plan.finish.is_none()) {
        return Err(PlanFault::ProjectDates);
    }
    for (calendar, pattern) in (0_u32..).zip(&plan.calendars) {
        pattern.check().map_err(|fault| PlanFault::Calendar { calendar, fault })?;
    }
    if plan.calendars.is_empty() {
        return Err(PlanFault::Calendar { calendar: 0, fault: CalendarFault::NoWork });
    }
    for (index, task) in (0_u32..).zip(&plan.tasks) {
        if task.calendar.is_some_and(|calendar| calendar as usize >= plan.calendars.len()) {
            return Err(PlanFault::Index { task: index });
        }
        if let Some(parent) = task.parent {
            let above = plan.tasks.get(parent as usize).ok_or(PlanFault::Index { task: index })?;
            if parent >= index || above.kind != TaskKind::Summary {
                return Err(PlanFault::Parent { task: index });
            }
        }
        if !(0..=LONGEST).contains(&task.duration) || !(0..=LONGEST).contains(&task.span()) {
            return Err(PlanFault::Duration { task: index });
        }
        if task.constraint.needs_date() && task.constraint_at.is_none() {
            return Err(PlanFault::ConstraintDate { task: index });
        }
        let dates = [
            task.constraint_at,
            task.deadline,
            task.manual_start,
            task.actual_start,
            task.actual_finish,
            task.level_from,
        ];
        if dates.into_iter().flatten().any(|at| !at.in_range()) {
            return Err(PlanFault::Date { task: index });
        }
    }
    for link in &plan.links {
        let (from, to) = (link.predecessor, link.successor);
        if from as usize >= plan.tasks.len() || to as usize >= plan.tasks.len() {
            return Err(PlanFault::Index { task: from.min(to) });
        }
        if link.lag.abs() > LONGEST {
            return Err(PlanFault::Duration { task: to });
        }
        if below(plan, from, to) || below(plan, to, from) {
            return Err(PlanFault::Family { task: to });
        }
    }
    Ok(())
}

/// True where `task` is `above` or stands below it.
fn below(plan: &Plan, task: u32, above: u32) -> bool {
    let mut here = Some(task);
    while let Some(index) = here {
        if index == above {
            return true;
        }
        here = plan.tasks[index as usize].parent;
    }
    false
}
