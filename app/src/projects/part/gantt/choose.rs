//! Choosing the columns of the table: which, and in which order. What is chosen is shown at once.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    super::column::Column,
    columns::{Columns, TableColumns},
};
use crate::kit::{Button, ButtonKind, Dialog, DialogActions, Glyph, Icon};

#[component]
pub fn ColumnsDialog(columns: TableColumns) -> impl IntoView {
    view! { <Dialog open=columns.choosing title="Columns"><Choices columns/></Dialog> }.into_any()
}

/// What the dialog works with.
#[derive(Clone, Copy)]
struct Choosing {
    columns: TableColumns,
    /// Every column. Rows stay where they are while one ticks them.
    order: RwSignal<Vec<&'static Column>>,
    /// The row that Tab leads to.
    reached: RwSignal<&'static str>,
    said: RwSignal<String>,
}

impl Choosing {
    fn toggle(self, column: &'static Column) {
        self.columns.all.update(|all| self.order.with_untracked(|order| all.toggle(column, order)));
    }

    /// Moves a column past the next one that is shown, and the keys with it.
    fn step(self, column: &'static Column, down: bool) {
        if !self.columns.all.with_untracked(|all| all.has(column)) {
            return;
        }
        self.order.update(|order| self.columns.all.with_untracked(|all| all.step(column, down, order)));
        self.columns.all.update(|all| self.order.with_untracked(|order| all.arrange(order)));
        let shown = self.columns.all.with_untracked(Columns::order);
        let place = shown.iter().position(|each| each.key == column.key).unwrap_or_default() + 1;
        self.said.set(format!("{} is column {place} now", column.title));
        // A row that moves in the page loses the focus.
        request_animation_frame(move || focus(column.key));
    }

    fn begin_again(self) {
        self.columns.all.set(Columns::default());
        self.order.set(Columns::default().order());
        self.said.set("The usual columns are shown".to_owned());
    }

    /// Arrows go through the rows; with Alt they carry the row along.
    fn key(self, column: &'static Column, event: &KeyboardEvent) {
        let (name, down) = (event.key(), event.key() == "ArrowDown");
        let to = match name.as_str() {
            "ArrowDown" | "ArrowUp" if event.alt_key() => {
                self.step(column, down);
                None
            }
            "ArrowDown" | "ArrowUp" => self.order.with_untracked(|order| {
                let here = order.iter().position(|each| each.key == column.key)?;
                order.get(here.checked_add_signed(if down { 1 } else { -1 })?).copied()
            }),
            "Home" => self.order.with_untracked(|order| order.first().copied()),
            "End" => self.order.with_untracked(|order| order.last().copied()),
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = to {
            focus(to.key);
        }
    }
}

fn focus(key: &str) {
    crate::kit::focus_first(&format!(".column-choices [data-column={key}] input"));
}

#[component]
fn Choices(columns: TableColumns) -> impl IntoView {
    let choosing = Choosing {
        columns,
        order: RwSignal::new(columns.all.with_untracked(Columns::order)),
        reached: RwSignal::new("name"),
        said: RwSignal::new(String::new()),
    };
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move || {
        if list.get().is_some() {
            // Once the dialog has put the focus on what stands first in it.
            request_animation_frame(|| focus("name"));
        }
    });
    view! {
        <p class="column-hint">"Space shows or hides a column; Alt with an arrow moves it."</p>
        <ul class="column-choices" aria-label="Columns" node_ref=list>
            <For each=move || choosing.order.get() key=|column| column.key let:column><One choosing column/></For>
        </ul>
        <p class="sr-only" aria-live="polite">{move || choosing.said.get()}</p>
        <DialogActions>
            <Button on_press=move || choosing.begin_again()>"Default"</Button>
            <Button kind=ButtonKind::Primary on_press=move || columns.choosing.set(false)>"Done"</Button>
        </DialogActions>
    }
    .into_any()
}

#[component]
fn One(choosing: Choosing, column: &'static Column) -> impl IntoView {
    let is_shown = move || choosing.columns.all.with(|all| all.has(column));
    let is_name = column.key == "name";
    let hint = match column.hint() {
        hint if column.is_off() => format!("{hint}; only while something is"),
        hint => hint.to_owned(),
    };
    // What has no room in the row is said beside the pointer.
    let full = hint.clone();
    let says = (!hint.is_empty()).then(|| format!("column-says-{}", column.key));
    // Names are shown whatever is pressed; the box stays, so that keys find it.
    let node = NodeRef::<html::Input>::new();
    let toggle = move |_| {
        choosing.toggle(column);
        if let Some(input) = node.get_untracked() {
            input.set_checked(is_shown());
        }
    };
    let mover = move |down: bool| {
        let (icon, way) = if down { (Icon::ArrowDown, "down") } else { (Icon::ArrowUp, "up") };
        let label = format!("Move {} {way}", column.title);
        let title = format!("Move {way} (Alt+{})", if down { "Down" } else { "Up" });
        view! {
            <button
                type="button"
                class="button button-quiet button-icon"
                data-size="small"
                tabindex="-1"
                aria-label=label
                title=title
                disabled=move || !is_shown()
                on:click=move |_| choosing.step(column, down)
            >
                <Glyph icon/>
            </button>
        }
    };
    view! {
        <li data-column=column.key>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=is_shown
                    aria-label=column.title
                    aria-describedby=says.clone()
                    aria-disabled=is_name.then_some("true")
                    tabindex=move || if choosing.reached.get() == column.key { "0" } else { "-1" }
                    node_ref=node
                    on:change=toggle
                    on:focus=move |_| choosing.reached.set(column.key)
                    on:keydown=move |event| choosing.key(column, &event)
                />
                <span class="check-label">{column.title}</span>
                <span class="column-says" id=says title=full>{hint}</span>
            </label>
            {mover(false)}
            {mover(true)}
        </li>
    }
    .into_any()
}
