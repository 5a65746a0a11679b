//! What the pointer holds, while the plan may change under it.

use leptos::prelude::*;

use super::chart::GanttHandle;
#[cfg(feature = "hydrate")]
use super::drag::Drag;

impl GanttHandle {
    /// Tells where the pointer is and what it holds, where somebody else wants to know.
    #[cfg(feature = "hydrate")]
    pub(super) fn point_at(self, (x, y): (f64, f64)) {
        if self.with(|chart| chart.others.is_empty()) {
            return;
        }
        let (left, top) = (self.left.get_untracked(), self.top.get_untracked());
        let (here, held) = self.with(|chart| {
            let id = |task: u32| chart.model.document().tasks.get(task as usize).map(|task| task.id);
            let over = chart.row_at(y, top).and_then(id);
            let held = chart.drag.as_ref().and_then(Drag::task);
            (over.map(|over| (over, chart.scale.at(x + left))), held)
        });
        if self.pointing.get_untracked() != here {
            self.pointing.set(here);
        }
        if self.holding.get_untracked() != held {
            self.holding.set(held);
        }
    }

    /// A drag goes on with what it holds, wherever that stands now, and is given up where it is gone.
    pub(super) fn keep_hold(self) {
        let gone = self.change(|chart| {
            let Some(drag) = chart.drag else { return false };
            let model = &chart.model;
            chart.group.retain(|(id, _)| model.position(*id).is_some());
            // What was tried went with the old plan; it is tried again in the new one.
            chart.pointed = chart.pointed.or(chart.dragged_to);
            !drag.holds(model)
        });
        let emptied = self.hands.carrying.get_untracked() && self.with(|chart| chart.selection.ids().is_empty());
        if emptied {
            self.hands.carrying.set(false);
            self.hands.landing.set(None);
        }
        if gone {
            self.give_up();
        }
        if gone || emptied {
            self.hands.word.set(Some("What you were dragging was changed or removed meanwhile."));
        }
    }

    /// Takes back what was not dropped yet, and how far the chart scrolled along.
    pub(super) fn give_up_and_return(self) {
        let place = self.with(|chart| chart.held_from);
        self.give_up();
        if let Some(place) = place {
            self.scroll_back(place);
        }
    }

    /// Takes back what was not dropped yet.
    pub(super) fn give_up(self) {
        self.change(|chart| {
            chart.drag = None;
            chart.pointed = None;
            chart.dragged_to = None;
            chart.held_from = None;
            chart.linking = None;
            chart.hint = None;
            chart.sketch = None;
            chart.group.clear();
            chart.model.cancel();
        });
        if self.holding.get_untracked().is_some() {
            self.holding.set(None);
        }
        self.moved();
    }
}
