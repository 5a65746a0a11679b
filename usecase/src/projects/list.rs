//! Lists of projects and of tasks.

use domain::{
    Fault, FaultKind, Minute, Page, PageRequest, ProjectId, UserId,
    access::Permission,
    projects::{document::TaskRow, permission::ViewProjects, view::ProjectRow},
};
use entity::{
    identity::user,
    projects::{project, task},
    trace::audit_head,
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect};
use uuid::Uuid;

use super::{CurrentPlan, page_of, rows, window};
use crate::Grant;

/// Projects on a page.
const MOST_PROJECTS: u64 = 200;
/// Tasks on a page.
const MOST_TASKS: u64 = 2_000;

/// A number that changes with everything that anyone of the organisation does: what was read under it is still true
/// while it stands.
///
/// # Errors
/// The database's error as a fault.
pub async fn list_revision(grant: &Grant<ViewProjects>) -> Result<i64, Fault> {
    let head = grant.db().select::<audit_head::Entity>().one().await?;
    Ok(head.map_or(0, |head| head.sequence))
}

#[derive(FromQueryResult)]
struct Revision {
    revision: i64,
}

/// The revision that a plan is at.
///
/// # Errors
/// `NotFound`.
pub async fn plan_revision(grant: &Grant<ViewProjects>, id: ProjectId) -> Result<i64, Fault> {
    let rows: Vec<Revision> = grant
        .db()
        .select::<project::Entity>()
        .filter(project::Column::Id.eq(id.0))
        .filter(project::Column::DeletedAt.is_null())
        .columns(|select| select.column(project::Column::Revision))
        .await?;
    rows.first().map(|row| row.revision).ok_or_else(Fault::not_found)
}

#[derive(FromQueryResult)]
struct Overdue {
    project_id: Uuid,
    tasks: i64,
}

/// Projects, filtered, sorted and paged. `sort` takes `name`, `code`, `status`, `start`, `target_end`, `finish`,
/// `progress` and `updated` (the default, newest first), with a leading `-` to turn.
///
/// # Errors
/// `InvalidInput` on `sort`, `limit` or `cursor`.
pub async fn list(grant: &Grant<ViewProjects>, page: &PageRequest) -> Result<Page<ProjectRow>, Fault> {
    list_of(grant, page, || asked_for(page)).await
}

/// The projects of a condition, sorted and paged.
pub(super) async fn list_of<P: Permission>(
    grant: &Grant<P>,
    page: &PageRequest,
    which: impl Fn() -> Condition,
) -> Result<Page<ProjectRow>, Fault> {
    let (limit, offset) = window(page, MOST_PROJECTS)?;
    let (column, order) = sorting(page.sort.as_deref().unwrap_or("-updated"))?;
    let tx = grant.db().snapshot().await?;
    let total = tx.select::<project::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<project::Entity>()
        .filter(which())
        .order_by(column, order)
        .order_by(project::Column::Id, Order::Asc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    let managers = found.iter().filter_map(|row| row.manager_id);
    let people = tx.select::<user::Entity>().filter(user::Column::Id.is_in(managers)).all().await?;
    let now = today(grant);
    let overdue: Vec<Overdue> = tx
        .select::<task::Entity>()
        .filter(task::Column::ProjectId.is_in(found.iter().map(|row| row.id)))
        .filter(task::Column::Finish.lt(now.0))
        .filter(task::Column::Progress.lt(100))
        .filter(task::Column::Kind.ne("summary"))
        .columns(|select| {
            select
                .column(task::Column::ProjectId)
                .column_as(task::Column::Id.count(), "tasks")
                .group_by(task::Column::ProjectId)
        })
        .await?;
    tx.commit().await?;
    let items = found
        .iter()
        .map(|row| {
            let manager = people.iter().find(|person| Some(person.id) == row.manager_id);
            let late = overdue.iter().find(|count| count.project_id == row.id).map_or(0, |count| count.tasks);
            project_row(row, manager, late)
        })
        .collect::<Result<_, _>>()?;
    Ok(page_of(items, total, limit, offset))
}

/// Projects that contain the text and have the status that a request asks for.
pub(super) fn asked_for(page: &PageRequest) -> Condition {
    let status = page.status.as_deref().filter(|status| !status.is_empty());
    Condition::all()
        .add(project::Column::DeletedAt.is_null())
        .add_option(status.map(|status| project::Column::Status.eq(status)))
        .add_option(containing(page))
}

/// Projects that contain the text that a request asks for.
pub(super) fn containing(page: &PageRequest) -> Option<Condition> {
    let text = page.search.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    Some(Condition::any().add(project::Column::Name.contains(text)).add(project::Column::Code.contains(text)))
}

/// Now, on the plant's wall clock: what should have been finished before it is overdue.
pub(crate) fn today<P: Permission>(grant: &Grant<P>) -> Minute {
    Minute::from_datetime(grant.now().naive_utc())
}

fn project_row(row: &project::Model, manager: Option<&user::Model>, overdue: i64) -> Result<ProjectRow, Fault> {
    let head = rows::head(row)?;
    Ok(ProjectRow {
        id: head.id,
        code: head.code,
        name: head.name,
        status: head.status,
        manager_id: row.manager_id.map(UserId),
        manager_name: manager.map(|person| person.name.clone()),
        start: head.start,
        target_end: head.target_end,
        finish: Minute(row.finish),
        progress: u8::try_from(row.progress.clamp(0, 100)).unwrap_or(0),
        tasks: u64::try_from(row.task_count).unwrap_or(0),
        critical: u64::try_from(row.critical_count).unwrap_or(0),
        overdue: u64::try_from(overdue).unwrap_or(0),
        version: row.version,
    })
}

fn sorting(sort: &str) -> Result<(project::Column, Order), Fault> {
    let (name, order) = sort.strip_prefix('-').map_or((sort, Order::Asc), |name| (name, Order::Desc));
    let column = match name {
        "name" => project::Column::Name,
        "code" => project::Column::Code,
        "status" => project::Column::Status,
        "start" => project::Column::Start,
        "target_end" => project::Column::TargetEnd,
        "finish" => project::Column::Finish,
        "progress" => project::Column::Progress,
        "updated" => project::Column::UpdatedAt,
        other => {
            let known = "name, code, status, start, target_end, finish, progress and updated";
            return Err(Fault::because(FaultKind::InvalidInput, format!("Projects are not sorted by '{other}'."))
                .and_field("sort", format!("Sort by {known}; a leading '-' turns the order.")));
        }
    };
    Ok((column, order))
}

/// Tasks of a plan in outline order, with the dates that the scheduler gives them.
///
/// # Errors
/// `InvalidInput` on `limit` or `cursor`.
pub fn task_rows(plan: &CurrentPlan, page: &PageRequest) -> Result<Page<TaskRow>, Fault> {
    let asked = PageRequest { limit: page.limit.or(Some(1_000)), ..page.clone() };
    let (limit, offset) = window(&asked, MOST_TASKS)?;
    let text = page.search.as_deref().map(str::to_lowercase).filter(|text| !text.is_empty());
    let found: Vec<TaskRow> = plan
        .document
        .rows(&plan.schedule)
        .into_iter()
        .filter(|row| text.as_ref().is_none_or(|text| row.task.name.to_lowercase().contains(text)))
        .filter(|row| page.status.as_deref().is_none_or(|status| rows::word(row.task.status) == status))
        .collect();
    let total = found.len() as u64;
    let items = found
        .into_iter()
        .skip(usize::try_from(offset).unwrap_or(usize::MAX))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect();
    Ok(page_of(items, total, limit, offset))
}
