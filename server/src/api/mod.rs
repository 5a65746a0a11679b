//! The JSON API: `/api/v1/**`, documented by itself at `/api/v1/openapi.json` and `/docs`.

mod admin;
mod document;
mod events;
mod identity;
mod projects;

use axum::{
    Router,
    http::{HeaderValue, header::CONTENT_SECURITY_POLICY},
    middleware,
};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

use crate::http::{Door, repeat};

/// What the documentation may load: its own files, and pictures that its styles carry.
const DOCS_POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

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
        .merge(identity::routes())
        .merge(identity::operator_routes())
        .merge(repeatable(admin::routes()))
        .merge(repeatable(projects::routes()))
        .merge(projects::feed_routes())
        .merge(events::routes());
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", rooms)
}

/// Takes an `Idempotency-Key` on every POST. Tokens are not kept for anybody, so the entrance does not.
fn repeatable(room: OpenApiRouter<Door>) -> OpenApiRouter<Door> {
    room.route_layer(middleware::from_fn(repeat::once))
}

fn finished(documented: OpenApiRouter<Door>) -> (Router<Door>, utoipa::openapi::OpenApi) {
    let (api, mut document) = documented.split_for_parts();
    document::complete(&mut document);
    (api, document)
}

/// The document, as `takt openapi` prints it.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    finished(documented()).1
}

/// The API, its documentation, and the paths that the old system had.
pub fn router(_: &Door) -> Router<Door> {
    let (api, document) = finished(documented());
    let old: Router<Door> = Router::new()
        .nest("/api", OpenApiRouter::new().merge(identity::routes()).merge(repeatable(projects::old_routes())).into());
    let docs: Router<Door> = SwaggerUi::new("/docs").url("/api/v1/openapi.json", document).into();
    let policy = HeaderValue::from_static(DOCS_POLICY);
    api.merge(old).merge(docs.layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy)))
}
