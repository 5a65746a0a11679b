//! The load of people, departments and machines over all projects: how much of each is asked for in a day, a week or a
//! month, and how much there is.
//!
//! A resource that has hours of its own is there in these. One that works whenever a task does is measured by the
//! standard week, and by what its tasks ask for outside of it.
//!
//! *Invariant:* amounts are minutes times units, so nothing is rounded: eight hours of one person or one machine are
//! 48,000.

mod amount;
mod columns;
mod work;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use amount::{LoadAmount, LoadState};
pub use columns::{COLUMNS_MAX, ColumnStep, Columns};
pub use work::{PlanWork, Work, Workload};

use super::resource::ResourceKind;
use crate::{Minute, ProjectId, ResourceId, TaskId};

/// What load is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LoadAsked {
    /// A day of the first column; the present one where absent.
    pub from: Option<NaiveDate>,
    /// A day of the last column; a few columns later where absent.
    pub to: Option<NaiveDate>,
    pub step: ColumnStep,
    pub kind: Option<ResourceKind>,
    /// Only what is asked for too much.
    pub over: bool,
}

/// The load of some resources, beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadGrid {
    pub step: ColumnStep,
    /// The first day of each column.
    pub columns: Vec<NaiveDate>,
    /// The day behind the last column.
    pub end: NaiveDate,
    pub today: NaiveDate,
    /// People by name, then departments, then machines.
    pub items: Vec<LoadRow>,
    /// Resources in the whole list.
    pub total: u64,
    /// Hand this in as `cursor` for the page after; absent on the last.
    pub next_cursor: Option<String>,
    /// Of the resources in the whole list, those that are asked for too much in these days.
    pub overbooked: u64,
}

/// The load of one resource. Amounts are minutes times units: eight hours of one whole are 48,000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadRow {
    pub id: ResourceId,
    pub kind: ResourceKind,
    pub name: String,
    /// Percent: 100 is one person or one machine.
    pub capacity: i64,
    /// One for each column.
    pub cells: Vec<LoadAmount>,
}

impl LoadRow {
    /// What all columns come to.
    #[must_use]
    pub fn sum(&self) -> LoadAmount {
        self.cells.iter().fold(LoadAmount::default(), |sum, cell| sum + *cell)
    }
}

/// What the load of one resource is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadParts {
    pub id: ResourceId,
    pub kind: ResourceKind,
    pub name: String,
    /// First and last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub amount: LoadAmount,
    /// Tasks of all projects, those that ask for most first.
    pub items: Vec<LoadPart>,
    /// Tasks in the whole list.
    pub total: u64,
    /// Hand this in as `cursor` for the page after; absent on the last.
    pub next_cursor: Option<String>,
}

/// What one task asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadPart {
    pub project_id: ProjectId,
    pub project_code: String,
    pub project_name: String,
    pub task_id: TaskId,
    pub task_name: String,
    pub start: Minute,
    pub finish: Minute,
    /// Percent of the resource while the task works.
    pub units: i64,
    /// In these days, in minutes times units.
    pub used: i64,
    /// 0 to 100.
    pub progress: u8,
}
