//! Who looks at a plan, who watches a task, and what they say.

use axum::{Json, extract::Query, http::StatusCode};
use domain::{
    Page, PageRequest, ProjectId, TaskId, UserId,
    projects::{
        permission::{ReportProgress, ViewProjects},
        view::{ActivityRow, Comment, Person, Presence},
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(presence))
        .routes(routes!(activity))
        .routes(routes!(comments, comment))
        .routes(routes!(watchers, watch, unwatch))
}

/// Tell everyone who looks at the plan where you are. They hear it as `projects.presence`; nothing is stored.
#[utoipa::path(post, path = "/projects/{id}/presence", tag = "projects", params(("id" = ProjectId, Path)), request_body = Presence, responses((status = 204)))]
async fn presence(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(here): JsonBody<Presence>,
) -> Result<StatusCode, Problem> {
    verbs::tell_presence(&grant, id, here).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was done to a task, newest first, with before and after.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}/activity", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path), PageRequest), responses((status = 200, body = Page<ActivityRow>)))]
async fn activity(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ActivityRow>>, Problem> {
    Ok(Json(verbs::task_activity(&grant, project, id, &page).await?))
}

/// Comments on a task, oldest first.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}/comments", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path), PageRequest), responses((status = 200, body = Page<Comment>)))]
async fn comments(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<Comment>>, Problem> {
    Ok(Json(verbs::comments(&grant, project, id, &page).await?))
}

/// A comment to be made.
#[derive(Deserialize, ToSchema)]
struct NewComment {
    body: String,
    /// Who is spoken to. They watch the task from then on.
    #[serde(default)]
    mentions: Vec<UserId>,
}

/// Comment on a task.
#[utoipa::path(post, path = "/projects/{id}/tasks/{task_id}/comments", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), request_body = NewComment, responses((status = 201, body = Comment)))]
async fn comment(
    Permit { grant }: Permit<ReportProgress>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
    JsonBody(new): JsonBody<NewComment>,
) -> Result<(StatusCode, Json<Comment>), Problem> {
    let made = verbs::add_comment(&grant, project, id, &new.body, &new.mentions).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Who watches.
#[derive(Serialize, ToSchema)]
struct WatcherList {
    watchers: Vec<Person>,
}

/// People who watch a task.
#[utoipa::path(get, path = "/projects/{id}/tasks/{task_id}/watchers", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 200, body = WatcherList)))]
async fn watchers(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<Json<WatcherList>, Problem> {
    Ok(Json(WatcherList { watchers: verbs::watchers(&grant, project, id).await? }))
}

/// Watch a task.
#[utoipa::path(put, path = "/projects/{id}/tasks/{task_id}/watchers", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 204)))]
async fn watch(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    verbs::watch(&grant, project, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Watch a task no longer.
#[utoipa::path(delete, path = "/projects/{id}/tasks/{task_id}/watchers", tag = "projects", params(("id" = ProjectId, Path), ("task_id" = TaskId, Path)), responses((status = 204)))]
async fn unwatch(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, TaskId)>,
) -> Result<StatusCode, Problem> {
    verbs::watch(&grant, project, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
