//! Forms and their fields. A fault's message stands under the field that it names; what no field shows stands on top.

use domain::Fault;
use leptos::{context::Provider, ev::SubmitEvent, html, prelude::*};

use super::{Glyph, Icon, browser};

/// What a form tells its fields.
#[derive(Clone, Copy)]
struct FormContext {
    prefix: StoredValue<String>,
    fault: Signal<Option<Fault>>,
    /// Names of the fields that can show a message.
    fields: StoredValue<Vec<String>>,
}

/// What a field tells the input in it.
#[derive(Clone)]
pub(super) struct FieldContext {
    pub id: String,
    pub name: String,
    pub invalid: Signal<bool>,
    pub described_by: Signal<Option<String>>,
    pub required: bool,
}

/// A form. Enter sends it, a fault moves the focus to the first field that is at fault, and what was typed survives the
/// end of a session.
#[component]
pub fn Form(
    /// The key of its draft and the beginning of its fields' ids.
    #[prop(into)]
    name: String,
    #[prop(into)] on_submit: Callback<()>,
    /// What the last attempt was refused for.
    #[prop(optional, into)]
    fault: Signal<Option<Fault>>,
    #[prop(optional, into)] pending: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let context = FormContext { prefix: StoredValue::new(name.clone()), fault, fields: StoredValue::new(Vec::new()) };
    let form = NodeRef::<html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !pending.get_untracked() {
            on_submit.run(());
        }
    };
    #[cfg(feature = "hydrate")]
    {
        let name = name.clone();
        Effect::new(move |done: Option<bool>| {
            let Some(form) = form.get().filter(|_| done != Some(true)) else { return done.unwrap_or_default() };
            super::draft::restore(&form, &name);
            true
        });
    }
    let selector = format!("#form-{name} [aria-invalid=true]");
    Effect::new(move |_| {
        if fault.get().is_some() {
            let selector = selector.clone();
            request_animation_frame(move || browser::focus_first(&selector));
        }
    });
    // POST, so that a form sent before the page is alive puts nothing into the address.
    view! {
        <form id=format!("form-{name}") class="form" method="post" data-draft=name novalidate node_ref=form on:submit=submit>
            <Provider value=context>
                {move || unshown(context).map(|message| view! { <FormAlert message/> })}
                {children()}
            </Provider>
        </form>
    }
}

/// What the fault says that no field of this form can show.
fn unshown(context: FormContext) -> Option<String> {
    let fault = context.fault.get()?;
    if fault.fields.is_empty() {
        return Some(fault.detail);
    }
    let shown = context.fields.get_value();
    let rest: Vec<_> =
        fault.fields.into_iter().filter(|fault| !shown.contains(&fault.field)).map(|fault| fault.message).collect();
    (!rest.is_empty()).then(|| rest.join(" "))
}

#[component]
fn FormAlert(message: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="risk" role="alert">
            <Glyph icon=Icon::Alert/>
            <p>{message}</p>
        </div>
    }
}

/// A label, the input, a hint and the message of what is wrong with it.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    /// As the request spells it; faults find their field by it.
    #[prop(into)]
    name: String,
    #[prop(optional, into)] hint: String,
    /// A message of the page's own, beside those of the form's fault.
    #[prop(optional, into)]
    message: MaybeProp<String>,
    /// Says so beside the label.
    #[prop(optional)]
    optional: bool,
    children: Children,
) -> impl IntoView {
    let form = use_context::<FormContext>();
    if let Some(form) = form {
        form.fields.update_value(|fields| fields.push(name.clone()));
    }
    let id = form.map_or_else(|| format!("field-{name}"), |form| format!("{}-{name}", form.prefix.get_value()));
    let fault = Memo::new({
        let name = name.clone();
        move |_| {
            let of_form =
                form.and_then(|form| form.fault.get()).and_then(|fault| fault.message_for(&name).map(str::to_owned));
            message.get().or(of_form)
        }
    });
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let described_by = {
        let hint = (!hint.is_empty()).then(|| hint_id.clone());
        let fault_id = fault_id.clone();
        Signal::derive(move || {
            let ids: Vec<_> = [hint.clone(), fault.get().map(|_| fault_id.clone())].into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || fault.get().is_some());
    let context = FieldContext { id: id.clone(), name, invalid, described_by, required: !optional };
    view! {
        <div class="field" data-invalid=move || invalid.get().to_string()>
            <label class="field-label" for=id>{label} {optional.then(|| view! { <span class="field-optional">"optional"</span> })}</label>
            <Provider value=context>{children()}</Provider>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <p class="field-fault" id=fault_id aria-live="polite">{move || fault.get()}</p>
        </div>
    }
}
