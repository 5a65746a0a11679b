//! Which rows stand in the chart: those that are asked for, below summaries that are open.

use domain::{TaskId, projects::look::RowFilter};

use super::Model;

impl Model {
    pub(super) fn open_rows(&mut self) {
        self.rows.clear();
        self.row_of = vec![u32::MAX; self.document.tasks.len()];
        let kept = self.filter.as_ref().map(|filter| self.kept(filter));
        let mut hidden_below: Option<u16> = None;
        for (index, task) in (0_u32..).zip(&self.document.tasks) {
            let level = self.levels[index as usize];
            if hidden_below.is_some_and(|above| level > above) {
                continue;
            }
            hidden_below = self.closed.contains(&task.id).then_some(level);
            if kept.as_ref().is_some_and(|kept| !kept[index as usize]) {
                continue;
            }
            self.row_of[index as usize] = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.rows.push(index);
        }
    }

    /// Shows only rows that are asked for, below their summaries; all where absent.
    pub fn set_filter(&mut self, filter: Option<RowFilter>) {
        self.filter = filter;
        self.open_rows();
    }

    /// For each row, whether it or one below it is asked for.
    pub fn kept(&self, filter: &RowFilter) -> Vec<bool> {
        let rows = self.document.tasks.iter().zip(&self.schedule.tasks);
        let mut kept: Vec<bool> = rows.map(|(task, slot)| filter.fits(task, slot)).collect();
        // Backward: a summary stands before the rows below it.
        for (index, task) in self.document.tasks.iter().enumerate().rev() {
            if let Some(parent) = task.parent_id.and_then(|id| self.position.get(&id)).filter(|_| kept[index]) {
                kept[*parent as usize] = true;
            }
        }
        kept
    }

    /// Tasks by visible row.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The visible row of a task.
    pub fn row_of(&self, task: u32) -> Option<u32> {
        self.row_of.get(task as usize).copied().filter(|row| *row != u32::MAX)
    }

    pub fn is_closed(&self, task: u32) -> bool {
        self.closed.contains(&self.document.tasks[task as usize].id)
    }

    /// Opens or closes a summary.
    pub fn toggle(&mut self, task: u32) {
        let id = self.document.tasks[task as usize].id;
        if !self.closed.remove(&id) {
            self.closed.insert(id);
        }
        self.open_rows();
    }

    /// Summaries whose rows are hidden.
    pub fn closed(&self) -> impl Iterator<Item = TaskId> {
        self.closed.iter().copied()
    }

    /// Hides the rows of these summaries, and shows all others.
    pub fn close_all(&mut self, closed: impl IntoIterator<Item = TaskId>) {
        self.closed = closed.into_iter().collect();
        self.open_rows();
    }
}
