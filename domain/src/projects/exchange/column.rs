//! Which column holds what.

use serde::{Deserialize, Serialize};

use crate::projects::view::ImportProblem;

/// Rows within which the heading stands; titles and blank rows may stand before it.
pub const HEADING_WITHIN: usize = 20;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// What predecessors call the row.
    Id,
    /// Outline code: `1.2.3`.
    Code,
    /// Outline level, from 1.
    Level,
    /// The row it belongs to, by id, name, code or number.
    Parent,
    Name,
    /// Task, milestone or summary.
    Type,
    Start,
    Finish,
    Duration,
    Progress,
    Status,
    Assignee,
    /// Who and what is needed, with units: `Press 1[50%]; Ann`.
    Resources,
    Department,
    Predecessors,
    Deadline,
    /// One of the eight constraints of MS Project.
    Constraint,
    ConstraintDate,
    /// By name, the calendar that the task works by.
    Calendar,
    /// Whether the scheduler or a hand says when.
    Mode,
    ActualStart,
    ActualFinish,
    Priority,
    /// Where the work stops and goes on later: `8h after 4h`.
    Pauses,
    /// Whether levelling leaves the task where it is.
    Locked,
    /// Where levelling put the task.
    LevelledFrom,
    Notes,
}

impl Column {
    /// Every column, in the order of a form.
    pub const ALL: [Self; 27] = [
        Self::Id,
        Self::Code,
        Self::Level,
        Self::Parent,
        Self::Name,
        Self::Type,
        Self::Start,
        Self::Finish,
        Self::Duration,
        Self::Progress,
        Self::Status,
        Self::Assignee,
        Self::Resources,
        Self::Department,
        Self::Predecessors,
        Self::Deadline,
        Self::Constraint,
        Self::ConstraintDate,
        Self::Calendar,
        Self::Mode,
        Self::ActualStart,
        Self::ActualFinish,
        Self::Priority,
        Self::Pauses,
        Self::Locked,
        Self::LevelledFrom,
        Self::Notes,
    ];

    /// The spelling in JSON and in messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Code => "code",
            Self::Level => "level",
            Self::Parent => "parent",
            Self::Name => "name",
            Self::Type => "type",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Duration => "duration",
            Self::Progress => "progress",
            Self::Status => "status",
            Self::Assignee => "assignee",
            Self::Resources => "resources",
            Self::Department => "department",
            Self::Predecessors => "predecessors",
            Self::Deadline => "deadline",
            Self::Constraint => "constraint",
            Self::ConstraintDate => "constraint_date",
            Self::Calendar => "calendar",
            Self::Mode => "mode",
            Self::ActualStart => "actual_start",
            Self::ActualFinish => "actual_finish",
            Self::Priority => "priority",
            Self::Pauses => "pauses",
            Self::Locked => "locked",
            Self::LevelledFrom => "levelled_from",
            Self::Notes => "notes",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Id => "Number",
            Self::Code => "Outline code",
            Self::Level => "Outline level",
            Self::Parent => "Belongs to",
            Self::Name => "Name",
            Self::Type => "Type",
            Self::Start => "Start",
            Self::Finish => "Finish",
            Self::Duration => "Duration",
            Self::Progress => "Progress",
            Self::Status => "Status",
            Self::Assignee => "People",
            Self::Resources => "Resources",
            Self::Department => "Department",
            Self::Predecessors => "Predecessors",
            Self::Deadline => "Deadline",
            Self::Constraint => "Constraint",
            Self::ConstraintDate => "Constraint date",
            Self::Calendar => "Calendar",
            Self::Mode => "Scheduled by",
            Self::ActualStart => "Actual start",
            Self::ActualFinish => "Actual finish",
            Self::Priority => "Priority",
            Self::Pauses => "Pauses",
            Self::Locked => "Locked",
            Self::LevelledFrom => "Levelled from",
            Self::Notes => "Notes",
        }
    }

    /// Headings, in small letters with single blanks, by which a column is known.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["id", "#", "no", "nr", "number", "row", "uid", "task id", "unique id", "key"],
            Self::Code => &["wbs", "code", "wbs code", "outline", "outline number", "outline code", "psp", "psp code"],
            Self::Level => &["level", "outline level", "wbs level", "indent", "gliederungsebene", "ebene"],
            Self::Parent => &["parent", "parent id", "parent task", "parent name", "summary task", "belongs to"],
            Self::Name => &["name", "task", "task name", "title", "subject", "activity", "vorgangsname", "vorgang"],
            Self::Type => &["type", "kind", "task type", "art"],
            Self::Start => &["start", "start date", "begin", "begin date", "planned start", "from", "anfang", "beginn"],
            Self::Finish => {
                &["finish", "end", "end date", "finish date", "due", "due date", "planned end", "to", "ende", "fertig"]
            }
            Self::Duration => &["duration", "days", "length", "dauer"],
            Self::Progress => &[
                "progress",
                "% complete",
                "percent complete",
                "%",
                "done",
                "complete",
                "% abgeschlossen",
                "fortschritt",
            ],
            Self::Status => &["status", "state"],
            Self::Assignee => {
                &["assignee", "assignees", "assigned to", "people", "owner", "responsible", "verantwortlich"]
            }
            Self::Resources => {
                &["resource", "resources", "resource names", "machine", "machines", "ressourcen", "ressourcennamen"]
            }
            Self::Department => &["department", "team", "abteilung"],
            Self::Predecessors => &[
                "predecessors",
                "predecessor",
                "depends on",
                "dependencies",
                "dependency",
                "after",
                "waits for",
                "vorgänger",
            ],
            Self::Deadline => &["deadline", "stichtag", "must finish by"],
            Self::Constraint => &["constraint", "constraint type", "einschränkungsart", "einschränkung"],
            Self::ConstraintDate => &["constraint date", "einschränkungstermin"],
            Self::Calendar => &["calendar", "task calendar", "kalender", "vorgangskalender"],
            Self::Mode => &["mode", "task mode", "scheduling mode", "vorgangsmodus"],
            Self::ActualStart => &["actual start", "ist anfang", "tatsächlicher anfang"],
            Self::ActualFinish => &["actual finish", "actual end", "ist ende", "tatsächliches ende"],
            Self::Priority => &["priority", "prio", "priorität"],
            Self::Pauses => &["pauses", "pause", "splits", "split", "unterbrechungen"],
            Self::Locked => &["locked", "lock", "do not level", "gesperrt"],
            Self::LevelledFrom => &["levelled from", "leveled from", "levelling", "leveling"],
            Self::Notes => &["notes", "note", "description", "comment", "comments", "remarks", "notizen", "bemerkung"],
        }
    }
}

/// What a plain number means in the column of durations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    Minutes,
    Hours,
    #[default]
    Days,
    Weeks,
}

/// How a table is read; guessed from its heading, and anybody may choose otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnMapping {
    /// Index of the row with the headings; the plan begins behind it.
    pub heading: usize,
    /// What each column holds; `null` where it is not read.
    pub columns: Vec<Option<Column>>,
    /// What a plain number means in the column of durations.
    #[serde(default)]
    pub duration_unit: DurationUnit,
    /// Minutes that a working day has in durations; 480 where absent.
    #[serde(default)]
    pub minutes_per_day: Option<i64>,
    /// True where `03/04/2026` is the third of April; found from the dates themselves where absent.
    #[serde(default)]
    pub day_first: Option<bool>,
}

impl ColumnMapping {
    /// The row with the most headings that are known, and what they say. Of two columns for the same the first counts.
    ///
    /// # Errors
    /// Which headings are known, where no row has the one for names.
    pub fn guess(rows: &[Vec<String>]) -> Result<Self, ImportProblem> {
        let guesses = rows.iter().take(HEADING_WITHIN).enumerate().map(|(index, cells)| Self::of_heading(index, cells));
        let named = guesses.filter(|mapping| mapping.column(Column::Name).is_some());
        // The first of equals: a row of data that looks like a heading stands behind the heading.
        named.rev().max_by_key(|mapping| mapping.columns.iter().flatten().count()).ok_or_else(|| {
            let names = Column::Name.headings().join(", ");
            ImportProblem::cell(
                0,
                "name",
                format!("no column is called by any of: {names}; say which one has the names"),
            )
        })
    }

    fn of_heading(index: usize, cells: &[String]) -> Self {
        let mut mapping = Self { heading: index, ..Self::default() };
        for cell in cells {
            let (heading, unit) = heading(cell);
            let column = Column::ALL.into_iter().find(|column| column.headings().contains(&heading.as_str()));
            let column = column.filter(|column| !mapping.columns.contains(&Some(*column)));
            if column == Some(Column::Duration) {
                mapping.duration_unit = unit.unwrap_or_default();
            }
            mapping.columns.push(column);
        }
        mapping
    }

    /// Where a column stands.
    #[must_use]
    pub fn column(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|here| *here == Some(column))
    }

    /// Minutes of a working day in durations.
    #[must_use]
    pub fn day(&self) -> i64 {
        self.minutes_per_day.unwrap_or(480)
    }

    /// # Errors
    /// Where no column has the names, where two have the same, where a day is longer than a day.
    pub fn check(&self) -> Result<(), ImportProblem> {
        if self.column(Column::Name).is_none() {
            return Err(ImportProblem::cell(0, "name", "say which column has the names"));
        }
        if let Some(twice) = Column::ALL
            .into_iter()
            .find(|column| self.columns.iter().flatten().filter(|here| *here == column).count() > 1)
        {
            return Err(ImportProblem::cell(0, twice.code(), "two columns are chosen for the same"));
        }
        if !(1..=1_440).contains(&self.day()) {
            return Err(ImportProblem::cell(0, "minutes_per_day", "a day has 1 to 1440 minutes"));
        }
        Ok(())
    }
}

/// A heading in small letters without marks between its words, and the unit that it names: `Duration (hours)`,
/// `duration_minutes`.
fn heading(cell: &str) -> (String, Option<DurationUnit>) {
    let plain: String = cell
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "%#".contains(letter) { letter } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    let unit = match words.last().copied() {
        Some("minutes" | "minute" | "min" | "mins" | "m") => Some(DurationUnit::Minutes),
        Some("hours" | "hour" | "hrs" | "h") => Some(DurationUnit::Hours),
        Some("days" | "day" | "d") => Some(DurationUnit::Days),
        Some("weeks" | "week" | "w") => Some(DurationUnit::Weeks),
        _ => None,
    };
    if unit.is_some() && words.len() > 1 {
        words.pop();
    }
    (words.join(" "), unit)
}

/// The column in which a field of a task stands.
#[cfg(feature = "exchange")]
pub(super) fn of_field(field: &str) -> String {
    match field {
        "duration_minutes" => Column::Duration.code().to_owned(),
        "constraint_at" => Column::ConstraintDate.code().to_owned(),
        "splits" => Column::Pauses.code().to_owned(),
        "assignments" => Column::Resources.code().to_owned(),
        "level_from" => Column::LevelledFrom.code().to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn headings_are_known_in_many_spellings() {
        let old =
            "name,start_date,end_date,duration,progress,assignee,predecessors,type,parent,wbs,outline level,notes";
        let cells = row(&old.split(',').collect::<Vec<_>>());
        let mapping = ColumnMapping::guess(&[cells]).expect("columns");
        assert!(mapping.columns.iter().all(Option::is_some), "{mapping:?}");
        let cells =
            row(&["WBS", "Task Name", "Duration (hours)", "Start Date", "% Complete", "Resource Names", "Colour"]);
        let mapping = ColumnMapping::guess(&[cells]).expect("columns");
        assert_eq!(mapping.columns.iter().filter(|column| column.is_none()).count(), 1);
        assert_eq!(mapping.duration_unit, DurationUnit::Hours);
    }

    #[test]
    fn a_title_may_stand_above_the_heading() {
        let rows = [row(&["Task list of die 7"]), row(&[]), row(&["name", "days"]), row(&["name", "type", "days"])];
        let mapping = ColumnMapping::guess(&rows).expect("columns");
        assert_eq!(mapping.heading, 3);
        assert_eq!(ColumnMapping::guess(&rows[..3]).expect("columns").heading, 2);
        assert!(ColumnMapping::guess(&[row(&["a", "b"])]).expect_err("nothing").reason.contains("title"));
    }
}
