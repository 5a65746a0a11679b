//! What was done to a plan, and who works here.

use domain::{
    Fault, OperationId, Page, PageRequest, ProjectId, TaskId, UserId,
    projects::{
        document::{LinkRecord, TaskRecord},
        operation::{Delta, RowChange},
        permission::ViewProjects,
        view::{ActivityRow, Person},
    },
};
use entity::{identity::user, projects::operation};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait},
};

use super::{page_of, store, window};
use crate::{Grant, db::OrgDb, fault::internal};

/// Steps of a plan, newest first, with before and after.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `limit` or `cursor`.
pub async fn activity(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    page: &PageRequest,
) -> Result<Page<ActivityRow>, Fault> {
    steps(grant, id, page, None, |delta| delta).await
}

/// Steps that changed one task, newest first, each with what it changed of this task and of its links.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `limit` or `cursor`.
pub async fn task_activity(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    task: TaskId,
    page: &PageRequest,
) -> Result<Page<ActivityRow>, Fault> {
    let only = |mut delta: Delta| {
        let about = |change: &RowChange<TaskRecord>| {
            change.after.as_ref().or(change.before.as_ref()).is_some_and(|row| row.id == task)
        };
        let linked = |change: &RowChange<LinkRecord>| {
            let link = change.after.as_ref().or(change.before.as_ref());
            link.is_some_and(|link| link.predecessor_id == task || link.successor_id == task)
        };
        delta.tasks.retain(about);
        delta.links.retain(linked);
        delta
    };
    steps(grant, id, page, Some(task), only).await
}

async fn steps(
    grant: &Grant<ViewProjects>,
    id: ProjectId,
    page: &PageRequest,
    about: Option<TaskId>,
    shown: impl Fn(Delta) -> Delta,
) -> Result<Page<ActivityRow>, Fault> {
    let (limit, offset) = window(page, 100)?;
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, id, false).await?;
    // The stored change names the ids of everything it touches.
    let names = |task: TaskId| Expr::col(operation::Column::Delta).cast_as("text").like(format!("%{task}%"));
    let which = || Condition::all().add(operation::Column::ProjectId.eq(id.0)).add_option(about.map(names));
    let total = tx.select::<operation::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<operation::Entity>()
        .filter(which())
        .order_by(operation::Column::Revision, Order::Desc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    tx.commit().await?;
    let items = found.into_iter().map(|step| row(step, &shown)).collect::<Result<_, _>>()?;
    Ok(page_of(items, total, limit, offset))
}

/// Rows of a step that the list shows; an import of thousands is named, not printed.
const SHOWN_ROWS: usize = 50;

fn row(step: operation::Model, shown: impl Fn(Delta) -> Delta) -> Result<ActivityRow, Fault> {
    let delta: Delta = serde_json::from_value(step.delta).map_err(|error| internal("reading a stored step", error))?;
    let mut delta = shown(delta);
    delta.tasks.truncate(SHOWN_ROWS);
    delta.links.truncate(SHOWN_ROWS);
    let (before, after) = delta.sides();
    Ok(ActivityRow {
        id: OperationId(step.id),
        revision: step.revision,
        at: step.at,
        actor_name: step.actor_name,
        verb: step.kind,
        summary: step.summary,
        before,
        after,
        undone: step.undone_by.is_some_and(|by| by != step.id),
    })
}

/// Active people of the organisation, by name, for choosing who does what.
///
/// # Errors
/// The database's error as a fault.
pub async fn people(grant: &Grant<ViewProjects>) -> Result<Vec<Person>, Fault> {
    active_people(&grant.db()).await
}

pub(super) async fn active_people(db: &OrgDb) -> Result<Vec<Person>, Fault> {
    let found = db
        .select::<user::Entity>()
        .filter(user::Column::Status.eq("active"))
        .order_by(user::Column::Name, Order::Asc)
        .limit(500)
        .all()
        .await?;
    Ok(found.into_iter().map(|person| Person { id: UserId(person.id), name: person.name }).collect())
}
