//! Who runs the installation: signing in, organisations.

use axum::{
    Json,
    extract::{FromRequestParts, Query, State},
    http::request::Parts,
};
use domain::{OrganizationId, Page, PageRequest, admin::TenantRow, identity::Credentials};
use serde::{Deserialize, Serialize};
use usecase::{
    Origin, Services, Via,
    identity::{self, Operator},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, JsonBody, Row, Someone, bearer, problem::Problem, request_id};

pub fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(log_in)).routes(routes!(list)).routes(routes!(edit))
}

/// Proof that whoever knocks runs the installation. A handler that takes it cannot forget the check.
struct Running(Operator);

impl<S: Send + Sync> FromRequestParts<S> for Running {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Someone(caller) = Someone::from_request_parts(parts, state).await?;
        let origin = Origin { via: Via::Token, request_id: request_id(&parts.extensions).to_owned() };
        Ok(Self(identity::operator_of_token(&caller, bearer(&parts.headers), origin).await?))
    }
}

/// A token of the operator.
#[derive(Serialize, ToSchema)]
struct OperatorToken {
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until it is over; then one signs in again.
    expires_in: i64,
}

/// Sign in as who runs the installation (`takt create-superadmin` makes the account).
#[utoipa::path(post, path = "/operator/login", tag = "identity", security(()), request_body = Credentials, responses((status = 200, body = OperatorToken), (status = 401, description = "Address or password is wrong")))]
async fn log_in(
    State(services): State<Services>,
    JsonBody(given): JsonBody<Credentials>,
) -> Result<Json<OperatorToken>, Problem> {
    let (access_token, expires_in) = identity::log_in_operator(&services, &given).await?;
    Ok(Json(OperatorToken { access_token, token_type: "Bearer", expires_in }))
}

/// Organisations of this installation. `search`, `limit` and `cursor` choose which.
#[utoipa::path(get, path = "/operator/organizations", tag = "identity", params(PageRequest), responses((status = 200, body = Page<TenantRow>)))]
async fn list(Running(operator): Running, Query(page): Query<PageRequest>) -> Result<Json<Page<TenantRow>>, Problem> {
    Ok(Json(identity::tenants(&operator, &page).await?))
}

/// What the operator may change of an organisation.
#[derive(Deserialize, ToSchema)]
struct TenantPatch {
    /// False closes its doors; its data stays.
    active: bool,
}

/// Close an organisation's doors, or open them again.
#[utoipa::path(patch, path = "/operator/organizations/{organization_id}", tag = "identity", params(("organization_id" = Uuid, Path)), request_body = TenantPatch, responses((status = 200, body = TenantRow), (status = 404)))]
async fn edit(
    Running(operator): Running,
    Row(id): Row<OrganizationId>,
    JsonBody(patch): JsonBody<TenantPatch>,
) -> Result<Json<TenantRow>, Problem> {
    Ok(Json(identity::set_tenant_active(&operator, id, patch.active).await?))
}
