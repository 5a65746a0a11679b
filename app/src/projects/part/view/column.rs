//! The columns of the table: what stands in a cell, and by what the rows are sorted.

use domain::{
    CalendarId, Minute, UserId,
    projects::{
        document::TaskRecord,
        look::is_critical,
        plan::{ConstraintKind, TaskKind, TaskMode},
        schedule::Slot,
    },
};

use super::super::gantt::Model;
use crate::kit::day;

/// A column that can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub title: &'static str,
    /// Pixels at least.
    width: u16,
    /// Its part of the room that is left.
    grows: u8,
    pub numeric: bool,
    /// Shown where nothing was chosen.
    usual: bool,
}

const fn column(key: &'static str, title: &'static str, width: u16, grows: u8, usual: bool) -> Column {
    Column { key, title, width, grows, numeric: false, usual }
}

const fn number(key: &'static str, title: &'static str, width: u16, usual: bool) -> Column {
    Column { key, title, width, grows: 0, numeric: true, usual }
}

/// Every column, in order.
pub const COLUMNS: [Column; 22] = [
    column("code", "#", 56, 0, true),
    column("name", "Task", 190, 3, true),
    column("status", "Status", 116, 0, true),
    number("progress", "Progress", 92, true),
    number("duration", "Duration", 96, true),
    column("start", "Start", 112, 0, true),
    column("finish", "Finish", 112, 0, true),
    column("people", "People", 116, 1, true),
    column("department", "Department", 116, 1, true),
    number("float", "Total float", 104, false),
    number("free", "Free float", 100, false),
    column("critical", "Critical", 88, 0, false),
    column("after", "After", 96, 0, false),
    column("deadline", "Deadline", 106, 0, false),
    column("type", "Type", 100, 0, false),
    column("mode", "Scheduled", 108, 0, false),
    column("constraint", "Constraint", 180, 1, false),
    column("actual_start", "Actual start", 116, 0, false),
    column("actual_finish", "Actual finish", 120, 0, false),
    number("priority", "Priority", 88, false),
    column("calendar", "Calendar", 112, 0, false),
    column("notes", "Notes", 180, 2, false),
];

/// The tracks of a grid of these columns, and how wide it is at least.
pub fn tracks(columns: &[&Column]) -> String {
    let track = |column: &&Column| format!("minmax({}px,{}fr)", column.width, column.grows);
    let tracks: Vec<String> = columns.iter().map(track).collect();
    let least: u32 = columns.iter().map(|column| u32::from(column.width)).sum();
    format!("--columns:{};--least:{least}px", tracks.join(" "))
}

/// The columns of a look, in order; the usual ones where it names none.
pub fn chosen(keys: &[String]) -> Vec<&'static Column> {
    let is_chosen = |column: &&Column| {
        if keys.is_empty() { column.usual } else { keys.iter().any(|key| key == column.key) }
    };
    COLUMNS.iter().filter(is_chosen).collect()
}

/// The other columns, or the usual ones again, as a look keeps them: what is usual is not spelled out.
pub fn toggled(keys: &[String], key: &str) -> Vec<String> {
    let shown = chosen(keys);
    let is_shown = |column: &&Column| shown.contains(column) != (column.key == key);
    let next: Vec<&Column> = COLUMNS.iter().filter(is_shown).collect();
    if next == chosen(&[]) || next.is_empty() {
        return Vec::new();
    }
    next.into_iter().map(|column| column.key.to_owned()).collect()
}

/// By what rows are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// One row of the plan.
pub struct Row<'a> {
    pub model: &'a Model,
    pub task: u32,
    pub record: &'a TaskRecord,
    pub slot: Slot,
    pub name_of: &'a dyn Fn(UserId) -> String,
}

impl Row<'_> {
    /// The text of a cell.
    pub fn text(&self, key: &str) -> String {
        let Self { model, task, record, slot, .. } = self;
        let is_task = record.kind != TaskKind::Summary;
        let date = |at: Option<Minute>| at.map(day).unwrap_or_default();
        match key {
            "code" => model.code(*task).to_owned(),
            "name" => record.name.clone(),
            "status" => record.status.title().to_owned(),
            "progress" => format!("{} %", model.progress(*task)),
            "duration" => model.duration_text(*task),
            "start" => day(slot.start),
            "finish" => day(slot.finish),
            "people" => record.assignees.iter().map(|id| (self.name_of)(*id)).collect::<Vec<_>>().join(", "),
            "department" => record.department.clone().unwrap_or_default(),
            "float" if is_task => self.days(slot.total_float),
            "free" if is_task => self.days(slot.free_float),
            "critical" if is_critical(record, slot) => "Critical".to_owned(),
            "after" => model.predecessors(*task),
            "deadline" => date(record.deadline),
            "type" => match record.kind {
                TaskKind::Task => "Task",
                TaskKind::Milestone => "Milestone",
                TaskKind::Summary => "Summary",
            }
            .to_owned(),
            "mode" if record.mode == TaskMode::Manual => "By hand".to_owned(),
            "mode" => "Automatic".to_owned(),
            "constraint" => constraint(record),
            "actual_start" => date(record.actual_start),
            "actual_finish" => date(record.actual_finish),
            "priority" => record.priority.to_string(),
            "calendar" => record.calendar_id.map(|id| self.calendar(id)).unwrap_or_default(),
            "notes" => record.notes.lines().next().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    /// What the row is sorted by.
    pub fn key(&self, key: &str) -> SortKey {
        let Self { model, task, record, slot, .. } = self;
        let date = |at: Option<Minute>| at.map_or(i64::MAX, |at| at.0);
        SortKey::Number(match key {
            "code" => i64::from(*task),
            "status" => record.status as i64,
            "progress" => i64::from(model.progress(*task)),
            "duration" => record.duration,
            "start" => slot.start.0,
            "finish" => slot.finish.0,
            "float" => slot.total_float,
            "free" => slot.free_float,
            "critical" => i64::from(!is_critical(record, slot)),
            "deadline" => date(record.deadline),
            "actual_start" => date(record.actual_start),
            "actual_finish" => date(record.actual_finish),
            "priority" => i64::from(record.priority),
            _ => return SortKey::Text(self.text(key).to_lowercase()),
        })
    }

    fn days(&self, minutes: i64) -> String {
        let day = self.model.document().calendar().minutes_per_day().max(1);
        if minutes % day == 0 { format!("{} d", minutes / day) } else { format!("{} h", minutes / 60) }
    }

    fn calendar(&self, id: CalendarId) -> String {
        let known = self.model.document().calendars.iter().find(|record| record.id == id);
        known.map(|record| record.name.clone()).unwrap_or_default()
    }
}

fn constraint(record: &TaskRecord) -> String {
    if record.constraint == ConstraintKind::default() {
        return String::new();
    }
    format!("{} {}", record.constraint.title(), record.constraint_at.map(day).unwrap_or_default()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_goes_and_comes_back_and_the_usual_ones_are_not_spelled_out() {
        let without = toggled(&[], "people");
        assert_eq!((without.len(), without.iter().any(|key| key == "people")), (8, false));
        assert_eq!(toggled(&without, "people"), Vec::<String>::new());
        assert_eq!(toggled(&["name".to_owned()], "name"), Vec::<String>::new(), "a table without columns is none");
        let more = toggled(&[], "notes");
        assert_eq!((chosen(&more).len(), chosen(&more)[9].key), (10, "notes"));
    }
}
