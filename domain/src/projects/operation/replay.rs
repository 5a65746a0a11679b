//! Stored changes, applied again: a colleague's, or the inverse of one's own.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::{Delta, RowChange, delta::Row, words};
use crate::{
    Fault, FaultKind, TaskId,
    projects::document::{PlanDocument, ProjectHead},
};

impl PlanDocument {
    /// Applies a stored change, such as a colleague's or the inverse of one's own. Versions go up where rows stay, so
    /// that nobody mistakes an old state for a new one.
    ///
    /// # Errors
    /// `Conflict` where a row is not as the change expects it: the sentence names the row, the field and both values;
    /// or where others built on what would be taken away: rows below it, links to it, a calendar in use.
    /// `DependencyCycle` where links that came since would close a circle. Then nothing is changed.
    pub fn apply_delta(&mut self, delta: &Delta) -> Result<Delta, Fault> {
        let applied = self.write_delta(delta)?;
        let judged =
            self.whole().and_then(|()| if moves_network(&applied) { self.schedule().map(drop) } else { Ok(()) });
        if let Err(fault) = judged {
            self.take_back(&applied);
            return Err(fault);
        }
        Ok(applied)
    }

    /// Undoes what was just written, down to the versions. The inverse fits by construction.
    pub fn take_back(&mut self, delta: &Delta) {
        let _ = self.write_delta(&delta.inverse());
        restore(&mut self.tasks, &delta.tasks);
        restore(&mut self.links, &delta.links);
        restore(&mut self.calendars, &delta.calendars);
        if let Some(RowChange { before: Some(head), .. }) = &delta.head {
            self.head.version = head.version;
        }
    }

    /// Everything that a record names is in the plan.
    fn whole(&self) -> Result<(), Fault> {
        let refused = |field: &str, detail: String| {
            Err(Fault::because(FaultKind::Conflict, detail.clone()).and_field(field, detail))
        };
        let calendars: HashSet<_> = self.calendars.iter().map(|record| record.id).collect();
        if self.head.calendar_id.is_some_and(|id| !calendars.contains(&id)) {
            return refused("calendar_id", format!("The calendar of {} would be gone.", self.head.name));
        }
        let mut above: HashSet<TaskId> = HashSet::with_capacity(self.tasks.len());
        for task in &self.tasks {
            if task.parent_id.is_some_and(|id| !above.contains(&id)) {
                return refused(
                    "parent_id",
                    format!("{} was put below a row that would be gone or below itself.", task.name),
                );
            }
            if task.calendar_id.is_some_and(|id| !calendars.contains(&id)) {
                return refused("calendar_id", format!("{} works by a calendar that would be gone.", task.name));
            }
            above.insert(task.id);
        }
        for link in &self.links {
            for (near, far) in [(link.predecessor_id, link.successor_id), (link.successor_id, link.predecessor_id)] {
                if !above.contains(&near) {
                    let name = self.task(far).map_or("A task", |task| task.name.as_str());
                    return refused("links", format!("{name} is linked to a task that would be gone."));
                }
            }
        }
        Ok(())
    }

    /// Applies a change without asking whether the plan stays whole.
    fn write_delta(&mut self, delta: &Delta) -> Result<Delta, Fault> {
        let mut applied = Delta::default();
        if let Some(change) = &delta.head {
            let mut heads = vec![ProjectHead { revision: 0, ..self.head.clone() }];
            let change = RowChange {
                before: change.before.clone().map(|head| ProjectHead { revision: 0, ..head }),
                after: change.after.clone().map(|head| ProjectHead { revision: 0, ..head }),
            };
            expect(&heads, std::slice::from_ref(&change))?;
            let revision = self.head.revision;
            let before = self.head.clone();
            replace(&mut heads, std::slice::from_ref(&change));
            if let Some(head) = heads.pop() {
                self.head = ProjectHead { revision, ..head };
            }
            applied.head = Some(RowChange { before: Some(before), after: Some(self.head.clone()) });
        }
        let check = expect(&self.calendars, &delta.calendars)
            .and_then(|()| expect(&self.tasks, &delta.tasks))
            .and_then(|()| expect(&self.links, &delta.links));
        if let Err(fault) = check {
            if let Some(RowChange { before: Some(head), .. }) = applied.head {
                self.head = head;
            }
            return Err(fault);
        }
        applied.calendars = replace(&mut self.calendars, &delta.calendars);
        applied.tasks = replace(&mut self.tasks, &delta.tasks);
        applied.links = replace(&mut self.links, &delta.links);
        self.sort_calendars();
        self.sort_links();
        if !applied.tasks.is_empty() {
            self.sort_outline();
        }
        Ok(applied)
    }
}

/// True where the change can close a circle or make an impossible plan.
fn moves_network(delta: &Delta) -> bool {
    let moved = |change: &RowChange<crate::projects::document::TaskRecord>| match change {
        RowChange { before: Some(before), after: Some(after) } => {
            before.parent_id != after.parent_id || before.kind != after.kind
        }
        RowChange { after, .. } => after.is_some(),
    };
    delta.links.iter().any(|change| change.after.is_some()) || delta.tasks.iter().any(moved)
}

fn restore<T: Row>(rows: &mut [T], changes: &[RowChange<T>]) {
    let before: HashMap<T::Id, &T> =
        changes.iter().filter_map(|change| change.before.as_ref()).map(|row| (row.id(), row)).collect();
    for row in rows {
        if let Some(before) = before.get(&row.id()) {
            *row.version_mut() = *(*before).clone().version_mut();
        }
    }
}

pub(super) fn without_version<T: Row>(row: &T) -> T {
    let mut row = row.clone();
    *row.version_mut() = 0;
    row
}

fn expect<T: Row>(rows: &[T], changes: &[RowChange<T>]) -> Result<(), Fault> {
    let wanted: HashMap<T::Id, &T> = index(rows, changes);
    for change in changes {
        let id = change.before.as_ref().or(change.after.as_ref()).map(Row::id);
        let here = id.and_then(|id| wanted.get(&id).copied());
        let same = here.map(without_version) == change.before.as_ref().map(without_version);
        if !same {
            return Err(built_on(here, change.before.as_ref()));
        }
    }
    Ok(())
}

/// The rows that the changes speak of, by id.
fn index<'a, T: Row>(rows: &'a [T], changes: &[RowChange<T>]) -> HashMap<T::Id, &'a T> {
    let ids: HashSet<T::Id> =
        changes.iter().filter_map(|change| change.before.as_ref().or(change.after.as_ref())).map(Row::id).collect();
    rows.iter().filter(|row| ids.contains(&row.id())).map(|row| (row.id(), row)).collect()
}

fn built_on<T: Row>(here: Option<&T>, expected: Option<&T>) -> Fault {
    let detail = match (here, expected) {
        (Some(here), Some(expected)) => {
            let (now, then) = (json!(without_version(here)), json!(without_version(expected)));
            let field = now.as_object().and_then(|fields| fields.keys().find(|key| now[*key] != then[*key]).cloned());
            let field = field.unwrap_or_default();
            format!(
                "The {} {} was changed since: {} is {} now and was {} then.",
                T::WHAT,
                here.label(),
                words::title(&field),
                words::value(&field, &now[&field], None),
                words::value(&field, &then[&field], None)
            )
        }
        (None, Some(expected)) => format!("The {} {} was removed since.", T::WHAT, expected.label()),
        (Some(here), None) => format!("The {} {} is there again.", T::WHAT, here.label()),
        (None, None) => format!("The {} is not there.", T::WHAT),
    };
    Fault::because(FaultKind::Conflict, detail)
}

fn replace<T: Row>(rows: &mut Vec<T>, changes: &[RowChange<T>]) -> Vec<RowChange<T>> {
    let mut pending: HashMap<T::Id, &RowChange<T>> = changes
        .iter()
        .filter_map(|change| Some((change.before.as_ref().or(change.after.as_ref())?.id(), change)))
        .collect();
    let mut applied = Vec::with_capacity(changes.len());
    rows.retain_mut(|row| {
        let Some(change) = pending.remove(&row.id()) else { return true };
        let before = row.clone();
        let after = change.after.as_ref().map(|next| {
            let mut next = next.clone();
            let mut seen = before.clone();
            *next.version_mut() = *seen.version_mut() + 1;
            next
        });
        if let Some(next) = &after {
            *row = next.clone();
        }
        let stays = after.is_some();
        applied.push(RowChange { before: Some(before), after });
        stays
    });
    let mut added: Vec<&RowChange<T>> = pending.into_values().collect();
    // Stable, which is a fraction of the code: this is compiled for each kind of row and sent to every browser.
    added.sort_by_key(|change| change.after.as_ref().map(Row::id));
    for change in added {
        if let Some(next) = &change.after {
            rows.push(next.clone());
            applied.push(RowChange { before: None, after: Some(next.clone()) });
        }
    }
    applied
}
