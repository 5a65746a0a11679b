//! Pages and server functions.

use std::sync::LazyLock;

use app::App;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{Fault, FaultKind};
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, handle_server_fns_with_context};

use tracing::Instrument as _;

use super::{Door, problem::Problem};

/// Bytes that a page has at most; a plan of ten thousand tasks is loaded by its page, not written into it.
const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// Where pages are. Worked out once in a process: while it is, nothing that any page asks for is loaded, and a page that
/// is being rendered meanwhile, as in tests with several houses, would wait for ever.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// Every page of the application, and every server function under `/fn`.
pub fn router(door: &Door) -> Router<Door> {
    let routes = ROUTES.clone();
    let site = door.site.clone();
    let context = {
        let site = site.clone();
        move || provide_context(site.clone())
    };
    Router::new()
        .route("/fn/{*verb}", post(server_function))
        .leptos_routes_with_context(door, routes, context, move || app::shell::document(&site))
        .layer(middleware::from_fn(to_the_end))
}

async fn to_the_end(request: Request, next: Next) -> Response {
    whole(next.run(request)).await
}

/// Lets a page be rendered to its end even when whoever asked has gone: tasks of a page run on several threads, and
/// those that are left when its owner is dropped in the middle find their signals gone and panic.
async fn whole(page: impl Future<Output = Response> + Send + 'static) -> Response {
    let rendering = async move {
        let (head, body) = page.await.into_parts();
        to_bytes(body, PAGE_LIMIT).await.map(|bytes| Response::from_parts(head, Body::from(bytes)))
    };
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "rendering a page");
        Problem(Fault::new(FaultKind::Internal)).into_response()
    };
    match tokio::spawn(rendering.in_current_span()).await {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => failed(&error),
        Err(error) => failed(&error),
    }
}

async fn server_function(State(door): State<Door>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(move || provide_context(door.site.clone()), request).await
}

/// The page that says that there is no such page.
pub async fn not_found(door: Door, request: Request) -> Response {
    let site = door.site.clone();
    let context = move || provide_context(door.site.clone());
    let render = leptos_axum::render_app_to_stream_with_context(context, move || app::shell::document(&site));
    let mut response = whole(async move { render(request).await.into_response() }).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
