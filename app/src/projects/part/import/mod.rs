//! Bringing a plan from a file: what is chosen, and the parts of the page that show it.

mod columns;
mod confirm;
mod drop;
mod found;
mod picture;

use domain::{
    Fault,
    projects::{
        exchange::column::{Column, ColumnMapping},
        view::{ImportPreview, ImportProblem},
    },
};
use leptos::{html, prelude::*};

pub use columns::Columns;
pub use drop::DropTarget;
pub use found::Found;

/// Largest file; the server reads no more.
#[cfg(feature = "hydrate")]
const MOST_BYTES: f64 = 16.0 * 1024.0 * 1024.0;

/// The file as the page names it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenFile {
    pub name: String,
    pub bytes: f64,
}

/// Everything that is chosen on the page.
///
/// *Invariant:* nothing chosen is lost by a failure; only another file begins anew.
#[derive(Clone, Copy)]
pub struct Import {
    /// Holds the file itself.
    pub input: NodeRef<html::Input>,
    pub file: RwSignal<Option<ChosenFile>>,
    /// First rows of a table, as they stand in the file.
    pub sample: RwSignal<Vec<Vec<String>>>,
    /// How the table is read; none before the first look, which guesses.
    pub mapping: RwSignal<Option<ColumnMapping>>,
    pub found: RwSignal<Option<ImportPreview>>,
    /// Why the last look failed.
    pub refused: RwSignal<Option<Fault>>,
    pub reading: RwSignal<bool>,
    /// The existing project it goes into; empty for a new one.
    pub project: RwSignal<String>,
    pub title: RwSignal<String>,
    /// Why storing failed.
    pub unstored: RwSignal<Option<Fault>>,
    pub storing: RwSignal<bool>,
    /// The name that the file suggested last; what was typed instead stays.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "files are read in the browser"))]
    suggested: StoredValue<String>,
    /// Counts looks: the answer to an earlier one is not shown.
    looks: StoredValue<u32>,
}

impl Import {
    /// Nothing chosen yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            input: NodeRef::new(),
            file: RwSignal::new(None),
            sample: RwSignal::new(Vec::new()),
            mapping: RwSignal::new(None),
            found: RwSignal::new(None),
            refused: RwSignal::new(None),
            reading: RwSignal::new(false),
            project: RwSignal::new(String::new()),
            title: RwSignal::new(String::new()),
            unstored: RwSignal::new(None),
            storing: RwSignal::new(false),
            suggested: StoredValue::new(String::new()),
            looks: StoredValue::new(0),
        }
    }

    /// Another file was chosen: it is read at once.
    pub fn take(self) {
        #[cfg(feature = "hydrate")]
        {
            let Some(file) = self.chosen() else { return };
            let (name, bytes) = (file.name(), file.size());
            self.file.set(Some(ChosenFile { name, bytes }));
            self.sample.set(Vec::new());
            self.mapping.set(None);
            self.found.set(None);
            self.unstored.set(None);
            if bytes > MOST_BYTES {
                self.looks.update_value(|looks| *looks += 1);
                self.reading.set(false);
                self.refused.set(Some(Fault::field("file", "This file is larger than 16 MiB. Bring a part of it.")));
            } else {
                self.look();
            }
        }
    }

    /// Asks what the file would become. What was found before stays until the answer is here.
    pub fn look(self) {
        self.refused.set(None);
        self.unstored.set(None);
        if let Some(problem) = self.unreadable() {
            self.refused.set(Some(on_mapping(&problem)));
            return;
        }
        self.reading.set(true);
        self.looks.update_value(|looks| *looks += 1);
        #[cfg(feature = "hydrate")]
        {
            let look = self.looks.get_value();
            leptos::task::spawn_local(async move {
                let answer = self.send::<ImportPreview>("/projects/import?preview=true", None).await;
                if self.looks.try_get_value() == Some(look) {
                    self.show(answer);
                }
            });
        }
    }

    /// Changes how the table is read, and looks again.
    pub fn remap(self, change: impl FnOnce(&mut ColumnMapping)) {
        let Some(before) = self.mapping.get_untracked() else { return };
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.mapping.set(Some(after));
            self.look();
        }
    }

    /// Stores what was found, and goes to the plan.
    pub fn store(self) {
        self.unstored.set(None);
        self.storing.set(true);
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            let project = self.project.get_untracked();
            let stored = if project.is_empty() {
                let title = Some(self.title.get_untracked());
                let head = self.send::<domain::projects::document::ProjectHead>("/projects/import", title).await;
                head.map(|head| head.id.to_string())
            } else {
                let path = format!("/projects/{project}/import");
                self.send::<domain::projects::view::Applied>(&path, None).await.map(|_| project)
            };
            match stored {
                Ok(id) => crate::kit::go_to(&format!("/projects/{id}")),
                Err(fault) => {
                    self.storing.try_set(false);
                    self.unstored.try_set(Some(fault));
                }
            }
        });
    }

    /// What is wrong with the chosen columns, before a file is sent for nothing.
    fn unreadable(self) -> Option<ImportProblem> {
        self.mapping.with_untracked(|mapping| mapping.as_ref().and_then(|mapping| mapping.check().err()))
    }

    #[cfg(feature = "hydrate")]
    fn show(self, answer: Result<ImportPreview, Fault>) {
        self.reading.set(false);
        match answer {
            Ok(found) => {
                if self.title.get_untracked() == self.suggested.get_value() {
                    self.title.set(found.name.clone());
                }
                self.suggested.set_value(found.name.clone());
                if let Some(table) = &found.table {
                    if self.sample.with_untracked(|sample| *sample != table.rows) {
                        self.sample.set(table.rows.clone());
                    }
                    self.mapping.set(Some(table.mapping.clone()));
                }
                self.found.set(Some(found));
            }
            Err(fault) => self.refused.set(Some(fault)),
        }
    }

    #[cfg(feature = "hydrate")]
    fn chosen(self) -> Option<web_sys::File> {
        self.input.get_untracked()?.files()?.get(0)
    }

    /// Sends the file with all that is chosen.
    #[cfg(feature = "hydrate")]
    async fn send<T: serde::de::DeserializeOwned>(self, path: &str, title: Option<String>) -> Result<T, Fault> {
        let file = self.chosen().ok_or_else(|| Fault::field("file", "Choose a file."))?;
        let internal = |_| Fault::new(domain::FaultKind::Internal);
        let form = web_sys::FormData::new().map_err(internal)?;
        if let Some(title) = title {
            form.append_with_str("name", &title).map_err(internal)?;
        }
        if let Some(mapping) = self.mapping.get_untracked() {
            let mapping = serde_json::to_string(&mapping).unwrap_or_default();
            form.append_with_str("mapping", &mapping).map_err(internal)?;
        }
        form.append_with_blob_and_filename("file", &file, &file.name()).map_err(internal)?;
        crate::kit::api::upload(path, form).await
    }
}

/// A problem of the chosen columns, as the server would spell it.
fn on_mapping(problem: &ImportProblem) -> Fault {
    Fault::field(format!("mapping.{}", problem.column), sentence(&problem.reason))
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(char::to_uppercase);
    let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    first.map_or_else(String::new, |first| format!("{}{}{end}", first.collect::<String>(), letters.as_str()))
}

/// What people call the column in which something is wrong.
fn column_title(code: &str) -> String {
    let known = Column::ALL.into_iter().find(|column| column.code() == code);
    known.map_or_else(|| code.to_owned(), |column| column.title().to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(super::sentence("say which column has the names"), "Say which column has the names.");
        assert_eq!((super::sentence("What?"), super::sentence("")), ("What?".to_owned(), String::new()));
    }

    #[test]
    fn columns_are_called_by_their_titles() {
        assert_eq!((super::column_title("assignee"), super::column_title("Start")), ("People".into(), "Start".into()));
    }
}
