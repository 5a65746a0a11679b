//! The Gantt chart: a table of real rows on the left, bars on one canvas on the right, and the scheduler between them.
//!
//! While something is dragged the scheduler runs in every frame, so that what is shown is what the server will store.

mod acts;
#[cfg(feature = "hydrate")]
mod axis;
mod begin;
mod canvas;
mod cell;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod chart;
mod choose;
mod chosen;
mod clipboard;
mod columns;
mod context;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod drag;
#[cfg(feature = "hydrate")]
mod draw;
mod editor;
mod field;
#[cfg(feature = "hydrate")]
mod fit;
#[cfg(feature = "hydrate")]
mod grip;
mod hands;
mod head;
mod hold;
mod keyboard;
mod landing;
#[cfg(feature = "hydrate")]
mod layers;
#[cfg(feature = "hydrate")]
mod link;
mod link_card;
#[cfg(feature = "hydrate")]
mod linking;
mod load;
mod marking;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod model;
mod order;
#[cfg(feature = "hydrate")]
mod paint;
#[cfg(feature = "hydrate")]
mod palette;
#[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod pauses;
mod pointer;
#[cfg(feature = "hydrate")]
mod remember;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod reorder;
mod row;
mod say;
#[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod scale;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod select;
mod sight;
mod split;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod staff;
mod table;
mod ties;
#[cfg(feature = "hydrate")]
mod tip;
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawing and dragging are the browser's"))]
mod together;
mod toolbar;
mod view;

pub use chart::{GanttHandle, Other};
pub use columns::Columns;
pub use load::hours;
pub use model::{Ghost, Model};
pub use view::Gantt;
