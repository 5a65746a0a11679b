//! Administration: modules, people, the audit log.

use axum::{Json, extract::Query, http::StatusCode};
use domain::{
    Fault, Module, PageRequest,
    access::admin::{EditOrganization, ManageModules, ManagePeople, ViewAudit, ViewOrganization},
    admin::OrganizationPatch,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use usecase::admin;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::http::{Door, JsonBody, Permit, Row, problem::Problem};

pub fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(edit_organization))
        .routes(routes!(list_modules))
        .routes(routes!(set_module))
        .routes(routes!(list_people, add_person))
        .routes(routes!(change_role))
        .routes(routes!(audit_log))
        .routes(routes!(check_audit))
}

/// Switches a module.
#[derive(Deserialize, ToSchema)]
struct Switch {
    enabled: bool,
}

/// A new person.
#[derive(Deserialize, ToSchema)]
struct NewPerson {
    name: String,
    email: String,
    /// Code of a role: `admin`, `manager`, `employee`, `client`, `supplier`.
    role: String,
    password: String,
}

/// A role to take.
#[derive(Deserialize, ToSchema)]
struct NewRole {
    role: String,
}

/// Whether the chain of the audit log is whole.
#[derive(Serialize, ToSchema)]
struct ChainState {
    whole: bool,
    /// The first entry that does not fit the one before it.
    broken_at: Option<Uuid>,
}

/// Change what the organisation is called (`name`) or what it makes (`industry`). Its subdomain stays.
#[utoipa::path(patch, path = "/organization", tag = "admin", request_body = Object, responses((status = 200, body = Object), (status = 422)))]
async fn edit_organization(
    Permit { grant }: Permit<EditOrganization>,
    JsonBody(patch): JsonBody<OrganizationPatch>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!(admin::edit_organization(&grant, &patch).await?)))
}

/// Modules that are sold, and how they stand with the organisation.
#[utoipa::path(get, path = "/modules", tag = "admin", responses((status = 200, body = Object)))]
async fn list_modules(Permit { grant }: Permit<ViewOrganization>) -> Json<Value> {
    Json(json!({ "modules": admin::list_modules(&grant) }))
}

/// Switch a module on or off. Off keeps its data.
#[utoipa::path(put, path = "/modules/{module}", tag = "admin", params(("module" = String, Path)), request_body = Switch, responses((status = 204), (status = 404)))]
async fn set_module(
    Permit { grant }: Permit<ManageModules>,
    Row(slug): Row<String>,
    JsonBody(switch): JsonBody<Switch>,
) -> Result<StatusCode, Problem> {
    let module = Module::from_slug(&slug).ok_or_else(Fault::not_found)?;
    admin::set_module(&grant, module, switch.enabled).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// People of the organisation.
#[utoipa::path(get, path = "/people", tag = "admin", responses((status = 200, body = Object)))]
async fn list_people(
    Permit { grant }: Permit<ViewOrganization>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!(admin::list_people(&grant, &page).await?)))
}

/// Add a person with a first password.
#[utoipa::path(post, path = "/people", tag = "admin", request_body = NewPerson, responses((status = 201, body = Object), (status = 409), (status = 422)))]
async fn add_person(
    Permit { grant }: Permit<ManagePeople>,
    JsonBody(new): JsonBody<NewPerson>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let id = admin::add_person(&grant, &new.name, &new.email, &new.role, &new.password).await?;
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
}

/// Give a person another role.
#[utoipa::path(patch, path = "/people/{id}", tag = "admin", params(("id" = Uuid, Path)), request_body = NewRole, responses((status = 204), (status = 404)))]
async fn change_role(
    Permit { grant }: Permit<ManagePeople>,
    Row(id): Row<Uuid>,
    JsonBody(new): JsonBody<NewRole>,
) -> Result<StatusCode, Problem> {
    admin::change_role(&grant, id.into(), &new.role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was done, newest first, with before and after.
#[utoipa::path(get, path = "/audit", tag = "admin", responses((status = 200, body = Object)))]
async fn audit_log(
    Permit { grant }: Permit<ViewAudit>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!(admin::audit_log(&grant, &page).await?)))
}

/// Walk the chain of the audit log.
#[utoipa::path(get, path = "/audit/check", tag = "admin", responses((status = 200, body = ChainState)))]
async fn check_audit(Permit { grant }: Permit<ViewAudit>) -> Result<Json<ChainState>, Problem> {
    let broken_at = admin::check_chain(&grant).await?.map(|id| id.0);
    Ok(Json(ChainState { whole: broken_at.is_none(), broken_at }))
}
