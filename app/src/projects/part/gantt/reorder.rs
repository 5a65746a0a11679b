//! Carrying rows to another place: by the grip with mouse or finger, or by a finger that rests on a row. A line shows
//! where they land; how far to the right the pointer is says at which level.

use domain::{
    TaskId,
    projects::{operation::Operation, plan::TaskKind},
};
use leptos::{ev::PointerEvent, html, prelude::*};

use super::{
    acts::Acts,
    landing::{Landing, RowAt, land},
    order,
};

/// Hands that carry rows.
#[derive(Clone, Copy)]
pub struct Carry {
    acts: Acts,
    pub rows: NodeRef<html::Div>,
    /// Where a finger rests that may take hold.
    resting: StoredValue<Option<(i32, i32)>>,
    /// Where the pointer was last, in the window.
    at: StoredValue<(f64, f64)>,
}

impl Carry {
    pub fn new(acts: Acts) -> Self {
        let carry =
            Self { acts, rows: NodeRef::new(), resting: StoredValue::new(None), at: StoredValue::new((0.0, 0.0)) };
        #[cfg(feature = "hydrate")]
        carry.keep_from_scrolling();
        carry
    }

    fn is_carrying(self) -> bool {
        self.acts.handle.hands.carrying.get_untracked()
    }

    pub fn give_up(self) {
        self.resting.set_value(None);
        self.acts.handle.hands.carrying.set(false);
        self.acts.handle.hands.landing.set(None);
    }

    /// Lets the rows go where the line is.
    pub fn release(self) {
        let carrying = self.is_carrying();
        #[cfg(feature = "hydrate")]
        if carrying && self.acts.handle.hands.landing.get_untracked().is_some() {
            // Rows may have come and gone since the pointer moved.
            self.show();
        }
        let landing = self.acts.handle.hands.landing.get_untracked().filter(|_| carrying);
        self.give_up();
        if carrying && landing.is_none() {
            // Nothing was carried anywhere: what can be done?
            return self.acts.handle.open_menu(Some(self.at.get_value()));
        }
        let Some(Landing { parent, after, .. }) = landing else { return };
        let picked = self.acts.handle.picked();
        let (ids, same) = self.acts.handle.with(|chart| {
            let plan = chart.model.document();
            let ids = order::roots(plan, &picked);
            let same = order::stand_there(plan, &ids, parent, after);
            (ids, same)
        });
        if !same && !ids.is_empty() {
            self.acts.operate(Operation::PlaceTasks { ids, parent_id: parent, after });
        }
    }

    /// Where the carried rows would land. Below a closed summary they come last.
    fn landing(self, gap: usize, level: i64) -> Landing {
        let picked = self.acts.handle.picked();
        self.acts.handle.with(|chart| {
            let (model, plan) = (&chart.model, chart.model.document());
            let (_, taken) = order::taken(plan, &picked);
            let row = |task: &u32| {
                let record = &plan.tasks[*task as usize];
                let (level, carried) = (model.level(*task), taken.contains(&record.id));
                RowAt { id: record.id, level, is_milestone: record.kind == TaskKind::Milestone, carried }
            };
            let mut landing = land(&model.rows().iter().map(row).collect::<Vec<_>>(), gap, level);
            let stays = |id: &TaskId| !taken.contains(id);
            let closed = landing.parent.and_then(|id| model.position(id)).is_some_and(|parent| model.is_closed(parent));
            if landing.after.is_none() && closed {
                landing.after = plan.children(landing.parent).map(|task| task.id).filter(stays).last();
            }
            landing
        })
    }
}

#[cfg(feature = "hydrate")]
impl Carry {
    /// Milliseconds that a finger rests before it takes hold.
    const HOLD_MS: u64 = 350;

    pub fn press(self, event: &PointerEvent) {
        use wasm_bindgen::JsCast as _;
        let touch = event.pointer_type() == "touch";
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let grip = element.is_some_and(|element| element.closest(".row-grip").is_ok_and(|grip| grip.is_some()));
        let Some(task) = super::table::row_under(self.acts.handle, event) else { return };
        if !self.acts.can_edit || event.button() != 0 || !(grip || touch) {
            return;
        }
        let (place, pointer) = ((event.client_x(), event.client_y()), event.pointer_id());
        if grip {
            return self.begin(task, pointer, place);
        }
        self.resting.set_value(Some(place));
        set_timeout(
            move || {
                let rests = self.resting.try_update_value(|resting| resting.take() == Some(place));
                if rests == Some(true) {
                    self.begin(task, pointer, place);
                }
            },
            std::time::Duration::from_millis(Self::HOLD_MS),
        );
    }

    fn begin(self, task: u32, pointer: i32, (x, y): (i32, i32)) {
        if let Some(rows) = self.rows.get_untracked() {
            let _ = rows.set_pointer_capture(pointer);
        }
        self.acts.handle.take_hold(task);
        self.acts.handle.hands.carrying.set(true);
        self.at.set_value((f64::from(x), f64::from(y)));
        self.roll();
    }

    pub fn moved(self, event: &PointerEvent) {
        let (x, y) = (event.client_x(), event.client_y());
        let far = |rest: (i32, i32)| (rest.0 - x).abs() + (rest.1 - y).abs() > 10;
        self.resting.update_value(|resting| *resting = resting.filter(|rest| !far(*rest)));
        if self.is_carrying() {
            self.at.set_value((f64::from(x), f64::from(y)));
            self.show();
        }
    }

    /// Shows where the rows would land.
    fn show(self) {
        use super::chart::{HEAD, ROW};
        /// How far a level is from the next.
        const STEP: f64 = 16.0;
        let Some(body) = self.acts.handle.body.get_untracked() else { return };
        let (window, (x, y)) = (body.get_bounding_client_rect(), self.at.get_value());
        let names = self.acts.handle.columns.names_at(self.acts.handle.hands.across.get_untracked());
        let down = (y - window.top() - HEAD + self.acts.handle.top.get_untracked()) / ROW;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows and levels are few")]
        let (gap, level) = (down.round().max(0.0) as usize, ((x - window.left() - names) / STEP).floor() as i64);
        let landing = self.landing(gap, level);
        self.acts.handle.hands.landing.set(Some(landing));
    }

    /// Rows run on under a pointer that waits at the edge.
    fn roll(self) {
        const NEAR: f64 = 28.0;
        const STEP: i32 = 10;
        request_animation_frame(move || {
            if self.acts.handle.hands.carrying.try_get_untracked() != Some(true) {
                return;
            }
            if let Some(body) = self.acts.handle.body.get_untracked() {
                let (window, (_, y)) = (body.get_bounding_client_rect(), self.at.get_value());
                let before = body.scroll_top();
                if y > window.bottom() - NEAR {
                    body.set_scroll_top(before + STEP);
                } else if y < window.top() + super::chart::HEAD + 8.0 {
                    body.set_scroll_top(before - STEP);
                }
                if body.scroll_top() != before {
                    self.acts.handle.scrolled();
                    self.show();
                }
            }
            self.roll();
        });
    }

    /// A finger that carries rows does not scroll; only a listener that says so may keep the browser from it.
    fn keep_from_scrolling(self) {
        use wasm_bindgen::{JsCast as _, closure::Closure};
        let touched = Closure::<dyn Fn(web_sys::TouchEvent)>::new(move |event: web_sys::TouchEvent| {
            if self.acts.handle.hands.carrying.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        let listener = touched.as_ref().unchecked_ref::<js_sys::Function>().clone();
        let kept = StoredValue::new_local(touched);
        Effect::new(move || {
            if let Some(rows) = self.rows.get() {
                let active = web_sys::AddEventListenerOptions::new();
                active.set_passive(false);
                let _ = rows.add_event_listener_with_callback_and_add_event_listener_options(
                    "touchmove",
                    &listener,
                    &active,
                );
            }
        });
        on_cleanup(move || kept.dispose());
    }
}

#[cfg(not(feature = "hydrate"))]
impl Carry {
    pub fn press(self, _: &PointerEvent) {}

    pub fn moved(self, _: &PointerEvent) {}
}
