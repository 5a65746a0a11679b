//! CSV, written so that a spreadsheet opens it safely and [`super::super::table`] reads the plan back.

use std::{collections::HashMap, fmt::Write as _};

use super::super::{
    notation::{self, duration},
    staff::Register,
};
use crate::{
    CalendarId, Minute, ResourceId, TaskId,
    projects::{
        document::PlanDocument,
        plan::{LagUnit, LinkKind, TaskKind, TaskMode},
        resource::WHOLE,
        schedule::Schedule,
        view::ProjectRow,
    },
};

/// The columns, in order.
const COLUMNS: [&str; 27] = [
    "id",
    "wbs",
    "level",
    "name",
    "type",
    "start",
    "finish",
    "duration",
    "progress",
    "status",
    "assignee",
    "department",
    "resources",
    "predecessors",
    "deadline",
    "constraint",
    "constraint date",
    "calendar",
    "mode",
    "actual start",
    "actual finish",
    "priority",
    "pauses",
    "locked",
    "levelled from",
    "critical",
    "notes",
];

/// Writes a plan with the dates that the scheduler gave it, for spreadsheets: UTF-8 with its mark, commas, a heading.
/// `register` says who and what is called how.
#[must_use]
pub fn write_csv(plan: &PlanDocument, schedule: &Schedule, register: &Register) -> String {
    // Without the mark Excel takes the text for a code page of its own.
    let mut text = String::from("\u{feff}");
    for cells in rows(plan, schedule, register) {
        line(&mut text, &cells.map(|cell| guarded(&cell)));
    }
    text
}

/// Writes a list of projects for spreadsheets, as [`write_csv`] writes a plan.
#[must_use]
pub fn write_projects<'a>(projects: impl IntoIterator<Item = &'a ProjectRow>) -> String {
    let heading = [
        "code", "name", "status", "manager", "start", "target", "forecast", "progress", "tasks", "critical", "overdue",
    ];
    let mut text = String::from("\u{feff}");
    line(&mut text, &heading.map(str::to_owned));
    for project in projects {
        let cells = [
            project.code.clone(),
            project.name.clone(),
            project.status.title().to_owned(),
            project.manager_name.clone().unwrap_or_default(),
            project.start.date().to_string(),
            project.target_end.map(|end| end.date().to_string()).unwrap_or_default(),
            project.finish.date().to_string(),
            format!("{}%", project.progress),
            project.tasks.to_string(),
            project.critical.to_string(),
            project.overdue.to_string(),
        ];
        line(&mut text, &cells.map(|cell| guarded(&cell)));
    }
    text
}

/// The cells of the table, its heading first. The columns 0 and 2 are numbers.
#[must_use]
pub fn rows(plan: &PlanDocument, schedule: &Schedule, register: &Register) -> Vec<[String; COLUMNS.len()]> {
    let waits = predecessors(plan);
    let progress = plan.task_progress();
    let calendar =
        |id: CalendarId| plan.calendars.iter().find(|record| record.id == id).map(|record| record.name.clone());
    let tasks = plan.tasks.iter().zip(&schedule.tasks).zip(plan.codes()).enumerate();
    let cells = tasks.map(|(index, ((task, slot), code))| {
        let kind = match task.kind {
            TaskKind::Task => "task",
            TaskKind::Milestone => "milestone",
            TaskKind::Summary => "summary",
        };
        let duration =
            if task.kind == TaskKind::Summary { String::new() } else { duration(task.duration, task.elapsed) };
        [
            (index + 1).to_string(),
            code.clone(),
            (code.matches('.').count() + 1).to_string(),
            task.name.clone(),
            kind.to_owned(),
            date(slot.start),
            date(slot.finish),
            duration,
            format!("{}%", progress[index]),
            task.status.code().to_owned(),
            notation::needs(task.assignees.iter().map(|user| (register.name(ResourceId(user.0)), WHOLE))),
            task.department.clone().unwrap_or_default(),
            notation::needs(task.assignments.iter().map(|need| (register.name(need.resource_id), need.units))),
            waits.get(&task.id).map(|waits| waits.join(";")).unwrap_or_default(),
            task.deadline.map(date).unwrap_or_default(),
            task.constraint.title().to_owned(),
            task.constraint_at.map(date).unwrap_or_default(),
            task.calendar_id.and_then(calendar).unwrap_or_default(),
            if task.mode == TaskMode::Manual { "manual" } else { "auto" }.to_owned(),
            task.actual_start.map(date).unwrap_or_default(),
            task.actual_finish.map(date).unwrap_or_default(),
            task.priority.to_string(),
            notation::pauses(&task.splits),
            if task.locked { "yes" } else { "no" }.to_owned(),
            task.level_from.map(date).unwrap_or_default(),
            if slot.critical { "yes" } else { "no" }.to_owned(),
            task.notes.clone(),
        ]
    });
    std::iter::once(COLUMNS.map(str::to_owned)).chain(cells).collect()
}

/// What each task waits for: `3FS+2h;5SS-30m`, by row number.
fn predecessors(plan: &PlanDocument) -> HashMap<TaskId, Vec<String>> {
    let positions = plan.positions();
    let mut waits: HashMap<TaskId, Vec<String>> = HashMap::new();
    for link in &plan.links {
        let Some(from) = positions.get(&link.predecessor_id) else { continue };
        let kind = match link.kind {
            LinkKind::FinishToStart => "FS",
            LinkKind::StartToStart => "SS",
            LinkKind::FinishToFinish => "FF",
            LinkKind::StartToFinish => "SF",
        };
        let mut said = format!("{}{kind}", from + 1);
        if link.lag_minutes != 0 {
            let sign = if link.lag_minutes < 0 { '-' } else { '+' };
            let size = i64::try_from(link.lag_minutes.unsigned_abs()).unwrap_or(i64::MAX);
            let _ = write!(said, "{sign}{}", duration(size, link.lag_unit == LagUnit::Elapsed));
        }
        waits.entry(link.successor_id).or_default().push(said);
    }
    waits
}

fn date(at: Minute) -> String {
    at.datetime().format("%Y-%m-%d %H:%M").to_string()
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, which makes it text. Full-width
/// signs count: some spreadsheets take them for the plain ones.
pub(in crate::projects::exchange) fn guarded(text: &str) -> String {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];
    if text.starts_with(formula) { format!("'{text}") } else { text.to_owned() }
}

fn line(text: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', ';', '\n', '\r', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
            let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for evil in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"] {
            assert!(guarded(evil).starts_with('\''), "{evil:?}");
        }
        assert_eq!(guarded("Cut = press"), "Cut = press");
    }
}
