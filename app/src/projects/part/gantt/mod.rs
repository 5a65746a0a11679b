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

#[cfg(feature = "hydrate")]
use leptos::prelude::window;
use uuid::Uuid;

pub use chart::GanttHandle;
pub use view::Gantt;

/// An id that sorts by time and that nobody else draws.
pub fn new_id() -> Uuid {
    #[cfg(feature = "hydrate")]
    {
        let mut bytes = [0_u8; 16];
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970 fit 48 bits"
        )]
        let millis = js_sys::Date::now() as u64;
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
    #[cfg(not(feature = "hydrate"))]
    Uuid::nil()
}
