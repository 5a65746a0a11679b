//! Plans as they were once agreed, to be compared with what they have become.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    document::{PlanDocument, check_name},
    plan::TaskKind,
    schedule::{Schedule, Scheduler, Slot},
};
use crate::{BaselineId, Fault, Minute, TaskId};

/// Baselines that a project may have.
pub const BASELINES_MAX: usize = 50;

/// A baseline in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BaselineHead {
    pub id: BaselineId,
    pub name: String,
    pub taken_at: DateTime<Utc>,
    pub taken_by: String,
    /// The revision of the plan that it was.
    pub revision: i64,
    /// When the plan ended.
    pub finish: Minute,
    /// Rows that it holds.
    pub tasks: u64,
    pub version: i64,
}

impl BaselineHead {
    /// # Errors
    /// `InvalidInput` on `name`.
    pub fn check_name(name: &str) -> Result<(), Fault> {
        check_name("name", name, "baseline")
    }
}

/// A row as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BaselineTask {
    pub task_id: TaskId,
    pub start: Minute,
    pub finish: Minute,
    pub duration_minutes: i64,
}

/// A baseline with its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Baseline {
    #[serde(flatten)]
    pub head: BaselineHead,
    pub rows: Vec<BaselineTask>,
}

/// How far a row has come off. Working minutes by the task's clock; above zero for later and longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variance {
    pub start_minutes: i64,
    pub finish_minutes: i64,
    pub duration_minutes: i64,
}

impl PlanDocument {
    /// The rows as they are now.
    #[must_use]
    pub fn baseline_rows(&self, schedule: &Schedule, scheduler: &Scheduler) -> Vec<BaselineTask> {
        let rows = self.tasks.iter().zip(&schedule.tasks).zip(0_u32..);
        rows.map(|((task, slot), index)| BaselineTask {
            task_id: task.id,
            start: slot.start,
            finish: slot.finish,
            duration_minutes: length(scheduler, index, *slot),
        })
        .collect()
    }
}

impl BaselineTask {
    /// How the row that stands at `index` differs.
    #[must_use]
    pub fn variance(&self, scheduler: &Scheduler, index: u32, slot: Slot) -> Variance {
        let clock = scheduler.clock(index);
        Variance {
            start_minutes: clock.between(self.start, slot.start),
            finish_minutes: clock.between(self.finish, slot.finish),
            duration_minutes: length(scheduler, index, slot) - self.duration_minutes,
        }
    }
}

/// Rows by task.
#[must_use]
pub fn by_task(rows: &[BaselineTask]) -> HashMap<TaskId, BaselineTask> {
    rows.iter().map(|row| (row.task_id, *row)).collect()
}

fn length(scheduler: &Scheduler, index: u32, slot: Slot) -> i64 {
    let task = scheduler.task(index);
    match task.kind {
        TaskKind::Task => task.duration,
        TaskKind::Milestone => 0,
        TaskKind::Summary => scheduler.clock(index).between(slot.start, slot.finish),
    }
}
