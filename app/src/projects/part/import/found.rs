//! What the file becomes: the picture, the rows, and what could not be read.

use domain::projects::{
    amount,
    view::{ImportPreview, ImportProblem},
};
use leptos::prelude::*;

use super::{
    Import, column_title,
    confirm::Confirm,
    picture::{Picture, is_summary},
    sentence,
};
use crate::kit::{Glyph, Icon, Table, day};

/// Rows of a preview; a plan of ten thousand is counted, not printed.
const SHOWN: usize = 200;

/// Everything below the columns.
#[component]
pub fn Found(import: Import) -> impl IntoView {
    let is_found = Memo::new(move |_| import.found.with(Option::is_some));
    let some =
        Memo::new(move |_| import.found.with(|found| found.as_ref().is_some_and(|found| !found.rows.is_empty())));
    let found = Signal::derive(move || import.found.get().unwrap_or_else(nothing));
    let facts = move || {
        found.with(|found| {
            let critical = found.rows.iter().filter(|row| row.critical).count();
            let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
            format!(
                "{}, {}, {critical} critical, from {} to {}.",
                counted(found.rows.len(), "task"),
                counted(found.links, "link"),
                day(found.start),
                day(found.finish)
            )
        })
    };
    let head = || {
        view! {
            <th scope="col">"#"</th>
            <th scope="col">"Task"</th>
            <th scope="col" class="numeric">"Duration"</th>
            <th scope="col">"Start"</th>
            <th scope="col">"Finish"</th>
            <th scope="col">"Critical"</th>
        }
    };
    view! {
        <Show when=move || is_found.get()>
            <section class="import-found" aria-label="What the file becomes" data-pending=move || import.reading.get().to_string()>
                <Remarks found/>
                <Show when=move || some.get()>
                    <div class="panel import-result">
                        <h2>"What the file becomes"</h2>
                        <p>{facts}</p>
                        <Picture found/>
                        <Confirm import found/>
                    </div>
                    <Table label="Tasks" head>{move || found.with(rows)}</Table>
                    {move || {
                        let more = found.with(|found| found.rows.len().saturating_sub(SHOWN));
                        (more > 0).then(|| view! { <p class="field-hint">{format!("and {more} more")}</p> })
                    }}
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

fn nothing() -> ImportPreview {
    let (start, finish) = (domain::Minute::default(), domain::Minute::default());
    let (problems, notes, rows) = (Vec::new(), Vec::new(), Vec::new());
    ImportPreview { name: String::new(), start, finish, rows, links: 0, problems, notes, table: None }
}

fn rows(found: &ImportPreview) -> impl IntoView + use<> {
    let working_day = found.table.as_ref().map_or(480, |table| table.mapping.day());
    let rows = found.rows.iter().enumerate().take(SHOWN);
    rows.map(|(index, row)| {
        let summary = is_summary(&found.rows, index);
        let level = row.code.matches('.').count();
        let duration = match (summary, row.duration_minutes) {
            (true, _) => String::new(),
            (false, 0) => "Milestone".to_owned(),
            (false, minutes) => amount::written(minutes, working_day),
        };
        view! {
            <tr class:summary=summary>
                <td class="code">{row.code.clone()}</td>
                <td style=format!("--level:{level}") class="import-name">{row.name.clone()}</td>
                <td class="numeric">{duration}</td>
                <td>{day(row.start)}</td>
                <td>{day(row.finish)}</td>
                <td>{(row.critical && !summary).then(|| view! { <span class="late">"Critical"</span> })}</td>
            </tr>
        }
    })
    .collect_view()
}

/// The cells that cannot be read, and what was read otherwise than it stands there.
#[component]
fn Remarks(found: Signal<ImportPreview>) -> impl IntoView {
    let problems = Memo::new(move |_| found.with(|found| found.problems.clone()));
    let notes = Memo::new(move |_| found.with(|found| found.notes.clone()));
    let heading = |problems: &[ImportProblem]| match problems {
        [only] if only.row == 0 => "Nothing can be read yet".to_owned(),
        [_] => "1 cell cannot be read; its row is left out".to_owned(),
        many => format!("{} cells cannot be read; their rows are left out", many.len()),
    };
    view! {
        <Show when=move || !problems.with(Vec::is_empty)>
            <div class="notice import-remarks" data-tone="risk" role="alert">
                <Glyph icon=Icon::Alert/>
                <div>
                    <h2>{move || problems.with(|problems| heading(problems))}</h2>
                    <ul tabindex="0" aria-label="Cells that cannot be read">{move || problems.with(|list| remarks(list))}</ul>
                </div>
            </div>
        </Show>
        <Show when=move || !notes.with(Vec::is_empty)>
            <div class="notice import-remarks">
                <Glyph icon=Icon::Info/>
                <div>
                    <h2>"What was decided while reading"</h2>
                    <ul tabindex="0" aria-label="What was decided while reading">{move || notes.with(|list| remarks(list))}</ul>
                </div>
            </div>
        </Show>
    }
    .into_any()
}

fn remarks(list: &[ImportProblem]) -> impl IntoView + use<> {
    let shown = list.iter().take(SHOWN).map(|remark| {
        let place = match (remark.row, remark.column.as_str()) {
            (0, _) => None,
            (row, "") => Some(format!("Row {row}: ")),
            (row, column) => Some(format!("Row {row}, {}: ", column_title(column))),
        };
        view! { <li>{place.map(|place| view! { <strong>{place}</strong> })}{sentence(&remark.reason)}</li> }
    });
    let more = list.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <li>{format!("and {more} more")}</li> });
    (shown.collect_view(), more)
}
