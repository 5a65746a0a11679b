//! The form for what a project is.

use domain::{
    UserId,
    projects::{
        document::{ProjectHead, ProjectStatus},
        operation::ProjectPatch,
        plan::Direction,
        view::Person,
    },
};
use leptos::prelude::*;

use super::{
    super::super::calls,
    Edited,
    text::{ProjectText, changes, direction_code, status_code},
};
use crate::kit::{Button, ButtonKind, Choice, DateInput, DialogActions, Field, Form, Select, TextArea, TextInput};

#[component]
pub fn ProjectForm(edited: Edited, head: ProjectHead, store: Callback<ProjectPatch>) -> impl IntoView {
    let text = ProjectText::of(&head);
    let managers = managers(head.manager_id);
    let opened = StoredValue::new(head);
    let save = move |()| {
        let opened = opened.get_value();
        let patch = match text.read(&opened) {
            Ok(typed) => changes(&opened, &typed),
            Err(fault) => return edited.fault.set(Some(fault)),
        };
        if patch == ProjectPatch::default() {
            return edited.open.set(false);
        }
        edited.fault.set(None);
        let seen = edited.seen.get_untracked().unwrap_or(opened);
        store.run(patch.seen_in(&seen));
    };
    let statuses = ProjectStatus::ALL.map(|each| Choice::new(status_code(each), each.title())).to_vec();
    let directions = vec![
        Choice::new(direction_code(Direction::Forward), "Forward from the start: as soon as possible"),
        Choice::new(direction_code(Direction::Backward), "Backward from the target: as late as possible"),
    ];
    view! {
        <Form name="edit-project" on_submit=Callback::new(save) fault=edited.fault pending=edited.pending>
            <Field label="Name" name="name"><TextInput value=text.name autocomplete="off" autofocus=true/></Field>
            <div class="field-row">
                <Field label="Code" name="code"><TextInput value=text.code autocomplete="off"/></Field>
                <Field label="Status" name="status"><Select value=text.status choices=statuses/></Field>
            </div>
            <div class="field-row">
                <Field label="Start" name="start_date"><DateInput value=text.start/></Field>
                <Field label="Target end" name="target_end_date" optional=true><DateInput value=text.target/></Field>
            </div>
            <Field label="Planned" name="direction"><Select value=text.direction choices=directions/></Field>
            <Field label="Manager" name="manager_id" optional=true><Select value=text.manager choices=managers/></Field>
            <Field label="Description" name="description" optional=true><TextArea value=text.description rows=3/></Field>
            <DialogActions>
                <Button on_press=move || edited.open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true pending=edited.pending>"Save"</Button>
            </DialogActions>
        </Form>
    }
    .into_any()
}

/// Who can manage a project, and whoever does.
fn managers(now: Option<UserId>) -> Signal<Vec<Choice>> {
    let people = RwSignal::new(None::<Vec<Person>>);
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        let _ = people.try_set(Some(calls::people().await.unwrap_or_default()));
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = calls::people;
    Signal::derive(move || {
        let known = people.get();
        let is_known = |id: UserId| known.iter().flatten().any(|person| person.id == id);
        let mut choices = vec![Choice::new("", "Nobody")];
        // What is chosen is a choice also while the others are on their way, and when they have left the house.
        if let Some(id) = now.filter(|id| !is_known(*id)) {
            choices.push(Choice::new(id.to_string(), if known.is_none() { "…" } else { "Somebody who has left" }));
        }
        choices.extend(known.iter().flatten().map(|person| Choice::new(person.id.to_string(), person.name.clone())));
        choices
    })
}
