//! Buttons: one act each.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How loud a button is. A page has one primary button at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// What the page is for.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Among other things; shows its edge only under the pointer.
    Quiet,
    /// Cannot be undone.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// How large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// In rows and toolbars.
    Small,
    #[default]
    Regular,
    /// Alone on a page.
    Large,
}

impl Size {
    const fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Regular => "regular",
            Self::Large => "large",
        }
    }
}

/// A button. While `pending` it shows that it works and cannot be pressed again.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Icon>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if let Some(act) = on_press
            && !pending.get_untracked()
        {
            act.run(());
        }
    };
    view! {
        <button
            class=kind.class()
            data-size=size.code()
            type=if submit { "submit" } else { "button" }
            disabled=move || disabled.get() || pending.get()
            aria-busy=move || pending.get().to_string()
            on:click=press
        >
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span class="button-text">{children()}</span>
            <span class="spinner" aria-hidden="true"></span>
        </button>
    }
}

/// A link that looks like a button, for going somewhere.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() data-size=size.code() href=href>
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span class="button-text">{children()}</span>
        </a>
    }
}

/// A button that is only an icon; `label` is its name for screen readers and its tooltip.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: Option<ButtonKind>,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// For a button that stays down: whether it is.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    let press = move |_| {
        if let Some(act) = on_press {
            act.run(());
        }
    };
    view! {
        <button
            class=format!("{} button-icon", kind.unwrap_or(ButtonKind::Quiet).class())
            data-size=size.code()
            type="button"
            title=move || label.get()
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.get()
            on:click=press
        >
            <Glyph icon/>
        </button>
    }
}
