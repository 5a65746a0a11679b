//! Choosing: one of several, or yes and no.

use leptos::{html, prelude::*};

use super::{field::FieldContext, input::described};

/// One of several: what is sent and what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several.
#[component]
pub fn Select(
    value: RwSignal<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The name for screen readers where no field names it.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_context::<FieldContext>();
    let node = NodeRef::<html::Select>::new();
    // After the options are there: an element cannot be set to a choice that it does not have yet.
    Effect::new(move |_| {
        choices.track();
        let text = value.get();
        if let Some(select) = node.get() {
            select.set_value(&text);
        }
    });
    let (invalid, described_by) = described(field.as_ref());
    let option = move |choice: Choice| {
        let selected = choice.value == value.get_untracked();
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    };
    view! {
        <select
            class="input select"
            id=field.as_ref().map(|field| field.id.clone())
            name=field.map(|field| field.name)
            aria-label=label
            aria-invalid=invalid
            aria-describedby=described_by
            disabled=move || disabled.get()
            node_ref=node
            on:change=move |event| value.set(event_target_value(&event))
        >
            {move || choices.get().into_iter().map(option).collect_view()}
        </select>
    }
}

/// Yes or no, kept until the form is sent.
#[component]
pub fn Checkbox(
    checked: RwSignal<bool>,
    /// In a form: as the request spells it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(into)] label: String,
    /// For tables: the label is read aloud, not shown.
    #[prop(optional)]
    bare: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                prop:checked=move || checked.get()
                checked=checked.get_untracked()
                disabled=move || disabled.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span class=if bare { "sr-only" } else { "check-label" }>{label}</span>
        </label>
    }
}

/// Yes or no, at once: what it shows follows `on`, which changes when the change has come through.
#[component]
pub fn Switch(
    #[prop(into)] on: Signal<bool>,
    #[prop(into)] label: String,
    #[prop(into)] on_change: Callback<(bool,)>,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-checked=move || on.get().to_string()
            aria-label=label.clone()
            aria-busy=move || pending.get().to_string()
            title=label
            disabled=move || disabled.get() || pending.get()
            on:click=move |_| on_change.run((!on.get_untracked(),))
        >
            <span class="switch-thumb" aria-hidden="true"></span>
        </button>
    }
}
