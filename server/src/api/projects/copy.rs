//! Projects after others: copies, templates, and a plan as it was.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    ProjectId, TemplateId,
    projects::{
        copy::CopyProject,
        document::ProjectHead,
        permission::EditProjects,
        template::{FromTemplate, NewTemplate, Template},
        view::Applied,
    },
};
use serde::{Deserialize, Serialize};
use usecase::projects as verbs;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::answer::tagged;
use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub(super) fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(copy))
        .routes(routes!(restore))
        .routes(routes!(templates))
        .routes(routes!(save_template))
        .routes(routes!(delete_template))
        .routes(routes!(from_template))
}

fn made(head: &ProjectHead) -> Response {
    let mut response = tagged(StatusCode::CREATED, head.version, head);
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/projects/{}", head.id)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// Make a project after this one: rows, links and calendars with new ids, dates moved to the new start.
#[utoipa::path(post, path = "/projects/{id}/copy", tag = "projects", params(("id" = ProjectId, Path)), request_body = CopyProject, responses((status = 201, body = ProjectHead), (status = 409)))]
async fn copy(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(new): JsonBody<CopyProject>,
) -> Result<Response, Problem> {
    Ok(made(&verbs::copy(&grant, id, new).await?))
}

/// Which past state.
#[derive(Deserialize, ToSchema)]
struct Restore {
    /// A revision such as `12`, or an instant such as `2026-03-12T14:02:00Z`.
    at: String,
}

/// Make a past state of the plan the present one, as one step that can be undone.
#[utoipa::path(post, path = "/projects/{id}/restore", tag = "projects", params(("id" = ProjectId, Path)), request_body = Restore, responses((status = 200, body = Applied), (status = 409)))]
async fn restore(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(Restore { at }): JsonBody<Restore>,
) -> Result<Json<Applied>, Problem> {
    Ok(Json(verbs::restore(&grant, id, &at).await?))
}

/// All templates.
#[derive(Serialize, ToSchema)]
struct TemplateList {
    templates: Vec<Template>,
    total: usize,
}

/// Plans to begin with: the organisation's own, then those that come with Takt.
#[utoipa::path(get, path = "/projects/templates", tag = "projects", responses((status = 200, body = TemplateList)))]
async fn templates(Permit { grant }: Permit<EditProjects>) -> Result<Json<TemplateList>, Problem> {
    let templates = verbs::templates(&grant).await?;
    Ok(Json(TemplateList { total: templates.len(), templates }))
}

/// Keep the plan of a project as a template, without people and progress.
#[utoipa::path(post, path = "/projects/{id}/template", tag = "projects", params(("id" = ProjectId, Path)), request_body = NewTemplate, responses((status = 201, body = Template), (status = 409)))]
async fn save_template(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<ProjectId>,
    JsonBody(new): JsonBody<NewTemplate>,
) -> Result<(StatusCode, Json<Template>), Problem> {
    Ok((StatusCode::CREATED, Json(verbs::save_template(&grant, id, new).await?)))
}

/// Delete a template of the organisation.
#[utoipa::path(delete, path = "/projects/templates/{template_id}", tag = "projects", params(("template_id" = String, Path)), responses((status = 204)))]
async fn delete_template(
    Permit { grant }: Permit<EditProjects>,
    Row(id): Row<TemplateId>,
) -> Result<StatusCode, Problem> {
    verbs::delete_template(&grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a project of a template.
#[utoipa::path(post, path = "/projects/from-template", tag = "projects", request_body = FromTemplate, responses((status = 201, body = ProjectHead), (status = 409)))]
async fn from_template(
    Permit { grant }: Permit<EditProjects>,
    JsonBody(new): JsonBody<FromTemplate>,
) -> Result<Response, Problem> {
    Ok(made(&verbs::create_from_template(&grant, new).await?))
}
