//! Registering an organisation.

use domain::{Industry, identity::Registration};
use leptos::prelude::*;

use super::{Card, FormFault, enter, fault_of};
use crate::{
    identity::calls,
    kit::{CallError, SelectField, TextField},
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
    let fault = fault_of(register);
    Effect::new(move || {
        if matches!(register.value().get(), Some(Ok(()))) {
            enter("/");
        }
    });
    let industries = Industry::ALL.map(|industry| (industry.code().to_owned(), industry.title().to_owned())).to_vec();
    view! {
        <Card title="Register your organisation">
            <form on:submit=move |event| {
                event.prevent_default();
                register
                    .dispatch(Registration {
                        organization_name: organization.get_untracked(),
                        owner_name: name.get_untracked(),
                        owner_email: email.get_untracked(),
                        owner_password: password.get_untracked(),
                        industry: Industry::from_code(&industry.get_untracked()),
                    });
            }>
                <FormFault fault=fault />
                <TextField id="organization" name="organization_name" label="Organisation" value=organization fault=fault autocomplete="organization" autofocus=true />
                <SelectField id="industry" name="industry" label="Industry" value=industry fault=fault options=industries />
                <TextField id="name" name="owner_name" label="Your name" value=name fault=fault autocomplete="name" />
                <TextField id="email" name="owner_email" label="E-mail" kind="email" value=email fault=fault autocomplete="username" />
                <TextField id="password" name="owner_password" label="Password" kind="password" hint="At least 8 characters." value=password fault=fault autocomplete="new-password" />
                <button class="primary" type="submit" disabled=register.pending()>
                    {move || if register.pending().get() { "Registering…" } else { "Start the 30-day trial" }}
                </button>
            </form>
            <p class="aside">
                <a href="/login">"Log in instead"</a>
            </p>
        </Card>
    }
    .into_any()
}
