//! How many rows are picked, and what can be done to all of them.

use domain::projects::document::TaskStatus;
use leptos::prelude::*;

use super::acts::Acts;
use crate::kit::{Button, Icon, IconButton, Menu, MenuItem, Size};

#[component]
pub fn Chosen(acts: Acts) -> impl IntoView {
    let handle = acts.handle;
    let several = Memo::new(move |_| handle.picked_count() > 1);
    let count = move || format!("{} selected", handle.picked_count());
    view! {
        <Show when=move || several.get()>
            <div class="gantt-chosen" role="toolbar" aria-label="Selected tasks">
                <strong>{count}</strong>
                {acts.can_edit.then(|| view! {
                    <IconButton icon=Icon::ArrowLeft label="A day earlier (Alt+Left)" size=Size::Small on_press=move || acts.shift(-1)/>
                    <IconButton icon=Icon::ArrowRight label="A day later (Alt+Right)" size=Size::Small on_press=move || acts.shift(1)/>
                    <IconButton icon=Icon::Outdent label="Outdent" size=Size::Small on_press=move || acts.outdent()/>
                    <IconButton icon=Icon::Indent label="Indent" size=Size::Small on_press=move || acts.indent()/>
                    <IconButton icon=Icon::Link label="Link in this order" size=Size::Small on_press=move || acts.link_in_order()/>
                    <Statuses acts/>
                    <Departments acts/>
                    <Button size=Size::Small icon=Icon::Trash on_press=move |()| acts.remove()>"Delete"</Button>
                })}
                <IconButton icon=Icon::X label="Clear the selection (Esc)" size=Size::Small on_press=move || { handle.pick_less(); }/>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Statuses(acts: Acts) -> impl IntoView {
    let items = TaskStatus::ALL.map(|status| {
        view! { <MenuItem on_press=move |()| acts.set_status(status)>{status.title()}</MenuItem> }
    });
    view! { <Menu id="chosen-status" label="Status">{items.collect_view()}</Menu> }
}

/// The departments that the plan names already.
#[component]
fn Departments(acts: Acts) -> impl IntoView {
    let known = Memo::new(move |_| {
        acts.handle.read(|model| {
            let names = model.document().tasks.iter().filter_map(|task| task.department.clone());
            names.collect::<std::collections::BTreeSet<String>>()
        })
    });
    let items = move || {
        let names = known.get().into_iter();
        let items = names.map(|name| {
            let title = name.clone();
            view! { <MenuItem on_press=move |()| acts.set_department(Some(name.clone()))>{title}</MenuItem> }
        });
        items.collect_view()
    };
    view! {
        <Show when=move || !known.with(std::collections::BTreeSet::is_empty)>
            <Menu id="chosen-department" label="Department">
                {items}
                <MenuItem on_press=move |()| acts.set_department(None)>"No department"</MenuItem>
            </Menu>
        </Show>
    }
}
