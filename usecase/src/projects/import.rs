//! Plans from files. Nothing is stored before it is confirmed; what is stored is one step that can be undone.

use std::io::Cursor;

use calamine::{Data, Reader};
use domain::{
    Fault, ProjectId,
    projects::{
        document::{CalendarRecord, PlanDocument, ProjectHead},
        exchange::{self, PlanDraft, table},
        operation::Operation,
        permission::EditProjects,
        view::{Applied, ImportPreview, ImportProblem, ImportRow, NewProject},
    },
};
use uuid::Uuid;

use super::{
    operate::{create, operate},
    store,
};
use crate::Grant;

/// Cells that a workbook may have; a plan of a hundred thousand rows has fewer.
const MOST_CELLS: usize = 4_000_000;

/// What a file would become.
///
/// # Errors
/// `InvalidInput` on `file` where it cannot be read at all, `DependencyCycle` with the tasks.
pub fn preview_file(_: &Grant<EditProjects>, name: &str, bytes: &[u8]) -> Result<ImportPreview, Fault> {
    let draft = read(name, bytes)?;
    let (title, problems) = (draft.name().to_owned(), draft.problems.clone());
    let document = draft.document(Uuid::now_v7)?;
    let schedule = document.schedule()?;
    let rows = document.rows(&schedule).into_iter().map(|row| ImportRow {
        code: row.code,
        name: row.task.name,
        duration_minutes: row.task.duration,
        start: row.start,
        finish: row.finish,
        critical: row.critical,
    });
    Ok(ImportPreview {
        name: title,
        start: schedule.start,
        finish: schedule.finish,
        rows: rows.collect(),
        links: document.links.len(),
        problems,
    })
}

/// A new project with the plan of a file; its rows are one step that can be undone.
///
/// # Errors
/// As [`preview_file`].
pub async fn create_from_file(
    grant: &Grant<EditProjects>,
    name: &str,
    bytes: &[u8],
    title: Option<String>,
) -> Result<ProjectHead, Fault> {
    let draft = read(name, bytes)?;
    let start =
        if draft.start().0 > 0 { draft.start() } else { domain::Minute::from_datetime(grant.now().naive_utc()) };
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| draft.name().to_owned());
    let document = draft.document(Uuid::now_v7)?;
    let head = create(grant, NewProject { name: title, start, ..NewProject::default() }).await?;
    operate(grant, head.id, None, vec![operation(document, Some(&head))]).await?;
    Ok(head)
}

/// Refuses a project that is not here, before a large body is read for it.
///
/// # Errors
/// `NotFound`.
pub async fn known(grant: &Grant<EditProjects>, id: ProjectId) -> Result<(), Fault> {
    store::project_row(&grant.db().snapshot().await?, id, false).await.map(drop)
}

/// The rows of a file below what a plan has already, as one step that can be undone.
///
/// # Errors
/// `NotFound`; as [`preview_file`].
pub async fn import_into(
    grant: &Grant<EditProjects>,
    id: ProjectId,
    name: &str,
    bytes: &[u8],
) -> Result<Applied, Fault> {
    let document = read(name, bytes)?.document(Uuid::now_v7)?;
    operate(grant, id, None, vec![operation(document, None)]).await
}

/// Everything of a read plan as one operation. In a new project its calendar takes the place of the standard one.
fn operation(document: PlanDocument, new: Option<&ProjectHead>) -> Operation {
    let calendars = match new.and_then(|head| head.calendar_id) {
        Some(id) => document.calendars.iter().take(1).map(|record| CalendarRecord { id, ..record.clone() }).collect(),
        None => Vec::new(),
    };
    Operation::Import { tasks: document.tasks, links: document.links, calendars }
}

fn read(name: &str, bytes: &[u8]) -> Result<PlanDraft, Fault> {
    read_file(name, bytes).map_err(|problem| Fault::field("file", problem.to_string()))
}

/// What a file says, without a server or an organisation: for the command line.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<PlanDraft, ImportProblem> {
    let lower = name.to_lowercase();
    if lower.ends_with(".xlsx") || lower.ends_with(".xls") || lower.ends_with(".ods") {
        workbook(bytes).and_then(|rows| table::read_rows(&rows))
    } else {
        exchange::read(name, bytes)
    }
}

/// The first sheet as text; dates as ISO dates.
fn workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, ImportProblem> {
    let broken = |error: calamine::Error| ImportProblem::file(format!("this workbook cannot be read: {error}"));
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let sheet =
        book.worksheet_range_at(0).ok_or_else(|| ImportProblem::file("this workbook has no sheet"))?.map_err(broken)?;
    let (height, width) = sheet.get_size();
    if height.saturating_mul(width) > MOST_CELLS {
        return Err(ImportProblem::file(format!(
            "this sheet has {height} rows and {width} columns, which is too much"
        )));
    }
    let cell = |data: &Data| match data {
        Data::DateTime(at) => at.as_datetime().map(|at| at.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default(),
        other => other.to_string(),
    };
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}
