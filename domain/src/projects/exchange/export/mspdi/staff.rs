//! Who and what works, and on what.

use std::collections::HashMap;

use super::{
    super::super::staff::Register,
    CALLED, KIND, NOBODY, PART_BOTH, PART_ID, PART_NEEDED, Source, attribute,
    calendar::Calendars,
    part::{Effort, Part},
    plain_name,
    xml::Xml,
};
use crate::{
    ResourceId,
    projects::{
        calendar::Calendar,
        document::{PlanDocument, TaskRecord},
        plan::TaskKind,
        resource::{Assignment, ResourceKind, ResourceRecord, WHOLE},
    },
};

/// Resources in the order in which the plan names them; their number in the file is their place and one.
pub(super) struct Staff<'a> {
    list: Vec<Listed<'a>>,
    places: HashMap<ResourceId, usize>,
}

struct Listed<'a> {
    name: String,
    /// Not known of what is no longer here.
    kind: Option<ResourceKind>,
    record: Option<&'a ResourceRecord>,
}

/// What a task needs: the number of a resource, percent, and a word where these two leave something open.
type Needed = (i64, i64, Option<&'static str>);

impl<'a> Staff<'a> {
    pub(super) fn of(plan: &PlanDocument, register: &'a Register) -> Self {
        let mut staff = Self { list: Vec::new(), places: HashMap::new() };
        for task in &plan.tasks {
            for user in &task.assignees {
                staff.add(ResourceId(user.0), Some(ResourceKind::Person), register);
            }
            for need in &task.assignments {
                staff.add(need.resource_id, None, register);
            }
            // Tasks name their department in a field; here stands how many people it has.
            if let Some(department) = task.department.as_deref().and_then(|name| register.department(name)) {
                staff.add(department.id, None, register);
            }
        }
        staff
    }

    fn add(&mut self, id: ResourceId, kind: Option<ResourceKind>, register: &'a Register) {
        let place = self.list.len();
        let place = *self.places.entry(id).or_insert(place);
        if place == self.list.len() {
            let record = register.record(id);
            let kind = record.map(|record| record.kind).or(kind);
            self.list.push(Listed { name: register.name(id), kind, record });
        }
    }

    /// Place, name and calendar of those that have one.
    pub(super) fn calendars(&self) -> impl Iterator<Item = (usize, &str, &Calendar)> {
        self.list.iter().enumerate().filter_map(|(place, listed)| {
            let calendar = listed.record?.calendar.as_ref()?;
            Some((place, listed.name.as_str(), calendar))
        })
    }

    pub(super) fn write(&self, xml: &mut Xml, calendars: &Calendars) {
        for (place, listed) in self.list.iter().enumerate() {
            xml.group("Resource", |xml| {
                xml.leaf("UID", place + 1);
                xml.leaf("ID", place + 1);
                let plain = plain_name(&listed.name);
                xml.leaf("Name", &plain);
                // Work; 0 is material.
                xml.leaf("Type", 1);
                if let Some(kind) = listed.kind.filter(|kind| *kind != ResourceKind::Person) {
                    xml.leaf("Group", kind.title());
                }
                xml.leaf("MaxUnits", wholes(listed.record.map_or(WHOLE, |record| record.capacity)));
                xml.leaf("CanLevel", 1);
                if let Some(calendar) = calendars.of_resource(place) {
                    xml.leaf("CalendarUID", calendar);
                }
                if let Some(kind) = listed.kind {
                    attribute(xml, KIND.id, kind.title());
                }
                if plain != listed.name {
                    attribute(xml, CALLED.id, &listed.name);
                }
            });
        }
    }

    /// People who are given the task, then what it needs besides.
    fn needs(&self, task: &TaskRecord) -> Vec<Needed> {
        let number = |id: ResourceId| self.places.get(&id).and_then(|place| i64::try_from(place + 1).ok());
        let given = task.assignees.iter().map(|user| ResourceId(user.0));
        let said = |id: ResourceId| task.assignments.iter().find(|need| need.resource_id == id).map(|need| need.units);
        let given = given.map(|id| match said(id) {
            Some(WHOLE) => (id, WHOLE, Some(PART_BOTH)),
            units => (id, units.unwrap_or(WHOLE), None),
        });
        let besides = |need: &&Assignment| !task.assignees.iter().any(|user| user.0 == need.resource_id.0);
        let besides = task.assignments.iter().filter(besides).map(|need| {
            let kind = self.places.get(&need.resource_id).and_then(|place| self.list[*place].kind);
            (need.resource_id, need.units, (kind == Some(ResourceKind::Person)).then_some(PART_NEEDED))
        });
        given.chain(besides).filter_map(|(id, units, word)| Some((number(id)?, units, word))).collect()
    }
}

impl Source<'_> {
    pub(super) fn assignments(&self, xml: &mut Xml) {
        let progress = self.plan.task_progress();
        let mut number = 0;
        for (index, (task, slot)) in (0_u32..).zip(self.plan.tasks.iter().zip(&self.schedule.tasks)) {
            let in_parts = task.kind == TaskKind::Task && !task.splits.is_empty();
            let parts = self.scheduler.as_ref().filter(|_| in_parts);
            let parts = parts.map(|scheduler| Part::all(scheduler, index, slot, progress[index as usize]));
            let mut needs = self.staff.needs(task);
            let done = progress[index as usize];
            let effort = Effort::of(task, slot, done, parts.as_deref());
            if needs.is_empty() && effort.is_some() && (done > 0 || parts.is_some()) {
                // Parts and progress stand in assignments; MS Project writes one to nobody where there is none.
                needs.push((NOBODY, WHOLE, None));
            }
            for (resource, units, word) in needs {
                number += 1;
                xml.group("Assignment", |xml| {
                    xml.leaf("UID", number);
                    xml.leaf("TaskUID", index + 1);
                    xml.leaf("ResourceUID", resource);
                    match &effort {
                        Some(effort) => effort.write(xml, units),
                        None => xml.leaf("Units", wholes(units)),
                    }
                    if let Some(word) = word {
                        attribute(xml, PART_ID, word);
                    }
                    parts.iter().flatten().for_each(|part| part.write(xml, number, units));
                });
            }
        }
    }
}

/// Percent as MS Project counts: 1 is a whole.
pub(super) fn wholes(percent: i64) -> String {
    match percent % WHOLE {
        0 => (percent / WHOLE).to_string(),
        rest => format!("{}.{rest:02}", percent / WHOLE).trim_end_matches('0').to_owned(),
    }
}
