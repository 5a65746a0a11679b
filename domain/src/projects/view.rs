//! What lists and pages of projects show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{document::ProjectStatus, exchange::column::ColumnMapping, operation::Delta, plan::Direction};
use crate::{CommentId, Minute, OperationId, ProjectId, TaskId, UserId};

/// A project in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectRow {
    pub id: ProjectId,
    pub code: String,
    pub name: String,
    pub status: ProjectStatus,
    pub manager_id: Option<UserId>,
    pub manager_name: Option<String>,
    #[serde(rename = "start_date")]
    pub start: Minute,
    #[serde(rename = "target_end_date")]
    pub target_end: Option<Minute>,
    /// When the plan ends, as scheduled.
    pub finish: Minute,
    /// 0 to 100, weighted by duration.
    pub progress: u8,
    pub tasks: u64,
    pub critical: u64,
    pub overdue: u64,
    pub version: i64,
}

/// A project to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "name": "Die 7", "start_date": "2026-01-05", "target_end_date": "2026-06-30", "description": "For line 4",
    }))
)]
pub struct NewProject {
    pub name: String,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub description: String,
    #[serde(rename = "start_date", alias = "start")]
    pub start: Minute,
    #[serde(default, rename = "target_end_date", alias = "target_end")]
    pub target_end: Option<Minute>,
    #[serde(default)]
    pub manager_id: Option<UserId>,
    #[serde(default)]
    pub status: ProjectStatus,
    #[serde(default)]
    pub direction: Direction,
}

/// What a change of a plan came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Applied {
    pub revision: i64,
    pub operation_id: OperationId,
    pub delta: Delta,
}

/// A step in the history of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityRow {
    pub id: OperationId,
    pub revision: i64,
    pub at: DateTime<Utc>,
    pub actor_name: String,
    /// `do`, `undo` or `redo`.
    pub verb: String,
    pub summary: String,
    pub before: Value,
    pub after: Value,
    pub undone: bool,
}

/// A comment on a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    pub id: CommentId,
    pub task_id: TaskId,
    pub author_id: UserId,
    pub author_name: String,
    pub body: String,
    /// Who is spoken to.
    #[serde(default)]
    pub mentions: Vec<UserId>,
    pub created_at: DateTime<Utc>,
}

/// Where somebody is on a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Presence {
    /// The window of the browser: somebody may look twice.
    pub window: Uuid,
    /// The task whose row is marked.
    pub task: Option<TaskId>,
    /// The task that is being moved or typed into.
    pub editing: Option<TaskId>,
    /// Where the pointer is: the row's task and the moment.
    pub over: Option<TaskId>,
    pub at: Option<Minute>,
    /// The page is being left.
    pub gone: bool,
}

/// How to level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct LevelRequest {
    /// Milliseconds that the search may take, 1 to 10,000; a second where nothing is said.
    pub time_limit_ms: Option<u64>,
    /// Schedules that are tried at most.
    pub rounds: Option<u32>,
    /// The same seed and rounds give the same plan.
    pub seed: Option<u64>,
}

/// A state that a plan was in, and the step that brought it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastState {
    pub revision: i64,
    pub at: DateTime<Utc>,
    /// None for the plan as it was made.
    pub actor_name: Option<String>,
    pub summary: String,
}

/// The first page of a picture, before it is saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PicturePreview {
    pub pages: usize,
    /// In points.
    pub width: f64,
    pub height: f64,
    pub svg: String,
}

/// Somebody who can be given work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    pub id: UserId,
    pub name: String,
}

/// What a file would become, before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPreview {
    pub name: String,
    pub start: Minute,
    pub finish: Minute,
    pub rows: Vec<ImportRow>,
    pub links: usize,
    /// Cells that cannot be read. Their rows are left out.
    pub problems: Vec<ImportProblem>,
    /// What was read otherwise than it stands in the file, or left out on purpose.
    #[serde(default)]
    pub notes: Vec<ImportProblem>,
    /// The columns of a table, for whoever wants them read otherwise.
    #[serde(default)]
    pub table: Option<ImportTable>,
}

/// The head of a table and how its columns are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportTable {
    /// The first rows of the file as they stand there, headings included.
    pub rows: Vec<Vec<String>>,
    pub mapping: ColumnMapping,
}

/// A row that a file would become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// Place in the outline: `1.2.3`.
    pub code: String,
    pub name: String,
    pub duration_minutes: i64,
    pub start: Minute,
    pub finish: Minute,
    pub critical: bool,
}

/// What is wrong with a cell, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportProblem {
    /// Row of the table or number of the task, from 1; 0 for the file as a whole.
    pub row: usize,
    /// Column or element.
    pub column: String,
    pub reason: String,
}

impl ImportProblem {
    /// The file as a whole cannot be read.
    #[must_use]
    pub fn file(reason: impl Into<String>) -> Self {
        Self { row: 0, column: String::new(), reason: reason.into() }
    }

    /// One cell cannot be read.
    #[must_use]
    pub fn cell(row: usize, column: &str, reason: impl Into<String>) -> Self {
        Self { row, column: column.to_owned(), reason: reason.into() }
    }
}

impl std::fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.row > 0 {
            write!(f, "row {}, {}: ", self.row, self.column)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ImportProblem {}
