//! Calendar links of the caller. Their answers hold a secret, so they are never kept for a request that is repeated.

use axum::{Json, http::StatusCode};
use domain::{
    ProjectId,
    projects::{
        feed::{FeedState, NewFeed},
        permission::ViewProjects,
    },
};
use usecase::projects as verbs;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, Permit, Row, problem::Problem};

pub fn feed_routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(of_project, make_of_project, revoke_of_project)).routes(routes!(
        of_person,
        make_of_person,
        revoke_of_person
    ))
}

/// Whether you have a calendar link to this project.
#[utoipa::path(get, path = "/projects/{id}/feed", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = FeedState)))]
async fn of_project(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<Json<FeedState>, Problem> {
    Ok(Json(verbs::feed_state(&grant, Some(id)).await?))
}

/// Make a calendar link to this project. The address is shown this once; one that was there before stops working.
#[utoipa::path(post, path = "/projects/{id}/feed", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 201, body = NewFeed)))]
async fn make_of_project(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<(StatusCode, Json<NewFeed>), Problem> {
    Ok((StatusCode::CREATED, Json(verbs::make_feed(&grant, Some(id)).await?)))
}

/// Take your calendar link to this project away.
#[utoipa::path(delete, path = "/projects/{id}/feed", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 204)))]
async fn revoke_of_project(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
) -> Result<StatusCode, Problem> {
    verbs::revoke_feed(&grant, Some(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether you have a calendar link to your own tasks in all projects.
#[utoipa::path(get, path = "/projects/feed", tag = "projects", responses((status = 200, body = FeedState)))]
async fn of_person(Permit { grant }: Permit<ViewProjects>) -> Result<Json<FeedState>, Problem> {
    Ok(Json(verbs::feed_state(&grant, None).await?))
}

/// Make a calendar link to your own tasks in all projects.
#[utoipa::path(post, path = "/projects/feed", tag = "projects", responses((status = 201, body = NewFeed)))]
async fn make_of_person(Permit { grant }: Permit<ViewProjects>) -> Result<(StatusCode, Json<NewFeed>), Problem> {
    Ok((StatusCode::CREATED, Json(verbs::make_feed(&grant, None).await?)))
}

/// Take your calendar link to your own tasks away.
#[utoipa::path(delete, path = "/projects/feed", tag = "projects", responses((status = 204)))]
async fn revoke_of_person(Permit { grant }: Permit<ViewProjects>) -> Result<StatusCode, Problem> {
    verbs::revoke_feed(&grant, None).await?;
    Ok(StatusCode::NO_CONTENT)
}
