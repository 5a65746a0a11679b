//! The door: what every request passes before it reaches a page, a server function or the API.

pub mod assets;
mod body;
mod calendar;
mod caller;
mod limit;
pub mod metrics;
mod pages;
pub mod problem;
pub mod repeat;
pub mod session_store;

pub use body::{JsonBody, parse};
pub(crate) use caller::bearer;
pub use caller::{Knock, Permit, Row, Someone};

use std::time::Duration;

use app::Site;
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef, State},
    http::{HeaderName, HeaderValue, Request, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    sensitive_headers::SetSensitiveRequestHeadersLayer,
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use usecase::Services;

use self::{problem::Problem, session_store::SessionStore};

/// Bytes that a request may carry.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// Devices that nothing here asks for.
const NO_DEVICES: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
/// A year; each tenant's subdomain says so for itself.
const HTTPS_ONLY: &str = "max-age=31536000";

/// What handlers share.
#[derive(Clone, Debug, FromRef)]
pub struct Door {
    pub services: Services,
    pub leptos: LeptosOptions,
    pub site: Site,
    pub metrics: PrometheusHandle,
}

/// Everything that listens.
pub fn router(door: Door, secure_cookies: bool) -> Router {
    let days = door.services.settings().refresh_days;
    let sessions = SessionManagerLayer::new(SessionStore::new(door.services.clone()))
        .with_name("takt_session")
        .with_same_site(SameSite::Lax)
        .with_secure(secure_cookies)
        .with_expiry(Expiry::OnInactivity(time::Duration::days(days)));
    let known = Router::new()
        .merge(crate::api::router(&door))
        .merge(pages::router(&door))
        .merge(calendar::router())
        .layer(middleware::from_fn_with_state(door.clone(), limit::limit))
        .layer(middleware::from_fn_with_state(door.clone(), caller::identify))
        .layer(sessions)
        .layer(CsrfLayer::new());
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics::show))
        .merge(known)
        .fallback(assets::or_page)
        .layer(
            ServiceBuilder::new()
                .layer(SetSensitiveRequestHeadersLayer::new([header::AUTHORIZATION, header::COOKIE]))
                .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
                .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(log_answer))
                .layer(PropagateRequestIdLayer::new(REQUEST_ID))
                .layer(middleware::from_fn(metrics::count))
                .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
                .layer(constant_header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .layer(constant_header(header::REFERRER_POLICY, "same-origin"))
                .layer(constant_header(header::X_FRAME_OPTIONS, "DENY"))
                .layer(constant_header(PERMISSIONS_POLICY, NO_DEVICES))
                // Pages and the documentation bring their own.
                .layer(constant_header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
                .option_layer(secure_cookies.then(|| constant_header(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY)))
                .layer(CatchPanicLayer::custom(problem::of_panic))
                .layer(middleware::map_response(problem::dress))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        )
        .with_state(door)
}

fn constant_header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::info_span!(
        "request",
        method = %request.method(),
        path = calendar::without_secret(request.uri().path()),
        request_id = request_id(request.extensions()),
    )
}

fn log_answer<B>(answer: &Response<B>, took: Duration, span: &tracing::Span) {
    let status = answer.status();
    let ms = took.as_secs_f64() * 1_000.0;
    if status.is_server_error() {
        tracing::error!(parent: span, status = status.as_u16(), ms, "answered");
    } else {
        tracing::debug!(parent: span, status = status.as_u16(), ms, "answered");
    }
}

/// The id that the caller sent or that we gave.
pub(crate) fn request_id(extensions: &axum::http::Extensions) -> &str {
    extensions.get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-")
}

/// The process lives.
async fn health() -> impl IntoResponse {
    axum::Json(serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// The process can do its work: the database answers and its schema is up to date.
async fn ready(State(services): State<Services>) -> Result<Response, Problem> {
    services.ping().await?;
    let pending = services.pending_steps().await?;
    let status = if pending.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if pending.is_empty() { "ready" } else { "migrations pending" };
    let body = serde_json::json!({ "status": word, "database": services.database_kind(), "pending": pending });
    Ok((status, axum::Json(body)).into_response())
}
