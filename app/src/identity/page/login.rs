//! Logging in.

use domain::identity::Credentials;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Card, FormFault, enter, fault_of};
use crate::{identity::calls, kit::TextField};

/// `/login?next=/projects`
#[component]
pub fn LoginPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let query = use_query_map();
    let log_in = Action::new(move |given: &Credentials| calls::log_in(given.clone()));
    let fault = fault_of(log_in);
    Effect::new(move || {
        if matches!(log_in.value().get(), Some(Ok(()))) {
            let next = query.get_untracked().get("next").unwrap_or_default();
            // Only a path of our own: no stranger may choose where people land after their password.
            let own = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
            enter(if own { &next } else { "/" });
        }
    });
    view! {
        <Card title="Log in">
            <form on:submit=move |event| {
                event.prevent_default();
                log_in.dispatch(Credentials { email: email.get_untracked(), password: password.get_untracked() });
            }>
                <FormFault fault=fault />
                <TextField id="email" name="email" label="E-mail" kind="email" value=email fault=fault autocomplete="username" autofocus=true />
                <TextField id="password" name="password" label="Password" kind="password" value=password fault=fault autocomplete="current-password" />
                <button class="primary" type="submit" disabled=log_in.pending()>
                    {move || if log_in.pending().get() { "Logging in…" } else { "Log in" }}
                </button>
            </form>
            <p class="aside">
                <a href="/forgot">"Forgotten your password?"</a>
                <a href="/register">"Register an organisation"</a>
            </p>
        </Card>
    }
    .into_any()
}
