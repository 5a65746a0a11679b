//! A plan as it is stored, sent and shown: records with ids and names, and what follows from them.

mod outline;
mod record;
mod rollup;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use record::{CalendarRecord, LinkRecord, ProjectHead, ProjectStatus, TaskRecord, TaskRow, TaskStatus};
pub(crate) use record::{DURATION_MAX, NAME_MAX, NOTES_MAX, RANK_MAX, check_name};
pub use rollup::StatusCount;

use super::{
    calendar::Calendar,
    plan::{Link, Plan, Task},
    schedule::{PlanFault, Schedule, Scheduler, Slot},
    view::NewProject,
};
use crate::{CalendarId, Fault, FaultKind, Minute, ProjectId, TaskId};

/// A project's plan.
///
/// *Invariant:* `tasks` stand in outline order, siblings by rank; calendars and links by id; every id that a record
/// names is in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanDocument {
    pub head: ProjectHead,
    pub calendars: Vec<CalendarRecord>,
    pub tasks: Vec<TaskRecord>,
    pub links: Vec<LinkRecord>,
}

impl PlanDocument {
    /// An empty plan with a standard calendar.
    ///
    /// # Errors
    /// `InvalidInput` by field.
    pub fn create(id: ProjectId, calendar_id: CalendarId, code: String, new: NewProject) -> Result<Self, Fault> {
        let calendar =
            CalendarRecord { id: calendar_id, name: "Standard".to_owned(), calendar: Calendar::standard(), version: 1 };
        let head = ProjectHead {
            id,
            code: code.trim().to_owned(),
            name: new.name.trim().to_owned(),
            description: new.description,
            status: new.status,
            start: new.start,
            target_end: new.target_end,
            direction: new.direction,
            calendar_id: Some(calendar_id),
            manager_id: new.manager_id,
            version: 1,
            revision: 0,
        };
        head.check()?;
        Ok(Self { head, calendars: vec![calendar], tasks: Vec::new(), links: Vec::new() })
    }

    /// A plan from records in any order.
    #[must_use]
    pub fn assemble(
        head: ProjectHead,
        calendars: Vec<CalendarRecord>,
        tasks: Vec<TaskRecord>,
        links: Vec<LinkRecord>,
    ) -> Self {
        let mut document = Self { head, calendars, tasks, links };
        document.sort_calendars();
        document.sort_links();
        document.sort_outline();
        document
    }

    /// Puts the links into order.
    pub(crate) fn sort_links(&mut self) {
        self.links.sort_by_key(|link| link.id);
    }

    /// Puts the calendars into order.
    pub(crate) fn sort_calendars(&mut self) {
        self.calendars.sort_by_key(|record| record.id);
    }

    /// Where each task stands.
    #[must_use]
    pub fn positions(&self) -> HashMap<TaskId, u32> {
        self.tasks.iter().map(|task| task.id).zip(0_u32..).collect()
    }

    /// The task with this id.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&TaskRecord> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// The calendar that applies where a task names none.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let own = self.head.calendar_id.and_then(|id| self.calendars.iter().find(|record| record.id == id));
        own.map_or_else(Calendar::standard, |record| record.calendar.clone())
    }

    /// The plan by index, for the scheduler. Index 0 of its calendars is the project's; the others follow in order.
    #[must_use]
    pub fn to_plan(&self) -> Plan {
        let positions = self.positions();
        let calendar_index: HashMap<CalendarId, u32> =
            self.calendars.iter().map(|record| record.id).zip(1_u32..).collect();
        let calendars =
            std::iter::once(self.calendar()).chain(self.calendars.iter().map(|record| record.calendar.clone()));
        let tasks = self.tasks.iter().map(|record| plan_task(record, &positions, &calendar_index)).collect();
        let links = self
            .links
            .iter()
            .filter_map(|link| {
                Some(Link {
                    predecessor: *positions.get(&link.predecessor_id)?,
                    successor: *positions.get(&link.successor_id)?,
                    kind: link.kind,
                    lag: link.lag_minutes,
                    lag_unit: link.lag_unit,
                })
            })
            .collect();
        Plan {
            start: self.head.start,
            finish: self.head.target_end,
            direction: self.head.direction,
            calendars: calendars.collect(),
            tasks,
            links,
        }
    }

    /// What the scheduler makes of the plan.
    ///
    /// # Errors
    /// `DependencyCycle` with the tasks by name, `InvalidInput` for what cannot be scheduled.
    pub fn schedule(&self) -> Result<Schedule, Fault> {
        let scheduler = Scheduler::new(&self.to_plan()).map_err(|fault| self.explain(&fault))?;
        Ok(scheduler.run())
    }

    /// As [`schedule`](Self::schedule), for a plan that is about to be stored.
    ///
    /// # Errors
    /// As [`schedule`](Self::schedule); `InvalidInput` where a task would lie outside 1970 to 2200, by name.
    pub fn schedule_within(&self) -> Result<Schedule, Fault> {
        let schedule = self.schedule()?;
        self.check_dates(&schedule)?;
        Ok(schedule)
    }

    /// # Errors
    /// `InvalidInput` where a task lies outside 1970 to 2200, by name.
    pub fn check_dates(&self, schedule: &Schedule) -> Result<(), Fault> {
        let outside = |slot: &Slot| !slot.start.in_range() || !slot.finish.in_range();
        let Some(index) = schedule.tasks.iter().position(outside) else { return Ok(()) };
        let (slot, name) = (&schedule.tasks[index], &self.tasks[index].name);
        let code = &self.codes()[index];
        let said = if slot.start.in_range() {
            format!("{code} {name} would end after 2200. Take less time for it, or for what it waits for.")
        } else {
            format!("{code} {name} would lie outside 1970 to 2200. Take less time for it, or for what it waits for.")
        };
        Err(Fault::field("duration_minutes", said))
    }

    /// The scheduler's refusal in the words of this plan.
    #[must_use]
    pub fn explain(&self, fault: &PlanFault) -> Fault {
        let codes = self.codes();
        let name = |index: u32| {
            let index = index as usize;
            match (codes.get(index), self.tasks.get(index)) {
                (Some(code), Some(task)) => format!("{code} {}", task.name),
                _ => format!("row {}", index + 1),
            }
        };
        if let PlanFault::Cycle(tasks) = fault {
            let around = tasks.iter().chain(tasks.first()).map(|index| name(*index)).collect::<Vec<_>>().join(" → ");
            let detail = format!("These tasks wait for each other: {around}. Take one of the links away.");
            return Fault::because(FaultKind::DependencyCycle, detail.clone()).and_field("links", detail);
        }
        Fault::field(fault.field(), fault.sentence(name))
    }

    /// One row of the plan.
    #[must_use]
    pub fn row(&self, schedule: &Schedule, id: TaskId) -> Option<TaskRow> {
        self.rows(schedule).into_iter().find(|row| row.task.id == id)
    }

    /// The rows of the plan with their codes and dates.
    #[must_use]
    pub fn rows(&self, schedule: &Schedule) -> Vec<TaskRow> {
        let codes = self.codes();
        let progress = self.task_progress();
        self.tasks
            .iter()
            .zip(codes)
            .zip(progress)
            .zip(&schedule.tasks)
            .map(|(((task, code), progress), slot)| TaskRow {
                task: TaskRecord { progress, ..task.clone() },
                level: u32::try_from(code.matches('.').count()).unwrap_or(0),
                code,
                start: slot.start,
                finish: slot.finish,
                late_start: slot.late_start,
                late_finish: slot.late_finish,
                total_float: slot.total_float,
                free_float: slot.free_float,
                critical: slot.critical,
            })
            .collect()
    }
}

fn plan_task(record: &TaskRecord, positions: &HashMap<TaskId, u32>, calendars: &HashMap<CalendarId, u32>) -> Task {
    Task {
        parent: record.parent_id.and_then(|id| positions.get(&id).copied()),
        kind: record.kind,
        mode: record.mode,
        duration: record.duration,
        elapsed: record.elapsed,
        splits: record.splits.clone(),
        level_from: record.level_from,
        calendar: record.calendar_id.and_then(|id| calendars.get(&id).copied()),
        constraint: record.constraint,
        constraint_at: record.constraint_at,
        deadline: record.deadline,
        manual_start: record.manual_start,
        actual_start: record.actual_start,
        actual_finish: record.actual_finish,
        progress: record.progress,
    }
}

/// A date that a plan may name, or the message for its field.
pub(crate) fn check_date(field: &str, at: Minute) -> Result<(), Fault> {
    if at.in_range() {
        Ok(())
    } else {
        Err(Fault::field(field, format!("{} is outside 1970 to 2200.", at.day_in_words())))
    }
}
