//! Who was spoken to: comments that name somebody, over all plans.

use domain::{
    CommentId, Fault, Page, PageRequest, ProjectId, TaskId,
    projects::{overview::Mention, permission::ViewProjects},
};
use entity::projects::{comment, project, task};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{page_of, window};
use crate::Grant;

/// Comments that speak to whoever asks, newest first. Where the project or the task has gone there is nothing to go to,
/// and nothing is told.
///
/// # Errors
/// `InvalidInput` on `limit` or `cursor`.
pub async fn mentions(grant: &Grant<ViewProjects>, page: &PageRequest) -> Result<Page<Mention>, Fault> {
    let (limit, offset) = window(page, 100)?;
    let named = format!("%\"{}\"%", grant.user());
    let which = || {
        Condition::all()
            // The ids stand in the column as JSON, each between quotation marks, on either database.
            .add(Expr::col(comment::Column::Mentions).cast_as("text").like(named.as_str()))
            .add(comment::Column::ProjectId.in_subquery(present_projects(grant)))
            .add(comment::Column::TaskId.in_subquery(present_tasks(grant)))
    };
    let tx = grant.db().snapshot().await?;
    let total = tx.select::<comment::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<comment::Entity>()
        .filter(which())
        .order_by(comment::Column::CreatedAt, Order::Desc)
        .order_by(comment::Column::Id, Order::Desc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    let of_projects = project::Column::Id.is_in(found.iter().map(|row| row.project_id));
    let projects = tx.select::<project::Entity>().filter(of_projects).all().await?;
    let of_tasks = task::Column::Id.is_in(found.iter().map(|row| row.task_id));
    let tasks = tx.select::<task::Entity>().filter(of_tasks).all().await?;
    tx.commit().await?;
    let told = |row: comment::Model| {
        let project = projects.iter().find(|project| project.id == row.project_id);
        let task = tasks.iter().find(|task| task.id == row.task_id);
        Mention {
            comment_id: CommentId(row.id),
            project_id: ProjectId(row.project_id),
            project_code: project.map(|project| project.code.clone()).unwrap_or_default(),
            project_name: project.map(|project| project.name.clone()).unwrap_or_default(),
            task_id: TaskId(row.task_id),
            task_name: task.map(|task| task.name.clone()).unwrap_or_default(),
            author_name: row.author_name,
            body: row.body,
            created_at: row.created_at,
        }
    };
    Ok(page_of(found.into_iter().map(told).collect(), total, limit, offset))
}

fn present_projects(grant: &Grant<ViewProjects>) -> SelectStatement {
    Query::select()
        .column(project::Column::Id)
        .from(project::Entity)
        .and_where(project::Column::OrganizationId.eq(grant.organization().0))
        .and_where(project::Column::DeletedAt.is_null())
        .to_owned()
}

fn present_tasks(grant: &Grant<ViewProjects>) -> SelectStatement {
    Query::select()
        .column(task::Column::Id)
        .from(task::Entity)
        .and_where(task::Column::OrganizationId.eq(grant.organization().0))
        .to_owned()
}
