//! Pages of the projects.

mod bench;
mod import;
mod list;
mod past;
mod plan;

pub use bench::BenchPage;
pub use import::ImportPage;
pub use list::ListPage;
pub use plan::PlanPage;
