//! Steps of a plan: applied, taken back, done again, read.

use axum::{Json, extract::Query};
use domain::{
    OperationId, Page, PageRequest, ProjectId,
    projects::{
        operation::Operation,
        permission::{EditProjects, ViewProjects},
        view::{ActivityRow, Applied},
    },
};
use serde::Deserialize;
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(operate)).routes(routes!(undo)).routes(routes!(redo)).routes(routes!(activity))
}

/// Operations to be applied.
#[derive(Deserialize, ToSchema)]
struct Operations {
    /// The revision that the client saw.
    #[serde(default)]
    base_revision: Option<i64>,
    operations: Vec<Operation>,
}

/// Apply operations, all or none, as one step that can be undone: the same that the browser sends.
#[utoipa::path(post, path = "/projects/{id}/operations", tag = "projects", params(("id" = ProjectId, Path)), request_body = Operations, responses((status = 200, body = Applied), (status = 409), (status = 412)))]
async fn operate(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(body): JsonBody<Operations>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::operate(&grant, id, body.base_revision, body.operations).await?))
}

/// Which step to take back or do again; one's own latest when absent.
#[derive(Default, Deserialize, ToSchema)]
struct Turn {
    #[serde(default)]
    operation_id: Option<OperationId>,
}

/// Take back one's own latest step, or the named one.
#[utoipa::path(post, path = "/projects/{id}/undo", tag = "projects", params(("id" = ProjectId, Path)), request_body = Turn, responses((status = 200, body = Applied), (status = 409)))]
async fn undo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::undo(&grant, id, turn.operation_id).await?))
}

/// Do again what one took back last.
#[utoipa::path(post, path = "/projects/{id}/redo", tag = "projects", params(("id" = ProjectId, Path)), request_body = Turn, responses((status = 200, body = Applied), (status = 409)))]
async fn redo(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(turn): JsonBody<Turn>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::redo(&grant, id, turn.operation_id).await?))
}

/// What was done to the plan, newest first, with before and after.
#[utoipa::path(get, path = "/projects/{id}/activity", tag = "projects", params(("id" = ProjectId, Path), PageRequest), responses((status = 200, body = Page<ActivityRow>)))]
async fn activity(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ActivityRow>>, Problem> {
    Ok(Json(verbs::activity(&grant, id, &page).await?))
}
