//! The JSON API: `/api/v1/**`, documented by itself at `/api/v1/openapi.json` and `/docs`.

mod admin;
mod auth;
mod events;
mod projects;

use axum::Router;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

use crate::http::Door;

/// The head of the document; the paths come from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(title = "Takt", description = "Multi-tenant ERP for manufacturers.", license(name = "MIT", identifier = "MIT")),
    modifiers(&Bearer),
    security(("bearer" = [])),
    components(schemas(crate::http::problem::ProblemBody))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build());
        openapi.components.get_or_insert_default().add_security_scheme("bearer", scheme);
    }
}

fn documented() -> OpenApiRouter<Door> {
    let rooms = OpenApiRouter::new()
        .merge(auth::routes())
        .merge(admin::routes())
        .merge(projects::routes())
        .merge(events::routes());
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", rooms)
}

/// The document, as `takt openapi` prints it.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    documented().into_openapi()
}

/// The API, its documentation, and the paths that the old system had.
pub fn router(_: &Door) -> Router<Door> {
    let (api, document) = documented().split_for_parts();
    let old: Router<Door> =
        Router::new().nest("/api", OpenApiRouter::new().merge(auth::routes()).merge(projects::old_routes()).into());
    let docs: Router<Door> = SwaggerUi::new("/docs").url("/api/v1/openapi.json", document).into();
    api.merge(old).merge(docs)
}
