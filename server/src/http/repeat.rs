//! `Idempotency-Key`: a request that is sent again does its work once.
//!
//! Once begun, a request with a key is carried out and its answer kept even when whoever sent it has gone: that is when
//! they will ask again.

use std::panic::AssertUnwindSafe;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Fault, FaultKind};
use futures::FutureExt;
use sha2::{Digest, Sha256};
use tracing::Instrument as _;
use usecase::{
    Caller,
    repeat::{self, Claim, KeptAnswer, Repeat},
};

use super::problem::{self, Problem};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is a kept one.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Characters that a key may have.
const LONGEST: usize = 200;
/// Bytes of an answer that can be kept.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// Carries a request with a key out once.
pub async fn once(request: Request, next: Next) -> Response {
    let keyed = request.method() == Method::POST && request.headers().contains_key(KEY);
    // Whoever is not signed in is refused behind; keys belong to people.
    let caller = request.extensions().get::<Caller>().filter(|caller| caller.access().is_ok()).cloned();
    match caller.filter(|_| keyed) {
        Some(caller) => repeatable(caller, request, next).await.unwrap_or_else(|fault| Problem(fault).into_response()),
        None => next.run(request).await,
    }
}

async fn repeatable(caller: Caller, request: Request, next: Next) -> Result<Response, Fault> {
    let key = key(request.headers())?;
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await.map_err(|refused| {
        let kind = if refused.status() == 413 { FaultKind::BodyTooLarge } else { FaultKind::BadRequest };
        Fault::new(kind)
    })?;
    let claim = match repeat::claim(&caller, &key, &fingerprint(&parts, &body)).await? {
        Repeat::Again(answer) => return Ok(again(answer)),
        Repeat::First(claim) => claim,
    };
    let request = Request::from_parts(parts, Body::from(body));
    let carried_out = tokio::spawn(carry_out(claim, request, next).in_current_span()).await;
    carried_out.map_err(|error| {
        tracing::error!(%error, "carrying a repeatable request out");
        Fault::new(FaultKind::Internal)
    })
}

async fn carry_out(claim: Claim, request: Request, next: Next) -> Response {
    let response = AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(problem::of_panic);
    let (head, body) = response.into_parts();
    let body = match to_bytes(body, ANSWER_LIMIT).await {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "reading an answer to keep");
            Bytes::new()
        }
    };
    let text = |name: HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let kept = if head.status.is_success() {
        let answer = KeptAnswer {
            status: head.status.as_u16(),
            content_type: text(header::CONTENT_TYPE),
            etag: text(header::ETAG),
            location: text(header::LOCATION),
            body: body.clone(),
        };
        claim.keep(&answer).await
    } else {
        claim.release().await
    };
    if let Err(fault) = kept {
        tracing::error!(%fault, ?claim, "the answer is not kept; the key stays taken until its lease is over");
    }
    Response::from_parts(head, Body::from(body))
}

/// The key, with or without the quotes that the draft asks for.
fn key(headers: &HeaderMap) -> Result<String, Fault> {
    let text = headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
    let key = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if key.is_empty() || key.len() > LONGEST {
        let detail = format!("An Idempotency-Key has 1 to {LONGEST} letters, digits or signs.");
        return Err(Fault::because(FaultKind::BadRequest, detail));
    }
    Ok(key.to_owned())
}

/// SHA-256 over what makes a request this one: address, kind of body, body.
fn fingerprint(parts: &Parts, body: &Bytes) -> String {
    let mut hash = Sha256::new();
    let kind = parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let version = parts.headers.get(header::IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [parts.uri.to_string().as_bytes(), kind, version, body] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

fn again(answer: KeptAnswer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    let kept =
        [(header::CONTENT_TYPE, answer.content_type), (header::ETAG, answer.etag), (header::LOCATION, answer.location)];
    for (name, value) in kept {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}
