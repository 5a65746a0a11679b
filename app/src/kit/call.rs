//! Faults on their way between server functions and pages.

use domain::{Fault, FaultKind};
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// A fault that crosses the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallError(pub Fault);

impl From<Fault> for CallError {
    /// On the server the status of the answer follows the fault.
    fn from(fault: Fault) -> Self {
        #[cfg(feature = "ssr")]
        if let Some(answer) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            answer.set_status(http::StatusCode::from_u16(fault.kind.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
        }
        Self(fault)
    }
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let fault = match error {
            ServerFnErrorErr::Request(_) => {
                Fault::because(FaultKind::Unavailable, "The server cannot be reached. What you typed is still here; try again.")
            }
            ServerFnErrorErr::Args(message) | ServerFnErrorErr::MissingArg(message) => Fault::because(FaultKind::BadRequest, message),
            _ => Fault::new(FaultKind::Internal),
        };
        Self(fault)
    }
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for CallError {}

/// Asks the JSON API of our own server and reads its problems.
///
/// # Errors
/// The problem that the server named, or `Unavailable` where it was not reached.
#[cfg(feature = "hydrate")]
pub async fn fetch_json<T: serde::de::DeserializeOwned>(request: gloo_net::http::Request) -> Result<T, Fault> {
    let unreachable = |_| Fault::because(FaultKind::Unavailable, "The server cannot be reached. What you typed is still here.");
    let response = request.send().await.map_err(unreachable)?;
    if response.ok() {
        return response.json().await.map_err(|_| Fault::new(FaultKind::Internal));
    }
    let problem: serde_json::Value = response.json().await.unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or_default();
    let kind = FaultKind::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or(FaultKind::Internal);
    let mut fault = Fault::because(kind, problem["detail"].as_str().unwrap_or(kind.title()));
    fault.fields = serde_json::from_value(problem["errors"].clone()).unwrap_or_default();
    Err(fault)
}
