//! What is done here, on its way to the server: one step after the other, in the order in which it was done. Two steps
//! sent at once could arrive the other way round, and the first would be refused for the version that the second made.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{ProjectId, projects::operation::Operation};
use leptos::prelude::*;

use super::{super::calls, gantt::GanttHandle};
use crate::kit::Toaster;

/// Something to be told to the server, or asked of it.
enum Errand {
    Do(Box<Operation>),
    Undo,
    Redo,
    /// The plan as it is stored. It comes behind what was done before, so that it has all of that.
    Reload,
}

/// Steps that wait; whoever leaves the page takes the line along until it is empty.
type Line = Arc<Mutex<VecDeque<Errand>>>;

/// The way to the server of one plan's page.
#[derive(Clone, Copy)]
pub struct Errands {
    project: ProjectId,
    handle: GanttHandle,
    toaster: Toaster,
    line: StoredValue<Line>,
    busy: RwSignal<bool>,
}

impl Errands {
    /// Nothing waits yet.
    #[must_use]
    pub fn new(project: ProjectId, handle: GanttHandle, toaster: Toaster) -> Self {
        Self { project, handle, toaster, line: StoredValue::new(Line::default()), busy: RwSignal::new(false) }
    }

    /// Stores what was applied here already.
    pub fn send(self, operation: Operation) {
        self.push(Errand::Do(Box::new(operation)));
    }

    /// Takes back one's own latest step, or does it again.
    pub fn turn(self, back: bool) {
        self.push(if back { Errand::Undo } else { Errand::Redo });
    }

    /// Loads the plan again.
    pub fn reload(self) {
        self.push(Errand::Reload);
    }

    /// True while something is on its way.
    #[must_use]
    pub fn is_busy(self) -> bool {
        self.busy.try_get_untracked().unwrap_or_default()
    }

    fn push(self, errand: Errand) {
        // Nobody looks at the page any more.
        let Some(line) = self.line.try_get_value() else { return };
        line.lock().unwrap_or_else(PoisonError::into_inner).push_back(errand);
        if self.is_busy() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            while let Some(errand) = next(&line) {
                self.run(errand).await;
            }
            let _ = self.busy.try_set(false);
        });
    }

    /// The page may be left while an answer is on its way.
    fn is_here(self) -> bool {
        self.busy.try_get_untracked().is_some()
    }

    async fn run(self, errand: Errand) {
        let (project, handle) = (self.project, self.handle);
        let answer = match errand {
            Errand::Do(operation) => {
                let base = self.is_here().then(|| handle.revision());
                match calls::operate(project, base, vec![*operation]).await {
                    Ok(applied) => {
                        if self.is_here() {
                            handle.stored(applied.revision);
                        }
                        return;
                    }
                    Err(error) => {
                        self.toaster.fault(&error.0);
                        return self.reload();
                    }
                }
            }
            Errand::Undo => calls::undo(project, None).await,
            Errand::Redo => calls::redo(project, None).await,
            Errand::Reload => return self.run_reload().await,
        };
        match answer {
            Ok(applied) if self.is_here() && !handle.apply_delta(applied.revision, &applied.delta) => self.reload(),
            Ok(_) => {}
            Err(error) => self.toaster.fault(&error.0),
        }
    }

    async fn run_reload(self) {
        let Ok(plan) = calls::plan(self.project).await else { return };
        let Some(line) = self.line.try_get_value() else { return };
        // What was done while the plan was coming is not in it: that goes first.
        if line.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            self.handle.replace(plan);
        } else {
            self.reload();
        }
    }
}

fn next(line: &Line) -> Option<Errand> {
    line.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}
