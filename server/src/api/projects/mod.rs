//! Projects: plans, tasks, links, schedules.

mod answer;
mod baseline;
mod copy;
mod feed;
mod file;
mod link;
mod load;
mod overview;
mod resource;
mod schedule;
mod step;
mod task;
mod together;

pub use feed::feed_routes;

use axum::{
    Json,
    extract::Query,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    Minute, PageRequest, ProjectId,
    projects::{
        document::{PlanDocument, ProjectHead},
        operation::{Operation, ProjectPatch},
        permission::{DeleteProjects, EditProjects, ViewProjects},
        view::{NewProject, ProjectRow},
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects::{self as verbs, CurrentPlan};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use answer::{bytes, if_match, kept, tagged};

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub fn routes() -> OpenApiRouter<Door> {
    old_routes()
        .routes(routes!(plan))
        .routes(routes!(deleted))
        .routes(routes!(undelete))
        .merge(step::routes())
        .merge(copy::routes())
        .merge(file::routes())
        .merge(overview::routes())
        .merge(schedule::routes())
        .merge(link::routes())
        .merge(task::routes())
        .merge(resource::routes())
        .merge(load::routes())
        .merge(baseline::routes())
        .merge(together::routes())
}

/// What the old system had, too.
pub fn old_routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, edit, delete)).merge(task::old_routes())
}

/// Which state of a plan; the present one where nothing is said.
#[derive(Deserialize)]
struct Past {
    #[serde(default)]
    at: Option<String>,
}

/// A page of projects.
#[derive(Serialize, ToSchema)]
struct ProjectList {
    projects: Vec<ProjectRow>,
    /// Rows in the whole list.
    total: u64,
    /// Hand this in as `cursor` for the page after; `null` on the last.
    next_cursor: Option<String>,
}

/// A project, with the figures of its plan.
#[derive(Serialize, ToSchema)]
struct ProjectView {
    #[serde(flatten)]
    head: ProjectHead,
    /// 0 to 100, weighted by duration.
    progress: u8,
    /// When the plan ends, as scheduled.
    finish: Minute,
    task_count: usize,
}

impl ProjectView {
    fn of(plan: &CurrentPlan) -> Self {
        Self {
            head: plan.document.head.clone(),
            progress: plan.document.progress(),
            finish: plan.schedule.finish,
            task_count: plan.document.tasks.len(),
        }
    }
}

/// Projects of the organisation. `search`, `status`, `sort`, `limit` and `cursor` choose which.
#[utoipa::path(get, path = "/projects", tag = "projects", params(PageRequest), responses((status = 200, body = ProjectList)))]
async fn list(
    Permit { grant }: Permit<ViewProjects>,
    Query(page): Query<PageRequest>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::list_revision(&grant).await?;
    kept(grant.organization(), format!("projects {page:?}"), revision, &headers, async || {
        let page = verbs::list(&grant, &page).await?;
        bytes(&ProjectList { projects: page.items, total: page.total, next_cursor: page.next_cursor })
    })
    .await
}

/// Create a project.
#[utoipa::path(post, path = "/projects", tag = "projects", request_body = NewProject, responses((status = 201, body = ProjectHead), (status = 409)))]
async fn create(
    Permit { grant }: Permit<EditProjects>,
    JsonBody(new): JsonBody<NewProject>,
) -> Result<Response, Problem> {
    let head = verbs::create(&grant, new).await?;
    let place = format!("/api/v1/projects/{}", head.id);
    let mut response = tagged(StatusCode::CREATED, head.version, &head);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// One project, with the figures of its plan.
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path), ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = ProjectView)))]
async fn show(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(Past { at }): Query<Past>,
) -> Result<Response, Problem> {
    let plan = verbs::load_plan_at(&grant, id, at.as_deref()).await?;
    Ok(tagged(StatusCode::OK, plan.document.head.version, &ProjectView::of(&plan)))
}

/// Change a project. `If-Match` with its version refuses to overwrite what somebody else changed.
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path)), request_body = ProjectPatch, responses((status = 200, body = ProjectView), (status = 412)))]
async fn edit(
    Permit { grant }: Permit<EditProjects>,
    view: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
    JsonBody(patch): JsonBody<ProjectPatch>,
) -> Result<Response, Problem> {
    let version = if_match(&headers)?;
    verbs::operate(&grant, id, None, vec![Operation::EditProject { version, patch: Box::new(patch) }]).await?;
    let plan = verbs::load_plan(&view.grant, id).await?;
    Ok(tagged(StatusCode::OK, plan.document.head.version, &ProjectView::of(&plan)))
}

/// Delete a project: it goes from every list. `POST /projects/{id}/undelete` brings it back.
#[utoipa::path(delete, path = "/projects/{id}", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 204), (status = 412)))]
async fn delete(
    Permit { grant }: Permit<DeleteProjects>,
    Row(id): Row<ProjectId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    verbs::delete(&grant, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deleted projects, for whoever may delete; those that went last first.
#[utoipa::path(get, path = "/projects/deleted", tag = "projects", params(PageRequest), responses((status = 200, body = ProjectList)))]
async fn deleted(
    Permit { grant }: Permit<DeleteProjects>,
    Query(page): Query<PageRequest>,
) -> Result<Json<ProjectList>, Problem> {
    let page = verbs::deleted(&grant, &page).await?;
    Ok(Json(ProjectList { projects: page.items, total: page.total, next_cursor: page.next_cursor }))
}

/// Bring back a deleted project with everything that it had.
#[utoipa::path(post, path = "/projects/{id}/undelete", tag = "projects", params(("id" = ProjectId, Path)), responses((status = 200, body = ProjectHead), (status = 409)))]
async fn undelete(Permit { grant }: Permit<DeleteProjects>, Row(id): Row<ProjectId>) -> Result<Response, Problem> {
    let head = verbs::undelete(&grant, id).await?;
    Ok(tagged(StatusCode::OK, head.version, &head))
}

/// The whole plan as a client edits it: head, calendars, tasks and links.
#[utoipa::path(get, path = "/projects/{id}/plan", tag = "projects", params(("id" = ProjectId, Path), ("at" = Option<String>, Query, description = "A past state: a revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`")), responses((status = 200, body = PlanDocument)))]
async fn plan(
    Permit { grant }: Permit<ViewProjects>,
    Row(id): Row<ProjectId>,
    Query(Past { at }): Query<Past>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let revision = verbs::revision_at(&grant, id, at.as_deref()).await?;
    kept(grant.organization(), format!("plan {id}"), revision, &headers, async || {
        bytes(&verbs::plan_at(&grant, id, revision).await?.document)
    })
    .await
}
