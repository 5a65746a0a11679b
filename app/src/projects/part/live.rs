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
    /// What was done, in a sentence without an end.
    #[serde(default)]
    pub summary: Option<String>,
    /// Who watches one of the tasks.
    #[serde(default)]
    pub watchers: Vec<UserId>,
}

/// Who did it.
#[derive(Clone, Debug, Deserialize)]
pub struct Author {
    pub id: UserId,
    pub name: String,
}

/// Listens until the page goes. Each event goes to the callback of its name; `on_gap` runs when some may have been
/// missed: after a lost connection, and when the server says so.
pub fn listen(
    events: Vec<(&'static str, Callback<String>)>,
    on_gap: impl Fn() + Clone + 'static,
    connected: RwSignal<bool>,
) {
    let Ok(source) = EventSource::new("/api/v1/events") else { return };
    let heard: Vec<_> = events
        .into_iter()
        .map(|(name, told)| {
            let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                told.run(event.data().as_string().unwrap_or_default());
            });
            let _ = source.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            closure
        })
        .collect();
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
    let _ = source.add_event_listener_with_callback("hello", hello.as_ref().unchecked_ref());
    let _ = source.add_event_listener_with_callback("lagged", lagged.as_ref().unchecked_ref());
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((source, heard, hello, lagged, failed));
    on_cleanup(move || kept.with_value(|(source, ..)| source.close()));
}
