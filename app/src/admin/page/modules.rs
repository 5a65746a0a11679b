//! The registry of modules: what each does, costs, and whether it is on.

use domain::{
    Module,
    access::{ModuleState, admin::ManageModules},
    admin::ModuleOffer,
    projects::document::TaskStatus,
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::icon_of;
use crate::{
    admin::calls,
    kit::{Badge, CallError, ConfirmDialog, Glyph, Loaded, Session, Switch, Toaster, date},
    shell,
};

/// `/modules`
#[component]
pub fn ModulesPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let toaster = expect_context::<Toaster>();
    let offers = Resource::new(|| (), |()| calls::list_modules());
    let switch = Action::new(move |(module, on): &(Module, bool)| {
        let (module, on) = (*module, *on);
        async move {
            calls::set_module(module, on).await?;
            shell::ask_again(session).await;
            offers.refetch();
            Ok::<_, CallError>((module, on))
        }
    });
    Effect::new(move |_| match switch.value().get() {
        Some(Ok((module, on))) => {
            let word = if on { "on" } else { "off" };
            toaster.undoable(format!("{} is {word}.", module.title()), move || {
                switch.dispatch((module, !on));
            });
        }
        Some(Err(CallError(fault))) => toaster.fault(&fault),
        None => {}
    });
    view! {
        <Title text="Modules"/>
        <header class="page-head">
            <div>
                <h1>"Modules"</h1>
                <p class="page-lead">"What your organisation uses. Switching a module off keeps its data."</p>
            </div>
        </header>
        <Loaded from=offers children={move |offers: Vec<ModuleOffer>| {
            let cards = offers.into_iter().map(|offer| view! { <OfferCard offer switch/> }).collect_view();
            view! { <ul class="offers">{cards}</ul> }
        }}/>
    }
    .into_any()
}

type SwitchModule = Action<(Module, bool), Result<(Module, bool), CallError>>;

#[component]
fn OfferCard(offer: ModuleOffer, switch: SwitchModule) -> impl IntoView {
    let session = expect_context::<Session>();
    let toaster = expect_context::<Toaster>();
    let module = offer.module;
    let on = Signal::stored(offer.state.is_open());
    let asked = RwSignal::new(false);
    let change = Callback::new(move |(on,): (bool,)| match (on, offer.state) {
        // Off takes pages away from colleagues: that is asked for twice.
        (false, _) => asked.set(true),
        (true, ModuleState::TrialOver) => {
            toaster.say("The trial is over. Write to us to subscribe; your data is kept.")
        }
        (true, _) => {
            switch.dispatch((module, true));
        }
    });
    let switch_off = Callback::new(move |()| {
        asked.set(false);
        switch.dispatch((module, false));
    });
    let may_switch = Signal::derive(move || session.may::<ManageModules>());
    let message = format!(
        "Everybody's pages of {} disappear. Its data is kept, and you can switch it on again at any time.",
        offer.title
    );
    view! {
        <li class="offer" data-open=move || on.get().to_string()>
            <span class="offer-icon"><Glyph icon=icon_of(module) size=20/></span>
            <div class="offer-text">
                <h2>{offer.title.clone()} <StateBadge offer=offer.clone()/></h2>
                <p>{offer.description.clone()}</p>
                <p class="offer-price">
                    <strong>{offer.price_per_month.to_string()}</strong>" a month"
                    {(offer.state == ModuleState::Absent).then(|| format!(", {} days free", offer.trial_days))}
                </p>
            </div>
            <Switch on label=format!("{} on", offer.title) on_change=change pending=switch.pending() disabled=Signal::derive(move || !may_switch.get())/>
            <ConfirmDialog
                open=asked
                title=format!("Switch off {}?", offer.title)
                message
                confirm="Switch off"
                danger=true
                on_confirm=switch_off
            />
        </li>
    }
}

#[component]
fn StateBadge(offer: ModuleOffer) -> impl IntoView {
    let until = offer.trial_ends_at.map(|end| date(end.date_naive()));
    let (status, text) = match (offer.state, until) {
        (ModuleState::Active, _) => (TaskStatus::Accepted, "Active".to_owned()),
        (ModuleState::Trial, Some(end)) => (TaskStatus::Processing, format!("Trial until {end}")),
        (ModuleState::Trial, None) => (TaskStatus::Processing, "Trial".to_owned()),
        (ModuleState::TrialOver, _) => (TaskStatus::AtRisk, "Trial over".to_owned()),
        (ModuleState::Off, _) => (TaskStatus::NotStarted, "Off".to_owned()),
        (ModuleState::Absent, _) => (TaskStatus::NotStarted, "Not subscribed".to_owned()),
    };
    view! { <Badge status>{text}</Badge> }
}
