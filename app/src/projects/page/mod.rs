//! Pages of the projects.

mod import;
mod list;
mod plan;

pub use import::ImportPage;
pub use list::ListPage;
pub use plan::PlanPage;
