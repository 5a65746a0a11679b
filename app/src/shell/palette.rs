//! The palette: Ctrl K, a few letters, Enter. It finds places at once, and projects by name and code a moment later.

use std::time::Duration;

use domain::{
    PageRequest, ProjectId,
    projects::{permission::ViewProjects, view::ProjectRow},
};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;

use super::{
    Overlays,
    places::{self, Place},
};
use crate::{
    kit::{Glyph, Icon, KeyHint, Session, use_me},
    projects::calls,
};

/// Projects that are offered at a time.
const MOST_PROJECTS: u32 = 6;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
enum Hit {
    Place(Place),
    Project { id: ProjectId, code: String, name: String },
}

impl Hit {
    const fn icon(&self) -> Icon {
        match self {
            Self::Place(place) => place.icon,
            Self::Project { .. } => Icon::Gantt,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Place(place) => place.title.to_owned(),
            Self::Project { name, .. } => name.clone(),
        }
    }

    fn path(&self) -> String {
        match self {
            Self::Place(place) => place.path.to_owned(),
            Self::Project { id, .. } => format!("/projects/{id}"),
        }
    }
}

/// Every word is in one of the texts.
fn fits(wanted: &str, texts: &[&str]) -> bool {
    let texts = texts.join(" ").to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| texts.contains(word))
}

#[component]
pub(super) fn Palette() -> impl IntoView {
    let open = expect_context::<Overlays>().palette;
    let me = use_me();
    let node = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let session = expect_context::<Session>();
    // Asked for when the typing pauses; what came for other letters is sifted by those that stand there now. No resource:
    // the frame would wait for it, and a dialog does not outlive that.
    let ask = Action::new(|search: &String| {
        let asked = PageRequest { limit: Some(MOST_PROJECTS), search: Some(search.clone()), ..PageRequest::default() };
        async move { calls::list(asked).await.map(|page| page.items).unwrap_or_default() }
    });
    let projects = ask.value();
    let settle = StoredValue::new(debounce(Duration::from_millis(180), move |text: String| {
        let search = text.trim().to_owned();
        if !search.is_empty() && untrack(|| session.may::<ViewProjects>()) {
            ask.dispatch(search);
        }
    }));
    let found = Memo::new(move |_| {
        let wanted = text.get();
        let places = me.get().map(|me| places::open_to(&me)).unwrap_or_default();
        let places = places.into_iter().filter(|place| fits(&wanted, &[place.title, place.words])).map(Hit::Place);
        let known = projects.get().filter(|_| !wanted.trim().is_empty()).unwrap_or_default();
        let known = known.into_iter().filter(|row: &ProjectRow| fits(&wanted, &[&row.code, &row.name]));
        let known = known.map(|row| Hit::Project { id: row.id, code: row.code, name: row.name });
        places.chain(known).collect::<Vec<_>>()
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
    let go = move |hit: &Hit| {
        open.set(false);
        let path = hit.path();
        if path == "/docs" {
            crate::kit::go_to(&path);
        } else {
            navigate.with_value(|navigate| navigate(&path, leptos_router::NavigateOptions::default()));
        }
    };
    let walk = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some(hit) = found.with_untracked(|found| found.get(at.get_untracked()).cloned()) {
                    go(&hit);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_input = move |event| {
        let typed = event_target_value(&event);
        text.set(typed.clone());
        at.set(0);
        settle.update_value(|settle| settle(typed));
    };
    let option = move |(index, hit): (usize, Hit)| {
        let (icon, title) = (hit.icon(), hit.title());
        let aside = match &hit {
            Hit::Place(place) => place.key.map(|key| view! { <KeyHint keys=format!("g {key}")/> }.into_any()),
            Hit::Project { code, .. } => Some(view! { <span class="palette-code">{code.clone()}</span> }.into_any()),
        };
        view! {
            <li
                id=format!("palette-{index}")
                role="option"
                aria-selected=move || (at.get() == index).to_string()
                on:mousemove=move |_| if at.get_untracked() != index { at.set(index) }
                on:click=move |_| go(&hit)
            >
                <Glyph icon/>
                <span>{title}</span>
                {aside}
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

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_is_found_somewhere() {
        assert!(super::fits("PLANS gantt", &["Projects", "plans gantt tasks"]) && super::fits("  ", &["x"]));
        assert!(!super::fits("press die", &["P-0001", "Press line 4"]));
    }
}
