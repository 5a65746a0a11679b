//! The pages, on server and browser.
use leptos::prelude::*;

/// The root component.
#[component]
pub fn App() -> impl IntoView {
    view! { <main>"Takt"</main> }
}
