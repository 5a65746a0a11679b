//! Plans as they were once agreed.

use axum::{
    Json,
    extract::Query,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    BaselineId, Page, PageRequest, ProjectId,
    projects::{
        baseline::{Baseline, BaselineHead},
        permission::{EditProjects, ViewProjects},
    },
};
use serde::Deserialize;
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::answer::{if_match, tagged};
use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(list, take)).routes(routes!(show, rename, remove)).routes(routes!(restore))
}

/// Baselines of a project, newest first.
#[utoipa::path(get, path = "/projects/{id}/baselines", tag = "projects", params(("id" = ProjectId, Path), PageRequest), responses((status = 200, body = Page<BaselineHead>)))]
async fn list(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<BaselineHead>>, Problem> {
    Ok(Json(verbs::baselines(&grant, id, &page).await?))
}

/// What a baseline is called.
#[derive(Deserialize, ToSchema)]
struct Named {
    name: String,
}

/// Keep the plan as it is now.
#[utoipa::path(post, path = "/projects/{id}/baselines", tag = "projects", params(("id" = ProjectId, Path)), request_body = Named, responses((status = 201, body = BaselineHead), (status = 409)))]
async fn take(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(Named { name }): JsonBody<Named>,
) -> Result<Response, Problem> {
    let head = verbs::take_baseline(&grant, id, &name).await?;
    Ok(tagged(StatusCode::CREATED, head.version, &head))
}

/// One baseline with its rows.
#[utoipa::path(get, path = "/projects/{id}/baselines/{baseline_id}", tag = "projects", params(("id" = ProjectId, Path), ("baseline_id" = BaselineId, Path)), responses((status = 200, body = Baseline)))]
async fn show(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, BaselineId)>,
) -> Result<Response, Problem> {
    let baseline = verbs::baseline(&grant, project, id).await?;
    Ok(tagged(StatusCode::OK, baseline.head.version, &baseline))
}

/// Call a baseline something else.
#[utoipa::path(patch, path = "/projects/{id}/baselines/{baseline_id}", tag = "projects", params(("id" = ProjectId, Path), ("baseline_id" = BaselineId, Path)), request_body = Named, responses((status = 200, body = BaselineHead), (status = 409), (status = 412)))]
async fn rename(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, BaselineId)>,
    headers: HeaderMap,
    JsonBody(Named { name }): JsonBody<Named>,
) -> Result<Response, Problem> {
    let head = verbs::rename_baseline(&grant, project, id, if_match(&headers)?, &name).await?;
    Ok(tagged(StatusCode::OK, head.version, &head))
}

/// Take a baseline away. It can be restored.
#[utoipa::path(delete, path = "/projects/{id}/baselines/{baseline_id}", tag = "projects", params(("id" = ProjectId, Path), ("baseline_id" = BaselineId, Path)), responses((status = 204), (status = 412)))]
async fn remove(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, BaselineId)>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    verbs::remove_baseline(&grant, project, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring back a baseline that was taken away.
#[utoipa::path(post, path = "/projects/{id}/baselines/{baseline_id}/restore", tag = "projects", params(("id" = ProjectId, Path), ("baseline_id" = BaselineId, Path)), responses((status = 200, body = BaselineHead), (status = 409)))]
async fn restore(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, BaselineId)>,
) -> Result<Response, Problem> {
    let head = verbs::restore_baseline(&grant, project, id).await?;
    Ok(tagged(StatusCode::OK, head.version, &head))
}
