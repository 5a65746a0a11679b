//! The last step: into a new project, or below what a plan has.

use domain::{
    Fault, PageRequest,
    projects::view::{ImportPreview, ProjectRow},
};
use leptos::prelude::*;

use super::Import;
use crate::{
    kit::{Button, ButtonKind, Choice, Field, Form, Icon, Select, TextInput},
    projects::calls,
};

/// Pages of projects that are offered; who has more finds theirs by its plan's own page.
const MOST_PAGES: usize = 5;

/// Where the plan goes, and the button.
#[component]
pub fn Confirm(import: Import, found: Signal<ImportPreview>) -> impl IntoView {
    // No resource: the frame would wait for it, and take the form away meanwhile.
    let projects = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let _ = projects.try_set(every_project().await);
        });
    });
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", "A new project")];
        let known = projects.get();
        choices
            .extend(known.into_iter().map(|row| Choice::new(row.id.to_string(), format!("{} {}", row.code, row.name))));
        choices
    });
    let is_new = Memo::new(move |_| import.project.with(String::is_empty));
    // What is wrong with the file stands beside the file.
    let fault = Signal::derive(move || {
        let mut fault: Fault = import.unstored.get()?;
        let before = fault.fields.len();
        fault.fields.retain(|field| field.field != "file");
        (before == 0 || !fault.fields.is_empty()).then_some(fault)
    });
    let count = move || found.with(|found| found.rows.len());
    let word = move || match count() {
        1 => "Import 1 task".to_owned(),
        count => format!("Import {count} tasks"),
    };
    let busy = Signal::derive(move || import.reading.get());
    view! {
        <Form name="import" on_submit=Callback::new(move |()| import.store()) fault pending=import.storing>
            <div class="import-confirm">
                <Field label="Import into" name="project"><Select value=import.project choices/></Field>
                <Show when=move || is_new.get()>
                    <Field label="Name of the project" name="name"><TextInput value=import.title autocomplete="off"/></Field>
                </Show>
                <Button kind=ButtonKind::Primary icon=Icon::Upload submit=true pending=import.storing disabled=busy>
                    {word}
                </Button>
            </div>
            <Show when=move || !is_new.get()>
                <p class="field-hint">"The rows come below those that are there, as one step that can be undone."</p>
            </Show>
        </Form>
    }
    .into_any()
}

async fn every_project() -> Vec<ProjectRow> {
    let mut rows = Vec::new();
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        let asked = PageRequest { limit: Some(200), cursor, sort: Some("name".to_owned()), ..PageRequest::default() };
        let Ok(page) = calls::list(asked).await else { break };
        rows.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    rows
}
