//! Resources below each other, days beside each other. Arrow keys walk over the cells, Enter opens one.

use chrono::NaiveDate;
use domain::projects::{
    resource::ResourceKind,
    workload::{ColumnStep, LoadAmount, LoadGrid, LoadRow, LoadState},
};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    parts::Chosen,
    words::{days, head, hours, number, short, told},
};
use crate::kit::{Avatar, Glyph, Icon, focus_first};

/// Rows that a page up or down goes.
const PAGE: usize = 10;

/// As styles spell how a cell stands.
pub const fn state(state: LoadState) -> &'static str {
    match state {
        LoadState::Off => "off",
        LoadState::Away => "away",
        LoadState::Free => "free",
        LoadState::Partly => "partly",
        LoadState::Full => "full",
        LoadState::Over => "over",
    }
}

/// What people call several of a kind.
pub const fn many(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Person => "People",
        ResourceKind::Department => "Departments",
        ResourceKind::Machine => "Machines",
    }
}

/// The days of the columns.
#[derive(Clone, Debug)]
struct Days {
    step: ColumnStep,
    first: Vec<NaiveDate>,
    end: NaiveDate,
    today: NaiveDate,
}

impl Days {
    fn last(&self, column: usize) -> NaiveDate {
        let end = self.first.get(column + 1).copied().unwrap_or(self.end);
        end.pred_opt().unwrap_or(end)
    }

    fn words(&self, column: usize) -> String {
        self.first.get(column).map(|first| days(self.step, *first, self.last(column))).unwrap_or_default()
    }

    fn is_today(&self, column: usize) -> bool {
        self.first.get(column).is_some_and(|first| *first <= self.today && self.today <= self.last(column))
    }
}

/// The cell that keys are meant for, by row and column.
type At = RwSignal<(usize, usize)>;

/// The grid.
#[component]
pub fn Grid(
    grid: LoadGrid,
    percent: bool,
    #[prop(into)] pending: Signal<bool>,
    choose: Callback<Chosen>,
) -> impl IntoView {
    let LoadGrid { step, columns: first, end, today, items, .. } = grid;
    let (rows, columns) = (items.len(), first.len());
    let days = Days { step, first, end, today };
    let at: At = RwSignal::new((0, (0..columns).find(|column| days.is_today(*column)).unwrap_or(0)));
    let heads = (0..columns)
        .map(|column| {
            let [above, below] = head(step, days.first[column]);
            view! { <th scope="col" data-today=days.is_today(column).to_string()><span>{above}</span>" "<span>{below}</span></th> }
        })
        .collect_view();
    let mut before = None;
    let body = items
        .into_iter()
        .enumerate()
        .map(|(row, item)| {
            let title = (before != Some(item.kind)).then(|| many(item.kind));
            before = Some(item.kind);
            view! {
                {title.map(|title| view! {
                    <tr class="table-group"><th colspan=(columns + 1).to_string() scope="colgroup"><span>{title}</span></th></tr>
                })}
                {line(row, item, &days, percent, at, choose)}
            }
        })
        .collect_view();
    let keyed = move |event: KeyboardEvent| walk(&event, at, rows, columns);
    view! {
        <div class="table-scroll load-scroll" data-pending=move || pending.get().to_string()>
            <table class="table load-grid" role="grid" aria-label="Load" data-step=step.code() on:keydown=keyed>
                <thead><tr><th scope="col" class="load-name">"Resource"</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(row: usize, item: LoadRow, days: &Days, percent: bool, at: At, choose: Callback<Chosen>) -> AnyView {
    let sum = item.sum();
    let face = match item.kind {
        ResourceKind::Person => view! { <Avatar name=item.name.clone() size=24/> }.into_any(),
        ResourceKind::Department => view! { <Glyph icon=Icon::Users size=20/> }.into_any(),
        ResourceKind::Machine => view! { <Glyph icon=Icon::Press size=20/> }.into_any(),
    };
    let over = (sum.over > 0).then(|| view! { <em title=format!("{} too much", hours(sum.over))>"+"{hours(sum.over)}<span class="sr-only">" too much"</span></em> });
    // Few cells of many change when the marked one moves.
    let marked = Memo::new(move |_| Some(at.get()).filter(|(line, _)| *line == row).map(|(_, column)| column));
    let cell = |(column, amount): (usize, &LoadAmount)| {
        let chosen = Chosen {
            id: item.id,
            title: format!("{}, {}", item.name, days.words(column)),
            from: days.first[column],
            to: days.last(column),
        };
        let label = format!("{}: {}", chosen.title, told(amount));
        let share = amount.percent().unwrap_or(0).min(100);
        let press = move |_| {
            at.set((row, column));
            choose.run(chosen.clone());
        };
        view! {
            <td
                role="gridcell"
                data-cell=format!("{row}-{column}")
                data-load=state(amount.state())
                data-today=days.is_today(column).to_string()
                style=format!("--share:{share}%")
                tabindex=move || if marked.get() == Some(column) { "0" } else { "-1" }
                title=label.clone()
                aria-label=label
                on:click=press
            >
                {short(amount, percent)}
            </td>
        }
    };
    let cells = item.cells.iter().enumerate().map(cell).collect_view();
    view! {
        <tr>
            <th scope="row" class="load-name">
                <span class="load-who">
                    {face}
                    <span><strong title=item.name.clone()>{item.name.clone()}</strong><span>{number(sum.used)}" of "{hours(sum.available)}{over}</span></span>
                </span>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// To another cell, or into the one that is marked.
fn walk(event: &KeyboardEvent, at: At, rows: usize, columns: usize) {
    let (row, column) = at.get_untracked();
    let (last_row, last) = (rows.saturating_sub(1), columns.saturating_sub(1));
    let all = event.ctrl_key() || event.meta_key();
    let to = match event.key().as_str() {
        "ArrowRight" => (row, (column + 1).min(last)),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowDown" => ((row + 1).min(last_row), column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "PageDown" => ((row + PAGE).min(last_row), column),
        "PageUp" => (row.saturating_sub(PAGE), column),
        "Home" => (if all { 0 } else { row }, 0),
        "End" => (if all { last_row } else { row }, last),
        "Enter" | " " => {
            event.prevent_default();
            press(event);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    at.set(to);
    focus_first(&format!("[data-cell='{}-{}']", to.0, to.1));
}

/// As if the cell had been clicked.
fn press(event: &KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast as _;
        let cell = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(cell) = cell {
            cell.click();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}
