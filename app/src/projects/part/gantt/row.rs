//! A row of the table and its cells. A cell that shows dates follows every frame of a drag; the others are made anew when
//! the plan changes.

use domain::{
    ResourceId, TaskId, UserId,
    projects::{plan::TaskKind, resource::called},
};
use leptos::{either::Either, ev::MouseEvent, prelude::*, tachys::html::class::IntoClass};

use super::{
    super::column::{Column, Row as Values},
    acts::Acts,
    chart::{Chart, GanttHandle},
    editor::focus_table,
    field::{Field, code_of},
    select::Pick,
    table::{cell_id, row_id, said_there},
};
use crate::kit::{Glyph, Icon, StatusPill, is_on};

/// A row on the screen. While nothing but dates changes, it stays.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seen {
    pub row: usize,
    pub task: u32,
    pub id: TaskId,
    pub structure: u64,
}

#[component]
pub fn Row(acts: Acts, seen: Seen) -> impl IntoView {
    let handle = acts.handle;
    let Seen { row, task, id, .. } = seen;
    let (level, summary, why) = handle.with(|chart| {
        let model = &chart.model;
        let summary = model.document().tasks[task as usize].kind == TaskKind::Summary;
        (model.level(task), summary, model.why(task))
    });
    let critical = move || {
        let slot = handle.read_dates(|model| model.schedule().tasks.get(task as usize).copied().unwrap_or_default());
        slot.critical && handle.with(|chart| chart.model.progress(task)) < 100
    };
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
    let cells = move || {
        let columns = handle.columns.shown.get().into_iter().enumerate();
        columns.map(|(place, column)| cell(acts, seen, place, column, summary)).collect_view()
    };
    view! {
        <div
            id=row_id(id)
            class="gantt-row"
            role="row"
            class:summary=summary
            class:critical=critical
            aria-rowindex=(row + 2).to_string()
            attr:aria-level=(level + 1).to_string()
            aria-selected=move || handle.is_picked(id).to_string()
            data-task=id.to_string()
            style=format!("--level:{level}")
            title=why
            on:mousedown=press
            on:dblclick=edit
        >
            {cells}
        </div>
    }
    .into_any()
}

/// How a column is drawn.
pub fn class_of(column: &Column) -> &'static str {
    match column.key {
        "code" => "c-code",
        "name" => "c-name",
        "duration" => "c-duration",
        "start" | "finish" => "c-date",
        "progress" => "c-progress",
        "after" | "successors" => "c-pred",
        "start_off" | "finish_off" | "length_off" => "c-off",
        _ if column.numeric => "c-number",
        _ => "c-text",
    }
}

/// What stands in a cell of the chart's table.
pub fn text(chart: &Chart, task: u32, column: &Column) -> String {
    values(chart, task, |row| match column.key {
        // The title says what is counted.
        "progress" => chart.model.progress(task).to_string(),
        key => row.text(key),
    })
}

fn values<T: Default>(chart: &Chart, task: u32, read: impl FnOnce(Values<'_>) -> T) -> T {
    let known = chart.model.staff().known();
    let name_of = |id: UserId| match known {
        [] => "…".to_owned(),
        known => called(known, ResourceId(id.0)).to_owned(),
    };
    // A row that is about to leave the page may ask once more for a task that has gone.
    Values::of(&chart.model, task, chart.now, &name_of).map(read).unwrap_or_default()
}

fn cell(acts: Acts, seen: Seen, place: usize, column: &'static Column, summary: bool) -> impl IntoView {
    let (handle, task) = (acts.handle, seen.task);
    let now = move || handle.with(|chart| text(chart, task, column));
    let inner = match column.key {
        "code" => view! { <Grip acts/>{now()} }.into_any(),
        "name" => view! { <Name acts task/> }.into_any(),
        "status" if summary => ().into_any(),
        "status" => handle
            .with(|chart| chart.model.document().tasks.get(task as usize).map(|record| record.status))
            .map(|status| view! { <StatusPill status/> })
            .into_any(),
        _ if column.dated => {
            let followed = move || {
                handle.follow_dates();
                now()
            };
            followed.into_any()
        }
        _ => now().into_any(),
    };
    let class = class_of(column);
    if !can_be_bad(column) {
        return Either::Left(shell(seen.id, place, column, class, inner));
    }
    let worse = move || {
        handle.follow_dates();
        let is_bad = handle.with(|chart| values(chart, task, |row| row.is_bad(column.key)));
        if is_bad { format!("{class} worse") } else { class.to_owned() }
    };
    Either::Right(shell(seen.id, place, column, worse, inner))
}

fn can_be_bad(column: &Column) -> bool {
    column.is_off() || matches!(column.key, "float" | "late")
}

fn shell(
    id: TaskId,
    place: usize,
    column: &'static Column,
    class: impl IntoClass + 'static,
    inner: AnyView,
) -> impl IntoView {
    view! {
        <span role="gridcell" id=cell_id(id, column) class=class aria-colindex=(place + 1).to_string() data-field=code_of(column)>
            {inner}
        </span>
    }
}

/// By which a row is carried.
#[component]
fn Grip(acts: Acts) -> impl IntoView {
    acts.can_edit.then(|| view! { <span class="row-grip"><Glyph icon=Icon::Grip size=14/></span> })
}

#[component]
fn Name(acts: Acts, task: u32) -> impl IntoView {
    let handle = acts.handle;
    let name = handle.with(|chart| chart.model.document().tasks.get(task as usize).map(|record| record.name.clone()));
    // Without a press before it, as those who hear the page do it.
    let open = move |event: MouseEvent| {
        if event.detail() == 0 {
            handle.select(Some(task));
        }
    };
    // Rows whose numbers are not shown are carried by their names.
    let numbered = handle.columns.shown.with_untracked(|shown| shown.iter().any(|column| column.key == "code"));
    view! {
        {(!numbered).then(|| view! { <Grip acts/> })}
        <Twisty handle task/>
        <span class="text">{name}</span>
        <button type="button" class="row-open" tabindex="-1" aria-label="Details" title="Details (Space)" on:click=open on:dblclick=|event| event.stop_propagation()>
            <Glyph icon=Icon::Info size=14/>
        </button>
    }
}

/// Opens and closes a summary.
#[component]
fn Twisty(handle: GanttHandle, task: u32) -> impl IntoView {
    let closed = handle.with(|chart| {
        let model = &chart.model;
        let folds = model.document().tasks.len() > task as usize && model.has_children(task);
        folds.then(|| model.is_closed(task))
    });
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
