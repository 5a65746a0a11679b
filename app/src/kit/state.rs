//! Nothing yet, not yet, and not at all: every page shows these the same way.

use domain::{Fault, FaultKind};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{Button, CallError, Glyph, Icon};

/// Nothing is here yet, and what to do about it.
#[component]
pub fn EmptyState(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// What to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Glyph icon size=24/></span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}

/// Lines in the place of what is coming, so that nothing jumps.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: u8) -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true">{(0..lines).map(|_| view! { <span></span> }).collect_view()}</div>
    }
}

/// Something is coming.
#[component]
pub fn Loading(#[prop(default = 3)] lines: u8) -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="sr-only">"Loading"</span>
            <Skeleton lines/>
        </div>
    }
}

/// It did not work: why, and a way on.
#[component]
pub fn FailedState(
    fault: Fault,
    /// Tries again; offered where that could help.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let icon = match fault.kind.status() {
        401 | 403 => Icon::Lock,
        404 => Icon::Search,
        _ => Icon::Alert,
    };
    let could_help = fault.kind.status() >= 500 || fault.kind == FaultKind::RateLimited;
    let messages = fault.fields.into_iter().map(|field| view! { <p>{field.message}</p> }).collect_view();
    view! {
        <div class="empty" data-failed="true" role="alert">
            <span class="empty-icon"><Glyph icon size=24/></span>
            <h2>{fault.kind.title()}</h2>
            {(fault.detail != fault.kind.title()).then(|| view! { <p>{fault.detail}</p> })}
            {messages}
            {retry.filter(|_| could_help).map(|retry| view! {
                <div class="empty-actions"><Button icon=Icon::Refresh on_press=retry>"Try again"</Button></div>
            })}
        </div>
    }
}

/// Shows what a resource brings, keeps the old while the new is coming, and says so where it fails.
/// `<Loaded from=resource let:projects>...</Loaded>`
#[component]
pub fn Loaded<T, V, F>(
    from: Resource<Result<T, CallError>>,
    /// Lines of the placeholder.
    #[prop(default = 6)]
    lines: u8,
    children: F,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
{
    let retry = Callback::new(move |()| from.refetch());
    view! {
        <Transition fallback=move || view! { <Loading lines/> }>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    match from.await {
                        Ok(value) => children(value).into_any(),
                        Err(CallError(fault)) => view! { <FailedState fault retry/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
