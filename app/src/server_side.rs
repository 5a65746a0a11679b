//! How server functions reach the house: who calls, and through which gate.

use domain::{Fault, FaultKind, access::Permission};
use leptos::prelude::use_context;
use tower_sessions::Session;
use usecase::{Caller, Grant, Services, identity::SignedIn};

/// The key in a browser session. The door reads the same.
pub const SESSION_USER: &str = "user";

fn extension<T: Clone + Send + Sync + 'static>() -> Result<T, Fault> {
    let parts = use_context::<http::request::Parts>().ok_or_else(|| Fault::new(FaultKind::Internal))?;
    parts.extensions.get::<T>().cloned().ok_or_else(|| Fault::new(FaultKind::Internal))
}

/// Who calls.
///
/// # Errors
/// `Internal` outside a request.
pub fn caller() -> Result<Caller, Fault> {
    extension()
}

/// Proof that the caller may do `P`.
///
/// # Errors
/// What the gate refuses.
pub fn permit<P: Permission>() -> Result<Grant<P>, Fault> {
    caller()?.permit()
}

/// The services behind the door.
///
/// # Errors
/// `Internal` outside a request.
pub fn services() -> Result<Services, Fault> {
    Ok(caller()?.services().clone())
}

/// The subdomain that the request came by.
#[derive(Clone, Debug)]
pub struct Tenant(pub Option<String>);

/// The subdomain that the request came by.
#[must_use]
pub fn tenant() -> Option<String> {
    extension::<Tenant>().ok().and_then(|tenant| tenant.0)
}

/// Remembers who has just signed in, under a new session id.
///
/// # Errors
/// `Internal` where the session cannot be stored.
pub async fn remember(who: &SignedIn) -> Result<(), Fault> {
    let session: Session = extension()?;
    let stored = async {
        session.cycle_id().await?;
        session.insert(SESSION_USER, who.user_id()).await
    };
    stored.await.map_err(session_fault)
}

/// Forgets who is signed in.
///
/// # Errors
/// `Internal` where the session cannot be removed.
pub async fn forget() -> Result<(), Fault> {
    let session: Session = extension()?;
    session.flush().await.map_err(session_fault)
}

fn session_fault(error: tower_sessions::session::Error) -> Fault {
    tracing::error!(%error, "session store");
    Fault::new(FaultKind::Internal)
}

/// Lets the page run the program's own files and scripts with this nonce, and nothing else. Style attributes are used
/// by charts and bars, which is why styles may stand inline.
pub fn guard_page(nonce: &str) {
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let response = use_context::<leptos_axum::ResponseOptions>();
    if let (Some(response), Ok(policy)) = (response, http::HeaderValue::from_str(&policy)) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The id of the request, for the audit log.
#[must_use]
pub fn request_id() -> String {
    let parts = use_context::<http::request::Parts>();
    let header = parts.as_ref().and_then(|parts| parts.headers.get("x-request-id"));
    header.and_then(|id| id.to_str().ok()).unwrap_or("-").to_owned()
}
