//! What lies at a point of the page: a menu of what was pressed there, a few fields. It closes on Escape or a press
//! elsewhere, and gives the focus back.

use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
    web_sys::Element,
};

/// Lies above everything while `at` is a point of the window.
#[component]
pub fn Popover(
    at: RwSignal<Option<(f64, f64)>>,
    #[prop(into)] label: Signal<String>,
    /// `menu`, or `dialog` for anything else.
    #[prop(default = "dialog")]
    role: &'static str,
    #[prop(optional, into)] class: &'static str,
    /// Keys that mean something to what lies here.
    #[prop(optional, into)]
    on_key: Option<Callback<KeyboardEvent>>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let before = StoredValue::new_local(None::<Element>);
    let is_open = Memo::new(move |_| at.with(Option::is_some));
    browser::keep_open(node, at, before);
    let key = move |event: KeyboardEvent| {
        // Keys of the page below, and letters that go somewhere, are not meant.
        event.stop_propagation();
        if event.key() == "Escape" {
            event.prevent_default();
            at.set(None);
            browser::give_focus_back(before);
            return;
        }
        if role == "menu" {
            super::menu::walk(&event, node);
        }
        if let Some(on_key) = on_key {
            on_key.run(event);
        }
    };
    // An item of a menu hides it; what is hidden is closed.
    let hidden = move |_: Event| {
        if browser::is_hidden(node) && at.try_set(None).is_none() {
            browser::give_focus_back(before);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <Show when=move || is_open.get()>
            <div
                class=format!("menu {class}")
                popover="manual"
                role=role
                aria-label=move || label.get()
                tabindex="-1"
                node_ref=node
                on:keydown=key
                on:toggle=hidden
            >
                {children.with_value(|children| children())}
            </div>
        </Show>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{ev, html, prelude::*, web_sys};
    use wasm_bindgen::JsCast as _;

    type Before = StoredValue<Option<web_sys::Element>, LocalStorage>;
    type At = RwSignal<Option<(f64, f64)>>;

    /// Opens, places and focuses when there is a point; closes on a press elsewhere.
    pub(super) fn keep_open(node: NodeRef<html::Div>, at: At, before: Before) {
        Effect::new(move || {
            let (point, list) = (at.get(), node.get());
            if point.is_none() {
                // Once what was pressed has the focus, if it wants it.
                request_animation_frame(move || give_focus_back(before));
            }
            let (Some(point), Some(list)) = (point, list) else { return };
            let is_new = is_hidden(node);
            if is_new {
                before.set_value(document().active_element());
                let _ = list.show_popover();
                // At once: the next key is meant for what opened.
                focus_in(&list);
            }
            request_animation_frame(move || place(&list, point));
        });
        let elsewhere = window_event_listener(ev::pointerdown, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let inside = node.try_get_untracked().flatten().is_some_and(|list| list.contains(target.as_ref()));
            if !inside && at.try_get_untracked().flatten().is_some() {
                at.set(None);
            }
        });
        on_cleanup(move || elsewhere.remove());
    }

    pub(super) fn is_hidden(node: NodeRef<html::Div>) -> bool {
        node.try_get_untracked().flatten().is_some_and(|list| !list.matches(":popover-open").unwrap_or(false))
    }

    /// To where it was, unless somebody else has it meanwhile.
    pub(super) fn give_focus_back(before: Before) {
        let lost = document()
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY" || active.closest("[popover]").ok().flatten().is_some());
        let element = before.try_update_value(Option::take).flatten();
        if let Some(element) =
            element.filter(|_| lost).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    }

    fn focus_in(list: &web_sys::HtmlElement) {
        let first = list.query_selector("[role^=menuitem]:not([disabled])").ok().flatten();
        let first = first.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok());
        let _ = first.unwrap_or_else(|| list.clone()).focus();
    }

    /// Right and below of the point, inside the window.
    fn place(list: &web_sys::HtmlElement, (x, y): (f64, f64)) {
        let side = |value: Result<wasm_bindgen::JsValue, _>| {
            value.ok().and_then(|value: wasm_bindgen::JsValue| value.as_f64()).unwrap_or_default()
        };
        let (width, height) = (side(window().inner_width()), side(window().inner_height()));
        let own = list.get_bounding_client_rect();
        let left = x.min(width - own.width() - 8.0).max(8.0);
        let top = y.min(height - own.height() - 8.0).max(8.0);
        let _ = list.style().set_property("left", &format!("{left}px"));
        let _ = list.style().set_property("top", &format!("{top}px"));
    }
}

#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::{html, prelude::*, web_sys};

    type Before = StoredValue<Option<web_sys::Element>, LocalStorage>;

    pub(super) const fn keep_open(_: NodeRef<html::Div>, _: RwSignal<Option<(f64, f64)>>, _: Before) {}

    pub(super) const fn is_hidden(_: NodeRef<html::Div>) -> bool {
        true
    }

    pub(super) const fn give_focus_back(_: Before) {}
}
