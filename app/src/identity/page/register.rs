//! Registering an organisation.

use domain::{
    Industry,
    identity::{PASSWORD_MIN, Registration},
};
use leptos::prelude::*;

use super::{Entrance, fault_of};
use crate::{
    identity::calls,
    kit::{Button, ButtonKind, CallError, Choice, Field, Form, Select, Size, TextInput, TextKind, go_to},
};

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let organization = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let industry = RwSignal::new(Industry::default().code().to_owned());
    let register = Action::new(move |given: &Registration| {
        let given = given.clone();
        async move {
            // The same rules as on the server, before anything is sent.
            given.check().map_err(CallError)?;
            calls::register(given).await
        }
    });
    let submit = Callback::new(move |()| {
        register.dispatch(Registration {
            organization_name: organization.get_untracked(),
            owner_name: name.get_untracked(),
            owner_email: email.get_untracked(),
            owner_password: password.get_untracked(),
            industry: Industry::from_code(&industry.get_untracked()),
        });
    });
    Effect::new(move |_| {
        if matches!(register.value().get(), Some(Ok(()))) {
            go_to("/");
        }
    });
    let pending = Signal::derive(move || register.pending().get() || matches!(register.value().get(), Some(Ok(()))));
    let industries = Industry::ALL.map(|industry| Choice::new(industry.code(), industry.title())).to_vec();
    view! {
        <Entrance
            title="Register your organisation"
            lead="Every module of your trade, free for 30 days. No card needed."
            aside=|| view! { <p>"Already registered? " <a href="/login">"Log in"</a></p> }
        >
            <Form name="register" on_submit=submit fault=fault_of(register) pending>
                <Field label="Organisation" name="organization_name">
                    <TextInput value=organization autocomplete="organization" placeholder="Acme Stamping Ltd" autofocus=true/>
                </Field>
                <Field label="Trade" name="industry" hint=trade_hint()>
                    <Select value=industry choices=industries/>
                </Field>
                <Field label="Your name" name="owner_name">
                    <TextInput value=name autocomplete="name"/>
                </Field>
                <Field label="E-mail" name="owner_email">
                    <TextInput value=email kind=TextKind::Email autocomplete="username"/>
                </Field>
                <Field label="Password" name="owner_password" hint=format!("At least {PASSWORD_MIN} characters.")>
                    <TextInput value=password kind=TextKind::Password autocomplete="new-password"/>
                </Field>
                <Button kind=ButtonKind::Primary size=Size::Large submit=true pending>"Create the organisation"</Button>
            </Form>
        </Entrance>
    }
    .into_any()
}

const fn trade_hint() -> &'static str {
    "Decides the modules you start with; all of them can be changed later."
}
