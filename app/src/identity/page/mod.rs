//! The pages of the entrance.

mod forgot;
mod login;
mod register;

pub use forgot::{ForgotPage, ResetPage};
pub use login::LoginPage;
pub use register::RegisterPage;

use domain::Fault;
use leptos::prelude::*;

use crate::kit::CallError;

/// The fault of an action's last answer.
fn fault_of<I: Send + Sync + 'static, T: Clone + Send + Sync + 'static>(action: Action<I, Result<T, CallError>>) -> Signal<Option<Fault>>
where
    I: Clone,
{
    Signal::derive(move || action.value().get().and_then(Result::err).map(|error| error.0))
}

/// Goes to a page that must be rendered for somebody else than before: by loading it.
fn enter(path: &str) {
    #[cfg(feature = "hydrate")]
    let _ = window().location().set_href(path);
    #[cfg(not(feature = "hydrate"))]
    let _ = path;
}

/// A card in the middle of an empty page.
#[component]
fn Card(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <leptos_meta::Title text=format!("{title} · Takt") />
        <main class="entrance" id="main">
            <div class="card">
                <p class="brand">"Takt"</p>
                <h1>{title}</h1>
                {children()}
            </div>
        </main>
    }
    .into_any()
}

/// What went wrong with the form as a whole.
#[component]
fn FormFault(#[prop(into)] fault: Signal<Option<Fault>>) -> impl IntoView {
    let text = move || fault.get().filter(|fault| fault.fields.is_empty()).map(|fault| fault.detail);
    view! { <p class="form-fault" role="alert">{text}</p> }.into_any()
}
