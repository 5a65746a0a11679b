//! What the chart shows: rows in order, dates as scheduled, and a try that is not stored yet. No browser in here.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Fault, Minute, TaskId,
    projects::{
        baseline::{BaselineTask, Variance, by_task},
        document::PlanDocument,
        look::RowFilter,
        operation::{Delta, Operation},
        plan::{Direction, LinkKind, Task},
        resource::{ResourceBooking, ResourceRecord},
        schedule::{Conflict, Schedule, Scheduler},
    },
};

use super::{super::fork::Outcome, staff::Staff, ties::Ties};

mod rows;
mod tries;
mod words;

/// The plan, its schedule, and the rows that are open.
pub struct Model {
    document: PlanDocument,
    scheduler: Scheduler,
    schedule: Schedule,
    codes: Vec<String>,
    levels: Vec<u16>,
    has_children: Vec<bool>,
    progress: Vec<u8>,
    /// Task by visible row.
    rows: Vec<u32>,
    /// Visible row by task; `u32::MAX` for a row inside a closed summary.
    row_of: Vec<u32>,
    closed: HashSet<TaskId>,
    /// Which rows are asked for; all where absent.
    filter: Option<RowFilter>,
    position: HashMap<TaskId, u32>,
    /// Links as pairs of tasks, with whether they start and end at the start of a bar.
    links: Vec<DrawnLink>,
    /// The links from both of their ends.
    ties: Ties,
    /// Tasks that are tried otherwise, as they are stored.
    tried: BTreeMap<u32, Task>,
    staff: Staff,
    /// Names of departments, in order: their place gives them their colour.
    departments: Vec<String>,
    /// What the plan is compared with: a baseline that somebody chose.
    baseline: Option<Ghost>,
    /// The plan as it is stored, while another is tried: what is tried is compared with it before all else.
    before_try: Option<Ghost>,
}

/// Dates of another state, drawn behind the bars: a baseline, or the plan before a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    pub title: String,
    pub rows: HashMap<TaskId, BaselineTask>,
}

/// A link as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnLink {
    /// Its place among the links of the plan.
    pub index: u32,
    pub from: u32,
    pub to: u32,
    pub from_start: bool,
    pub to_start: bool,
}

impl Model {
    /// A model of the plan, as it is looked at now.
    ///
    /// # Errors
    /// What cannot be scheduled.
    pub fn new(document: PlanDocument, now: Minute) -> Result<Self, Fault> {
        let scheduler = Scheduler::new(&document.to_plan()).map_err(|fault| document.explain(&fault))?;
        let schedule = scheduler.run();
        let mut model = Self {
            document,
            scheduler,
            schedule,
            codes: Vec::new(),
            levels: Vec::new(),
            has_children: Vec::new(),
            progress: Vec::new(),
            rows: Vec::new(),
            row_of: Vec::new(),
            closed: HashSet::new(),
            filter: None,
            position: HashMap::new(),
            links: Vec::new(),
            ties: Ties::default(),
            tried: BTreeMap::new(),
            staff: Staff::new(now),
            departments: Vec::new(),
            baseline: None,
            before_try: None,
        };
        model.index();
        Ok(model)
    }

    fn index(&mut self) {
        self.position = self.document.positions();
        self.codes = self.document.codes();
        self.levels =
            self.codes.iter().map(|code| u16::try_from(code.matches('.').count()).unwrap_or(u16::MAX)).collect();
        self.progress = self.document.task_progress();
        self.has_children = vec![false; self.document.tasks.len()];
        for task in &self.document.tasks {
            if let Some(parent) = task.parent_id.and_then(|id| self.position.get(&id)) {
                self.has_children[*parent as usize] = true;
            }
        }
        self.links = self
            .document
            .links
            .iter()
            .zip(0..)
            .filter_map(|(link, index)| {
                Some(DrawnLink {
                    index,
                    from: *self.position.get(&link.predecessor_id)?,
                    to: *self.position.get(&link.successor_id)?,
                    from_start: matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish),
                    to_start: matches!(link.kind, LinkKind::StartToStart | LinkKind::FinishToStart),
                })
            })
            .collect();
        self.ties = Ties::new(&self.document, &self.position);
        self.departments = self.document.tasks.iter().filter_map(|task| task.department.clone()).collect();
        self.departments.sort_unstable();
        self.departments.dedup();
        self.staff.index(&self.document);
        self.staff.measure(&self.schedule);
        self.open_rows();
    }

    pub fn document(&self) -> &PlanDocument {
        &self.document
    }

    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The place of a department among those of the plan.
    pub fn department(&self, name: &str) -> Option<usize> {
        self.departments.binary_search_by(|known| known.as_str().cmp(name)).ok()
    }

    /// Departments of the plan, in order.
    pub fn departments(&self) -> &[String] {
        &self.departments
    }

    pub fn staff(&self) -> &Staff {
        &self.staff
    }

    /// Resources of the organisation, and what other projects have taken of them.
    pub fn set_staff(&mut self, known: Vec<ResourceRecord>, bookings: Vec<ResourceBooking>) {
        self.staff.set(known, bookings);
        self.staff.index(&self.document);
        self.staff.measure(&self.schedule);
    }

    /// What the plan is compared with.
    pub fn ghost(&self) -> Option<&Ghost> {
        self.before_try.as_ref().or(self.baseline.as_ref())
    }

    pub fn set_baseline(&mut self, ghost: Option<Ghost>) {
        self.baseline = ghost;
    }

    pub fn set_before_try(&mut self, ghost: Option<Ghost>) {
        self.before_try = ghost;
    }

    /// The dates that are shown, to be compared with later.
    pub fn snapshot(&self) -> HashMap<TaskId, BaselineTask> {
        by_task(&self.document.baseline_rows(&self.schedule, &self.scheduler))
    }

    /// True where a link leaves no room between the dates that are shown.
    pub fn is_driving(&self, link: &DrawnLink) -> bool {
        self.scheduler.is_driving(link.index, &self.schedule.tasks)
    }

    /// How far a task has come off what it is compared with.
    pub fn variance(&self, task: u32) -> Option<Variance> {
        let was = self.ghost()?.rows.get(&self.document.tasks.get(task as usize)?.id)?;
        Some(was.variance(&self.scheduler, task, self.schedule.tasks[task as usize]))
    }

    pub fn links(&self) -> &[DrawnLink] {
        &self.links
    }

    pub fn code(&self, task: u32) -> &str {
        &self.codes[task as usize]
    }

    pub fn level(&self, task: u32) -> u16 {
        self.levels[task as usize]
    }

    pub fn progress(&self, task: u32) -> u8 {
        self.progress[task as usize]
    }

    pub fn has_children(&self, task: u32) -> bool {
        self.has_children[task as usize]
    }

    pub fn position(&self, id: TaskId) -> Option<u32> {
        self.position.get(&id).copied()
    }

    /// True where a task that was put by hand, or has begun, stands before what it waits for allows.
    pub fn breaks_link(&self, task: u32) -> bool {
        self.schedule.conflicts.contains(&Conflict::Predecessor { task })
    }

    /// Minutes of work from one moment to the other as the task counts them: by its calendar, or on the wall.
    pub fn work_between(&self, task: u32, from: Minute, to: Minute) -> i64 {
        if self.scheduler.task(task).elapsed { to.0 - from.0 } else { self.scheduler.clock(task).between(from, to) }
    }

    /// Applies operations here, all or none, as the server will.
    ///
    /// # Errors
    /// What the server would refuse, too.
    pub fn apply_all(&mut self, operations: &[Operation]) -> Result<(), Fault> {
        self.cancel();
        let delta = self.document.apply_all(operations)?;
        self.recompute();
        let within = self.document.check_dates(&self.schedule);
        if within.is_err() {
            self.document.take_back(&delta);
            self.recompute();
        }
        within
    }

    /// What the dates that are shown come to.
    pub fn outcome(&self) -> Outcome {
        let late = self.schedule.conflicts.iter().filter(|conflict| matches!(conflict, Conflict::Deadline { .. }));
        Outcome {
            start: self.schedule.start,
            finish: self.schedule.finish,
            backward: self.is_backward(),
            overload: self.staff.overload(),
            late: late.count(),
        }
    }

    /// True where the plan counts back from its finish.
    pub fn is_backward(&self) -> bool {
        self.document.head.direction == Direction::Backward
    }

    /// Applies a colleague's step.
    ///
    /// # Errors
    /// `Conflict` where the plan here is another; then it must be loaded again.
    pub fn apply_delta(&mut self, delta: &Delta) -> Result<(), Fault> {
        self.tried.clear();
        let applied = self.document.apply_delta(delta);
        self.recompute();
        applied.map(drop)
    }

    /// Replaces the plan, keeping what is open.
    pub fn replace(&mut self, document: PlanDocument) {
        self.tried.clear();
        self.document = document;
        self.recompute();
    }

    /// The revision that this plan is at.
    pub fn set_revision(&mut self, revision: i64) {
        self.document.head.revision = revision;
    }

    fn recompute(&mut self) {
        if let Ok(scheduler) = Scheduler::new(&self.document.to_plan()) {
            self.scheduler = scheduler;
        }
        self.schedule = self.scheduler.run();
        self.index();
    }
}

#[cfg(test)]
pub(super) mod tests;
