//! Projects: their list, and the plan of each on a Gantt chart.

pub mod calls;
mod page;
mod part;

pub use page::{BenchPage, ImportPage, ListPage, PlanPage};
