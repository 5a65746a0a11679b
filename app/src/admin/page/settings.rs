//! Who you are here, and how the page looks to you.

use domain::{Industry, access::BuiltInRole};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::kit::{Avatar, Choice, Density, Field, Look, Select, Switch, Theme, use_me};

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let me = use_me();
    let profile = move || {
        me.get().map(|me| {
            let role = BuiltInRole::OF_ORGANIZATION.into_iter().find(|role| role.code() == me.user.role);
            let industry = Industry::from_code(&me.organization.industry).map_or(me.organization.industry, |industry| industry.title().to_owned());
            view! {
                <section class="panel">
                    <h2>"You"</h2>
                    <div class="profile"><Avatar name=me.user.name.clone() size=48/><div><strong>{me.user.name}</strong><p>{me.user.email}</p></div></div>
                    <dl class="facts">
                        <div><dt>"Role"</dt><dd>{role.map_or(me.user.role, |role| role.title().to_owned())}</dd></div>
                    </dl>
                    <p><a href="/forgot">"Choose a new password"</a></p>
                </section>
                <section class="panel">
                    <h2>"Organisation"</h2>
                    <dl class="facts">
                        <div><dt>"Name"</dt><dd>{me.organization.name}</dd></div>
                        <div><dt>"Subdomain"</dt><dd>{me.organization.slug}</dd></div>
                        <div><dt>"Trade"</dt><dd>{industry}</dd></div>
                    </dl>
                </section>
            }
        })
    };
    view! {
        <Title text="Settings"/>
        <header class="page-head"><h1>"Settings"</h1></header>
        <div class="panels">{profile} <LookPanel/></div>
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
