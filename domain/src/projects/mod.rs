//! Projects: plans of tasks and links, and the arithmetic that turns them into dates.

pub mod amount;
pub mod baseline;
pub mod calendar;
pub mod copy;
pub mod document;
pub mod exchange;
pub mod feed;
pub mod level;
pub mod look;
pub mod operation;
pub mod overview;
pub mod permission;
pub mod plan;
pub mod resource;
pub mod schedule;
pub mod template;
pub mod view;
pub mod workload;
