//! Projects, their plans and what was done to them.

pub mod assignee;
pub mod calendar;
pub mod comment;
pub mod feed;
pub mod link;
pub mod operation;
pub mod project;
pub mod task;
pub mod template;
