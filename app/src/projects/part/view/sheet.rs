//! The table: every field of every row, sorted as one likes. Only rows that are seen exist.

use domain::{TaskId, projects::plan::TaskKind};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};

use super::{
    super::column::{Column, Row, SortKey},
    Shown, Turns,
    columns::{chosen, tracks},
    filter::{Asked, Checks},
};
use crate::kit::{Glyph, Icon, StatusPill, is_on, tell_cut};

/// Height of a row in pixels, as in the style sheet.
const ROW: f64 = 36.0;
/// Rows that exist beyond what is seen, so that scrolling finds them there.
const BEYOND: usize = 6;

/// A row on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Seen {
    line: usize,
    task: u32,
    id: TaskId,
    structure: u64,
}

#[component]
pub fn Sheet(shown: Shown) -> impl IntoView {
    let handle = shown.handle;
    let look = shown.looked.look;
    let sort = Memo::new(move |_| look.with(|look| look.sort.clone()));
    let columns = Memo::new(move |_| look.with(|look| chosen(&look.columns)));
    let rows = Memo::new(move |_| sorted(shown, &sort.get()));
    let (first, room) = (RwSignal::new(0_usize), RwSignal::new(40_usize));
    let body = NodeRef::<html::Div>::new();
    let measure = move || {
        if let Some(body) = body.get_untracked() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a window")]
            let rows = |pixels: i32| (f64::from(pixels.max(0)) / ROW) as usize;
            let (top, high) = (rows(body.scroll_top()), rows(body.client_height()) + 2);
            if (first.get_untracked(), room.get_untracked()) != (top, high) {
                first.set(top);
                room.set(high);
            }
        }
    };
    Effect::new(move |_| {
        if body.get().is_some() {
            request_animation_frame(measure);
        }
    });
    let begin = move || first.get().saturating_sub(BEYOND);
    let seen = move || {
        let (structure, begin) = (handle.structure(), begin());
        rows.with(|rows| {
            handle.read(|model| {
                let seen = rows.iter().enumerate().skip(begin).take(room.get() + 2 * BEYOND);
                let seen = seen.filter_map(|(line, task)| {
                    let id = model.document().tasks.get(*task as usize)?.id;
                    Some(Seen { line, task: *task, id, structure })
                });
                seen.collect::<Vec<_>>()
            })
        })
    };
    let keyed = move |event: KeyboardEvent| walk(shown, rows, body, &event);
    let head = move || columns.get().into_iter().map(|column| view! { <Head shown column sort/> }).collect_view();
    let row = move |seen: Seen| view! { <Line shown seen columns/> };
    view! {
        <section class="sheet-view" aria-label="Table">
            <div class="sheet-tools">
                <Turns shown/>
                <span class="grow"></span>
                <Checks shown asked=Asked::Columns/>
            </div>
            <div
                class="sheet"
                role="grid"
                aria-label="Tasks"
                aria-rowcount=move || rows.with(|rows| rows.len() + 1)
                aria-activedescendant=move || handle.marked().map(|id| format!("line-{id}"))
                tabindex="0"
                style=move || format!("{};--rows:{}", columns.with(|columns| tracks(columns)), rows.with(Vec::len))
                node_ref=body
                on:scroll=move |_| measure()
                on:keydown=keyed
            >
                <div class="sheet-head" role="row" aria-rowindex="1">{head}</div>
                <div class="sheet-extent" role="presentation">
                    <div class="sheet-rows" role="presentation" style=move || format!("--first:{}", begin())>
                        <For each=seen key=|seen| *seen children=row/>
                    </div>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Rows in outline order with the summaries above them, or without summaries by a column.
fn sorted(shown: Shown, sort: &str) -> Vec<u32> {
    let handle = shown.handle;
    if sort.is_empty() {
        return shown.filter.with(|filter| {
            handle.read(|model| match filter {
                None => (0_u32..).take(model.document().tasks.len()).collect(),
                Some(filter) => {
                    (0_u32..).zip(model.kept(filter)).filter(|(_, kept)| *kept).map(|(row, _)| row).collect()
                }
            })
        });
    }
    let (key, back) = sort.strip_prefix('-').map_or((sort, false), |key| (key, true));
    let name_of = |id| shown.name_of(id);
    let mut rows: Vec<(SortKey, u32)> = shown.rows.with(|rows| {
        handle.read(|model| {
            let rows =
                rows.iter().filter_map(|task| Some((Row::of(model, *task, shown.now(), &name_of)?.key(key), *task)));
            rows.collect()
        })
    });
    rows.sort_unstable();
    if back {
        rows.reverse();
    }
    rows.into_iter().map(|(_, task)| task).collect()
}

/// Arrow keys mark rows; Enter and the space bar open the one that is marked, as in the chart's table.
fn walk(shown: Shown, rows: Memo<Vec<u32>>, body: NodeRef<html::Div>, event: &KeyboardEvent) {
    let handle = shown.handle;
    let marked = handle.marked_now();
    let line = rows.with_untracked(|rows| {
        let here = marked.and_then(|id| handle.read_untracked(|model| model.position(id)));
        here.and_then(|here| rows.iter().position(|row| *row == here))
    });
    let last = rows.with_untracked(Vec::len).saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => line.map_or(0, |line| line + 1),
        "ArrowUp" => line.unwrap_or_default().saturating_sub(1),
        "PageDown" => line.unwrap_or_default() + 15,
        "PageUp" => line.unwrap_or_default().saturating_sub(15),
        "Home" => 0,
        "End" => last,
        // On a title they sort.
        "Enter" | " " if !is_on(event, "button") => {
            if let Some(id) = marked {
                event.prevent_default();
                handle.open(id);
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let to = to.min(last);
    if let Some(task) = rows.with_untracked(|rows| rows.get(to).copied()) {
        handle.mark_row(task);
    }
    if let Some(body) = body.get_untracked() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels")]
        let (top, row) = ((to as f64 * ROW) as i32, ROW as i32);
        let high = body.client_height() - 2 * row;
        if top < body.scroll_top() {
            body.set_scroll_top(top);
        } else if top > body.scroll_top() + high {
            body.set_scroll_top(top - high);
        }
    }
}

/// The title of a column; pressing it sorts, turns, and goes back to the outline.
#[component]
fn Head(shown: Shown, column: &'static Column, sort: Memo<String>) -> impl IntoView {
    let key = column.key;
    let order = move || match sort.get() {
        by if by == key => "ascending",
        by if by.strip_prefix('-') == Some(key) => "descending",
        _ => "none",
    };
    let turn = move |_| {
        let next = match order() {
            "none" => key.to_owned(),
            "ascending" => format!("-{key}"),
            _ => String::new(),
        };
        shown.looked.change(|look| look.sort = next);
    };
    let icon = move || match order() {
        "ascending" => Icon::ArrowUp,
        "descending" => Icon::ArrowDown,
        _ => Icon::ChevronsUpDown,
    };
    view! {
        <span role="columnheader" aria-sort=order class:numeric=column.numeric title=column.hint()>
            <button type="button" class="sort" on:click=turn>{column.title}{move || view! { <Glyph icon=icon() size=12/> }}</button>
        </span>
    }
}

#[component]
fn Line(shown: Shown, seen: Seen, columns: Memo<Vec<&'static Column>>) -> impl IntoView {
    let handle = shown.handle;
    let Seen { line, task, id, .. } = seen;
    let (summary, level, critical, status, late) = handle.read_untracked(|model| {
        let record = &model.document().tasks[task as usize];
        let slot = model.schedule().tasks[task as usize];
        let late = domain::projects::look::is_overdue(record, &slot, shown.now());
        (
            record.kind == TaskKind::Summary,
            model.level(task),
            domain::projects::look::is_critical(record, &slot),
            record.status,
            late,
        )
    });
    // When it is pressed, as in the chart's table: what is stored on leaving a field of the panel makes rows anew.
    let press = move |event: MouseEvent| {
        if event.button() == 0 && !is_on(&event, "button") {
            handle.mark_row(task);
        }
    };
    // The one press that opens: for fingers, and for those who hear the page.
    let details = move |event: MouseEvent| {
        event.stop_propagation();
        handle.open(id);
    };
    let is_sorted = move || shown.looked.look.with(|look| !look.sort.is_empty());
    let cell = move |column: &'static Column| {
        let name_of = |id| shown.name_of(id);
        let (text, is_bad) = handle.read_untracked(|model| {
            let row = Row::of(model, task, shown.now(), &name_of);
            row.map(|row| (row.text(column.key), row.is_bad(column.key))).unwrap_or_default()
        });
        let is_bad = is_bad || (late && column.key == "finish");
        let inner = match column.key {
            "status" if summary => ().into_any(),
            "status" => view! { <StatusPill status/> }.into_any(),
            "name" => {
                let level = if is_sorted() { 0 } else { level };
                view! {
                    <span class="sheet-name" style=format!("--level:{level}")>{text}</span>
                    <button type="button" class="row-open" tabindex="-1" aria-label="Details" title="Details (Space)" on:click=details>
                        <Glyph icon=Icon::Info size=14/>
                    </button>
                }
                .into_any()
            }
            _ => text.into_any(),
        };
        view! { <span role="gridcell" class:numeric=column.numeric class:c-name={column.key == "name"} class:late=is_bad>{inner}</span> }
    };
    view! {
        <div
            id=format!("line-{id}")
            class="sheet-row"
            role="row"
            class:summary=summary
            class:critical=critical
            aria-rowindex=(line + 2).to_string()
            aria-selected=move || (handle.marked() == Some(id)).to_string()
            on:mousedown=press
            on:dblclick=move |_| handle.open(id)
            on:mouseover=|event| tell_cut(&event)
        >
            {move || columns.get().into_iter().map(cell).collect_view()}
        </div>
    }
    .into_any()
}
