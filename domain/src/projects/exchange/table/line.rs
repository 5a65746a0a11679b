//! One row of a table on its way in.

use super::{
    super::{
        column::{Column, ColumnMapping},
        notation,
    },
    held::held,
    value::{self, Habits},
};
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, WorkClock},
        document::TaskStatus,
        exchange::draft::PlanDraft,
        operation::TaskDraft,
        plan::{TaskKind, TaskMode},
        resource::WHOLE,
        view::ImportProblem,
    },
};

/// A row, with what it says about others as text.
pub(super) struct Line<'a> {
    /// Row of the sheet, from 1.
    pub(super) number: usize,
    /// Absent where the row is left out.
    pub(super) task: Option<TaskDraft>,
    pub(super) name: &'a str,
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    pub(super) parent: &'a str,
    pub(super) level: Option<usize>,
    /// Blanks before the name; a tab counts four.
    pub(super) indent: usize,
    pub(super) waits: &'a str,
    pub(super) needs: Vec<Wanted>,
    /// Where levelling put it.
    pub(super) levelled: Option<Minute>,
    /// What the calendar is called that it works by; empty for the project's.
    pub(super) calendar: &'a str,
    /// A constraint was said; it is not the start that was taken for one.
    pub(super) constrained: bool,
    /// What says when it starts is said: a constraint, a hand, or what has happened.
    pub(super) is_held: bool,
    pub(super) start: Option<Minute>,
    /// Nothing says how long it takes.
    pub(super) assumed_duration: bool,
}

/// Somebody or something that a row names; see [`Need`](super::super::staff::Need).
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) given: Option<bool>,
    pub(super) units: Option<i64>,
}

/// Cells of a row, and what is wrong with them.
pub(super) struct Cells<'a, 'm> {
    pub(super) number: usize,
    cells: &'a [String],
    mapping: &'m ColumnMapping,
    problems: Vec<ImportProblem>,
}

impl<'a> Cells<'a, '_> {
    fn raw(&self, column: Column) -> &'a str {
        self.mapping.column(column).and_then(|place| self.cells.get(place)).map_or("", String::as_str)
    }

    /// The cell without blanks around it, and without the apostrophe that keeps a spreadsheet from computing it.
    pub(super) fn text(&self, column: Column) -> &'a str {
        let text = self.raw(column).trim();
        text.strip_prefix('\'').unwrap_or(text)
    }

    pub(super) fn read<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = self.number;
        read(text).map_err(|reason| self.problems.push(ImportProblem::cell(number, column.code(), reason))).ok()
    }

    /// Notes a word that nobody knows.
    pub(super) fn unknown(&self, column: Column, notes: &mut Vec<ImportProblem>) {
        let reason = format!("'{}' is not known and left out", self.text(column));
        notes.push(ImportProblem::cell(self.number, column.code(), reason));
    }
}

impl<'a> Line<'a> {
    pub(super) fn read(
        number: usize,
        cells: &'a [String],
        mapping: &ColumnMapping,
        habits: &Habits,
        draft: &mut PlanDraft,
    ) -> Self {
        let mut cells = Cells { number, cells, mapping, problems: Vec::new() };
        let name = cells.text(Column::Name);
        if name.is_empty() {
            cells.problems.push(ImportProblem::cell(number, "name", "a task needs a name"));
        }
        let start = cells.read(Column::Start, |text| value::date(text, habits.day_first));
        let mut task = TaskDraft {
            name: name.to_owned(),
            notes: cells.text(Column::Notes).replace('\r', ""),
            department: Some(cells.text(Column::Department).to_owned()).filter(|name| !name.is_empty()),
            deadline: cells.read(Column::Deadline, |text| value::date(text, habits.day_first)),
            progress: cells.read(Column::Progress, |text| value::progress(text, habits.fractions)).unwrap_or(0),
            ..TaskDraft::default()
        };
        let priority =
            cells.read(Column::Priority, |text| text.parse().map_err(|_| format!("'{text}' is not 0 to 1000")));
        task.priority = priority.unwrap_or(task.priority);
        words(&cells, &mut task, &mut draft.notes);
        let assumed_duration = timing(&mut cells, &mut task, start, habits, &mut draft.notes);
        let splits = cells.read(Column::Pauses, |text| notation::read_pauses(text, mapping));
        task.splits = splits.unwrap_or_default();
        let levelled = cells.read(Column::LevelledFrom, |text| value::date(text, habits.day_first));
        let constrained = held(&mut cells, &mut task, start, habits, &mut draft.notes);
        let level = cells.read(Column::Level, |text| {
            let fault = || format!("'{text}' is not a level such as 1");
            text.parse::<usize>().ok().filter(|level| *level <= 1_000).ok_or_else(fault)
        });
        let blanks = cells.raw(Column::Name).chars().take_while(|letter| letter.is_whitespace());
        let is_held = constrained || task.mode == TaskMode::Manual || task.actual_start.is_some();
        let line = Self {
            number,
            task: cells.problems.is_empty().then_some(task),
            name,
            id: cells.text(Column::Id),
            code: cells.text(Column::Code).trim_end_matches('.'),
            parent: cells.text(Column::Parent),
            level,
            indent: blanks.map(|letter| if letter == '\t' { 4 } else { 1 }).sum(),
            waits: cells.text(Column::Predecessors),
            needs: needs(&cells, &mut draft.notes),
            levelled,
            calendar: cells.text(Column::Calendar),
            constrained,
            is_held,
            start,
            assumed_duration,
        };
        draft.problems.append(&mut cells.problems);
        line
    }
}

/// Kind, status and lock. Words that nobody knows are noted; they say nothing about when.
fn words(cells: &Cells<'_, '_>, task: &mut TaskDraft, notes: &mut Vec<ImportProblem>) {
    let mut unknown = |column: Column| cells.unknown(column, notes);
    match cells.text(Column::Type).to_lowercase().as_str() {
        "" | "task" | "activity" => {}
        "milestone" => task.kind = TaskKind::Milestone,
        "summary" | "phase" | "group" | "project" => task.kind = TaskKind::Summary,
        _ => unknown(Column::Type),
    }
    let plain = cells.text(Column::Status).to_lowercase().replace(['_', '-'], " ");
    let known = TaskStatus::ALL.into_iter().find(|status| status.code().replace('_', " ") == plain);
    match (known, plain.as_str()) {
        (Some(status), _) => task.status = status,
        (None, "") => {}
        (None, "open" | "to do" | "todo" | "planned" | "new") => task.status = TaskStatus::NotStarted,
        (None, "in progress" | "active" | "started" | "doing") => task.status = TaskStatus::Processing,
        (None, "on hold" | "blocked") => task.status = TaskStatus::Waiting,
        (None, "done" | "completed" | "complete" | "finished" | "closed") => task.status = TaskStatus::Accepted,
        (None, "late" | "delayed") => task.status = TaskStatus::AtRisk,
        (None, _) => unknown(Column::Status),
    }
    match cells.text(Column::Locked).to_lowercase().as_str() {
        "" | "no" | "n" | "false" | "0" | "nein" => {}
        "yes" | "y" | "true" | "1" | "x" | "ja" | "locked" => task.locked = true,
        _ => unknown(Column::Locked),
    }
}

/// How long it takes: what the duration says, else what lies between start and finish. True where nothing says it.
fn timing(
    cells: &mut Cells<'_, '_>,
    task: &mut TaskDraft,
    start: Option<Minute>,
    habits: &Habits,
    notes: &mut Vec<ImportProblem>,
) -> bool {
    let number = cells.number;
    let finish = cells.read(Column::Finish, |text| value::date(text, habits.day_first));
    let mapping = cells.mapping;
    let said = cells.read(Column::Duration, |text| value::duration(text, mapping));
    if let (Some(start), Some(finish)) = (start, finish)
        && finish < start
    {
        let reason = format!("{} is before the start {}", finish.day_in_words(), start.day_in_words());
        cells.problems.push(ImportProblem::cell(number, "finish", reason));
        return false;
    }
    // A finish without a time is the end of its day.
    let end = finish.map(|at| if at.minute_of_day() == 0 { Minute(at.0 + Minute::DAY) } else { at });
    match (said, start, end) {
        (Some((duration, elapsed)), _, _) => {
            (task.duration, task.elapsed) = (duration, elapsed);
            if task.kind == TaskKind::Milestone && duration > 0 {
                notes.push(ImportProblem::cell(number, "duration", "a milestone takes no time"));
            } else if duration == 0 && task.kind == TaskKind::Task {
                task.kind = TaskKind::Milestone;
            }
            false
        }
        // The cell is there and cannot be read; that is said already.
        (None, _, _) if !cells.text(Column::Duration).is_empty() => false,
        (None, Some(start), Some(end)) if task.kind == TaskKind::Task => {
            task.duration = usual_clock().between(start, end);
            if task.duration == 0 {
                let reason = "no working time lies between start and finish; give a duration";
                cells.problems.push(ImportProblem::cell(number, "finish", reason));
            }
            false
        }
        _ => task.kind == TaskKind::Task,
    }
}

/// Tables have no calendar; Monday to Friday, 08:00 to 17:00 is what a new plan has.
pub(super) fn usual_clock() -> &'static WorkClock {
    static CLOCK: std::sync::LazyLock<WorkClock> = std::sync::LazyLock::new(|| WorkClock::new(&Calendar::standard()));
    &CLOCK
}

/// Who is given the task, and who and what it needs. Where nothing else says who is given it, the people among what it
/// needs are.
fn needs(cells: &Cells<'_, '_>, notes: &mut Vec<ImportProblem>) -> Vec<Wanted> {
    let told_apart = cells.mapping.column(Column::Assignee).is_some();
    let mut wanted = Vec::new();
    for (column, given) in [(Column::Assignee, Some(true)), (Column::Resources, told_apart.then_some(false))] {
        for (name, said) in notation::read_needs(cells.text(column)) {
            let units = said.and_then(|said| {
                let unread = |said: String| {
                    let reason = format!("'{said}' of {name} is not an amount such as 50%; it is left out");
                    notes.push(ImportProblem::cell(cells.number, column.code(), reason));
                };
                said.map_err(unread).ok()
            });
            let units = units.filter(|units| given.is_some() || *units != WHOLE);
            wanted.push(Wanted { name, given, units });
        }
    }
    wanted
}
