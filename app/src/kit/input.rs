//! Inputs. Each holds text as it was typed; what it means is decided by the rule that checks it, so that nothing typed
//! is ever thrown away. Inside a [`Field`](super::Field) they find their name, id and message themselves.

use leptos::{html, prelude::*, web_sys};

use super::{Icon, IconButton, field::FieldContext};

/// What a line of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    Email,
    /// With a button that shows it.
    Password,
    Url,
    Telephone,
}

impl TextKind {
    const fn html(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Url => "url",
            Self::Telephone => "tel",
        }
    }
}

/// A line of text.
#[component]
pub fn TextInput(
    value: RwSignal<String>,
    #[prop(optional)] kind: TextKind,
    /// The name for screen readers where no field names it.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] placeholder: String,
    /// What browsers and password keepers may fill in.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Outside a field: whether the message that `describedby` names is about it.
    #[prop(optional, into)]
    invalid: Option<Signal<bool>>,
    #[prop(optional, into)] describedby: Option<String>,
    /// The id of a list of suggestions.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let is_password = kind == TextKind::Password;
    let html_kind = move || if shown.get() { "text" } else { kind.html() };
    let input = view! {
        <Raw value kind=Signal::derive(html_kind) label placeholder autocomplete autofocus disabled mode="" step="" invalid describedby list/>
    };
    if !is_password {
        return input.into_any();
    }
    let icon = move || if shown.get() { Icon::EyeOff } else { Icon::Eye };
    let toggle = Callback::new(move |()| shown.update(|shown| *shown = !*shown));
    let name = Signal::derive(move || if shown.get() { "Hide the password" } else { "Show the password" }.to_owned());
    view! {
        <div class="input-group">
            {input}
            {move || view! { <IconButton icon=icon() label=name on_press=toggle/> }}
        </div>
    }
    .into_any()
}

/// A number as it was typed; `unit` stands behind it.
#[component]
pub fn NumberInput(
    value: RwSignal<String>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] unit: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Outside a field: whether the message that `describedby` names is about it.
    #[prop(optional, into)]
    invalid: Option<Signal<bool>>,
    #[prop(optional, into)] describedby: Option<String>,
) -> impl IntoView {
    view! {
        <div class="input-group">
            <Raw value kind="text" label placeholder autocomplete=Some("off".to_owned()) autofocus=false disabled mode="decimal" step="" invalid describedby list=None/>
            {(!unit.is_empty()).then(|| view! { <span class="input-unit">{unit}</span> })}
        </div>
    }
}

/// A day (`2026-11-21`), or with `time` a day and a time (`2026-11-21T08:00`).
#[component]
pub fn DateInput(
    value: RwSignal<String>,
    #[prop(optional)] time: bool,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Outside a field: whether the message that `describedby` names is about it.
    #[prop(optional, into)]
    invalid: Option<Signal<bool>>,
    #[prop(optional, into)] describedby: Option<String>,
) -> impl IntoView {
    let kind = if time { "datetime-local" } else { "date" };
    view! {
        <Raw value kind label placeholder=String::new() autocomplete=None autofocus=false disabled mode="" step=if time { "60" } else { "" } invalid describedby list=None/>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    value: RwSignal<String>,
    #[prop(default = 4)] rows: u16,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let field = use_context::<FieldContext>();
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        let text = value.get();
        let Some(area) = node.get() else { return };
        match adopt(wakes(&area), &area.value(), &text) {
            Some(Sync::Typed(typed)) => value.set(typed),
            Some(Sync::Shown) => area.set_value(&text),
            None => {}
        }
    });
    let (invalid, described_by) = described(field.as_ref());
    view! {
        <textarea
            class="input"
            rows=rows
            id=field.as_ref().map(|field| field.id.clone())
            name=field.map(|field| field.name)
            aria-label=label
            placeholder=placeholder
            aria-invalid=invalid
            aria-describedby=described_by
            disabled=move || disabled.get()
            node_ref=node
            on:input=move |event| value.set(event_target_value(&event))
        >
            {value.get_untracked()}
        </textarea>
    }
}

/// The one input element that the kinds above dress.
#[component]
fn Raw(
    value: RwSignal<String>,
    #[prop(into)] kind: Signal<&'static str>,
    label: Option<String>,
    placeholder: String,
    autocomplete: Option<String>,
    autofocus: bool,
    disabled: Signal<bool>,
    mode: &'static str,
    step: &'static str,
    invalid: Option<Signal<bool>>,
    describedby: Option<String>,
    list: Option<String>,
) -> impl IntoView {
    let field = use_context::<FieldContext>();
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let text = value.get();
        let Some(input) = node.get() else { return };
        match adopt(wakes(&input), &input.value(), &text) {
            Some(Sync::Typed(typed)) => value.set(typed),
            Some(Sync::Shown) => input.set_value(&text),
            None => {}
        }
    });
    // Browsers heed the attribute only in a page that is loading; this input may come later.
    Effect::new(move |done: Option<bool>| {
        let Some(input) = node.get().filter(|_| autofocus && done != Some(true)) else {
            return done.unwrap_or_default();
        };
        request_animation_frame(move || {
            let _ = input.focus();
        });
        true
    });
    let (of_field, described_by) = described(field.as_ref());
    let invalid = move || of_field().or_else(|| invalid.map(|invalid| invalid.get().to_string()));
    let described_by = move || described_by().or_else(|| describedby.clone());
    let required = field.as_ref().is_some_and(|field| field.required);
    view! {
        <input
            class="input"
            type=move || kind.get()
            id=field.as_ref().map(|field| field.id.clone())
            name=field.map(|field| field.name)
            value=value.get_untracked()
            placeholder=placeholder
            autocomplete=autocomplete
            autofocus=autofocus
            inputmode=(!mode.is_empty()).then_some(mode)
            step=(!step.is_empty()).then_some(step)
            list=list
            aria-label=label
            aria-required=required.then_some("true")
            aria-invalid=invalid
            aria-describedby=described_by
            disabled=move || disabled.get()
            node_ref=node
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}

/// Which of the two, page or element, follows the other.
enum Sync {
    /// Text typed before the page was alive is taken over.
    Typed(String),
    /// Later the element follows the page.
    Shown,
}

/// True once for each element of the page. An element may serve several inputs one after the other; only what was typed
/// into it before the first of them was alive is anybody's word.
#[cfg(feature = "hydrate")]
fn wakes(element: &web_sys::Element) -> bool {
    const MARK: &str = "taktAwake";
    let mark = MARK.into();
    let slept = !js_sys::Reflect::has(element, &mark).unwrap_or(true);
    slept && js_sys::Reflect::set(element, &mark, &true.into()).unwrap_or(false)
}

#[cfg(not(feature = "hydrate"))]
const fn wakes(_: &web_sys::Element) -> bool {
    false
}

fn adopt(first: bool, element: &str, page: &str) -> Option<Sync> {
    if element == page {
        return None;
    }
    Some(if first && !element.is_empty() { Sync::Typed(element.to_owned()) } else { Sync::Shown })
}

/// The attributes that tie an input to its field's message.
pub(super) fn described(
    field: Option<&FieldContext>,
) -> (impl Fn() -> Option<String> + Copy + use<>, impl Fn() -> Option<String> + Copy + use<>) {
    let invalid = field.map(|field| field.invalid);
    let described_by = field.map(|field| field.described_by);
    (
        move || invalid.map(|invalid| invalid.get().to_string()),
        move || described_by.and_then(|described_by| described_by.get()),
    )
}
