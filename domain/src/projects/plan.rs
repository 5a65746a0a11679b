//! The input of the scheduler: a plan by index. Ids, names and storage live elsewhere, so that scheduling ten thousand
//! tasks touches nothing but numbers.

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use crate::Minute;

/// What a row of a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    #[default]
    Task,
    /// No duration; a moment.
    Milestone,
    /// Spans its children; has no duration of its own.
    Summary,
}

/// Who decides the dates of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskMode {
    /// The scheduler.
    #[default]
    Auto,
    /// The planner: the task stays where it was put, whatever its predecessors do.
    Manual,
}

/// How a link ties two tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LinkKind {
    /// The successor starts after the predecessor finishes.
    #[default]
    #[serde(rename = "FS", alias = "finish_to_start", alias = "fs")]
    FinishToStart,
    /// The successor starts after the predecessor starts.
    #[serde(rename = "SS", alias = "start_to_start", alias = "ss")]
    StartToStart,
    /// The successor finishes after the predecessor finishes.
    #[serde(rename = "FF", alias = "finish_to_finish", alias = "ff")]
    FinishToFinish,
    /// The successor finishes after the predecessor starts.
    #[serde(rename = "SF", alias = "start_to_finish", alias = "sf")]
    StartToFinish,
}

/// What the minutes of a lag count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LagUnit {
    /// Working time on the successor's calendar (the project's calendar where the successor has none).
    #[default]
    Working,
    /// Time on the wall, nights and Sundays included.
    Elapsed,
}

/// The eight constraint types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    #[default]
    AsSoonAsPossible,
    AsLateAsPossible,
    StartNoEarlierThan,
    StartNoLaterThan,
    FinishNoEarlierThan,
    FinishNoLaterThan,
    MustStartOn,
    MustFinishOn,
}

impl ConstraintKind {
    /// Every type, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::AsSoonAsPossible,
        Self::AsLateAsPossible,
        Self::StartNoEarlierThan,
        Self::StartNoLaterThan,
        Self::FinishNoEarlierThan,
        Self::FinishNoLaterThan,
        Self::MustStartOn,
        Self::MustFinishOn,
    ];

    /// What planners call it, here and in MS Project.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AsSoonAsPossible => "As soon as possible",
            Self::AsLateAsPossible => "As late as possible",
            Self::StartNoEarlierThan => "Start no earlier than",
            Self::StartNoLaterThan => "Start no later than",
            Self::FinishNoEarlierThan => "Finish no earlier than",
            Self::FinishNoLaterThan => "Finish no later than",
            Self::MustStartOn => "Must start on",
            Self::MustFinishOn => "Must finish on",
        }
    }

    /// Its initials, as planners write it where there is little room.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AsSoonAsPossible => "asap",
            Self::AsLateAsPossible => "alap",
            Self::StartNoEarlierThan => "snet",
            Self::StartNoLaterThan => "snlt",
            Self::FinishNoEarlierThan => "fnet",
            Self::FinishNoLaterThan => "fnlt",
            Self::MustStartOn => "mso",
            Self::MustFinishOn => "mfo",
        }
    }

    /// True where the date is one of a finish.
    #[must_use]
    pub const fn is_of_finish(self) -> bool {
        matches!(self, Self::FinishNoEarlierThan | Self::FinishNoLaterThan | Self::MustFinishOn)
    }

    /// True where the constraint names a date.
    #[must_use]
    pub const fn needs_date(self) -> bool {
        !matches!(self, Self::AsSoonAsPossible | Self::AsLateAsPossible)
    }

    /// What holds a task where hands put it: what must start on a day must start on the new one; everything else starts
    /// no earlier than there, or no later in a plan that counts backward.
    #[must_use]
    pub const fn put_by_hand(self, direction: Direction) -> Self {
        match (self, direction) {
            (Self::MustStartOn, _) => Self::MustStartOn,
            (_, Direction::Forward) => Self::StartNoEarlierThan,
            (_, Direction::Backward) => Self::StartNoLaterThan,
        }
    }
}

/// Where the arithmetic begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the project's start: tasks as soon as possible.
    #[default]
    Forward,
    /// From the project's finish: tasks as late as possible.
    Backward,
}

/// A pause within a task: work stops and goes on later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Split {
    /// Working minutes that are done before the pause; more than 0, less than the duration.
    pub after_minutes: i64,
    /// Working minutes that the pause takes; more than 0.
    pub pause_minutes: i64,
}

/// One row of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Index of the summary above it, always smaller than its own index.
    pub parent: Option<u32>,
    pub kind: TaskKind,
    pub mode: TaskMode,
    /// Working minutes on the task's calendar, 0 or more; wall-clock minutes where `elapsed`. Ignored for summaries and
    /// milestones.
    pub duration: i64,
    /// True where `duration` counts wall-clock time.
    pub elapsed: bool,
    /// Pauses, in order; none where `elapsed`.
    pub splits: Vec<Split>,
    /// It starts not before this, since levelling found no room for it earlier; where the plan counts backward, not behind
    /// this.
    pub level_from: Option<Minute>,
    /// Index into [`Plan::calendars`]; the project's own (index 0) where `None`.
    pub calendar: Option<u32>,
    pub constraint: ConstraintKind,
    /// Present exactly where the constraint needs a date.
    pub constraint_at: Option<Minute>,
    /// A date that is watched but moves nothing; it lowers the late finish, so the float can go below zero.
    pub deadline: Option<Minute>,
    /// Where a manual task was put.
    pub manual_start: Option<Minute>,
    /// When work really began; fixes the start.
    pub actual_start: Option<Minute>,
    /// When work really ended; fixes the finish.
    pub actual_finish: Option<Minute>,
    /// 0 to 100.
    pub progress: u8,
}

impl Task {
    /// Minutes from start to finish on the task's clock: its work and its pauses.
    #[must_use]
    pub fn span(&self) -> i64 {
        self.duration + self.splits.iter().map(|split| split.pause_minutes).sum::<i64>()
    }

    /// Working minutes that are done so many minutes behind the start on the task's clock: the other way round from
    /// [`span`](Self::span). Within a pause it is what was done before it; behind the end work goes on.
    #[must_use]
    pub fn work_within(&self, minutes: i64) -> i64 {
        let mut paused = 0;
        for split in &self.splits {
            let begins = split.after_minutes + paused;
            if minutes < begins + split.pause_minutes {
                return (minutes - paused).min(split.after_minutes);
            }
            paused += split.pause_minutes;
        }
        minutes - paused
    }
}

/// A tie between two tasks, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub predecessor: u32,
    pub successor: u32,
    pub kind: LinkKind,
    /// Minutes; below zero for a lead.
    pub lag: i64,
    pub lag_unit: LagUnit,
}

/// A plan to be scheduled.
///
/// *Invariant:* `calendars` holds at least the project's calendar, and every index is in range
/// ([`super::schedule::Scheduler::new`] checks).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub start: Minute,
    /// The date that a backward plan counts from.
    pub finish: Option<Minute>,
    pub direction: Direction,
    /// Index 0 is the project's.
    pub calendars: Vec<Calendar>,
    /// In outline order: a summary stands before its children.
    pub tasks: Vec<Task>,
    pub links: Vec<Link>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_work_is_done_within_a_pause() {
        let pause = |after_minutes, pause_minutes| Split { after_minutes, pause_minutes };
        let task = Task { duration: 960, splits: vec![pause(240, 480), pause(480, 60)], ..Task::default() };
        let done = [0, 100, 240, 500, 720, 960, 1_000, 1_020, task.span(), 1_600].map(|at| task.work_within(at));
        assert_eq!(done, [0, 100, 240, 240, 240, 480, 480, 480, 960, 1_060]);
    }
}
