//! Tasks and links.

use roxmltree::Node;

use super::{Fields, attribute_of, calendar::Calendars, date, text_of};
use crate::{
    Minute,
    projects::{
        document::{NAME_MAX, NOTES_MAX, TaskStatus},
        exchange::{draft::refusals, export::mspdi::DO_NOT_LEVEL},
        operation::TaskDraft,
        plan::{ConstraintKind, TaskKind, TaskMode},
        view::ImportProblem,
    },
};

/// A task with the index of its own calendar, or everything that is wrong with it.
type Read = Result<(TaskDraft, Option<usize>), Vec<ImportProblem>>;

/// A row on its way in: takes values, keeps what is wrong with them.
struct Row<'a, 'input> {
    node: Node<'a, 'input>,
    number: usize,
    problems: Vec<ImportProblem>,
}

impl<'a> Row<'a, '_> {
    fn text(&self, name: &str) -> Option<&'a str> {
        text_of(self.node, name).filter(|text| !text.is_empty())
    }

    fn flag(&self, name: &str) -> bool {
        matches!(self.text(name), Some("1" | "true"))
    }

    fn keep<T>(&mut self, read: Result<T, ImportProblem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn date(&mut self, name: &str) -> Option<Minute> {
        let read = date(self.node, name, self.number);
        self.keep(read).flatten()
    }

    fn number(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        let fault = || ImportProblem::cell(self.number, name, format!("'{text}' is not a whole number"));
        let read = text.parse().map_err(|_| fault());
        self.keep(read)
    }
}

/// Reads a task and the level of its outline, from 0. A summary that is `childless` is a whole project of which the file
/// has one row.
pub(super) fn read(
    (node, number): (Node<'_, '_>, usize),
    childless: bool,
    fields: &Fields<'_>,
    calendars: &Calendars<'_, '_>,
    notes: &mut Vec<ImportProblem>,
) -> (usize, Read) {
    let mut row = Row { node, number, problems: Vec::new() };
    let level = row.number("OutlineLevel").unwrap_or(1);
    let level = usize::try_from(level.clamp(1, 1_000) - 1).unwrap_or(0);
    // Such tasks hold nothing up in MS Project either.
    if row.text("Active") == Some("0") {
        notes.push(ImportProblem::cell(number, "Active", "the task is inactive and left out"));
        return (level, Err(Vec::new()));
    }
    if row.flag("ExternalTask") {
        notes.push(ImportProblem::cell(number, "ExternalTask", "the task of another project is left out"));
        return (level, Err(Vec::new()));
    }
    let lasts = row.text("Duration").is_some_and(|text| minutes(text).is_ok_and(|(minutes, _)| minutes > 0));
    let summary = row.flag("Summary") && !(childless && lasts);
    if row.flag("Summary") && !summary {
        let note = "the rows below it are not in the file; it is read as one task";
        notes.push(ImportProblem::cell(number, "Summary", note));
    }
    let mut task = TaskDraft {
        name: name(&row, notes),
        notes: shortened(&row, "Notes", NOTES_MAX, notes).replace('\r', ""),
        priority: row.number("Priority").map_or(500, |priority| i32::try_from(priority).unwrap_or(-1)),
        deadline: row.date("Deadline"),
        ..TaskDraft::default()
    };
    let kind = row.number("ConstraintType").unwrap_or(0);
    let kind = row.keep(constraint(kind, number));
    task.constraint = kind.unwrap_or_default();
    task.constraint_at = row.date("ConstraintDate").filter(|_| task.constraint.needs_date());
    if summary {
        (task.kind, task.duration) = (TaskKind::Summary, 0);
        if row.flag("Manual") {
            notes.push(ImportProblem::cell(
                number,
                "Manual",
                "a summary spans the rows below it; it is not put by hand",
            ));
        }
    } else {
        timing(&mut row, &mut task, notes);
    }
    let calendar =
        row.text("CalendarUID").filter(|uid| !uid.starts_with('-')).map_or(Ok(None), |uid| calendars.used(uid));
    let calendar = calendar.unwrap_or_else(|reason| {
        let note = format!("{reason}; the project's calendar takes its place");
        notes.push(ImportProblem::cell(number, "CalendarUID", note));
        None
    });
    attributes(node, number, fields, &mut task, notes);
    if row.problems.is_empty() {
        row.problems = refusals(number, &task, element);
    }
    (level, if row.problems.is_empty() { Ok((task, calendar)) } else { Err(row.problems) })
}

/// MS Project has tasks without a name, and longer names.
fn name(row: &Row<'_, '_>, notes: &mut Vec<ImportProblem>) -> String {
    let name = shortened(row, "Name", NAME_MAX, notes);
    if !name.is_empty() {
        return name;
    }
    let name = format!("Task {}", row.text("ID").unwrap_or("without a name"));
    notes.push(ImportProblem::cell(row.number, "Name", format!("the task has no name; it is called {name} here")));
    name
}

/// A text that is cut where it is too long.
fn shortened(row: &Row<'_, '_>, element: &str, most: usize, notes: &mut Vec<ImportProblem>) -> String {
    let text = row.text(element).unwrap_or_default();
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    notes.push(ImportProblem::cell(row.number, element, format!("what stands behind {most} characters is left out")));
    text.chars().take(most).collect()
}

/// What a task has and a summary has not.
fn timing(row: &mut Row<'_, '_>, task: &mut TaskDraft, notes: &mut Vec<ImportProblem>) {
    let number = row.number;
    let milestone = row.flag("Milestone");
    let read = match row.text("Duration") {
        Some(text) => minutes(text).map_err(|reason| ImportProblem::cell(number, "Duration", reason)),
        None if milestone => Ok((0, true)),
        None => Err(ImportProblem::cell(number, "Duration", "the duration is missing")),
    };
    let (duration, exact) = row.keep(read).unwrap_or((0, true));
    if !exact {
        notes.push(ImportProblem::cell(number, "Duration", "plans count minutes; the seconds are rounded"));
    }
    task.duration = duration;
    task.elapsed = matches!(row.number("DurationFormat"), Some(format) if is_elapsed(format));
    if milestone && duration == 0 {
        task.kind = TaskKind::Milestone;
    } else if milestone {
        notes.push(ImportProblem::cell(number, "Milestone", "a milestone with a duration is read as a task"));
    }
    if row.flag("Manual") {
        task.mode = TaskMode::Manual;
        task.manual_start = row.date("ManualStart").or_else(|| row.date("Start"));
    }
    task.actual_start = row.date("ActualStart");
    task.actual_finish = row.date("ActualFinish");
    let progress = row.number("PercentComplete").unwrap_or(0);
    let wrong = || ImportProblem::cell(number, "PercentComplete", format!("progress is 0 to 100; this is {progress}"));
    let progress = u8::try_from(progress).ok().filter(|progress| *progress <= 100).ok_or_else(wrong);
    task.progress = row.keep(progress).unwrap_or(0);
}

/// Formats with an elapsed unit are even: em, eh, ed, ew, emo, and again from 36 where the duration is estimated.
pub(super) const fn is_elapsed(format: i64) -> bool {
    matches!(format, 4 | 6 | 8 | 10 | 12 | 36 | 38 | 40 | 42 | 44)
}

fn attributes(
    node: Node<'_, '_>,
    number: usize,
    fields: &Fields<'_>,
    task: &mut TaskDraft,
    notes: &mut Vec<ImportProblem>,
) {
    let said = |field: Option<&str>| field.and_then(|field| attribute_of(node, field));
    task.department = said(fields.department).map(str::to_owned);
    if let Some(value) = said(fields.status) {
        match TaskStatus::ALL.into_iter().find(|status| status.code() == value) {
            Some(status) => task.status = status,
            None => notes.push(ImportProblem::cell(number, "Takt status", format!("there is no status '{value}'"))),
        }
    }
    // MS Project levels nothing of the highest priority. Ours stands beside it while its own is the one that we gave.
    task.locked = task.priority == DO_NOT_LEVEL;
    let ours = said(fields.priority).and_then(|value| value.parse::<i32>().ok());
    if let Some(ours) = ours.filter(|ours| task.locked || (*ours, task.priority) == (DO_NOT_LEVEL, DO_NOT_LEVEL - 1)) {
        task.priority = ours;
    }
}

/// Where levelling put the task: ours, while its delay is the one that we gave, or else where MS Project has it.
pub(super) fn levelled(
    node: Node<'_, '_>,
    number: usize,
    task: &TaskDraft,
    fields: &Fields<'_>,
    notes: &mut Vec<ImportProblem>,
) -> Option<Minute> {
    let mut note = |reason: &str| notes.push(ImportProblem::cell(number, "LevelingDelay", reason));
    let delay = text_of(node, "LevelingDelay").and_then(|delay| delay.parse::<i64>().ok()).unwrap_or(0);
    if let Some((at, given)) = fields.levelled.and_then(|field| attribute_of(node, field)?.split_once(" +")) {
        if let (Ok(at), Ok(given)) = (at.parse::<Minute>(), given.parse::<i64>())
            && given == delay
            && at.in_range()
        {
            return Some(at);
        }
        note("the plan was levelled anew since it was written; what MS Project found counts");
    }
    let moves = task.mode == TaskMode::Auto && task.actual_start.is_none();
    match (delay > 0, task.kind) {
        (true, TaskKind::Summary) => {
            note("the delay of a summary is left out; the rows below it have their own");
            None
        }
        (true, _) if moves => date(node, "Start", number).ok().flatten(),
        _ => None,
    }
}

/// The element in which a field stands.
fn element(field: &str) -> String {
    let element = match field {
        "name" => "Name",
        "duration_minutes" => "Duration",
        "constraint_at" => "ConstraintDate",
        "deadline" => "Deadline",
        "manual_start" => "ManualStart",
        "actual_start" => "ActualStart",
        "actual_finish" => "ActualFinish",
        "progress" => "PercentComplete",
        "priority" => "Priority",
        "notes" => "Notes",
        "splits" => "TimephasedData",
        "level_from" => "LevelingDelay",
        other => other,
    };
    element.to_owned()
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

/// `PT16H30M0S` in minutes, and whether that is exact. Months and years have no length.
pub(super) fn minutes(text: &str) -> Result<(i64, bool), String> {
    let fault = || format!("'{text}' is not a duration such as PT8H0M0S");
    let (date, time) = text.strip_prefix('P').ok_or_else(fault)?.split_once('T').unwrap_or((&text[1..], ""));
    // Thousandths of seconds, so that half hours and seconds add up before they are rounded.
    let mut sum = 0_i128;
    for (part, units) in [(date, &[('W', 604_800), ('D', 86_400)][..]), (time, &[('H', 3_600), ('M', 60), ('S', 1)])] {
        let mut number = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                number.push(letter);
                continue;
            }
            let (_, seconds) = units.iter().find(|(unit, _)| *unit == letter).ok_or_else(fault)?;
            let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
            let thousandths = format!("{whole}{:0<3}", fraction.get(..fraction.len().min(3)).unwrap_or_default());
            let thousandths: i64 = thousandths.parse().map_err(|_| fault())?;
            sum += i128::from(thousandths) * seconds;
            number.clear();
        }
        if !number.is_empty() {
            return Err(fault());
        }
    }
    let minutes = i64::try_from((sum + 30_000) / 60_000).map_err(|_| fault())?;
    Ok((minutes, sum % 60_000 == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_exact() {
        assert_eq!(minutes("PT16H30M0S"), Ok((990, true)));
        assert_eq!(minutes("PT1.5H"), Ok((90, true)));
        assert_eq!(minutes("PT0H0M30S"), Ok((1, false)));
        assert_eq!(minutes("P1DT2H"), Ok((1_560, true)));
        for wrong in ["", "P", "8h", "PT8", "PT-8H", "PT8X", "P1M", "PT99999999999999999999H"] {
            assert!(minutes(wrong).is_err() || wrong == "P", "{wrong}");
        }
    }
}
