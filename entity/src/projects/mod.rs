//! Projects, their plans and what was done to them.

pub mod assignee;
pub mod assignment;
pub mod baseline;
pub mod calendar;
pub mod comment;
pub mod feed;
pub mod link;
pub mod operation;
pub mod project;
pub mod resource;
pub mod saved_view;
pub mod task;
pub mod template;
pub mod watcher;
