//! Parts of the pages.

mod amount;
pub mod calendar;
pub mod errands;
pub mod gantt;
pub mod import;
#[cfg(feature = "hydrate")]
pub mod live;
pub mod new_project;
pub mod task;
