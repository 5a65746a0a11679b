//! What colleagues change, as it happens.

use domain::{ProjectId, UserId, projects::operation::Delta};
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// A colleague's step.
#[derive(Clone, Debug, Deserialize)]
pub struct PlanChanged {
    pub project_id: ProjectId,
    pub revision: i64,
    pub user: Author,
    /// Absent where so much changed that the plan is better loaded again.
    #[serde(default)]
    pub delta: Option<Delta>,
}

/// Who did it.
#[derive(Clone, Debug, Deserialize)]
pub struct Author {
    pub id: UserId,
    pub name: String,
}

/// Listens until the page goes. `on_change` gets every step of every plan; `on_gap` runs when some may have been missed:
/// after a lost connection, and when the server says so.
pub fn listen(
    on_change: impl Fn(PlanChanged) + 'static,
    on_gap: impl Fn() + Clone + 'static,
    connected: RwSignal<bool>,
) {
    let Ok(source) = EventSource::new("/api/v1/events") else { return };
    let changed = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(change) = serde_json::from_str(&text) {
            on_change(change);
        }
    });
    let lost = RwSignal::new(false);
    let gap = on_gap.clone();
    let hello = Closure::<dyn Fn()>::new(move || {
        connected.set(true);
        if lost.get_untracked() {
            lost.set(false);
            gap();
        }
    });
    let lagged = Closure::<dyn Fn()>::new(on_gap);
    let failed = Closure::<dyn Fn()>::new(move || {
        lost.set(true);
        connected.set(false);
    });
    let _ = source.add_event_listener_with_callback("projects.plan_changed", changed.as_ref().unchecked_ref());
    let _ = source.add_event_listener_with_callback("hello", hello.as_ref().unchecked_ref());
    let _ = source.add_event_listener_with_callback("lagged", lagged.as_ref().unchecked_ref());
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((source, changed, hello, lagged, failed));
    on_cleanup(move || kept.with_value(|(source, ..)| source.close()));
}
