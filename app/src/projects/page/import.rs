//! Bringing a plan from a file: choose, look, confirm. Nothing is stored before the last step.

use domain::{
    Fault,
    projects::view::{ImportPreview, ImportProblem},
};
use leptos::{html, prelude::*};
use leptos_meta::Title;

#[cfg(feature = "hydrate")]
use crate::kit::go_to;
use crate::kit::{Button, ButtonKind, FailedState, Icon, Table, TextInput, day};

/// Rows of a preview; a plan of ten thousand is counted, not printed.
const SHOWN: usize = 200;

/// `/projects/import`
#[component]
pub fn ImportPage() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let title = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<String>);
    let preview = RwSignal::new(None::<Result<ImportPreview, Fault>>);
    let busy = RwSignal::new(false);
    let look = move || {
        busy.set(true);
        preview.set(None);
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            let answer: Result<ImportPreview, Fault> = send(input, "/projects/import?preview=true", None).await;
            if let Ok(found) = &answer {
                title.set(found.name.clone());
            }
            preview.set(Some(answer));
            busy.set(false);
        });
    };
    let confirm = move || {
        busy.set(true);
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            match send::<domain::projects::document::ProjectHead>(
                input,
                "/projects/import",
                Some(title.get_untracked()),
            )
            .await
            {
                Ok(head) => go_to(&format!("/projects/{}", head.id)),
                Err(fault) => preview.set(Some(Err(fault))),
            }
            busy.set(false);
        });
    };
    let choose = move |_| {
        let name = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        // Browsers show a made-up folder before the name.
        chosen.set(name.rsplit(['/', '\\']).next().map(str::to_owned).filter(|name| !name.is_empty()));
        if chosen.get_untracked().is_some() {
            look();
        }
    };
    let found = move || {
        preview.get().map(|answer| match answer {
            Ok(found) => view! { <Found found title busy confirm=Callback::new(move |()| confirm())/> }.into_any(),
            Err(fault) => view! { <FailedState fault/> }.into_any(),
        })
    };
    view! {
        <Title text="Import a plan"/>
        <header class="page-head"><h1>"Import a plan"</h1></header>
        <div class="import-file">
            <label for="import-file">
                <strong>{move || chosen.get().unwrap_or_else(|| "Choose a file, or drop it here".to_owned())}</strong>
                <span>"MS Project XML, CSV, Excel or PSPLIB, up to 16 MiB. You see what it becomes before anything is stored."</span>
            </label>
            <input id="import-file" type="file" accept=".xml,.csv,.xlsx,.xls,.ods,.sm" node_ref=input on:change=choose/>
        </div>
        <p class="sr-only" role="status">{move || busy.get().then_some("Reading the file")}</p>
        {found}
    }
    .into_any()
}

#[component]
fn Found(found: ImportPreview, title: RwSignal<String>, busy: RwSignal<bool>, confirm: Callback<()>) -> impl IntoView {
    let count = found.rows.len();
    let critical = found.rows.iter().filter(|row| row.critical).count();
    let more = count.saturating_sub(SHOWN);
    let facts = format!(
        "{count} tasks, {} links, {critical} critical; from {} to {}",
        found.links,
        day(found.start),
        day(found.finish)
    );
    let rows = found.rows.into_iter().take(SHOWN).map(|row| {
        view! {
            <tr>
                <td class="code">{row.code}</td>
                <td>{row.name}</td>
                <td>{day(row.start)}</td>
                <td>{day(row.finish)}</td>
            </tr>
        }
    });
    let head = || view! { <th scope="col">"#"</th><th scope="col">"Task"</th><th scope="col">"Start"</th><th scope="col">"Finish"</th> };
    view! {
        <section class="import-found" aria-label="What the file becomes">
            <Problems problems=found.problems/>
            <p>{facts}</p>
            <div class="import-confirm">
                <span aria-hidden="true">"Name of the project"</span>
                <TextInput label="Name of the project" value=title autocomplete="off"/>
                <Button kind=ButtonKind::Primary icon=Icon::Upload pending=busy disabled=Signal::derive(move || count == 0) on_press=move || confirm.run(())>
                    {format!("Import {count} tasks")}
                </Button>
            </div>
            <Table label="Tasks" head>{rows.collect_view()}</Table>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
    .into_any()
}

/// The cells that cannot be read, and why; their rows are left out.
#[component]
fn Problems(problems: Vec<ImportProblem>) -> impl IntoView {
    let count = problems.len();
    (count > 0).then(|| {
        let list = problems.into_iter().take(SHOWN).map(|problem| {
            view! { <li><strong>{format!("Row {}, {}", problem.row, problem.column)}</strong>{format!(": {}", problem.reason)}</li> }
        });
        view! {
            <div class="import-problems" role="alert">
                <h2>{format!("{count} cells cannot be read; their rows are left out")}</h2>
                <ul>{list.collect_view()}</ul>
            </div>
        }
    })
}

/// Sends the chosen file.
#[cfg(feature = "hydrate")]
async fn send<T: serde::de::DeserializeOwned>(
    input: NodeRef<html::Input>,
    path: &str,
    title: Option<String>,
) -> Result<T, Fault> {
    let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
    let file = file.ok_or_else(|| Fault::field("file", "Choose a file."))?;
    let internal = |_| Fault::new(domain::FaultKind::Internal);
    let form = web_sys::FormData::new().map_err(internal)?;
    if let Some(title) = title {
        form.append_with_str("name", &title).map_err(internal)?;
    }
    form.append_with_blob_and_filename("file", &file, &file.name()).map_err(internal)?;
    crate::kit::api::upload(path, form).await
}
