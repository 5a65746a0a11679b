//! What a page shows while it loads, when there is nothing, and when something failed; and small signs of state.

use domain::{Fault, projects::document::TaskStatus};
use leptos::prelude::*;

/// Something is on its way.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label="Loading">
            <span></span>
            <span></span>
            <span></span>
        </div>
    }
    .into_any()
}

/// There is nothing yet, and what to do about it.
#[component]
pub fn Empty(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            {children()}
        </div>
    }
    .into_any()
}

/// It did not work, and why.
#[component]
pub fn Failed(fault: Fault) -> impl IntoView {
    view! {
        <div class="failed" role="alert">
            <h2>{fault.kind.title()}</h2>
            <p>{fault.detail}</p>
        </div>
    }
    .into_any()
}

/// One of the six statuses, in its colour.
#[component]
pub fn StatusPill(status: TaskStatus) -> impl IntoView {
    view! { <span class="pill" data-status=status.code()>{status.title()}</span> }.into_any()
}

/// How far something is, 0 to 100.
#[component]
pub fn Progress(value: u8) -> impl IntoView {
    view! {
        <span class="progress">
            <progress max="100" value=value.to_string() aria-label="Progress"></progress>
            <span>{value}" %"</span>
        </span>
    }
    .into_any()
}
