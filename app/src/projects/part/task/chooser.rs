//! Choosing one of many by a few letters of its name.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use uuid::Uuid;

/// Offers that are listed at a time.
const MOST: usize = 8;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: Uuid,
    /// Stands before the title, such as the place in the outline.
    pub code: String,
    pub title: String,
}

/// True where every word that was typed is in the name.
pub fn fits(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

/// A line to type into; what fits is listed below it. Arrow keys walk, Enter chooses, Escape closes the list.
#[component]
pub fn Chooser(
    /// Unique in the page.
    id: &'static str,
    label: &'static str,
    /// What fits the typed text; all of it where nothing is typed.
    find: Callback<String, Vec<Offer>>,
    on_pick: Callback<Uuid>,
    /// Why the last choice was refused.
    message: RwSignal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let at = RwSignal::new(0_usize);
    let input = NodeRef::<html::Input>::new();
    let suggestions = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        if open.get() {
            request_animation_frame(move || show(suggestions));
        }
    });
    let offers = Memo::new(move |_| if open.get() { find.run(text.get()) } else { Vec::new() });
    let listed = move || offers.with(|offers| offers.iter().take(MOST).cloned().collect::<Vec<_>>());
    let more = move || offers.with(|offers| offers.len().saturating_sub(MOST));
    let pick = move |offer: Offer| {
        text.set(String::new());
        open.set(false);
        at.set(0);
        on_pick.run(offer.id);
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let typed = move |event| {
        text.set(event_target_value(&event));
        at.set(0);
        open.set(true);
        message.set(None);
    };
    let keyed = move |event: KeyboardEvent| {
        let count = offers.with_untracked(|offers| offers.len().min(MOST));
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count.max(1)),
            "ArrowUp" => at.update(|at| *at = (*at + count.max(1) - 1) % count.max(1)),
            "Enter" => {
                let chosen = offers.with_untracked(|offers| offers.get(at.get_untracked()).cloned());
                if let Some(offer) = chosen {
                    pick(offer);
                }
            }
            "Escape" if open.get_untracked() => {
                event.stop_propagation();
                open.set(false);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list = format!("{id}-list");
    let fault = format!("{id}-fault");
    let option = move |(index, offer): (usize, Offer)| {
        let chosen = offer.clone();
        view! {
            <li
                id=format!("{id}-{index}")
                role="option"
                aria-selected=move || (at.get() == index).to_string()
                on:mousemove=move |_| if at.get_untracked() != index { at.set(index) }
                // Before the line loses the focus, which closes the list.
                on:mousedown=move |event| { event.prevent_default(); pick(chosen.clone()); }
            >
                {(!offer.code.is_empty()).then(|| view! { <span class="code">{offer.code}</span> })}
                <span>{offer.title}</span>
            </li>
        }
    };
    view! {
        <div class="chooser">
            <input
                class="input"
                id=id
                type="text"
                role="combobox"
                aria-label=label
                aria-expanded=move || open.get().to_string()
                aria-controls=list.clone()
                aria-autocomplete="list"
                aria-activedescendant=move || (open.get() && !offers.with(Vec::is_empty)).then(|| format!("{id}-{}", at.get()))
                aria-describedby=fault.clone()
                aria-invalid=move || message.get().is_some().to_string()
                placeholder=label
                autocomplete="off"
                node_ref=input
                prop:value=move || text.get()
                on:input=typed
                on:keydown=keyed
                on:click=move |_| open.set(true)
                on:blur=move |_| open.set(false)
            />
            <ul class="chooser-list" id=list role="listbox" aria-label="Suggestions" node_ref=suggestions data-open=move || (open.get() && !offers.with(Vec::is_empty)).to_string()>
                {move || listed().into_iter().enumerate().map(option).collect_view()}
            </ul>
            <Show when=move || open.get()>
                <p class="field-hint" role="status">
                    {move || match (offers.with(Vec::len), more()) {
                        (0, _) => "Nothing fits.".to_owned(),
                        (_, 0) => String::new(),
                        (_, more) => format!("and {more} more; type a few letters"),
                    }}
                </p>
            </Show>
            <p class="field-fault" id=fault aria-live="polite">{move || message.get()}</p>
        </div>
    }
    .into_any()
}

/// A list that opens below the edge of a panel is scrolled to.
#[cfg(feature = "hydrate")]
fn show(list: NodeRef<html::Ul>) {
    if let Some(list) = list.get_untracked() {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        list.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(not(feature = "hydrate"))]
fn show(_: NodeRef<html::Ul>) {}

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_counts_and_capitals_do_not() {
        assert!(super::fits("1.2 Cut blanks", "CUT 1.2") && super::fits("Cut", ""));
        assert!(!super::fits("Cut blanks", "cut die"));
    }
}
