//! Who and what does the work: people, departments, machines. They belong to the organisation and work in all of its
//! projects.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{
    calendar::{Calendar, WorkClock},
    document::{PlanDocument, check_name},
    level::{Booking, Demand, LevelFault, LevelProblem, Levelled, Resource, stays},
    operation::{EXCEPTIONS_MAX, Operation, TaskMove},
    plan::{ConstraintKind, Direction, Plan},
};
use crate::{Fault, Minute, ResourceId, UserId};

/// Units of one whole person or one whole machine.
pub const WHOLE: i64 = 100;
/// Most units: a thousand people.
pub(crate) const UNITS_MAX: i64 = 100_000;

/// What a resource is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// Somebody with a log-in.
    #[default]
    Person,
    /// People who do the same kind of work; tasks name it in their field `department`.
    Department,
    /// A press, a mill, a measuring machine.
    Machine,
}

impl ResourceKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Person, Self::Department, Self::Machine];

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Department => "Department",
            Self::Machine => "Machine",
        }
    }
}

/// Somebody or something that tasks need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResourceRecord {
    /// A person has the id of their log-in.
    pub id: ResourceId,
    pub kind: ResourceKind,
    pub name: String,
    /// Percent: 100 is one person or one machine, 250 two and a half.
    pub capacity: i64,
    /// When it is there; always, where there is none.
    #[serde(default)]
    pub calendar: Option<Calendar>,
    #[serde(default)]
    pub version: i64,
}

impl ResourceRecord {
    /// One person or one machine that is always there.
    #[must_use]
    pub fn whole(id: ResourceId, kind: ResourceKind, name: String) -> Self {
        Self { id, kind, name, capacity: WHOLE, calendar: None, version: 0 }
    }

    /// # Errors
    /// `InvalidInput` with the field.
    pub fn check(&self) -> Result<(), Fault> {
        check_name("name", &self.name, self.kind.title().to_lowercase().as_str())?;
        if !(0..=UNITS_MAX).contains(&self.capacity) {
            return Err(Fault::field("capacity", format!("There can be 0 to {} of it.", UNITS_MAX / WHOLE)));
        }
        if let Some(calendar) = &self.calendar {
            calendar.check().map_err(|fault| Fault::field("calendar", fault.to_string()))?;
            if calendar.exceptions.len() > EXCEPTIONS_MAX {
                return Err(Fault::field("calendar", format!("At most {EXCEPTIONS_MAX} days can be otherwise.")));
            }
        }
        Ok(())
    }
}

/// How much of a resource a task needs while it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assignment {
    pub resource_id: ResourceId,
    /// Percent: 100 is one person or one machine.
    pub units: i64,
}

impl Assignment {
    /// # Errors
    /// `InvalidInput` with the field.
    pub fn check(&self) -> Result<(), Fault> {
        if (1..=UNITS_MAX).contains(&self.units) {
            Ok(())
        } else {
            Err(Fault::field("assignments", format!("A task needs 1 to {UNITS_MAX} % of a resource.")))
        }
    }
}

/// What other projects have taken of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResourceBooking {
    pub resource_id: ResourceId,
    pub from: Minute,
    pub to: Minute,
    pub units: i64,
}

/// A plan with everything that its tasks need, by index.
#[derive(Clone, Debug)]
pub struct Staffing {
    /// Without what an earlier levelling found, except where tasks stay.
    pub plan: Plan,
    /// The resources that are needed, in the order of `resources`.
    pub ids: Vec<ResourceId>,
    pub resources: Vec<Resource>,
    pub demands: Vec<Demand>,
    pub bookings: Vec<Booking>,
    locked: Vec<bool>,
    priorities: Vec<i32>,
}

impl PlanDocument {
    /// Who and what the plan needs. People need not be in `known`: they are there for one whole.
    ///
    /// A person who is given a task works on it whole, and a department with one of its people, unless the task says
    /// otherwise in its assignments.
    #[must_use]
    pub fn staff(&self, known: &[ResourceRecord], bookings: &[ResourceBooking]) -> Staffing {
        let mut plan = self.to_plan();
        let records: HashMap<ResourceId, &ResourceRecord> = known.iter().map(|record| (record.id, record)).collect();
        let departments = Departments::of(known);
        let mut place: HashMap<ResourceId, u32> = HashMap::new();
        let (mut ids, mut resources, mut demands) = (Vec::new(), Vec::new(), Vec::new());
        // Of each resource, the calendars of the tasks that need it.
        let mut works_by: Vec<BTreeSet<u32>> = Vec::new();
        for (task, record) in (0_u32..).zip(&self.tasks) {
            for Assignment { resource_id, units } in
                departments.needs(&record.assignees, &record.assignments, record.department.as_deref())
            {
                let resource = *place.entry(resource_id).or_insert_with(|| {
                    ids.push(resource_id);
                    works_by.push(BTreeSet::new());
                    index(ids.len() - 1)
                });
                works_by[resource as usize].insert(plan.tasks[task as usize].calendar.unwrap_or(0));
                demands.push(Demand { task, resource, units });
            }
        }
        for (id, works_by) in ids.iter().zip(works_by) {
            let record = records.get(id);
            let own = record.and_then(|record| record.calendar.as_ref());
            let own = own.map(|own| own.beside(works_by.iter().map(|calendar| &plan.calendars[*calendar as usize])));
            let calendar = own.map(|own| {
                plan.calendars.push(own);
                index(plan.calendars.len() - 1)
            });
            resources.push(Resource { capacity: record.map_or(WHOLE, |record| record.capacity), calendar });
        }
        let clock = WorkClock::new(&self.calendar());
        let bookings = bookings.iter().filter_map(|booking| Some((*place.get(&booking.resource_id)?, booking)));
        // Other projects work in working time, too; their nights are nobody's.
        let bookings = bookings.flat_map(|(resource, booking)| {
            let units = booking.units;
            clock.stretches(booking.from, booking.to).map(move |(from, to)| Booking { resource, from, to, units })
        });
        let bookings = bookings.collect();
        let locked: Vec<bool> = self.tasks.iter().map(|task| task.locked).collect();
        for (task, locked) in plan.tasks.iter_mut().zip(&locked) {
            if !locked && !stays(task) {
                task.level_from = None;
            }
        }
        let priorities = self.tasks.iter().map(|task| task.priority).collect();
        Staffing { plan, ids, resources, demands, bookings, locked, priorities }
    }
}

/// Departments by what tasks call them.
pub struct Departments(HashMap<String, ResourceId>);

impl Departments {
    /// The departments among these resources.
    #[must_use]
    pub fn of(known: &[ResourceRecord]) -> Self {
        let departments = known.iter().filter(|record| record.kind == ResourceKind::Department);
        Self(departments.map(|record| (record.name.to_lowercase(), record.id)).collect())
    }

    /// What one task needs: its people and one of its department's people whole, unless `assignments` say otherwise.
    #[must_use]
    pub fn needs(&self, assignees: &[UserId], assignments: &[Assignment], department: Option<&str>) -> Vec<Assignment> {
        let own = |id: ResourceId| assignments.iter().any(|assignment| assignment.resource_id == id);
        let people = assignees.iter().map(|user| ResourceId(user.0));
        let department = department.and_then(|name| self.0.get(&name.to_lowercase()).copied());
        let implied = people.chain(department).filter(|id| !own(*id));
        let implied = implied.map(|resource_id| Assignment { resource_id, units: WHOLE });
        implied.chain(assignments.iter().copied()).collect()
    }
}

/// What people call a resource; one that is not in `known` has left.
#[must_use]
pub fn called(known: &[ResourceRecord], id: ResourceId) -> &str {
    known.iter().find(|record| record.id == id).map_or("Somebody", |record| record.name.as_str())
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Staffing {
    /// As levelling takes it.
    #[must_use]
    pub fn problem(&self) -> LevelProblem<'_> {
        LevelProblem {
            plan: &self.plan,
            resources: self.resources.clone(),
            demands: self.demands.clone(),
            bookings: self.bookings.clone(),
            locked: self.locked.clone(),
            priorities: self.priorities.clone(),
        }
    }

    /// Levelling's refusal in the words of this plan.
    #[must_use]
    pub fn explain(&self, document: &PlanDocument, called: impl Fn(ResourceId) -> String, fault: &LevelFault) -> Fault {
        let codes = document.codes();
        let task = |index: u32| {
            let row = codes.get(index as usize).zip(document.tasks.get(index as usize));
            row.map_or_else(|| format!("row {}", index + 1), |(code, task)| format!("{code} {}", task.name))
        };
        Fault::field("assignments", fault.sentence(task, |resource| called(self.ids[resource as usize])))
    }

    /// The operation that makes a levelled plan the plan.
    #[must_use]
    pub fn operation(&self, document: &PlanDocument, levelled: &Levelled) -> Operation {
        let mut held: Vec<bool> = vec![false; self.plan.tasks.len()];
        for demand in &self.demands {
            held[demand.task as usize] = true;
        }
        let mut starts = Vec::new();
        for (index, (task, record)) in self.plan.tasks.iter().zip(&document.tasks).enumerate() {
            let moved = levelled.moved.binary_search(&u32::try_from(index).unwrap_or(u32::MAX)).is_ok();
            // Tasks that need nothing follow what they wait for; those that want to be late stay where there is room,
            // which goes without saying where the plan counts backward.
            let forward = self.plan.direction == Direction::Forward;
            let late =
                forward && task.constraint == ConstraintKind::AsLateAsPossible && !stays(task) && !self.locked[index];
            let start = if held[index] && (moved || late) { Some(levelled.starts[index]) } else { task.level_from };
            starts.extend(start.map(|start| TaskMove { id: record.id, start }));
        }
        Operation::LevelTasks { starts }
    }
}
