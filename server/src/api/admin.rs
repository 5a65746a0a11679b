//! Administration: modules, people, the audit log.

use axum::{Json, extract::Query, http::StatusCode};
use domain::{
    AuditId, Fault, Module, Page, PageRequest, UserId,
    access::admin::{EditOrganization, ManageModules, ManagePeople, ViewAudit, ViewOrganization},
    admin::{AuditRow, ModuleOffer, OrganizationPatch, PersonRow},
    identity::OrganizationView,
};
use serde::{Deserialize, Serialize};
use usecase::admin;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

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
    broken_at: Option<AuditId>,
}

/// Modules that are sold.
#[derive(Serialize, ToSchema)]
struct Modules {
    modules: Vec<ModuleOffer>,
}

/// Somebody who has been added.
#[derive(Serialize, ToSchema)]
struct Added {
    id: UserId,
}

/// Change what the organisation is called (`name`) or what it makes (`industry`). Its subdomain stays.
#[utoipa::path(patch, path = "/organization", tag = "admin", request_body = OrganizationPatch, responses((status = 200, body = OrganizationView)))]
async fn edit_organization(
    Permit { grant }: Permit<EditOrganization>,
    JsonBody(patch): JsonBody<OrganizationPatch>,
) -> Result<Json<OrganizationView>, Problem> {
    Ok(Json(admin::edit_organization(&grant, &patch).await?))
}

/// Modules that are sold, and how they stand with the organisation.
#[utoipa::path(get, path = "/modules", tag = "admin", responses((status = 200, body = Modules)))]
async fn list_modules(Permit { grant }: Permit<ViewOrganization>) -> Json<Modules> {
    Json(Modules { modules: admin::list_modules(&grant) })
}

/// Switch a module on or off. Off keeps its data.
#[utoipa::path(put, path = "/modules/{module}", tag = "admin", params(("module" = Module, Path)), request_body = Switch, responses((status = 204), (status = 404)))]
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
#[utoipa::path(get, path = "/people", tag = "admin", params(PageRequest), responses((status = 200, body = Page<PersonRow>)))]
async fn list_people(
    Permit { grant }: Permit<ViewOrganization>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PersonRow>>, Problem> {
    Ok(Json(admin::list_people(&grant, &page).await?))
}

/// Add a person with a first password.
#[utoipa::path(post, path = "/people", tag = "admin", request_body = NewPerson, responses((status = 201, body = Added), (status = 409)))]
async fn add_person(
    Permit { grant }: Permit<ManagePeople>,
    JsonBody(new): JsonBody<NewPerson>,
) -> Result<(StatusCode, Json<Added>), Problem> {
    let id = admin::add_person(&grant, &new.name, &new.email, &new.role, &new.password).await?;
    Ok((StatusCode::CREATED, Json(Added { id })))
}

/// Give a person another role.
#[utoipa::path(patch, path = "/people/{id}", tag = "admin", params(("id" = UserId, Path)), request_body = NewRole, responses((status = 204), (status = 404)))]
async fn change_role(
    Permit { grant }: Permit<ManagePeople>,
    Row(id): Row<UserId>,
    JsonBody(new): JsonBody<NewRole>,
) -> Result<StatusCode, Problem> {
    admin::change_role(&grant, id, &new.role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was done, newest first, with before and after.
#[utoipa::path(get, path = "/audit", tag = "admin", params(PageRequest), responses((status = 200, body = Page<AuditRow>)))]
async fn audit_log(
    Permit { grant }: Permit<ViewAudit>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<AuditRow>>, Problem> {
    Ok(Json(admin::audit_log(&grant, &page).await?))
}

/// Walk the chain of the audit log.
#[utoipa::path(get, path = "/audit/check", tag = "admin", responses((status = 200, body = ChainState)))]
async fn check_audit(Permit { grant }: Permit<ViewAudit>) -> Result<Json<ChainState>, Problem> {
    let broken_at = admin::check_chain(&grant).await?;
    Ok(Json(ChainState { whole: broken_at.is_none(), broken_at }))
}
