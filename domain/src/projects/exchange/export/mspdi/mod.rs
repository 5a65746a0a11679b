//! MS Project XML, written so that MS Project and [`super::super::mspdi`] read back the same plan.
//!
//! Elements stand in the order of Microsoft's schema, which MS Project insists on. What MS Project has no place for
//! goes where it keeps it: status, department and exact pauses as text fields with our names on them, the description
//! as the note of row 0, the project's target as the deadline of row 0. What MS Project can say itself is written in its
//! own words, too, and where the two come to differ, somebody has changed it there and its own words count.

mod calendar;
mod part;
mod staff;
mod task;
mod xml;

use std::collections::HashMap;

use super::super::{notation, staff::Register};
use crate::{
    TaskId,
    projects::{
        baseline::{Baseline, BaselineTask, by_task},
        document::PlanDocument,
        plan::Direction,
        resource::WHOLE,
        schedule::{Schedule, Scheduler},
    },
};
use calendar::Calendars;
use staff::Staff;
use xml::Xml;
pub(in super::super) use xml::escape;

/// A text field that we use: MS Project's number, its name there, and ours.
pub(in super::super) struct Field {
    pub(in super::super) id: &'static str,
    name: &'static str,
    pub(in super::super) alias: &'static str,
}

impl Field {
    const fn new(id: &'static str, name: &'static str, alias: &'static str) -> Self {
        Self { id, name, alias }
    }
}

pub(in super::super) const STATUS: Field = Field::new("188743731", "Text1", "Takt status");
pub(in super::super) const DEPARTMENT: Field = Field::new("188743734", "Text2", "Takt department");
/// The priority, where MS Project's own says something else: 1000 is "do not level" there.
pub(in super::super) const PRIORITY: Field = Field::new("188743737", "Text3", "Takt priority");
pub(in super::super) const PAUSES: Field = Field::new("188743740", "Text4", "Takt pauses");
/// Where levelling put the task, and the delay that this came to.
pub(in super::super) const LEVELLED: Field = Field::new("188743743", "Text5", "Takt levelled from");
/// Names of the baselines, on row 0.
pub(in super::super) const BASELINES: Field = Field::new("188743746", "Text6", "Takt baselines");
/// What a resource is.
pub(in super::super) const KIND: Field = Field::new("205520904", "Text1", "Takt kind");
/// What a resource is called, where MS Project has no such names.
pub(in super::super) const CALLED: Field = Field::new("205520905", "Text2", "Takt name");

/// The text field of an assignment, which MS Project knows without being told, and what stands there where a person is
/// needed without being given the task, and where a person who is given it is also said to be needed whole.
pub(in super::super) const PART_ID: &str = "255852641";
pub(in super::super) const PART_NEEDED: &str = "Takt: needed";
pub(in super::super) const PART_BOTH: &str = "Takt: given and needed";

/// Whom MS Project writes where nobody is assigned.
pub(in super::super) const NOBODY: i64 = -65_535;
/// Priority of what MS Project does not level.
pub(in super::super) const DO_NOT_LEVEL: i32 = 1_000;
/// Letters that a text field of MS Project holds.
const LONGEST_TEXT: usize = 255;
/// Letters of the name of a calendar there.
const LONGEST_CALENDAR: usize = 51;
/// Baselines that MS Project has room for.
const MOST_BASELINES: usize = 11;

/// A plan with everything that its file names.
struct Source<'a> {
    plan: &'a PlanDocument,
    schedule: &'a Schedule,
    staff: Staff<'a>,
    calendars: Calendars,
    /// Only where a row has pauses or was levelled.
    scheduler: Option<Scheduler>,
    /// In tenths of minutes on the wall, by row; empty where nothing was levelled.
    delays: Vec<i64>,
    baselines: Vec<(&'a str, HashMap<TaskId, BaselineTask>)>,
}

/// Writes a plan with the dates that the scheduler gave it. `register` says who and what is called how; of the
/// baselines, newest first, MS Project has room for eleven.
#[must_use]
pub fn write(plan: &PlanDocument, schedule: &Schedule, register: &Register, baselines: &[Baseline]) -> String {
    let staff = Staff::of(plan, register);
    let calendars = Calendars::of(plan, &staff);
    let in_parts = plan.tasks.iter().any(|task| !task.splits.is_empty() || task.level_from.is_some());
    let scheduler = if in_parts { Scheduler::new(&plan.to_plan()).ok() } else { None };
    let delays = scheduler.as_ref().map_or_else(Vec::new, |scheduler| delays(plan, schedule, scheduler));
    let kept = baselines.iter().take(MOST_BASELINES);
    let baselines = kept.map(|baseline| (baseline.head.name.as_str(), by_task(&baseline.rows))).collect();
    let source = Source { plan, schedule, staff, calendars, scheduler, delays, baselines };
    source.write()
}

/// What levelling holds each task back by.
fn delays(plan: &PlanDocument, schedule: &Schedule, scheduler: &Scheduler) -> Vec<i64> {
    if plan.head.direction == Direction::Backward || plan.tasks.iter().all(|task| task.level_from.is_none()) {
        return Vec::new();
    }
    let starts = scheduler.unlevelled_starts(schedule);
    starts.iter().zip(&schedule.tasks).map(|(before, slot)| (slot.start.0 - before.0).max(0) * 10).collect()
}

impl Source<'_> {
    fn write(&self) -> String {
        let mut xml = Xml { text: String::with_capacity(1_024 * (self.plan.tasks.len() + 8)) };
        xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml.text.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">");
        self.head(&mut xml);
        fields(&mut xml);
        xml.group("Calendars", |xml| self.calendars.write(xml));
        xml.group("Tasks", |xml| {
            self.project_row(xml);
            self.tasks(xml);
        });
        xml.group("Resources", |xml| self.staff.write(xml, &self.calendars));
        xml.group("Assignments", |xml| self.assignments(xml));
        xml.text.push_str("</Project>\n");
        xml.text
    }

    fn head(&self, xml: &mut Xml) {
        let head = &self.plan.head;
        let forward = head.direction == Direction::Forward;
        let day = self.calendars.minutes_per_day();
        xml.leaf("SaveVersion", 14);
        xml.leaf("Name", &head.name);
        xml.leaf("Title", &head.name);
        xml.leaf("ScheduleFromStart", u8::from(forward));
        xml.leaf("StartDate", head.start);
        xml.leaf("FinishDate", head.target_end.filter(|_| !forward).unwrap_or(self.schedule.finish));
        xml.leaf("CalendarUID", calendar::PROJECT);
        xml.leaf("MinutesPerDay", day);
        xml.leaf("MinutesPerWeek", day * 5);
        xml.leaf("DaysPerMonth", 20);
        xml.leaf("NewTasksAreManual", 0);
    }

    /// Names of the baselines, cut where a text field could not hold them all.
    fn agreed_names(&self) -> String {
        let names = |most: usize| {
            let cut = |name: &&str| name.chars().take(most).collect::<String>();
            notation::needs(self.baselines.iter().map(|(name, _)| (cut(name), WHOLE)))
        };
        let whole = names(LONGEST_TEXT);
        if whole.chars().count() <= LONGEST_TEXT { whole } else { names(LONGEST_TEXT / MOST_BASELINES / 2 - 2) }
    }

    /// Row 0 is the project itself.
    fn project_row(&self, xml: &mut Xml) {
        let head = &self.plan.head;
        xml.group("Task", |xml| {
            xml.leaf("UID", 0);
            xml.leaf("ID", 0);
            xml.leaf("Name", &head.name);
            xml.leaf("OutlineNumber", 0);
            xml.leaf("OutlineLevel", 0);
            xml.leaf("Summary", 1);
            if let Some(target) = head.target_end {
                xml.leaf("Deadline", target);
            }
            if !head.description.is_empty() {
                xml.leaf("Notes", &head.description);
            }
            if !self.baselines.is_empty() {
                attribute(xml, BASELINES.id, &self.agreed_names());
            }
        });
    }
}

/// A name as resources may have it in MS Project, which separates them by these signs.
pub(in super::super) fn plain_name(name: &str) -> String {
    let plain = |letter| match letter {
        ',' => ';',
        '[' => '(',
        ']' => ')',
        other => other,
    };
    name.chars().map(plain).collect()
}

fn fields(xml: &mut Xml) {
    xml.group("ExtendedAttributes", |xml| {
        for field in [STATUS, DEPARTMENT, PRIORITY, PAUSES, LEVELLED, BASELINES, KIND, CALLED] {
            xml.group("ExtendedAttribute", |xml| {
                xml.leaf("FieldID", field.id);
                xml.leaf("FieldName", field.name);
                xml.leaf("Alias", field.alias);
            });
        }
    });
}

/// A value that MS Project has no room for stays at home: half of it would be read as something else.
fn attribute(xml: &mut Xml, id: &str, value: &str) {
    if value.chars().count() > LONGEST_TEXT {
        return;
    }
    xml.group("ExtendedAttribute", |xml| {
        xml.leaf("FieldID", id);
        xml.leaf("Value", value);
    });
}
