//! A plan that counts backward, seen from its finish: time runs the other way, links lead the other way, and what was as
//! late as possible is as soon as possible. So one levelling serves both directions.
//!
//! *Invariant:* the forward pass over a turned plan puts every task where the backward pass puts it, in turned time
//! (`domain/tests/rules/turned.rs`). Four rules are not the same seen from behind, and are told apart here: a lag counts on
//! the calendar of what follows; a date in free time is met on the wall, not in working time; deadlines hold; dates that
//! say "no earlier" do not.

use super::{PlanFault, Schedule, Scheduler, network::Network};
use crate::{
    Minute,
    projects::{
        calendar::WorkClock,
        plan::{ConstraintKind, Direction, LagUnit, Link, LinkKind, Plan, Split, Task, TaskKind, TaskMode},
    },
};

/// The moment, seen from behind.
pub(in crate::projects) const fn turn(at: Minute) -> Minute {
    Minute(Minute::MAX.0 + 1 - at.0)
}

/// The plan, turned. Rows that are `fixed` stay where they are in `before`.
pub(in crate::projects) fn turned(plan: &Plan, before: &Schedule, fixed: &[bool]) -> Plan {
    // Of a row and every summary above it.
    let mut deadlines: Vec<Option<Minute>> = Vec::with_capacity(plan.tasks.len());
    let mut tasks = Vec::with_capacity(plan.tasks.len());
    for (index, task) in plan.tasks.iter().enumerate() {
        let above = task.parent.and_then(|parent| deadlines[parent as usize]);
        deadlines.push(above.into_iter().chain(task.deadline).min());
        let slot = &before.tasks[index];
        if fixed[index] && task.kind != TaskKind::Summary {
            let (start, finish) = (turn(slot.finish), turn(slot.start));
            tasks.push(Task { splits: Vec::new(), level_from: None, ..pinned(task, start, finish) });
        } else {
            tasks.push(Task { level_from: deadlines[index].map(turn), ..free(task) });
        }
    }
    let links = plan.links.iter().map(|link| Link {
        predecessor: link.successor,
        successor: link.predecessor,
        kind: match link.kind {
            LinkKind::StartToStart => LinkKind::FinishToFinish,
            LinkKind::FinishToFinish => LinkKind::StartToStart,
            same => same,
        },
        ..*link
    });
    Plan {
        start: turn(plan.finish.unwrap_or(plan.start)),
        finish: None,
        direction: Direction::Forward,
        calendars: plan.calendars.clone(),
        tasks,
        links: links.collect(),
    }
}

/// A task that stays: as if it had begun.
fn pinned(task: &Task, start: Minute, finish: Minute) -> Task {
    Task { actual_start: Some(start), actual_finish: Some(finish), ..bare(task) }
}

fn free(task: &Task) -> Task {
    use ConstraintKind as Kind;
    let date = task.constraint_at.map(turn);
    let (constraint, constraint_at) = match task.constraint {
        Kind::FinishNoLaterThan | Kind::MustFinishOn => (Kind::StartNoEarlierThan, date),
        Kind::StartNoLaterThan | Kind::MustStartOn => (Kind::FinishNoEarlierThan, date),
        _ => (Kind::AsSoonAsPossible, None),
    };
    let splits = task.splits.iter().rev();
    let splits = splits.map(|split| Split { after_minutes: task.duration - split.after_minutes, ..*split }).collect();
    Task { constraint, constraint_at, splits, ..bare(task) }
}

/// Without anything that names a date.
fn bare(task: &Task) -> Task {
    Task {
        mode: TaskMode::Auto,
        constraint: ConstraintKind::AsSoonAsPossible,
        constraint_at: None,
        deadline: None,
        manual_start: None,
        actual_start: None,
        actual_finish: None,
        progress: 0,
        ..task.clone()
    }
}

impl Scheduler {
    /// A scheduler of a plan that was [`turned`], by the calendars of the plan as it is.
    pub(in crate::projects) fn of_turned(&self, plan: &Plan) -> Result<Self, PlanFault> {
        Ok(Self {
            start: plan.start,
            finish: None,
            direction: Direction::Forward,
            clocks: self.clocks.iter().map(WorkClock::turned).collect(),
            tasks: plan.tasks.clone(),
            network: Network::new(plan)?,
            turned: true,
        })
    }

    /// True where time runs the other way.
    pub(in crate::projects) const fn is_turned(&self) -> bool {
        self.turned
    }

    /// The task by whose calendar the lag of a link counts.
    pub(in crate::projects) const fn lag_task(&self, link: &Link) -> u32 {
        if self.turned { link.predecessor } else { link.successor }
    }

    /// The moment that lies the lag of a link behind `from`, in a turned plan.
    pub(super) fn turned_after_lag(&self, from: Minute, link: &Link) -> Minute {
        let clock = self.clock(link.predecessor);
        let from_start = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
        match (link.lag, link.lag_unit) {
            (0, _) | (_, LagUnit::Elapsed) if !from_start || self.tasks[link.predecessor as usize].elapsed => {
                Minute(from.0 + link.lag)
            }
            // The free time behind a finish counts as well.
            (0, _) => clock.finish_at(clock.work_before(from)),
            (lag, LagUnit::Elapsed) => Minute(clock.finish_at(clock.work_before(from)).0 + lag),
            (lag, LagUnit::Working) => clock.finish_at(clock.work_before(from) + lag),
        }
    }
}

/// The finish with which work has ended at `finish` on the wall: the next minute of work where `finish` lies in free time.
pub(super) fn reached(task: &Task, clock: &WorkClock, finish: Minute) -> Minute {
    let moment = task.kind == TaskKind::Milestone || task.duration == 0;
    if moment || task.elapsed || clock.previous_finish(finish) == finish {
        finish
    } else {
        clock.finish_at(clock.work_before(finish) + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::projects::calendar::{Calendar, Window};

    const MONDAY: i64 = 20_458 * Minute::DAY;

    fn half_hours(count: i64) -> Minute {
        Minute(MONDAY + count * 30)
    }

    fn calendars() -> Vec<Calendar> {
        let mut late = Calendar::standard();
        for day in &mut late.week[..6] {
            *day = vec![Window { from: 600, to: 1_320 }];
        }
        late.exceptions.insert(half_hours(96).date(), Vec::new());
        vec![Calendar::standard(), late, Calendar::around_the_clock()]
    }

    /// Duration, what it is, calendar, elapsed, what it is below, constraint and deadline.
    type Row = (i64, u8, u32, bool, u8, Option<(ConstraintKind, i64)>, Option<i64>);

    fn row() -> impl Strategy<Value = Row> {
        use ConstraintKind as Kind;
        let kind = prop_oneof![
            Just(Kind::StartNoEarlierThan),
            Just(Kind::FinishNoEarlierThan),
            Just(Kind::StartNoLaterThan),
            Just(Kind::FinishNoLaterThan),
            Just(Kind::AsLateAsPossible)
        ];
        let constraint = prop::option::weighted(0.2, (kind, 16_i64..400));
        let deadline = prop::option::weighted(0.1, 16_i64..400);
        (0_i64..24, 0_u8..8, 0_u32..3, prop::bool::weighted(0.1), 0_u8..3, constraint, deadline)
    }

    fn task(index: usize, tasks: &[Task], (length, what, calendar, elapsed, above, constraint, deadline): Row) -> Task {
        let kind = match what {
            0 => TaskKind::Summary,
            1 => TaskKind::Milestone,
            _ => TaskKind::Task,
        };
        let summary = (0..index).rev().find(|above| tasks[*above].kind == TaskKind::Summary);
        let put = what == 2;
        let pause = Split { after_minutes: 30, pause_minutes: 90 };
        Task {
            parent: summary.filter(|_| above > 0).map(|above| above as u32),
            kind,
            duration: length * 30,
            calendar: Some(calendar),
            elapsed,
            splits: if what == 3 && length > 1 && !elapsed { vec![pause] } else { Vec::new() },
            mode: if put { TaskMode::Manual } else { TaskMode::Auto },
            manual_start: put.then(|| half_hours(length * 9)),
            constraint: constraint.map_or_else(Default::default, |it| it.0),
            constraint_at: constraint.map(|it| half_hours(it.1)),
            deadline: deadline.filter(|_| kind != TaskKind::Summary).map(half_hours),
            ..Task::default()
        }
    }

    prop_compose! {
        fn plans()(rows in prop::collection::vec(row(), 2..16))(
            links in prop::collection::vec((0..rows.len(), 0..rows.len(), 0_u8..4, -4_i64..8, any::<bool>()), 0..rows.len()),
            rows in Just(rows),
        ) -> Plan {
            let mut tasks: Vec<Task> = Vec::new();
            for (index, row) in rows.into_iter().enumerate() {
                let task = task(index, &tasks, row);
                tasks.push(task);
            }
            let links = links.into_iter().filter(|(from, to, ..)| from < to).map(|(from, to, kind, halves, elapsed)| Link {
                predecessor: from as u32,
                successor: to as u32,
                kind: [LinkKind::FinishToStart, LinkKind::StartToStart, LinkKind::FinishToFinish, LinkKind::StartToFinish]
                    [usize::from(kind)],
                lag: halves * 30,
                lag_unit: if elapsed { LagUnit::Elapsed } else { LagUnit::Working },
            });
            Plan {
                start: half_hours(0),
                finish: Some(half_hours(500)),
                direction: Direction::Backward,
                calendars: calendars(),
                links: links.collect(),
                tasks,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn a_turned_plan_is_the_plan_from_behind(plan in plans()) {
            let Ok(scheduler) = Scheduler::new(&plan) else { return Ok(()) };
            let schedule = scheduler.run();
            let fixed: Vec<bool> = plan.tasks.iter().map(|task| task.mode == TaskMode::Manual).collect();
            let from_behind = turned(&plan, &schedule, &fixed);
            let again = scheduler.of_turned(&from_behind).expect("no circle").run();
            for (index, (slot, turned)) in schedule.tasks.iter().zip(&again.tasks).enumerate() {
                prop_assert_eq!((slot.start, slot.finish), (turn(turned.finish), turn(turned.start)), "task {}", index);
            }
        }
    }
}
