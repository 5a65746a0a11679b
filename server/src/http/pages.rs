//! Pages and server functions.

use app::App;
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};

use super::Door;

/// Every page of the application, and every server function under `/fn`.
pub fn router(door: &Door) -> Router<Door> {
    let routes = generate_route_list(App);
    let site = door.site.clone();
    let context = {
        let site = site.clone();
        move || provide_context(site.clone())
    };
    Router::new().route("/fn/{*verb}", post(server_function)).leptos_routes_with_context(
        door,
        routes,
        context,
        move || app::shell::document(&site),
    )
}

async fn server_function(State(door): State<Door>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(move || provide_context(door.site.clone()), request).await
}

/// The page that says that there is no such page.
pub async fn not_found(door: Door, request: Request) -> Response {
    let site = door.site.clone();
    let context = move || provide_context(door.site.clone());
    let render = leptos_axum::render_app_to_stream_with_context(context, move || app::shell::document(&site));
    let mut response = render(request).await.into_response();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
