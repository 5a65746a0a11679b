//! What changed: rows as they were and as they are.

use std::{collections::HashMap, hash::Hash};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    Fault, FaultKind,
    projects::document::{CalendarRecord, LinkRecord, PlanDocument, ProjectHead, TaskRecord},
};

/// A row before and after. Absent before: added; absent after: removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange<T> {
    pub before: Option<T>,
    pub after: Option<T>,
}

/// Everything that one step changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<RowChange<ProjectHead>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<RowChange<CalendarRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<RowChange<TaskRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<RowChange<LinkRecord>>,
}

/// A record that has an identity and counts its edits.
pub(super) trait Row: Clone + PartialEq + Serialize {
    type Id: Copy + Eq + Hash + Ord;
    /// What people call it.
    const WHAT: &'static str;
    fn id(&self) -> Self::Id;
    fn version_mut(&mut self) -> &mut i64;
    fn label(&self) -> String;
}

macro_rules! row {
    ($record:ty, $id:ty, $what:literal, |$row:ident| $label:expr) => {
        impl Row for $record {
            type Id = $id;
            const WHAT: &'static str = $what;
            fn id(&self) -> Self::Id {
                self.id
            }
            fn version_mut(&mut self) -> &mut i64 {
                &mut self.version
            }
            fn label(&self) -> String {
                let $row = self;
                $label
            }
        }
    };
}

row!(ProjectHead, crate::ProjectId, "project", |row| row.name.clone());
row!(CalendarRecord, crate::CalendarId, "calendar", |row| row.name.clone());
row!(TaskRecord, crate::TaskId, "task", |row| row.name.clone());
row!(LinkRecord, crate::LinkId, "link", |_row| "a link".to_owned());

impl Delta {
    /// True where nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.head.is_none() && self.calendars.is_empty() && self.tasks.is_empty() && self.links.is_empty()
    }

    /// What takes this back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            head: self.head.clone().map(turn),
            calendars: self.calendars.iter().cloned().map(turn).collect(),
            tasks: self.tasks.iter().cloned().map(turn).collect(),
            links: self.links.iter().cloned().map(turn).collect(),
        }
    }

    /// This and then `next`, as one step. Rows that end as they began are left out.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        if self.is_empty() {
            return next;
        }
        Self {
            head: chain(self.head.into_iter().collect(), next.head.into_iter().collect()).pop(),
            calendars: chain(self.calendars, next.calendars),
            tasks: chain(self.tasks, next.tasks),
            links: chain(self.links, next.links),
        }
    }

    /// Before and after as JSON, each with only the fields that differ, for the audit log.
    #[must_use]
    pub fn sides(&self) -> (Value, Value) {
        let mut before = Map::new();
        let mut after = Map::new();
        let mut put = |name: &str, (old, new): (Vec<Value>, Vec<Value>)| {
            if !old.is_empty() {
                before.insert(name.to_owned(), Value::Array(old));
                after.insert(name.to_owned(), Value::Array(new));
            }
        };
        put("project", differences(self.head.as_slice()));
        put("calendars", differences(&self.calendars));
        put("tasks", differences(&self.tasks));
        put("links", differences(&self.links));
        (Value::Object(before), Value::Object(after))
    }
}

fn turn<T>(change: RowChange<T>) -> RowChange<T> {
    RowChange { before: change.after, after: change.before }
}

fn chain<T: Row>(first: Vec<RowChange<T>>, next: Vec<RowChange<T>>) -> Vec<RowChange<T>> {
    let id_of = |change: &RowChange<T>| change.after.as_ref().or(change.before.as_ref()).map(Row::id);
    let mut changes = first;
    let mut place: HashMap<T::Id, usize> =
        changes.iter().enumerate().filter_map(|(index, change)| Some((id_of(change)?, index))).collect();
    for change in next {
        let Some(id) = id_of(&change) else { continue };
        if let Some(index) = place.get(&id) {
            changes[*index].after = change.after;
        } else {
            place.insert(id, changes.len());
            changes.push(change);
        }
    }
    changes.retain(|change| change.before != change.after);
    changes
}

fn differences<T: Row>(changes: &[RowChange<T>]) -> (Vec<Value>, Vec<Value>) {
    changes.iter().map(|change| difference(&json!(change.before), &json!(change.after))).unzip()
}

fn difference(before: &Value, after: &Value) -> (Value, Value) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return (before.clone(), after.clone()) };
    let differs = |key: &&String| key.as_str() == "id" || key.as_str() == "name" || old.get(*key) != new.get(*key);
    let pick = |side: &Map<String, Value>| {
        Value::Object(
            side.keys().filter(differs).filter_map(|key| Some((key.clone(), side.get(key)?.clone()))).collect(),
        )
    };
    (pick(old), pick(new))
}

impl PlanDocument {
    /// Applies a stored change, such as a colleague's or the inverse of one's own. Versions go up where rows stay, so
    /// that nobody mistakes an old state for a new one.
    ///
    /// # Errors
    /// `Conflict` where a row is not as the change expects it: the sentence names the row, the field and both values.
    /// Then nothing is changed.
    pub fn apply_delta(&mut self, delta: &Delta) -> Result<Delta, Fault> {
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
        self.calendars.sort_unstable_by_key(|record| record.id);
        self.links.sort_unstable_by_key(|record| record.id);
        if !applied.tasks.is_empty() {
            self.sort_outline();
        }
        Ok(applied)
    }
}

fn without_version<T: Row>(row: &T) -> T {
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
    let ids: std::collections::HashSet<T::Id> =
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
                "The {} {} was changed since: {field} is {} now and was {} then.",
                T::WHAT,
                here.label(),
                now[&field],
                then[&field]
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
    added.sort_unstable_by_key(|change| change.after.as_ref().map(Row::id));
    for change in added {
        if let Some(next) = &change.after {
            rows.push(next.clone());
            applied.push(RowChange { before: None, after: Some(next.clone()) });
        }
    }
    applied
}
