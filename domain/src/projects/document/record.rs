//! The records of a plan.

use serde::{Deserialize, Serialize};

use super::{super::calendar::Calendar, check_date};
use crate::{
    CalendarId, Fault, LinkId, Minute, ProjectId, TaskId, UserId,
    projects::{
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, Split, TaskKind, TaskMode},
        resource::Assignment,
    },
};

/// Longest name of a project, task or calendar, in characters.
pub(crate) const NAME_MAX: usize = 200;
/// Longest duration or lag: a hundred years of wall-clock minutes.
pub(crate) const DURATION_MAX: i64 = 100 * 366 * Minute::DAY;

/// Furthest rank from zero: whole numbers up to here survive the way through a browser.
pub(crate) const RANK_MAX: i64 = 1 << 52;
/// Longest description or note, in characters.
pub(crate) const NOTES_MAX: usize = 20_000;
/// Pauses that a task may have.
const SPLITS_MAX: usize = 50;
/// People that a task may have.
const ASSIGNEES_MAX: usize = 200;

/// Where a project stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProjectStatus {
    #[default]
    Planned,
    Active,
    OnHold,
    Done,
    Cancelled,
}

impl ProjectStatus {
    /// Every status, in the order of a project's life.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Active, Self::OnHold, Self::Done, Self::Cancelled];

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Active => "Active",
            Self::OnHold => "On hold",
            Self::Done => "Done",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// Where a task stands: the six statuses whose colours always mean the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Grey.
    #[default]
    NotStarted,
    /// Blue.
    Processing,
    /// Orange.
    Waiting,
    /// Violet.
    Production,
    /// Green.
    Accepted,
    /// Red.
    AtRisk,
}

impl TaskStatus {
    /// Every status, in the order of a board's columns.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::Processing, Self::Waiting, Self::Production, Self::AtRisk, Self::Accepted];

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::Processing => "Processing",
            Self::Waiting => "Waiting",
            Self::Production => "Production",
            Self::Accepted => "Accepted",
            Self::AtRisk => "At risk",
        }
    }

    /// The spelling in JSON and in style sheets: `not_started`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::Processing => "processing",
            Self::Waiting => "waiting",
            Self::Production => "production",
            Self::Accepted => "accepted",
            Self::AtRisk => "at_risk",
        }
    }
}

/// What a project is, apart from its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectHead {
    pub id: ProjectId,
    pub code: String,
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    #[serde(rename = "start_date", alias = "start")]
    pub start: Minute,
    #[serde(rename = "target_end_date", alias = "target_end")]
    pub target_end: Option<Minute>,
    pub direction: Direction,
    pub calendar_id: Option<CalendarId>,
    pub manager_id: Option<UserId>,
    /// Counts edits of these fields.
    pub version: i64,
    /// Counts every change of the plan.
    pub revision: i64,
}

impl ProjectHead {
    /// # Errors
    /// `InvalidInput` with every field that holds what it cannot hold.
    pub fn check(&self) -> Result<(), Fault> {
        let mut code = Ok(());
        if self.code.is_empty() || self.code.chars().count() > 40 {
            code = Err(Fault::field("code", "A code has 1 to 40 characters."));
        }
        let mut description = Ok(());
        if self.description.chars().count() > NOTES_MAX {
            let message = format!("A description has at most {NOTES_MAX} characters.");
            description = Err(Fault::field("description", message));
        }
        let name = check_name("name", &self.name, "project");
        let start = check_date("start_date", self.start);
        let found = [name, code, description, start, self.check_target()];
        Fault::collect(found.into_iter().filter_map(Result::err).flat_map(|fault| fault.fields).collect())
    }

    fn check_target(&self) -> Result<(), Fault> {
        let Some(end) = self.target_end else {
            let needed = "A plan that counts backward needs the date it counts from.";
            let is_needed = self.direction == Direction::Backward;
            return if is_needed { Err(Fault::field("target_end_date", needed)) } else { Ok(()) };
        };
        check_date("target_end_date", end)?;
        if end < self.start {
            let (end, start) = (end.day_in_words(), self.start.day_in_words());
            return Err(Fault::field("target_end_date", format!("The target {end} is before the start {start}.")));
        }
        Ok(())
    }
}

/// A row of a plan: what the planner said. What the scheduler makes of it stands in [`TaskRow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskRecord {
    pub id: TaskId,
    pub parent_id: Option<TaskId>,
    /// Order among siblings; sparse, so that a row can go between two others.
    pub rank: i64,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: TaskKind,
    pub mode: TaskMode,
    pub status: TaskStatus,
    /// 0 to 100.
    pub progress: u8,
    /// Working minutes, or wall-clock minutes where `elapsed`.
    #[serde(rename = "duration_minutes")]
    pub duration: i64,
    pub elapsed: bool,
    pub calendar_id: Option<CalendarId>,
    pub constraint: ConstraintKind,
    pub constraint_at: Option<Minute>,
    pub deadline: Option<Minute>,
    pub manual_start: Option<Minute>,
    pub actual_start: Option<Minute>,
    pub actual_finish: Option<Minute>,
    /// 0 to 1000; 500 is usual. Higher goes first when there is not enough of something.
    pub priority: i32,
    pub department: Option<String>,
    pub notes: String,
    pub assignees: Vec<UserId>,
    /// What the task needs besides: machines, departments, and people who are not there for it alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// Pauses, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<Split>,
    /// Levelling leaves the task where it is.
    #[serde(default)]
    pub locked: bool,
    /// Where levelling put the task; it starts no earlier, and no later where the plan counts backward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_from: Option<Minute>,
    pub version: i64,
}

impl TaskRecord {
    /// # Errors
    /// `InvalidInput` with the field.
    pub fn check(&self) -> Result<(), Fault> {
        check_name("name", &self.name, "task")?;
        if !(0..=DURATION_MAX).contains(&self.duration) {
            let message = if self.duration < 0 {
                "A duration is not below zero."
            } else {
                "A duration is at most a hundred years."
            };
            return Err(Fault::field("duration_minutes", message));
        }
        if self.progress > 100 {
            return Err(Fault::field("progress", format!("Progress is 0 to 100; this is {}.", self.progress)));
        }
        if !(0..=1000).contains(&self.priority) {
            return Err(Fault::field("priority", format!("Priority is 0 to 1000; this is {}.", self.priority)));
        }
        if self.notes.chars().count() > NOTES_MAX {
            return Err(Fault::field("notes", format!("Notes have at most {NOTES_MAX} characters.")));
        }
        if let Some(department) = &self.department {
            check_name("department", department, "department")?;
        }
        if self.assignees.len() > ASSIGNEES_MAX {
            return Err(Fault::field("assignees", format!("A task has at most {ASSIGNEES_MAX} people.")));
        }
        if self.assignments.len() > ASSIGNEES_MAX {
            return Err(Fault::field("assignments", format!("A task needs at most {ASSIGNEES_MAX} resources.")));
        }
        self.assignments.iter().try_for_each(Assignment::check)?;
        check_splits(&self.splits, self.duration)?;
        if !(-RANK_MAX..=RANK_MAX).contains(&self.rank) {
            return Err(Fault::field("rank", format!("A rank lies between -{RANK_MAX} and {RANK_MAX}.")));
        }
        if self.constraint.needs_date() && self.constraint_at.is_none() {
            return Err(Fault::field("constraint_at", "This constraint needs a date."));
        }
        let dates = [
            ("constraint_at", self.constraint_at),
            ("deadline", self.deadline),
            ("manual_start", self.manual_start),
            ("actual_start", self.actual_start),
            ("actual_finish", self.actual_finish),
            ("level_from", self.level_from),
        ];
        for (field, at) in dates {
            at.map_or(Ok(()), |at| check_date(field, at))?;
        }
        match (self.actual_start, self.actual_finish) {
            (Some(start), Some(finish)) if finish < start => {
                let (start, finish) = (start.in_words(), finish.in_words());
                Err(Fault::field("actual_finish", format!("{finish} is before the actual start {start}.")))
            }
            (None, Some(_)) => Err(Fault::field("actual_start", "Work that has finished has also started; say when.")),
            _ => Ok(()),
        }
    }
}

/// A dependency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkRecord {
    pub id: LinkId,
    pub predecessor_id: TaskId,
    pub successor_id: TaskId,
    #[serde(rename = "type")]
    pub kind: LinkKind,
    pub lag_minutes: i64,
    pub lag_unit: LagUnit,
    pub version: i64,
}

/// A calendar of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarRecord {
    pub id: CalendarId,
    pub name: String,
    pub calendar: Calendar,
    pub version: i64,
}

/// A row of a plan with its code and dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskRow {
    #[serde(flatten)]
    pub task: TaskRecord,
    /// Place in the outline: `1.2.3`.
    pub code: String,
    /// 0 for the top.
    pub level: u32,
    pub start: Minute,
    pub finish: Minute,
    pub late_start: Minute,
    pub late_finish: Minute,
    /// Working minutes that the task can slip before the project does.
    #[serde(rename = "total_float_minutes")]
    pub total_float: i64,
    /// Working minutes that the task can slip before another task does.
    #[serde(rename = "free_float_minutes")]
    pub free_float: i64,
    pub critical: bool,
}

/// Pauses lie within the work, one behind the other.
fn check_splits(splits: &[Split], duration: i64) -> Result<(), Fault> {
    if splits.len() > SPLITS_MAX {
        return Err(Fault::field("splits", format!("A task has at most {SPLITS_MAX} pauses.")));
    }
    let mut before = 0;
    for split in splits {
        if split.after_minutes <= before || split.after_minutes >= duration {
            return Err(Fault::field("splits", "A pause lies within the work, behind the pause before it."));
        }
        if !(1..=DURATION_MAX).contains(&split.pause_minutes) {
            return Err(Fault::field("splits", "A pause takes at least a minute and at most a hundred years."));
        }
        before = split.after_minutes;
    }
    Ok(())
}

pub(crate) fn check_name(field: &str, name: &str, what: &str) -> Result<(), Fault> {
    let length = name.trim().chars().count();
    if length == 0 {
        return Err(Fault::field(field, format!("Give the {what} a name.")));
    }
    if length > NAME_MAX {
        return Err(Fault::field(field, format!("{length} characters are too many; {NAME_MAX} is the limit.")));
    }
    Ok(())
}
