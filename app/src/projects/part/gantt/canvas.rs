//! When the canvas is drawn, and where things are on it.

#[cfg(feature = "hydrate")]
use domain::TaskId;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use super::chart::GanttHandle;

impl GanttHandle {
    /// Draws in the next frame, once, however often it is asked.
    pub fn paint_soon(self) {
        #[cfg(feature = "hydrate")]
        {
            if self.change(|chart| std::mem::replace(&mut chart.waiting, true)) {
                return;
            }
            request_animation_frame(move || {
                if self.try_change(|chart| chart.waiting = false).is_some() {
                    super::pointer::follow(self);
                    self.paint();
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        self.change(|chart| chart.waiting = false);
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn paint(self) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
        let Some(context) = super::paint::sharp(&canvas, width, height) else { return };
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        self.change(|chart| {
            super::paint::paint(&context, chart, (left, top, width, height));
            chart.drawn += 1;
            if chart.drawn == 1 {
                // For whoever measures how long a plan takes to open.
                crate::kit::mark("takt.painted");
            }
        });
    }

    /// True once the canvas shows the plan.
    #[cfg(feature = "hydrate")]
    #[must_use]
    pub fn is_drawn(self) -> bool {
        self.with(|chart| chart.drawn > 0)
    }

    /// Left edge, top, width and height of a task's bar in the browser's window.
    #[cfg(feature = "hydrate")]
    #[must_use]
    pub fn bar_in_window(self, id: TaskId) -> Option<(f64, f64, f64, f64)> {
        let canvas = self.canvas.get_untracked()?.get_bounding_client_rect();
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        let (x, y, width, height) = self.with(|chart| {
            let task = chart.model.position(id)?;
            super::paint::bar_rect(&chart.model, chart.scale, task, left, top)
        })?;
        Some((canvas.left() + x, canvas.top() + y, width, height))
    }
}
