//! Plans from files. Nothing is stored before it is confirmed; what is stored is one step that can be undone.

use std::io::Cursor;

use bytes::Bytes;
use calamine::{Data, Reader};
use domain::{
    Fault, FaultKind, Minute, ProjectId, TaskId,
    projects::{
        document::ProjectHead,
        exchange::{self, PlanDraft, column::ColumnMapping, table},
        operation::Operation,
        permission::{EditProjects, ManageResources},
        resource::ResourceRecord,
        view::{Applied, ImportPreview, ImportProblem, ImportRow, ImportTable, NewProject},
    },
};
use uuid::Uuid;

use super::{
    CurrentPlan, baseline, calendars,
    operate::{Written, create_in, write_all},
    resource::save_in,
    staff::House,
    store,
};
use crate::{Grant, db::OrgTx, fault::internal, gate::Pass};

/// Cells that a workbook may have; a plan of a hundred thousand rows has fewer.
const MOST_CELLS: usize = 4_000_000;

/// A file on its way in.
#[derive(Clone, Debug, Default)]
pub struct ImportFile {
    /// With its ending, which says what it is.
    pub name: String,
    pub bytes: Bytes,
    /// How the columns of a table are read; guessed from its heading where absent.
    pub mapping: Option<ColumnMapping>,
}

/// What a file would become. A table whose columns cannot be guessed comes back with its first rows, so that somebody
/// can say what they hold.
///
/// # Errors
/// `InvalidInput` on `file` where it cannot be read at all, `DependencyCycle` with the tasks.
pub async fn preview_file(grant: &Grant<EditProjects>, file: ImportFile) -> Result<ImportPreview, Fault> {
    let house = House::of(grant).await?;
    let now = today(grant);
    match aside(move || seen(&file, now)).await? {
        Seen::Nothing(preview) => Ok(*preview),
        Seen::Plan(table, mut draft) => {
            calendars::settle(grant, None, &mut draft).await?;
            aside(move || preview(table, *draft, &house)).await
        }
    }
}

/// What a file says at first sight.
enum Seen {
    /// Somebody has to say what its columns hold.
    Nothing(Box<ImportPreview>),
    Plan(Option<ImportTable>, Box<PlanDraft>),
}

fn seen(file: &ImportFile, now: Minute) -> Result<Seen, Fault> {
    let (table, draft) = match cells(&file.name, &file.bytes).map_err(on_file)? {
        None => (None, exchange::read(&file.name, &file.bytes).map_err(on_file)?),
        Some((rows, assumed)) => {
            let guess = || ColumnMapping::guess(&rows);
            let mapping = file.mapping.clone().map_or_else(guess, Ok);
            let found = mapping.clone().and_then(|mapping| table::read_mapped(&rows, &mapping));
            let table = ImportTable {
                mapping: mapping.unwrap_or_else(|_| unread(&rows)),
                rows: rows.into_iter().take(SAMPLE_ROWS).collect(),
            };
            match found {
                Ok(mut draft) => {
                    draft.notes.extend(assumed);
                    (Some(table), draft)
                }
                Err(problem) => return Ok(Seen::Nothing(Box::new(nothing(table, problem, now)))),
            }
        }
    };
    Ok(Seen::Plan(table, Box::new(draft.starting(now).named_after(&file.name))))
}

fn preview(table: Option<ImportTable>, mut draft: PlanDraft, house: &House) -> Result<ImportPreview, Fault> {
    drop(house.staff(&mut draft));
    if !draft.baselines().is_empty() {
        draft.notes.push(ImportProblem::file("its baselines come with a new project; an existing one keeps its own"));
    }
    let (name, problems, notes) = (draft.name().to_owned(), draft.problems.clone(), draft.notes.clone());
    let document = draft.document(Uuid::now_v7)?;
    let schedule = document.schedule_within()?;
    let rows = document.rows(&schedule).into_iter().map(|row| ImportRow {
        code: row.code,
        name: row.task.name,
        duration_minutes: row.task.duration,
        start: row.start,
        finish: row.finish,
        critical: row.critical,
    });
    Ok(ImportPreview {
        name,
        start: schedule.start,
        finish: schedule.finish,
        rows: rows.collect(),
        links: document.links.len(),
        problems,
        notes,
        table,
    })
}

/// Rows of a table that the preview shows for choosing columns.
const SAMPLE_ROWS: usize = 8;

/// No column is read yet.
fn unread(rows: &[Vec<String>]) -> ColumnMapping {
    let width = rows.iter().take(SAMPLE_ROWS).map(Vec::len).max().unwrap_or(0);
    ColumnMapping { columns: vec![None; width], ..ColumnMapping::default() }
}

fn nothing(table: ImportTable, problem: ImportProblem, now: Minute) -> ImportPreview {
    let (rows, notes) = (Vec::new(), Vec::new());
    let (name, problems) = (String::new(), vec![problem]);
    ImportPreview { name, start: now, finish: now, rows, links: 0, problems, notes, table: Some(table) }
}

/// A new project with the plan of a file; its rows are one step that can be undone.
///
/// # Errors
/// As [`preview_file`]; `InvalidInput` on `file` where no row can be read.
pub async fn create_from_file(
    grant: &Grant<EditProjects>,
    file: ImportFile,
    title: Option<String>,
) -> Result<ProjectHead, Fault> {
    let Prepared { mut draft, new } = prepared(grant, file).await?;
    calendars::settle(grant, None, &mut draft).await?;
    let project = draft.project();
    let name = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| project.name.clone());
    let baselines = draft.baselines().to_vec();
    // A project without its plan is of no use to anybody: what is refused of either leaves nothing behind.
    let pass = grant.pass();
    let tx = pass.begin().await?;
    add_resources(grant, &tx, new).await?;
    let plan = create_in(pass, &tx, NewProject { name, ..project }).await?;
    let head = plan.document.head.clone();
    let (written, tasks) = add(pass, &tx, &plan, draft).await?;
    let agreed = baselines.into_iter().map(|baseline| (baseline.name.clone(), baseline.tasks(&tasks)));
    baseline::keep(grant, &tx, head.id, agreed.collect()).await?;
    tx.commit().await?;
    let _ = written.tell(pass);
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
/// `NotFound`; as [`create_from_file`].
pub async fn import_into(grant: &Grant<EditProjects>, id: ProjectId, file: ImportFile) -> Result<Applied, Fault> {
    known(grant, id).await?;
    let Prepared { mut draft, new } = prepared(grant, file).await?;
    let pass = grant.pass();
    let tx = grant.db().snapshot().await?;
    let here = store::current(pass, &tx, &store::project_row(&tx, id, false).await?).await?;
    tx.commit().await?;
    calendars::settle(grant, Some(&here.document), &mut draft).await?;
    let tx = pass.begin().await?;
    add_resources(grant, &tx, new).await?;
    let plan = store::current(pass, &tx, &store::project_row(&tx, id, true).await?).await?;
    let (written, _) = add(pass, &tx, &plan, draft).await?;
    tx.commit().await?;
    Ok(written.tell(pass))
}

/// What becomes of the plan, and the tasks of the draft's rows.
async fn add(pass: &Pass, tx: &OrgTx, plan: &CurrentPlan, draft: PlanDraft) -> Result<(Written, Vec<TaskId>), Fault> {
    let operation = draft.operation(&plan.document, Uuid::now_v7);
    let tasks = match &operation {
        Operation::Import { tasks, .. } => tasks.iter().map(|task| task.id).collect(),
        _ => Vec::new(),
    };
    Ok((write_all(pass, tx, plan, &[operation]).await?, tasks))
}

/// The resources that a file brings, for somebody who may add them.
async fn add_resources(grant: &Grant<EditProjects>, tx: &OrgTx, new: Vec<ResourceRecord>) -> Result<(), Fault> {
    if new.is_empty() {
        return Ok(());
    }
    let manage = grant.also::<ManageResources>().ok_or_else(|| Fault::new(FaultKind::NotPermitted))?;
    for record in new {
        save_in(&manage, tx, record).await?;
    }
    Ok(())
}

/// A plan on its way in, and the resources that it brings.
struct Prepared {
    draft: PlanDraft,
    new: Vec<ResourceRecord>,
}

async fn prepared(grant: &Grant<EditProjects>, file: ImportFile) -> Result<Prepared, Fault> {
    let house = House::of(grant).await?;
    let now = today(grant);
    aside(move || {
        let draft = read_file(&file.name, &file.bytes, file.mapping.as_ref()).map_err(on_file)?;
        let mut draft = draft.starting(now).named_after(&file.name);
        if draft.is_empty() {
            return Err(Fault::field("file", "No row of this file can be read."));
        }
        let new = house.staff(&mut draft);
        Ok(Prepared { draft, new })
    })
    .await
}

/// Reading a large file takes seconds, and others wait for the thread that answers them.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|error| internal("reading a file", error))?
}

/// A plan whose file does not say when starts today, not at the minute of the import.
fn today(grant: &Grant<EditProjects>) -> Minute {
    Minute::from_date(grant.now().date_naive())
}

fn on_file(problem: ImportProblem) -> Fault {
    Fault::field("file", problem.to_string())
}

/// What a file says, without a server or an organisation: for the command line.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_file(name: &str, bytes: &[u8], mapping: Option<&ColumnMapping>) -> Result<PlanDraft, ImportProblem> {
    let Some((rows, assumed)) = cells(name, bytes)? else { return exchange::read(name, bytes) };
    let mut draft = match mapping {
        Some(mapping) => table::read_mapped(&rows, mapping)?,
        None => table::read_rows(&rows)?,
    };
    draft.notes.extend(assumed);
    Ok(draft)
}

/// Rows of a table, and what was assumed about its text; none where the file is no table.
#[expect(clippy::type_complexity, reason = "rows and a remark, used twice here and nowhere else")]
fn cells(name: &str, bytes: &[u8]) -> Result<Option<(Vec<Vec<String>>, Option<ImportProblem>)>, ImportProblem> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" | "xls" | "ods" => workbook(bytes).map(|rows| Some((rows, None))),
        "csv" | "txt" | "tsv" => table::cells(bytes).map(Some),
        _ => Ok(None),
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
