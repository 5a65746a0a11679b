//! Organisations, people, roles, modules, sessions and tokens.

pub mod module_entry;
pub mod operator;
pub mod organization;
pub mod organization_module;
pub mod password_reset;
pub mod refresh_token;
pub mod role;
pub mod role_permission;
pub mod session;
pub mod user;
