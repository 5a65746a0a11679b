//! Registering, signing in, staying signed in.

mod operator;

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    Fault, FaultKind,
    identity::{Credentials, Me, OrganizationView, Registration, UserView},
};
use serde::{Deserialize, Serialize};
use usecase::{
    Services,
    identity::{self, SignedIn, TokenPair},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, JsonBody, Knock, Someone, problem::Problem};

pub use operator::routes as operator_routes;

pub fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(me))
}

/// Tokens, and whom they are for.
#[derive(Serialize, ToSchema)]
struct Welcome {
    message: &'static str,
    access_token: String,
    refresh_token: String,
    /// Always `Bearer`.
    token_type: String,
    /// Seconds until the access token is over.
    expires_in: i64,
    user: UserView,
    organization: OrganizationView,
}

impl Welcome {
    async fn of(services: &Services, who: &SignedIn, message: &'static str) -> Result<Self, Fault> {
        let TokenPair { access_token, refresh_token, token_type, expires_in } = identity::issue(services, who).await?;
        let Me { user, organization, .. } = identity::me_of(services, who);
        Ok(Self { message, access_token, refresh_token, token_type, expires_in, user, organization })
    }
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
struct RefreshBody {
    refresh_token: String,
}

/// Tokens.
#[derive(Serialize, ToSchema)]
struct Tokens {
    access_token: String,
    refresh_token: String,
    token_type: String,
    expires_in: i64,
}

/// Create an organisation and its owner.
#[utoipa::path(post, path = "/auth/register", tag = "identity", security(()), request_body = Registration, responses(
    (status = 201, body = Welcome), (status = 409, description = "The address is in use"), (status = 422, description = "Fields need another look")
))]
async fn register(
    State(services): State<Services>,
    knock: Knock,
    JsonBody(given): JsonBody<Registration>,
) -> Result<(StatusCode, Json<Welcome>), Problem> {
    let who = identity::register(&services, &given, &knock.origin).await?;
    Ok((StatusCode::CREATED, Json(Welcome::of(&services, &who, "Organization created successfully").await?)))
}

/// Sign in.
#[utoipa::path(post, path = "/auth/login", tag = "identity", security(()), request_body = Credentials, responses(
    (status = 200, body = Welcome), (status = 401, description = "Address or password is wrong")
))]
async fn login(
    State(services): State<Services>,
    knock: Knock,
    JsonBody(given): JsonBody<Credentials>,
) -> Result<Json<Welcome>, Problem> {
    let who = identity::log_in(&services, &given, knock.tenant.as_deref()).await?;
    Ok(Json(Welcome::of(&services, &who, "Login successful").await?))
}

/// Trade a refresh token for new tokens. A token that was traded before ends all tokens of its family.
#[utoipa::path(post, path = "/auth/refresh", tag = "identity", security(()), request_body = RefreshBody, responses(
    (status = 200, body = Tokens), (status = 401, description = "The token is over, or came twice")
))]
async fn refresh(
    State(services): State<Services>,
    JsonBody(given): JsonBody<RefreshBody>,
) -> Result<Json<Tokens>, Problem> {
    let TokenPair { access_token, refresh_token, token_type, expires_in } =
        identity::refresh(&services, &given.refresh_token).await?;
    Ok(Json(Tokens { access_token, refresh_token, token_type, expires_in }))
}

/// End the family of a refresh token.
#[utoipa::path(post, path = "/auth/logout", tag = "identity", security(()), request_body = RefreshBody, responses((status = 204)))]
async fn logout(
    State(services): State<Services>,
    JsonBody(given): JsonBody<RefreshBody>,
) -> Result<StatusCode, Problem> {
    identity::revoke(&services, &given.refresh_token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in, what the organisation has, what the role allows.
#[utoipa::path(get, path = "/auth/me", tag = "identity", responses((status = 200, body = Me), (status = 401)))]
async fn me(Someone(caller): Someone) -> Result<Json<Me>, Problem> {
    let me = identity::me(&caller)?;
    if !caller.access()?.organization_active {
        return Err(Fault::new(FaultKind::OrganizationInactive).into());
    }
    Ok(Json(me))
}
