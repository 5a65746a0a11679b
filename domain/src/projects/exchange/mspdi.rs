//! MS Project XML.

use std::collections::HashMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::draft::PlanDraft;
use crate::{
    Minute,
    projects::{
        calendar::{Calendar, Window},
        operation::TaskDraft,
        plan::{ConstraintKind, LagUnit, LinkKind, TaskKind, TaskMode},
        view::ImportProblem,
    },
};

/// Reads a plan.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read(text: &str) -> Result<PlanDraft, ImportProblem> {
    // Documents that define entities are refused: a plan needs none, and they can grow without bounds.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|error| ImportProblem::file(format!("this is not XML: {error}")))?;
    let root = document.root_element();
    if root.tag_name().name() != "Project" {
        return Err(ImportProblem::file("this is not MS Project XML: its root is not Project"));
    }
    let tasks: Vec<Node<'_, '_>> = child(root, "Tasks").into_iter().flat_map(elements).collect();
    let mut draft = PlanDraft {
        name: text_of(root, "Title")
            .or_else(|| text_of(root, "Name"))
            .filter(|name| !name.is_empty())
            .unwrap_or("Imported plan")
            .to_owned(),
        start: date(root, "StartDate", 0)?.unwrap_or_default(),
        calendar: calendar(root)?,
        ..PlanDraft::default()
    };
    let mut place = HashMap::new();
    for (number, node) in (1..).zip(&tasks) {
        // Number 0 is the project itself; blank lines have no name.
        if text_of(*node, "UID") == Some("0") || text_of(*node, "IsNull") == Some("1") {
            continue;
        }
        let level: usize = text_of(*node, "OutlineLevel").and_then(|level| level.parse().ok()).unwrap_or(1);
        match task(*node, number) {
            Ok(row) => {
                if let Some(uid) = text_of(*node, "UID") {
                    place.insert(uid.to_owned(), draft.rows.len());
                }
                draft.rows.push((level.saturating_sub(1), row));
            }
            Err(problem) => draft.problems.push(problem),
        }
    }
    for (number, node) in (1..).zip(&tasks) {
        let Some(to) = text_of(*node, "UID").and_then(|uid| place.get(uid)) else { continue };
        for element in elements(*node).filter(|element| element.tag_name().name() == "PredecessorLink") {
            let read = link(element, number).and_then(|(from, kind, lag, unit)| {
                let missing =
                    || ImportProblem::cell(number, "PredecessorUID", format!("task {from} is not among the rows"));
                Ok((*place.get(from).ok_or_else(missing)?, *to, kind, lag, unit))
            });
            match read {
                Ok(link) => draft.links.push(link),
                Err(problem) => draft.problems.push(problem),
            }
        }
    }
    Ok(draft)
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    elements(node).find(|element| element.tag_name().name() == name)
}

fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|element| element.text()).map(str::trim)
}

fn date(node: Node<'_, '_>, name: &str, row: usize) -> Result<Option<Minute>, ImportProblem> {
    match text_of(node, name) {
        None | Some("" | "NA") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|reason: String| ImportProblem::cell(row, name, reason)),
    }
}

fn task(node: Node<'_, '_>, row: usize) -> Result<TaskDraft, ImportProblem> {
    let flag = |name: &str| text_of(node, name) == Some("1");
    let number = |name: &str| -> Result<Option<i64>, ImportProblem> {
        let parse = |text: &str| {
            text.parse().map_err(|_| ImportProblem::cell(row, name, format!("'{text}' is not a whole number")))
        };
        text_of(node, name).filter(|text| !text.is_empty()).map(parse).transpose()
    };
    let duration = text_of(node, "Duration").map_or(Ok(0), |text| minutes(text, row))?;
    // Duration formats with an elapsed unit are even numbers up to 12 (em, eh, ed, ew, emo).
    let elapsed = matches!(number("DurationFormat")?, Some(4 | 6 | 8 | 10 | 12));
    let manual = flag("Manual");
    let progress = number("PercentComplete")?.unwrap_or(0);
    let mut draft = TaskDraft {
        name: text_of(node, "Name")
            .filter(|name| !name.is_empty())
            .map_or_else(|| format!("Task {row}"), str::to_owned),
        kind: if flag("Summary") {
            TaskKind::Summary
        } else if flag("Milestone") && duration == 0 {
            TaskKind::Milestone
        } else {
            TaskKind::Task
        },
        mode: if manual { TaskMode::Manual } else { TaskMode::Auto },
        duration,
        elapsed,
        progress: u8::try_from(progress)
            .map_err(|_| ImportProblem::cell(row, "PercentComplete", "progress is 0 to 100"))?,
        constraint: constraint(number("ConstraintType")?.unwrap_or(0), row)?,
        constraint_at: date(node, "ConstraintDate", row)?,
        deadline: date(node, "Deadline", row)?,
        manual_start: if manual { date(node, "Start", row)? } else { None },
        actual_start: date(node, "ActualStart", row)?,
        actual_finish: date(node, "ActualFinish", row)?,
        priority: i32::try_from(number("Priority")?.unwrap_or(500)).unwrap_or(500).clamp(0, 1000),
        notes: text_of(node, "Notes").unwrap_or_default().to_owned(),
        ..TaskDraft::default()
    };
    if draft.kind == TaskKind::Summary {
        (draft.actual_start, draft.actual_finish, draft.duration) = (None, None, 0);
    }
    Ok(draft)
}

fn constraint(code: i64, row: usize) -> Result<ConstraintKind, ImportProblem> {
    use ConstraintKind as Kind;
    let kinds = [
        Kind::AsSoonAsPossible,
        Kind::AsLateAsPossible,
        Kind::MustStartOn,
        Kind::MustFinishOn,
        Kind::StartNoEarlierThan,
        Kind::StartNoLaterThan,
        Kind::FinishNoEarlierThan,
        Kind::FinishNoLaterThan,
    ];
    let kind = usize::try_from(code).ok().and_then(|code| kinds.get(code));
    kind.copied()
        .ok_or_else(|| ImportProblem::cell(row, "ConstraintType", format!("{code} is none of the eight constraints")))
}

/// `PT16H30M0S` in minutes.
fn minutes(text: &str, row: usize) -> Result<i64, ImportProblem> {
    let fault = || ImportProblem::cell(row, "Duration", format!("'{text}' is not a duration such as PT8H0M0S"));
    let (date, time) = text.strip_prefix('P').ok_or_else(fault)?.split_once('T').unwrap_or((&text[1..], ""));
    let mut sum = 0_i64;
    for (part, units) in [(date, [('D', 1_440), ('W', 10_080), ('\0', 0)]), (time, [('H', 60), ('M', 1), ('S', 0)])] {
        let mut number = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            let (_, factor) = units.iter().find(|(unit, _)| *unit == letter).ok_or_else(fault)?;
            let whole: i64 = number.split('.').next().unwrap_or_default().parse().map_err(|_| fault())?;
            sum = whole.checked_mul(*factor).and_then(|part| sum.checked_add(part)).ok_or_else(fault)?;
            number.clear();
        }
    }
    Ok(sum)
}

fn link<'a>(node: Node<'a, '_>, row: usize) -> Result<(&'a str, LinkKind, i64, LagUnit), ImportProblem> {
    let from = text_of(node, "PredecessorUID")
        .ok_or_else(|| ImportProblem::cell(row, "PredecessorLink", "the predecessor is missing"))?;
    let kind = match text_of(node, "Type").unwrap_or("1") {
        "0" => LinkKind::FinishToFinish,
        "1" => LinkKind::FinishToStart,
        "2" => LinkKind::StartToFinish,
        "3" => LinkKind::StartToStart,
        other => return Err(ImportProblem::cell(row, "Type", format!("{other} is none of the four link types"))),
    };
    let lag = text_of(node, "LinkLag").unwrap_or("0");
    let tenths: i64 =
        lag.parse().map_err(|_| ImportProblem::cell(row, "LinkLag", format!("'{lag}' is not a whole number")))?;
    let unit = if matches!(text_of(node, "LagFormat"), Some("4" | "6" | "8" | "10" | "12")) {
        LagUnit::Elapsed
    } else {
        LagUnit::Working
    };
    Ok((from, kind, tenths / 10, unit))
}

/// The project's calendar: the one it names, or the first base calendar.
fn calendar(root: Node<'_, '_>) -> Result<Option<Calendar>, ImportProblem> {
    let Some(calendars) = child(root, "Calendars") else { return Ok(None) };
    let named = text_of(root, "CalendarUID");
    let found = elements(calendars).find(|node| text_of(*node, "UID") == named).or_else(|| elements(calendars).next());
    let Some(node) = found else { return Ok(None) };
    let mut calendar = Calendar::standard();
    for day in child(node, "WeekDays").into_iter().flat_map(elements) {
        let times = windows(day)?;
        match text_of(day, "DayType").and_then(|kind| kind.parse::<usize>().ok()) {
            Some(0) => exceptions(&mut calendar, day, &times)?,
            // Sunday is 1 there and 6 here.
            Some(kind @ 1..=7) => calendar.week[(kind + 5) % 7] = times,
            _ => {}
        }
    }
    for exception in child(node, "Exceptions").into_iter().flat_map(elements) {
        let times = windows(exception)?;
        exceptions(&mut calendar, exception, &times)?;
    }
    calendar.check().map_err(|fault| ImportProblem::file(fault.to_string()))?;
    Ok(Some(calendar))
}

fn exceptions(calendar: &mut Calendar, node: Node<'_, '_>, times: &[Window]) -> Result<(), ImportProblem> {
    let Some(period) = child(node, "TimePeriod") else { return Ok(()) };
    let (Some(from), Some(to)) = (date(period, "FromDate", 0)?, date(period, "ToDate", 0)?) else { return Ok(()) };
    // A plan of a century has fewer holidays than this.
    for day in (from.day()..=to.day()).take(5_000) {
        calendar.exceptions.insert(Minute(day * Minute::DAY).date(), times.to_vec());
    }
    Ok(())
}

fn windows(day: Node<'_, '_>) -> Result<Vec<Window>, ImportProblem> {
    let mut found = Vec::new();
    for time in child(day, "WorkingTimes").into_iter().flat_map(elements) {
        let clock = |name: &str| -> Result<u16, ImportProblem> {
            let text = text_of(time, name).unwrap_or_default();
            let mut parts = text.split(':').map(str::parse::<u16>);
            match (parts.next(), parts.next()) {
                (Some(Ok(hour)), Some(Ok(minute))) if hour < 24 && minute < 60 => Ok(hour * 60 + minute),
                _ => Err(ImportProblem::file(format!("'{text}' is not a time of day"))),
            }
        };
        let (from, to) = (clock("FromTime")?, clock("ToTime")?);
        // Midnight as an end is the end of the day.
        found.push(Window { from, to: if to == 0 { 1440 } else { to } });
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"<?xml version="1.0"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Die 7</Title><StartDate>2026-01-05T08:00:00</StartDate>
<Tasks>
<Task><UID>0</UID><Name>Die 7</Name></Task>
<Task><UID>1</UID><Name>Build</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>2</UID><Name>Mill</Name><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration></Task>
<Task><UID>3</UID><Name>Grind</Name><OutlineLevel>2</OutlineLevel><Duration>PT8H0M0S</Duration>
  <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag></PredecessorLink></Task>
<Task><UID>4</UID><Name>Done</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone><Duration>PT0H0M0S</Duration>
  <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type></PredecessorLink></Task>
</Tasks></Project>"#;

    fn plan(text: &str) -> crate::projects::document::PlanDocument {
        let mut number = 0;
        let id = || {
            number += 1;
            uuid::Uuid::from_u128(number)
        };
        read(text).expect("a file").document(id).expect("a plan")
    }

    #[test]
    fn a_plan_is_read_and_scheduled() {
        let plan = plan(PLAN);
        assert_eq!(plan.codes(), ["1", "1.1", "1.2", "2"]);
        let schedule = plan.schedule().expect("a schedule");
        assert_eq!(format!("{:?}", schedule.tasks[2].start), "2026-01-08T08:00");
        assert_eq!(format!("{:?}", schedule.finish), "2026-01-08T17:00");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let bad = PLAN.replace("PT16H0M0S", "two days");
        let draft = read(&bad).expect("the rest");
        let problems: Vec<_> = draft.problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
        assert_eq!(problems, [(3, "Duration"), (4, "PredecessorUID")]);
        assert!(read("<!DOCTYPE x [<!ENTITY a 'b'>]><Project/>").is_err(), "entities are refused");
    }
}
