//! Administration: an organisation, its modules, its people, its audit log.

mod audit;
mod module;
mod organization;
mod people;

pub use audit::{audit_log, check_chain};
pub use module::{list_modules, set_module};
pub use organization::edit_organization;
pub use people::{add_person, change_role, list_people};
