//! Tasks side by side: a board with a column for each status; lanes for departments and for people, with a bar for each
//! task on one time axis. What is put into another column or lane gets that status, department or person.

use domain::{
    Minute, UserId,
    projects::{
        document::TaskStatus,
        operation::{Operation, TaskPatch},
    },
};
use leptos::prelude::*;

use super::{
    super::axis::Axis,
    Shown, Turns,
    card::{Card, Face, work},
    carry::{Carry, Held, InHand, Liftable},
    lane::{self, Lane},
};
use crate::kit::{Avatar, Button, ButtonKind, EmptyState, Icon, ProgressBar, Size};

/// Colleagues without tasks get a lane, too, where they are no more than this.
const IDLE: usize = 24;

/// By what tasks stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Status,
    Department,
    Person,
}

/// What all lanes share.
#[derive(Clone, Copy)]
struct Side {
    shown: Shown,
    kind: Kind,
    carry: Carry,
    lanes: Memo<Vec<Lane>>,
    /// Only where there are bars.
    axis: Memo<Axis>,
}

/// The board or the lanes of the plan.
#[component]
pub fn Lanes(shown: Shown, kind: Kind) -> impl IntoView {
    let handle = shown.handle;
    let lanes = Memo::new(move |_| {
        let rows = shown.rows.get();
        let make = match kind {
            Kind::Status => lane::by_status,
            Kind::Department => lane::by_department,
            Kind::Person => lane::by_person,
        };
        let lanes = handle.read(|model| make(model.document(), model.schedule(), &rows, shown.now()));
        if kind == Kind::Person { by_name(shown, lanes) } else { lanes }
    });
    let axis = Memo::new(move |_| {
        shown.rows.with(|rows| {
            handle.read(|model| {
                let slots = rows.iter().filter_map(|row| model.schedule().tasks.get(*row as usize));
                Axis::around(slots.flat_map(|slot| [slot.start, slot.finish]))
            })
        })
    });
    let on_drop = Callback::new(move |(held, to): (Held, String)| {
        if let Some(patch) = moved(shown, kind, &held, &to) {
            shown.operate(Operation::EditTask { id: held.task, version: None, patch: Box::new(patch) });
        }
    });
    let carry = Carry::new(shown.can_edit, on_drop);
    let side = Side { shown, kind, carry, lanes, axis };
    let (label, view, area) = match kind {
        Kind::Status => ("Board", "board-view", "board"),
        Kind::Department => ("Departments", "lanes-view", "lanes"),
        Kind::Person => ("People", "lanes-view", "lanes"),
    };
    let today = move || format!("--today:{:.3}%", axis.get().place(shown.now()));
    view! {
        <section class=view aria-label=label>
            <div class=area style=today node_ref=carry.area>
                {(kind != Kind::Status).then(|| view! { <AxisHead axis/> })}
                {move || lanes.with(Vec::is_empty).then(|| {
                    view! { <EmptyState icon=Icon::Filter title="No tasks" text="No task of this plan is asked for. Take a filter away."/> }
                })}
                <For
                    each=move || lanes.with(|lanes| lanes.iter().map(|lane| lane.key.clone()).collect::<Vec<_>>())
                    key=|key| key.clone()
                    let:key
                >
                    <LaneOf side key/>
                </For>
            </div>
            <div class="board-foot">
                <Turns shown/>
                <p>{if shown.can_edit { "Drag a task, or press space on it and choose with the arrow keys." } else { "You may look, not move." }}</p>
            </div>
            <InHand carry/>
        </section>
    }
    .into_any()
}

/// Lanes by the names of people, and empty ones for colleagues who have nothing to do, so that they can be given
/// something.
fn by_name(shown: Shown, mut lanes: Vec<Lane>) -> Vec<Lane> {
    shown.colleagues.with(|all| {
        if all.len() <= IDLE && shown.looked.look.with(|look| look.people.is_empty()) {
            let idle = all.iter().map(|one| one.id.to_string());
            let idle: Vec<_> = idle.filter(|key| !lanes.iter().any(|lane| lane.key == *key)).collect();
            lanes.extend(idle.into_iter().map(|key| Lane { key, ..Lane::default() }));
        }
    });
    let order = |lane: &Lane| (lane.key.is_empty(), lane.tasks.is_empty(), title_of(shown, Kind::Person, &lane.key));
    let mut sorted: Vec<Lane> = Vec::with_capacity(lanes.len());
    for lane in lanes {
        let own = order(&lane);
        let place = sorted.partition_point(|other| order(other) <= own);
        sorted.insert(place, lane);
    }
    sorted
}

fn status_of(code: &str) -> TaskStatus {
    TaskStatus::ALL.into_iter().find(|status| status.code() == code).unwrap_or_default()
}

fn title_of(shown: Shown, kind: Kind, key: &str) -> String {
    match (kind, key) {
        (Kind::Status, code) => status_of(code).title().to_owned(),
        (Kind::Person, "") => "Nobody".to_owned(),
        (Kind::Department, "") => "No department".to_owned(),
        (Kind::Department, name) => name.to_owned(),
        (Kind::Person, id) => id.parse::<UserId>().map(|id| shown.name_of(id)).unwrap_or_default(),
    }
}

/// What putting a task there changes: its status, its department, or one of its people for another.
fn moved(shown: Shown, kind: Kind, held: &Held, to: &str) -> Option<TaskPatch> {
    let none = TaskPatch::default();
    Some(match kind {
        Kind::Status => TaskPatch { status: Some(status_of(to)), ..none },
        Kind::Department => TaskPatch { department: Some(Some(to.to_owned()).filter(|name| !name.is_empty())), ..none },
        Kind::Person => {
            let mut people =
                shown.handle.read_untracked(|model| Some(model.document().task(held.task)?.assignees.clone()))?;
            let (from, to) = (held.from.parse::<UserId>().ok(), to.parse::<UserId>().ok());
            people.retain(|one| Some(*one) != from && Some(*one) != to);
            people.extend(to);
            TaskPatch { assignees: Some(people), ..none }
        }
    })
}

/// The time axis above the lanes.
#[component]
fn AxisHead(axis: Memo<Axis>) -> impl IntoView {
    let marks = move || {
        let axis = axis.get();
        let mark = |(at, name): (Minute, String)| {
            view! { <span class="axis-mark" style=format!("inset-inline-start:{:.3}%", axis.place(at))>{name}</span> }
        };
        axis.marks().into_iter().map(mark).collect_view()
    };
    view! { <div class="lane-axis" aria-hidden="true"><div class="lane-lines">{marks}</div></div> }.into_any()
}

#[component]
fn LaneOf(side: Side, key: String) -> impl IntoView {
    let Side { shown, kind, carry, lanes, axis } = side;
    let handle = shown.handle;
    let key = StoredValue::new(key);
    let title = move || key.with_value(|key| title_of(shown, kind, key));
    let lane = Memo::new(move |_| {
        lanes
            .with(|lanes| lanes.iter().find(|lane| key.with_value(|key| lane.key == *key)).cloned().unwrap_or_default())
    });
    let most = RwSignal::new(if kind == Kind::Status { 40 } else { 12 });
    let cards = move || {
        lane.with(|lane| {
            handle.read(|model| {
                let tasks = lane.tasks.iter().take(most.get());
                tasks.filter_map(|task| Card::of(model, *task, shown.now())).collect::<Vec<_>>()
            })
        })
    };
    let count = move || lane.with(|lane| lane.tasks.len());
    let step = Callback::new(move |(place, forward): (String, bool)| {
        lanes.with_untracked(|lanes| {
            let here = lanes.iter().position(|lane| lane.key == place)?;
            let to = lanes.get(if forward { here + 1 } else { here.checked_sub(1)? })?;
            Some((to.key.clone(), untrack(|| title_of(shown, kind, &to.key))))
        })
    });
    let card = move |card: Card| {
        let held = Held { task: card.id, name: card.name.clone(), from: key.get_value() };
        let (class, face) = if kind == Kind::Status {
            ("card", view! { <Face shown card/> }.into_any())
        } else {
            ("lane-task", view! { <Line shown card axis faces={kind == Kind::Department}/> }.into_any())
        };
        view! { <li><Liftable shown carry held step class face/></li> }
    };
    let code = (kind == Kind::Status).then(|| key.get_value());
    let more = move || count().saturating_sub(most.get());
    view! {
        <section
            class=if kind == Kind::Status { "column" } else { "lane" }
            data-status=code
            data-drop=key.get_value()
            data-over=move || key.with_value(|key| carry.is_over(key)).to_string()
            aria-label=move || format!("{}, {} tasks", title(), count())
        >
            {move || view! { <LaneHead side lane=lane.get() title=title()/> }}
            <ul>
                <For each=cards key=|card| card.clone() children=card/>
                {move || (count() == 0 && kind == Kind::Status).then(|| view! { <li class="column-empty">"No tasks"</li> })}
            </ul>
            {move || (more() > 0).then(|| view! {
                <Button kind=ButtonKind::Quiet size=Size::Small on_press=move || most.update(|most| *most += 100)>
                    {format!("Show more ({})", more())}
                </Button>
            })}
        </section>
    }
    .into_any()
}

/// What a lane is, how much is in it, and how far that is.
#[component]
fn LaneHead(side: Side, lane: Lane, title: String) -> impl IntoView {
    let Side { shown, kind, .. } = side;
    let per_day = untrack(|| shown.handle.read(|model| model.document().calendar().minutes_per_day()));
    let count = lane.tasks.len();
    let left = (lane.remaining > 0).then(|| format!("{} left", work(lane.remaining, per_day)));
    let label = format!("Progress of {title}");
    view! {
        <header class="lane-head">
            {(kind == Kind::Person && !lane.key.is_empty()).then(|| view! { <Avatar name=title.clone() size=24/> })}
            <h2 class:pill={kind == Kind::Status}>{title}</h2>
            <span class="badge">{count}</span>
            {(lane.overdue > 0 && kind != Kind::Status).then(|| view! { <span class="badge" data-status="at_risk">{lane.overdue}" overdue"</span> })}
            <span class="column-left">{left}</span>
            {(count > 0 && kind != Kind::Status).then(|| view! { <ProgressBar value=lane.progress label/> })}
        </header>
    }
    .into_any()
}

/// The words of a task and its bar.
#[component]
fn Line(shown: Shown, card: Card, axis: Memo<Axis>, faces: bool) -> impl IntoView {
    let (start, finish) = (card.start, card.finish);
    let place = move || {
        let axis = axis.get();
        let from = axis.place(start);
        format!("inset-inline-start:{from:.3}%;inline-size:{:.3}%", axis.place(finish) - from)
    };
    let dates = card.dates();
    view! {
        <span class="lane-words">
            <span class="code">{card.code}</span>
            <span class="lane-name">{card.name}</span>
            <span class="lane-dates" class:late=card.overdue>{dates}{card.overdue.then_some(" (overdue)")}</span>
            {faces.then(|| view! { <super::card::Faces shown people=card.people/> })}
        </span>
        <span class="lane-track">
            <span
                class="lane-bar"
                data-status=card.status.code()
                data-milestone=card.milestone.to_string()
                data-critical=card.critical.to_string()
                style=place
            >
                <span class="lane-done" style=format!("inline-size:{}%", card.progress)></span>
            </span>
        </span>
    }
    .into_any()
}
