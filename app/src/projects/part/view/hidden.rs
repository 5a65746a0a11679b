//! What the filter keeps from being seen, where that would surprise: rows that were added since it is on, and a chart
//! without any row.

use std::collections::HashSet;

use domain::{
    TaskId,
    projects::look::{PlanLook, PlanView},
};
use leptos::prelude::*;

use super::Shown;
use crate::kit::{Button, ButtonKind, Glyph, Icon, Size};

/// Says so, and offers to take the filter off.
#[component]
pub fn Hidden(shown: Shown) -> impl IntoView {
    let every = move || {
        shown
            .handle
            .read_untracked(|model| model.document().tasks.iter().map(|task| task.id).collect::<HashSet<TaskId>>())
    };
    // The rows that were there when the filter was set; whoever set it knows that some of them are hidden.
    let before = RwSignal::new(every());
    Effect::watch(move || shown.filter.get(), move |_, _, _| before.set(every()), false);
    let added = Memo::new(move |_| {
        if shown.filter.with(Option::is_none) {
            return 0;
        }
        let seen: HashSet<u32> = shown.rows.with(|rows| rows.iter().copied().collect());
        before.with(|before| {
            shown.handle.read(|model| {
                let rows = (0_u32..).zip(&model.document().tasks);
                rows.filter(|(index, task)| !before.contains(&task.id) && !seen.contains(index)).count()
            })
        })
    });
    let empty = Memo::new(move |_| {
        let is_empty = shown.filter.with(Option::is_some) && shown.rows.with(Vec::is_empty);
        is_empty && shown.view() == PlanView::Gantt && shown.handle.read(|model| !model.document().tasks.is_empty())
    });
    let words = move || match (added.get(), empty.get()) {
        (0, false) => None,
        (0, true) => Some("No task matches the filter.".to_owned()),
        (1, _) => Some("1 task is hidden by the filter.".to_owned()),
        (many, _) => Some(format!("{many} tasks are hidden by the filter.")),
    };
    let clear = move || {
        let look = shown.looked.look.with_untracked(PlanLook::unfiltered);
        shown.looked.show(&look, true);
    };
    let notice = move |said: String| {
        view! {
            <div class="notice view-hidden" data-tone="info">
                <Glyph icon=Icon::Filter/>
                <p>{said}</p>
                <Button kind=ButtonKind::Quiet size=Size::Small on_press=clear>"Clear the filter"</Button>
            </div>
        }
    };
    view! { <div role="status">{move || words().map(notice)}</div> }.into_any()
}
