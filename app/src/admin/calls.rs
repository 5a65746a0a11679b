//! Server functions of the administration.

use domain::{
    Module, Page, PageRequest,
    admin::{ModuleOffer, OrganizationPatch, PersonRow},
    identity::OrganizationView,
};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::kit::CallError;
#[cfg(feature = "ssr")]
use crate::server_side::permit;

/// Changes what the organisation is called and what it makes.
#[server(prefix = "/fn", endpoint = "admin/edit_organization", input = Json, output = Json)]
pub async fn edit_organization(patch: OrganizationPatch) -> Result<OrganizationView, CallError> {
    Ok(usecase::admin::edit_organization(&permit()?, &patch).await?)
}

/// Modules that are sold, and how they stand.
#[server(prefix = "/fn", endpoint = "admin/modules", input = Json, output = Json)]
pub async fn list_modules() -> Result<Vec<ModuleOffer>, CallError> {
    Ok(usecase::admin::list_modules(&permit()?))
}

/// Switches a module on or off.
#[server(prefix = "/fn", endpoint = "admin/set_module", input = Json, output = Json)]
pub async fn set_module(module: Module, on: bool) -> Result<(), CallError> {
    Ok(usecase::admin::set_module(&permit()?, module, on).await?)
}

/// The people of the organisation.
#[server(prefix = "/fn", endpoint = "admin/people", input = Json, output = Json)]
pub async fn list_people(page: PageRequest) -> Result<Page<PersonRow>, CallError> {
    Ok(usecase::admin::list_people(&permit()?, &page).await?)
}

/// Adds a person with a first password.
#[server(prefix = "/fn", endpoint = "admin/add_person", input = Json, output = Json)]
pub async fn add_person(name: String, email: String, role: String, password: String) -> Result<(), CallError> {
    Ok(usecase::admin::add_person(&permit()?, &name, &email, &role, &password).await.map(drop)?)
}
