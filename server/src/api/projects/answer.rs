//! Answers with a version: kept ones, and those that a client has already.

use std::{sync::LazyLock, time::Duration};

use axum::{
    Json,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{Fault, FaultKind, OrganizationId};
use moka::sync::Cache;
use serde::Serialize;

use crate::http::problem::Problem;

/// Answers that are still true, by what was asked and the revision that it was asked at.
static ANSWERS: LazyLock<Cache<(OrganizationId, String, i64), Bytes>> = LazyLock::new(|| {
    Cache::builder()
        .weigher(|_, body: &Bytes| u32::try_from(body.len()).unwrap_or(u32::MAX))
        .max_capacity(64 * 1024 * 1024)
        .time_to_idle(Duration::from_secs(600))
        .build()
});

/// The kept answer where there is one, else a new one; `304` where the client has it already.
pub(super) async fn kept(
    organization: OrganizationId,
    asked: String,
    revision: i64,
    headers: &HeaderMap,
    make: impl AsyncFnOnce() -> Result<Bytes, Fault>,
) -> Result<Response, Problem> {
    let etag = format!("W/\"{revision}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let key = (organization, asked, revision);
    let body = match ANSWERS.get(&key) {
        _ if known => Bytes::new(),
        Some(body) => body,
        None => {
            let body = make().await?;
            ANSWERS.insert(key, body.clone());
            body
        }
    };
    let mut response = Response::new(Body::from(body));
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    Ok(response)
}

pub(super) fn bytes(value: &impl Serialize) -> Result<Bytes, Fault> {
    // Boxed, so that a kept answer takes no more room than it has bytes.
    serde_json::to_vec(value)
        .map(|body| Bytes::from(body.into_boxed_slice()))
        .map_err(|_| Fault::new(FaultKind::Internal))
}

/// The version in `If-Match`: `"3"`, or none.
pub(super) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Fault> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    number.map(Some).map_err(|_| Fault::because(FaultKind::StaleVersion, format!("{text} is no version of this row.")))
}

pub(super) fn tagged(status: StatusCode, version: i64, body: &impl Serialize) -> Response {
    let etag = format!("\"{version}\"");
    (status, [(header::ETAG, etag)], Json(body)).into_response()
}
