//! What a cell is made of: the tasks of all projects with their hours, each a way into its plan.

use chrono::NaiveDate;
use domain::{
    PageRequest, ResourceId,
    projects::workload::{LoadPart, LoadParts, LoadState},
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    super::super::calls,
    words::{hours, told},
};
use crate::kit::{CallError, Dialog, FailedState, Loading, Pager, Table, day, encoded};

/// The cell that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub id: ResourceId,
    /// Of whom, and when.
    pub title: String,
    /// First and last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Says what is asked for.
#[component]
pub fn PartsDialog(open: RwSignal<bool>, chosen: RwSignal<Option<Chosen>>) -> impl IntoView {
    let title =
        Signal::derive(move || chosen.with(|chosen| chosen.as_ref().map(|one| one.title.clone())).unwrap_or_default());
    view! {
        <Dialog open title wide=true>{move || chosen.get().map(|chosen| view! { <Parts chosen/> })}</Dialog>
    }
    .into_any()
}

#[component]
fn Parts(chosen: Chosen) -> impl IntoView {
    let cursor = RwSignal::new(None::<String>);
    let Chosen { id, from, to, .. } = chosen;
    let parts = LocalResource::new(move || {
        let page = PageRequest { cursor: cursor.get(), ..PageRequest::default() };
        calls::load_of(id, from, to, page)
    });
    move || match parts.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Err(CallError(fault))) => view! { <FailedState fault/> }.into_any(),
        Some(Ok(parts)) => view! { <Shown parts cursor/> }.into_any(),
    }
}

#[component]
fn Shown(parts: LoadParts, cursor: RwSignal<Option<String>>) -> impl IntoView {
    let LoadParts { amount, items, total, next_cursor, .. } = parts;
    let is_over = amount.state() == LoadState::Over;
    let mut said = told(&amount);
    if let Some(first) = said.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if items.is_empty() {
        return view! { <p>{said}". No task of any project asks for it in these days."</p> }.into_any();
    }
    let shown = items.len() as u64;
    let head = || {
        view! {
            <th scope="col">"Task"</th><th scope="col">"Project"</th><th scope="col">"Start"</th><th scope="col">"Finish"</th>
            <th scope="col" class="numeric">"Units"</th><th scope="col" class="numeric">"In these days"</th>
        }
    };
    view! {
        <p class="load-said" data-over=is_over.to_string()>{said}"."</p>
        <Table label="Tasks that ask for it" head>{items.into_iter().map(row).collect_view()}</Table>
        <Show when=move || { total > shown }><Pager cursor next=Signal::stored(next_cursor.clone()) total shown/></Show>
    }
    .into_any()
}

fn row(part: LoadPart) -> impl IntoView {
    let address = format!("/projects/{}?q={}", part.project_id, encoded(&part.task_name));
    let done = (part.progress > 0).then(|| format!(" · {} % done", part.progress));
    view! {
        <tr>
            <td><A href=address>{part.task_name}</A><span class="field-hint">{done}</span></td>
            <td><span class="code">{part.project_code}</span>" "{part.project_name}</td>
            <td>{day(part.start)}</td>
            <td>{day(part.finish)}</td>
            <td class="numeric">{part.units}" %"</td>
            <td class="numeric">{hours(part.used)}</td>
        </tr>
    }
}
