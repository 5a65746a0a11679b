//! Pauses within the task, and what levelling does with it.

use domain::{
    Minute,
    projects::{
        operation::TaskPatch,
        plan::{Split, TaskKind},
    },
};
use leptos::prelude::*;

use super::{
    super::gantt::Model,
    edit::Edit,
    field::{Amount, Span, message_of},
};
use crate::kit::{Button, Icon, IconButton, Size, Switch, day};

#[component]
pub fn Pauses(edit: Edit, can_edit: bool) -> impl IntoView {
    let splits = edit.shown(|record| record.splits.clone());
    let count = Memo::new(move |_| splits.with(Vec::len));
    let can_pause = edit.shown(|record| record.kind == TaskKind::Task && !record.elapsed && record.duration > 1);
    let message = RwSignal::new(None::<String>);
    let store = move |splits: Vec<Split>| edit.patch(TaskPatch { splits: Some(splits), ..TaskPatch::default() });
    let change = move |splits: Vec<Split>| {
        message.set(store(splits).err().map(|fault| message_of(&fault, "splits")));
    };
    let add = move || {
        let duration = edit.record.with_untracked(|record| record.duration);
        let mut splits = splits.get_untracked();
        let done = splits.last().map_or(0, |split| split.after_minutes);
        splits.push(Split { after_minutes: i64::midpoint(done, duration), pause_minutes: edit.day.get_untracked() });
        change(splits);
    };
    let row = move |place: usize| {
        let own = Memo::new(move |_| {
            splits.with(|splits| splits.get(place).copied()).unwrap_or(Split { after_minutes: 0, pause_minutes: 0 })
        });
        let with = move |write: &dyn Fn(&mut Split)| {
            let mut splits = splits.get_untracked();
            splits.get_mut(place).into_iter().for_each(write);
            store(splits)
        };
        let set_after = Callback::new(move |(minutes, _): Span| with(&|split| split.after_minutes = minutes));
        let set_pause = Callback::new(move |(minutes, _): Span| with(&|split| split.pause_minutes = minutes));
        let remove = move || {
            let mut splits = splits.get_untracked();
            if place < splits.len() {
                splits.remove(place);
            }
            change(splits);
        };
        view! {
            <li class="task-pause">
                <Amount label="Work before" name="splits" shown=Signal::derive(move || (own.get().after_minutes, false)) day=edit.day store=set_after/>
                <Amount label="Then a pause of" name="splits" shown=Signal::derive(move || (own.get().pause_minutes, false)) day=edit.day store=set_pause/>
                {can_edit.then(|| view! { <IconButton icon=Icon::X label=format!("Remove pause {}", place + 1) size=Size::Small on_press=remove/> })}
            </li>
        }
    };
    view! {
        <Show when=move || can_pause.get() && (can_edit || count.get() > 0)>
            <section class="task-part" aria-labelledby="task-pauses">
                <h3 id="task-pauses">"Pauses"</h3>
                <Show when=move || { count.get() > 0 }>
                    <ul class="task-pauses"><For each=move || 0..count.get() key=|place| *place children=row/></ul>
                </Show>
                {can_edit.then(|| view! { <div><Button size=Size::Small icon=Icon::Plus on_press=add>"Split the task"</Button></div> })}
                <p class="field-fault" role="alert">{move || message.get()}</p>
            </section>
        </Show>
        <Levelled edit can_edit/>
    }
    .into_any()
}

/// Where levelling put the task, and whether it may.
#[component]
fn Levelled(edit: Edit, can_edit: bool) -> impl IntoView {
    let locked = edit.shown(|record| record.locked);
    let level_from = edit.shown(|record| record.level_from);
    let backward = Memo::new(move |_| edit.handle.read(Model::is_backward));
    let said = move |at: Minute| {
        if backward.get() {
            format!("Starts by {}: what it needs is taken afterwards.", day(at))
        } else {
            format!("Waits until {} for what it needs.", day(at))
        }
    };
    let lock = Callback::new(move |(locked,): (bool,)| {
        let _ = edit.patch(TaskPatch { locked: Some(locked), ..TaskPatch::default() });
    });
    let free = move || {
        let _ = edit.patch(TaskPatch { level_from: Some(None), ..TaskPatch::default() });
    };
    view! {
        <section class="task-part" aria-labelledby="task-levelled">
            <h3 id="task-levelled">"Levelling"</h3>
            <div class="task-lock"><Switch on=locked label="Levelling leaves this task where it is" on_change=lock disabled=!can_edit/><span aria-hidden="true">"Levelling leaves this task where it is"</span></div>
            <Show when=move || level_from.get().is_some()>
                <p class="task-lock">
                    <span>{move || level_from.get().map(said)}</span>
                    {can_edit.then(|| view! { <Button size=Size::Small on_press=free>"Let it go"</Button> })}
                </p>
            </Show>
        </section>
    }
    .into_any()
}
