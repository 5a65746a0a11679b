//! The line between table and chart, moved by hand or by keys.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};

/// Narrowest table, and the room that the chart keeps, in pixels.
const LEAST: f64 = 160.0;
/// What a key moves, in pixels.
const STEP: f64 = 24.0;

/// `width` is the table's width in pixels once somebody chose one; until then the style sheet says.
#[component]
pub fn Split(width: RwSignal<Option<f64>>) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let held = RwSignal::new(false);
    // Where the line stands in the window that table and chart share, and how wide that is.
    let now = move || {
        let line = line.get_untracked()?;
        let window = line.parent_element()?.client_width();
        Some((f64::from(line.offset_left()), f64::from(window)))
    };
    let set = move |to: f64| {
        if let Some((_, window)) = now() {
            width.set(Some(to.clamp(LEAST, (window - LEAST).max(LEAST))));
        }
    };
    let press = move |event: PointerEvent| {
        if let Some(line) = line.get_untracked() {
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        held.set(true);
        event.prevent_default();
    };
    let drag = move |event: PointerEvent| {
        if let Some((at, _)) = now().filter(|_| held.get_untracked()) {
            set(at + f64::from(event.offset_x()));
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some((at, window)) = now() else { return };
        match event.key().as_str() {
            "ArrowLeft" => set(at - STEP),
            "ArrowRight" => set(at + STEP),
            "Home" => set(0.0),
            "End" => set(window),
            _ => return,
        }
        event.prevent_default();
    };
    let share = move || {
        width.track();
        now().map_or(50, |(at, window)| {
            #[expect(clippy::cast_possible_truncation, reason = "a share of a hundred")]
            let share = (at * 100.0 / window.max(1.0)) as i32;
            share
        })
    };
    view! {
        <div
            class="gantt-split"
            role="separator"
            aria-orientation="vertical"
            aria-label="Width of the table"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=share
            tabindex="0"
            node_ref=line
            on:pointerdown=press
            on:pointermove=drag
            on:pointerup=move |_| held.set(false)
            on:pointercancel=move |_| held.set(false)
            on:dblclick=move |_| width.set(None)
            on:keydown=key
        ></div>
    }
    .into_any()
}
