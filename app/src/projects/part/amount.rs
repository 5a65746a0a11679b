//! Spans of time as planners write them.

pub use domain::projects::amount::{Unit, decimal, written};
