//! Levelling a plan that counts backward: the finish stays, tasks move earlier.

use domain::{
    Minute,
    projects::{
        calendar::WorkClock,
        level::{LevelFault, LevelOptions, LevelProblem, Levelled, Leveller},
        plan::{ConstraintKind, Direction, LinkKind, Plan, Task, TaskKind, TaskMode},
    },
};
use proptest::prelude::*;

use super::{
    level::{at, days, fs, level, needs, one_person, plan, starts},
    level_properties::{drawn, follows, is_below},
};

/// A plan that ends on Friday, 2026-01-16.
fn backward(tasks: Vec<Task>, links: Vec<domain::projects::plan::Link>) -> Plan {
    Plan { direction: Direction::Backward, finish: Some(at("2026-01-16T17:00")), ..plan(tasks, links) }
}

#[test]
fn the_finish_stays_and_the_start_moves() {
    let plan = backward(vec![days(2), days(1)], vec![]);
    let levelled = level(&one_person(&plan));
    assert_eq!((levelled.finish_before, levelled.finish_after), (at("2026-01-16T17:00"), at("2026-01-16T17:00")));
    assert_eq!((levelled.start_before, levelled.start_after), (at("2026-01-15T08:00"), at("2026-01-14T08:00")));
    assert_eq!((levelled.overloads_before, levelled.overloads_after), (480, 0));
    assert_eq!(levelled.bound, levelled.start_after, "three days of work for one person");
}

#[test]
fn links_hold_and_what_has_most_before_it_stands_last_where_there_is_a_choice() {
    // 0 and 1 come before 2; the same person does 3, before which nothing has to happen.
    let plan = backward(vec![days(2), days(2), days(1), days(1)], vec![fs(0, 2), fs(1, 2)]);
    let mut problem = one_person(&plan);
    problem.resources.push(problem.resources[0]);
    problem.demands = vec![needs(0, 1, 100), needs(2, 0, 100), needs(3, 0, 100)];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["14 08", "14 08", "16 08", "15 08"]);
    assert_eq!(levelled.moved, [3]);
}

#[test]
fn higher_priority_stays_at_the_end() {
    let plan = backward(vec![days(1), days(1), days(1)], vec![]);
    let problem = LevelProblem { priorities: vec![500, 400, 900], ..one_person(&plan) };
    assert_eq!(starts(&level(&problem)), ["15 08", "14 08", "16 08"]);
}

#[test]
fn what_is_locked_put_by_hand_or_dated_stays() {
    let manual = Task { mode: TaskMode::Manual, manual_start: Some(at("2026-01-14T08:00")), ..days(1) };
    let on = Task { constraint: ConstraintKind::MustStartOn, constraint_at: Some(at("2026-01-13T08:00")), ..days(1) };
    let plan = backward(vec![manual, on, days(1), days(2)], vec![]);
    let problem = LevelProblem { locked: vec![false, false, true, false], ..one_person(&plan) };
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["14 08", "13 08", "16 08", "09 08"]);
    assert_eq!((levelled.moved, levelled.overloads_after), (vec![3], 0));
}

#[test]
fn an_absence_pushes_work_before_it() {
    let mut plan = backward(vec![days(1), days(1)], vec![]);
    let mut away = plan.calendars[0].clone();
    for day in ["2026-01-14", "2026-01-15"] {
        away.exceptions.insert(day.parse().expect("a date"), Vec::new());
    }
    plan.calendars.push(away);
    let mut problem = one_person(&plan);
    problem.resources[0].calendar = Some(1);
    assert_eq!(starts(&level(&problem)).iter().filter(|start| *start == "13 08").count(), 1);
}

#[test]
fn a_task_that_may_not_begin_earlier_goes_last() {
    let constraint_at = Some(at("2026-01-16T08:00"));
    let waits = Task { constraint: ConstraintKind::StartNoEarlierThan, constraint_at, ..days(1) };
    let plan = backward(vec![days(1), waits.clone(), waits], vec![]);
    let levelled = level(&one_person(&plan));
    assert_eq!(levelled.late.len(), 1, "two cannot be last: {levelled:?}");
    assert_eq!(starts(&levelled)[0], "14 08");
}

/// What holds for every levelled plan that counts backward, with nothing of the leveller but its answer.
fn checked(problem: &LevelProblem, levelled: &Levelled) -> Result<(), String> {
    let plan = problem.plan;
    if levelled.overloads_before == 0 {
        return if levelled.moved.is_empty() { Ok(()) } else { Err("something moved for nothing".to_owned()) };
    }
    let clocks: Vec<WorkClock> = plan.calendars.iter().map(WorkClock::new).collect();
    let clock = |task: usize| &clocks[plan.tasks[task].calendar.unwrap_or(0) as usize];
    let end = plan.finish.expect("a finish");
    for (task, row) in plan.tasks.iter().enumerate().filter(|(_, row)| row.kind != TaskKind::Summary) {
        let (start, finish) = (levelled.starts[task], levelled.finishes[task]);
        let work = if row.elapsed { finish.0 - start.0 } else { clock(task).between(start, finish) };
        if row.kind == TaskKind::Task && work != row.duration {
            return Err(format!("task {task} works {work} of {} minutes", row.duration));
        }
        if stays(problem, task) {
            continue;
        }
        if finish > end || row.deadline.is_some_and(|deadline| finish > deadline) {
            return Err(format!("task {task} finishes at {finish:?}"));
        }
        for link in plan.links.iter().filter(|link| is_below(plan, task, link.predecessor as usize)) {
            let (lag, next) = (clock(link.successor as usize), link.successor as usize);
            // A summary without children is a moment, and asked for its start alone.
            let empty = plan.tasks[next].kind == TaskKind::Summary
                && !plan.tasks.iter().any(|it| it.parent == Some(next as u32));
            let to_finish = matches!(link.kind, LinkKind::FinishToFinish | LinkKind::StartToFinish);
            if !(empty && to_finish) {
                follows(levelled, lag, lag, link, [task, next])?;
            }
        }
    }
    minutes(problem, levelled, &clocks)
}

fn stays(problem: &LevelProblem, task: usize) -> bool {
    let row = &problem.plan.tasks[task];
    let dated = matches!(row.constraint, ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn);
    let locked = |above: &usize| problem.locked.get(*above) == Some(&true) && is_below(problem.plan, task, *above);
    row.mode == TaskMode::Manual || dated || row.actual_start.is_some() || (0..=task).any(|above| locked(&above))
}

/// Minute by minute: no task that may move makes an overload.
fn minutes(problem: &LevelProblem, levelled: &Levelled, clocks: &[WorkClock]) -> Result<(), String> {
    let plan = problem.plan;
    let first = levelled.starts.iter().min().copied().unwrap_or_default();
    let last = levelled.finishes.iter().max().copied().unwrap_or_default();
    let (mut overload, mut moving) = (0, 0);
    for minute in (first.0..last.0).map(Minute) {
        let works: Vec<bool> = clocks.iter().map(|clock| clock.is_working(minute)).collect();
        for (resource, it) in (0_u32..).zip(&problem.resources) {
            let busy = |demand: &&domain::projects::level::Demand| {
                let (task, row) = (demand.task as usize, &plan.tasks[demand.task as usize]);
                let during = levelled.starts[task] <= minute && minute < levelled.finishes[task];
                let at_work = row.elapsed || works[row.calendar.unwrap_or(0) as usize];
                demand.resource == resource && row.kind == TaskKind::Task && during && at_work
            };
            let now = || problem.demands.iter().filter(busy);
            let capacity = if it.calendar.is_none_or(|calendar| works[calendar as usize]) { it.capacity } else { 0 };
            if now().map(|demand| demand.units).sum::<i64>() > capacity {
                overload += 1;
                moving += i64::from(now().any(|demand| demand.units > 0 && !stays(problem, demand.task as usize)));
            }
        }
    }
    if overload != levelled.overloads_after {
        return Err(format!("{overload} minutes of overload, not {}", levelled.overloads_after));
    }
    // Only a task that is named may have pushed one that stays.
    let named = !levelled.late.is_empty();
    if moving > 0 && !named { Err(format!("{moving} minutes of overload by tasks that may move")) } else { Ok(()) }
}

/// Tasks that stay, where nothing had to push them.
fn stayed(problem: &LevelProblem, levelled: &Levelled) -> Result<(), String> {
    let before = domain::projects::schedule::Scheduler::new(problem.plan).map_err(|fault| fault.to_string())?.run();
    let fixed = |task: &usize| problem.plan.tasks[*task].kind != TaskKind::Summary && stays(problem, *task);
    let mut rows = (0..problem.plan.tasks.len()).filter(fixed);
    match rows.find(|task| levelled.starts[*task] != before.tasks[*task].start) {
        Some(task) if levelled.late.is_empty() => Err(format!("task {task} did not stay")),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_finish_stays_links_hold_and_nobody_is_asked_for_too_much(
        drawn in prop_oneof![drawn(false), drawn(true)],
    ) {
        let mut drawn = drawn;
        drawn.plan.direction = Direction::Backward;
        drawn.plan.finish = Some(at("2026-01-14T17:00"));
        let problem = drawn.problem();
        match Leveller::new(&problem) {
            Ok(leveller) => {
                let options = LevelOptions { seed: 3, most_rounds: 60 };
                let levelled = leveller.run(options, &mut || true);
                prop_assert_eq!(checked(&problem, &levelled), Ok(()));
                prop_assert_eq!(stayed(&problem, &levelled), Ok(()));
                prop_assert_eq!(leveller.run(options, &mut || true), levelled, "the same again");
            }
            Err(LevelFault::NoWindow { .. } | LevelFault::Plan(_)) => {}
            Err(fault) => prop_assert!(false, "{fault}"),
        }
    }
}
