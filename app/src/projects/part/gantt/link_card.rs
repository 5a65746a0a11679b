//! One link, at its arrow: how it ties, for how long, and where it leads. The arrow keys go through the links of a task.

use domain::{Fault, LinkId, TaskId, projects::operation::Operation};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{super::task::LinkRow, acts::Acts, chart::GanttHandle, hands::Point};
use crate::kit::{Icon, IconButton, Popover, Size, later};

impl GanttHandle {
    /// Opens a link, at a point of the window or beside the marked row.
    pub(super) fn open_link(self, id: LinkId, at: Option<Point>) {
        if let Some(at) = at.or_else(|| self.beside_marked()) {
            self.change(|chart| chart.selection.link = Some(id));
            self.hands.link.set(Some(id));
            self.hands.link_at.set(Some(at));
            self.paint_soon();
        }
    }

    /// Opens the first link of the marked row; false where it has none.
    pub(super) fn open_links_of_marked(self) -> bool {
        let first = self.marked.get_untracked().and_then(|id| links_of(self, id).first().copied());
        if let Some(first) = first {
            self.open_link(first, None);
        }
        first.is_some()
    }

    fn close_link(self) {
        self.change(|chart| chart.selection.link = None);
        self.hands.link.set(None);
        self.hands.link_at.set(None);
        self.paint_soon();
    }
}

/// What the task waits for, then what waits for it.
fn links_of(handle: GanttHandle, task: TaskId) -> Vec<LinkId> {
    handle.with(|chart| {
        let links = &chart.model.document().links;
        let before = links.iter().filter(|link| link.successor_id == task);
        let behind = links.iter().filter(|link| link.predecessor_id == task);
        before.chain(behind).map(|link| link.id).collect()
    })
}

/// The links among which the arrow keys walk: those of the marked row, where the open one is among them.
fn neighbours(handle: GanttHandle, open: LinkId) -> Vec<LinkId> {
    let marked = handle.marked.get_untracked().map(|id| links_of(handle, id)).unwrap_or_default();
    if marked.contains(&open) { marked } else { vec![open] }
}

#[lazy]
fn link_row(acts: Acts, attempt: Callback<Operation, Result<(), Fault>>, id: LinkId) -> AnyView {
    view! { <LinkRow handle=acts.handle attempt id can_edit=acts.can_edit/> }.into_any()
}

#[component]
pub fn LinkCard(acts: Acts) -> impl IntoView {
    let handle = acts.handle;
    let hands = handle.hands;
    // Whatever closes the card, and whoever takes the link away.
    Effect::new(move || {
        let gone = hands.link.get().is_some_and(|id| {
            hands.link_at.get().is_none()
                || handle.read(|model| model.document().links.iter().all(|link| link.id != id))
        });
        if gone {
            handle.close_link();
        }
    });
    let walk = move |by: isize| {
        let Some(open) = hands.link.get_untracked() else { return };
        let links = neighbours(handle, open);
        let place = links.iter().position(|id| *id == open).unwrap_or_default();
        let next = (place.cast_signed() + by).rem_euclid(links.len().max(1).cast_signed());
        if let Some(next) = links.get(next.cast_unsigned()) {
            handle.open_link(*next, hands.link_at.get_untracked());
        }
    };
    let attempt = Callback::new(move |operation: Operation| {
        let removes = matches!(operation, Operation::RemoveLink { .. });
        let done = acts.attempt.run(vec![operation]);
        if removes && done.is_ok() {
            acts.offer_undo("The link is removed.");
        }
        done
    });
    let remove = move || {
        if let Some(id) = hands.link.get_untracked().filter(|_| acts.can_edit) {
            let _ = attempt.run(Operation::RemoveLink { id });
        }
    };
    let key = Callback::new(move |event: KeyboardEvent| {
        if crate::kit::is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "Delete" | "Backspace" => remove(),
            "ArrowRight" | "ArrowDown" => walk(1),
            "ArrowLeft" | "ArrowUp" => walk(-1),
            _ => return,
        }
        event.prevent_default();
    });
    let card = move || hands.link.get().map(|id| later(move || link_row(acts, attempt, id)));
    let several = move || hands.link.get().map_or(0, |open| neighbours(handle, open).len());
    let place = move || {
        let open = hands.link.get()?;
        let links = neighbours(handle, open);
        Some(format!("{} of {}", links.iter().position(|id| *id == open)? + 1, links.len()))
    };
    view! {
        <Popover at=hands.link_at label="Link" class="link-card" on_key=key>
            {card}
            <Show when=move || { several() > 1 }>
                <footer class="link-card-walk">
                    <IconButton icon=Icon::ChevronLeft label="Link before (Left)" size=Size::Small on_press=move || walk(-1)/>
                    <span>{place}</span>
                    <IconButton icon=Icon::ChevronRight label="Next link (Right)" size=Size::Small on_press=move || walk(1)/>
                </footer>
            </Show>
        </Popover>
    }
    .into_any()
}
