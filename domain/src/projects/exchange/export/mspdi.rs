//! MS Project XML, written so that MS Project and [`super::super::mspdi`] read back the same plan.
//!
//! Elements stand in the order of Microsoft's schema, which MS Project insists on. What MS Project has no place for
//! goes where it keeps it: status and department as text fields with our names on them, the description as the note of
//! row 0, the project's target as the deadline of row 0.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::{Display, Write as _},
};

use chrono::NaiveDate;

use crate::{
    CalendarId, TaskId, UserId,
    projects::{
        calendar::{Calendar, Window},
        document::{LinkRecord, PlanDocument, TaskRecord},
        plan::{ConstraintKind, Direction, LagUnit, LinkKind, TaskKind, TaskMode},
        schedule::{Schedule, Slot},
    },
};

/// MS Project's number and our name of the text fields that we use.
pub(in super::super) const STATUS_FIELD: (&str, &str) = ("188743731", "Takt status");
pub(in super::super) const DEPARTMENT_FIELD: (&str, &str) = ("188743734", "Takt department");

/// Writes a plan with the dates that the scheduler gave it. `person` says what somebody is called.
#[must_use]
pub fn write(plan: &PlanDocument, schedule: &Schedule, person: impl Fn(UserId) -> Option<String>) -> String {
    let mut xml = Xml { text: String::with_capacity(1_024 * (plan.tasks.len() + 8)) };
    xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml.text.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">");
    let calendars = Calendars::of(plan);
    head(&mut xml, plan, schedule, &calendars);
    fields(&mut xml);
    xml.group("Calendars", |xml| calendars.write(xml));
    xml.group("Tasks", |xml| tasks(xml, plan, schedule, &calendars));
    let names = resources(plan, &person);
    xml.group("Resources", |xml| {
        for (name, uid) in &names.list {
            xml.group("Resource", |xml| {
                xml.leaf("UID", uid);
                xml.leaf("ID", uid);
                xml.leaf("Name", name);
                xml.leaf("Type", 1);
            });
        }
    });
    xml.group("Assignments", |xml| assignments(xml, plan, &names));
    xml.text.push_str("</Project>\n");
    xml.text
}

fn head(xml: &mut Xml, plan: &PlanDocument, schedule: &Schedule, calendars: &Calendars<'_>) {
    let forward = plan.head.direction == Direction::Forward;
    let day = calendars.list.first().map_or(480, |(_, calendar)| calendar.minutes_per_day());
    xml.leaf("SaveVersion", 14);
    xml.leaf("Name", &plan.head.name);
    xml.leaf("Title", &plan.head.name);
    xml.leaf("ScheduleFromStart", u8::from(forward));
    xml.leaf("StartDate", plan.head.start);
    xml.leaf("FinishDate", plan.head.target_end.filter(|_| !forward).unwrap_or(schedule.finish));
    xml.leaf("CalendarUID", calendars.project);
    xml.leaf("MinutesPerDay", day);
    xml.leaf("MinutesPerWeek", day * 5);
    xml.leaf("DaysPerMonth", 20);
    xml.leaf("NewTasksAreManual", 0);
}

fn fields(xml: &mut Xml) {
    xml.group("ExtendedAttributes", |xml| {
        for ((number, alias), name) in [(STATUS_FIELD, "Text1"), (DEPARTMENT_FIELD, "Text2")] {
            xml.group("ExtendedAttribute", |xml| {
                xml.leaf("FieldID", number);
                xml.leaf("FieldName", name);
                xml.leaf("Alias", alias);
            });
        }
    });
}

/// The plan's calendars by the numbers that they have in the file, from 1; the project's own stands first.
struct Calendars<'a> {
    list: Vec<(&'a str, Calendar)>,
    numbers: HashMap<CalendarId, usize>,
    project: usize,
}

impl<'a> Calendars<'a> {
    fn of(plan: &'a PlanDocument) -> Self {
        let own = |id: CalendarId| plan.head.calendar_id == Some(id);
        let mut records: Vec<_> = plan.calendars.iter().collect();
        records.sort_by_key(|record| !own(record.id));
        let mut list = Vec::new();
        if !records.first().is_some_and(|record| own(record.id)) {
            list.push(("Standard", Calendar::standard()));
        }
        let numbers = (list.len() + 1..).zip(&records).map(|(number, record)| (record.id, number)).collect();
        list.extend(records.iter().map(|record| (record.name.as_str(), record.calendar.clone())));
        Self { list, numbers, project: 1 }
    }

    fn write(&self, xml: &mut Xml) {
        for (number, (name, calendar)) in (1_usize..).zip(&self.list) {
            xml.group("Calendar", |xml| {
                xml.leaf("UID", number);
                xml.leaf("Name", name);
                xml.leaf("IsBaseCalendar", 1);
                xml.leaf("BaseCalendarUID", -1);
                xml.group("WeekDays", |xml| {
                    // Sunday is 1 there and 6 here.
                    for kind in 1..=7_usize {
                        xml.group("WeekDay", |xml| {
                            xml.leaf("DayType", kind);
                            day(xml, &calendar.week[(kind + 5) % 7]);
                        });
                    }
                });
                if !calendar.exceptions.is_empty() {
                    xml.group("Exceptions", |xml| exceptions(xml, &calendar.exceptions));
                }
            });
        }
    }
}

fn day(xml: &mut Xml, windows: &[Window]) {
    xml.leaf("DayWorking", u8::from(!windows.is_empty()));
    if windows.is_empty() {
        return;
    }
    // Midnight as an end is written as the next day's beginning.
    let clock = |minute: u16| format!("{:02}:{:02}:00", minute % 1_440 / 60, minute % 60);
    xml.group("WorkingTimes", |xml| {
        for window in windows {
            xml.group("WorkingTime", |xml| {
                xml.leaf("FromTime", clock(window.from));
                xml.leaf("ToTime", clock(window.to));
            });
        }
    });
}

/// Days in a row that work alike are one exception, as MS Project writes a week of holidays.
fn exceptions(xml: &mut Xml, exceptions: &BTreeMap<NaiveDate, Vec<Window>>) {
    let mut runs: Vec<(NaiveDate, NaiveDate, &Vec<Window>)> = Vec::new();
    for (date, windows) in exceptions {
        match runs.last_mut() {
            Some((_, last, same)) if last.succ_opt() == Some(*date) && *same == windows => *last = *date,
            _ => runs.push((*date, *date, windows)),
        }
    }
    for (first, last, windows) in runs {
        xml.group("Exception", |xml| {
            xml.leaf("EnteredByOccurrences", 0);
            xml.group("TimePeriod", |xml| {
                xml.leaf("FromDate", format_args!("{first}T00:00:00"));
                xml.leaf("ToDate", format_args!("{last}T23:59:00"));
            });
            xml.leaf("Occurrences", (last - first).num_days() + 1);
            xml.leaf("Type", 1);
            day(xml, windows);
        });
    }
}

fn tasks(xml: &mut Xml, plan: &PlanDocument, schedule: &Schedule, calendars: &Calendars<'_>) {
    let positions = plan.positions();
    let mut waits: HashMap<TaskId, Vec<&LinkRecord>> = HashMap::new();
    for link in &plan.links {
        waits.entry(link.successor_id).or_default().push(link);
    }
    xml.group("Task", |xml| {
        xml.leaf("UID", 0);
        xml.leaf("ID", 0);
        xml.leaf("Name", &plan.head.name);
        xml.leaf("OutlineNumber", 0);
        xml.leaf("OutlineLevel", 0);
        xml.leaf("Summary", 1);
        if let Some(target) = plan.head.target_end {
            xml.leaf("Deadline", target);
        }
        if !plan.head.description.is_empty() {
            xml.leaf("Notes", &plan.head.description);
        }
    });
    let codes = plan.codes();
    let progress = plan.task_progress();
    for (index, (task, slot)) in plan.tasks.iter().zip(&schedule.tasks).enumerate() {
        xml.group("Task", |xml| {
            identity(xml, index, task, &codes[index]);
            timing(xml, task, slot, progress[index]);
            bounds(xml, task, calendars);
            for link in waits.get(&task.id).into_iter().flatten() {
                if let Some(from) = positions.get(&link.predecessor_id) {
                    predecessor(xml, link, from + 1);
                }
            }
            attributes(xml, task);
        });
    }
}

fn identity(xml: &mut Xml, index: usize, task: &TaskRecord, code: &str) {
    xml.leaf("UID", index + 1);
    xml.leaf("ID", index + 1);
    xml.leaf("Name", &task.name);
    xml.leaf("Active", 1);
    xml.leaf("Manual", u8::from(task.mode == TaskMode::Manual));
    // Fixed duration: whoever opens the file and adds people does not shorten the work.
    xml.leaf("Type", 1);
    xml.leaf("IsNull", 0);
    xml.leaf("WBS", code);
    xml.leaf("OutlineNumber", code);
    xml.leaf("OutlineLevel", code.matches('.').count() + 1);
    xml.leaf("Priority", task.priority);
}

fn timing(xml: &mut Xml, task: &TaskRecord, slot: &Slot, progress: u8) {
    let duration = format!("PT{}H{}M0S", task.duration / 60, task.duration % 60);
    xml.leaf("Start", slot.start);
    xml.leaf("Finish", slot.finish);
    if task.kind != TaskKind::Summary {
        xml.leaf("Duration", &duration);
        if let Some(start) = task.manual_start {
            xml.leaf("ManualStart", start);
        }
        // Hours, or hours on the wall.
        xml.leaf("DurationFormat", if task.elapsed { 6 } else { 5 });
        xml.leaf("EffortDriven", 0);
    }
    xml.leaf("Milestone", u8::from(task.kind == TaskKind::Milestone));
    xml.leaf("Summary", u8::from(task.kind == TaskKind::Summary));
    xml.leaf("Critical", u8::from(slot.critical));
    xml.leaf("EarlyStart", slot.start);
    xml.leaf("EarlyFinish", slot.finish);
    xml.leaf("LateStart", slot.late_start);
    xml.leaf("LateFinish", slot.late_finish);
    // Slack is in tenths of minutes.
    xml.leaf("FreeSlack", slot.free_float.saturating_mul(10));
    xml.leaf("TotalSlack", slot.total_float.saturating_mul(10));
    xml.leaf("PercentComplete", progress);
    if let Some(at) = task.actual_start {
        xml.leaf("ActualStart", at);
    }
    if let Some(at) = task.actual_finish {
        xml.leaf("ActualFinish", at);
    }
}

fn bounds(xml: &mut Xml, task: &TaskRecord, calendars: &Calendars<'_>) {
    let kind = match task.constraint {
        ConstraintKind::AsSoonAsPossible => 0,
        ConstraintKind::AsLateAsPossible => 1,
        ConstraintKind::MustStartOn => 2,
        ConstraintKind::MustFinishOn => 3,
        ConstraintKind::StartNoEarlierThan => 4,
        ConstraintKind::StartNoLaterThan => 5,
        ConstraintKind::FinishNoEarlierThan => 6,
        ConstraintKind::FinishNoLaterThan => 7,
    };
    xml.leaf("ConstraintType", kind);
    match task.calendar_id.and_then(|id| calendars.numbers.get(&id)) {
        Some(number) => xml.leaf("CalendarUID", number),
        None => xml.leaf("CalendarUID", -1),
    }
    if let Some(at) = task.constraint_at {
        xml.leaf("ConstraintDate", at);
    }
    if let Some(at) = task.deadline {
        xml.leaf("Deadline", at);
    }
    if !task.notes.is_empty() {
        xml.leaf("Notes", &task.notes);
    }
}

fn predecessor(xml: &mut Xml, link: &LinkRecord, from: u32) {
    let kind = match link.kind {
        LinkKind::FinishToFinish => 0,
        LinkKind::FinishToStart => 1,
        LinkKind::StartToFinish => 2,
        LinkKind::StartToStart => 3,
    };
    xml.group("PredecessorLink", |xml| {
        xml.leaf("PredecessorUID", from);
        xml.leaf("Type", kind);
        xml.leaf("CrossProject", 0);
        xml.leaf("LinkLag", link.lag_minutes.saturating_mul(10));
        xml.leaf("LagFormat", if link.lag_unit == LagUnit::Elapsed { 6 } else { 5 });
    });
}

fn attributes(xml: &mut Xml, task: &TaskRecord) {
    let department = task.department.as_deref().map(|name| (DEPARTMENT_FIELD.0, name));
    for (number, value) in [Some((STATUS_FIELD.0, task.status.code())), department].into_iter().flatten() {
        xml.group("ExtendedAttribute", |xml| {
            xml.leaf("FieldID", number);
            xml.leaf("Value", value);
        });
    }
}

/// People by their numbers in the file, from 1, in the order in which the plan names them.
struct Names {
    list: Vec<(String, usize)>,
    numbers: HashMap<UserId, usize>,
}

fn resources(plan: &PlanDocument, person: &impl Fn(UserId) -> Option<String>) -> Names {
    let mut names = Names { list: Vec::new(), numbers: HashMap::new() };
    for task in &plan.tasks {
        for (id, name) in task.assignees.iter().zip(super::people(task, person)) {
            names.numbers.entry(*id).or_insert_with(|| {
                let number = names.list.len() + 1;
                names.list.push((name, number));
                number
            });
        }
    }
    names
}

fn assignments(xml: &mut Xml, plan: &PlanDocument, names: &Names) {
    let pairs = (1_usize..)
        .zip(&plan.tasks)
        .flat_map(|(task, record)| record.assignees.iter().filter_map(move |id| Some((task, names.numbers.get(id)?))));
    for (number, (task, resource)) in (1_usize..).zip(pairs) {
        xml.group("Assignment", |xml| {
            xml.leaf("UID", number);
            xml.leaf("TaskUID", task);
            xml.leaf("ResourceUID", resource);
            xml.leaf("Units", 1);
        });
    }
}

/// Text that grows by elements.
struct Xml {
    text: String,
}

impl Xml {
    fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "<{name}>");
        inside(self);
        let _ = writeln!(self.text, "</{name}>");
    }

    fn leaf(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.text, "<{name}>");
        let from = self.text.len();
        let _ = write!(self.text, "{value}");
        if self.text[from..].contains(|letter| escape(letter).is_some()) {
            let raw = self.text.split_off(from);
            for letter in raw.chars() {
                match escape(letter) {
                    Some(instead) => self.text.push_str(instead),
                    None => self.text.push(letter),
                }
            }
        }
        let _ = write!(self.text, "</{name}>");
    }
}

/// What stands for a letter that XML has a use for or cannot hold at all. A carriage return would come back as a line
/// feed.
pub(in super::super) const fn escape(letter: char) -> Option<&'static str> {
    match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        '\n' | '\t' => None,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Some(""),
        _ => None,
    }
}
