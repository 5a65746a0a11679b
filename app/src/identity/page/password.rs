//! A forgotten password, and a new one.

use domain::{
    Fault,
    identity::{PASSWORD_MIN, check_email, check_password},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Entrance, fault_of};
use crate::{
    identity::calls,
    kit::{Button, ButtonKind, ButtonLink, CallError, Field, Form, Glyph, Icon, Size, TextInput, TextKind},
};

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let send = Action::new(move |email: &String| {
        let email = email.clone();
        async move {
            Fault::collect(check_email("email", &email).into_iter().collect()).map_err(CallError)?;
            calls::send_reset(email).await
        }
    });
    let submit = Callback::new(move |()| {
        send.dispatch(email.get_untracked());
    });
    let sent = move || matches!(send.value().get(), Some(Ok(())));
    view! {
        <Entrance
            title="Forgotten password"
            lead="We mail you a link with which you choose a new one."
            aside=|| view! { <p><a href="/login">"Back to log in"</a></p> }
        >
            <Form name="forgot" on_submit=submit fault=fault_of(send) pending=send.pending()>
                <Field label="E-mail" name="email">
                    <TextInput value=email kind=TextKind::Email autocomplete="username" autofocus=true/>
                </Field>
                <Button kind=ButtonKind::Primary size=Size::Large submit=true pending=send.pending()>"Send the link"</Button>
                <Show when=sent>
                    <div class="notice" data-tone="good" role="status">
                        <Glyph icon=Icon::CheckCircle/>
                        <p>"If we know this address, a link is on its way. It is good for an hour."</p>
                    </div>
                </Show>
            </Form>
        </Entrance>
    }
    .into_any()
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let password = RwSignal::new(String::new());
    let query = use_query_map();
    let reset = Action::new(move |password: &String| {
        let (password, token) = (password.clone(), query.get_untracked().get("token").unwrap_or_default());
        async move {
            Fault::collect(check_password("password", &password, "").into_iter().collect()).map_err(CallError)?;
            calls::reset_password(token, password).await
        }
    });
    let submit = Callback::new(move |()| {
        reset.dispatch(password.get_untracked());
    });
    let done = move || matches!(reset.value().get(), Some(Ok(())));
    let form = move || {
        view! {
            <Form name="reset" on_submit=submit fault=fault_of(reset) pending=reset.pending()>
                <Field label="New password" name="password" hint=format!("At least {PASSWORD_MIN} characters.")>
                    <TextInput value=password kind=TextKind::Password autocomplete="new-password" autofocus=true/>
                </Field>
                <Button kind=ButtonKind::Primary size=Size::Large submit=true pending=reset.pending()>"Set the password"</Button>
            </Form>
        }
    };
    view! {
        <Entrance
            title="Choose a new password"
            lead="Every other session of yours ends with it."
            aside=|| view! { <p><a href="/login">"Back to log in"</a></p> }
        >
            <Show when=done fallback=form>
                <div class="notice" data-tone="good" role="status">
                    <Glyph icon=Icon::CheckCircle/>
                    <p>"Your password is set."</p>
                </div>
                <ButtonLink href="/login" kind=ButtonKind::Primary size=Size::Large>"Log in"</ButtonLink>
            </Show>
        </Entrance>
    }
    .into_any()
}
