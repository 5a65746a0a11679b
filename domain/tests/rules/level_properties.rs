//! What holds for every levelled plan: links, capacities, and the same answer from every way to fill a plan.

use std::collections::BTreeMap;

use domain::{
    Minute,
    projects::{
        calendar::{Calendar, Window, WorkClock},
        level::{Demand, LevelFault, LevelOptions, LevelProblem, Levelled, Leveller, Resource},
        plan::{ConstraintKind, LagUnit, Link, LinkKind, Plan, Task, TaskKind, TaskMode},
    },
};
use proptest::prelude::*;

use super::level::{at, level, needs, plan};

/// Looks at every link and every minute anew, with nothing of the leveller but its answer.
pub(super) fn checked(problem: &LevelProblem, levelled: &Levelled) -> Result<(), String> {
    let plan = problem.plan;
    if levelled.overloads_before == 0 {
        // Where a date wins over a link, that is none of the leveller's business.
        let stayed = levelled.moved.is_empty() && levelled.overloads_after == 0;
        return if stayed { Ok(()) } else { Err("something moved for nothing".to_owned()) };
    }
    let clocks: Vec<WorkClock> = plan.calendars.iter().map(WorkClock::new).collect();
    let clock = |task: usize| &clocks[plan.tasks[task].calendar.unwrap_or(0) as usize];
    let above =
        |task: usize| std::iter::successors(Some(task), |row| plan.tasks[*row].parent.map(|parent| parent as usize));
    let leaf = |task: usize| !plan.tasks.iter().any(|row| row.parent == Some(task as u32));
    let stays = |task: usize| {
        let row = &plan.tasks[task];
        let dated = matches!(row.constraint, ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn);
        row.mode == TaskMode::Manual
            || (dated && row.kind != TaskKind::Summary)
            || row.actual_start.is_some()
            || above(task).any(|row| problem.locked.get(row) == Some(&true))
    };
    for (task, row) in plan.tasks.iter().enumerate().filter(|(task, _)| leaf(*task)) {
        let (start, finish) = (levelled.starts[task], levelled.finishes[task]);
        let work = if row.elapsed { finish.0 - start.0 } else { clock(task).between(start, finish) };
        if row.kind == TaskKind::Task && work != row.duration {
            return Err(format!("task {task} works {work} of {} minutes", row.duration));
        }
        if !stays(task) && start < plan.start {
            return Err(format!("task {task} starts before the project"));
        }
        if let Some(date) = row.constraint_at.filter(|_| !stays(task) && row.kind != TaskKind::Summary) {
            let early = match row.constraint {
                ConstraintKind::StartNoEarlierThan => clock(task).between(start, date) > 0,
                ConstraintKind::FinishNoEarlierThan => clock(task).between(finish, date) > 0,
                _ => false,
            };
            if early {
                return Err(format!("task {task} does not wait for {date:?}"));
            }
        }
        for before in above(task) {
            // The scheduler asks a summary without children for its start alone.
            let empty = row.kind == TaskKind::Summary;
            let asks = |link: &&Link| {
                let finish = matches!(link.kind, LinkKind::FinishToFinish | LinkKind::StartToFinish);
                link.successor as usize == before && !(empty && finish)
            };
            for link in plan.links.iter().filter(asks).filter(|_| !stays(task)) {
                follows(levelled, clock(before), clock(task), link, [link.predecessor as usize, task])?;
            }
        }
    }
    minutes(problem, levelled, &clocks)
}

/// True where a row is the other or stands below it.
pub(super) fn is_below(plan: &Plan, task: usize, above: usize) -> bool {
    let mut rows = std::iter::successors(Some(task), |row| plan.tasks[*row].parent.map(|parent| parent as usize));
    rows.any(|row| row == above)
}

/// The second of two rows keeps the distance that a link asks for.
pub(super) fn follows(
    levelled: &Levelled,
    lag: &WorkClock,
    own: &WorkClock,
    link: &Link,
    [before, task]: [usize; 2],
) -> Result<(), String> {
    let from = match link.kind {
        LinkKind::FinishToStart | LinkKind::FinishToFinish => levelled.finishes[before],
        LinkKind::StartToStart | LinkKind::StartToFinish => levelled.starts[before],
    };
    let to = match link.kind {
        LinkKind::FinishToStart | LinkKind::StartToStart => levelled.starts[task],
        LinkKind::FinishToFinish | LinkKind::StartToFinish => levelled.finishes[task],
    };
    let allowed = match link.lag_unit {
        _ if link.lag == 0 => from,
        LagUnit::Working => lag.finish_at(lag.work_before(from) + link.lag),
        LagUnit::Elapsed => Minute(from.0 + link.lag),
    };
    if own.between(to, allowed) > 0 {
        return Err(format!("task {task} at {to:?} does not wait until {allowed:?} for {link:?}"));
    }
    Ok(())
}

/// Minute by minute: tasks that may move never make an overload.
fn minutes(problem: &LevelProblem, levelled: &Levelled, clocks: &[WorkClock]) -> Result<(), String> {
    let plan = problem.plan;
    let mut overload = 0;
    let first = levelled.starts.iter().min().copied().unwrap_or_default();
    let last = levelled.finishes.iter().max().copied().unwrap_or_default();
    for minute in (first.0..last.0).map(Minute) {
        let works: Vec<bool> = clocks.iter().map(|clock| clock.is_working(minute)).collect();
        let mut used = vec![0; problem.resources.len()];
        for demand in &problem.demands {
            let (task, row) = (demand.task as usize, &plan.tasks[demand.task as usize]);
            let during = levelled.starts[task] <= minute && minute < levelled.finishes[task];
            let at_work = row.elapsed || works[row.calendar.unwrap_or(0) as usize];
            if row.kind == TaskKind::Task && during && at_work {
                used[demand.resource as usize] += demand.units;
            }
        }
        for (resource, used) in problem.resources.iter().zip(used) {
            let there = resource.calendar.is_none_or(|calendar| works[calendar as usize]);
            overload += i64::from(used > if there { resource.capacity } else { 0 });
        }
    }
    if overload != levelled.overloads_after {
        return Err(format!("{overload} minutes of overload, not {}", levelled.overloads_after));
    }
    let nothing_stays = problem.locked.iter().all(|locked| !locked)
        && plan.tasks.iter().all(|row| {
            let dated = matches!(row.constraint, ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn);
            row.mode == TaskMode::Auto && row.actual_start.is_none() && !dated
        });
    if nothing_stays && overload > 0 { Err(format!("{overload} minutes of overload")) } else { Ok(()) }
}

fn kinds() -> impl Strategy<Value = LinkKind> {
    prop_oneof![
        Just(LinkKind::FinishToStart),
        Just(LinkKind::StartToStart),
        Just(LinkKind::FinishToFinish),
        Just(LinkKind::StartToFinish)
    ]
}

fn late_shift() -> Calendar {
    let mut calendar = Calendar::standard();
    for day in &mut calendar.week[..6] {
        *day = vec![Window { from: 600, to: 1320 }];
    }
    calendar
}

/// What a drawn plan is made of.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) plan: Plan,
    resources: Vec<Resource>,
    demands: Vec<Demand>,
    locked: Vec<bool>,
    priorities: Vec<i32>,
}

impl Drawn {
    pub(super) fn problem(&self) -> LevelProblem<'_> {
        LevelProblem {
            plan: &self.plan,
            resources: self.resources.clone(),
            demands: self.demands.clone(),
            bookings: Vec::new(),
            locked: self.locked.clone(),
            priorities: self.priorities.clone(),
        }
    }
}

/// Task: duration, place in the outline, calendar, elapsed, put by hand, locked, priority, constraint with its half hour.
type Row = (i64, u8, u32, bool, bool, bool, i32, Option<(ConstraintKind, i64)>);

fn constraints() -> impl Strategy<Value = Option<(ConstraintKind, i64)>> {
    use ConstraintKind as Kind;
    let kind = prop_oneof![
        Just(Kind::StartNoEarlierThan),
        Just(Kind::FinishNoEarlierThan),
        Just(Kind::StartNoLaterThan),
        Just(Kind::FinishNoLaterThan),
        Just(Kind::MustStartOn),
        Just(Kind::MustFinishOn),
        Just(Kind::AsLateAsPossible)
    ];
    prop::option::weighted(0.15, (kind, 16_i64..200))
}

fn rows(one_clock: bool) -> impl Strategy<Value = Row> {
    let few = if one_clock { 0.0 } else { 0.1 };
    (
        (0_i64..24).prop_map(|halves| halves * 30),
        0_u8..6,
        if one_clock { 0_u32..1 } else { 0_u32..3 },
        prop::bool::weighted(few),
        prop::bool::weighted(0.08),
        prop::bool::weighted(0.08),
        prop_oneof![3 => Just(500), 1 => 0_i32..1000],
        constraints(),
    )
}

prop_compose! {
    pub(super) fn drawn(one_clock: bool)(count in 2_usize..22)(
        rows in prop::collection::vec(rows(one_clock), count),
        ends in prop::collection::vec((0..count, 0..count, kinds(), -8_i64..20, any::<bool>()), 0..count),
        demands in prop::collection::vec((0..count, 0_u32..3, 20_i64..101), 0..count * 2),
        capacities in prop::collection::vec((100_i64..220, prop::option::weighted(0.2, 0_u32..3)), 3),
    ) -> Drawn {
        let mut tasks: Vec<Task> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let summary = row.1 == 0 && index + 1 < rows.len() && !one_clock;
            let above = (0..index).rev().find(|above| tasks[*above].kind == TaskKind::Summary);
            tasks.push(Task {
                parent: above.filter(|_| row.1 > 2).map(|above| above as u32),
                kind: if summary { TaskKind::Summary } else if row.1 == 1 { TaskKind::Milestone } else { TaskKind::Task },
                duration: row.0,
                calendar: Some(row.2),
                elapsed: row.3,
                mode: if row.4 && !summary { TaskMode::Manual } else { TaskMode::Auto },
                constraint: row.7.map_or(ConstraintKind::default(), |it| it.0),
                constraint_at: row.7.map(|it| Minute(at("2026-01-05").0 + it.1 * 30)),
                deadline: row.7.filter(|it| it.1 % 3 == 0).map(|it| Minute(at("2026-01-06").0 + it.1 * 30)),
                actual_start: row.7.filter(|it| it.1 > 190 && !summary).map(|_| at("2026-01-05T10:00")),
                manual_start: row.4.then(|| Minute(at("2026-01-05T09:00").0 + row.0)),
                ..Task::default()
            });
        }
        let links = ends.into_iter().filter(|(from, to, ..)| from < to).map(|(from, to, kind, halves, elapsed)| Link {
            predecessor: from as u32,
            successor: to as u32,
            kind,
            lag: halves.max(0) * 30,
            lag_unit: if elapsed && !one_clock { LagUnit::Elapsed } else { LagUnit::Working },
        });
        let mut plan = plan(tasks, links.collect());
        plan.calendars.extend([late_shift(), Calendar::around_the_clock()]);
        let calendar = |calendar: Option<u32>| if one_clock { calendar.map(|_| 0) } else { calendar };
        let mut asked = BTreeMap::new();
        for (task, resource, units) in demands {
            asked.entry((task, resource)).or_insert(units);
        }
        Drawn {
            plan,
            resources: capacities.into_iter().map(|it| Resource { capacity: it.0, calendar: calendar(it.1) }).collect(),
            demands: asked.into_iter().map(|((task, resource), units)| needs(task, resource, units)).collect(),
            locked: rows.iter().map(|row| row.5).collect(),
            priorities: rows.iter().map(|row| row.6).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_link_is_violated_and_no_capacity_exceeded(drawn in drawn(false)) {
        let problem = drawn.problem();
        match Leveller::new(&problem) {
            Ok(leveller) => {
                let options = LevelOptions { seed: 3, most_rounds: 60 };
                let levelled = leveller.run(options, &mut || true);
                prop_assert_eq!(checked(&problem, &levelled), Ok(()));
                prop_assert_eq!(leveller.run(options, &mut || true), levelled, "the same again");
            }
            Err(LevelFault::NoWindow { .. } | LevelFault::Plan(_)) => {}
            Err(fault) => prop_assert!(false, "{fault}"),
        }
    }

    #[test]
    fn on_one_clock_as_well(drawn in drawn(true)) {
        let problem = drawn.problem();
        let levelled = level(&problem);
        prop_assert_eq!(checked(&problem, &levelled), Ok(()));
        prop_assert!(levelled.bound <= levelled.finish_after);
        // The same with times that are too fine for cells.
        let mut fine = drawn.clone();
        let aside = |duration| Task { duration, ..Task::default() };
        fine.plan.tasks.extend([aside(18_000), aside(7)]);
        fine.locked.extend([false, false]);
        fine.priorities.extend([500, 500]);
        let problem = fine.problem();
        prop_assert_eq!(checked(&problem, &level(&problem)), Ok(()));
    }

    /// A moment on another calendar, or a few minutes of work for nobody, change nothing but the way in which the plan is
    /// filled.
    #[test]
    fn all_ways_to_fill_a_plan_agree(drawn in drawn(true)) {
        let serial = |more: Task| {
            let mut drawn = drawn.clone();
            drawn.plan.tasks.extend([Task { duration: 18_000, ..Task::default() }, more]);
            drawn.locked.extend([false, false]);
            drawn.priorities.extend([500, 500]);
            let leveller = Leveller::new(&drawn.problem()).expect("a problem");
            let levelled = leveller.run(LevelOptions { seed: 1, most_rounds: 0 }, &mut || true);
            levelled.starts[..drawn.plan.tasks.len() - 1].to_vec()
        };
        let cells = serial(Task { duration: 30, ..Task::default() });
        prop_assert_eq!(&cells, &serial(Task { duration: 7, ..Task::default() }), "steps");
        let elsewhere = Task { kind: TaskKind::Milestone, calendar: Some(2), ..Task::default() };
        prop_assert_eq!(&cells, &serial(elsewhere), "calendars");
    }
}
