//! Who and what can work, and levelling the plan by it.

use axum::{
    Json,
    extract::Query,
    http::{HeaderMap, StatusCode},
};
use domain::{
    Page, PageRequest, ProjectId, ResourceId,
    projects::{
        calendar::Calendar,
        exchange::levelled::{LevelPreview, LevelResult},
        permission::{EditProjects, ManageResources, ViewProjects},
        resource::{ResourceBooking, ResourceKind, ResourceRecord, WHOLE},
        view::{Applied, LevelRequest},
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::answer::if_match;
use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(save, remove))
        .routes(routes!(bookings))
        .routes(routes!(preview))
        .routes(routes!(level, clear))
}

/// People, departments and machines, with what they can do.
#[utoipa::path(get, path = "/resources", tag = "projects", params(PageRequest), responses((status = 200, body = Page<ResourceRecord>)))]
async fn list(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ResourceRecord>>, Problem> {
    Ok(Json(verbs::resources(&grant, &page).await?))
}

/// What a resource is to be.
#[derive(Deserialize, ToSchema)]
struct SavedResource {
    kind: ResourceKind,
    #[serde(default)]
    name: String,
    /// Percent: 100 is one person or one machine.
    #[serde(default = "whole")]
    capacity: i64,
    /// When it is there; always, where there is none.
    #[serde(default)]
    calendar: Option<Calendar>,
    /// The version that was seen; 0 for a new one.
    #[serde(default)]
    version: i64,
}

const fn whole() -> i64 {
    WHOLE
}

/// Add a department or a machine under an id of your own, or change one; of a person, by the id of their log-in, say when
/// and how much they work.
#[utoipa::path(put, path = "/resources/{resource_id}", tag = "projects", params(("resource_id" = ResourceId, Path)), request_body = SavedResource, responses((status = 200, body = ResourceRecord), (status = 409), (status = 412)))]
async fn save(
    Permit { grant }: Permit<ManageResources>,
    Row(id): Row<ResourceId>,
    JsonBody(wanted): JsonBody<SavedResource>,
) -> Result<Json<ResourceRecord>, Problem> {
    let SavedResource { kind, name, capacity, calendar, version } = wanted;
    let record = ResourceRecord { id, kind, name, capacity, calendar, version };
    Ok(Json(verbs::save_resource(&grant, record).await?))
}

/// Take a department or a machine away that no task needs.
#[utoipa::path(delete, path = "/resources/{resource_id}", tag = "projects", params(("resource_id" = ResourceId, Path)), responses((status = 204), (status = 409), (status = 412)))]
async fn remove(
    Permit { grant }: Permit<ManageResources>,
    Row(id): Row<ResourceId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    verbs::remove_resource(&grant, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What other projects have taken.
#[derive(Serialize, ToSchema)]
struct BookingList {
    bookings: Vec<ResourceBooking>,
}

/// When resources work for other projects.
#[utoipa::path(get, path = "/projects/{id}/bookings", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = BookingList)))]
async fn bookings(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<Json<BookingList>, Problem> {
    Ok(Json(BookingList { bookings: verbs::bookings(&grant, id).await? }))
}

/// What levelling would make of the plan. Nothing is stored.
#[utoipa::path(post, path = "/projects/{id}/level/preview", tag = "projects", params(("id" = ProjectId, Path)), request_body = LevelRequest, responses((status = 200, body = LevelPreview)))]
async fn preview(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(how): JsonBody<LevelRequest>,
) -> Result<Json<LevelPreview>, Problem> {
    Ok(Json(verbs::preview_levelling(&grant, id, how).await?))
}

/// Level the plan by what its resources can do, as one step that can be undone.
#[utoipa::path(post, path = "/projects/{id}/level", tag = "projects", params(("id" = ProjectId, Path)), request_body = LevelRequest, responses((status = 200, body = LevelResult), (status = 412)))]
async fn level(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(how): JsonBody<LevelRequest>,
) -> Result<Json<LevelResult>, Problem> {
    Ok(Json(verbs::level(&grant, id, how).await?))
}

/// Let every task start when its links allow again.
#[utoipa::path(delete, path = "/projects/{id}/level", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = Applied)))]
async fn clear(Permit { grant }: Permit<EditProjects>, Row(id): Row<ProjectId>) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::clear_levelling(&grant, id).await?))
}
