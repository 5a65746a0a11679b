//! Parts that the browser loads when they are shown first. What a first visit does not show, it does not download.
//!
//! *Invariant:* on the server and while a page comes alive such a part is a placeholder, so both render the same.

use std::future::Future;

use leptos::prelude::*;

use super::Loading;

/// Shows what `load` brings, and a placeholder until it is there. `load` calls a function that is marked `#[lazy]`.
pub fn later<F: Future<Output = AnyView> + 'static>(load: impl FnOnce() -> F + 'static) -> AnyView {
    let part = brought(load);
    (move || part().unwrap_or_else(|| view! { <Loading/> }.into_any())).into_any()
}

/// As [`later`], loaded when `open` is true for the first time; nothing before that. For dialogs.
pub fn when_open<F: Future<Output = AnyView> + 'static>(
    open: impl Fn() -> bool + Send + Sync + 'static,
    load: impl Fn() -> F + Send + Sync + 'static,
) -> AnyView {
    let load = StoredValue::new(load);
    let opened = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || open());
    let part = move || {
        opened.get().then(|| {
            let part = brought(move || load.with_value(|load| load()));
            move || part()
        })
    };
    part.into_any()
}

/// The part once it is loaded. It belongs to whoever asked for it: contexts are found, and it goes when they go.
#[cfg(feature = "hydrate")]
fn brought<F: Future<Output = AnyView> + 'static>(
    load: impl FnOnce() -> F + 'static,
) -> impl Fn() -> Option<AnyView> + Copy {
    let part = StoredValue::new_local(None::<AnyView>);
    let there = RwSignal::new(false);
    let loading = ScopedFuture::new(async move {
        let view = load().await;
        // Who has left the page meanwhile wants it no more.
        if part.try_set_value(Some(view)).is_none() {
            there.set(true);
        }
    });
    leptos::task::spawn_local(loading);
    move || there.get().then(|| part.try_update_value(Option::take).flatten()).flatten()
}

/// On the server nothing is loaded later.
#[cfg(not(feature = "hydrate"))]
fn brought<F: Future<Output = AnyView> + 'static>(
    load: impl FnOnce() -> F + 'static,
) -> impl Fn() -> Option<AnyView> + Copy {
    drop(load);
    || None
}
