//! A plan as it was: back along the stored steps, and forward again to an older state as one new step.

use std::{collections::HashMap, hash::Hash};

use super::{Delta, RowChange, delta::Row, replay::without_version};
use crate::projects::document::{PlanDocument, ProjectHead};

impl PlanDocument {
    /// The plan before `steps` were done, which come newest first and reach down to the one after `revision`.
    ///
    /// Every byte is as it was then: the versions of rows too, for they say which state somebody saw. An undo is a step
    /// of its own, so a row that was taken away and brought back has the versions of both times.
    #[must_use]
    pub fn before_steps(self, revision: i64, steps: impl IntoIterator<Item = Delta>) -> Self {
        let Self { mut head, calendars, tasks, links } = self;
        let (mut calendars, mut tasks, mut links) = (Rows::of(calendars), Rows::of(tasks), Rows::of(links));
        for step in steps {
            if let Some(before) = step.head.and_then(|change| change.before) {
                head = before;
            }
            calendars.turn_back(step.calendars);
            tasks.turn_back(step.tasks);
            links.turn_back(step.links);
        }
        let head = ProjectHead { revision, ..head };
        Self::assemble(head, calendars.left(), tasks.left(), links.left())
    }

    /// What leads from here to `other`, apart from versions and the revision. Empty where both say the same.
    #[must_use]
    pub fn way_to(&self, other: &Self) -> Delta {
        let plain = |head: &ProjectHead| ProjectHead { revision: 0, version: 0, ..head.clone() };
        let head = (plain(&self.head) != plain(&other.head))
            .then(|| RowChange { before: Some(self.head.clone()), after: Some(other.head.clone()) });
        Delta {
            head,
            calendars: differing(&self.calendars, &other.calendars),
            tasks: differing(&self.tasks, &other.tasks),
            links: differing(&self.links, &other.links),
        }
    }
}

/// Rows by id, so that a thousand steps cost a thousand look-ups and not as many walks.
struct Rows<T: Row>(HashMap<T::Id, T>);

impl<T: Row> Rows<T>
where
    T::Id: Eq + Hash,
{
    fn of(rows: Vec<T>) -> Self {
        Self(rows.into_iter().map(|row| (row.id(), row)).collect())
    }

    fn turn_back(&mut self, changes: Vec<RowChange<T>>) {
        for RowChange { before, after } in changes {
            if let Some(after) = after {
                self.0.remove(&after.id());
            }
            if let Some(before) = before {
                self.0.insert(before.id(), before);
            }
        }
    }

    fn left(self) -> Vec<T> {
        self.0.into_values().collect()
    }
}

/// Rows that are only on one side, or otherwise on both.
fn differing<T: Row>(here: &[T], there: &[T]) -> Vec<RowChange<T>> {
    let mut wanted: HashMap<T::Id, &T> = there.iter().map(|row| (row.id(), row)).collect();
    let mut changes = Vec::new();
    for row in here {
        let after = wanted.remove(&row.id());
        if after.is_none_or(|after| without_version(after) != without_version(row)) {
            changes.push(RowChange { before: Some(row.clone()), after: after.cloned() });
        }
    }
    let added = there.iter().filter(|row| wanted.contains_key(&row.id()));
    changes.extend(added.map(|row| RowChange { before: None, after: Some(row.clone()) }));
    changes
}
