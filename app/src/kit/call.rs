//! The error of a server function: a [`Fault`] on the wire.
//!
//! Every server function returns `Result<T, CallError>`; `?` turns a fault into one. On the server that also sets the
//! status of the answer; in the browser a session that is over leads to log-in and back, with nothing typed lost.

use domain::{Fault, FaultKind};
use leptos::server_fn::{
    Bytes, Decodes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A fault that came, or will come, through a server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallError(pub Fault);

impl From<Fault> for CallError {
    fn from(fault: Fault) -> Self {
        #[cfg(feature = "ssr")]
        set_status(&fault);
        Self(fault)
    }
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::from(match error {
            ServerFnErrorErr::Request(_) => {
                Fault::because(FaultKind::Unavailable, "The server cannot be reached. Nothing is lost; try again.")
            }
            ServerFnErrorErr::Args(why) | ServerFnErrorErr::MissingArg(why) => {
                Fault::because(FaultKind::BadRequest, why)
            }
            // On the server it is the request that cannot be read, in the browser the answer.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Deserialization(why) => Fault::because(FaultKind::BadRequest, why),
            _ => Fault::new(FaultKind::Internal),
        })
    }

    /// Only the browser decodes: this is where it learns that the session is over.
    fn de(data: Bytes) -> Self {
        let error =
            JsonEncoding::decode(data).unwrap_or_else(|_: serde_json::Error| Self(Fault::new(FaultKind::Internal)));
        #[cfg(feature = "hydrate")]
        if is_signed_out(error.0.kind) {
            super::draft::sign_in_again();
        }
        error
    }
}

/// True where the answer to a fault is to sign in.
#[cfg(feature = "hydrate")]
pub(crate) const fn is_signed_out(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::NotSignedIn | FaultKind::SessionExpired)
}

#[cfg(feature = "ssr")]
fn set_status(fault: &Fault) {
    use leptos::prelude::use_context;
    let Some(response) = use_context::<leptos_axum::ResponseOptions>() else { return };
    if let Ok(status) = http::StatusCode::from_u16(fault.kind.status()) {
        response.set_status(status);
    }
    if let Some(seconds) = fault.retry_after {
        response.insert_header(http::header::RETRY_AFTER, seconds.into());
    }
}
