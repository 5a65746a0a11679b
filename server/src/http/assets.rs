//! The client's files: inside the binary when optimised, from the folder while developing.

use app::Site;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Fault, FaultKind};
use rust_embed::RustEmbed;

use super::{Door, problem::Problem};

/// The folder that `cargo xtask client` writes.
#[derive(RustEmbed)]
#[folder = "$TAKT_SITE"]
#[allow_missing = true]
struct Files;

/// Which files the page must load, as the build wrote them.
#[must_use]
pub fn site() -> Site {
    Files::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// Serves a file, or says that nothing is here: a page for people, a problem for programs.
pub async fn or_page(State(door): State<Door>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if let Some(found) = file(path, request.headers()) {
        return found;
    }
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .is_some_and(|kinds| kinds.to_str().unwrap_or_default().contains("text/html"));
    if wants_page && !path.starts_with("api/") && !path.starts_with("fn/") {
        return super::pages::not_found(door, request).await;
    }
    Problem(Fault::because(FaultKind::NotFound, "There is nothing at this address.")).into_response()
}

/// The file in the best encoding that the client takes. Compressed siblings are written by the build.
fn file(path: &str, wants: &HeaderMap) -> Option<Response> {
    if path.is_empty() || path == "manifest.json" || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let takes = wants.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (content, encoding) = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| takes.contains(name))
        .find_map(|(name, suffix)| Files::get(&format!("{path}{suffix}")).map(|file| (file, Some(name))))
        .or_else(|| Files::get(path).map(|file| (file, None)))?;
    let etag = format!("\"{}{}\"", &hex::encode(content.metadata.sha256_hash())[..16], encoding.unwrap_or_default());
    let hashed = path.starts_with("pkg/");
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=600" };
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, HeaderValue::from_str(&etag).ok()?);
    if wants.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    *response.body_mut() = match content.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    };
    Some(response)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
