//! Tabs: parts of one page, or pages of one thing.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_router::components::A;

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub key: &'static str,
    pub title: String,
    /// A number beside the title.
    pub count: Option<u64>,
}

impl Tab {
    /// A tab without a number.
    pub fn new(key: &'static str, title: impl Into<String>) -> Self {
        Self { key, title: title.into(), count: None }
    }
}

/// Parts of one page; arrow keys walk. The page shows the part named by `selected`.
#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let walk = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => usize::MAX,
            _ => return,
        };
        let tabs = tabs.get_untracked();
        let here = tabs.iter().position(|tab| tab.key == selected.get_untracked()).unwrap_or_default();
        let to = here.wrapping_add(step).wrapping_add(tabs.len()) % tabs.len().max(1);
        if let Some(tab) = tabs.get(to) {
            selected.set(tab.key);
            super::browser::focus_first(&format!("[role=tab][data-key='{}']", tab.key));
        }
    };
    let tab = move |tab: Tab| {
        let key = tab.key;
        let is_selected = move || selected.get() == key;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                data-key=key
                aria-selected=move || is_selected().to_string()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| selected.set(key)
            >
                {tab.title}
                {tab.count.map(|count| view! { <span class="badge">{count}</span> })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=walk>
            {move || tabs.get().into_iter().map(tab).collect_view()}
        </div>
    }
}

/// A page of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabLink {
    pub href: String,
    pub title: String,
    /// True where only this very address is the page.
    pub exact: bool,
}

/// Pages of one thing, each with an address of its own.
#[component]
pub fn TabLinks(#[prop(into)] label: String, links: Vec<TabLink>) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {links
                .into_iter()
                .map(|link| view! { <A href=link.href exact=link.exact attr:class="tab">{link.title}</A> })
                .collect_view()}
        </nav>
    }
}
