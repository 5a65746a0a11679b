//! What the task waits for, and what waits for it.

use domain::{
    LinkId, TaskId,
    projects::{
        document::LinkRecord,
        operation::Operation,
        plan::{LagUnit, LinkKind},
    },
};
use leptos::prelude::*;

use super::super::gantt::GanttHandle;
use super::{
    chooser::{Chooser, Offer, fits},
    edit::Edit,
    field::{Amount, Span, message_of},
};
use crate::kit::{Choice, Icon, IconButton, Select, Size, new_id};

const KINDS: [(LinkKind, &str, &str); 4] = [
    (LinkKind::FinishToStart, "FS", "FS, finish to start"),
    (LinkKind::StartToStart, "SS", "SS, start to start"),
    (LinkKind::FinishToFinish, "FF", "FF, finish to finish"),
    (LinkKind::StartToFinish, "SF", "SF, start to finish"),
];

/// Which end of the links is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Predecessors,
    Successors,
}

impl Side {
    /// The task at the other end.
    fn other(self, link: &LinkRecord) -> TaskId {
        if self == Self::Predecessors { link.predecessor_id } else { link.successor_id }
    }

    /// The task at this end.
    fn own(self, link: &LinkRecord) -> TaskId {
        if self == Self::Predecessors { link.successor_id } else { link.predecessor_id }
    }
}

#[component]
pub fn Links(edit: Edit, can_edit: bool) -> impl IntoView {
    view! {
        <Ends edit can_edit side=Side::Predecessors id="task-predecessor" title="Waits for" add="Add a predecessor"/>
        <Ends edit can_edit side=Side::Successors id="task-successor" title="Followed by" add="Add a successor"/>
    }
    .into_any()
}

#[component]
fn Ends(
    edit: Edit,
    can_edit: bool,
    side: Side,
    id: &'static str,
    title: &'static str,
    add: &'static str,
) -> impl IntoView {
    let links = Memo::new(move |_| {
        edit.handle.read(|model| {
            let links = &model.document().links;
            let mut own: Vec<(Option<u32>, LinkRecord)> = links
                .iter()
                .filter(|link| side.own(link) == edit.task)
                .map(|link| (model.position(side.other(link)), link.clone()))
                .collect();
            own.sort_by_key(|(position, link)| (*position, link.id));
            own.into_iter().map(|(_, link)| link).collect::<Vec<_>>()
        })
    });
    let ids = Memo::new(move |_| links.with(|links| links.iter().map(|link| link.id).collect::<Vec<_>>()));
    let message = RwSignal::new(None::<String>);
    let find = Callback::new(move |text: String| {
        let taken: Vec<TaskId> = links.with_untracked(|links| links.iter().map(|link| side.other(link)).collect());
        untrack(|| {
            edit.handle.read(|model| {
                let tasks = (0_u32..).zip(&model.document().tasks);
                let free = tasks.filter(|(_, task)| task.id != edit.task && !taken.contains(&task.id));
                free.map(|(index, task)| (model.code(index), task))
                    .filter(|(code, task)| fits(&format!("{code} {}", task.name), &text))
                    .map(|(code, task)| Offer { id: task.id.0, code: code.to_owned(), title: task.name.clone() })
                    .collect()
            })
        })
    });
    let link = Callback::new(move |other: uuid::Uuid| {
        let (predecessor_id, successor_id) = match side {
            Side::Predecessors => (TaskId(other), edit.task),
            Side::Successors => (edit.task, TaskId(other)),
        };
        let stored = edit.attempt(Operation::AddLink {
            id: LinkId(new_id()),
            predecessor_id,
            successor_id,
            kind: LinkKind::FinishToStart,
            lag_minutes: 0,
            lag_unit: LagUnit::Working,
        });
        message.set(stored.err().map(|fault| message_of(&fault, "links")));
    });
    let row = move |id: LinkId| {
        let record = Memo::new(move |before: Option<&Option<LinkRecord>>| {
            let now = links.with(|links| links.iter().find(|link| link.id == id).cloned());
            now.or_else(|| before.cloned().flatten())
        });
        view! { <Row edit side id record can_edit/> }
    };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <section class="task-part" aria-labelledby=labelled_by>
            <h3 id=heading>{title}</h3>
            <Show when=move || !ids.with(Vec::is_empty)>
                <ul class="task-links"><For each=move || ids.get() key=|id| *id children=row/></ul>
            </Show>
            {can_edit.then(|| view! { <Chooser id label=add find on_pick=link message/> })}
        </section>
    }
    .into_any()
}

#[component]
fn Row(edit: Edit, side: Side, id: LinkId, record: Memo<Option<LinkRecord>>, can_edit: bool) -> impl IntoView {
    let other = move || record.with(|record| record.as_ref().map(|record| side.other(record)));
    let name = Memo::new(move |_| {
        let other = other();
        edit.handle.read(|model| {
            let index = model.position(other?)?;
            let task = &model.document().tasks[index as usize];
            Some((model.code(index).to_owned(), task.name.clone()))
        })
    });
    let title = move || name.get().map(|(_, name)| name).unwrap_or_default();
    let code = move || name.get().map(|(code, _)| code).unwrap_or_default();
    let shown_kind = Memo::new(move |_| {
        let kind = record.with(|record| record.as_ref().map(|record| record.kind)).unwrap_or_default();
        KINDS.iter().find(|(known, ..)| *known == kind).map(|(_, code, _)| (*code).to_owned()).unwrap_or_default()
    });
    let lag = Memo::new(move |_| {
        record.with(|record| {
            record.as_ref().map_or((0, false), |record| (record.lag_minutes, record.lag_unit == LagUnit::Elapsed))
        })
    });
    let message = RwSignal::new(None::<String>);
    let version = move || record.with_untracked(|record| record.as_ref().map(|record| record.version));
    let kind = RwSignal::new(shown_kind.get_untracked());
    Effect::new(move |_| kind.set(shown_kind.get()));
    let set_kind = move |_| {
        let code = kind.get_untracked();
        let chosen = KINDS.iter().find(|(_, known, _)| *known == code).map(|(kind, ..)| *kind);
        let edit_link = Operation::EditLink { id, version: version(), kind: chosen, lag_minutes: None, lag_unit: None };
        let stored = edit.attempt(edit_link);
        if stored.is_err() {
            kind.set(shown_kind.get_untracked());
        }
        message.set(stored.err().map(|fault| message_of(&fault, "type")));
    };
    let set_lag = Callback::new(move |(minutes, elapsed): Span| {
        let lag_unit = Some(if elapsed { LagUnit::Elapsed } else { LagUnit::Working });
        edit.attempt(Operation::EditLink { id, version: version(), kind: None, lag_minutes: Some(minutes), lag_unit })
    });
    let remove = Callback::new(move |()| {
        let stored = edit.attempt(Operation::RemoveLink { id });
        message.set(stored.err().map(|fault| message_of(&fault, "id")));
    });
    let go = move |_| {
        if let Some(other) = untrack(other) {
            edit.handle.open(other);
        }
    };
    let kinds = KINDS.map(|(_, code, title)| Choice::new(code, title)).to_vec();
    let said = untrack(title);
    view! {
        <li class="task-link">
            <div class="task-link-head">
                <button type="button" class="link-button" on:click=go><span class="code">{code}</span>" "{title}</button>
                {can_edit.then(|| {
                    let label = Signal::derive(move || format!("Remove the link to {}", title()));
                    view! { <IconButton icon=Icon::Trash label size=Size::Small on_press=remove/> }
                })}
            </div>
            <fieldset class="task-link-how" disabled=!can_edit>
                <div on:change=set_kind><Select value=kind choices=kinds label=format!("Type of the link to {said}")/></div>
                <Amount label=format!("Lag to {said}") name="lag_minutes" shown=lag day=edit.day store=set_lag report=message/>
            </fieldset>
            <p class="field-fault" role="alert">{move || message.get()}</p>
        </li>
    }
    .into_any()
}

/// One link with both of its tasks, wherever it is shown.
#[component]
pub fn LinkRow(
    handle: GanttHandle,
    attempt: Callback<Operation, Result<(), domain::Fault>>,
    id: LinkId,
    can_edit: bool,
) -> impl IntoView {
    let record = Memo::new(move |before: Option<&Option<LinkRecord>>| {
        let now = handle.read(|model| model.document().links.iter().find(|link| link.id == id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let successor = record.with_untracked(|record| record.as_ref().map(|record| record.successor_id));
    let task = successor.and_then(|id| untrack(|| handle.read(|model| model.document().task(id).cloned())));
    task.map(|task| {
        let (next, name) = (task.id, task.name.clone());
        let edit = Edit::new(handle, task, attempt);
        view! {
            <ul class="task-links"><Row edit side=Side::Predecessors id record can_edit/></ul>
            <p class="link-to">
                "Before "
                <button type="button" class="link-button" on:click=move |_| handle.open(next)>{name}</button>
            </p>
        }
    })
}
