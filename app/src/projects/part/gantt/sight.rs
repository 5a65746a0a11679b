//! What part of the plan is in sight: scrolling and zooming.

use domain::Minute;
use leptos::prelude::*;

use super::chart::{GanttHandle, HEAD, ROW};
#[cfg(feature = "hydrate")]
use super::scale::Zoom;

impl GanttHandle {
    /// Where the chart is scrolled to.
    #[must_use]
    pub fn place(self) -> (f64, f64) {
        (self.left.get_untracked(), self.top.get_untracked())
    }

    /// Scrolls to where the chart was before something else stood in its place.
    pub fn scroll_back(self, (left, top): (f64, f64)) {
        if let Some(body) = self.body.get_untracked() {
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            let (left, top) = (left as i32, top as i32);
            body.set_scroll_left(left);
            body.set_scroll_top(top);
            self.scrolled();
        }
    }

    /// Takes over where the window scrolled to.
    pub(super) fn scrolled(self) {
        if let Some(body) = self.body.get_untracked() {
            self.left.set(f64::from(body.scroll_left()));
            self.top.set(f64::from(body.scroll_top()));
            self.paint_soon();
        }
    }

    /// Pixels from the plan's origin to its end, with room behind it.
    pub(super) fn width(self) -> f64 {
        self.with(|chart| chart.scale.x(chart.model.schedule().finish) + 60.0 * chart.scale.day.max(8.0))
    }

    /// Shows this moment near the left edge.
    pub(super) fn scroll_to(self, at: Minute) {
        if let Some(body) = self.body.get_untracked() {
            let x = self.with(|chart| chart.scale.x(at)) - 80.0;
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            body.set_scroll_left(x as i32);
        }
    }

    /// Shows a day this wide, keeping the moment that stands `keep` pixels from the left edge where it is.
    pub(super) fn zoom(self, width: f64, keep: f64) {
        let left = self.left.get_untracked();
        let at = self.change(|chart| {
            let at = chart.scale.at(left + keep);
            chart.scale.set_day(width);
            chart.scale.x(at)
        });
        self.scaled.update(|count| *count += 1);
        let there = move || {
            if let Some(body) = self.body.get_untracked() {
                #[expect(clippy::cast_possible_truncation, reason = "pixels")]
                body.set_scroll_left((at - keep) as i32);
            }
            self.paint_soon();
        };
        #[cfg(feature = "hydrate")]
        request_animation_frame(there);
        #[cfg(not(feature = "hydrate"))]
        there();
    }

    /// Shows a day this wide around what matters most of what is in sight: the marked bar, today, or the first moment.
    pub(super) fn zoom_to(self, width: f64) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (left, room) = (self.left.get_untracked(), f64::from(canvas.client_width()));
        let keep = self.with(|chart| {
            let slot = chart.selected.and_then(|task| chart.model.schedule().tasks.get(task as usize));
            let seen = |at: Minute| Some(chart.scale.x(at) - left).filter(|x| (0.0..room).contains(x));
            slot.and_then(|slot| seen(slot.start)).or_else(|| seen(chart.now))
        });
        self.zoom(width, keep.unwrap_or(0.0));
    }

    /// Shows the whole plan at once, as far as that can be read.
    pub fn fit(self) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let room = f64::from(canvas.client_width());
        self.zoom(self.with(|chart| chart.scale.fitting(chart.model.schedule().finish, room)), 0.0);
        if let Some(body) = self.body.get_untracked() {
            body.set_scroll_left(0);
            self.scrolled();
        }
    }

    /// The first look at a plan: all of it, or what is under way where all of it would be dust.
    #[cfg(feature = "hydrate")]
    pub(super) fn first_look(self) {
        if self.change(|chart| std::mem::replace(&mut chart.seen, true)) {
            return;
        }
        self.fit();
        let (tiny, now, inside) = self.with(|chart| {
            let inside = chart.scale.origin < chart.now && chart.now < chart.model.schedule().finish;
            (chart.scale.day < Zoom::Quarter.day_width(), chart.now, inside)
        });
        if tiny {
            self.zoom(Zoom::Month.day_width(), 0.0);
            if inside {
                request_animation_frame(move || self.scroll_to(now));
            }
        }
    }

    /// Brings a bar into view that lies wholly beside it.
    pub(super) fn show_bar(self, task: u32) {
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let (left, room) = (self.left.get_untracked(), f64::from(canvas.client_width()));
        let hidden = self.with(|chart| {
            let slot = chart.model.schedule().tasks.get(task as usize)?;
            let (from, to) = (chart.scale.x(slot.start) - left, chart.scale.x(slot.finish) - left);
            (to < 0.0 || from > room).then_some(slot.start)
        });
        if let Some(start) = hidden {
            self.scroll_to(start);
        }
    }

    /// Keeps a row in view.
    pub(super) fn show_row(self, row: usize) {
        let Some(body) = self.body.get_untracked() else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels")]
        let (top, room) = ((row as f64 * ROW) as i32, body.client_height() - (HEAD + ROW) as i32);
        if top < body.scroll_top() {
            body.set_scroll_top(top);
        } else if top > body.scroll_top() + room {
            body.set_scroll_top(top - room);
        }
    }
}
