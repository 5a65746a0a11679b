//! Plans in rows and columns: CSV, and what a spreadsheet gives.

use std::collections::HashMap;

use super::draft::PlanDraft;
use crate::{
    Minute,
    projects::{
        operation::TaskDraft,
        plan::{ConstraintKind, LagUnit, LinkKind, TaskKind},
        view::ImportProblem,
    },
};

/// Minutes of a working day, for durations written in days.
const DAY: i64 = 480;

/// What a column holds, and the headings that say so.
const COLUMNS: [(&str, &[&str]); 10] = [
    ("id", &["id", "#", "no", "number", "row", "uid"]),
    ("code", &["wbs", "code", "outline", "outline number"]),
    ("level", &["level", "outline level", "outline_level"]),
    ("name", &["name", "task", "task name", "title", "task_name"]),
    ("start", &["start", "start date", "start_date", "begin"]),
    ("finish", &["finish", "end", "end date", "end_date", "finish date", "due"]),
    ("duration", &["duration", "days", "duration (days)", "duration_days"]),
    ("progress", &["progress", "% complete", "percent complete", "percent_complete", "%", "done"]),
    ("predecessors", &["predecessors", "predecessor", "depends on", "dependencies", "after"]),
    ("notes", &["notes", "note", "description", "comment"]),
];

/// Reads a plan from CSV with a heading row. The separator is found by itself.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_csv(text: &str) -> Result<PlanDraft, ImportProblem> {
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let separator =
        [b',', b';', b'\t'].into_iter().max_by_key(|mark| heading.bytes().filter(|byte| byte == mark).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows: Result<Vec<Vec<String>>, ImportProblem> = (1..)
        .zip(reader.records())
        .map(|(row, record)| {
            let record = record.map_err(|error| ImportProblem::cell(row, "row", error.to_string()))?;
            Ok(record.iter().map(|cell| cell.trim().to_owned()).collect())
        })
        .collect();
    read_rows(&rows?)
}

/// Reads a plan from rows, the first of which names the columns.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_rows(rows: &[Vec<String>]) -> Result<PlanDraft, ImportProblem> {
    let heading = rows.first().ok_or_else(|| ImportProblem::file("the file is empty"))?;
    let columns: HashMap<&str, usize> = COLUMNS
        .iter()
        .filter_map(|(column, names)| {
            let place = heading.iter().position(|cell| names.contains(&cell.to_lowercase().trim()))?;
            Some((*column, place))
        })
        .collect();
    if !columns.contains_key("name") {
        return Err(ImportProblem::file("no column is called name, task or title"));
    }
    let mut draft = PlanDraft { name: "Imported plan".to_owned(), ..PlanDraft::default() };
    let mut waits = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    let mut earliest: Option<Minute> = None;
    for (row, cells) in (2..).zip(&rows[1..]) {
        if cells.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        match read_row(cells, &columns, row) {
            Ok((level, task, start)) => {
                let cell = |column: &str| cell_of(cells, &columns, column);
                earliest = earliest.min(start).or(start).or(earliest);
                let index = draft.rows.len();
                place.insert((row - 1).to_string(), index);
                for text in ["id", "code"].into_iter().filter_map(cell) {
                    place.insert(text.to_owned(), index);
                }
                if let Some(text) = cell("predecessors") {
                    waits.push((row, index, text.to_owned()));
                }
                draft.rows.push((level, task));
            }
            Err(problem) => draft.problems.push(problem),
        }
    }
    draft.start = Minute(earliest.unwrap_or_default().day() * Minute::DAY);
    for (row, to, text) in waits {
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let read = predecessor(part).and_then(|(from, kind, lag, unit)| {
                let from = place.get(from).ok_or_else(|| format!("there is no task '{from}' among the rows"))?;
                Ok((*from, to, kind, lag, unit))
            });
            match read {
                Ok(link) => draft.links.push(link),
                Err(reason) => draft.problems.push(ImportProblem::cell(row, "predecessors", reason)),
            }
        }
    }
    Ok(draft)
}

fn cell_of<'a>(cells: &'a [String], columns: &HashMap<&str, usize>, column: &str) -> Option<&'a str> {
    columns.get(column).and_then(|index| cells.get(*index)).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// Level, task and start of a row.
fn read_row(
    cells: &[String],
    columns: &HashMap<&str, usize>,
    row: usize,
) -> Result<(usize, TaskDraft, Option<Minute>), ImportProblem> {
    let cell = |column: &str| cell_of(cells, columns, column);
    let name = cell("name").ok_or_else(|| ImportProblem::cell(row, "name", "a task needs a name"))?;
    let start =
        cell("start").map(|text| date(text).map_err(|reason| ImportProblem::cell(row, "start", reason))).transpose()?;
    Ok((level(cells, columns, row)?, task(name, start, &cell, row)?, start))
}

fn level(cells: &[String], columns: &HashMap<&str, usize>, row: usize) -> Result<usize, ImportProblem> {
    let cell = |column: &str| {
        columns.get(column).and_then(|index| cells.get(*index)).map(|text| text.trim()).filter(|text| !text.is_empty())
    };
    if let Some(text) = cell("level") {
        let level: usize = text
            .parse()
            .map_err(|_| ImportProblem::cell(row, "level", format!("'{text}' is not a level such as 1")))?;
        return Ok(level.saturating_sub(1));
    }
    Ok(cell("code").map_or(0, |code| code.matches('.').count()))
}

fn task<'a>(
    name: &str,
    start: Option<Minute>,
    cell: &impl Fn(&str) -> Option<&'a str>,
    row: usize,
) -> Result<TaskDraft, ImportProblem> {
    let mut draft = TaskDraft {
        name: name.to_owned(),
        notes: cell("notes").unwrap_or_default().to_owned(),
        ..TaskDraft::default()
    };
    if let Some(text) = cell("duration") {
        (draft.duration, draft.elapsed) =
            duration(text).map_err(|reason| ImportProblem::cell(row, "duration", reason))?;
        if draft.duration == 0 {
            draft.kind = TaskKind::Milestone;
        }
    } else if let (Some(start), Some(text)) = (start, cell("finish")) {
        let finish = date(text).map_err(|reason| ImportProblem::cell(row, "finish", reason))?;
        if finish < start {
            return Err(ImportProblem::cell(
                row,
                "finish",
                format!("{} is before the start {}", finish.date(), start.date()),
            ));
        }
        let clock = crate::projects::calendar::WorkClock::new(&crate::projects::calendar::Calendar::standard());
        let end = if finish.minute_of_day() == 0 { Minute(finish.0 + Minute::DAY) } else { finish };
        draft.duration = clock.between(start, end);
    }
    if let Some(text) = cell("progress") {
        let number = text.trim_end_matches('%').trim();
        draft.progress = number
            .parse()
            .ok()
            .filter(|progress| *progress <= 100)
            .ok_or_else(|| ImportProblem::cell(row, "progress", format!("'{text}' is not 0 to 100")))?;
    }
    if let Some(start) = start.filter(|_| cell("predecessors").is_none()) {
        (draft.constraint, draft.constraint_at) = (ConstraintKind::StartNoEarlierThan, Some(start));
    }
    Ok(draft)
}

/// `3d`, `2h`, `90m`, `1.5 days`, `2w`, `3 ed` (elapsed); a plain number is days.
fn duration(text: &str) -> Result<(i64, bool), String> {
    let fault = || format!("'{text}' is not a duration such as 3d, 4h or 90m");
    let lower = text.to_lowercase();
    let split =
        lower.find(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == ',')).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(split);
    let unit = unit.trim();
    let (unit, elapsed) = unit.strip_prefix('e').map_or((unit, false), |unit| (unit, true));
    let factor = match unit {
        "" | "d" | "day" | "days" => {
            if elapsed {
                Minute::DAY
            } else {
                DAY
            }
        }
        "w" | "week" | "weeks" => {
            if elapsed {
                7 * Minute::DAY
            } else {
                5 * DAY
            }
        }
        "h" | "hour" | "hours" => 60,
        "m" | "min" | "mins" | "minute" | "minutes" => 1,
        _ => return Err(fault()),
    };
    // Exact: thousandths of the unit, rounded to the minute.
    let number = number.replace(',', ".");
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let thousandths: i64 = format!("{whole}{:0<3}", fraction.get(..3.min(fraction.len())).unwrap_or_default())
        .parse()
        .map_err(|_| fault())?;
    thousandths.checked_mul(factor).map(|minutes| ((minutes + 500) / 1_000, elapsed)).ok_or_else(fault)
}

/// ISO, `31.12.2026`, `12/31/2026`.
fn date(text: &str) -> Result<Minute, String> {
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    ["%d.%m.%Y", "%m/%d/%Y"]
        .iter()
        .find_map(|format| chrono::NaiveDate::parse_from_str(text, format).ok())
        .map(Minute::from_date)
        .ok_or_else(|| format!("'{text}' is not a date such as 2026-01-31, 31.01.2026 or 01/31/2026"))
}

/// `3`, `3SS`, `1.2FS+2d`, `4FF-4h`.
fn predecessor(text: &str) -> Result<(&str, LinkKind, i64, LagUnit), String> {
    let (head, lag) = text.find(['+', '-']).map_or((text, ""), |at| text.split_at(at));
    let head = head.trim();
    let kinds = [
        ("FS", LinkKind::FinishToStart),
        ("SS", LinkKind::StartToStart),
        ("FF", LinkKind::FinishToFinish),
        ("SF", LinkKind::StartToFinish),
    ];
    let (from, kind) = kinds
        .iter()
        .find_map(|(name, kind)| {
            let cut = head.len().checked_sub(2)?;
            head.get(cut..).filter(|end| end.eq_ignore_ascii_case(name)).map(|_| (head[..cut].trim(), *kind))
        })
        .unwrap_or((head, LinkKind::FinishToStart));
    let (minutes, elapsed) =
        lag.get(1..).filter(|lag| !lag.trim().is_empty()).map_or(Ok((0, false)), |lag| duration(lag.trim()))?;
    let signed = if lag.starts_with('-') { -minutes } else { minutes };
    Ok((from, kind, signed, if elapsed { LagUnit::Elapsed } else { LagUnit::Working }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_becomes_a_plan() {
        let text = "WBS;Task name;Duration;Start;Predecessors;Progress\n1;Build;;;;\n1.1;Mill;2d;05.01.2026;;50%\n1.2;Grind;4h;;1.1FS+1d;\n2;Done;0;;1.2;\n";
        let mut number = 0;
        let id = || {
            number += 1;
            uuid::Uuid::from_u128(number)
        };
        let plan = read_csv(text).expect("a file").document(id).expect("a plan");
        assert_eq!(plan.codes(), ["1", "1.1", "1.2", "2"]);
        let schedule = plan.schedule().expect("a schedule");
        assert_eq!(format!("{:?}", schedule.tasks[2].start), "2026-01-08T08:00");
        assert_eq!(format!("{:?}", schedule.tasks[3].start), "2026-01-08T12:00");
        assert_eq!(plan.tasks[1].progress, 50);
    }

    #[test]
    fn bad_cells_are_named_and_the_rest_is_kept() {
        let draft = read_csv("name,start,end,duration,progress,predecessors\nA,,,soon,,\nB,2026-02-01,2026-01-01,,,\nC,,,1d,101,\nD,,,1d,,9\n")
            .expect("a file");
        let problems: Vec<_> = draft.problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
        assert_eq!(problems, [(2, "duration"), (3, "finish"), (4, "progress"), (5, "predecessors")]);
        assert_eq!(draft.rows.len(), 1);
        assert!(read_csv("a,b\n1,2\n").expect_err("no names").reason.contains("name"));
    }

    #[test]
    fn durations_and_lags_are_exact() {
        assert_eq!(duration("1.5 days"), Ok((720, false)));
        assert_eq!(duration("2ed"), Ok((2_880, true)));
        assert_eq!(predecessor("3SS-4h"), Ok(("3", LinkKind::StartToStart, -240, LagUnit::Working)));
    }
}
