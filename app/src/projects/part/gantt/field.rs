//! The columns of the table that are typed into.

use super::super::column::{Column, column_of};

/// A column that is typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Name,
    Duration,
    Start,
    Finish,
    Progress,
    Predecessors,
    Status,
    Department,
    Deadline,
    Priority,
    ConstraintDate,
    ActualStart,
    ActualFinish,
}

impl Field {
    const ALL: [Self; 13] = [
        Self::Name,
        Self::Duration,
        Self::Start,
        Self::Finish,
        Self::Progress,
        Self::Predecessors,
        Self::Status,
        Self::Department,
        Self::Deadline,
        Self::Priority,
        Self::ConstraintDate,
        Self::ActualStart,
        Self::ActualFinish,
    ];

    /// The spelling in the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Duration => "duration",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Progress => "progress",
            Self::Predecessors => "predecessors",
            Self::Status => "status",
            Self::Department => "department",
            Self::Deadline => "deadline",
            Self::Priority => "priority",
            Self::ConstraintDate => "constraint_at",
            Self::ActualStart => "actual_start",
            Self::ActualFinish => "actual_finish",
        }
    }

    /// What is typed there, read aloud.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name of the task",
            Self::Duration => "Duration of the task",
            Self::Start => "Start of the task",
            Self::Finish => "Finish of the task",
            Self::Progress => "Percent done",
            Self::Predecessors => "Predecessors of the task",
            Self::Status => "Status of the task",
            Self::Department => "Department of the task",
            Self::Deadline => "Deadline of the task",
            Self::Priority => "Priority of the task",
            Self::ConstraintDate => "Date of the constraint",
            Self::ActualStart => "When the task began",
            Self::ActualFinish => "When the task ended",
        }
    }

    /// What may be typed there.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Name | Self::Department => "",
            Self::Duration => "3d, 4h, 2w",
            Self::Start
            | Self::Finish
            | Self::Deadline
            | Self::ConstraintDate
            | Self::ActualStart
            | Self::ActualFinish => "2026-01-31",
            Self::Progress => "0 to 100",
            Self::Predecessors => "3FS+2d, 1.2SS",
            Self::Status => "Waiting",
            Self::Priority => "0 to 1000",
        }
    }

    /// Its key among all columns.
    const fn key(self) -> &'static str {
        match self {
            Self::Predecessors => "after",
            field => field.code(),
        }
    }

    /// The field with this spelling.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// What is typed in a column; none where it follows from the plan.
    pub fn of(column: &Column) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == column.key)
    }

    /// The column that it stands in.
    pub fn column(self) -> Option<&'static Column> {
        column_of(self.key())
    }
}

/// The spelling of a column in the page, typed into or not.
pub fn code_of(column: &Column) -> &'static str {
    Field::of(column).map_or(column.key, Field::code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_a_column() {
        for field in Field::ALL {
            assert_eq!(field.column().and_then(Field::of), Some(field));
        }
    }
}
