//! The Gantt chart: a table of real rows on the left, bars on one canvas on the right, and the scheduler between them.
//!
//! While something is dragged the scheduler runs in every frame, so that what is shown is what the server will store.

#[cfg(feature = "hydrate")]
mod axis;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod chart;
mod keyboard;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod model;
#[cfg(feature = "hydrate")]
mod paint;
#[cfg(feature = "hydrate")]
mod palette;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod pointer;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod scale;
mod split;
mod table;
mod toolbar;
mod view;

pub use chart::GanttHandle;
pub use model::Model;
pub use view::Gantt;
