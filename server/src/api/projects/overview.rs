//! Views that people keep of a plan, their own tasks over all plans, and all projects side by side.

use axum::{Json, extract::Query, http::StatusCode};
use domain::{
    Page, PageRequest, ProjectId, SavedViewId,
    projects::{
        look::{NewSavedView, SavedView, SavedViewPatch},
        overview::{Mention, MyTask, Portfolio},
        permission::{EditProjects, ViewProjects},
    },
};
use serde::Deserialize;
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, JsonBody, Permit, Row, Someone, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(my_tasks))
        .routes(routes!(mentions))
        .routes(routes!(portfolio))
        .routes(routes!(views, save_view))
        .routes(routes!(change_view, remove_view))
        .routes(routes!(share_view))
}

/// One's own tasks in the projects that run: the open ones by their end; with `status=done` those finished lately, or
/// the open ones of a status.
#[utoipa::path(get, path = "/my/tasks", tag = "projects", params(PageRequest), responses((status = 200, body = Page<MyTask>)))]
async fn my_tasks(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<MyTask>>, Problem> {
    Ok(Json(verbs::my_tasks(&grant, &page).await?))
}

/// Comments that speak to whoever asks, over all projects, newest first.
#[utoipa::path(get, path = "/projects/mentions", tag = "projects", params(PageRequest), responses((status = 200, body = Page<Mention>)))]
async fn mentions(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<Mention>>, Problem> {
    Ok(Json(verbs::mentions(&grant, &page).await?))
}

/// Projects side by side with their milestones, and what all that are asked for come to.
#[utoipa::path(get, path = "/projects/portfolio", tag = "projects", params(PageRequest), responses((status = 200, body = Portfolio)))]
async fn portfolio(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Portfolio>, Problem> {
    Ok(Json(verbs::portfolio(&grant, &page).await?))
}

/// One's own views of a plan and those that are shared, by name.
#[utoipa::path(get, path = "/projects/{id}/views", tag = "projects", params(("id" = ProjectId, Path), PageRequest), responses((status = 200, body = Page<SavedView>)))]
async fn views(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<SavedView>>, Problem> {
    Ok(Json(verbs::saved_views(&grant, id, &page).await?))
}

/// Keep a look at a plan under a name, for oneself or, by those who edit plans, for everybody.
#[utoipa::path(post, path = "/projects/{id}/views", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewSavedView, responses((status = 201, body = SavedView), (status = 409)))]
async fn save_view(
    Permit { grant }: Permit<ViewProjects>,
    Someone(caller): Someone,
    Row(id): Row<ProjectId>,
    JsonBody(new): JsonBody<NewSavedView>,
) -> Result<(StatusCode, Json<SavedView>), Problem> {
    let sharing = if new.shared { Some(caller.permit::<EditProjects>()?) } else { None };
    Ok((StatusCode::CREATED, Json(verbs::save_view(&grant, sharing.as_ref(), id, new).await?)))
}

/// Give one of one's own views another name or another look.
#[utoipa::path(patch, path = "/projects/{id}/views/{view_id}", tag = "projects", params(("id" = ProjectId, Path), ("view_id" = SavedViewId, Path)), request_body = SavedViewPatch, responses((status = 200, body = SavedView), (status = 409)))]
async fn change_view(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, SavedViewId)>,
    JsonBody(patch): JsonBody<SavedViewPatch>,
) -> Result<Json<SavedView>, Problem> {
    Ok(Json(verbs::change_view(&grant, project, id, patch).await?))
}

/// Forget one of one's own views.
#[utoipa::path(delete, path = "/projects/{id}/views/{view_id}", tag = "projects", params(("id" = ProjectId, Path), ("view_id" = SavedViewId, Path)), responses((status = 204)))]
async fn remove_view(
    Permit { grant }: Permit<ViewProjects>,
    Row((project, id)): Row<(ProjectId, SavedViewId)>,
) -> Result<StatusCode, Problem> {
    verbs::remove_view(&grant, project, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who sees a view.
#[derive(Deserialize, ToSchema)]
struct Sharing {
    shared: bool,
}

/// Show a view to everybody who sees the project, or to its owner only.
#[utoipa::path(put, path = "/projects/{id}/views/{view_id}/shared", tag = "projects", params(("id" = ProjectId, Path), ("view_id" = SavedViewId, Path)), request_body = Sharing, responses((status = 204)))]
async fn share_view(
    Permit { grant }: Permit<EditProjects>,
    Row((project, id)): Row<(ProjectId, SavedViewId)>,
    JsonBody(Sharing { shared }): JsonBody<Sharing>,
) -> Result<StatusCode, Problem> {
    verbs::share_view(&grant, project, id, shared).await?;
    Ok(StatusCode::NO_CONTENT)
}
