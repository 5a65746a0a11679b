//! What the scheduler makes of a file, to be read by people and programs: `takt schedule FILE [--json]`.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::psplib::PsplibProject;
use crate::{
    Fault, Minute, TaskId,
    projects::{
        document::PlanDocument,
        plan::TaskKind,
        schedule::{Conflict, Schedule, Scheduler},
    },
};

/// A scheduled plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleReport {
    #[serde(flatten)]
    pub project: ReportProject,
    pub tasks: Vec<ReportTask>,
    /// What the plan asks for and cannot have, a sentence each.
    pub conflicts: Vec<String>,
}

/// The plan as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProject {
    pub name: String,
    pub start: ReportTime,
    pub finish: ReportTime,
    /// From start to finish, in `unit`.
    pub length: i64,
    pub unit: ReportUnit,
}

/// What lengths count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportUnit {
    /// Minutes on the project's calendar.
    WorkingMinute,
    /// The unit of a library file, which has no calendar.
    Unit,
}

impl ReportUnit {
    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::WorkingMinute => "working minutes",
            Self::Unit => "units",
        }
    }
}

/// A date, or a number where the file has no dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum ReportTime {
    Unit(i64),
    Date(Minute),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTask {
    /// Place in the plan, from 1.
    pub row: usize,
    /// The task of a document; a library file has numbers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TaskId>,
    pub code: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: TaskKind,
    pub start: ReportTime,
    pub finish: ReportTime,
    pub late_start: ReportTime,
    pub late_finish: ReportTime,
    #[serde(flatten)]
    pub float: ReportFloat,
    pub critical: bool,
}

/// How far a task can slip: `…_minutes` of working time, or plain units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ReportFloat {
    Minutes {
        #[serde(rename = "total_float_minutes")]
        total: i64,
        #[serde(rename = "free_float_minutes")]
        free: i64,
    },
    Units {
        #[serde(rename = "total_float")]
        total: i64,
        #[serde(rename = "free_float")]
        free: i64,
    },
}

impl ReportFloat {
    const fn sides(self) -> (i64, i64) {
        match self {
            Self::Minutes { total, free } | Self::Units { total, free } => (total, free),
        }
    }
}

impl ScheduleReport {
    /// Of a plan with dates.
    ///
    /// # Errors
    /// What cannot be scheduled, such as a circle, by name.
    pub fn of_plan(plan: &PlanDocument) -> Result<Self, Fault> {
        let schedule = plan.schedule()?;
        let codes = plan.codes();
        let named = |index: u32| format!("{} {}", codes[index as usize], plan.tasks[index as usize].name);
        let conflicts = schedule.conflicts.iter().map(|conflict| sentence(conflict, named)).collect();
        let tasks = plan.tasks.iter().zip(&schedule.tasks).zip(&codes).enumerate();
        let tasks = tasks.map(|(index, ((task, slot), code))| ReportTask {
            row: index + 1,
            id: Some(task.id),
            code: code.clone(),
            name: task.name.clone(),
            kind: task.kind,
            start: ReportTime::Date(slot.start),
            finish: ReportTime::Date(slot.finish),
            late_start: ReportTime::Date(slot.late_start),
            late_finish: ReportTime::Date(slot.late_finish),
            float: ReportFloat::Minutes { total: slot.total_float, free: slot.free_float },
            critical: slot.critical,
        });
        let project = totals(&plan.head.name, &schedule, ReportTime::Date, ReportUnit::WorkingMinute);
        Ok(Self { project, tasks: tasks.collect(), conflicts })
    }

    /// Of a library file, in its own units from 0.
    ///
    /// # Errors
    /// What cannot be scheduled, such as a circle, by the numbers of its jobs.
    pub fn of_library(name: &str, library: &PsplibProject) -> Result<Self, Fault> {
        let plan = library.plan();
        let named = |index: u32| format!("job {}", index + 1);
        let scheduler = Scheduler::new(&plan).map_err(|fault| Fault::field(fault.field(), fault.sentence(named)))?;
        let schedule = scheduler.run();
        let unit = |at: Minute| ReportTime::Unit(at.0);
        let tasks = plan.tasks.iter().zip(&schedule.tasks).enumerate().map(|(index, (task, slot))| ReportTask {
            row: index + 1,
            id: None,
            code: (index + 1).to_string(),
            name: format!("Job {}", index + 1),
            kind: task.kind,
            start: unit(slot.start),
            finish: unit(slot.finish),
            late_start: unit(slot.late_start),
            late_finish: unit(slot.late_finish),
            float: ReportFloat::Units { total: slot.total_float, free: slot.free_float },
            critical: slot.critical,
        });
        let conflicts = schedule.conflicts.iter().map(|conflict| sentence(conflict, named)).collect();
        Ok(Self { project: totals(name, &schedule, unit, ReportUnit::Unit), tasks: tasks.collect(), conflicts })
    }

    /// As lines of text: a heading, a line a row, the whole, and what cannot be had.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let wide = |rows: &mut dyn Iterator<Item = usize>, least: usize| rows.fold(least, usize::max);
        let code = wide(&mut self.tasks.iter().map(|task| task.code.chars().count()), 4);
        let name = wide(&mut self.tasks.iter().map(|task| task.name.chars().count()), 4).min(40);
        let _ = writeln!(
            text,
            "{:<code$}  {:<name$}  {:<16}  {:<16}  {:>11}  {:>10}  critical",
            "code", "name", "start", "finish", "total float", "free float"
        );
        for task in &self.tasks {
            let (total, free) = task.float.sides();
            let short = short(&task.name, name);
            let mark = if task.critical { "yes" } else { "" };
            let row = format!(
                "{:<code$}  {short:<name$}  {:<16}  {:<16}  {total:>11}  {free:>10}  {mark}",
                task.code,
                shown(task.start),
                shown(task.finish)
            );
            let _ = writeln!(text, "{}", row.trim_end());
        }
        let unit = self.project.unit.title();
        let ReportProject { start, finish, length, .. } = self.project;
        let _ = writeln!(text, "\n{} to {}: {length} {unit}", shown(start), shown(finish));
        for conflict in &self.conflicts {
            let _ = writeln!(text, "! {conflict}");
        }
        text
    }
}

fn totals(name: &str, schedule: &Schedule, time: impl Fn(Minute) -> ReportTime, unit: ReportUnit) -> ReportProject {
    let (start, finish) = (time(schedule.start), time(schedule.finish));
    ReportProject { name: name.to_owned(), start, finish, length: schedule.length, unit }
}

fn sentence(conflict: &Conflict, named: impl Fn(u32) -> String) -> String {
    match conflict {
        Conflict::Constraint { task } => {
            format!("{} is held by its constraint before its predecessors allow.", named(*task))
        }
        Conflict::Predecessor { task } => format!("{} stands before its predecessors allow.", named(*task)),
        Conflict::Late { task } => format!("{} is levelled behind its \"no later than\".", named(*task)),
        Conflict::Deadline { task } => format!("{} ends behind its deadline.", named(*task)),
    }
}

pub(super) fn shown(time: ReportTime) -> String {
    match time {
        ReportTime::Unit(unit) => unit.to_string(),
        ReportTime::Date(at) => at.datetime().format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Control characters would draw on the terminal of whoever reads the report.
pub(super) fn short(name: &str, most: usize) -> String {
    let safe = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    if name.chars().count() <= most { safe.collect() } else { safe.take(most - 1).chain(['…']).collect() }
}
