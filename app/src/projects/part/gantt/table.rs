//! Rows in the page: what can be read, focused and picked. Only rows that are seen exist.

use domain::TaskId;
use leptos::{
    ev::{ClipboardEvent, Event, MouseEvent},
    prelude::*,
    web_sys::Element,
};

use super::{
    super::column::{COLUMNS, Column},
    acts::Acts,
    chart::{GanttHandle, ROW},
    clipboard::Clipboard,
    field::code_of,
    head::Heads,
    keyboard::key,
    reorder::Carry,
    row::{Row, Seen},
};
use crate::kit::{is_on, tell_cut};

#[component]
pub fn Table(acts: Acts, clipboard: Clipboard) -> impl IntoView {
    let handle = acts.handle;
    // The table changes only when another row comes into view, not with every pixel.
    let first = Memo::new(move |_| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row number above zero")]
        let first = (handle.top.get() / ROW).floor().max(0.0) as usize;
        first
    });
    let seen = move || {
        let structure = handle.structure();
        let (first, room) = (first.get(), handle.room.get());
        handle.with(|chart| {
            let rows = chart.model.rows().iter().enumerate().skip(first).take(room);
            let seen = rows.map(|(row, task)| {
                let id = chart.model.document().tasks[*task as usize].id;
                Seen { row, task: *task, id, structure }
            });
            seen.collect::<Vec<_>>()
        })
    };
    let count = move || handle.read(|model| model.rows().len() + 1);
    let active = move || {
        let id = handle.marked.get()?;
        let cell = handle.hands.cell.get().filter(|column| handle.columns.place(column).is_some());
        Some(cell.map_or_else(|| row_id(id), |column| cell_id(id, column)))
    };
    let carry = Carry::new(acts);
    let menu = move |event: MouseEvent| {
        event.prevent_default();
        // A finger that rests carries the row.
        if handle.hands.carrying.get_untracked() {
            return;
        }
        if is_on(&event, ".gantt-head") {
            return handle.columns.choosing.set(true);
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        // The menu key says no place.
        match row_under(handle, &event) {
            Some(task) => {
                handle.take_hold(task);
                handle.open_menu(Some(at));
            }
            None if event.button() == 2 => handle.open_place_menu(at, None),
            None => handle.open_menu(None),
        }
    };
    let taken = move |event: &ClipboardEvent, taken: bool| {
        if taken {
            event.prevent_default();
        }
    };
    let compared = move || handle.compared().is_some();
    view! {
        <div
            class="gantt-table"
            data-compared=move || compared().to_string()
            data-pinned=move || handle.columns.is_pinned().to_string()
            role="treegrid"
            aria-label="Tasks"
            aria-rowcount=count
            aria-colcount=COLUMNS.len()
            aria-multiselectable="true"
            aria-activedescendant=active
            tabindex="0"
            on:scroll=move |event: Event| scrolled(handle, &event)
            on:keydown=move |event| key(acts, &event)
            on:contextmenu=menu
            on:copy=move |event| taken(&event, clipboard.copy(&event))
            on:cut=move |event| taken(&event, clipboard.cut(&event))
            on:paste=move |event| taken(&event, clipboard.paste(&event))
        >
            <Heads handle/>
            <div
                class="gantt-rows"
                role="rowgroup"
                style=move || format!("transform:translateY({}px)", -(handle.top.get() % ROW))
                node_ref=carry.rows
                on:pointerdown=move |event| carry.press(&event)
                on:pointermove=move |event| carry.moved(&event)
                on:pointerup=move |_| carry.release()
                on:pointercancel=move |_| carry.give_up()
                on:mouseover=|event| tell_cut(&event)
            >
                <For each=seen key=|seen| *seen let:seen><Row acts=acts seen=seen/></For>
            </div>
        </div>
    }
    .into_any()
}

/// Takes over how far the table is scrolled to the side.
fn scrolled(handle: GanttHandle, event: &Event) {
    use leptos::wasm_bindgen::JsCast as _;
    if let Some(table) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
        handle.hands.across.set(f64::from(table.scroll_left()));
    }
}

pub fn row_id(id: TaskId) -> String {
    format!("row-{id}")
}

pub fn cell_id(id: TaskId, column: &Column) -> String {
    format!("{}-{id}", code_of(column))
}

/// What the page says about the place of an event: an attribute of the nearest element that has it.
pub fn said_there(event: &MouseEvent, attribute: &str) -> Option<String> {
    use leptos::wasm_bindgen::JsCast as _;
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest(&format!("[{attribute}]")).ok().flatten()?.get_attribute(attribute)
}

/// The task in whose row an event happened.
pub fn row_under(handle: GanttHandle, event: &MouseEvent) -> Option<u32> {
    let id = said_there(event, "data-task")?.parse::<TaskId>().ok()?;
    handle.with(|chart| chart.model.position(id))
}
