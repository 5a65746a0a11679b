//! Tasks and projects across plans: what one person has to do, and how all projects stand beside each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{document::TaskStatus, view::ProjectRow};
use crate::{CommentId, Minute, ProjectId, TaskId};

/// How urgent a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Due {
    Overdue,
    Today,
    ThisWeek,
    Later,
    Done,
}

impl Due {
    /// From the most urgent on.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Today, Self::ThisWeek, Self::Later, Self::Done];

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Today => "Today",
            Self::ThisWeek => "This week",
            Self::Later => "Later",
            Self::Done => "Done lately",
        }
    }

    /// How urgent a task is that ends at `finish`. The week ends on Sunday.
    #[must_use]
    pub fn of(finish: Minute, progress: u8, now: Minute) -> Self {
        let sunday = now.day() - now.weekday() as i64 + 6;
        match finish.day() {
            _ if progress >= 100 => Self::Done,
            _ if finish < now => Self::Overdue,
            day if day == now.day() => Self::Today,
            day if day <= sunday => Self::ThisWeek,
            _ => Self::Later,
        }
    }
}

/// A task of whoever asks, out of any plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTask {
    pub id: TaskId,
    pub project_id: ProjectId,
    pub project_code: String,
    pub project_name: String,
    pub name: String,
    pub milestone: bool,
    pub status: TaskStatus,
    /// 0 to 100.
    pub progress: u8,
    pub start: Minute,
    pub finish: Minute,
    pub deadline: Option<Minute>,
    pub department: Option<String>,
    pub critical: bool,
    pub due: Due,
}

/// A comment that speaks to whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mention {
    pub comment_id: CommentId,
    pub project_id: ProjectId,
    pub project_code: String,
    pub project_name: String,
    pub task_id: TaskId,
    pub task_name: String,
    pub author_name: String,
    pub body: String,
    pub created_at: DateTime<Utc>,
}

/// A moment that a project promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortfolioMilestone {
    pub name: String,
    pub at: Minute,
    pub done: bool,
}

/// A project beside the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortfolioRow {
    pub project: ProjectRow,
    /// In time order; of many the first.
    pub milestones: Vec<PortfolioMilestone>,
}

/// What all projects come to that are asked for, on whatever page they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortfolioTotals {
    pub projects: u64,
    /// Projects whose plan ends behind their target.
    pub late: u64,
    pub overdue_tasks: u64,
    pub critical_tasks: u64,
}

/// A page of projects side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portfolio {
    pub projects: Vec<PortfolioRow>,
    /// Rows in the whole list.
    pub total: u64,
    /// Hand this in as `cursor` for the page after; `null` on the last.
    pub next_cursor: Option<String>,
    pub totals: PortfolioTotals,
    /// Today, on the plant's wall clock.
    pub today: Minute,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_as_urgent_as_its_end_is_near() {
        let now = "2026-11-18T10:00".parse().expect("a Wednesday");
        let due = |finish: &str, progress| Due::of(finish.parse().expect("a date"), progress, now);
        assert_eq!(due("2026-11-18T09:59", 99), Due::Overdue);
        assert_eq!(due("2026-11-18T17:00", 0), Due::Today);
        assert_eq!(due("2026-11-22T12:00", 0), Due::ThisWeek);
        assert_eq!(due("2026-11-23T08:00", 0), Due::Later);
        assert_eq!(due("2026-01-01T08:00", 100), Due::Done);
    }
}
