//! Menus: the browser's own popover, so that it lies above everything, closes on Escape or a press elsewhere, and gives
//! the focus back. Arrow keys walk through it.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{Glyph, Icon};

/// A button with a menu.
#[component]
pub fn Menu(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Option<Icon>,
    /// Only the icon is shown; the label is read aloud.
    #[prop(optional)]
    bare: bool,
    /// In place of icon and label.
    #[prop(optional, into)]
    trigger: Option<ViewFn>,
    /// Items.
    children: Children,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let place = move |_| place_under(button, list);
    let class = match (bare, trigger.is_some()) {
        (_, true) => "menu-trigger",
        (true, _) => "button button-quiet button-icon",
        _ => "button",
    };
    let face = match trigger {
        // A face of its own, such as an avatar, says little to those who cannot see it.
        Some(trigger) => view! { {trigger.run()}<span class="sr-only">{label.clone()}</span> }.into_any(),
        None => view! {
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span class=if bare { "sr-only" } else { "button-text" }>{label.clone()}</span>
        }
        .into_any(),
    };
    view! {
        <button
            type="button"
            class=class
            data-size="regular"
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-label=bare.then(|| label.clone())
            title=bare.then(|| label.clone())
            node_ref=button
            on:click=place
        >
            {face}
        </button>
        <div
            id=id
            class="menu"
            popover="auto"
            role="menu"
            aria-label=label
            node_ref=list
            on:keydown=move |event| walk(&event, list)
        >
            {children()}
        </div>
    }
}

/// One act or place in a menu; pressing it closes the menu.
#[component]
pub fn MenuItem(
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(optional)] danger: bool,
    /// For one of several: whether it is the one.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let press = move |_| {
        close_around(node);
        on_press.run(());
    };
    view! {
        <button
            type="button"
            class="menu-item"
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            data-danger=danger.to_string()
            tabindex="-1"
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            disabled=move || disabled.get()
            node_ref=node
            on:click=press
        >
            {icon.map(|icon| view! { <Glyph icon/> })}
            <span>{children()}</span>
            {checked.map(|checked| view! {
                <span class="menu-check" data-on=move || checked.get().to_string()><Glyph icon=Icon::Check/></span>
            })}
        </button>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuLine() -> impl IntoView {
    view! { <hr class="menu-line" role="separator"/> }
}

/// Below the button, inside the window. The top layer knows no parent, so that the place is computed when it opens.
#[cfg(feature = "hydrate")]
fn place_under(button: NodeRef<html::Button>, list: NodeRef<html::Div>) {
    let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
    request_animation_frame(move || {
        let Some(window) = web_sys::window() else { return };
        let side =
            |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
        let (width, height) = (side(window.inner_width()), side(window.inner_height()));
        let (at, own) = (button.get_bounding_client_rect(), list.get_bounding_client_rect());
        let left = at.left().min(width - own.width() - 8.0).max(8.0);
        let below = at.bottom() + 4.0;
        let top = if below + own.height() > height - 8.0 { (at.top() - own.height() - 4.0).max(8.0) } else { below };
        let style = web_sys::HtmlElement::style(&list);
        let _ = style.set_property("left", &format!("{left}px"));
        let _ = style.set_property("top", &format!("{top}px"));
        focus_item(&list, 0);
    });
}

#[cfg(not(feature = "hydrate"))]
fn place_under(_: NodeRef<html::Button>, _: NodeRef<html::Div>) {}

#[cfg(feature = "hydrate")]
fn close_around(item: NodeRef<html::Button>) {
    use leptos::wasm_bindgen::JsCast;
    let menu = item.get_untracked().and_then(|item| item.closest("[popover]").ok().flatten());
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = menu.hide_popover();
    }
}

#[cfg(not(feature = "hydrate"))]
fn close_around(_: NodeRef<html::Button>) {}

#[cfg(feature = "hydrate")]
pub(super) fn walk(event: &KeyboardEvent, list: NodeRef<html::Div>) {
    use leptos::wasm_bindgen::JsCast;
    let Some(list) = list.get_untracked() else { return };
    let Ok(items) = list.query_selector_all("[role^=menuitem]:not([disabled]), input") else { return };
    let count = items.length();
    if count == 0 {
        return;
    }
    let active = web_sys::window().and_then(|window| window.document()).and_then(|page| page.active_element());
    let here = (0..count).find(|index| {
        items
            .item(*index)
            .and_then(|node| node.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|item| active.as_ref() == Some(&item))
    });
    let to = match (event.key().as_str(), here) {
        ("ArrowDown", Some(here)) => (here + 1) % count,
        ("ArrowUp", Some(here)) => (here + count - 1) % count,
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp" | "End", _) => count - 1,
        _ => return,
    };
    event.prevent_default();
    focus_item(&list, to);
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn walk(_: &KeyboardEvent, _: NodeRef<html::Div>) {}

#[cfg(feature = "hydrate")]
fn focus_item(list: &web_sys::Element, index: u32) {
    use leptos::wasm_bindgen::JsCast;
    let items = list.query_selector_all("[role^=menuitem]:not([disabled]), input").ok();
    let item = items.and_then(|items| items.item(index)).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(item) = item {
        let _ = item.focus();
    }
}
