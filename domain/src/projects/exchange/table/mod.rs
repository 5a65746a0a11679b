//! Plans in rows and columns: CSV, and what a spreadsheet gives.

mod held;
mod line;
mod outline;
mod paste;
mod reference;
mod typed;
mod value;

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    column::{self, ColumnMapping},
    draft::{Links, Outline, PlanDraft, UNNAMED, refusals},
    staff::{Need, ResourceDraft},
    text,
};
use crate::{
    Minute, TaskId,
    projects::{
        operation::{TASKS_MAX, TaskDraft},
        plan::{TaskKind, TaskMode},
        view::ImportProblem,
    },
};
use line::{Line, Wanted};
pub use paste::read_pasted;
use reference::References;
pub use typed::{read_date, read_duration, read_waits};
pub(super) use value::{duration, thousandths};

/// Reads a plan from CSV with a heading. The separator is the one by which most headings are known.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_csv(text: &str) -> Result<PlanDraft, ImportProblem> {
    read_rows(&split_csv(text)?)
}

/// The cells of a text file in any usual encoding, and what was assumed about it.
///
/// # Errors
/// Why the file cannot be read.
pub fn cells(bytes: &[u8]) -> Result<(Vec<Vec<String>>, Option<ImportProblem>), ImportProblem> {
    let (text, assumed) = text::any(bytes)?;
    Ok((split_csv(&text)?, assumed))
}

/// The cells of a CSV, untouched: blanks in front of a name say how deep it stands.
///
/// # Errors
/// The row that cannot be read.
pub fn split_csv(text: &str) -> Result<Vec<Vec<String>>, ImportProblem> {
    let text = text.trim_start_matches('\u{feff}');
    // Excel's own way to name the separator.
    let (said, text) = match text.split_once('\n') {
        Some((first, rest)) if first.to_lowercase().starts_with("sep=") => {
            (first.as_bytes().get(4).copied().filter(|mark| b",;\t|".contains(mark)), rest)
        }
        _ => (None, text),
    };
    let known = |separator: &u8| {
        let rows = records(text, *separator, column::HEADING_WITHIN).unwrap_or_default();
        let columns = ColumnMapping::guess(&rows).map_or(0, |mapping| mapping.columns.iter().flatten().count());
        (columns, rows.iter().map(Vec::len).max().unwrap_or(0))
    };
    let separator = said.or_else(|| [b'\t', b';', b','].into_iter().max_by_key(known));
    records(text, separator.unwrap_or(b','), TASKS_MAX + column::HEADING_WITHIN)
}

/// At most so many records, with the cells between this separator.
fn records(text: &str, separator: u8, most: usize) -> Result<Vec<Vec<String>>, ImportProblem> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = (1..).zip(reader.records()).take(most).map(|(row, record)| {
        let record = record.map_err(|error| ImportProblem::cell(row, "row", error.to_string()))?;
        Ok(record.iter().map(str::to_owned).collect())
    });
    rows.collect()
}

/// Reads a plan from rows, one of the first of which names the columns.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_rows(rows: &[Vec<String>]) -> Result<PlanDraft, ImportProblem> {
    if rows.is_empty() {
        return Err(ImportProblem::file("the file is empty"));
    }
    read_mapped(rows, &ColumnMapping::guess(rows)?)
}

/// Reads a plan from rows by columns that somebody chose.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_mapped(rows: &[Vec<String>], mapping: &ColumnMapping) -> Result<PlanDraft, ImportProblem> {
    mapping.check()?;
    if rows.len() > TASKS_MAX {
        return Err(ImportProblem::file(format!("a plan has at most {TASKS_MAX} rows")));
    }
    let mut draft = PlanDraft { name: UNNAMED.to_owned(), ..PlanDraft::default() };
    let habits = value::Habits::of(rows, mapping, &mut draft.notes);
    let body = (mapping.heading + 2..).zip(rows.iter().skip(mapping.heading + 1));
    let filled = body.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let mut lines: Vec<Line<'_>> =
        filled.map(|(number, cells)| Line::read(number, cells, mapping, &habits, &mut draft)).collect();
    let references = References::of(&lines);
    let parents = outline::parents(&mut lines, &references, &mut draft);
    let order = outline::order(&parents);
    outline::drop_circles(&mut lines, &order, &mut draft);
    let rows = place(&mut lines, &parents, &order, &mut draft);
    start(&lines, &mut draft);
    link(&lines, &rows, &references, mapping, &mut draft);
    Ok(draft)
}

/// Puts the lines that stay into the draft, in outline order. Says which row each became.
fn place(
    lines: &mut [Line<'_>],
    parents: &[Option<usize>],
    order: &[usize],
    draft: &mut PlanDraft,
) -> Vec<Option<usize>> {
    let mut levels = vec![0; lines.len()];
    let mut below = vec![false; lines.len()];
    for index in order {
        levels[*index] = parents[*index].map_or(0, |parent| levels[parent] + 1);
    }
    // What stands below a row that is left out comes to the one above it.
    for index in order.iter().rev() {
        if let Some(parent) = parents[*index] {
            below[parent] |= lines[*index].task.is_some() || below[*index];
        }
    }
    for (line, has_rows) in lines.iter_mut().zip(&below) {
        settle(line, *has_rows, draft);
    }
    let mut rows = vec![None; lines.len()];
    let mut outline = Outline::default();
    let mut known = HashMap::new();
    for index in order {
        let line = &mut lines[*index];
        let (depth, orphan) = outline.place(levels[*index], line.task.is_some());
        let Some(task) = line.task.take() else { continue };
        if orphan {
            draft.notes.push(ImportProblem::cell(line.number, "level", "the row above it is left out"));
        }
        rows[*index] = Some(draft.rows.len());
        let row = draft.rows.len();
        if !line.needs.is_empty() {
            let needs = std::mem::take(&mut line.needs);
            let needs = needs.into_iter().map(|wanted| need(wanted, &mut known, &mut draft.resources));
            draft.needs.insert(row, needs.collect());
        }
        line.levelled.map(|at| draft.levelled.insert(row, at));
        if !line.calendar.is_empty() {
            draft.calendar_names.insert(row, line.calendar.to_owned());
        }
        draft.rows.push((depth, task));
    }
    rows
}

/// One entry for each name, whatever the row.
fn need(wanted: Wanted, known: &mut HashMap<String, usize>, resources: &mut Vec<ResourceDraft>) -> Need {
    let Wanted { name, given, units } = wanted;
    let resource = *known.entry(name).or_insert_with_key(|name| {
        resources.push(ResourceDraft { name: name.clone(), ..ResourceDraft::default() });
        resources.len() - 1
    });
    Need { resource, given, units }
}

/// What follows from whether a line has rows below it: a summary has neither a start nor a duration of its own.
fn settle(line: &mut Line<'_>, has_rows: bool, draft: &mut PlanDraft) {
    let Some(task) = &mut line.task else { return };
    if has_rows {
        // What its rows make of it is no wish of its own.
        let own = line.constrained.then_some((task.constraint, task.constraint_at));
        let (constraint, constraint_at) = own.unwrap_or_default();
        *task = TaskDraft {
            kind: TaskKind::Summary,
            duration: 0,
            elapsed: false,
            progress: 0,
            mode: TaskMode::Auto,
            manual_start: None,
            actual_start: None,
            actual_finish: None,
            constraint,
            constraint_at,
            ..std::mem::take(task)
        };
    } else if task.kind == TaskKind::Summary {
        task.duration = 0;
        draft.notes.push(ImportProblem::cell(line.number, "type", "it is a summary without rows below it"));
    } else if line.assumed_duration && task.kind == TaskKind::Task {
        draft.notes.push(ImportProblem::cell(line.number, "duration", "there is none; a working day is taken"));
    }
    let problems = refusals(line.number, task, column::of_field);
    // A summary has no pauses, and what lies behind the end of the work pauses nothing.
    if task.record(TaskId(Uuid::nil()), None, 0).splits.len() < task.splits.len() {
        draft.notes.push(ImportProblem::cell(line.number, "pauses", "what does not lie within the work is left out"));
    }
    if !problems.is_empty() {
        draft.problems.extend(problems);
        line.task = None;
    }
}

/// The plan starts on the day of its first start; at that very minute where rows say what holds them, since what is as
/// soon as possible would else begin at midnight on a calendar that works then.
fn start(lines: &[Line<'_>], draft: &mut PlanDraft) {
    let first = lines.iter().filter_map(|line| line.start).min();
    let exact = lines.iter().any(|line| line.constrained);
    let first_day = Minute(first.unwrap_or_default().day() * Minute::DAY);
    draft.start = first.filter(|_| exact).unwrap_or(first_day);
    if first.is_none() {
        draft.notes.push(ImportProblem::file("no row names a start; the plan starts when you say"));
    }
    // Neither a row that says what holds it nor one that was put by hand or has begun is meant.
    let pushed = |line: &&Line<'_>| line.start.is_some() && !line.waits.is_empty() && !line.is_held;
    let pulled = lines.iter().filter(pushed).count();
    if pulled > 0 {
        let note = format!("{pulled} rows name a start and predecessors; the predecessors say when they start");
        draft.notes.push(ImportProblem::cell(0, "start", note));
    }
}

fn link(
    lines: &[Line<'_>],
    rows: &[Option<usize>],
    references: &References<'_>,
    mapping: &ColumnMapping,
    draft: &mut PlanDraft,
) {
    let waits: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.waits.is_empty())
        .map(|(at, line)| (at, line.waits))
        .collect();
    let scheme = references.scheme(&waits, mapping, &mut draft.notes);
    let mut known = Links::new(&draft.rows);
    for (to, text) in waits {
        let number = lines[to].number;
        for said in scheme.read_list(text, mapping) {
            let link = said.wait.and_then(|(from, kind, lag, unit)| {
                let to = rows[to].ok_or_else(String::new)?;
                let left_out = || format!("row {} is left out", lines[from].number);
                let from = rows[from].ok_or_else(left_out)?;
                known.check(from, to, kind)?;
                Ok((from, to, kind, lag, unit))
            });
            match link {
                Ok(link) => draft.links.push(link),
                // The row itself is left out; its own cell says why.
                Err(reason) if reason.is_empty() => {}
                Err(reason) => draft.problems.push(ImportProblem::cell(number, "predecessors", reason)),
            }
        }
    }
}
