//! The administration: modules, people, settings.

pub mod calls;
mod page;

pub use page::{ModuleOff, ModuleOffPage, ModulesPage, PeoplePage, Refused, SettingsPage, WhereOpen};
