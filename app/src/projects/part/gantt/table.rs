//! Rows in the page: what can be read, focused and picked. Only rows that are seen exist.

use domain::{
    TaskId,
    projects::{baseline::Variance, plan::TaskKind},
};
use leptos::{
    ev::{ClipboardEvent, Event, MouseEvent},
    prelude::*,
    web_sys::Element,
};

use super::{
    acts::Acts,
    cell::Field,
    chart::{GanttHandle, ROW},
    clipboard::Clipboard,
    editor::focus_table,
    keyboard::key,
    reorder::Carry,
    select::Pick,
};
use crate::{
    kit::{Glyph, Icon, day},
    projects::part::amount::written,
};

/// A row on the screen. While nothing but dates changes, it stays.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Seen {
    row: usize,
    task: u32,
    id: TaskId,
    structure: u64,
}

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
        Some(handle.hands.cell.get().map_or_else(|| row_id(id), |field| cell_id(id, field)))
    };
    let carry = Carry::new(acts);
    let menu = move |event: MouseEvent| {
        event.prevent_default();
        // A finger that rests carries the row.
        if handle.hands.carrying.get_untracked() {
            return;
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
            role="treegrid"
            aria-label="Tasks"
            aria-rowcount=count
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
            <div class="gantt-head" role="row">
                <span role="columnheader" class="c-code">"#"</span>
                <span role="columnheader" class="c-name">"Task"</span>
                <span role="columnheader" class="c-duration">"Duration"</span>
                <span role="columnheader" class="c-date">"Start"</span>
                <span role="columnheader" class="c-date">"Finish"</span>
                <span role="columnheader" class="c-progress">"%"</span>
                <span role="columnheader" class="c-pred">"After"</span>
                {move || handle.compared().map(|with| view! {
                    <span role="columnheader" class="c-off" title=format!("How much later the task starts than in “{with}”")>"Start ±"</span>
                    <span role="columnheader" class="c-off" title=format!("How much later it finishes than in “{with}”")>"Finish ±"</span>
                    <span role="columnheader" class="c-off" title=format!("How much longer it takes than in “{with}”")>"Length ±"</span>
                })}
            </div>
            <div
                class="gantt-rows"
                role="rowgroup"
                style=move || format!("transform:translateY({}px)", -(handle.top.get() % ROW))
                node_ref=carry.rows
                on:pointerdown=move |event| carry.press(&event)
                on:pointermove=move |event| carry.moved(&event)
                on:pointerup=move |_| carry.release()
                on:pointercancel=move |_| carry.give_up()
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

fn row_id(id: TaskId) -> String {
    format!("row-{id}")
}

fn cell_id(id: TaskId, field: Field) -> String {
    format!("{}-{id}", field.code())
}

/// What the page says about the place of an event: an attribute of the nearest element that has it.
fn said_there(event: &MouseEvent, attribute: &str) -> Option<String> {
    use leptos::wasm_bindgen::JsCast as _;
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest(&format!("[{attribute}]")).ok().flatten()?.get_attribute(attribute)
}

/// Whether an event happened on what a selector finds.
fn is_on(event: &MouseEvent, selector: &str) -> bool {
    use leptos::wasm_bindgen::JsCast as _;
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// The task in whose row an event happened.
pub fn row_under(handle: GanttHandle, event: &MouseEvent) -> Option<u32> {
    let id = said_there(event, "data-task")?.parse::<TaskId>().ok()?;
    handle.with(|chart| chart.model.position(id))
}

#[component]
fn Row(acts: Acts, seen: Seen) -> impl IntoView {
    let handle = acts.handle;
    let Seen { row, task, id, .. } = seen;
    let (name, level, summary, code, why, progress, predecessors) = handle.with(|chart| {
        let model = &chart.model;
        let record = &model.document().tasks[task as usize];
        let summary = record.kind == TaskKind::Summary;
        let texts = (model.code(task).to_owned(), model.why(task));
        (
            record.name.clone(),
            model.level(task),
            summary,
            texts.0,
            texts.1,
            model.progress(task),
            model.predecessors(task),
        )
    });
    let slot =
        move || handle.read_dates(|model| model.schedule().tasks.get(task as usize).copied().unwrap_or_default());
    // When it is pressed, not when it is let go: what is stored on leaving a field elsewhere makes rows anew in between.
    let press = move |event: MouseEvent| {
        if event.button() != 0 || is_on(&event, ".twisty, .row-grip") {
            return;
        }
        match Pick::of(event.ctrl_key() || event.meta_key(), event.shift_key()) {
            _ if is_on(&event, ".row-open") => {
                event.prevent_default();
                handle.select(Some(task));
            }
            Pick::Only => {
                handle.mark(Some(task));
                handle.show_bar(task);
            }
            several => handle.pick(task, several),
        }
        // Before the panel goes on to this row: the field that is left there stores what was typed.
        focus_table(handle);
    };
    let edit = move |event: MouseEvent| {
        let field = said_there(&event, "data-field").and_then(|code| Field::from_code(&code));
        match field.filter(|_| acts.can_edit) {
            Some(field) => handle.hands.type_into(Some(id), field, None),
            None => handle.select(Some(task)),
        }
    };
    // Without a press before it, as those who hear the page do it.
    let open = move |event: MouseEvent| {
        if event.detail() == 0 {
            handle.select(Some(task));
        }
    };
    let cell = move |field: Field| cell_id(id, field);
    let grip = acts.can_edit.then(|| view! { <span class="row-grip"><Glyph icon=Icon::Grip size=14/></span> });
    view! {
        <div
            id=row_id(id)
            class="gantt-row"
            role="row"
            class:summary=summary
            class:critical=move || slot().critical && handle.with(|chart| chart.model.progress(task)) < 100
            aria-rowindex=(row + 2).to_string()
            attr:aria-level=(level + 1).to_string()
            aria-selected=move || handle.is_picked(id).to_string()
            data-task=id.to_string()
            title=why
            on:mousedown=press
            on:dblclick=edit
        >
            <span role="gridcell" class="c-code">{grip}{code}</span>
            <span role="gridcell" class="c-name" id=cell(Field::Name) data-field="name" style=format!("--level:{level}")>
                <Twisty handle=handle task=task/>
                <span class="text">{name}</span>
                <button type="button" class="row-open" tabindex="-1" aria-label="Details" title="Details (Space)" on:click=open on:dblclick=|event| event.stop_propagation()>
                    <Glyph icon=Icon::Info size=14/>
                </button>
            </span>
            <span role="gridcell" class="c-duration" id=cell(Field::Duration) data-field="duration">
                {move || handle.read_dates(|model| model.position(id).map(|task| model.duration_text(task)))}
            </span>
            <span role="gridcell" class="c-date" id=cell(Field::Start) data-field="start">{move || day(slot().start)}</span>
            <span role="gridcell" class="c-date" id=cell(Field::Finish) data-field="finish">{move || day(slot().finish)}</span>
            <span role="gridcell" class="c-progress" id=cell(Field::Progress) data-field="progress">{progress}</span>
            <span role="gridcell" class="c-pred" id=cell(Field::Predecessors) data-field="predecessors">{predecessors}</span>
            {handle.with(|chart| chart.model.ghost().is_some()).then(|| view! { <Off handle task/> })}
        </div>
    }
    .into_any()
}

/// How far the task has come off what it is compared with.
#[component]
fn Off(handle: GanttHandle, task: u32) -> impl IntoView {
    let cell = move |read: fn(&Variance) -> i64| {
        let minutes = move || handle.read_dates(|model| model.variance(task)).map(|off| read(&off));
        let text = move || match minutes() {
            None => "new".to_owned(),
            Some(0) => String::new(),
            Some(minutes) => {
                let day = handle.with(|chart| chart.model.document().calendar().minutes_per_day());
                format!("{}{}", if minutes > 0 { "+" } else { "" }, written(minutes, day))
            }
        };
        let worse = move || minutes().is_some_and(|minutes| minutes > 0);
        view! { <span role="gridcell" class="c-off" class:worse=worse>{text}</span> }
    };
    view! {
        {cell(|off| off.start_minutes)}
        {cell(|off| off.finish_minutes)}
        {cell(|off| off.duration_minutes)}
    }
}

/// Opens and closes a summary.
#[component]
fn Twisty(handle: GanttHandle, task: u32) -> impl IntoView {
    let closed = handle.with(|chart| chart.model.has_children(task).then(|| chart.model.is_closed(task)));
    closed.map(|closed| {
        let toggle = move |event: MouseEvent| {
            event.stop_propagation();
            handle.change(|chart| chart.model.toggle(task));
            handle.refresh();
            focus_table(handle);
        };
        let label = if closed { "Open" } else { "Close" };
        view! {
            <button type="button" class="twisty" tabindex="-1" aria-label=label data-closed=closed.to_string() on:click=toggle>
                <Glyph icon=Icon::ChevronRight size=14/>
            </button>
        }
    })
}
