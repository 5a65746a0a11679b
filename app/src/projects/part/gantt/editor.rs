//! Typing into a cell. The field lies over the table rather than in it, so that rows may come, go and change below it
//! while somebody types.

use domain::{
    TaskId,
    projects::operation::{Operation, TaskDraft},
};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    super::column::Column,
    acts::Acts,
    cell,
    chart::{GanttHandle, ROW},
    field::{Field, code_of},
    hands::Typing,
    keyboard,
    select::Pick,
};
use crate::kit::{Glyph, Icon, new_id};

/// What lies over the table: the cell that keys act on, the field, where carried rows would land, and the way to a new
/// row.
#[component]
pub fn Cells(acts: Acts) -> impl IntoView {
    let handle = acts.handle;
    let hands = handle.hands;
    let end = move || handle.read(|model| model.rows().len());
    Effect::new(move || {
        let typed = hands.typing.with(|typing| typing.as_ref().and_then(|typing| typing.field.column()));
        if let Some(column) = typed.or(hands.cell.get()) {
            show_column(handle, column);
        }
    });
    let cursor = move || {
        let (column, marked) = (hands.cell.get()?, handle.marked.get()?);
        if hands.typing.with(Option::is_some) {
            return None;
        }
        let row = handle.read(|model| model.row_of(model.position(marked)?))?;
        Some(view! {
            <div class="gantt-row gantt-over" style=move || offset(handle, row as usize, Some(column)) aria-hidden="true">
                <span class="cell-cursor" style=move || place(handle, column)></span>
            </div>
        })
    };
    let landing = move || {
        let landing = hands.landing.get()?;
        let style = move || format!("{};--level:{}", offset(handle, landing.row, None), landing.level);
        Some(view! { <div class="gantt-landing" style=style aria-hidden="true"></div> })
    };
    let typing = move || hands.typing.get().map(|typing| view! { <CellInput acts typing/> });
    let add = acts.can_edit.then(|| {
        let begin = move |_| hands.type_into(None, Field::Name, None);
        let key = move |event: KeyboardEvent| {
            if event.key() == "ArrowUp" {
                event.prevent_default();
                focus_table(handle);
            }
        };
        view! {
            <button type="button" class="gantt-add" style=move || offset(handle, end(), None) on:click=begin on:keydown=key>
                <Glyph icon=Icon::Plus size=14/>
                "Add a task…"
            </button>
        }
    });
    view! { <div class="gantt-cells">{cursor}{add}{landing}{typing}</div> }.into_any()
}

/// The track of a column; one that is shown no longer has none.
fn place(handle: GanttHandle, column: &Column) -> String {
    handle.columns.place(column).map_or_else(|| "display:none".to_owned(), |place| format!("grid-column:{}", place + 1))
}

/// Where a row stands over the table. Names stay in sight when the table is scrolled to the side.
#[expect(clippy::cast_precision_loss, reason = "rows of a plan")]
fn offset(handle: GanttHandle, row: usize, column: Option<&Column>) -> String {
    let across = handle.hands.across.get();
    let stays = column.is_none_or(|column| column.key == "name");
    let across = if stays { handle.columns.names_across(across) } else { across };
    format!("transform:translate({}px,{}px)", -across, row as f64 * ROW - handle.top.get())
}

/// Scrolls the table until a column is seen.
fn show_column(handle: GanttHandle, column: &Column) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast as _;
        let Some(table) =
            handle.body.get_untracked().and_then(|body| body.query_selector(".gantt-table").ok().flatten())
        else {
            return;
        };
        let find = |code: &str| {
            let cell = table.query_selector(&format!("[data-field={code}]")).ok().flatten();
            cell.and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok())
        };
        let (Some(name), Some(cell)) = (find("name"), find(code_of(column)).filter(|_| column.key != "name")) else {
            return;
        };
        let (from, to) = (cell.offset_left(), cell.offset_left() + cell.offset_width());
        let (left, room) = (table.scroll_left(), table.client_width());
        let shown = handle.columns.shown.get_untracked();
        let behind = shown.iter().find(|each| each.key == "name" || each.key == column.key);
        // Names lie over what is scrolled behind them.
        let names =
            behind.filter(|first| first.key == "name").map_or(0, |_| name.offset_left() - left + name.offset_width());
        if from - left < names {
            table.set_scroll_left(from - names);
        } else if to > left + room {
            table.set_scroll_left(to - room);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, column, code_of);
}

/// Where the keys go once something is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Stay,
    Down,
    Beside(isize),
}

#[component]
fn CellInput(acts: Acts, typing: Typing) -> impl IntoView {
    let handle = acts.handle;
    let Typing { task, field, begun } = typing;
    let before =
        task.and_then(|id| handle.with(|chart| Some(cell::written(&chart.model, chart.model.position(id)?, field))));
    let before = StoredValue::new(before.unwrap_or_default());
    let value = begun.clone().unwrap_or_else(|| before.get_value());
    let input = NodeRef::<html::Input>::new();
    let message = RwSignal::new(None::<String>);
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            if begun.is_none() {
                input.select();
            } else {
                // Behind what was typed to begin with.
                let end = u32::try_from(input.value().encode_utf16().count()).ok();
                let _ = input.set_selection_start(end);
            }
        }
    });
    let closed = StoredValue::new(false);
    // The field leaves the page while it still has the focus, and says so once more.
    let close = move |back: bool| {
        if closed.try_update_value(|closed| std::mem::replace(closed, true)) == Some(false) {
            handle.hands.typing.set(None);
            if back {
                focus_table(handle);
            }
        }
    };
    let finish = move |text: String, then: Then| {
        if closed.try_get_value() != Some(false) {
            return;
        }
        if let Some(theirs) = changed_since(handle, task, field, before, &text) {
            message.set(Some(theirs));
            return;
        }
        match store(acts, task, field, &text, &before.get_value()) {
            Err(refused) => message.set(Some(refused)),
            // The next new row is typed in the same place.
            Ok(Some(_)) if then == Then::Down => {
                message.set(None);
                if let Some(input) = input.get_untracked() {
                    input.set_value("");
                }
                handle.show_row(handle.with(|chart| chart.model.rows().len()));
            }
            Ok(added) => {
                close(then != Then::Stay);
                go(handle, task, added, field, then);
            }
        }
    };
    let finish = StoredValue::new_local(finish);
    let finish = move |text: String, then: Then| {
        let _ = finish.try_with_value(|finish| finish(text, then));
    };
    let key = move |event: KeyboardEvent| {
        event.stop_propagation();
        let text = event_target_value(&event);
        match event.key().as_str() {
            "Enter" => finish(text, Then::Down),
            "Tab" => finish(text, Then::Beside(if event.shift_key() { -1 } else { 1 })),
            "Escape" => close(true),
            _ => return,
        }
        event.prevent_default();
    };
    let row = move || {
        let row = task.map_or_else(
            || handle.read(|model| Some(model.rows().len())),
            |id| handle.read(|model| Some(model.row_of(model.position(id)?)? as usize)),
        );
        row.map_or_else(|| "display:none".to_owned(), |row| offset(handle, row, field.column()))
    };
    let invalid = move || message.with(Option::is_some);
    view! {
        <div class="gantt-row gantt-over" style=row>
            <div class=format!("cell-input over-{}", field.code()) style=move || field.column().map(|column| place(handle, column))>
                <input
                    class="inline"
                    aria-label=if task.is_some() { field.label() } else { "Name of the new task" }
                    aria-invalid=move || invalid().to_string()
                    aria-describedby=move || invalid().then_some("cell-message")
                    placeholder=field.example()
                    autocomplete="off"
                    node_ref=input
                    value=value
                    on:keydown=key
                    on:blur=move |event| finish(event_target_value(&event), Then::Stay)
                />
                <p id="cell-message" class="cell-message" role="alert">{move || message.get()}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What somebody else made of the cell while one typed; said once, and then what is typed counts.
fn changed_since(
    handle: GanttHandle,
    task: Option<TaskId>,
    field: Field,
    before: StoredValue<String>,
    text: &str,
) -> Option<String> {
    let now = handle.with(|chart| Some(cell::written(&chart.model, chart.model.position(task?)?, field)))?;
    let is_other = before.with_value(|before| now != *before && text != before) && now != text;
    if !is_other {
        return None;
    }
    let said = format!("Somebody made this “{now}” meanwhile. Enter stores yours, Escape leaves theirs.");
    before.set_value(now);
    Some(said)
}

/// Stores what was typed. Says which row it added, if it did, or why it was refused.
fn store(acts: Acts, task: Option<TaskId>, field: Field, text: &str, before: &str) -> Result<Option<TaskId>, String> {
    let operations = match task {
        _ if text == before => return Ok(None),
        None if text.trim().is_empty() => return Ok(None),
        None => {
            let id = TaskId(new_id());
            let draft = TaskDraft { name: text.trim().to_owned(), ..TaskDraft::default() };
            let add = Operation::AddTask { id, parent_id: None, after: None, task: Box::new(draft) };
            return acts.attempt.run(vec![add]).map(|()| Some(id)).map_err(|fault| in_a_sentence(&fault));
        }
        Some(id) => acts.handle.with(|chart| {
            let gone = domain::Fault::not_found;
            let position = chart.model.position(id).ok_or_else(gone)?;
            cell::typed(&chart.model, position, field, text, new_id)
        }),
    };
    let stored = operations.and_then(|operations| acts.attempt.run(operations));
    stored.map(|()| None).map_err(|fault| in_a_sentence(&fault))
}

fn in_a_sentence(fault: &domain::Fault) -> String {
    fault.fields.first().map_or_else(|| fault.detail.clone(), |field| field.message.clone())
}

/// Moves the keys on, as far as they act on cells.
fn go(handle: GanttHandle, task: Option<TaskId>, added: Option<TaskId>, field: Field, then: Then) {
    if let Some(id) = added.filter(|_| then != Then::Stay) {
        handle.open_row(id);
    }
    match then {
        Then::Beside(by) => {
            if let Some(column) = field.column() {
                keyboard::tab(handle, column, by);
            }
        }
        Then::Down if task.is_some() && handle.hands.cell.get_untracked().is_some() => {
            keyboard::step(handle, 1, Pick::Only);
        }
        Then::Down | Then::Stay => {}
    }
}

/// Typing is over; keys act on the table again.
pub fn focus_table(handle: GanttHandle) {
    #[cfg(feature = "hydrate")]
    if let Some(table) = handle.body.get_untracked().and_then(|body| body.query_selector(".gantt-table").ok().flatten())
    {
        use wasm_bindgen::JsCast as _;
        if let Ok(table) = table.dyn_into::<web_sys::HtmlElement>() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = table.focus_with_options(&options);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = handle;
}
