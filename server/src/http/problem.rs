//! Faults as `application/problem+json` (RFC 9457).

use std::any::Any;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Fault, FaultKind, FieldFault};
use serde::Serialize;

/// When to come back, where nothing says better.
const RETRY_SECONDS: u64 = 2;

/// A fault on its way out.
#[derive(Clone, Debug)]
pub struct Problem(pub Fault);

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

/// The body of an error.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// Stable address of the kind of problem: `/problems/module-inactive`.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-input")]
    kind: String,
    /// The last part of it: `module-inactive`.
    #[schema(example = "invalid-input")]
    code: &'static str,
    #[schema(example = "Some fields need another look")]
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    /// A sentence for people.
    #[schema(example = "Some fields need another look")]
    detail: &'a str,
    /// Messages that belong to fields of the request.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<FieldFault>)]
    errors: &'a [FieldFault],
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Fault { kind, detail, fields, retry_after } = &self.0;
        let body = ProblemBody {
            kind: format!("/problems/{}", kind.code()),
            code: kind.code(),
            title: kind.title(),
            status: kind.status(),
            detail,
            errors: fields,
        };
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if kind.status() == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let soon = matches!(kind.status(), 429 | 503).then_some(RETRY_SECONDS);
        if let Some(seconds) = retry_after.or(soon) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Errors that the framework made itself (wrong method, body too large) in the same dress as ours.
pub async fn dress(response: Response) -> Response {
    let plain =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let kind = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => FaultKind::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => FaultKind::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => FaultKind::UnsupportedMedia,
        StatusCode::BAD_REQUEST if plain => FaultKind::BadRequest,
        StatusCode::FORBIDDEN if plain => FaultKind::NotPermitted,
        _ => return response,
    };
    if !plain {
        return response;
    }
    let detail = match kind {
        FaultKind::NotPermitted => "The request came from another site, so it was not carried out.".to_owned(),
        _ => kind.title().to_owned(),
    };
    Problem(Fault::because(kind, detail)).into_response()
}

/// A panic answers like any other fault; its words go to the log.
pub fn of_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    tracing::error!(panic = words, "a handler panicked");
    Problem(Fault::new(FaultKind::Internal)).into_response()
}
