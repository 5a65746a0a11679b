//! The columns of a plan's rows: what stands in a cell, and by what rows are sorted. The table and the chart's table
//! show the same ones.

use domain::{
    CalendarId, Minute, ResourceId, UserId,
    projects::{
        amount::written,
        document::TaskRecord,
        look::{is_critical, is_overdue},
        plan::{ConstraintKind, TaskKind, TaskMode},
        resource::{WHOLE, called},
        schedule::Slot,
    },
};

use super::gantt::Model;
use crate::kit::day;

/// A column that can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub title: &'static str,
    /// Pixels at least, in the table.
    pub width: u16,
    /// Pixels in the chart's table, where nobody chose others.
    pub narrow: u16,
    /// Its part of the room that is left in the table.
    pub grows: u8,
    pub numeric: bool,
    /// Follows every frame of a drag.
    pub dated: bool,
}

const fn column(key: &'static str, title: &'static str, [width, narrow]: [u16; 2], grows: u8) -> Column {
    Column { key, title, width, narrow, grows, numeric: false, dated: false }
}

const fn date(key: &'static str, title: &'static str) -> Column {
    Column { key, title, width: 120, narrow: 112, grows: 0, numeric: false, dated: false }
}

const fn number(key: &'static str, title: &'static str, [width, narrow]: [u16; 2]) -> Column {
    Column { key, title, width, narrow, grows: 0, numeric: true, dated: false }
}

impl Column {
    const fn dated(self) -> Self {
        Self { dated: true, ..self }
    }

    /// What it says, where its title is short.
    pub const fn hint(&self) -> &'static str {
        match self.key.as_bytes() {
            b"code" => "Place in the outline",
            b"progress" => "Percent done",
            b"after" => "What the task waits for: its predecessors",
            b"successors" => "What waits for the task: its successors",
            b"resources" => "People, machines and departments, each with its share",
            b"float" => "How much later the task can end without moving the end of the plan",
            b"free" => "How much later the task can end without moving what follows",
            b"critical" => "Any delay of the task moves the end of the plan",
            b"late" => "How far the task lies behind its deadline, or is overdue today",
            b"span" => "Working time from start to finish, pauses included",
            b"mode" => "By the scheduler, or put by hand",
            b"baseline_start" => "When the task started in the baseline that is compared",
            b"baseline_finish" => "When the task finished in the baseline that is compared",
            b"start_off" => "How much later the task starts than in what is compared",
            b"finish_off" => "How much later the task finishes than in what is compared",
            b"length_off" => "How much longer the task takes than in what is compared",
            _ => "",
        }
    }

    /// True where the column says something only while the plan is compared.
    pub const fn is_off(&self) -> bool {
        matches!(self.key.as_bytes(), b"start_off" | b"finish_off" | b"length_off")
    }
}

/// Every column, in order.
pub static COLUMNS: [Column; 32] = [
    column("code", "#", [56, 60], 0),
    column("name", "Task", [190, 140], 3),
    column("status", "Status", [116, 124], 0),
    number("progress", "Progress", [92, 44]),
    number("duration", "Duration", [96, 76]).dated(),
    date("start", "Start").dated(),
    date("finish", "Finish").dated(),
    column("people", "People", [116, 120], 1),
    column("department", "Department", [116, 116], 1),
    number("float", "Total float", [104, 84]).dated(),
    number("free", "Free float", [100, 80]).dated(),
    column("critical", "Critical", [88, 72], 0).dated(),
    column("after", "After", [96, 76], 0),
    column("successors", "Before", [96, 76], 0),
    date("deadline", "Deadline"),
    number("late", "Late", [80, 72]).dated(),
    column("resources", "Resources", [140, 140], 1),
    column("type", "Type", [100, 84], 0),
    column("mode", "Scheduled", [108, 88], 0),
    column("constraint", "Constraint", [180, 160], 1),
    date("constraint_at", "Constraint date"),
    date("actual_start", "Actual start"),
    date("actual_finish", "Actual finish"),
    number("priority", "Priority", [88, 68]),
    number("span", "With pauses", [104, 88]).dated(),
    date("baseline_start", "Baseline start"),
    date("baseline_finish", "Baseline finish"),
    number("start_off", "Start ±", [92, 80]).dated(),
    number("finish_off", "Finish ±", [92, 80]).dated(),
    number("length_off", "Length ±", [96, 84]).dated(),
    column("calendar", "Calendar", [112, 112], 0),
    column("notes", "Notes", [180, 180], 2),
];

/// The column with this key.
pub fn column_of(key: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.key == key)
}

/// By what rows are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// One row of the plan.
pub struct Row<'a> {
    model: &'a Model,
    task: u32,
    record: &'a TaskRecord,
    slot: Slot,
    now: Minute,
    name_of: &'a dyn Fn(UserId) -> String,
}

impl<'a> Row<'a> {
    /// A row of the plan; none where it has gone.
    pub fn of(model: &'a Model, task: u32, now: Minute, name_of: &'a dyn Fn(UserId) -> String) -> Option<Self> {
        let record = model.document().tasks.get(task as usize)?;
        let slot = *model.schedule().tasks.get(task as usize)?;
        Some(Self { model, task, record, slot, now, name_of })
    }

    /// The text of a cell.
    pub fn text(&self, key: &str) -> String {
        let Self { model, task, record, slot, .. } = self;
        let is_task = record.kind != TaskKind::Summary;
        let date = |at: Option<Minute>| at.map(day).unwrap_or_default();
        let was = || model.ghost().and_then(|ghost| ghost.rows.get(&record.id));
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
            "float" if is_task => self.about(slot.total_float),
            "free" if is_task => self.about(slot.free_float),
            "critical" if is_critical(record, slot) => "Critical".to_owned(),
            "after" => model.predecessors(*task),
            "successors" => model.successors(*task),
            "deadline" => date(record.deadline),
            "late" => self.late().map(|minutes| self.about(minutes)).unwrap_or_default(),
            "resources" => self.resources(),
            "type" => match record.kind {
                TaskKind::Task => "Task",
                TaskKind::Milestone => "Milestone",
                TaskKind::Summary => "Summary",
            }
            .to_owned(),
            "mode" if record.mode == TaskMode::Manual => "By hand".to_owned(),
            "mode" => "Automatic".to_owned(),
            "constraint" => constraint(record),
            "constraint_at" if record.constraint.needs_date() => date(record.constraint_at),
            "actual_start" => date(record.actual_start),
            "actual_finish" => date(record.actual_finish),
            "priority" => record.priority.to_string(),
            "span" if record.kind == TaskKind::Task && !record.elapsed => {
                model.amount_text(model.scheduler().task(*task).span())
            }
            "span" => model.duration_text(*task),
            "baseline_start" => date(was().map(|was| was.start)),
            "baseline_finish" => date(was().map(|was| was.finish)),
            "start_off" | "finish_off" | "length_off" => self.off_text(key),
            "calendar" => record.calendar_id.map(|id| self.calendar(id)).unwrap_or_default(),
            "notes" => record.notes.lines().next().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    /// True where a cell says something that should not be.
    pub fn is_bad(&self, key: &str) -> bool {
        match key {
            "float" => self.record.kind != TaskKind::Summary && self.slot.total_float < 0,
            "late" => self.late().is_some(),
            _ => self.off(key).is_some_and(|minutes| minutes > 0),
        }
    }

    /// What the row is sorted by.
    pub fn key(&self, key: &str) -> SortKey {
        let Self { model, task, record, slot, .. } = self;
        let date = |at: Option<Minute>| at.map_or(i64::MAX, |at| at.0);
        let was = || model.ghost().and_then(|ghost| ghost.rows.get(&record.id));
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
            "late" => self.late().unwrap_or_default(),
            "span" => model.scheduler().task(*task).span(),
            "deadline" => date(record.deadline),
            "constraint_at" => date(record.constraint_at),
            "actual_start" => date(record.actual_start),
            "actual_finish" => date(record.actual_finish),
            "baseline_start" => date(was().map(|was| was.start)),
            "baseline_finish" => date(was().map(|was| was.finish)),
            "start_off" | "finish_off" | "length_off" => self.off(key).unwrap_or(i64::MIN),
            "priority" => i64::from(record.priority),
            _ => return SortKey::Text(self.text(key).to_lowercase()),
        })
    }

    /// Working minutes behind the deadline, or behind the finish that has passed without the task being done.
    fn late(&self) -> Option<i64> {
        let clock = self.model.scheduler().clock(self.task);
        let missed = self.record.deadline.map_or(0, |deadline| clock.between(deadline, self.slot.finish));
        let overdue = is_overdue(self.record, &self.slot, self.now);
        let overdue = if overdue { clock.between(self.slot.finish, self.now) } else { 0 };
        Some(missed.max(overdue)).filter(|minutes| *minutes > 0)
    }

    /// Working minutes by which the row has come off what it is compared with.
    fn off(&self, key: &str) -> Option<i64> {
        let off = self.model.variance(self.task)?;
        match key {
            "start_off" => Some(off.start_minutes),
            "finish_off" => Some(off.finish_minutes),
            "length_off" => Some(off.duration_minutes),
            _ => None,
        }
    }

    fn off_text(&self, key: &str) -> String {
        match self.off(key) {
            None if self.model.ghost().is_some() => "new".to_owned(),
            None | Some(0) => String::new(),
            Some(minutes) => format!("{}{}", if minutes > 0 { "+" } else { "" }, self.days(minutes)),
        }
    }

    /// Everybody and everything that the task needs, each with its share where it is not one whole.
    fn resources(&self) -> String {
        let known = self.model.staff().known();
        let own = |id: UserId| self.record.assignments.iter().any(|need| need.resource_id == ResourceId(id.0));
        let people = self.record.assignees.iter().filter(|id| !own(**id)).map(|id| (self.name_of)(*id));
        let things = self.record.assignments.iter().map(|need| match need.units {
            WHOLE => called(known, need.resource_id).to_owned(),
            units => format!("{} {} %", called(known, need.resource_id), units),
        });
        people.chain(things).collect::<Vec<_>>().join(", ")
    }

    /// Days to one decimal, or what is less than a day: slack and lateness need no more.
    fn about(&self, minutes: i64) -> String {
        format!("{}{}", if minutes < 0 { "-" } else { "" }, self.model.amount_text(minutes.abs()))
    }

    fn days(&self, minutes: i64) -> String {
        written(minutes, self.model.document().calendar().minutes_per_day().max(1))
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
