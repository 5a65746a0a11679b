//! Logging in.

use domain::identity::Credentials;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Entrance, fault_of};
use crate::{
    identity::calls,
    kit::{Button, ButtonKind, Field, Form, Size, TextInput, TextKind, go_to},
};

/// `/login?next=/projects`
#[component]
pub fn LoginPage() -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let query = use_query_map();
    let log_in = Action::new(move |given: &Credentials| calls::log_in(given.clone()));
    let submit = Callback::new(move |()| {
        log_in.dispatch(Credentials { email: email.get_untracked(), password: password.get_untracked() });
    });
    Effect::new(move |_| {
        if matches!(log_in.value().get(), Some(Ok(()))) {
            let next = query.get_untracked().get("next").unwrap_or_default();
            go_to(if is_ours(&next) { &next } else { "/" });
        }
    });
    // Until the next page is there: the button must not come back for a moment.
    let pending = Signal::derive(move || log_in.pending().get() || matches!(log_in.value().get(), Some(Ok(()))));
    let lead =
        move || if query.get().get("next").is_some() { "Log in to go on where you were." } else { "Welcome back." };
    view! {
        <Entrance
            title="Log in"
            lead=lead()
            aside=|| view! { <p>"New here? " <a href="/register">"Register your organisation"</a></p> }
        >
            <Form name="login" on_submit=submit fault=fault_of(log_in) pending>
                <Field label="E-mail" name="email">
                    <TextInput value=email kind=TextKind::Email autocomplete="username" autofocus=true/>
                </Field>
                <Field label="Password" name="password">
                    <TextInput value=password kind=TextKind::Password autocomplete="current-password"/>
                </Field>
                <Button kind=ButtonKind::Primary size=Size::Large submit=true pending>"Log in"</Button>
                <a class="form-aside" href="/forgot">"Forgotten your password?"</a>
            </Form>
        </Entrance>
    }
    .into_any()
}

/// Only a path of our own: no stranger may choose where people land after their password.
fn is_ours(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t'])
}

#[cfg(test)]
mod tests {
    #[test]
    fn nobody_is_sent_elsewhere_after_logging_in() {
        assert!(super::is_ours("/projects?sort=name"));
        for foreign in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
        {
            assert!(!super::is_ours(foreign), "{foreign}");
        }
    }
}
