//! The calendar: tasks on the days that they take, by month or by week.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    Minute, TaskId,
    projects::operation::{Operation, TaskMove},
};
use leptos::{ev::KeyboardEvent, prelude::*};

#[cfg(feature = "hydrate")]
use super::carry::place_under;
use super::{
    Shown, Turns,
    card::Card,
    carry::{Carry, Held, InHand},
    wall::{Stretch, Week, days, opened, turned, weeks},
};
use crate::kit::{Button, Dialog, Icon, IconButton, Size, StatusPill, date, focus_first};

/// Lines of tasks that a week has in a month, and alone.
const LINES: (u8, u8) = (3, 24);
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What the parts of the calendar share.
#[derive(Clone, Copy)]
struct Wall {
    shown: Shown,
    carry: Carry,
    /// The day that the keys walk from.
    focus: RwSignal<NaiveDate>,
    /// The day whose tasks are all listed.
    open: RwSignal<Option<NaiveDate>>,
}

#[component]
pub fn Month(shown: Shown) -> impl IntoView {
    let handle = shown.handle;
    let today = shown.now().date();
    let around = move || shown.looked.look.with(|look| look.day).unwrap_or(today);
    let is_week = move || shown.looked.look.with(|look| look.week);
    let on_drop = Callback::new(move |(held, to): (Held, String)| {
        let between = held.from.parse::<NaiveDate>().ok().zip(to.parse::<NaiveDate>().ok());
        let Some((from, to)) = between else { return };
        if let Some(operation) = shifted(shown, held.task, (to - from).num_days()) {
            shown.operate(operation);
        }
    });
    let carry = Carry::new(shown.can_edit, on_drop);
    let wall = Wall { shown, carry, focus: RwSignal::new(untrack(around)), open: RwSignal::new(None) };
    let laid = Memo::new(move |_| {
        let (monday, count) = opened(around(), is_week());
        shown.rows.with(|rows| {
            handle.read(|model| {
                let tasks: Vec<_> =
                    rows.iter().filter_map(|row| Some((*row, *model.schedule().tasks.get(*row as usize)?))).collect();
                weeks(monday, count, &tasks, if count == 1 { LINES.1 } else { LINES.0 })
            })
        })
    });
    let rows = move || {
        let (around, week) = (around(), is_week());
        let month = (!week).then(|| around.month());
        laid.get().into_iter().map(|week| view! { <WeekRow wall week month today/> }).collect_view()
    };
    let title = move || {
        let around = around();
        if is_week() {
            let (monday, _) = opened(around, true);
            format!("{} – {}", monday.format("%-d %b"), date(monday + Days::new(6)))
        } else {
            around.format("%B %Y").to_string()
        }
    };
    let turn = move |forward: bool| {
        let to = turned(untrack(around), untrack(is_week), forward);
        wall.focus.set(to);
        shown.looked.change(|look| look.day = Some(to));
    };
    let go_today = move || {
        wall.focus.set(today);
        shown.looked.change(|look| look.day = None);
    };
    view! {
        <section class="month-view" aria-label="Calendar">
            <div class="month-tools">
                <Button size=Size::Small on_press=go_today>"Today"</Button>
                <IconButton icon=Icon::ChevronLeft label="Before" size=Size::Small on_press=move || turn(false)/>
                <IconButton icon=Icon::ChevronRight label="After" size=Size::Small on_press=move || turn(true)/>
                <h2 aria-live="polite">{title}</h2>
                <span class="grow"></span>
                <Turns shown/>
                <div class="segments" role="group" aria-label="Span">
                    {[("Month", false), ("Week", true)]
                        .map(|(name, week)| view! {
                            <button type="button" aria-pressed=move || (is_week() == week).to_string() on:click=move |_| shown.looked.change(|look| look.week = week)>
                                {name}
                            </button>
                        })
                        .collect_view()}
                </div>
            </div>
            <div class="month" data-week=move || is_week().to_string() node_ref=carry.area>
                <div class="month-head" aria-hidden="true">{WEEKDAYS.map(|day| view! { <span>{day}</span> }).collect_view()}</div>
                {rows}
            </div>
            <DayTasks wall/>
            <InHand carry/>
        </section>
    }
    .into_any()
}

/// The step that moves a task by days, at the same time of day.
fn shifted(shown: Shown, task: TaskId, days: i64) -> Option<Operation> {
    let start =
        untrack(|| shown.handle.read(|model| Some(model.schedule().tasks.get(model.position(task)? as usize)?.start)))?;
    let start = Minute(start.0 + days * Minute::DAY);
    (days != 0).then(|| Operation::MoveTasks { moves: vec![TaskMove { id: task, start }] })
}

#[component]
fn WeekRow(wall: Wall, week: Week, month: Option<u32>, today: NaiveDate) -> impl IntoView {
    let shown = wall.shown;
    let lines = week.stretches.iter().map(|stretch| stretch.line + 1).max().unwrap_or(0).max(LINES.0);
    let cards: HashMap<u32, Card> = untrack(|| {
        shown.handle.read(|model| {
            let tasks = week.stretches.iter();
            tasks.filter_map(|one| Some((one.task, Card::of(model, one.task, shown.now())?))).collect()
        })
    });
    let calendar = untrack(|| shown.handle.read(|model| model.document().calendar()));
    let cells = (0..7_usize).zip(week.hidden).map(|(index, hidden)| {
        let day = week.monday + Days::new(index as u64);
        let off = calendar.windows(Minute::from_date(day)).is_empty();
        let other = month.is_some_and(|month| day.month() != month);
        let held = week.stretches.iter().filter(|one| (one.from..=one.to).contains(&u8::try_from(index).unwrap_or(0)));
        let count = held.count() + hidden;
        view! { <DayCell wall day hidden count marks=(off, other, day == today)/> }
    });
    let stretches = week.stretches.iter().filter_map(|one| Some((*one, cards.get(&one.task)?.clone())));
    view! {
        <div class="month-week" style=format!("--lines:{lines}")>
            {cells.collect_view()}
            <div class="stretches">
                {stretches.map(|(stretch, card)| view! { <Bar wall stretch card monday=week.monday/> }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// A day: its number, and how many tasks have no line. `marks`: a day off, another month's, today.
#[component]
fn DayCell(wall: Wall, day: NaiveDate, hidden: usize, count: usize, marks: (bool, bool, bool)) -> impl IntoView {
    let keyed = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => 7,
            "ArrowUp" => -7,
            _ => return,
        };
        event.prevent_default();
        let to = day + chrono::TimeDelta::days(by);
        wall.focus.set(to);
        let (around, week) = wall.shown.looked.look.with_untracked(|look| (look.day, look.week));
        let (monday, weeks) = opened(around.unwrap_or_else(|| wall.shown.now().date()), week);
        let outside = to < monday || to >= monday + Days::new(7 * weeks as u64);
        if outside {
            wall.shown.looked.change(|look| look.day = Some(to));
        }
        let focus = move || focus_first(&format!("[data-day='{to}']"));
        if outside {
            // The days of another month come a moment later.
            set_timeout(focus, std::time::Duration::from_millis(120));
        } else {
            focus();
        }
    };
    let (off, other, today) = marks;
    let label = format!(
        "{}, {}",
        day.format("%A %-d %b %Y"),
        if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
    );
    let number = if day.day() == 1 { day.format("%-d %b").to_string() } else { day.day().to_string() };
    let key = StoredValue::new(day.to_string());
    view! {
        <div
            class="month-day"
            class:off=off
            class:other=other
            class:today=today
            data-drop=key.get_value()
            data-over=move || key.with_value(|key| wall.carry.is_over(key)).to_string()
        >
            <button
                type="button"
                class="day-number"
                data-day=key.get_value()
                aria-label=label
                aria-current=today.then_some("date")
                tabindex=move || if wall.focus.get() == day { "0" } else { "-1" }
                on:click=move |_| wall.open.set(Some(day))
                on:keydown=keyed
            >
                {number}
            </button>
            {(hidden > 0).then(|| view! {
                <button type="button" class="day-more" on:click=move |_| wall.open.set(Some(day))>{format!("+{hidden} more")}</button>
            })}
        </div>
    }
    .into_any()
}

/// A task within a week.
#[component]
fn Bar(wall: Wall, stretch: Stretch, card: Card, monday: NaiveDate) -> impl IntoView {
    let Wall { shown, carry, .. } = wall;
    let id = card.id;
    let name = StoredValue::new(card.name.clone());
    let press = move |event: leptos::ev::PointerEvent| {
        // It is carried by the day under the pointer, wherever in the task that is.
        let first = || (monday + Days::new(u64::from(stretch.from))).to_string();
        #[cfg(feature = "hydrate")]
        let from = place_under((f64::from(event.client_x()), f64::from(event.client_y()))).unwrap_or_else(first);
        #[cfg(not(feature = "hydrate"))]
        let from = first();
        carry.press(&event, Held { task: id, name: name.get_value(), from });
    };
    let keyed = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" if event.alt_key() => 1,
            "ArrowLeft" if event.alt_key() => -1,
            _ => return,
        };
        event.prevent_default();
        if !shown.can_edit {
            return;
        }
        if let Some(operation) = shifted(shown, id, by) {
            shown.operate(operation);
        }
        let start = shown
            .handle
            .read_untracked(|model| Card::of(model, model.position(id)?, shown.now()))
            .map(|card| card.dates());
        carry.say(format!("{}: {}", name.get_value(), start.unwrap_or_default()));
        request_animation_frame(move || focus_first(&format!(".stretch[data-task='{id}']")));
    };
    let place = format!("grid-column:{} / {};grid-row:{}", stretch.from + 1, stretch.to + 2, stretch.line + 1);
    let title = format!("{} {}, {}, {} % done", card.code, card.name, card.dates(), card.progress);
    view! {
        <button
            type="button"
            class="stretch"
            data-task=id.to_string()
            data-status=card.status.code()
            data-milestone=card.milestone.to_string()
            data-held=move || carry.holds(id).to_string()
            data-begins=stretch.begins.to_string()
            data-ends=stretch.ends.to_string()
            class:late=card.overdue
            style=place
            title=title
            on:pointerdown=press
            on:click=move |_| if !carry.was_carried() { shown.handle.open(id) }
            on:keydown=keyed
        >
            {card.milestone.then(|| view! { <span class="card-diamond" aria-hidden="true"></span> })}
            <span>{card.name}</span>
        </button>
    }
    .into_any()
}

/// Every task of the day that is open.
#[component]
fn DayTasks(wall: Wall) -> impl IntoView {
    let shown = wall.shown;
    let open = RwSignal::new(false);
    // Each follows the other, and is told only of what is new: else they would tell each other for ever.
    Effect::new(move |_| {
        let wanted = wall.open.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::watch(
        move || open.get(),
        move |open, _, _| {
            if !open && wall.open.get_untracked().is_some() {
                wall.open.set(None);
            }
        },
        false,
    );
    let title =
        Signal::derive(move || wall.open.get().map(|day| day.format("%A %-d %b %Y").to_string()).unwrap_or_default());
    let cards = move || {
        let Some(day) = wall.open.get() else { return Vec::new() };
        let day = Minute::from_date(day).day();
        shown.rows.with(|rows| {
            shown.handle.read(|model| {
                let on_day = |row: &&u32| {
                    let slot = model.schedule().tasks.get(**row as usize);
                    slot.is_some_and(|slot| {
                        let (first, last) = days(slot);
                        first <= day && day <= last
                    })
                };
                rows.iter().filter(on_day).filter_map(|row| Card::of(model, *row, shown.now())).collect::<Vec<_>>()
            })
        })
    };
    let line = move |card: Card| {
        let id = card.id;
        let show = move |_| {
            wall.open.set(None);
            shown.handle.open(id);
        };
        let dates = card.dates();
        view! {
            <li>
                <button type="button" class="day-task" on:click=show>
                    <span class="code">{card.code}</span>
                    <span class="lane-name">{card.name}</span>
                    <StatusPill status=card.status/>
                    <span class:late=card.overdue>{dates}</span>
                </button>
            </li>
        }
    };
    view! {
        <Dialog open title>
            {move || {
                let cards = cards();
                if cards.is_empty() {
                    view! { <p>"Nothing is planned on this day."</p> }.into_any()
                } else {
                    view! { <ul class="day-tasks">{cards.into_iter().map(line).collect_view()}</ul> }.into_any()
                }
            }}
        </Dialog>
    }
    .into_any()
}
