//! Who you are here, what your organisation is, and how the page looks to you.

use domain::{
    Fault, Industry,
    access::{BuiltInRole, admin::EditOrganization},
    admin::OrganizationPatch,
    identity::{OrganizationView, UserView},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    admin::calls,
    kit::{
        Avatar, Button, ButtonKind, CallError, Choice, Density, Field, Form, Guard, Look, Select, Session, Switch,
        TextInput, Theme, Toaster, use_me,
    },
    shell,
};

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let me = use_me();
    // Another name of the organisation must not begin the form anew under somebody's hands.
    let user = Memo::new(move |_| me.get().map(|me| me.user));
    let is_known = Memo::new(move |_| me.get().is_some());
    view! {
        <Title text="Settings"/>
        <header class="page-head"><h1>"Settings"</h1></header>
        <div class="panels">
            {move || user.get().map(|user| view! { <You user/> })}
            {move || is_known.get().then(|| view! { <Organization/> })}
            <LookPanel/>
        </div>
    }
    .into_any()
}

#[component]
fn You(user: UserView) -> impl IntoView {
    let role = BuiltInRole::OF_ORGANIZATION.into_iter().find(|role| role.code() == user.role);
    view! {
        <section class="panel">
            <h2>"You"</h2>
            <div class="profile"><Avatar name=user.name.clone() size=48/><div><strong>{user.name}</strong><p>{user.email}</p></div></div>
            <dl class="facts">
                <div><dt>"Role"</dt><dd>{role.map_or(user.role, |role| role.title().to_owned())}</dd></div>
            </dl>
            <p><a href="/forgot">"Choose a new password"</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Organization() -> impl IntoView {
    let me = use_me();
    let organization = Memo::new(move |_| me.get().map(|me| me.organization));
    let facts = move || organization.get().map(|organization| view! { <Facts organization/> }).into_any();
    let form = move || untrack(|| organization.get()).map(|organization| view! { <EditForm organization/> });
    view! {
        <section class="panel">
            <h2>"Organisation"</h2>
            <Guard needs=EditOrganization otherwise=facts>{form()}</Guard>
        </section>
    }
    .into_any()
}

#[component]
fn Facts(organization: OrganizationView) -> impl IntoView {
    let industry = Industry::from_code(&organization.industry)
        .map_or(organization.industry, |industry| industry.title().to_owned());
    view! {
        <dl class="facts">
            <div><dt>"Name"</dt><dd>{organization.name}</dd></div>
            <div><dt>"Subdomain"</dt><dd>{organization.slug}</dd></div>
            <div><dt>"Trade"</dt><dd>{industry}</dd></div>
        </dl>
    }
}

#[component]
fn EditForm(organization: OrganizationView) -> impl IntoView {
    let session = expect_context::<Session>();
    let toaster = expect_context::<Toaster>();
    let name = RwSignal::new(organization.name.clone());
    let industry = RwSignal::new(organization.industry.clone());
    let stored = RwSignal::new((organization.name, organization.industry));
    let save = Action::new(move |(name, industry): &(String, String)| {
        let patch = OrganizationPatch { name: Some(name.clone()), industry: Industry::from_code(industry) };
        async move {
            let changed = calls::edit_organization(patch).await?;
            shell::ask_again(session).await;
            Ok::<_, CallError>(changed)
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(changed)) = save.value().get() {
            // What was typed while it was being stored stays.
            if untrack(|| name.get().trim() == changed.name) {
                name.set(changed.name.clone());
            }
            stored.set((changed.name, changed.industry));
            toaster.say("The organisation was saved.");
        }
    });
    let fault = Signal::derive(move || -> Option<Fault> {
        save.value().get().and_then(Result::err).map(|CallError(fault)| fault)
    });
    let unchanged = Signal::derive(move || stored.get() == (name.get(), industry.get()));
    let submit = Callback::new(move |()| {
        save.dispatch((name.get_untracked(), industry.get_untracked()));
    });
    let trades = Industry::ALL.map(|industry| Choice::new(industry.code(), industry.title())).to_vec();
    view! {
        <Form name="organization" on_submit=submit fault pending=save.pending()>
            <Field label="Name" name="name"><TextInput value=name autocomplete="organization"/></Field>
            <Field label="Trade" name="industry"><Select value=industry choices=trades/></Field>
            <dl class="facts"><div><dt>"Subdomain"</dt><dd>{organization.slug}</dd></div></dl>
            <div><Button kind=ButtonKind::Primary submit=true pending=save.pending() disabled=unchanged>"Save"</Button></div>
        </Form>
    }
    .into_any()
}

#[component]
fn LookPanel() -> impl IntoView {
    let look = expect_context::<Look>();
    let theme = RwSignal::new(look.theme.get_untracked().code().to_owned());
    Effect::watch(
        move || theme.get(),
        move |code, _, _| {
            if let Some(theme) = Theme::ALL.into_iter().find(|theme| theme.code() == code) {
                look.set_theme(theme);
            }
        },
        false,
    );
    let is_floor = Signal::derive(move || look.density.get() == Density::Floor);
    let turn = Callback::new(move |(on,): (bool,)| look.set_density(if on { Density::Floor } else { Density::Office }));
    let themes = Theme::ALL.map(|theme| Choice::new(theme.code(), theme.title())).to_vec();
    view! {
        <section class="panel">
            <h2>"Look"</h2>
            <Field label="Theme" name="theme"><Select value=theme choices=themes/></Field>
            <div class="setting">
                <div><strong>"Shop-floor mode"</strong><p>"Large targets for fingers and gloves."</p></div>
                <Switch on=is_floor label="Shop-floor mode" on_change=turn/>
            </div>
        </section>
    }
}
