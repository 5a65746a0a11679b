//! What can be done to a plan. The same operation is applied in the browser, where it is shown at once, and on the
//! server, where it is stored; each application yields a [`Delta`], and undoing is applying its inverse.

mod apply;
mod batch;
mod calendar;
mod delta;
mod draft;
mod history;
mod import;
mod link;
mod place;
mod replay;
mod words;

use serde::{Deserialize, Serialize};

pub use apply::TASKS_MAX;
pub use calendar::{CALENDARS_MAX, EXCEPTIONS_MAX};
pub use delta::{Delta, RowChange};
pub use draft::{ProjectPatch, TaskDraft, TaskPatch};

use super::{
    amount::written,
    document::{CalendarRecord, LinkRecord, PlanDocument, TaskRecord},
    plan::{Direction, LagUnit, LinkKind},
};
use crate::{CalendarId, LinkId, Minute, TaskId};

/// One thing that a planner does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation {
    /// A new row below `parent_id`, behind its sibling `after` (last where absent).
    AddTask {
        id: TaskId,
        #[serde(default)]
        parent_id: Option<TaskId>,
        #[serde(default)]
        after: Option<TaskId>,
        task: Box<TaskDraft>,
    },
    /// Changes fields of a row. With `version`, refused where somebody changed the row since.
    EditTask {
        id: TaskId,
        #[serde(default)]
        version: Option<i64>,
        patch: Box<TaskPatch>,
    },
    /// Removes rows with everything below them and every link to them.
    RemoveTasks { ids: Vec<TaskId> },
    /// Puts rows below `parent_id`, behind `after` (first where absent), keeping their order.
    PlaceTasks {
        ids: Vec<TaskId>,
        #[serde(default)]
        parent_id: Option<TaskId>,
        #[serde(default)]
        after: Option<TaskId>,
    },
    /// A task starts here: by a constraint, so that it still moves on when a predecessor pushes; a manual task is put.
    MoveTask { id: TaskId, start: Minute },
    /// Several tasks, each to its own start.
    MoveTasks { moves: Vec<TaskMove> },
    /// Levelling: these tasks start no earlier than this (no later, where the plan counts backward), all others when their
    /// links allow. None for a plan that is not levelled.
    LevelTasks { starts: Vec<TaskMove> },
    /// A task takes as long as this, in minutes.
    StretchTask { id: TaskId, duration_minutes: i64 },
    /// One task waits for another.
    AddLink {
        id: LinkId,
        predecessor_id: TaskId,
        successor_id: TaskId,
        #[serde(rename = "type", default)]
        kind: LinkKind,
        #[serde(default)]
        lag_minutes: i64,
        #[serde(default)]
        lag_unit: LagUnit,
    },
    /// Changes how one task waits for another.
    EditLink {
        id: LinkId,
        #[serde(default)]
        version: Option<i64>,
        #[serde(rename = "type", default)]
        kind: Option<LinkKind>,
        #[serde(default)]
        lag_minutes: Option<i64>,
        #[serde(default)]
        lag_unit: Option<LagUnit>,
    },
    /// One task waits no longer for another.
    RemoveLink { id: LinkId },
    /// Changes what the project is.
    EditProject {
        #[serde(default)]
        version: Option<i64>,
        patch: Box<ProjectPatch>,
    },
    /// Adds a calendar, or replaces the one with its id.
    SetCalendar { calendar: CalendarRecord },
    /// Removes a calendar that nothing uses.
    RemoveCalendar { id: CalendarId },
    /// Many rows at once, below what is there.
    Import { tasks: Vec<TaskRecord>, links: Vec<LinkRecord>, calendars: Vec<CalendarRecord> },
}

/// A task and its new start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskMove {
    pub id: TaskId,
    pub start: Minute,
}

impl Operation {
    /// What is done, in a sentence without an end: `Moved Cut blanks to 5 Jan 2026`.
    #[must_use]
    pub fn describe(&self, plan: &PlanDocument) -> String {
        let name = |id: &TaskId| plan.task(*id).map_or_else(|| "a task".to_owned(), |task| task.name.clone());
        let linked = |id: &LinkId| {
            plan.links.iter().find(|link| link.id == *id).map_or_else(
                || "a link".to_owned(),
                |link| format!("{} → {}", name(&link.predecessor_id), name(&link.successor_id)),
            )
        };
        match self {
            Self::AddTask { task, .. } => format!("Added {}", task.name),
            Self::EditTask { id, patch, .. } => match plan.task(*id) {
                Some(task) => words::edited(task, patch, plan.calendar().minutes_per_day()),
                None => "Changed a task".to_owned(),
            },
            Self::RemoveTasks { ids } if ids.len() == 1 => format!("Removed {}", name(&ids[0])),
            Self::RemoveTasks { ids } => format!("Removed {} tasks", ids.len()),
            Self::PlaceTasks { ids, .. } if ids.len() == 1 => format!("Placed {}", name(&ids[0])),
            Self::PlaceTasks { ids, .. } => format!("Placed {} tasks", ids.len()),
            Self::MoveTask { id, start } => format!("Moved {} to {}", name(id), start.day_in_words()),
            Self::MoveTasks { moves } if moves.len() == 1 => {
                format!("Moved {} to {}", name(&moves[0].id), moves[0].start.day_in_words())
            }
            Self::MoveTasks { moves } => format!("Moved {} tasks", moves.len()),
            Self::LevelTasks { starts } if starts.is_empty() => "Cleared the levelling".to_owned(),
            Self::LevelTasks { starts } if plan.head.direction == Direction::Backward => {
                format!("Levelled the plan: {} tasks come earlier", starts.len())
            }
            Self::LevelTasks { starts } => format!("Levelled the plan: {} tasks wait", starts.len()),
            Self::StretchTask { id, duration_minutes } => {
                format!("Set {} to {}", name(id), written(*duration_minutes, plan.calendar().minutes_per_day()))
            }
            Self::AddLink { predecessor_id, successor_id, .. } => {
                format!("Linked {} → {}", name(predecessor_id), name(successor_id))
            }
            Self::EditLink { id, .. } => format!("Changed the link {}", linked(id)),
            Self::RemoveLink { id } => format!("Removed the link {}", linked(id)),
            Self::EditProject { patch, .. } => {
                format!("Changed {} of the project {}", words::listed(&patch.changed(&plan.head)), plan.head.code)
            }
            Self::SetCalendar { calendar } => format!("Set the calendar {}", calendar.name),
            Self::RemoveCalendar { .. } => "Removed a calendar".to_owned(),
            Self::Import { tasks, links, .. } => format!("Imported {} tasks and {} links", tasks.len(), links.len()),
        }
    }
}
