//! What one person has to do, over all plans.

use domain::{
    Fault, FaultKind, Minute, Page, PageRequest, ProjectId, TaskId, UserId,
    projects::{
        document::TaskStatus,
        overview::{Due, MyTask},
        permission::ViewProjects,
    },
};
use entity::projects::{assignee, project, task};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Query, SelectStatement},
};

use super::{list::today, page_of, rows, window};
use crate::Grant;

/// Days for which a finished task is still shown.
const LATELY: i64 = 14;

/// The tasks of whoever asks, in the projects that run. Without `status` the open ones, what ends first first; with
/// `status=done` those that were finished in the last two weeks, the latest first; else the open ones of that status.
/// `search` looks at the names of tasks.
///
/// # Errors
/// `InvalidInput` on `status`, `limit` or `cursor`.
pub async fn my_tasks(grant: &Grant<ViewProjects>, page: &PageRequest) -> Result<Page<MyTask>, Fault> {
    let (limit, offset) = window(page, 200)?;
    let now = today(grant);
    let status = page.status.as_deref().filter(|status| !status.is_empty());
    let done = status == Some("done");
    let known = |status: &str| TaskStatus::ALL.into_iter().any(|each| each.code() == status);
    if let Some(other) = status.filter(|status| !done && !known(status)) {
        return Err(Fault::because(FaultKind::InvalidInput, format!("No task has the status '{other}'."))
            .and_field("status", "Ask for done, or for one of the six statuses."));
    }
    let which = || {
        let mine = Condition::all()
            .add(task::Column::Kind.ne("summary"))
            .add(task::Column::Id.in_subquery(tasks_of(grant)))
            .add(task::Column::ProjectId.in_subquery(running_projects(grant)))
            .add_option(text_of(page).map(|text| task::Column::Name.contains(text)));
        if done {
            let since = now.0 - LATELY * Minute::DAY;
            return mine.add(task::Column::Progress.gte(100)).add(task::Column::Finish.gte(since));
        }
        mine.add(task::Column::Progress.lt(100)).add_option(status.map(|status| task::Column::Status.eq(status)))
    };
    let tx = grant.db().snapshot().await?;
    let total = tx.select::<task::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<task::Entity>()
        .filter(which())
        .order_by(task::Column::Finish, if done { Order::Desc } else { Order::Asc })
        .order_by(task::Column::Id, Order::Asc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    let projects = tx
        .select::<project::Entity>()
        .filter(project::Column::Id.is_in(found.iter().map(|row| row.project_id)))
        .all()
        .await?;
    tx.commit().await?;
    let named = |row: task::Model| {
        let project = projects.iter().find(|project| project.id == row.project_id);
        my_task(row, project, now)
    };
    Ok(page_of(found.into_iter().map(named).collect::<Result<_, _>>()?, total, limit, offset))
}

fn text_of(page: &PageRequest) -> Option<&str> {
    page.search.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn tasks_of(grant: &Grant<ViewProjects>) -> SelectStatement {
    let UserId(me) = grant.user();
    Query::select()
        .column(assignee::Column::TaskId)
        .from(assignee::Entity)
        .and_where(assignee::Column::OrganizationId.eq(grant.organization().0))
        .and_where(assignee::Column::UserId.eq(me))
        .to_owned()
}

fn running_projects(grant: &Grant<ViewProjects>) -> SelectStatement {
    Query::select()
        .column(project::Column::Id)
        .from(project::Entity)
        .and_where(project::Column::OrganizationId.eq(grant.organization().0))
        .and_where(project::Column::DeletedAt.is_null())
        .and_where(project::Column::Status.is_in(["planned", "active", "on_hold"]))
        .to_owned()
}

fn my_task(row: task::Model, project: Option<&project::Model>, now: Minute) -> Result<MyTask, Fault> {
    let progress = u8::try_from(row.progress.clamp(0, 100)).unwrap_or(0);
    let finish = Minute(row.finish);
    Ok(MyTask {
        id: TaskId(row.id),
        project_id: ProjectId(row.project_id),
        project_code: project.map(|project| project.code.clone()).unwrap_or_default(),
        project_name: project.map(|project| project.name.clone()).unwrap_or_default(),
        name: row.name,
        milestone: row.kind == "milestone",
        status: rows::meaning(&row.status)?,
        progress,
        start: Minute(row.start),
        finish,
        deadline: row.deadline.map(Minute),
        department: row.department,
        critical: row.critical,
        due: Due::of(finish, progress, now),
    })
}
