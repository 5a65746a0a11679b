//! Which rows are picked. One of them is marked: keys begin there. A range reaches from where picking began.

use std::collections::HashSet;

use domain::{LinkId, TaskId};
use leptos::prelude::*;

use super::chart::GanttHandle;

/// What is picked on the chart.
#[derive(Default)]
pub struct Selection {
    picked: HashSet<TaskId>,
    anchor: Option<TaskId>,
    /// The link that is open, and the one under the pointer.
    pub link: Option<LinkId>,
    pub near_link: Option<LinkId>,
    /// The link on which the pointer went down.
    pub pressed_link: Option<LinkId>,
}

/// How a press or a key picks a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// This row and no other.
    Only,
    /// This row as well, or no longer.
    Toggle,
    /// Every row from where picking began to this one.
    Range,
}

impl Pick {
    /// What Ctrl (or Cmd) and Shift mean.
    pub const fn of(ctrl: bool, shift: bool) -> Self {
        match (ctrl, shift) {
            (_, true) => Self::Range,
            (true, false) => Self::Toggle,
            (false, false) => Self::Only,
        }
    }
}

impl Selection {
    /// Picks this row and no other.
    pub fn only(&mut self, id: Option<TaskId>) {
        self.picked.clear();
        self.picked.extend(id);
        self.anchor = id;
    }

    pub fn contains(&self, id: TaskId) -> bool {
        self.picked.contains(&id)
    }

    /// True where the row is one of several.
    pub fn is_among(&self, id: TaskId) -> bool {
        self.picked.len() > 1 && self.contains(id)
    }

    pub const fn ids(&self) -> &HashSet<TaskId> {
        &self.picked
    }

    /// Forgets rows that are gone.
    pub fn retain(&mut self, stays: impl Fn(TaskId) -> bool) {
        self.picked.retain(|id| stays(*id));
        self.anchor = self.anchor.filter(|id| stays(*id));
    }

    /// Picks `id` as well, or no longer. The last row stays.
    fn toggle(&mut self, id: TaskId) {
        if self.picked.len() < 2 || !self.picked.remove(&id) {
            self.picked.insert(id);
        }
        self.anchor = Some(id);
    }
}

impl GanttHandle {
    /// Picks rows; the one that is named is marked.
    pub(super) fn pick(self, task: u32, how: Pick) {
        let id = self.change(|chart| {
            let model = &chart.model;
            let id = model.document().tasks[task as usize].id;
            match how {
                Pick::Only => chart.selection.only(Some(id)),
                Pick::Toggle => chart.selection.toggle(id),
                Pick::Range => {
                    let from = chart.selection.anchor.and_then(|id| model.row_of(model.position(id)?));
                    let to = model.row_of(task).unwrap_or_default();
                    let from = from.unwrap_or(to);
                    let rows = &model.rows()[from.min(to) as usize..=from.max(to) as usize];
                    let rows = rows.iter().map(|row| model.document().tasks[*row as usize].id);
                    chart.selection.picked = rows.collect();
                    chart.selection.anchor.get_or_insert(id);
                }
            }
            chart.selected = Some(task);
            id
        });
        self.marked.set(Some(id));
        self.panel_follows();
        self.hands.picked();
        self.paint_soon();
        self.say_picked();
    }

    /// Picks every row that is seen.
    pub(super) fn pick_all(self) {
        self.change(|chart| {
            let tasks = &chart.model.document().tasks;
            chart.selection.picked = chart.model.rows().iter().map(|row| tasks[*row as usize].id).collect();
        });
        self.hands.picked();
        self.paint_soon();
        self.say_picked();
    }

    /// Picks these rows, and marks the first.
    pub(super) fn pick_these(self, ids: &[TaskId]) {
        let Some(first) = ids.first() else { return };
        self.open_row(*first);
        self.change(|chart| chart.selection.picked.extend(ids));
        self.hands.picked();
        self.paint_soon();
    }

    /// Picks the marked row alone again; false where it was alone.
    pub(super) fn pick_less(self) -> bool {
        let several = self.with(|chart| chart.selection.picked.len() > 1);
        if several {
            self.mark(self.with(|chart| chart.selected));
        }
        several
    }

    /// Marks a row and picks it, unless it is picked with others.
    pub(super) fn take_hold(self, task: u32) {
        let id = self.with(|chart| chart.model.document().tasks[task as usize].id);
        if self.with(|chart| chart.selection.is_among(id)) {
            self.change(|chart| chart.selected = Some(task));
            self.marked.set(Some(id));
            self.panel_follows();
        } else {
            self.mark(Some(task));
        }
    }

    /// Whether a row is picked, followed.
    pub(super) fn is_picked(self, id: TaskId) -> bool {
        self.hands.track_picks();
        self.with(|chart| chart.selection.contains(id))
    }

    /// How many rows are picked, followed.
    pub(super) fn picked_count(self) -> usize {
        self.hands.track_picks();
        self.with(|chart| chart.selection.picked.len())
    }

    /// The picked rows, in outline order.
    pub(super) fn picked(self) -> Vec<TaskId> {
        self.with(|chart| {
            let tasks = chart.model.document().tasks.iter().map(|task| task.id);
            tasks.filter(|id| chart.selection.contains(*id)).collect()
        })
    }

    fn say_picked(self) {
        let count = self.with(|chart| chart.selection.picked.len());
        if count > 1 {
            self.said.set(format!("{count} rows picked"));
        }
    }
}
