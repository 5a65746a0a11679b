//! A module that is off: what it does, what it costs, and the way in for those who may decide.

use domain::{
    Fault, FaultKind, Module,
    access::{ModuleState, admin::ManageModules},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::icon_of;
use crate::{
    admin::calls,
    kit::{Button, ButtonKind, CallError, FailedState, Glyph, Guard, Icon, Session, Size, go_to},
};

/// `/off/:module`
#[component]
pub fn ModuleOffPage() -> impl IntoView {
    let params = use_params_map();
    move || match Module::from_slug(&params.get().get("module").unwrap_or_default()) {
        Some(module) => view! { <ModuleOff module/> }.into_any(),
        None => view! { <FailedState fault=Fault::new(FaultKind::NotFound)/> }.into_any(),
    }
}

/// The pages of a module where it is open, else its offer.
#[component]
pub fn WhereOpen(module: Module, children: ChildrenFn) -> impl IntoView {
    let session = expect_context::<Session>();
    let open = Memo::new(move |_| session.me().is_none_or(|me| me.module(module).is_open()));
    view! { <Show when=move || open.get() fallback=move || view! { <ModuleOff module/> }>{children()}</Show> }
        .into_any()
}

/// What a page of a module shows for a refusal: the offer where the module was closed meanwhile, else the fault.
#[component]
pub fn Refused(module: Module, fault: Fault, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    if matches!(fault.kind, FaultKind::ModuleInactive | FaultKind::TrialOver) {
        view! { <ModuleOff module/> }.into_any()
    } else {
        view! { <FailedState fault retry/> }.into_any()
    }
}

/// The offer of one module, in the place of its pages.
#[component]
pub fn ModuleOff(module: Module) -> impl IntoView {
    let session = expect_context::<Session>();
    let state = Memo::new(move |_| session.me().map_or(ModuleState::Absent, |me| me.module(module)));
    let start = Action::new(move |(): &()| calls::set_module(module, true));
    Effect::new(move |_| {
        if matches!(start.value().get(), Some(Ok(()))) {
            go_to(&format!("/{}", module.slug()));
        }
    });
    let fault = move || start.value().get().and_then(Result::err).map(|CallError(fault)| fault.to_string());
    let word = move || match state.get() {
        ModuleState::Off => "Switch it on".to_owned(),
        _ => format!("Start the {}-day trial", module.trial_days()),
    };
    let over = move || state.get() == ModuleState::TrialOver;
    let why = move || match state.get() {
        ModuleState::TrialOver => "The trial is over. Write to us to subscribe; your data is kept.",
        ModuleState::Off => "This module is switched off. Its data is kept.",
        _ => "Your organisation does not use this module yet.",
    };
    view! {
        <Title text=module.title()/>
        <section class="module-off">
            <span class="module-off-icon"><Glyph icon=icon_of(module) size=32/></span>
            <h1>{module.title()}</h1>
            <p class="module-off-what">{module.description()}</p>
            <p class="module-off-price"><strong>{module.price_per_month().to_string()}</strong>" a month for the whole organisation"</p>
            <div class="notice"><Glyph icon=Icon::Lock/><p>{why}</p></div>
            <Show when=move || !over()>
                <Guard needs=ManageModules otherwise=|| view! { <p class="module-off-ask">"Ask an administrator of your organisation to switch it on."</p> }>
                    <Button
                        kind=ButtonKind::Primary
                        size=Size::Large
                        pending=start.pending()
                        on_press=Callback::new(move |()| { start.dispatch(()); })
                    >
                        {word}
                    </Button>
                </Guard>
            </Show>
            <p class="field-fault" role="alert">{fault}</p>
        </section>
    }
    .into_any()
}
