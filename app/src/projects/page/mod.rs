//! Pages of the projects.

mod bench;
mod heading;
mod import;
mod list;
mod my_tasks;
mod past;
mod plan;
mod portfolio;
mod resources;

pub use bench::BenchPage;
pub use import::ImportPage;
pub use list::ListPage;
pub use my_tasks::MyTasksPage;
pub use plan::PlanPage;
pub use portfolio::PortfolioPage;
pub use resources::ResourcesPage;
