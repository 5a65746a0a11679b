//! Tasks of a plan, one by one.

use axum::{
    Json,
    extract::Query,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    Fault, PageRequest, ProjectId, TaskId,
    projects::{
        document::{TaskRow, TaskStatus},
        operation::{Operation, TaskDraft, TaskPatch},
        permission::{EditProjects, ReportProgress, ViewProjects},
        view::Applied,
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects::{self as verbs, CurrentPlan};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    Past,
    answer::{bytes, if_match, kept, tagged},
};
use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(task, edit_task, remove_task)).routes(routes!(report_progress))
}

/// What the old system had, too.
pub(super) fn old_routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(list_tasks, add_task))
}

/// A page of tasks.
#[derive(Serialize, ToSchema)]
struct TaskList {
    tasks: Vec<TaskRow>,
    /// Rows in the whole list.
    total: u64,
    /// Hand this in as `cursor` for the page after; `null` on the last.
    next_cursor: Option<String>,
}

/// Tasks in outline order with the dates that the scheduler gives them.
#[utoipa::path(get, path = "/projects/{id}/tasks", tag = "projects", params(("id" = ProjectId, Path), PageRequest, ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = TaskList)))]
async fn list_tasks(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
    Query(Past { at }): Query<Past>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::revision_at(&grant, id, at.as_deref()).await?;
    kept(grant.organization(), format!("tasks {id} {page:?}"), revision, &headers, async || {
        let page = verbs::task_rows(&*verbs::plan_at(&grant, id, revision).await?, &page)?;
        bytes(&TaskList { tasks: page.items, total: page.total, next_cursor: page.next_cursor })
    })
    .await
}

/// A task to be added, and where.
#[derive(Deserialize, ToSchema)]
struct NewTask {
    /// Chosen by the client where it must be known before the answer.
    #[serde(default)]
    id: Option<TaskId>,
    #[serde(default)]
    parent_id: Option<TaskId>,
    #[serde(default)]
    after: Option<TaskId>,
    #[serde(flatten)]
    task: TaskDraft,
}

/// Add a task, last below its parent unless `after` says where.
#[utoipa::path(post, path = "/projects/{id}/tasks", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewTask, responses((status = 201, body = TaskRow)))]
async fn add_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewTask>,
) -> Result<Response, Problem> {
    let id = new.id.unwrap_or_else(|| TaskId(Uuid::now_v7()));
    let operation = Operation::AddTask { id, parent_id: new.parent_id, after: new.after, task: Box::new(new.task) };
    verbs::operate(&grant, project, None, vec![operation]).await?;
    let row = task_row(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::CREATED, row.task.version, &row))
}

fn task_row(plan: &CurrentPlan, id: TaskId) -> Result<TaskRow, Fault> {
    plan.document.row(&plan.schedule, id).ok_or_else(Fault::not_found)
}

/// One task.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 200, body = TaskRow)))]
async fn task(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<Response, Problem> {
    let row = task_row(&*verbs::load_plan(&grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, row.task.version, &row))
}

/// Change a task. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), request_body = TaskPatch, responses((status = 200, body = TaskRow), (status = 412)))]
async fn edit_task(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<TaskPatch>,
) -> Result<Response, Problem> {
    let version = if_match(&headers)?;
    verbs::operate(&grant, project, None, vec![Operation::EditTask { id, version, patch: Box::new(patch) }]).await?;
    let row = task_row(&*verbs::load_plan(&view.grant, project).await?, id)?;
    Ok(tagged(StatusCode::OK, row.task.version, &row))
}

/// Remove a task with everything below it.
#[utoipa::path(delete, path = "/projects/{id}/tasks/{task_id}", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 204)))]
async fn remove_task(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveTasks { ids: vec![id] }]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far a task is.
#[derive(Deserialize, ToSchema)]
struct Progress {
    progress: Option<u8>,
    status: Option<TaskStatus>,
}

/// Report how far a task is; employees may.
#[utoipa::path(put, path = "/projects/{id}/tasks/{task_id}/progress", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), request_body = Progress, responses((status = 200, body = Applied)))]
async fn report_progress(
    Permit { grant }: Permit<ReportProgress>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    JsonBody(how): JsonBody<Progress>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::report_progress(&grant, project, id, how.progress, how.status).await?))
}
