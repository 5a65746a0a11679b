//! What changed: rows as they were and as they are.

use std::{collections::HashMap, hash::Hash};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::projects::document::{CalendarRecord, LinkRecord, ProjectHead, TaskRecord};

/// A row before and after. Absent before: added; absent after: removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowChange<T> {
    pub before: Option<T>,
    pub after: Option<T>,
}

/// Everything that one step changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

pub(super) fn chain<T: Row>(first: Vec<RowChange<T>>, next: Vec<RowChange<T>>) -> Vec<RowChange<T>> {
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
