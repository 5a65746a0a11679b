//! Forgotten passwords.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Card, FormFault, fault_of};
use crate::{identity::calls, kit::TextField};

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let send = Action::new(move |email: &String| calls::send_reset(email.clone()));
    let fault = fault_of(send);
    let sent = move || matches!(send.value().get(), Some(Ok(())));
    view! {
        <Card title="Forgotten password">
            <form on:submit=move |event| {
                event.prevent_default();
                send.dispatch(email.get_untracked());
            }>
                <FormFault fault=fault />
                <TextField id="email" name="email" label="E-mail" kind="email" value=email fault=fault autocomplete="username" autofocus=true />
                <button class="primary" type="submit" disabled=send.pending()>"Send a link"</button>
                <Show when=sent>
                    <p role="status">"If we know this address, a link is on its way. It is good for an hour."</p>
                </Show>
            </form>
            <p class="aside"><a href="/login">"Back to log in"</a></p>
        </Card>
    }
    .into_any()
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let password = RwSignal::new(String::new());
    let query = use_query_map();
    let reset = Action::new(move |password: &String| {
        calls::reset_password(query.get_untracked().get("token").unwrap_or_default(), password.clone())
    });
    let fault = fault_of(reset);
    let link_fault = Signal::derive(move || fault.get().and_then(|fault| fault.message_for("token").map(str::to_owned)));
    let done = move || matches!(reset.value().get(), Some(Ok(())));
    view! {
        <Card title="Choose a new password">
            <form on:submit=move |event| {
                event.prevent_default();
                reset.dispatch(password.get_untracked());
            }>
                <FormFault fault=fault />
                <p class="form-fault" role="alert">{link_fault}</p>
                <TextField id="password" name="password" label="New password" kind="password" hint="At least 8 characters." value=password fault=fault autocomplete="new-password" autofocus=true />
                <button class="primary" type="submit" disabled=reset.pending()>"Set the password"</button>
                <Show when=done>
                    <p role="status">"Your password is set. " <a href="/login">"Log in"</a></p>
                </Show>
            </form>
        </Card>
    }
    .into_any()
}
