//! What forms send: new rows, and changes of rows. In a change, an absent field stays and `null` clears.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    CalendarId, Minute, TaskId, UserId,
    projects::{
        document::{ProjectHead, ProjectStatus, TaskRecord, TaskStatus},
        plan::{ConstraintKind, Direction, Split, TaskKind, TaskMode},
        resource::Assignment,
    },
};

/// Minutes that a new task takes when nothing is said: a working day.
const USUAL_DURATION: i64 = 480;

/// A row to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct TaskDraft {
    #[serde(alias = "title")]
    pub name: String,
    #[serde(rename = "type", alias = "kind")]
    pub kind: TaskKind,
    pub mode: TaskMode,
    pub status: TaskStatus,
    pub progress: u8,
    #[serde(rename = "duration_minutes", alias = "duration")]
    pub duration: i64,
    pub elapsed: bool,
    pub calendar_id: Option<CalendarId>,
    pub constraint: ConstraintKind,
    pub constraint_at: Option<Minute>,
    pub deadline: Option<Minute>,
    pub manual_start: Option<Minute>,
    pub actual_start: Option<Minute>,
    pub actual_finish: Option<Minute>,
    pub priority: i32,
    pub department: Option<String>,
    pub notes: String,
    pub assignees: Vec<UserId>,
    pub assignments: Vec<Assignment>,
    pub splits: Vec<Split>,
    pub locked: bool,
}

impl Default for TaskDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: TaskKind::Task,
            mode: TaskMode::Auto,
            status: TaskStatus::NotStarted,
            progress: 0,
            duration: USUAL_DURATION,
            elapsed: false,
            calendar_id: None,
            constraint: ConstraintKind::AsSoonAsPossible,
            constraint_at: None,
            deadline: None,
            manual_start: None,
            actual_start: None,
            actual_finish: None,
            priority: 500,
            department: None,
            notes: String::new(),
            assignees: Vec::new(),
            assignments: Vec::new(),
            splits: Vec::new(),
            locked: false,
        }
    }
}

impl TaskDraft {
    /// The record, in its place.
    #[must_use]
    pub fn record(&self, id: TaskId, parent_id: Option<TaskId>, rank: i64) -> TaskRecord {
        let draft = self.clone();
        let mut record = TaskRecord {
            id,
            parent_id,
            rank,
            name: draft.name.trim().to_owned(),
            kind: draft.kind,
            mode: draft.mode,
            status: draft.status,
            progress: draft.progress,
            duration: draft.duration,
            elapsed: draft.elapsed,
            calendar_id: draft.calendar_id,
            constraint: draft.constraint,
            constraint_at: draft.constraint_at,
            deadline: draft.deadline,
            manual_start: draft.manual_start,
            actual_start: draft.actual_start,
            actual_finish: draft.actual_finish,
            priority: draft.priority,
            department: draft.department,
            notes: draft.notes,
            assignees: draft.assignees,
            assignments: draft.assignments,
            splits: draft.splits,
            locked: draft.locked,
            level_from: None,
            version: 1,
        };
        tidy(&mut record);
        record
    }
}

/// Fields that follow from others, so that no row contradicts itself.
pub(super) fn tidy(record: &mut TaskRecord) {
    if record.kind != TaskKind::Task && record.duration > 0 {
        record.duration = 0;
    }
    // A summary that counted wall-clock time would meet its bounds otherwise than the rows below it.
    if record.kind == TaskKind::Summary {
        record.elapsed = false;
    }
    if !record.constraint.needs_date() {
        record.constraint_at = None;
    }
    if record.elapsed || record.kind != TaskKind::Task {
        record.splits.clear();
    }
    // What lies behind the end of the work pauses nothing.
    record.splits.retain(|split| split.after_minutes < record.duration);
    let mut needed = std::collections::HashSet::new();
    record.assignments.retain(|assignment| needed.insert(assignment.resource_id));
    let mut seen = std::collections::HashSet::new();
    record.assignees.retain(|person| seen.insert(*person));
    record.department = record.department.take().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
}

/// `Some(None)` for `null`, `None` for an absent field.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

macro_rules! patch {
    (
        $(#[$doc:meta])* $name:ident of $record:ty {
            plain { $($(#[$attr:meta])* $plain:ident: $plain_type:ty,)* }
            clearable { $($(#[$clear_attr:meta])* $clear:ident: $clear_type:ty,)* }
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(default)]
        pub struct $name {
            $($(#[$attr])* #[serde(skip_serializing_if = "Option::is_none")] pub $plain: Option<$plain_type>,)*
            $(
                $(#[$clear_attr])*
                #[cfg_attr(feature = "openapi", schema(value_type = Option<$clear_type>))]
                #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
                pub $clear: Option<Option<$clear_type>>,
            )*
            /// The same fields as whoever changes them sees them. Where one of them is another by now, the change is
            /// refused; what somebody else did to other fields stands in nobody's way.
            #[cfg_attr(feature = "openapi", schema(no_recursion))]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub seen: Option<Box<$name>>,
        }

        impl $name {
            /// Writes the fields that are present.
            pub fn write(&self, record: &mut $record) {
                $(if let Some(value) = &self.$plain { record.$plain = value.clone(); })*
                $(if let Some(value) = &self.$clear { record.$clear = value.clone(); })*
            }

            /// Changes what is seen in this record, and nothing that is something else by then.
            #[must_use]
            pub fn seen_in(mut self, record: &$record) -> Self {
                let seen = Self {
                    $($plain: self.$plain.as_ref().map(|_| record.$plain.clone()),)*
                    $($clear: self.$clear.as_ref().map(|_| record.$clear.clone()),)*
                    seen: None,
                };
                self.seen = Some(Box::new(seen));
                self
            }

            /// Fields that are neither what was seen nor what is wanted.
            pub(super) fn crossed(&self, record: &$record) -> Vec<&'static str> {
                let mut crossed = Vec::new();
                if let Some(seen) = &self.seen {
                    let is_other = |seen: bool, wanted: bool| !seen && !wanted;
                    $(if let (Some(seen), Some(wanted)) = (&seen.$plain, &self.$plain)
                        && is_other(*seen == record.$plain, *wanted == record.$plain) {
                        crossed.push(stringify!($plain));
                    })*
                    $(if let (Some(seen), Some(wanted)) = (&seen.$clear, &self.$clear)
                        && is_other(*seen == record.$clear, *wanted == record.$clear) {
                        crossed.push(stringify!($clear));
                    })*
                }
                crossed
            }

            /// Names of the fields that this makes another of a record.
            #[must_use]
            pub fn changed(&self, record: &$record) -> Vec<&'static str> {
                let mut fields = Vec::new();
                $(if self.$plain.as_ref().is_some_and(|value| *value != record.$plain) { fields.push(stringify!($plain)); })*
                $(if self.$clear.as_ref().is_some_and(|value| *value != record.$clear) { fields.push(stringify!($clear)); })*
                fields
            }
        }
    };
}

patch! {
    /// Changes of a row.
    TaskPatch of TaskRecord {
        plain {
            #[serde(alias = "title")] name: String,
            #[serde(rename = "type", alias = "kind")] kind: TaskKind,
            mode: TaskMode,
            status: TaskStatus,
            progress: u8,
            #[serde(rename = "duration_minutes", alias = "duration")] duration: i64,
            elapsed: bool,
            constraint: ConstraintKind,
            priority: i32,
            notes: String,
            assignees: Vec<UserId>,
            assignments: Vec<Assignment>,
            splits: Vec<Split>,
            locked: bool,
        }
        clearable {
            calendar_id: CalendarId,
            constraint_at: Minute,
            deadline: Minute,
            manual_start: Minute,
            actual_start: Minute,
            actual_finish: Minute,
            level_from: Minute,
            department: String,
        }
    }
}

patch! {
    /// Changes of a project.
    ProjectPatch of ProjectHead {
        plain {
            code: String,
            name: String,
            description: String,
            status: ProjectStatus,
            #[serde(rename = "start_date", alias = "start")] start: Minute,
            direction: Direction,
        }
        clearable {
            #[serde(rename = "target_end_date", alias = "target_end")] target_end: Minute,
            calendar_id: CalendarId,
            manager_id: UserId,
        }
    }
}
