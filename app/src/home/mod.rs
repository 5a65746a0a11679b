//! The first page.

pub mod calls;
mod chart;
mod page;

pub use page::{DashboardPage, NotFound};
