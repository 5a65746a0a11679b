//! A task on a board, in a lane, on a day: what one wants to know of it at a glance.

use domain::{
    Minute, TaskId, UserId,
    projects::{
        document::TaskStatus,
        look::{is_critical, is_overdue},
        plan::TaskKind,
    },
};
use leptos::prelude::*;

use super::{super::gantt::Model, Shown};
use crate::kit::{Avatar, day};

/// What is shown of a task. Two that are the same look the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    pub id: TaskId,
    pub code: String,
    pub name: String,
    pub milestone: bool,
    pub start: Minute,
    pub finish: Minute,
    pub people: Vec<UserId>,
    pub progress: u8,
    pub status: TaskStatus,
    pub critical: bool,
    pub overdue: bool,
}

impl Card {
    /// The task at this place of the plan.
    pub fn of(model: &Model, task: u32, now: Minute) -> Option<Self> {
        let record = model.document().tasks.get(task as usize)?;
        let slot = model.schedule().tasks.get(task as usize)?;
        Some(Self {
            id: record.id,
            code: model.code(task).to_owned(),
            name: record.name.clone(),
            milestone: record.kind == TaskKind::Milestone,
            start: slot.start,
            finish: slot.finish,
            people: record.assignees.clone(),
            progress: record.progress,
            status: record.status,
            critical: is_critical(record, slot),
            overdue: is_overdue(record, slot, now),
        })
    }

    /// `5 Jan 2026 – 9 Jan 2026`, or the one day.
    pub fn dates(&self) -> String {
        let (start, finish) = (day(self.start), day(self.finish));
        if start == finish { start } else { format!("{} – {finish}", self.start.date().format("%-d %b")) }
    }
}

/// Minutes of work in days of this plan: `12 d`, `4 h`.
pub fn work(minutes: i64, per_day: i64) -> String {
    if minutes >= per_day { format!("{} d", minutes / per_day.max(1)) } else { format!("{} h", (minutes + 30) / 60) }
}

/// Initials of those who work on it; of many the first three.
#[component]
pub fn Faces(shown: Shown, people: Vec<UserId>) -> impl IntoView {
    let more = people.len().saturating_sub(3);
    let names = people.clone();
    view! {
        <span class="faces">
            {people.into_iter().take(3).map(|id| view! { {move || view! { <Avatar name=shown.name_of(id) size=22/> }} }).collect_view()}
            {(more > 0).then(|| format!("+{more}"))}
            <span class="sr-only">{move || names.iter().map(|id| shown.name_of(*id)).collect::<Vec<_>>().join(", ")}</span>
        </span>
    }
}

/// The words and marks of a card.
#[component]
pub fn Face(shown: Shown, card: Card) -> impl IntoView {
    let dates = card.dates();
    view! {
        <span class="card-head">
            <span class="code">{card.code}</span>
            {card.milestone.then(|| view! { <span class="card-diamond" title="Milestone"></span><span class="sr-only">"Milestone"</span> })}
            {card.critical.then(|| view! { <span class="card-critical">"Critical"</span> })}
        </span>
        <span class="card-name">{card.name}</span>
        <span class="card-foot">
            <span class:late=card.overdue>{dates}{card.overdue.then_some(" (overdue)")}</span>
            <Faces shown people=card.people/>
        </span>
        {(!card.milestone).then(|| view! {
            <span class="card-progress"><span class="card-done" style=format!("inline-size:{}%", card.progress)></span></span>
            <span class="sr-only">{card.progress}" % done"</span>
        })}
    }
}
