//! What the scheduler makes of the task, and why.

use domain::projects::amount;
use leptos::prelude::*;

use super::edit::Edit;
use crate::kit::day;

#[component]
pub fn Facts(edit: Edit) -> impl IntoView {
    let why = Memo::new(move |_| {
        edit.handle.read(|model| model.position(edit.task).map(|index| model.why(index))).unwrap_or_default()
    });
    let of_slot = move |read: fn(&domain::projects::schedule::Slot) -> i64| {
        move || amount::written(edit.slot.with(read), edit.day.get())
    };
    view! {
        <section class="task-part" aria-labelledby="task-facts">
            <h3 id="task-facts">"As scheduled"</h3>
            <dl class="facts">
                <div><dt>"Starts"</dt><dd>{move || day(edit.slot.get().start)}</dd></div>
                <div><dt>"Ends"</dt><dd>{move || day(edit.slot.get().finish)}</dd></div>
                <div><dt>"Total float"</dt><dd>{of_slot(|slot| slot.total_float)}</dd></div>
                <div><dt>"Free float"</dt><dd>{of_slot(|slot| slot.free_float)}</dd></div>
                <div><dt>"Critical"</dt><dd>{move || if edit.slot.get().critical { "Yes" } else { "No" }}</dd></div>
                <div><dt>"Why here?"</dt><dd>{why}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}
