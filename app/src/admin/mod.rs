//! The administration: modules, people, settings.

pub mod calls;
mod page;

pub use page::{ModuleOff, ModuleOffPage, WhereOpen, ModulesPage, PeoplePage, SettingsPage};
