//! Who does what when: a lane for each department or person, a bar for each task on one time axis.

use domain::{
    Minute, TaskId, UserId,
    projects::{
        axis::Axis,
        lane::{self, Lane},
        operation::{Operation, TaskPatch},
    },
};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    Shown, Turns,
    card::{Card, Faces, work},
    carry::{Carry, Held, InHand, walk},
};
use crate::kit::{Avatar, Button, ButtonKind, EmptyState, Icon, ProgressBar, Size};

/// Tasks of a lane that exist before somebody asks for more.
const TASKS: usize = 12;
/// Colleagues without tasks get a lane, too, where they are no more than this.
const IDLE: usize = 24;

/// The lanes of the plan. A task that is put into another lane goes to that department or person.
#[component]
pub fn Lanes(shown: Shown, by_person: bool) -> impl IntoView {
    let handle = shown.handle;
    let lanes = Memo::new(move |_| {
        let rows = shown.rows.get();
        let lanes = handle.read(|model| {
            let make = if by_person { lane::by_person } else { lane::by_department };
            make(model.document(), model.schedule(), &rows, shown.now())
        });
        if by_person { with_idle(shown, lanes) } else { lanes }
    });
    let axis = Memo::new(move |_| {
        shown.rows.with(|rows| {
            handle.read(|model| {
                let slots = rows.iter().filter_map(|row| model.schedule().tasks.get(*row as usize));
                Axis::around(slots.flat_map(|slot| [slot.start, slot.finish]))
            })
        })
    });
    let said = RwSignal::new(None::<Carry>);
    let on_drop = Callback::new(move |(held, to): (Held, String)| {
        let title = title_of(shown, &to, by_person);
        if let Some(patch) = moved(shown, &held, &to, by_person) {
            shown.operate(Operation::EditTask { id: held.task, version: None, patch: Box::new(patch) });
        }
        if let Some(carry) = said.get_untracked() {
            carry.say(format!("{} is with {title} now.", held.name));
        }
    });
    let carry = Carry::new(shown.can_edit, on_drop);
    said.set(Some(carry));
    let keys = Memo::new(move |_| lanes.with(|lanes| lanes.iter().map(|lane| lane.key.clone()).collect::<Vec<_>>()));
    let label = if by_person { "People" } else { "Departments" };
    view! {
        <section class="lanes-view" aria-label=label>
            <div class="lanes" node_ref=carry.area>
                <AxisHead axis now=shown.now()/>
                <Show when=move || keys.with(Vec::is_empty)>
                    <EmptyState icon=Icon::Filter title="No tasks" text="No task of this plan is asked for. Take a filter away."/>
                </Show>
                <For each=move || keys.get() key=|key| key.clone() let:key>
                    <LaneOf shown carry lanes keys axis key by_person/>
                </For>
            </div>
            <div class="board-foot">
                <Turns shown/>
                <p>{if shown.can_edit { "Drag a task into another lane, or press space on it and choose with the arrow keys." } else { "You may look, not move." }}</p>
            </div>
            <InHand carry/>
        </section>
    }
    .into_any()
}

/// Lanes by name, and empty ones for colleagues who have nothing to do, so that they can be given something.
fn with_idle(shown: Shown, mut lanes: Vec<Lane>) -> Vec<Lane> {
    shown.colleagues.with(|all| {
        if all.len() <= IDLE && shown.looked.look.with(|look| look.people.is_empty()) {
            for one in all {
                let key = one.id.to_string();
                if !lanes.iter().any(|lane| lane.key == key) {
                    lanes.push(Lane { key, ..Lane::default() });
                }
            }
        }
    });
    lanes.sort_by_cached_key(|lane| (lane.key.is_empty(), lane.tasks.is_empty(), title_of(shown, &lane.key, true)));
    lanes
}

fn title_of(shown: Shown, key: &str, by_person: bool) -> String {
    match (key, by_person) {
        ("", true) => "Nobody".to_owned(),
        ("", false) => "No department".to_owned(),
        (name, false) => name.to_owned(),
        (id, true) => id.parse::<UserId>().map(|id| shown.name_of(id)).unwrap_or_default(),
    }
}

/// What putting a task into a lane changes: its department, or one of its people for another.
fn moved(shown: Shown, held: &Held, to: &str, by_person: bool) -> Option<TaskPatch> {
    if !by_person {
        let department = Some(to.to_owned()).filter(|name| !name.is_empty());
        return Some(TaskPatch { department: Some(department), ..TaskPatch::default() });
    }
    let people = untrack(|| shown.handle.read(|model| Some(model.document().task(held.task)?.assignees.clone())))?;
    let (from, to) = (held.from.parse::<UserId>().ok(), to.parse::<UserId>().ok());
    let mut people: Vec<UserId> =
        people.into_iter().filter_map(|one| if Some(one) == from { to } else { Some(one) }).collect();
    // Taken from nobody, there was nobody to replace.
    people.extend(to.filter(|to| !people.contains(to)));
    Some(TaskPatch { assignees: Some(people), ..TaskPatch::default() })
}

/// The time axis above the lanes, and today.
#[component]
fn AxisHead(axis: Memo<Axis>, now: Minute) -> impl IntoView {
    let marks = move || {
        let axis = axis.get();
        let mark = |(at, name): (Minute, String)| {
            view! { <span class="axis-mark" style:inset-inline-start=format!("{:.3}%", axis.place(at))>{name}</span> }
        };
        axis.marks().into_iter().map(mark).collect_view()
    };
    view! {
        <div class="lane-axis" aria-hidden="true">
            <div class="lane-lines">
                {marks}
                {move || axis.get().holds(now).then(|| view! { <span class="axis-today" style:inset-inline-start=format!("{:.3}%", axis.get().place(now))></span> })}
            </div>
        </div>
    }
}

#[component]
fn LaneOf(
    shown: Shown,
    carry: Carry,
    lanes: Memo<Vec<Lane>>,
    keys: Memo<Vec<String>>,
    axis: Memo<Axis>,
    key: String,
    by_person: bool,
) -> impl IntoView {
    let handle = shown.handle;
    let key = StoredValue::new(key);
    let lane = Memo::new(move |_| {
        lanes
            .with(|lanes| lanes.iter().find(|lane| key.with_value(|key| lane.key == *key)).cloned().unwrap_or_default())
    });
    let most = RwSignal::new(TASKS);
    let cards = Memo::new(move |_| {
        lane.with(|lane| {
            handle.read(|model| {
                let tasks = lane.tasks.iter().take(most.get());
                tasks.filter_map(|task| Card::of(model, *task, shown.now())).collect::<Vec<_>>()
            })
        })
    });
    let title = Memo::new(move |_| title_of(shown, &key.get_value(), by_person));
    let count = move || lane.with(|lane| lane.tasks.len());
    let overdue = move || lane.with(|lane| lane.overdue);
    let left = move || {
        let per_day = handle.read(|model| model.document().calendar().minutes_per_day());
        work(lane.with(|lane| lane.remaining), per_day)
    };
    let more = move || count().saturating_sub(most.get());
    let face = by_person && key.with_value(|key| !key.is_empty());
    view! {
        <section
            class="lane"
            data-drop=key.get_value()
            data-over=move || key.with_value(|key| carry.is_over(key)).to_string()
            aria-label=move || format!("{}, {} tasks", title.get(), count())
        >
            <header class="lane-head">
                {move || face.then(|| view! { <Avatar name=title.get() size=24/> })}
                <h2>{title}</h2>
                <span class="badge">{count}</span>
                {move || (overdue() > 0).then(|| view! { <span class="badge" data-status="at_risk">{overdue()}" overdue"</span> })}
                <span class="column-left">{move || (count() > 0).then(|| format!("{} left", left()))}</span>
                {move || (count() > 0).then(|| view! { <ProgressBar value=lane.with(|lane| lane.progress) label=format!("Progress of {}", title.get())/> })}
            </header>
            <ul>
                <For each=move || cards.get() key=|card| card.clone() let:card>
                    <li><Line shown carry card axis keys from=key by_person/></li>
                </For>
            </ul>
            <Show when=move || { more() > 0 }>
                <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || most.update(|most| *most += 100)>
                    {move || format!("Show more ({})", more())}
                </Button>
            </Show>
        </section>
    }
    .into_any()
}

/// A task: its words, and its bar.
#[component]
fn Line(
    shown: Shown,
    carry: Carry,
    card: Card,
    axis: Memo<Axis>,
    keys: Memo<Vec<String>>,
    from: StoredValue<String>,
    by_person: bool,
) -> impl IntoView {
    let id: TaskId = card.id;
    let held = StoredValue::new(Held { task: id, name: card.name.clone(), from: from.get_value() });
    let step = move |place: &str, forward: bool| {
        let keys = keys.get_untracked();
        let here = keys.iter().position(|key| key == place)?;
        let to = keys.get(if forward { here + 1 } else { here.checked_sub(1)? })?;
        Some((to.clone(), untrack(|| title_of(shown, to, by_person))))
    };
    let keyed = move |event: KeyboardEvent| {
        if carry.key(&event, &held.get_value(), &step) || walk(&event) {
            return;
        }
        if event.key() == "Enter" {
            event.prevent_default();
            shown.handle.open(id);
        }
    };
    let (start, finish) = (card.start, card.finish);
    let place = move || {
        let axis = axis.get();
        let from = axis.place(start);
        format!("inset-inline-start:{from:.3}%;inline-size:{:.3}%", axis.place(finish) - from)
    };
    let dates = card.dates();
    view! {
        <div
            class="lane-task"
            role="button"
            tabindex="0"
            data-task=id.to_string()
            data-held=move || carry.holds(id).to_string()
            data-open=move || (shown.handle.selected.get() == Some(id)).to_string()
            on:pointerdown=move |event| carry.press(&event, held.get_value())
            on:click=move |_| if !carry.was_carried() { shown.handle.open(id) }
            on:keydown=keyed
            on:blur=move |_| carry.left()
        >
            <span class="lane-words">
                <span class="code">{card.code}</span>
                <span class="lane-name">{card.name}</span>
                <span class="lane-dates" class:late=card.overdue>{dates}{card.overdue.then_some(" (overdue)")}</span>
                {(!by_person).then(|| view! { <Faces shown people=card.people/> })}
            </span>
            <span class="lane-track">
                <span
                    class="lane-bar"
                    data-status=card.status.code()
                    data-milestone=card.milestone.to_string()
                    data-critical=card.critical.to_string()
                    style=place
                >
                    <span class="lane-done" style:inline-size=format!("{}%", card.progress)></span>
                </span>
            </span>
        </div>
    }
    .into_any()
}
