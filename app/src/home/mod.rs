//! The first page, and the page for addresses without one.

pub mod calls;
mod chart;
mod page;

pub use page::{DashboardPage, NotFoundPage};
