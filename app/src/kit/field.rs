//! Fields of forms: label, control, and the message under it.

use domain::Fault;
use leptos::prelude::*;

/// A label with its control and, under it, what is wrong with what was typed.
#[component]
pub fn Field(
    /// The control's id.
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    /// Names the message under this field; spelled as in the request.
    name: &'static str,
    #[prop(into)] fault: Signal<Option<Fault>>,
    children: Children,
) -> impl IntoView {
    let message = move || fault.get().and_then(|fault| fault.message_for(name).map(str::to_owned));
    view! {
        <div class="field" class:faulty=move || message().is_some()>
            <label for=id>{label}</label>
            {children()}
            <Show when=move || !hint.is_empty() && message().is_none()>
                <p class="hint">{hint}</p>
            </Show>
            <p class="fault" id=format!("{id}-fault") role="alert">{message}</p>
        </div>
    }
    .into_any()
}

/// A line of text.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<Fault>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let invalid = move || fault.get().is_some_and(|fault| fault.message_for(name).is_some());
    view! {
        <Field id=id label=label name=name hint=hint fault=fault>
            <input
                id=id
                name=name
                type=kind
                prop:value=value
                autocomplete=autocomplete
                autofocus=autofocus
                aria-invalid=move || invalid().to_string()
                aria-describedby=format!("{id}-fault")
                on:input:target=move |event| value.set(event.target().value())
            />
        </Field>
    }
    .into_any()
}

/// A choice among few.
#[component]
pub fn SelectField(
    id: &'static str,
    label: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<Fault>>,
    /// Value and title of each.
    options: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <Field id=id label=label name=name fault=fault>
            <select id=id name=name prop:value=value on:change:target=move |event| value.set(event.target().value())>
                {options
                    .into_iter()
                    .map(|(code, title)| {
                        let chosen = code.clone();
                        view! { <option value=code selected=move || value.get() == chosen>{title}</option> }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
    .into_any()
}
