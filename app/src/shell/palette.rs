//! The palette: Ctrl K, a few letters, Enter.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;

use super::{
    Overlays,
    places::{self, Place},
};
use crate::kit::{Glyph, Icon, KeyHint, use_me};

#[component]
pub(super) fn Palette() -> impl IntoView {
    let open = expect_context::<Overlays>().palette;
    let me = use_me();
    let node = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        let wanted = text.get().to_lowercase();
        let fits = |place: &Place| {
            wanted
                .split_whitespace()
                .all(|word| place.title.to_lowercase().contains(word) || place.words.contains(word))
        };
        me.get().map(|me| places::open_to(&me)).unwrap_or_default().into_iter().filter(fits).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            text.set(String::new());
            at.set(0);
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let navigate = StoredValue::new(use_navigate());
    let go = move |place: Place| {
        open.set(false);
        if place.path == "/docs" {
            crate::kit::go_to(place.path);
        } else {
            navigate.with_value(|navigate| navigate(place.path, leptos_router::NavigateOptions::default()));
        }
    };
    let walk = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some(place) = found.with_untracked(|found| found.get(at.get_untracked()).copied()) {
                    go(place);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_input = move |event| {
        text.set(event_target_value(&event));
        at.set(0);
    };
    let option = move |(index, place): (usize, Place)| {
        view! {
            <li
                id=format!("palette-{index}")
                role="option"
                aria-selected=move || (at.get() == index).to_string()
                on:mousemove=move |_| if at.get_untracked() != index { at.set(index) }
                on:click=move |_| go(place)
            >
                <Glyph icon=place.icon/>
                <span>{place.title}</span>
                {place.key.map(|key| view! { <KeyHint keys=format!("g {key}")/> })}
            </li>
        }
    };
    view! {
        <dialog class="palette" aria-label="Search or jump to" node_ref=node on:close=move |_| open.set(false) on:click=move |event| {
            if node.get_untracked().is_some_and(|dialog| event.target().is_some_and(|target| &target == dialog.as_ref())) {
                open.set(false);
            }
        }>
            <div class="palette-box">
                <div class="palette-search">
                    <Glyph icon=Icon::Search size=18/>
                    <input
                        type="text"
                        role="combobox"
                        aria-label="Search or jump to"
                        aria-expanded="true"
                        aria-controls="palette-list"
                        aria-activedescendant=move || format!("palette-{}", at.get())
                        placeholder="Search or jump to"
                        autocomplete="off"
                        prop:value=move || text.get()
                        on:input=on_input
                        on:keydown=walk
                    />
                    <KeyHint keys="Esc"/>
                </div>
                <ul class="palette-list" id="palette-list" role="listbox">
                    {move || found.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
                <Show when=move || found.with(Vec::is_empty)>
                    <p class="palette-none">"Nothing by that name."</p>
                </Show>
            </div>
        </dialog>
    }
}
