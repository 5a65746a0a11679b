//! Constraints, summaries, manual tasks, and what holds for every network.

use domain::{
    Minute,
    projects::{
        calendar::{Calendar, WorkClock},
        plan::{ConstraintKind, Direction, LagUnit, Link, LinkKind, Plan, Task, TaskKind, TaskMode},
        schedule::{Binding, Conflict, PlanFault, Scheduler},
    },
};
use proptest::prelude::*;

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

fn days(count: i64) -> Task {
    Task { duration: count * 480, ..Task::default() }
}

fn constrained(count: i64, kind: ConstraintKind, date: &str) -> Task {
    Task { constraint: kind, constraint_at: Some(at(date)), ..days(count) }
}

fn fs(predecessor: u32, successor: u32) -> Link {
    Link { predecessor, successor, kind: LinkKind::FinishToStart, lag: 0, lag_unit: LagUnit::Working }
}

/// A plan from Monday, 2026-01-05.
fn plan(tasks: Vec<Task>, links: Vec<Link>) -> Plan {
    Plan { start: at("2026-01-05"), calendars: vec![Calendar::standard()], tasks, links, ..Plan::default() }
}

fn starts(plan: &Plan) -> Vec<String> {
    let schedule = Scheduler::new(plan).expect("a plan").run();
    schedule.tasks.iter().map(|slot| format!("{:?}", slot.start)).collect()
}

#[test]
fn each_constraint_does_what_it_says() {
    let starts_with = |task: Task| starts(&plan(vec![days(2), task], vec![fs(0, 1)]))[1].clone();
    use ConstraintKind as Kind;
    assert_eq!(starts_with(days(1)), "2026-01-07T08:00");
    assert_eq!(starts_with(constrained(1, Kind::StartNoEarlierThan, "2026-01-12")), "2026-01-12T08:00");
    assert_eq!(starts_with(constrained(1, Kind::StartNoEarlierThan, "2026-01-05")), "2026-01-07T08:00");
    assert_eq!(starts_with(constrained(1, Kind::FinishNoEarlierThan, "2026-01-12T17:00")), "2026-01-12T08:00");
    assert_eq!(starts_with(constrained(1, Kind::MustStartOn, "2026-01-13T08:00")), "2026-01-13T08:00");
    assert_eq!(starts_with(constrained(1, Kind::MustFinishOn, "2026-01-13T17:00")), "2026-01-13T08:00");
    assert_eq!(starts_with(constrained(1, Kind::StartNoLaterThan, "2026-01-09T08:00")), "2026-01-07T08:00");
    assert_eq!(starts_with(constrained(1, Kind::FinishNoLaterThan, "2026-01-06T17:00")), "2026-01-06T08:00");
}

#[test]
fn a_link_drives_where_it_leaves_no_room() {
    let link =
        |predecessor, successor, kind, lag| Link { predecessor, successor, kind, lag, lag_unit: LagUnit::Working };
    // Both 0 and 1 come before 2; only the longer one holds it up. 3 ends with 0, and 4 begins a day after 0 began.
    let links = vec![
        fs(0, 2),
        fs(1, 2),
        link(0, 3, LinkKind::FinishToFinish, 0),
        link(0, 4, LinkKind::StartToStart, 480),
        link(2, 5, LinkKind::FinishToStart, 960),
    ];
    let late = constrained(1, ConstraintKind::StartNoEarlierThan, "2026-02-02");
    let plan = plan(vec![days(5), days(2), days(1), days(1), days(1), late], links);
    let scheduler = Scheduler::new(&plan).expect("a plan");
    let slots = scheduler.run().tasks;
    let driving: Vec<bool> = (0..5).map(|link| scheduler.is_driving(link, &slots)).collect();
    assert_eq!(driving, [true, false, true, true, false]);
}

#[test]
fn a_hard_constraint_wins_over_links_and_says_so() {
    let plan = plan(vec![days(5), constrained(1, ConstraintKind::MustStartOn, "2026-01-06T08:00")], vec![fs(0, 1)]);
    let schedule = Scheduler::new(&plan).expect("a plan").run();
    assert_eq!(schedule.tasks[1].start, at("2026-01-06T08:00"));
    assert_eq!(schedule.conflicts, [Conflict::Constraint { task: 1 }]);
    assert!(schedule.tasks[0].total_float < 0, "the predecessor is too late by then");
}

#[test]
fn as_late_as_possible_goes_as_far_as_its_successor() {
    let late = Task { constraint: ConstraintKind::AsLateAsPossible, ..days(1) };
    let plan = plan(vec![days(5), late, days(1)], vec![fs(0, 2), fs(1, 2)]);
    assert_eq!(starts(&plan), ["2026-01-05T08:00", "2026-01-09T08:00", "2026-01-12T08:00"]);
}

#[test]
fn a_manual_task_stays_and_complains() {
    let manual = Task { mode: TaskMode::Manual, manual_start: Some(at("2026-01-05T10:00")), ..days(1) };
    let schedule = Scheduler::new(&plan(vec![days(2), manual], vec![fs(0, 1)])).expect("a plan").run();
    assert_eq!(schedule.tasks[1].start, at("2026-01-05T10:00"));
    assert_eq!(schedule.conflicts, [Conflict::Predecessor { task: 1 }]);
}

#[test]
fn what_has_happened_is_a_fact() {
    let done = Task {
        actual_start: Some(at("2026-01-07T08:00")),
        actual_finish: Some(at("2026-01-07T12:00")),
        progress: 100,
        ..days(2)
    };
    assert_eq!(starts(&plan(vec![done, days(1)], vec![fs(0, 1)])), ["2026-01-07T08:00", "2026-01-07T13:00"]);
}

#[test]
fn a_deadline_moves_nothing_and_is_watched() {
    let task = Task { deadline: Some(at("2026-01-06T17:00")), ..days(3) };
    let schedule = Scheduler::new(&plan(vec![task], vec![])).expect("a plan").run();
    assert_eq!(schedule.tasks[0].total_float, -480);
    assert_eq!(schedule.conflicts, [Conflict::Deadline { task: 0 }]);
}

#[test]
fn a_summary_spans_its_children_and_passes_on_what_it_waits_for() {
    let summary = Task { kind: TaskKind::Summary, ..Task::default() };
    let child = |count| Task { parent: Some(1), ..days(count) };
    let plan = plan(vec![days(2), summary, child(1), child(3), days(1)], vec![fs(0, 1), fs(1, 4)]);
    let schedule = Scheduler::new(&plan).expect("a plan").run();
    assert_eq!(schedule.tasks[1].start, at("2026-01-07T08:00"));
    assert_eq!(schedule.tasks[1].finish, at("2026-01-09T17:00"));
    assert_eq!(schedule.tasks[4].start, at("2026-01-12T08:00"));
    assert_eq!(schedule.tasks[2].binding, Binding::SummaryPredecessor { link: 0 });
    assert_eq!((schedule.tasks[2].total_float, schedule.tasks[1].total_float), (960, 0));
}

#[test]
fn a_milestone_stays_where_its_predecessor_ends() {
    let milestone = Task { kind: TaskKind::Milestone, ..Task::default() };
    assert_eq!(
        starts(&plan(vec![days(5), milestone, days(1)], vec![fs(0, 1), fs(1, 2)]))[1..],
        ["2026-01-09T17:00", "2026-01-12T08:00"]
    );
}

#[test]
fn a_plan_can_count_back_from_its_finish() {
    let mut plan = plan(vec![days(2), days(1), days(1)], vec![fs(0, 1)]);
    plan.direction = Direction::Backward;
    plan.finish = Some(at("2026-01-16T17:00"));
    let schedule = Scheduler::new(&plan).expect("a plan").run();
    assert_eq!(
        schedule.tasks.iter().map(|slot| format!("{:?}", slot.start)).collect::<Vec<_>>(),
        ["2026-01-14T08:00", "2026-01-16T08:00", "2026-01-16T08:00"]
    );
    assert_eq!(schedule.tasks.iter().map(|slot| slot.total_float).collect::<Vec<_>>(), [0, 0, 960]);
}

#[test]
fn a_circle_is_named_task_by_task() {
    let circle = plan(vec![days(1), days(1), days(1), days(1)], vec![fs(0, 1), fs(1, 2), fs(2, 3), fs(3, 1)]);
    let Err(PlanFault::Cycle(mut tasks)) = Scheduler::new(&circle).map(|_| ()) else { panic!("a circle") };
    let first = tasks.iter().position(|task| *task == 1).expect("part of the circle");
    tasks.rotate_left(first);
    assert_eq!(tasks, [1, 2, 3]);
}

#[test]
fn a_shorter_predecessor_pulls_back_what_follows() {
    let mut scheduler = Scheduler::new(&plan(vec![days(5), days(1)], vec![fs(0, 1)])).expect("a plan");
    assert_eq!(scheduler.run().tasks[1].start, at("2026-01-12T08:00"));
    scheduler.set_task(0, days(1));
    assert_eq!(scheduler.run().tasks[1].start, at("2026-01-06T08:00"));
}

fn kinds() -> impl Strategy<Value = LinkKind> {
    prop_oneof![
        Just(LinkKind::FinishToStart),
        Just(LinkKind::StartToStart),
        Just(LinkKind::FinishToFinish),
        Just(LinkKind::StartToFinish)
    ]
}

prop_compose! {
    fn networks()(count in 2_usize..30)(
        durations in prop::collection::vec(0_i64..3_000, count),
        ends in prop::collection::vec((0..count, 0..count, kinds(), -600_i64..1_500, any::<bool>()), 0..count * 2),
    ) -> Plan {
        let tasks = durations.into_iter().map(|duration| Task { duration, ..Task::default() }).collect();
        let links = ends
            .into_iter()
            .filter(|(from, to, ..)| from < to)
            .map(|(from, to, kind, lag, elapsed)| Link {
                predecessor: u32::try_from(from).expect("small"),
                successor: u32::try_from(to).expect("small"),
                kind,
                lag,
                lag_unit: if elapsed { LagUnit::Elapsed } else { LagUnit::Working },
            })
            .collect();
        plan(tasks, links)
    }
}

proptest! {
    #[test]
    fn no_dependency_is_ever_violated(plan in networks()) {
        let schedule = Scheduler::new(&plan).expect("links go forward, so there is no circle").run();
        let clock = WorkClock::new(&Calendar::standard());
        for link in &plan.links {
            let (before, after) = (&schedule.tasks[link.predecessor as usize], &schedule.tasks[link.successor as usize]);
            let from = match link.kind {
                LinkKind::FinishToStart | LinkKind::FinishToFinish => before.finish,
                LinkKind::StartToStart | LinkKind::StartToFinish => before.start,
            };
            let to = match link.kind {
                LinkKind::FinishToStart | LinkKind::StartToStart => after.start,
                LinkKind::FinishToFinish | LinkKind::StartToFinish => after.finish,
            };
            let allowed = match link.lag_unit {
                LagUnit::Working => clock.work_before(from) + link.lag,
                LagUnit::Elapsed => clock.work_before(Minute(from.0 + link.lag)),
            };
            prop_assert!(clock.work_before(to) >= allowed, "{link:?}: {before:?} {after:?}");
        }
    }

    #[test]
    fn floats_fit_each_other(plan in networks()) {
        let scheduler = Scheduler::new(&plan).expect("a plan");
        let schedule = scheduler.run();
        prop_assert!(schedule.tasks.iter().any(|slot| slot.critical), "something decides the end");
        for slot in &schedule.tasks {
            prop_assert!(slot.total_float >= 0 && (0..=slot.total_float).contains(&slot.free_float), "{slot:?}");
        }
        prop_assert_eq!(scheduler.run(), schedule.clone(), "running again changes nothing");
        // A task moved to its late start leaves the end of the project where it is. An elapsed lag that ends in the
        // night is left out: the night has no working time, so a float of working minutes cannot say which side it is on.
        if plan.links.iter().any(|link| link.lag_unit == LagUnit::Elapsed) {
            return Ok(());
        }
        for index in 0..plan.tasks.len() {
            let mut tried = plan.clone();
            tried.tasks[index].constraint = ConstraintKind::StartNoEarlierThan;
            tried.tasks[index].constraint_at = Some(schedule.tasks[index].late_start);
            let after = Scheduler::new(&tried).expect("a plan").run();
            let clock = WorkClock::new(&Calendar::standard());
            prop_assert_eq!(clock.between(schedule.finish, after.finish).max(0), 0, "task {}", index);
        }
    }
}
