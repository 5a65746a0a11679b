//! The board: a column for each status, a card for each task.

use domain::projects::{
    document::TaskStatus,
    lane::{self, Lane},
    operation::{Operation, TaskPatch},
};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    Shown, Turns,
    card::{Card, Face, work},
    carry::{Carry, Held, InHand, walk},
};
use crate::kit::{Button, ButtonKind, Size};

/// Cards of a column that exist before somebody asks for more.
const CARDS: usize = 40;

#[component]
pub fn Board(shown: Shown) -> impl IntoView {
    let handle = shown.handle;
    let lanes = Memo::new(move |_| {
        let rows = shown.rows.get();
        handle.read(|model| lane::by_status(model.document(), model.schedule(), &rows, shown.now()))
    });
    let carry = StoredValue::new(None::<Carry>);
    let on_drop = Callback::new(move |(held, to): (Held, String)| {
        let Some(status) = status_of(&to) else { return };
        let patch = TaskPatch { status: Some(status), ..TaskPatch::default() };
        shown.operate(Operation::EditTask { id: held.task, version: None, patch: Box::new(patch) });
        if let Some(carry) = carry.get_value() {
            carry.say(format!("{} is {} now.", held.name, status.title()));
        }
    });
    let hands = Carry::new(shown.can_edit, on_drop);
    carry.set_value(Some(hands));
    view! {
        <section class="board-view" aria-label="Board">
            <div class="board" node_ref=hands.area>
                {TaskStatus::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(index, status)| {
                        let lane = Memo::new(move |_| lanes.with(|lanes| lanes.get(index).cloned().unwrap_or_default()));
                        view! { <Column shown carry=hands status lane/> }
                    })
                    .collect_view()}
            </div>
            <div class="board-foot">
                <Turns shown/>
                <p>{if shown.can_edit { "Drag a card, or press space on it and choose with the arrow keys." } else { "You may look, not move." }}</p>
            </div>
            <InHand carry=hands/>
        </section>
    }
    .into_any()
}

fn status_of(code: &str) -> Option<TaskStatus> {
    TaskStatus::ALL.into_iter().find(|status| status.code() == code)
}

#[component]
fn Column(shown: Shown, carry: Carry, status: TaskStatus, lane: Memo<Lane>) -> impl IntoView {
    let handle = shown.handle;
    let most = RwSignal::new(CARDS);
    let cards = Memo::new(move |_| {
        lane.with(|lane| {
            handle.read(|model| {
                let tasks = lane.tasks.iter().take(most.get());
                tasks.filter_map(|task| Card::of(model, *task, shown.now())).collect::<Vec<_>>()
            })
        })
    });
    let count = move || lane.with(|lane| lane.tasks.len());
    let left = move || {
        let per_day = handle.read(|model| model.document().calendar().minutes_per_day());
        match lane.with(|lane| lane.remaining) {
            0 => String::new(),
            minutes => format!("{} left", work(minutes, per_day)),
        }
    };
    let more = move || count().saturating_sub(most.get());
    let title = status.title();
    view! {
        <section
            class="column"
            data-status=status.code()
            data-drop=status.code()
            data-over=move || carry.is_over(status.code()).to_string()
            aria-label=move || format!("{title}, {} tasks", count())
        >
            <header>
                <h2 class="pill" data-status=status.code()>{title}</h2>
                <span class="badge">{count}</span>
                <span class="column-left">{left}</span>
            </header>
            <ul>
                <For each=move || cards.get() key=|card| card.clone() let:card>
                    <li><CardOf shown carry card from=status.code()/></li>
                </For>
                <Show when=move || count() == 0><li class="column-empty">"No tasks"</li></Show>
                <Show when=move || { more() > 0 }>
                    <li>
                        <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || most.update(|most| *most += 100)>
                            {move || format!("Show more ({})", more())}
                        </Button>
                    </li>
                </Show>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn CardOf(shown: Shown, carry: Carry, card: Card, from: &'static str) -> impl IntoView {
    let id = card.id;
    let held = StoredValue::new(Held { task: id, name: card.name.clone(), from: from.to_owned() });
    let step = |place: &str, forward: bool| {
        let here = TaskStatus::ALL.into_iter().position(|status| status.code() == place)?;
        let to = if forward { here + 1 } else { here.checked_sub(1)? };
        TaskStatus::ALL.get(to).map(|status| (status.code().to_owned(), status.title().to_owned()))
    };
    let critical = card.critical;
    let keyed = move |event: KeyboardEvent| {
        if carry.key(&event, &held.get_value(), &step) || walk(&event) {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            shown.handle.open(id);
        }
    };
    view! {
        <div
            class="card"
            role="button"
            tabindex="0"
            data-task=id.to_string()
            data-held=move || carry.holds(id).to_string()
            data-open=move || (shown.handle.selected.get() == Some(id)).to_string()
            class:critical=critical
            on:pointerdown=move |event| carry.press(&event, held.get_value())
            on:click=move |_| if !carry.was_carried() { shown.handle.open(id) }
            on:keydown=keyed
            on:blur=move |_| carry.left()
        >
            <Face shown card/>
        </div>
    }
    .into_any()
}
