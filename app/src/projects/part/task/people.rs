//! Who works on the task.

use domain::{
    UserId,
    projects::{operation::TaskPatch, view::Person},
};
use leptos::prelude::*;

use super::{
    chooser::{Chooser, Offer, fits},
    edit::Edit,
    field::message_of,
};
use crate::kit::{Avatar, Icon, IconButton, Size};

#[component]
pub fn People(edit: Edit, colleagues: Signal<Vec<Person>>, can_edit: bool) -> impl IntoView {
    let assignees = edit.shown(|record| record.assignees.clone());
    let message = RwSignal::new(None::<String>);
    let change = move |people: Vec<UserId>| {
        let stored = edit.patch(TaskPatch { assignees: Some(people), ..TaskPatch::default() });
        message.set(stored.err().map(|fault| message_of(&fault, "assignees")));
    };
    let add = Callback::new(move |id: uuid::Uuid| {
        let mut people = assignees.get_untracked();
        people.push(UserId(id));
        change(people);
    });
    let remove = move |id: UserId| {
        let mut people = assignees.get_untracked();
        people.retain(|person| *person != id);
        change(people);
    };
    let name = move |id: UserId| {
        let known =
            colleagues.with(|people| people.iter().find(|person| person.id == id).map(|person| person.name.clone()));
        known.unwrap_or_else(|| {
            if colleagues.with(Vec::is_empty) { "…".to_owned() } else { "Somebody who left".to_owned() }
        })
    };
    let find = Callback::new(move |text: String| {
        let taken = assignees.get_untracked();
        let free = |person: &&Person| !taken.contains(&person.id) && fits(&person.name, &text);
        colleagues.with_untracked(|people| {
            people
                .iter()
                .filter(free)
                .map(|person| Offer { id: person.id.0, code: String::new(), title: person.name.clone() })
                .collect::<Vec<_>>()
        })
    });
    let chip = move |id: UserId| {
        view! {
            <li class="chip">
                {move || view! { <Avatar name=name(id) size=20/> }}
                <span>{move || name(id)}</span>
                {can_edit.then(|| {
                    let label = Signal::derive(move || format!("Take {} off", name(id)));
                    view! { <IconButton icon=Icon::X label size=Size::Small on_press=move || remove(id)/> }
                })}
            </li>
        }
    };
    view! {
        <section class="task-part" aria-labelledby="task-people">
            <h3 id="task-people">"People"</h3>
            <Show when=move || !assignees.with(Vec::is_empty)>
                <ul class="chips"><For each=move || assignees.get() key=|id| *id children=chip/></ul>
            </Show>
            {can_edit.then(|| view! { <Chooser id="task-person" label="Add a person" find on_pick=add message/> })}
        </section>
    }
    .into_any()
}
