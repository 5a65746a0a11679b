//! The REST API, as the browser calls it: with the session's cookie, problem+json as a [`Fault`].
//!
//! Pages use server functions; this is for what streams, uploads or must look like what programs do.

use domain::{Fault, FaultKind, FieldFault};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use web_sys::RequestCredentials;

const ROOT: &str = "/api/v1";

/// Reads `/api/v1{path}`.
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Fault> {
    read(send(Request::get(&address(path))).await?).await
}

/// Posts `body` to `/api/v1{path}`.
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Fault> {
    read(send_json(Request::post(&address(path)), body).await?).await
}

/// As [`post`], done once however often it is sent with the same key.
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn post_once<T: DeserializeOwned>(path: &str, key: uuid::Uuid, body: &impl Serialize) -> Result<T, Fault> {
    let request = Request::post(&address(path)).header("idempotency-key", &key.to_string());
    read(send_json(request, body).await?).await
}

/// Sends `body` to `/api/v1{path}` by any method, and does not look at what comes back but for a refusal.
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn tell(method: &str, path: &str, body: &serde_json::Value) -> Result<(), Fault> {
    let method = method.parse().unwrap_or(gloo_net::http::Method::POST);
    let request = RequestBuilder::new(&address(path)).method(method);
    read::<serde_json::Value>(send_json(request, body).await?).await.map(drop)
}

/// Patches `/api/v1{path}`; `version` is what the change is based on (If-Match).
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn patch<T: DeserializeOwned>(path: &str, version: Option<i64>, body: &impl Serialize) -> Result<T, Fault> {
    let mut request = Request::patch(&address(path));
    if let Some(version) = version {
        request = request.header("if-match", &format!("\"{version}\""));
    }
    read(send_json(request, body).await?).await
}

/// Uploads a form with files to `/api/v1{path}`.
///
/// # Errors
/// The problem that the server answered, or `Unavailable`.
pub async fn upload<T: DeserializeOwned>(path: &str, form: web_sys::FormData) -> Result<T, Fault> {
    let request = Request::post(&address(path))
        .credentials(RequestCredentials::SameOrigin)
        .body(form)
        .map_err(unreachable_server)?;
    read(request.send().await.map_err(unreachable_server)?).await
}

/// A problem as RFC 9457 spells it.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    detail: String,
    #[serde(default, alias = "errors")]
    fields: Vec<FieldFault>,
}

fn address(path: &str) -> String {
    format!("{ROOT}{path}")
}

async fn send(request: RequestBuilder) -> Result<Response, Fault> {
    request.credentials(RequestCredentials::SameOrigin).send().await.map_err(unreachable_server)
}

async fn send_json(request: RequestBuilder, body: &impl Serialize) -> Result<Response, Fault> {
    let request = request.credentials(RequestCredentials::SameOrigin).json(body).map_err(unreachable_server)?;
    request.send().await.map_err(unreachable_server)
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, Fault> {
    // Bytes as they come: a plan of thousands of tasks is not turned into the browser's text and back.
    let body = response.binary().await.map_err(unreachable_server)?;
    if response.ok() {
        // An empty answer (204) reads as JSON null, so that `()` and `Option` fit.
        let body = if body.is_empty() { b"null" } else { body.as_slice() };
        return serde_json::from_slice(body).map_err(|_| Fault::new(FaultKind::Internal));
    }
    let fault = fault_of(response.status(), &body);
    if super::call::is_signed_out(fault.kind) {
        super::draft::sign_in_again();
    }
    Err(fault)
}

fn fault_of(status: u16, body: &[u8]) -> Fault {
    let by_status = || FaultKind::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(FaultKind::Internal);
    let Ok(problem) = serde_json::from_slice::<Problem>(body) else { return Fault::new(by_status()) };
    let code = problem.kind.rsplit(['/', ':', '#']).next().unwrap_or_default();
    let kind = FaultKind::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or_else(by_status);
    let detail = if problem.detail.is_empty() { kind.title().to_owned() } else { problem.detail };
    Fault { fields: problem.fields, ..Fault::because(kind, detail) }
}

fn unreachable_server(_: gloo_net::Error) -> Fault {
    Fault::because(FaultKind::Unavailable, "The server cannot be reached. Nothing is lost; try again.")
}
