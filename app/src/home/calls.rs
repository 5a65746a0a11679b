//! Server functions of the first page.

use domain::home::Dashboard;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::kit::CallError;

/// Key figures.
#[server(name = AskDashboard, prefix = "/fn", endpoint = "home/dashboard", input = Json, output = Json)]
pub async fn dashboard() -> Result<Dashboard, CallError> {
    let grant = crate::server_side::permit()?;
    Ok(usecase::home::dashboard(&grant).await?)
}
