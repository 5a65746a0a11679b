//! The pages of the entrance.

mod login;
mod password;
mod register;

pub use login::LoginPage;
pub use password::{ForgotPage, ResetPage};
pub use register::RegisterPage;

use domain::Fault;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{kit::CallError, shell::BrandMark};

/// The fault of an action's last answer, while no new one is under way.
fn fault_of<I, T>(action: Action<I, Result<T, CallError>>) -> Signal<Option<Fault>>
where
    I: Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Signal::derive(move || {
        if action.pending().get() {
            return None;
        }
        action.value().get().and_then(Result::err).map(|CallError(fault)| fault)
    })
}

/// A card in the middle of an empty page.
#[component]
fn Entrance(
    #[prop(into)] title: &'static str,
    #[prop(into)] lead: &'static str,
    /// What else one may want, under the card.
    #[prop(into)]
    aside: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title/>
        <main class="entrance" id="main">
            <div class="entrance-brand brand"><BrandMark/></div>
            <div class="entrance-card">
                <h1>{title}</h1>
                <p class="entrance-lead">{lead}</p>
                {children()}
            </div>
            <div class="entrance-aside">{aside.run()}</div>
        </main>
    }
    .into_any()
}
