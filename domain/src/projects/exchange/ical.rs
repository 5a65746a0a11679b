//! iCalendar (RFC 5545): tasks as events that a calendar program subscribes to.
//!
//! Dates of a plan are the plant's wall clock, so events float: no zone is named, and Monday 08:00 is Monday 08:00 on the
//! clock of whoever looks. Work that fills its days is written as whole days. The same plans give the same bytes, which
//! is what a subscriber's `If-None-Match` is compared with; so nothing here asks what time it is.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::{
    Minute, ProjectId,
    projects::{
        calendar::Calendar,
        document::{PlanDocument, TaskRecord, TaskStatus},
        plan::TaskKind,
        schedule::{Schedule, Slot},
    },
};

/// Octets in a line, without its end.
const LINE: usize = 75;

/// Tasks of one plan.
#[derive(Clone, Copy, Debug)]
pub struct FeedPlan<'a> {
    pub document: &'a PlanDocument,
    pub schedule: &'a Schedule,
    /// When the plan was changed last.
    pub changed: DateTime<Utc>,
}

/// Writes the tasks and milestones that `wanted` chooses; summaries only sum them up and are left out. `link` says where
/// a plan is looked at.
#[must_use]
pub fn write<'a>(
    name: &str,
    plans: impl IntoIterator<Item = FeedPlan<'a>>,
    wanted: impl Fn(&TaskRecord) -> bool,
    link: impl Fn(ProjectId) -> String,
) -> String {
    let mut text = Lines(String::with_capacity(4 * 1_024));
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Takt//Plan//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
        ("X-PUBLISHED-TTL", "PT1H"),
    ] {
        text.put(property, value);
    }
    for property in ["NAME", "X-WR-CALNAME"] {
        text.say(property, name);
    }
    for plan in plans {
        let codes = plan.document.codes();
        let usual = plan.document.calendar();
        for ((task, slot), code) in plan.document.tasks.iter().zip(&plan.schedule.tasks).zip(codes) {
            if task.kind != TaskKind::Summary && wanted(task) {
                let own = task.calendar_id.and_then(|id| plan.document.calendars.iter().find(|record| record.id == id));
                let calendar = own.map_or(&usual, |record| &record.calendar);
                event(&mut text, &plan, task, slot, &code, calendar, &link(plan.document.head.id));
            }
        }
    }
    text.put("END", "VCALENDAR");
    text.0
}

fn event(
    text: &mut Lines,
    plan: &FeedPlan<'_>,
    task: &TaskRecord,
    slot: &Slot,
    code: &str,
    calendar: &Calendar,
    link: &str,
) {
    let head = &plan.document.head;
    let changed = plan.changed.format("%Y%m%dT%H%M%SZ").to_string();
    text.put("BEGIN", "VEVENT");
    text.put("UID", &format!("{}@takt", task.id));
    text.put("DTSTAMP", &changed);
    text.put("LAST-MODIFIED", &changed);
    text.put("SEQUENCE", &head.revision.to_string());
    when(text, task, slot, calendar);
    text.say("SUMMARY", &task.name);
    text.say("DESCRIPTION", &description(task, head.name.as_str(), &head.code, code));
    text.put("URL", link);
    text.put("STATUS", "CONFIRMED");
    // A moment takes nobody's time, and what is done takes none any more.
    let free = task.kind == TaskKind::Milestone || task.progress >= 100;
    text.put("TRANSP", if free { "TRANSPARENT" } else { "OPAQUE" });
    text.say("CATEGORIES", &head.name);
    text.put("X-TAKT-PERCENT-COMPLETE", &task.progress.to_string());
    text.put("X-TAKT-STATUS", &task.status.code().replace('_', "-").to_uppercase());
    if slot.critical && task.progress < 100 {
        text.put("PRIORITY", "1");
    }
    text.put("END", "VEVENT");
}

fn when(text: &mut Lines, task: &TaskRecord, slot: &Slot, calendar: &Calendar) {
    let moment = |at: Minute| at.datetime().format("%Y%m%dT%H%M%S").to_string();
    let day = |day: i64| Minute(day * Minute::DAY).date().format("%Y%m%d").to_string();
    if task.kind == TaskKind::Milestone || slot.finish <= slot.start {
        // An event without an end is over in the moment in which it begins.
        text.put("DTSTART", &moment(slot.start));
    } else if let Some(last) = whole_days(slot, calendar) {
        text.put("DTSTART;VALUE=DATE", &day(slot.start.day()));
        text.put("DTEND;VALUE=DATE", &day(last + 1));
    } else {
        text.put("DTSTART", &moment(slot.start));
        text.put("DTEND", &moment(slot.finish));
    }
}

/// The last day of work that begins with the first working minute of a day and ends with the last of one, or fills days
/// from midnight to midnight.
fn whole_days(slot: &Slot, calendar: &Calendar) -> Option<i64> {
    let last = Minute(slot.finish.0 - 1).day();
    let begins = slot.start.minute_of_day();
    let ends = slot.finish.0 - last * Minute::DAY;
    let opens = calendar.windows(slot.start).first().map(|window| i64::from(window.from));
    let closes = calendar.windows(Minute(last * Minute::DAY)).last().map(|window| i64::from(window.to));
    let full = (begins == 0 && ends == Minute::DAY) || (Some(begins) == opens && Some(ends) == closes);
    full.then_some(last)
}

fn description(task: &TaskRecord, project: &str, project_code: &str, code: &str) -> String {
    let mut said = format!("{project} ({project_code}), {code}\n{} %, {}", task.progress, task.status.title());
    if let Some(department) = &task.department {
        let _ = write!(said, "\n{department}");
    }
    if let Some(deadline) = task.deadline {
        let _ = write!(said, "\nDeadline {}", deadline.date());
    }
    if task.status == TaskStatus::AtRisk {
        said.push_str("\nThis task is at risk.");
    }
    if !task.notes.is_empty() {
        let _ = write!(said, "\n\n{}", task.notes);
    }
    said
}

/// Content lines, each ended by both characters and folded where it is long.
struct Lines(String);

impl Lines {
    /// A value that is written as it is.
    fn put(&mut self, property: &str, value: &str) {
        let line = format!("{property}:{value}");
        let mut room = LINE;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                // The blank counts.
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// Text, in which some characters mean something.
    fn say(&mut self, property: &str, text: &str) {
        let mut value = String::with_capacity(text.len() + 8);
        for letter in text.chars() {
            match letter {
                '\\' | ';' | ',' => value.extend(['\\', letter]),
                '\n' => value.push_str("\\n"),
                letter if letter.is_control() => {}
                letter => value.push(letter),
            }
        }
        self.put(property, &value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_letters() {
        let mut lines = Lines(String::new());
        lines.say("SUMMARY", &"Größe; ".repeat(20));
        let folded: Vec<&str> = lines.0.split("\r\n").collect();
        assert!(folded.iter().all(|line| line.len() <= LINE), "{folded:?}");
        assert!(folded[1].starts_with(' '));
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "Größe\\; ".repeat(20)));
    }
}
