//! The Gantt chart: a table of real rows on the left, bars on one canvas on the right, and the scheduler between them.
//!
//! While something is dragged the scheduler runs in every frame, so that what is shown is what the server will store.

#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "the server renders the table; drawing and dragging are the browser's")
)]
mod model;
#[cfg(feature = "hydrate")]
mod paint;
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "the server renders the table; drawing and dragging are the browser's")
)]
mod scale;
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "the server renders the table; drawing and dragging are the browser's")
)]
mod view;

pub use view::{Gantt, GanttHandle};
