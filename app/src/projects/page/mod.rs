//! Pages of the projects.

mod list;
mod plan;

pub use list::ListPage;
pub use plan::PlanPage;
