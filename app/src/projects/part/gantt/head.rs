//! The heads of the table's columns, and the borders between them: dragged with mouse or finger, moved by arrow keys,
//! pressed twice to fit what stands in the column.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};

use super::{
    super::column::Column,
    chart::GanttHandle,
    columns::{LEAST, MOST},
    row::class_of,
};

/// What a key moves a border by, in pixels.
const STEP: i32 = 8;

#[component]
pub fn Heads(handle: GanttHandle) -> impl IntoView {
    // One border is reached by Tab; from there the arrows up and down go to the others.
    let reached = RwSignal::new("name");
    let heads = move || handle.columns.shown.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="gantt-head" role="row" aria-rowindex="1">
            <For each=heads key=|(place, column)| (*place, column.key) let:head><Head handle place=head.0 column=head.1 reached/></For>
        </div>
    }
}

#[component]
fn Head(handle: GanttHandle, place: usize, column: &'static Column, reached: RwSignal<&'static str>) -> impl IntoView {
    // The sign says enough over numbers of two digits.
    let title = if column.key == "progress" { "%" } else { column.title };
    let said = move || {
        let with = handle.compared().filter(|_| column.is_off()).map(|with| format!(" (“{with}”)")).unwrap_or_default();
        match column.hint() {
            "" => column.title.to_owned(),
            hint => format!("{}: {hint}{with}", column.title),
        }
    };
    view! {
        <span role="columnheader" class=class_of(column) aria-label=column.title aria-colindex=(place + 1).to_string() title=said>
            <span class="head-text">{title}</span>
            <Border handle column reached/>
        </span>
    }
}

/// The border behind a column.
#[component]
fn Border(handle: GanttHandle, column: &'static Column, reached: RwSignal<&'static str>) -> impl IntoView {
    let columns = handle.columns;
    let line = NodeRef::<html::Span>::new();
    // Where the pointer took hold, and how wide the column was.
    let from = StoredValue::new(None::<(i32, i32)>);
    let wide =
        move || line.get_untracked().and_then(|line| line.parent_element()).map_or(0, |head| head.client_width());
    let pixels = |wide: i32| u16::try_from(wide.max(0)).unwrap_or(MOST).clamp(LEAST, MOST);
    let store = move |width: Option<u16>| {
        columns.held.set(None);
        columns.all.update(|all| all.widen(column, width));
    };
    let press = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(line) = line.get_untracked() {
            let _ = line.set_pointer_capture(event.pointer_id());
            let _ = line.focus();
        }
        from.set_value(Some((event.client_x(), wide())));
    };
    let drag = move |event: PointerEvent| {
        if let Some((x, before)) = from.get_value() {
            columns.held.set(Some((column, pixels(before + event.client_x() - x))));
        }
    };
    let release = move |_: PointerEvent| {
        if from.try_update_value(Option::take).flatten().is_some()
            && let Some((_, width)) = columns.held.get_untracked()
        {
            store(Some(width));
        }
    };
    let give_up = move || {
        from.set_value(None);
        columns.held.set(None);
    };
    let fit = move || {
        #[cfg(feature = "hydrate")]
        store(Some(super::fit::fitting(handle, column)));
    };
    let key = move |event: KeyboardEvent| {
        let by = if event.shift_key() { 1 } else { STEP };
        match event.key().as_str() {
            "ArrowLeft" => store(Some(pixels(wide() - by))),
            "ArrowRight" => store(Some(pixels(wide() + by))),
            "ArrowUp" | "ArrowDown" => beside(handle, column, event.key() == "ArrowDown"),
            "Home" => store(Some(LEAST)),
            "Enter" => fit(),
            "Delete" | "Backspace" => store(None),
            "Escape" if from.with_value(Option::is_some) => give_up(),
            _ => return,
        }
        event.prevent_default();
        // The table's keys are not meant.
        event.stop_propagation();
    };
    let tabbed = move || {
        let first = columns.shown.with(|shown| shown.iter().any(|each| each.key == reached.get()));
        let own = if first { reached.get() == column.key } else { column.key == "name" };
        if own { "0" } else { "-1" }
    };
    view! {
        <span
            class="head-border"
            role="separator"
            aria-orientation="vertical"
            aria-label=format!("Width of the column {}", column.title)
            aria-valuemin=LEAST.to_string()
            aria-valuemax=MOST.to_string()
            aria-valuenow=move || columns.pixels(column).to_string()
            aria-valuetext=move || format!("{} pixels", columns.pixels(column))
            title="Drag to widen; press twice to fit"
            tabindex=tabbed
            data-border=column.key
            node_ref=line
            on:pointerdown=press
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=move |_| give_up()
            on:dblclick=move |_| fit()
            on:focus=move |_| reached.set(column.key)
            on:keydown=key
        ></span>
    }
}

/// To the border of the column before, or behind.
fn beside(handle: GanttHandle, column: &Column, behind: bool) {
    let shown = handle.columns.shown.get_untracked();
    let here = shown.iter().position(|each| each.key == column.key);
    let next =
        here.and_then(|here| here.checked_add_signed(if behind { 1 } else { -1 })).and_then(|next| shown.get(next));
    if let Some(next) = next {
        crate::kit::focus_first(&format!("[data-border={}]", next.key));
    }
}
