//! Projects: their list, all of them side by side, one's own tasks, and the plan of each in several views.

pub mod calls;
mod page;
mod part;

pub use page::{BenchPage, ImportPage, ListPage, MyTasksPage, PlanPage, PortfolioPage, ResourcesPage};
