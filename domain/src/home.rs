//! What the first page shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Minute, ProjectId, projects::document::StatusCount};

/// Key figures of the running projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    pub active_projects: u64,
    /// Projects whose plan ends behind their target.
    pub late_projects: u64,
    pub tasks_due_this_week: u64,
    pub tasks_overdue: u64,
    pub tasks_at_risk: u64,
    /// 0 to 100, weighted by the number of tasks.
    pub average_progress: u8,
    pub by_status: Vec<StatusCount>,
    pub by_week: Vec<WeekCount>,
    pub recent: Vec<Happening>,
}

/// Tasks that end in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekCount {
    pub monday: Minute,
    pub done: u64,
    pub open: u64,
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    pub at: DateTime<Utc>,
    pub actor_name: String,
    pub summary: String,
    pub project_id: ProjectId,
    pub project_name: String,
}
