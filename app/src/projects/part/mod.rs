//! Parts of the pages.

mod amount;
pub mod axis;
pub mod calendar;
pub mod gantt;
pub mod import;
#[cfg(feature = "hydrate")]
pub mod live;
pub mod new_project;
pub mod room_tabs;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "steps are sent by the browser"))]
pub mod sync;
pub mod task;
pub mod view;
