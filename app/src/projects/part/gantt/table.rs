//! Rows in the page: what can be read, focused and typed into. Only rows that are seen exist.

use domain::{
    TaskId,
    projects::{
        baseline::Variance,
        operation::{Operation, TaskPatch},
        plan::TaskKind,
    },
};
use leptos::{html, prelude::*};

use super::{
    chart::{GanttHandle, ROW},
    keyboard::{Keys, key},
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
    editing: bool,
}

#[component]
pub fn Table(handle: GanttHandle, keys: Keys) -> impl IntoView {
    // The table changes only when another row comes into view, not with every pixel.
    let first = Memo::new(move |_| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row number above zero")]
        let first = (handle.top.get() / ROW).floor().max(0.0) as usize;
        first
    });
    let seen = move || {
        let (structure, rename) = (handle.structure(), keys.rename.get());
        let (first, room) = (first.get(), handle.room.get());
        handle.with(|chart| {
            let rows = chart.model.rows().iter().enumerate().skip(first).take(room);
            let seen = rows.map(|(row, task)| {
                let id = chart.model.document().tasks[*task as usize].id;
                Seen { row, task: *task, id, structure, editing: rename == Some(id) }
            });
            seen.collect::<Vec<_>>()
        })
    };
    let count = move || handle.read(|model| model.rows().len() + 1);
    let active = move || handle.marked.get().map(row_id);
    let compared = move || handle.compared().is_some();
    view! {
        <div
            class="gantt-table"
            data-compared=move || compared().to_string()
            role="treegrid"
            aria-label="Tasks"
            aria-rowcount=count
            aria-activedescendant=active
            tabindex="0"
            on:keydown=move |event| key(handle, keys, &event)
        >
            <div class="gantt-head" role="row">
                <span role="columnheader" class="c-code">"#"</span>
                <span role="columnheader" class="c-name">"Task"</span>
                <span role="columnheader" class="c-duration">"Duration"</span>
                <span role="columnheader" class="c-date">"Start"</span>
                <span role="columnheader" class="c-date">"Finish"</span>
                <span role="columnheader" class="c-progress">"%"</span>
                <span role="columnheader" class="c-pred">"After"</span>
                {move || compared().then(|| view! {
                    <span role="columnheader" class="c-off" title="How much later the task starts than in what it is compared with">"Start ±"</span>
                    <span role="columnheader" class="c-off" title="How much later it finishes">"Finish ±"</span>
                    <span role="columnheader" class="c-off" title="How much longer it takes">"Length ±"</span>
                })}
            </div>
            <div class="gantt-rows" role="rowgroup" style=move || format!("transform:translateY({}px)", -(handle.top.get() % ROW))>
                <For each=seen key=|seen| *seen let:seen><Row handle=handle keys=keys seen=seen/></For>
            </div>
        </div>
    }
    .into_any()
}

fn row_id(id: TaskId) -> String {
    format!("row-{id}")
}

#[component]
fn Row(handle: GanttHandle, keys: Keys, seen: Seen) -> impl IntoView {
    let Seen { row, task, id, editing, .. } = seen;
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
    let cell = if editing {
        view! { <NameInput id=id name=name handle=handle keys=keys/> }.into_any()
    } else {
        let edit = move |_| {
            if keys.can_edit {
                keys.rename.set(Some(id));
            }
        };
        view! { <span class="text" on:dblclick=edit>{name}</span> }.into_any()
    };
    view! {
        <div
            id=row_id(id)
            class="gantt-row"
            role="row"
            class:summary=summary
            class:critical=move || slot().critical
            aria-rowindex=(row + 2).to_string()
            attr:aria-level=(level + 1).to_string()
            aria-selected=move || (handle.marked.get() == Some(id)).to_string()
            data-task=id.to_string()
            title=why
            on:click=move |_| handle.select(Some(task))
        >
            <span role="gridcell" class="c-code">{code}</span>
            <span role="gridcell" class="c-name" style=format!("--level:{level}")><Twisty handle=handle task=task/>{cell}</span>
            <span role="gridcell" class="c-duration">{move || handle.read_dates(|model| model.duration_text(task))}</span>
            <span role="gridcell" class="c-date">{move || day(slot().start)}</span>
            <span role="gridcell" class="c-date">{move || day(slot().finish)}</span>
            <span role="gridcell" class="c-progress">{progress}</span>
            <span role="gridcell" class="c-pred">{predecessors}</span>
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
        let toggle = move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            handle.change(|chart| chart.model.toggle(task));
            handle.refresh();
        };
        let label = if closed { "Open" } else { "Close" };
        view! {
            <button type="button" class="twisty" tabindex="-1" aria-label=label data-closed=closed.to_string() on:click=toggle>
                <Glyph icon=Icon::ChevronRight size=14/>
            </button>
        }
    })
}

#[component]
fn NameInput(id: TaskId, name: String, handle: GanttHandle, keys: Keys) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let before = name.clone();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let done = move |text: Option<String>| {
        if keys.rename.get_untracked() != Some(id) {
            return;
        }
        keys.rename.set(None);
        focus_table(handle);
        if let Some(text) = text.filter(|text| *text != before) {
            let patch = TaskPatch { name: Some(text), ..TaskPatch::default() };
            keys.operate.run(Operation::EditTask { id, version: None, patch: Box::new(patch) });
        }
    };
    let done = StoredValue::new_local(done);
    // The input leaves the page while it still has the focus, and says so once more.
    let finish = move |text: Option<String>| {
        let _ = done.try_with_value(|done| done(text));
    };
    view! {
        <input
            class="inline"
            aria-label="Name of the task"
            node_ref=input
            value=name
            on:keydown=move |event| {
                event.stop_propagation();
                match event.key().as_str() {
                    "Enter" => finish(Some(event_target_value(&event))),
                    "Escape" => finish(None),
                    _ => {}
                }
            }
            on:blur=move |event| finish(Some(event_target_value(&event)))
        />
    }
    .into_any()
}

/// Typing is over; keys move rows again.
fn focus_table(handle: GanttHandle) {
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
