//! Lists: every one has search, filter, sort, column choice, export and an end.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};

use super::{ButtonKind, Checkbox, Glyph, Icon, IconButton, Menu, MenuItem, Size, open_file};

/// A column that can be hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub title: &'static str,
}

/// The table itself; scrolls sideways on its own where the window is narrow. `head` holds the cells of the header row.
#[component]
pub fn Table(
    /// What it lists, for screen readers.
    #[prop(into)]
    label: String,
    #[prop(into)] head: ViewFn,
    /// Dimmed while the next page comes.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=name data-pending=move || pending.get().to_string()>
            <table class="table">
                <caption class="sr-only">{label}</caption>
                <thead>
                    <tr>{head.run()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// Search, filters and actions above a list.
#[component]
pub fn Toolbar(
    /// Buttons at the far end.
    #[prop(optional, into)]
    actions: ViewFn,
    /// Search and filters.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="toolbar" role="search">
            <div class="toolbar-start">{children()}</div>
            <div class="toolbar-end">{actions.run()}</div>
        </div>
    }
}

/// Search in a list. `value` follows a quarter of a second after the last key; `/` jumps here.
#[component]
pub fn SearchBox(value: RwSignal<String>, #[prop(into)] label: String) -> impl IntoView {
    let typed = RwSignal::new(value.get_untracked());
    let node = NodeRef::<html::Input>::new();
    let settle = debounce(std::time::Duration::from_millis(250), move |text: String| {
        let _ = value.try_set(text);
    });
    let settle = StoredValue::new(settle);
    // What the page looks for can change without typing.
    Effect::watch(
        move || value.get(),
        move |text, _, _| {
            if typed.get_untracked() != *text {
                typed.set(text.clone());
                if let Some(input) = node.get_untracked() {
                    input.set_value(text);
                }
            }
        },
        false,
    );
    let on_input = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        settle.update_value(|settle| settle(text));
    };
    let clear = Callback::new(move |()| {
        typed.set(String::new());
        value.set(String::new());
        if let Some(input) = node.get_untracked() {
            input.set_value("");
            let _ = input.focus();
        }
    });
    view! {
        <div class="search">
            <Glyph icon=Icon::Search/>
            <input
                class="input"
                type="search"
                data-page-search=""
                value=value.get_untracked()
                aria-label=label.clone()
                placeholder=label
                autocomplete="off"
                node_ref=node
                on:input=on_input
            />
            <Show when=move || !typed.get().is_empty()>
                <IconButton icon=Icon::X label="Clear the search" size=Size::Small on_press=clear/>
            </Show>
        </div>
    }
}

/// The header cell of a column that sorts. `sort` is the field, with `-` before it for the other direction.
#[component]
pub fn SortHeader(
    /// As the request spells it.
    field: &'static str,
    sort: RwSignal<Option<String>>,
    /// Numbers stand at the end of their cell.
    #[prop(optional)]
    numeric: bool,
    /// Left out where a tablet has no room for it.
    #[prop(optional)]
    spare: bool,
    children: Children,
) -> impl IntoView {
    let order = Memo::new(move |_| match sort.get().as_deref() {
        Some(by) if by == field => "ascending",
        Some(by) if by.strip_prefix('-') == Some(field) => "descending",
        _ => "none",
    });
    let turn = move |_| {
        sort.set(Some(if order.get_untracked() == "ascending" { format!("-{field}") } else { field.to_owned() }));
    };
    let icon = move || match order.get() {
        "ascending" => Icon::ArrowUp,
        "descending" => Icon::ArrowDown,
        _ => Icon::ChevronsUpDown,
    };
    view! {
        <th scope="col" aria-sort=move || order.get() class:numeric=numeric class:spare=spare>
            <button type="button" class="sort" on:click=turn>
                {children()}
                {move || view! { <Glyph icon=icon() size=12/> }}
            </button>
        </th>
    }
}

/// Forward and back through pages that know only where the next begins. `cursor` is what the request sends.
#[component]
pub fn Pager(
    cursor: RwSignal<Option<String>>,
    #[prop(into)] next: Signal<Option<String>>,
    /// Rows in the whole list.
    #[prop(into)]
    total: Signal<u64>,
    /// Rows on this page.
    #[prop(into)]
    shown: Signal<u64>,
) -> impl IntoView {
    // The cursors of the pages before, and the number of rows on them.
    let before = RwSignal::new(Vec::<(Option<String>, u64)>::new());
    // A new search or sort begins again on the first page.
    Effect::new(move |_| {
        if cursor.get().is_none() {
            before.set(Vec::new());
        }
    });
    let skipped = move || before.get().iter().map(|(_, rows)| rows).sum::<u64>();
    let forward = Callback::new(move |()| {
        if let Some(next) = next.get_untracked() {
            before.update(|before| before.push((cursor.get_untracked(), shown.get_untracked())));
            cursor.set(Some(next));
        }
    });
    let back = Callback::new(move |()| {
        let last = before.try_update(Vec::pop).flatten();
        cursor.set(last.and_then(|(cursor, _)| cursor));
    });
    let range = move || match (skipped(), shown.get(), total.get()) {
        (_, 0, _) => "No rows".to_owned(),
        (skipped, shown, total) => format!("{} to {} of {total}", skipped + 1, skipped + shown),
    };
    view! {
        <nav class="pager" aria-label="Pages">
            <span class="pager-range" aria-live="polite">{range}</span>
            <IconButton
                icon=Icon::ChevronLeft
                label="Page before"
                kind=ButtonKind::Secondary
                disabled=Signal::derive(move || before.get().is_empty())
                on_press=back
            />
            <IconButton
                icon=Icon::ChevronRight
                label="Page after"
                kind=ButtonKind::Secondary
                disabled=Signal::derive(move || next.get().is_none())
                on_press=forward
            />
        </nav>
    }
}

/// Chooses the columns of a list; hidden ones are remembered in this browser under `key`.
#[component]
pub fn ColumnChooser(
    key: &'static str,
    columns: Vec<Column>,
    hidden: RwSignal<BTreeSet<&'static str>>,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        let known: Vec<&'static str> = columns.iter().map(|column| column.key).collect();
        let name = format!("takt-columns:{key}");
        let storage = || web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        Effect::new(move |before: Option<()>| {
            let now = hidden.get();
            let Some(storage) = storage() else { return };
            if before.is_none() {
                let kept = storage.get_item(&name).ok().flatten().unwrap_or_default();
                hidden.set(known.iter().copied().filter(|key| kept.split(',').any(|kept| kept == *key)).collect());
            } else {
                let _ = storage.set_item(&name, &now.into_iter().collect::<Vec<_>>().join(","));
            }
        });
    }
    let rows = columns
        .into_iter()
        .map(|column| {
            let shown = RwSignal::new(true);
            Effect::new(move |_| shown.set(!hidden.get().contains(column.key)));
            Effect::watch(
                move || shown.get(),
                move |now, _, _| {
                    let differs = hidden.get_untracked().contains(column.key) == *now;
                    if differs {
                        hidden.update(|hidden| {
                            if *now {
                                hidden.remove(column.key);
                            } else {
                                hidden.insert(column.key);
                            }
                        });
                    }
                },
                false,
            );
            view! { <Checkbox checked=shown label=column.title/> }
        })
        .collect_view();
    view! {
        <Menu id=format!("columns-{key}") label="Columns" icon=Icon::Columns>
            <div class="menu-checks">{rows}</div>
        </Menu>
    }
}

/// Takes a list away: each format is an address of ours that answers with a file.
#[component]
pub fn Export(
    /// Title and address: `("CSV", "/api/v1/projects?format=csv")`.
    #[prop(into)]
    formats: Signal<Vec<(String, String)>>,
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// The word on the button: `Export` where nothing else is said.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| "Export".to_owned());
    let items = move || {
        formats
            .get()
            .into_iter()
            .map(|(title, address)| {
                let act = Callback::new(move |()| open_file(&address));
                view! { <MenuItem icon=Icon::File on_press=act>{title}</MenuItem> }
            })
            .collect_view()
    };
    view! {
        <Menu id label icon=Icon::Download>
            {items}
        </Menu>
    }
}
