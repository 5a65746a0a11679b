//! Parts of the pages.

pub mod gantt;
#[cfg(feature = "hydrate")]
pub mod live;
pub mod new_project;
pub mod task_panel;
