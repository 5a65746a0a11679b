//! Parts of the pages.

mod amount;
mod beginning;
pub mod calendar;
pub mod copy;
mod feed;
pub mod files;
pub mod gantt;
pub mod import;
#[cfg(feature = "hydrate")]
pub mod live;
pub mod new_project;
pub mod print;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "steps are sent by the browser"))]
pub mod sync;
pub mod task;
