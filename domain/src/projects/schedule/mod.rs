//! Forward and backward pass over working calendars, to the minute.
//!
//! The same code runs on the server and in the browser, in integers only, so both give the same answer to the bit. A
//! network is compiled once ([`Scheduler::new`]); changing a task's own fields and running again walks it in an order
//! that was found once.
//!
//! Bounds are compared in working time: a task that may finish "not before Saturday noon" may finish on Friday evening
//! when nobody works on Saturday, since no working minute lies between.

pub(super) mod backward;
mod fault;
pub(super) mod forward;
mod network;
pub(super) mod pieces;
pub(super) mod turned;

use serde::{Deserialize, Serialize};

pub use fault::PlanFault;
use network::Network;

use super::{
    calendar::WorkClock,
    plan::{Direction, LinkKind, Plan, Task, TaskKind},
};
use crate::Minute;

/// Why a task starts where it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Binding {
    /// Nothing holds it back but the project's start.
    #[default]
    ProjectStart,
    /// A predecessor, by index of the link.
    Predecessor { link: u32 },
    /// A predecessor of a summary above it, by index of the link.
    SummaryPredecessor { link: u32 },
    /// Its own constraint.
    Constraint,
    /// The constraint of a summary above it.
    SummaryConstraint,
    /// It was put there by hand.
    Manual,
    /// It has begun already.
    Actual,
    /// As late as possible without moving a successor.
    AsLateAsPossible,
    /// A summary starts with its first child.
    Children,
    /// The plan counts backward from the project's finish.
    ProjectFinish,
    /// Levelling: what it needs is taken before.
    Resource,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub start: Minute,
    pub finish: Minute,
    /// Latest start that does not move the project's finish (or a deadline, or a hard constraint).
    pub late_start: Minute,
    pub late_finish: Minute,
    /// Working minutes on the task's calendar; wall-clock minutes for elapsed tasks. Below zero when it is too late.
    pub total_float: i64,
    /// Working minutes until a successor must move; never below zero.
    pub free_float: i64,
    /// Total float is used up.
    pub critical: bool,
    pub binding: Binding,
    /// Earliest start, while a plan that counts backward is worked out.
    #[serde(skip)]
    early: Option<Minute>,
}

impl Slot {
    /// A place from one moment to the other, without floats.
    pub(super) fn between(start: Minute, finish: Minute) -> Self {
        Self { start, finish, ..Self::default() }
    }
}

/// Something that the plan asks for and cannot have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "conflict")]
pub enum Conflict {
    /// A hard constraint holds the task before its predecessors allow.
    Constraint { task: u32 },
    /// A task that was put by hand, or has begun, stands before its predecessors allow.
    Predecessor { task: u32 },
    /// The task ends behind its deadline.
    Deadline { task: u32 },
    /// Levelling puts the task behind its "no later than".
    Late { task: u32 },
}

/// What the scheduler makes of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// In the order of the plan's tasks.
    pub tasks: Vec<Slot>,
    pub start: Minute,
    pub finish: Minute,
    /// Working minutes on the project's calendar from start to finish.
    pub length: i64,
    pub conflicts: Vec<Conflict>,
}

impl Schedule {
    /// FNV-1a over every number: two schedules with the same digest are the same to the bit, wherever they were made.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let numbers = self.tasks.iter().flat_map(|slot| {
            [
                slot.start.0,
                slot.finish.0,
                slot.late_start.0,
                slot.late_finish.0,
                slot.total_float,
                slot.free_float,
                i64::from(slot.critical),
            ]
        });
        numbers
            .flat_map(i64::to_le_bytes)
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// A plan made ready to be scheduled again and again.
#[derive(Clone, Debug)]
pub struct Scheduler {
    start: Minute,
    finish: Option<Minute>,
    direction: Direction,
    clocks: Vec<WorkClock>,
    tasks: Vec<Task>,
    network: Network,
    /// Time runs the other way ([`turned`]).
    turned: bool,
}

impl Scheduler {
    /// Checks the plan and finds the order in which its tasks are scheduled.
    ///
    /// # Errors
    /// What cannot be scheduled, such as a circle, named task by task.
    pub fn new(plan: &Plan) -> Result<Self, PlanFault> {
        fault::check(plan)?;
        Ok(Self {
            start: plan.start,
            finish: plan.finish,
            direction: plan.direction,
            clocks: plan.calendars.iter().map(WorkClock::new).collect(),
            tasks: plan.tasks.clone(),
            network: Network::new(plan)?,
            turned: false,
        })
    }

    /// True where the plan has a task at `index`.
    #[must_use]
    pub const fn has_task(&self, index: u32) -> bool {
        (index as usize) < self.tasks.len()
    }

    /// The task at `index`.
    #[must_use]
    pub fn task(&self, index: u32) -> &Task {
        &self.tasks[index as usize]
    }

    /// Replaces a task's own fields, for a try such as dragging. Its parent and kind must stay.
    pub fn set_task(&mut self, index: u32, task: Task) {
        self.tasks[index as usize] = task;
    }

    /// The clock that a task works by.
    #[must_use]
    pub fn clock(&self, index: u32) -> &WorkClock {
        &self.clocks[self.tasks[index as usize].calendar.unwrap_or(0) as usize]
    }

    /// The clock of a calendar of the plan.
    #[must_use]
    pub fn clock_of(&self, calendar: u32) -> &WorkClock {
        &self.clocks[calendar as usize]
    }

    /// The project's clock.
    #[must_use]
    pub fn project_clock(&self) -> &WorkClock {
        &self.clocks[0]
    }

    /// When a task works between a start and a finish, pauses left out: `(from, to)` on the wall, with the nights and
    /// Sundays in between.
    #[must_use]
    pub fn pieces(&self, index: u32, start: Minute, finish: Minute) -> Vec<(Minute, Minute)> {
        let task = self.task(index);
        if task.kind != TaskKind::Task {
            return vec![(start, finish)];
        }
        pieces::pieces(self.clock(index), &task.splits, start, finish)
    }

    /// When each task would start if levelling had nothing to say about it, while the others stay where `schedule` has
    /// them: what comes later than that is its own delay.
    #[must_use]
    pub fn unlevelled_starts(&self, schedule: &Schedule) -> Vec<Minute> {
        forward::unlevelled_starts(self, schedule)
    }

    /// True where a link leaves no room between these dates: its successor cannot lie earlier because of it, nor its
    /// predecessor later. `link` is its index in the plan.
    #[must_use]
    pub fn is_driving(&self, link: u32, slots: &[Slot]) -> bool {
        let link = &self.network.links[link as usize];
        let (before, after) = (&slots[link.predecessor as usize], &slots[link.successor as usize]);
        let clock = self.clock(link.successor);
        let from = match link.kind {
            LinkKind::FinishToStart | LinkKind::FinishToFinish => before.finish,
            LinkKind::StartToStart | LinkKind::StartToFinish => before.start,
        };
        let earliest = forward::after_lag(clock, from, link);
        match link.kind {
            // What may begin in the evening begins in the morning.
            LinkKind::FinishToStart | LinkKind::StartToStart => {
                clock.start_at(clock.work_before(earliest)).max(earliest) >= after.start
            }
            LinkKind::FinishToFinish | LinkKind::StartToFinish => earliest >= after.finish,
        }
    }

    /// Forward pass, backward pass, floats.
    #[must_use]
    pub fn run(&self) -> Schedule {
        let mut schedule = Schedule { tasks: vec![Slot::default(); self.tasks.len()], ..Schedule::default() };
        forward::pass(self, &mut schedule, self.start);
        if self.direction == Direction::Backward {
            backward::place_late(self, &mut schedule);
        } else {
            forward::place_late(self, &mut schedule);
            self.measure(&mut schedule);
            backward::pass(self, &mut schedule, None);
        }
        backward::floats(self, &mut schedule);
        self.watch_deadlines(&mut schedule);
        schedule
    }

    /// Start, finish and length of the whole.
    fn measure(&self, schedule: &mut Schedule) {
        let leaves = || {
            self.tasks
                .iter()
                .zip(&schedule.tasks)
                .filter(|(task, _)| task.kind != TaskKind::Summary)
                .map(|(_, slot)| slot)
        };
        schedule.start = leaves().map(|slot| slot.start).min().unwrap_or(self.start);
        schedule.finish = leaves().map(|slot| slot.finish).max().unwrap_or(self.start);
        schedule.length = self.clocks[0].between(schedule.start, schedule.finish);
    }

    fn watch_deadlines(&self, schedule: &mut Schedule) {
        for (index, task) in (0_u32..).zip(&self.tasks) {
            let late = task
                .deadline
                .is_some_and(|deadline| self.clock(index).between(deadline, schedule.tasks[index as usize].finish) > 0);
            if late {
                schedule.conflicts.push(Conflict::Deadline { task: index });
            }
        }
    }
}
