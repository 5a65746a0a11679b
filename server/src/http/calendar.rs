//! Calendar links: the one door that opens by a secret in its address. It answers iCalendar or 404, and never says why.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Fault;
use sha2::{Digest, Sha256};
use usecase::{Origin, Via, projects::read_feed};

use super::{Door, Knock, problem::Problem};

/// Where calendar links lead.
pub const PLACE: &str = "/calendar/";

/// `/calendar/{secret}.ics`
pub fn router() -> Router<Door> {
    Router::new().route("/calendar/{file}", get(read))
}

async fn read(
    State(door): State<Door>,
    knock: Knock,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or_else(Fault::not_found)?;
    let origin = Origin { via: Via::Feed, ..knock.origin };
    let calendar = read_feed(&door.services, secret, origin).await?;
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(calendar.as_bytes()))[..32]);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let known = known.flat_map(|known| known.split(',')).any(|one| one.trim().trim_start_matches("W/") == etag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { calendar.into_response() };
    let answer = response.headers_mut();
    if known {
        answer.remove(header::CONTENT_TYPE);
    } else {
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
        let shown = HeaderValue::from_static("inline; filename=\"takt.ics\"");
        answer.insert(header::CONTENT_DISPOSITION, shown);
    }
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    Ok(response)
}

/// A path as it may stand in a log: without the secret.
pub fn without_secret(path: &str) -> &str {
    if path.starts_with(PLACE) { "/calendar/…" } else { path }
}
