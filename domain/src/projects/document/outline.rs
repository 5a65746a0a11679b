//! The order of rows, and their codes.

use std::collections::{HashMap, HashSet};

use super::{PlanDocument, TaskRecord};
use crate::TaskId;

impl PlanDocument {
    /// Codes in row order: `1`, `1.1`, `1.2`, `2`.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = Vec::with_capacity(self.tasks.len());
        let mut place: HashMap<TaskId, usize> = HashMap::with_capacity(self.tasks.len());
        let mut children: HashMap<Option<TaskId>, u32> = HashMap::new();
        for (index, task) in self.tasks.iter().enumerate() {
            let number = children.entry(task.parent_id).or_default();
            *number += 1;
            let above = task.parent_id.and_then(|id| place.get(&id));
            codes.push(above.map_or_else(|| number.to_string(), |above| format!("{}.{number}", codes[*above])));
            place.insert(task.id, index);
        }
        codes
    }

    /// Rows below `id`, without itself.
    #[must_use]
    pub fn descendants(&self, id: TaskId) -> HashSet<TaskId> {
        let mut below = HashSet::from([id]);
        self.add_descendants(&mut below);
        below.remove(&id);
        below
    }

    /// Adds the rows below those that are named. Parents stand before children, so one walk is enough.
    pub(crate) fn add_descendants(&self, named: &mut HashSet<TaskId>) {
        for task in &self.tasks {
            if task.parent_id.is_some_and(|parent| named.contains(&parent)) {
                named.insert(task.id);
            }
        }
    }

    /// True where `id` is `above` or stands below it. The rows are walked once, backward: a parent stands before its
    /// children.
    pub(crate) fn stands_below(&self, id: TaskId, above: TaskId) -> bool {
        let mut here = Some(id);
        for task in self.tasks.iter().rev() {
            if here == Some(above) {
                return true;
            }
            if here == Some(task.id) {
                here = task.parent_id;
            }
        }
        here == Some(above)
    }

    /// Children of `parent`, in order.
    pub fn children(&self, parent: Option<TaskId>) -> impl Iterator<Item = &TaskRecord> {
        self.tasks.iter().filter(move |task| task.parent_id == parent)
    }

    /// Puts the rows into outline order: depth first, siblings by rank and then by id. Rows whose parent is missing
    /// would be lost to every screen, so they come to the top level; rows that stand below each other in a circle come
    /// last. No row is ever dropped.
    pub(crate) fn sort_outline(&mut self) {
        let known: HashSet<TaskId> = self.tasks.iter().map(|task| task.id).collect();
        let mut below: HashMap<Option<TaskId>, Vec<usize>> = HashMap::with_capacity(self.tasks.len() / 4 + 1);
        for (index, task) in self.tasks.iter().enumerate() {
            below.entry(task.parent_id.filter(|id| known.contains(id))).or_default().push(index);
        }
        for siblings in below.values_mut() {
            siblings.sort_by_key(|index| (self.tasks[*index].rank, self.tasks[*index].id));
        }
        let mut order = Vec::with_capacity(self.tasks.len());
        let mut stack: Vec<usize> = below.get(&None).map(|top| top.iter().rev().copied().collect()).unwrap_or_default();
        while let Some(index) = stack.pop() {
            order.push(index);
            if let Some(children) = below.get(&Some(self.tasks[index].id)) {
                stack.extend(children.iter().rev());
            }
        }
        if order.len() < self.tasks.len() {
            let placed: HashSet<usize> = order.iter().copied().collect();
            order.extend((0..self.tasks.len()).filter(|index| !placed.contains(index)));
        }
        if order.iter().copied().eq(0..self.tasks.len()) {
            return;
        }
        let mut rows: Vec<Option<TaskRecord>> = std::mem::take(&mut self.tasks).into_iter().map(Some).collect();
        self.tasks = order.into_iter().filter_map(|index| rows[index].take()).collect();
    }
}
