//! Says when the network is gone, and when it is back.

use leptos::prelude::*;

use crate::kit::{Glyph, Icon};

#[component]
pub(super) fn Connection() -> impl IntoView {
    let offline = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    {
        offline.set(!window().navigator().on_line());
        let gone = window_event_listener(leptos::ev::offline, move |_| offline.set(true));
        let back = window_event_listener(leptos::ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    }
    view! {
        <div class="connection" role="status" aria-live="polite" data-offline=move || offline.get().to_string()>
            <Show when=move || offline.get()>
                <Glyph icon=Icon::Cloud/>
                "You are offline. What you type is kept; changes are sent when the network is back."
            </Show>
        </div>
    }
}
