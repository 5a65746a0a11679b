//! Projects: plans, their operations, their undo.

mod cache;
mod paging;

pub(crate) use cache::PlanCache;
pub(crate) use paging::{page_of, window};
