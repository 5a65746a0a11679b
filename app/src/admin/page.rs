//! Modules, and people.

use domain::{
    Fault, FaultKind, Module, PageRequest,
    access::{BuiltInRole, ModuleState},
    admin::ModuleOffer,
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};

use super::calls;
use crate::{
    kit::{Failed, Loading, SelectField, TextField, toast},
    shell::{SignedIn, on_fault},
};

const fn state_title(state: ModuleState) -> &'static str {
    match state {
        ModuleState::Active => "Active",
        ModuleState::Trial => "Trial",
        ModuleState::TrialOver => "Trial over",
        ModuleState::Off => "Off",
        ModuleState::Absent => "Not subscribed",
    }
}

/// `/modules`
#[component]
pub fn ModulesPage() -> impl IntoView {
    let switch = Action::new(|(module, on): &(Module, bool)| calls::set_module(*module, *on));
    let offers = Resource::new(move || switch.version().get(), |_| calls::list_modules());
    Effect::new(move || {
        if let Some(Err(error)) = switch.value().get() {
            on_fault(&error.0);
            toast(error.0.detail, true);
        }
    });
    view! {
        <leptos_meta::Title text="Modules · Takt" />
        <SignedIn>
            <header class="head"><h1>"Modules"</h1></header>
            <Transition fallback=|| view! { <Loading /> }>
                {move || offers.get().map(|answer| match answer {
                    Ok(offers) => offers.into_iter().map(|offer| view! { <Offer offer=offer switch=switch /> }).collect_view().into_any(),
                    Err(error) => view! { <Failed fault=error.0 /> }.into_any(),
                })}
            </Transition>
        </SignedIn>
    }
    .into_any()
}

#[component]
fn Offer(offer: ModuleOffer, switch: Action<(Module, bool), Result<(), crate::kit::CallError>>) -> impl IntoView {
    let module = offer.module;
    let open = offer.state.is_open();
    let trial = offer.trial_ends_at.filter(|_| offer.state == ModuleState::Trial).map(|end| format!(" until {}", end.format("%-d %b %Y")));
    let word = match offer.state {
        ModuleState::Absent => "Start the trial",
        ModuleState::Off => "Switch on",
        _ => "Switch off",
    };
    let over = offer.state == ModuleState::TrialOver;
    view! {
        <article class="offer">
            <div>
                <h2>{offer.title}</h2>
                <p>{offer.description}</p>
            </div>
            <p class="price"><strong>{offer.price_per_month.to_string()}</strong>" a month"</p>
            <p class="state" data-state=format!("{:?}", offer.state)>{state_title(offer.state)}{trial}</p>
            <button type="button" disabled=move || over || switch.pending().get() on:click=move |_| { switch.dispatch((module, !open)); }>{word}</button>
        </article>
    }
    .into_any()
}

/// `/off/:module`
#[component]
pub fn ModuleOffPage() -> impl IntoView {
    let params = use_params_map();
    let module = move || Module::from_slug(&params.get().get("module").unwrap_or_default());
    view! {
        <SignedIn>
            {move || module().map_or_else(
                || view! { <Failed fault=Fault::new(FaultKind::NotFound) /> }.into_any(),
                |module| view! { <ModuleOff module=module /> }.into_any(),
            )}
        </SignedIn>
    }
    .into_any()
}

/// What a module does and costs, for those who do not have it.
#[component]
pub fn ModuleOff(module: Module) -> impl IntoView {
    view! {
        <div class="empty module-off">
            <p class="state">"Not active"</p>
            <h2>{module.title()}</h2>
            <p>{module.description()}</p>
            <p class="price"><strong>{module.price_per_month().to_string()}</strong>" a month, "{module.trial_days()}" days to try"</p>
            <p>"Your data is kept while a module is off."</p>
            <p><A href="/modules" attr:class="button primary">"See the modules"</A></p>
        </div>
    }
    .into_any()
}

/// `/people`
#[component]
pub fn PeoplePage() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let role = RwSignal::new("employee".to_owned());
    let add = Action::new(move |(): &()| {
        calls::add_person(name.get_untracked(), email.get_untracked(), role.get_untracked(), password.get_untracked())
    });
    let people = Resource::new(move || add.version().get(), |_| calls::list_people(PageRequest { limit: Some(200), ..PageRequest::default() }));
    let fault = Signal::derive(move || add.value().get().and_then(Result::err).map(|error| error.0));
    Effect::new(move || {
        if matches!(add.value().get(), Some(Ok(()))) {
            toast(format!("{} was added.", name.get_untracked()), false);
            [name, email, password].iter().for_each(|field| field.set(String::new()));
        }
    });
    let roles: Vec<_> = BuiltInRole::OF_ORGANIZATION[1..].iter().map(|role| (role.code().to_owned(), role.title().to_owned())).collect();
    let roles = StoredValue::new(roles);
    view! {
        <leptos_meta::Title text="People · Takt" />
        <SignedIn>
            <header class="head"><h1>"People"</h1></header>
            <Transition fallback=|| view! { <Loading /> }>
                {move || people.get().map(|answer| match answer {
                    Ok(page) => view! {
                        <table class="rows">
                            <thead><tr><th>"Name"</th><th>"E-mail"</th><th>"Role"</th></tr></thead>
                            <tbody>
                                {page.items.into_iter().map(|row| view! { <tr><td>{row.name}</td><td>{row.email}</td><td>{row.role}</td></tr> }).collect_view()}
                            </tbody>
                        </table>
                    }.into_any(),
                    Err(error) => view! { <Failed fault=error.0 /> }.into_any(),
                })}
            </Transition>
            <section class="panel form-panel">
                <h2>"Add a person"</h2>
                <form on:submit=move |event| { event.prevent_default(); add.dispatch(()); }>
                    <p class="form-fault" role="alert">{move || fault.get().filter(|fault| fault.fields.is_empty()).map(|fault| fault.detail)}</p>
                    <TextField id="name" name="name" label="Name" value=name fault=fault autocomplete="off" />
                    <TextField id="email" name="email" label="E-mail" kind="email" value=email fault=fault autocomplete="off" />
                    <SelectField id="role" name="role" label="Role" value=role fault=fault options=roles.get_value() />
                    <TextField id="password" name="password" label="First password" kind="password" value=password fault=fault autocomplete="new-password" />
                    <button class="primary" type="submit" disabled=add.pending()>"Add"</button>
                </form>
            </section>
        </SignedIn>
    }
    .into_any()
}
