//! Parts of the pages.

pub mod axis;
pub mod baselines;
mod beginning;
pub mod calendar;
mod column;
pub mod copy;
mod feed;
pub mod files;
mod fork;
pub mod gantt;
pub mod import;
pub mod levelling;
#[cfg(feature = "hydrate")]
pub mod live;
mod moment;
pub mod new_project;
pub mod print;
pub mod project;
pub mod resource;
pub mod room_tabs;
pub mod spoken;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "steps are sent by the browser"))]
pub mod sync;
pub mod task;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "others are seen in the browser"))]
pub mod together;
pub mod view;
pub mod what_if;
pub mod workload;
