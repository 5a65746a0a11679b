//! The load of people, departments and machines over all projects.
//!
//! Projects that are planned or under way count; of those that are done, and of tasks that are done, what lies behind. A
//! what-if is stored nowhere, so it counts nowhere.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    Fault, Minute, PageRequest, ProjectId, ResourceId, TaskId,
    projects::{
        permission::ViewProjects,
        resource::{Departments, ResourceRecord},
        workload::{Columns, LoadAsked, LoadGrid, LoadPart, LoadParts, LoadRow, PlanWork, Work, Workload},
    },
};
use entity::projects::{project, task};
use sea_orm::{ColumnTrait, Condition, Order};

use super::{booked::work_of, list::today, page_of, resource, window};
use crate::{Grant, db::OrgTx, fault::internal};

/// Rows on a page.
const MOST_ROWS: u64 = 200;

/// Everything that takes part in the load of some days.
struct Everything {
    now: Minute,
    columns: Columns,
    known: Vec<ResourceRecord>,
    projects: Vec<(project::Model, Arc<PlanWork>)>,
}

impl Everything {
    async fn read(grant: &Grant<ViewProjects>, tx: &OrgTx, columns: Columns) -> Result<Self, Fault> {
        let counting = Condition::all()
            .add(project::Column::DeletedAt.is_null())
            .add(project::Column::Status.is_in(["planned", "active", "done"]))
            .add(project::Column::Finish.gt(columns.from().0));
        let rows = tx.select::<project::Entity>().filter(counting).order_by(project::Column::Id, Order::Asc).all();
        let rows = rows.await?;
        let work = work_of(grant.pass(), tx, &rows).await?;
        let known = resource::all(tx).await?;
        Ok(Self { now: today(grant), columns, known, projects: rows.into_iter().zip(work).collect() })
    }

    /// The projects, each with its work and whether it is over.
    fn plans(&self) -> impl Iterator<Item = (&project::Model, &PlanWork, bool)> {
        self.projects.iter().map(|(row, work)| (row, work.as_ref(), row.status == "done"))
    }

    fn rows(self, asked: LoadAsked, text: &str) -> Vec<LoadRow> {
        let departments = Departments::of(&self.known);
        let mut workload = Workload::new(&departments, &self.columns, self.now);
        for (_, work, over) in self.plans() {
            workload.add(work, over);
        }
        let wanted = |record: &&ResourceRecord| {
            asked.kind.is_none_or(|kind| kind == record.kind) && record.name.to_lowercase().contains(text)
        };
        let row = |record: &ResourceRecord| LoadRow {
            id: record.id,
            kind: record.kind,
            name: record.name.clone(),
            capacity: record.capacity,
            cells: workload.amounts(record),
        };
        self.known.iter().filter(wanted).map(row).collect()
    }
}

/// The load of people, then departments, then machines, by name. `search` looks at their names.
///
/// # Errors
/// `InvalidInput` on `from`, `to`, `limit` or `cursor`.
pub async fn load(grant: &Grant<ViewProjects>, asked: LoadAsked, page: &PageRequest) -> Result<LoadGrid, Fault> {
    let (limit, offset) = window(page, MOST_ROWS)?;
    let (step, today) = (asked.step, today(grant).date());
    let first = asked.from.unwrap_or_else(|| step.around(today));
    let last = asked.to.unwrap_or_else(|| step.last(first));
    let columns = Columns::new(step, first, last)?;
    let (begins, end) = (columns.spans().map(|(from, _)| from.date()).collect(), columns.to().date());
    let text = page.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let tx = grant.db().snapshot().await?;
    let everything = Everything::read(grant, &tx, columns).await?;
    tx.commit().await?;
    let rows = tokio::task::spawn_blocking(move || everything.rows(asked, &text)).await;
    let mut rows = rows.map_err(|error| internal("adding up what is asked for", error))?;
    let is_over = |row: &LoadRow| row.cells.iter().any(|cell| cell.over > 0);
    let overbooked = rows.iter().filter(|row| is_over(row)).count() as u64;
    if asked.over {
        rows.retain(is_over);
    }
    let total = rows.len() as u64;
    let shown = rows.into_iter().skip(usize::try_from(offset).unwrap_or(usize::MAX));
    let shown = shown.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
    let page = page_of(shown, total, limit, offset);
    let (items, next_cursor) = (page.items, page.next_cursor);
    Ok(LoadGrid { step, columns: begins, end, today, items, total, next_cursor, overbooked })
}

/// What the load of a resource is made of, from the first day to the last.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `from`, `to`, `limit` or `cursor`.
pub async fn load_of(
    grant: &Grant<ViewProjects>,
    id: ResourceId,
    (from, to): (NaiveDate, NaiveDate),
    page: &PageRequest,
) -> Result<LoadParts, Fault> {
    let (limit, offset) = window(page, MOST_ROWS)?;
    let columns = Columns::one(from, to)?;
    let tx = grant.db().snapshot().await?;
    let everything = Everything::read(grant, &tx, columns).await?;
    let record = everything.known.iter().find(|record| record.id == id).ok_or_else(Fault::not_found)?;
    let departments = Departments::of(&everything.known);
    let mut workload = Workload::new(&departments, &everything.columns, everything.now).only(id);
    let mut parts = Vec::new();
    for (project, work, over) in everything.plans() {
        workload.add(work, over);
        parts.extend(workload.parts(work, over, id).map(|(work, units, used)| part(project, work, units, used)));
    }
    let amount = workload.amounts(record).first().copied().unwrap_or_default();
    parts.sort_by(|one, other| {
        let key = |part: &LoadPart| (part.start, part.task_id);
        (other.used, &one.project_code, key(one)).cmp(&(one.used, &other.project_code, key(other)))
    });
    let total = parts.len() as u64;
    let shown = parts.into_iter().skip(usize::try_from(offset).unwrap_or(usize::MAX));
    let mut shown: Vec<LoadPart> = shown.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
    name(&tx, &mut shown).await?;
    tx.commit().await?;
    let page = page_of(shown, total, limit, offset);
    let (items, next_cursor) = (page.items, page.next_cursor);
    Ok(LoadParts { id, kind: record.kind, name: record.name.clone(), from, to, amount, items, total, next_cursor })
}

fn part(project: &project::Model, work: &Work, units: i64, used: i64) -> LoadPart {
    LoadPart {
        project_id: ProjectId(project.id),
        project_code: project.code.clone(),
        project_name: project.name.clone(),
        task_id: work.task_id,
        task_name: String::new(),
        start: work.start,
        finish: work.finish,
        units,
        used,
        progress: 0,
    }
}

/// Says what the tasks are called and how far they are; only of those that are shown.
async fn name(tx: &OrgTx, parts: &mut [LoadPart]) -> Result<(), Fault> {
    let wanted = task::Column::Id.is_in(parts.iter().map(|part| part.task_id.0));
    let rows = tx.select::<task::Entity>().filter(wanted).all().await?;
    for part in parts {
        if let Some(row) = rows.iter().find(|row| TaskId(row.id) == part.task_id) {
            part.task_name.clone_from(&row.name);
            part.progress = u8::try_from(row.progress.clamp(0, 100)).unwrap_or(0);
        }
    }
    Ok(())
}
