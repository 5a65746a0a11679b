//! What levelling makes of a file, to be read by people and programs: `takt schedule FILE --level [--json]`.

use std::{collections::HashSet, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::{
    psplib::PsplibProject,
    report::{ReportTime, ReportUnit, short, shown},
};
use crate::{
    Fault, ResourceId,
    projects::{
        document::PlanDocument,
        level::{LevelFault, LevelOptions, Levelled, Leveller},
        operation::Operation,
        plan::{Direction, Plan},
        resource::{ResourceRecord, Staffing},
        view::Applied,
    },
};

/// A levelled plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelReport {
    pub name: String,
    pub unit: ReportUnit,
    /// Counting forward levelling moves the finish, counting backward the start.
    pub direction: Direction,
    /// Length of the levelled plan, in `unit`.
    pub makespan: i64,
    /// No plan can be shorter than this.
    pub lower_bound: i64,
    /// Length before levelling, with unlimited resources.
    pub length_before: i64,
    pub start: ReportTime,
    pub finish: ReportTime,
    pub start_before: ReportTime,
    pub finish_before: ReportTime,
    /// Schedules that were tried.
    pub rounds: u32,
    /// Minutes, or units, in which more was asked for than there is, over all resources.
    pub overload_before: i64,
    /// The same afterwards: what tasks that stay ask for too much among themselves.
    pub overload_after: i64,
    pub tasks: Vec<LevelledTask>,
}

/// What levelling would make of a plan, and the step that would make it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelPreview {
    pub report: LevelReport,
    pub operation: Operation,
}

/// A plan that was levelled and stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelResult {
    pub report: LevelReport,
    pub applied: Applied,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelledTask {
    /// Place in the plan, from 1.
    pub row: usize,
    pub code: String,
    pub name: String,
    pub start: ReportTime,
    pub finish: ReportTime,
    /// Starts at another time than before.
    pub moved: bool,
    /// Behind its deadline, its "no later than", or a task that stays and waits for it. Where the plan counts backward,
    /// before its "no earlier than" or a task that stays and that it waits for.
    pub late: bool,
}

impl LevelReport {
    /// Of a library file, in its own units from 0. `still` says whether there is time left.
    ///
    /// # Errors
    /// What cannot be levelled, by the numbers of the jobs.
    pub fn of_library(
        name: &str,
        library: &PsplibProject,
        options: LevelOptions,
        still: &mut dyn FnMut() -> bool,
    ) -> Result<Self, Fault> {
        let plan = library.plan();
        let row = |index: usize| ((index + 1).to_string(), format!("Job {}", index + 1));
        let refused = |fault: LevelFault| {
            let job = |task: u32| format!("job {}", task + 1);
            Fault::field("file", fault.sentence(job, |resource| format!("resource {}", resource + 1)))
        };
        let levelled = Leveller::new(&library.level_problem(&plan)).map_err(refused)?.run(options, still);
        let length = |from: crate::Minute, to: crate::Minute| to.0 - from.0;
        Ok(report(name, ReportUnit::Unit, &plan, &levelled, length, |at| ReportTime::Unit(at.0), row))
    }

    /// Of a plan with dates: nobody and nothing is asked for more than `known` says there is. People need not be in it.
    ///
    /// # Errors
    /// What cannot be levelled, such as a circle, by name.
    pub fn of_plan(
        document: &PlanDocument,
        known: &[ResourceRecord],
        options: LevelOptions,
        still: &mut dyn FnMut() -> bool,
    ) -> Result<Self, Fault> {
        let staffing = document.staff(known, &[]);
        let called = |id: ResourceId| {
            let record = known.iter().find(|record| record.id == id);
            record.map_or_else(|| "somebody".to_owned(), |record| record.name.clone())
        };
        let refused = |fault: LevelFault| staffing.explain(document, called, &fault);
        let levelled = Leveller::new(&staffing.problem()).map_err(refused)?.run(options, still);
        Ok(Self::of_staffing(document, &staffing, &levelled))
    }

    /// Of a plan whose staffing has been levelled.
    #[must_use]
    pub fn of_staffing(document: &PlanDocument, staffing: &Staffing, levelled: &Levelled) -> Self {
        let codes = document.codes();
        let row = |index: usize| (codes[index].clone(), document.tasks[index].name.clone());
        let clock = crate::projects::calendar::WorkClock::new(&document.calendar());
        let length = |from, to| clock.between(from, to);
        let name = &document.head.name;
        report(name, ReportUnit::WorkingMinute, &staffing.plan, levelled, length, ReportTime::Date, row)
    }

    /// As lines of text: a heading, a line a row, and what it came to.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let backward = self.direction == Direction::Backward;
        let code = self.tasks.iter().map(|task| task.code.chars().count()).fold(4, usize::max);
        let name = self.tasks.iter().map(|task| task.name.chars().count()).fold(4, usize::max).min(40);
        let _ = writeln!(text, "{:<code$}  {:<name$}  {:<16}  {:<16}  moved", "code", "name", "start", "finish");
        for task in &self.tasks {
            let mark = match (task.moved, task.late) {
                (_, true) if backward => "early",
                (_, true) => "late",
                (true, false) => "yes",
                (false, false) => "",
            };
            let (start, finish) = (shown(task.start), shown(task.finish));
            let name_shown = short(&task.name, name);
            let line = format!("{:<code$}  {name_shown:<name$}  {start:<16}  {finish:<16}  {mark}", task.code);
            let _ = writeln!(text, "{}", line.trim_end());
        }
        let unit = self.unit.title();
        let Self { makespan, lower_bound, length_before, rounds, .. } = self;
        let _ = writeln!(text, "\n{} to {}: {makespan} {unit}", shown(self.start), shown(self.finish));
        let _ = writeln!(text, "{length_before} before levelling, {lower_bound} at least; {rounds} schedules tried");
        let (what, before, after) = if backward {
            ("start", self.start_before, self.start)
        } else {
            ("finish", self.finish_before, self.finish)
        };
        if before != after {
            let _ = writeln!(text, "{what} {} instead of {}", shown(after), shown(before));
        }
        text
    }
}

fn report(
    name: &str,
    unit: ReportUnit,
    plan: &Plan,
    levelled: &Levelled,
    length: impl Fn(crate::Minute, crate::Minute) -> i64,
    time: impl Fn(crate::Minute) -> ReportTime,
    row: impl Fn(usize) -> (String, String),
) -> LevelReport {
    let start = levelled.starts.iter().copied().min().unwrap_or(plan.start);
    let (lower_bound, length_before) = match plan.direction {
        Direction::Forward => (length(start, levelled.bound), length(start, levelled.finish_before)),
        Direction::Backward => {
            let finish = levelled.finish_after;
            (length(levelled.bound, finish), length(levelled.start_before, finish))
        }
    };
    let (moved, late): (HashSet<u32>, HashSet<u32>) =
        (levelled.moved.iter().copied().collect(), levelled.late.iter().copied().collect());
    let tasks = levelled.starts.iter().zip(&levelled.finishes).enumerate().map(|(index, (start, finish))| {
        let (code, name) = row(index);
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let (moved, late) = (moved.contains(&number), late.contains(&number));
        LevelledTask { row: index + 1, code, name, start: time(*start), finish: time(*finish), moved, late }
    });
    LevelReport {
        name: name.to_owned(),
        unit,
        direction: plan.direction,
        makespan: length(start, levelled.finish_after),
        lower_bound,
        length_before,
        start: time(start),
        finish: time(levelled.finish_after),
        start_before: time(levelled.start_before),
        finish_before: time(levelled.finish_before),
        rounds: levelled.rounds,
        overload_before: levelled.overloads_before,
        overload_after: levelled.overloads_after,
        tasks: tasks.collect(),
    }
}
