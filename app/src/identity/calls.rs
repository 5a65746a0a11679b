//! Server functions of the entrance. They need no grant: whoever calls them is about to become somebody.

use domain::identity::{Credentials, Me, Registration};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::kit::CallError;
#[cfg(feature = "ssr")]
use crate::server_side;

#[cfg(feature = "ssr")]
fn origin() -> usecase::Origin {
    usecase::Origin { via: usecase::Via::Session, request_id: server_side::request_id() }
}

/// A new organisation, signed in.
#[server(prefix = "/fn", endpoint = "identity/register", input = Json, output = Json)]
pub async fn register(given: Registration) -> Result<(), CallError> {
    let services = server_side::services()?;
    let who = usecase::identity::register(&services, &given, &origin()).await?;
    Ok(server_side::remember(&who).await?)
}

/// Signs in.
#[server(prefix = "/fn", endpoint = "identity/login", input = Json, output = Json)]
pub async fn log_in(given: Credentials) -> Result<(), CallError> {
    let services = server_side::services()?;
    let who = usecase::identity::log_in(&services, &given, server_side::tenant().as_deref()).await?;
    Ok(server_side::remember(&who).await?)
}

/// Signs out.
#[server(prefix = "/fn", endpoint = "identity/logout", input = Json, output = Json)]
pub async fn log_out() -> Result<(), CallError> {
    Ok(server_side::forget().await?)
}

/// Mails a link to choose a new password. The answer is the same for an unknown address.
#[server(prefix = "/fn", endpoint = "identity/forgot", input = Json, output = Json)]
pub async fn send_reset(email: String) -> Result<(), CallError> {
    Ok(usecase::identity::send_reset(&server_side::services()?, &email).await?)
}

/// Chooses a new password.
#[server(prefix = "/fn", endpoint = "identity/reset", input = Json, output = Json)]
pub async fn reset_password(token: String, password: String) -> Result<(), CallError> {
    Ok(usecase::identity::reset_password(&server_side::services()?, &token, &password, &origin()).await?)
}

/// Who is signed in, if anybody.
#[server(name = AskMe, prefix = "/fn", endpoint = "identity/me", input = Json, output = Json)]
pub async fn me() -> Result<Option<Me>, CallError> {
    Ok(usecase::identity::me(&server_side::caller()?).ok())
}
