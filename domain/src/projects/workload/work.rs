//! What the tasks of a plan need and when they work, and what that comes to.

use std::collections::HashMap;

use super::{Columns, LoadAmount, amount::amounts};
use crate::{
    Minute, ResourceId, TaskId, UserId,
    projects::{
        calendar::{Calendar, WorkClock, WorkDays},
        level::Change,
        plan::Split,
        resource::{Assignment, Departments, ResourceRecord},
        schedule::pieces,
    },
};

/// A task that works, and what it needs meanwhile.
#[derive(Clone, Debug)]
pub struct Work {
    pub task_id: TaskId,
    pub start: Minute,
    pub finish: Minute,
    /// Which of the plan's calendars it works by; nights and Sundays, too, where there is none.
    pub calendar: Option<u32>,
    pub splits: Vec<Split>,
    pub done: bool,
    pub assignees: Vec<UserId>,
    pub assignments: Vec<Assignment>,
    pub department: Option<String>,
}

/// The tasks of a plan that need somebody or something, with the dates that the scheduler gave them.
#[derive(Clone, Debug, Default)]
pub struct PlanWork {
    days: Vec<WorkDays>,
    work: Vec<Work>,
    /// Of each task, when it works: on the wall, with the nights and Sundays in between, without its pauses.
    pieces: Vec<Vec<(Minute, Minute)>>,
}

impl PlanWork {
    /// What needs nobody is left out.
    #[must_use]
    pub fn new(calendars: &[Calendar], mut work: Vec<Work>) -> Self {
        work.retain(|work| {
            !(work.assignees.is_empty() && work.assignments.is_empty() && work.department.is_none())
                && work.start < work.finish
        });
        let mut clocks: HashMap<u32, WorkClock> = HashMap::new();
        let mut cut = |work: &Work| match work.calendar {
            Some(calendar) if !work.splits.is_empty() => {
                let clock = clocks.entry(calendar).or_insert_with(|| {
                    WorkClock::new(calendars.get(calendar as usize).unwrap_or(&Calendar::default()))
                });
                pieces::pieces(clock, &work.splits, work.start, work.finish)
            }
            _ => vec![(work.start, work.finish)],
        };
        let pieces = work.iter().map(&mut cut).collect();
        Self { days: calendars.iter().map(WorkDays::new).collect(), work, pieces }
    }

    /// How many tasks it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.work.len()
    }

    /// True where no task needs anybody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.work.is_empty()
    }

    /// The tasks, each with its pieces.
    pub fn tasks(&self) -> impl Iterator<Item = (&Work, &[(Minute, Minute)])> {
        self.work.iter().zip(self.pieces.iter().map(Vec::as_slice))
    }

    /// When a task works between two moments, to the minute.
    fn stretches<'a>(
        &'a self,
        work: &Work,
        pieces: &'a [(Minute, Minute)],
        from: Minute,
        to: Minute,
    ) -> impl Iterator<Item = (Minute, Minute)> + use<'a> {
        let days = work.calendar.and_then(|calendar| self.days.get(calendar as usize));
        pieces.iter().flat_map(move |(begin, end)| {
            let (begin, end) = ((*begin).max(from), (*end).min(to));
            let whole = (days.is_none() && begin < end).then_some((begin, end));
            whole.into_iter().chain(days.into_iter().flat_map(move |days| days.stretches(begin, end)))
        })
    }
}

/// What is asked for in some columns, plan by plan.
pub struct Workload<'a> {
    departments: &'a Departments,
    columns: &'a Columns,
    /// What is done asks for nothing from here on.
    now: Minute,
    /// Only this one is asked about.
    only: Option<ResourceId>,
    changes: HashMap<ResourceId, Vec<Change>>,
}

impl<'a> Workload<'a> {
    /// Nothing yet.
    #[must_use]
    pub fn new(departments: &'a Departments, columns: &'a Columns, now: Minute) -> Self {
        Self { departments, columns, now, only: None, changes: HashMap::new() }
    }

    /// Looks at one resource and leaves the others out.
    #[must_use]
    pub fn only(self, resource: ResourceId) -> Self {
        Self { only: Some(resource), ..self }
    }

    /// Adds what a plan asks for. Of one that is `over`, only what it asked for until now.
    pub fn add(&mut self, plan: &PlanWork, over: bool) {
        for (work, pieces) in plan.tasks() {
            let Some((from, to)) = self.counted(work, over) else { continue };
            let mut needs = self.departments.needs(&work.assignees, &work.assignments, work.department.as_deref());
            needs.retain(|need| self.only.is_none_or(|only| only == need.resource_id));
            if needs.is_empty() {
                continue;
            }
            let stretches: Vec<(Minute, Minute)> = plan.stretches(work, pieces, from, to).collect();
            for Assignment { resource_id, units } in needs {
                let changes = stretches.iter().flat_map(|(from, to)| Change::pair(*from, *to, units));
                self.changes.entry(resource_id).or_default().extend(changes);
            }
        }
    }

    /// The tasks of a plan that ask for a resource, with how much of it while they work and how much in all.
    pub fn parts<'p>(
        &'p self,
        plan: &'p PlanWork,
        over: bool,
        resource: ResourceId,
    ) -> impl Iterator<Item = (&'p Work, i64, i64)> {
        plan.tasks().filter_map(move |(work, pieces)| {
            let (from, to) = self.counted(work, over)?;
            let needs = self.departments.needs(&work.assignees, &work.assignments, work.department.as_deref());
            let units: i64 = needs.iter().filter(|need| need.resource_id == resource).map(|need| need.units).sum();
            let minutes = || plan.stretches(work, pieces, from, to).map(|(from, to)| to.0 - from.0).sum::<i64>();
            let used = if units > 0 { units * minutes() } else { 0 };
            (used > 0).then_some((work, units, used))
        })
    }

    /// The part of the columns in which a task counts.
    fn counted(&self, work: &Work, over: bool) -> Option<(Minute, Minute)> {
        let end = if over || work.done { self.columns.to().min(self.now) } else { self.columns.to() };
        let (from, to) = (work.start.max(self.columns.from()), work.finish.min(end));
        (from < to).then_some((from, to))
    }

    /// What is asked for of a resource in each column.
    #[must_use]
    pub fn amounts(&mut self, record: &ResourceRecord) -> Vec<LoadAmount> {
        amounts(record, self.columns, self.changes.remove(&record.id).unwrap_or_default())
    }
}
