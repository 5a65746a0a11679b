//! Who and what files name, and who and what that is here.

use std::collections::HashMap;

use crate::{
    ResourceId, UserId,
    projects::{
        calendar::Calendar,
        resource::{ResourceKind, ResourceRecord},
    },
};

/// Somebody or something that a file names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceDraft {
    pub name: String,
    pub email: Option<String>,
    /// Where the file says what it is.
    pub kind: Option<ResourceKind>,
    /// Percent, where the file says how much of it there is.
    pub capacity: Option<i64>,
    /// Where it does not work whenever the project does.
    pub calendar: Option<Calendar>,
}

impl ResourceDraft {
    /// The record of something that is not here yet. A person without a word about it is there for one whole.
    #[must_use]
    pub fn record(&self, id: ResourceId, kind: ResourceKind) -> ResourceRecord {
        let whole = ResourceRecord::whole(id, kind, self.name.clone());
        ResourceRecord { capacity: self.capacity.unwrap_or(whole.capacity), calendar: self.calendar.clone(), ..whole }
    }
}

/// Who or what somebody or something in a file is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Person(UserId),
    /// A department or a machine.
    Resource(ResourceId),
}

/// What a row of a file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Which of the file's resources.
    pub(super) resource: usize,
    /// Whether a person is given the task, or only needed for it; given, where the file leaves it open.
    pub(super) given: Option<bool>,
    /// Percent, where it is not the usual whole.
    pub(super) units: Option<i64>,
}

/// People, departments and machines by id and by name.
#[derive(Clone, Debug, Default)]
pub struct Register {
    records: HashMap<ResourceId, ResourceRecord>,
    /// By name in small letters, in the order in which they came.
    names: HashMap<String, Vec<ResourceId>>,
}

impl Register {
    /// Of several with the same id the first counts.
    #[must_use]
    pub fn new(records: impl IntoIterator<Item = ResourceRecord>) -> Self {
        let mut register = Self::default();
        for record in records {
            let id = record.id;
            if register.records.contains_key(&id) {
                continue;
            }
            register.names.entry(record.name.to_lowercase()).or_default().push(id);
            register.records.insert(id, record);
        }
        register
    }

    /// What is said of a resource.
    #[must_use]
    pub fn record(&self, id: ResourceId) -> Option<&ResourceRecord> {
        self.records.get(&id)
    }

    /// What it is called. Whoever has no name any more is called by id, so that nobody disappears.
    #[must_use]
    pub fn name(&self, id: ResourceId) -> String {
        self.record(id).map_or_else(|| id.to_string(), |record| record.name.clone())
    }

    /// The department with this name.
    #[must_use]
    pub fn department(&self, name: &str) -> Option<&ResourceRecord> {
        self.called(name).find(|record| record.kind == ResourceKind::Department)
    }

    fn called(&self, name: &str) -> impl Iterator<Item = &ResourceRecord> {
        self.names.get(&name.to_lowercase()).into_iter().flatten().filter_map(|id| self.record(*id))
    }

    /// Who or what the file means. Two of one name are nobody, unless the file says which: a guess would give work to the
    /// wrong one.
    #[must_use]
    pub fn find(&self, wanted: &ResourceDraft) -> Option<Known> {
        let kinds: &[&[ResourceKind]] = match wanted.kind {
            None => &[&[ResourceKind::Person], &[ResourceKind::Department, ResourceKind::Machine]],
            Some(ResourceKind::Person) => &[&[ResourceKind::Person]],
            Some(ResourceKind::Department) => &[&[ResourceKind::Department], &[ResourceKind::Machine]],
            Some(ResourceKind::Machine) => &[&[ResourceKind::Machine], &[ResourceKind::Department]],
        };
        let here = |kinds: &&[ResourceKind]| -> Vec<&ResourceRecord> {
            self.called(&wanted.name).filter(|record| kinds.contains(&record.kind)).collect()
        };
        let found = kinds.iter().map(here).find(|found| !found.is_empty())?;
        let exact = || found.iter().filter(|record| record.name == wanted.name);
        let one = match found[..] {
            [one] => one,
            _ if exact().count() == 1 => exact().next()?,
            _ => return None,
        };
        Some(match one.kind {
            ResourceKind::Person => Known::Person(UserId(one.id.0)),
            ResourceKind::Department | ResourceKind::Machine => Known::Resource(one.id),
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_file_says_which_or_nobody_is_meant() {
        use ResourceKind::{Department, Machine, Person};
        let called = ["Ann", "Bo", "bo", "Mill", "Mill", "Press", "press"];
        let kinds = [Person, Person, Person, Machine, Department, Machine, Machine];
        let records = (1..).zip(called).zip(kinds).map(|((number, name), kind)| {
            ResourceRecord::whole(ResourceId(Uuid::from_u128(number)), kind, name.to_owned())
        });
        let register = Register::new(records);
        let find = |name: &str, kind: Option<ResourceKind>| {
            let found = register.find(&ResourceDraft { name: name.to_owned(), kind, ..ResourceDraft::default() });
            found.map(|known| match known {
                Known::Person(id) => id.0.as_u128(),
                Known::Resource(id) => id.0.as_u128(),
            })
        };
        assert_eq!((find("ANN", None), find("Ann", Some(Machine)), find("Bo", None)), (Some(1), None, Some(2)));
        assert_eq!((find("BO", None), find("mill", None)), (None, None), "there are two");
        assert_eq!((find("mill", Some(Machine)), find("mill", Some(Department))), (Some(4), Some(5)));
        assert_eq!((find("press", None), find("PRESS", None)), (Some(7), None));
    }
}
