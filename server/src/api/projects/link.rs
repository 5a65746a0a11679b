//! Links of a plan, one by one.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    Fault, FaultKind, LinkId, ProjectId, TaskId,
    projects::{
        document::LinkRecord,
        operation::Operation,
        permission::{EditProjects, ViewProjects},
        plan::{LagUnit, LinkKind},
        view::Applied,
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::answer::{if_match, tagged};
use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(list_links, add_link)).routes(routes!(edit_link, remove_link))
}

/// All links of a plan.
#[derive(Serialize, ToSchema)]
struct LinkList {
    links: Vec<LinkRecord>,
    total: usize,
}

/// Links of a plan.
#[utoipa::path(get, path = "/projects/{id}/links", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = LinkList)))]
async fn list_links(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<Json<LinkList>, Problem> {
    let links = verbs::load_plan(&grant, id).await?.document.links.clone();
    Ok(Json(LinkList { total: links.len(), links }))
}

/// A link to be added.
#[derive(Deserialize, ToSchema)]
struct NewLink {
    #[serde(default)]
    id: Option<LinkId>,
    #[serde(alias = "predecessor")]
    predecessor_id: TaskId,
    #[serde(alias = "successor")]
    successor_id: TaskId,
    #[serde(rename = "type", alias = "kind", default)]
    kind: LinkKind,
    #[serde(default, alias = "lag")]
    lag_minutes: i64,
    #[serde(default)]
    lag_unit: LagUnit,
}

/// Let one task wait for another. A circle is refused with its tasks.
#[utoipa::path(post, path = "/projects/{id}/links", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewLink, responses((status = 201, body = LinkRecord)))]
async fn add_link(
    Permit { grant }: Permit<EditProjects>,
    Row(project): Row<ProjectId>,
    JsonBody(new): JsonBody<NewLink>,
) -> Result<Response, Problem> {
    let NewLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit } = new;
    let id = id.unwrap_or_else(|| LinkId(Uuid::now_v7()));
    let operation = Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit };
    let applied = verbs::operate(&grant, project, None, vec![operation]).await?;
    let made = applied.delta.links.into_iter().find_map(|change| change.after);
    let link = made.ok_or_else(|| Fault::because(FaultKind::Conflict, "These tasks are linked that way already."))?;
    Ok(tagged(StatusCode::CREATED, link.version, &link))
}

/// A link to be changed.
#[derive(Deserialize, ToSchema)]
struct LinkPatch {
    #[serde(rename = "type", alias = "kind", default)]
    kind: Option<LinkKind>,
    #[serde(default, alias = "lag")]
    lag_minutes: Option<i64>,
    #[serde(default)]
    lag_unit: Option<LagUnit>,
}

/// Change how one task waits for another.
#[utoipa::path(patch, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = ProjectId, Path), ("link_id" = LinkId, Path)), request_body = LinkPatch, responses((status = 200, body = Applied), (status = 412)))]
async fn edit_link(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, LinkId)>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<LinkPatch>,
) -> Result<Json<Applied>, Problem> {
    let LinkPatch { kind, lag_minutes, lag_unit } = patch;
    let operation = Operation::EditLink { id, version: if_match(&headers)?, kind, lag_minutes, lag_unit };
    Ok(Json(verbs::operate(&grant, project, None, vec![operation]).await?))
}

/// Take a link away.
#[utoipa::path(delete, path = "/projects/{id}/links/{link_id}", tag = "projects", params(("id" = ProjectId, Path), ("link_id" = LinkId, Path)), responses((status = 204)))]
async fn remove_link(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, LinkId)>,
) -> Result<StatusCode, Problem> {
    verbs::operate(&grant, project, None, vec![Operation::RemoveLink { id }]).await?;
    Ok(StatusCode::NO_CONTENT)
}
