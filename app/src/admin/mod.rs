//! Administration: modules and people.

pub mod calls;
mod page;

pub use page::{ModuleOff, ModuleOffPage, ModulesPage, PeoplePage};
