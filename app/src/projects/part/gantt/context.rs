//! What can be done to the picked rows, at the pointer.

use leptos::prelude::*;

use super::{
    acts::{Acts, Beside},
    clipboard::{Clipboard, as_if_by_keys, paste_for_menu},
    field::Field,
};
use crate::kit::{Icon, MenuItem, MenuLine, Popover};

#[component]
pub fn ContextMenu(acts: Acts, clipboard: Clipboard) -> impl IntoView {
    let handle = acts.handle;
    let one = Signal::derive(move || handle.picked_count() != 1);
    let none = Signal::derive(move || handle.picked_count() == 0);
    let few = Signal::derive(move || handle.picked_count() < 2);
    let here = handle.hands.menu_on;
    // Asked once, when the menu opens.
    let opened = move || handle.hands.menu_at.track();
    let whole = Signal::derive(move || {
        opened();
        acts.splits(here.get()).is_empty()
    });
    let joined = Signal::derive(move || {
        opened();
        acts.joins(here.get()).is_empty()
    });
    let split = move || if here.get().is_some() { "Split here" } else { "Split into parts" };
    let open = move || handle.select(handle.with(|chart| chart.selected));
    let rename = move || handle.hands.type_into(handle.marked.get_untracked(), Field::Name, None);
    view! {
        <Popover at=handle.hands.menu_at label="Rows" role="menu">
            <MenuItem icon=Icon::Info disabled=one on_press=move |()| open()>"Open"</MenuItem>
            {acts.can_edit.then(|| view! {
                <MenuItem icon=Icon::Pencil disabled=one on_press=move |()| rename()>"Rename"</MenuItem>
                <MenuLine/>
                <MenuItem icon=Icon::Plus on_press=move |()| acts.add(Beside::Above)>"Add above"</MenuItem>
                <MenuItem icon=Icon::Plus on_press=move |()| acts.add(Beside::Below)>"Add below"</MenuItem>
                <MenuItem icon=Icon::Indent disabled=none on_press=move |()| acts.indent()>"Indent"</MenuItem>
                <MenuItem icon=Icon::Outdent disabled=none on_press=move |()| acts.outdent()>"Outdent"</MenuItem>
                <MenuItem icon=Icon::Flag disabled=none on_press=move |()| acts.turn_milestones()>"Milestone or task"</MenuItem>
                <MenuItem icon=Icon::Split disabled=whole on_press=move |()| acts.split(here.get_untracked())>{split}</MenuItem>
                <MenuItem icon=Icon::Join disabled=joined on_press=move |()| acts.join(here.get_untracked())>"Join parts"</MenuItem>
                <MenuItem icon=Icon::Link disabled=few on_press=move |()| acts.link_in_order()>"Link in this order"</MenuItem>
                <MenuLine/>
            })}
            <MenuItem icon=Icon::Copy disabled=none on_press=move |()| as_if_by_keys(handle, "copy")>"Copy"</MenuItem>
            {acts.can_edit.then(|| view! {
                <MenuItem icon=Icon::File on_press=move |()| paste_for_menu(clipboard)>"Paste below"</MenuItem>
                <MenuLine/>
                <MenuItem icon=Icon::Trash danger=true disabled=none on_press=move |()| acts.remove()>"Delete"</MenuItem>
            })}
        </Popover>
    }
    .into_any()
}

/// What can be done where no row is: nothing that is picked elsewhere is meant.
#[component]
pub fn PlaceMenu(acts: Acts, clipboard: Clipboard) -> impl IntoView {
    let handle = acts.handle;
    let here = handle.hands.menu_on;
    let add = move || if here.get().is_some() { "Add a task here" } else { "Add a task" };
    let paste = move || {
        // Behind the last row.
        handle.mark(None);
        paste_for_menu(clipboard);
    };
    view! {
        <Popover at=handle.hands.place_at label="Chart" role="menu">
            {acts.can_edit.then(|| view! {
                <MenuItem icon=Icon::Plus on_press=move |()| acts.add_last(here.get_untracked())>{add}</MenuItem>
                <MenuItem icon=Icon::File on_press=move |()| paste()>"Paste at the end"</MenuItem>
                <MenuLine/>
            })}
            <MenuItem icon=Icon::Calendar on_press=move |()| handle.scroll_to(handle.now())>"Today"</MenuItem>
            <MenuItem icon=Icon::Fit on_press=move |()| handle.fit()>"Whole plan"</MenuItem>
        </Popover>
    }
    .into_any()
}
