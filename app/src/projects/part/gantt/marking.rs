//! Which row is marked, and which task is open in the panel beside the chart.

use domain::TaskId;
use leptos::prelude::*;

use super::{chart::GanttHandle, editor::focus_table};

impl GanttHandle {
    /// The row that is marked, followed.
    #[must_use]
    pub fn marked(self) -> Option<TaskId> {
        self.marked.get()
    }

    /// The row that is marked, as it is now; none where the page has gone.
    #[must_use]
    pub fn marked_now(self) -> Option<TaskId> {
        self.marked.try_get_untracked().flatten()
    }

    /// Marks a row by its place in the plan.
    pub fn mark_row(self, task: u32) {
        self.mark(Some(task));
    }

    /// Marks a row and brings it into view.
    pub(super) fn mark_and_show(self, task: Option<u32>) {
        self.mark(task);
        let row = task.and_then(|task| self.with(|chart| chart.model.row_of(task)));
        if let Some(row) = row {
            self.show_row(row as usize);
        }
    }

    /// Marks a row. A panel that is open goes with it; one that is closed stays closed, so that nothing moves under a
    /// pointer that is about to drag or to be pressed again.
    pub(super) fn mark(self, task: Option<u32>) {
        let id = self.change(|chart| {
            chart.selected = task;
            let id = task.and_then(|task| chart.model.document().tasks.get(task as usize)).map(|task| task.id);
            chart.selection.only(id);
            id
        });
        self.marked.set(id);
        self.panel_follows();
        self.hands.picked();
        self.paint_soon();
    }

    /// The panel, where it is open, shows the marked row.
    pub(super) fn panel_follows(self) {
        let (marked, open) = (self.marked.get_untracked(), self.selected.get_untracked());
        if marked.is_some() && open.is_some() && open != marked {
            self.selected.set(marked);
        }
    }

    /// Closes the panel; keys act on the rows again.
    pub fn close(self) {
        self.selected.set(None);
        focus_table(self);
    }

    /// Marks a row and opens its panel.
    pub(super) fn select(self, task: Option<u32>) {
        self.mark(task);
        self.selected.set(self.marked.get_untracked());
    }

    /// Marks the row of a task, opens its panel and brings it into view.
    pub fn open(self, id: TaskId) {
        let place = self.with(|chart| {
            let task = chart.model.position(id)?;
            Some((task, chart.model.row_of(task)))
        });
        if let Some((task, row)) = place {
            self.select(Some(task));
            if let Some(row) = row {
                self.show_row(row as usize);
                self.show_bar(task);
            }
        }
    }
}
