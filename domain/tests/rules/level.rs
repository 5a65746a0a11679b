//! Levelling: stories, and the distance from published optima.

use std::collections::BTreeMap;

use domain::{
    Minute,
    projects::{
        calendar::{Calendar, Window},
        exchange::psplib,
        level::{Demand, LevelFault, LevelOptions, LevelProblem, Levelled, Leveller, Resource, load, overload},
        plan::{ConstraintKind, LagUnit, Link, LinkKind, Plan, Task, TaskKind, TaskMode},
        schedule::Scheduler,
    },
};

use super::level_properties::checked;

const PERSON: Resource = Resource { capacity: 100, calendar: None };

pub(super) fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

pub(super) fn days(count: i64) -> Task {
    Task { duration: count * 480, ..Task::default() }
}

pub(super) fn fs(predecessor: u32, successor: u32) -> Link {
    Link { predecessor, successor, kind: LinkKind::FinishToStart, lag: 0, lag_unit: LagUnit::Working }
}

/// A plan from Monday, 2026-01-05.
pub(super) fn plan(tasks: Vec<Task>, links: Vec<Link>) -> Plan {
    Plan { start: at("2026-01-05"), calendars: vec![Calendar::standard()], tasks, links, ..Plan::default() }
}

/// Every task of the plan asks for the whole of one person.
pub(super) fn one_person(plan: &Plan) -> LevelProblem<'_> {
    let demands = (0..plan.tasks.len()).map(|task| needs(task, 0, 100)).collect();
    LevelProblem {
        plan,
        resources: vec![PERSON],
        demands,
        bookings: Vec::new(),
        locked: Vec::new(),
        priorities: Vec::new(),
    }
}

pub(super) fn needs(task: usize, resource: u32, units: i64) -> Demand {
    Demand { task: u32::try_from(task).expect("small"), resource, units }
}

pub(super) fn level(problem: &LevelProblem) -> Levelled {
    Leveller::new(problem).expect("a problem").run(LevelOptions { seed: 1, most_rounds: 200 }, &mut || true)
}

/// Day of January and hour of each start.
pub(super) fn starts(levelled: &Levelled) -> Vec<String> {
    levelled.starts.iter().map(|start| start.to_string()[8..13].replace('T', " ")).collect()
}

#[test]
fn two_tasks_of_one_person_follow_each_other() {
    let plan = plan(vec![days(2), days(1)], vec![]);
    let levelled = level(&one_person(&plan));
    assert_eq!(starts(&levelled), ["05 08", "07 08"]);
    assert_eq!((levelled.finish_before, levelled.finish_after), (at("2026-01-06T17:00"), at("2026-01-07T17:00")));
    assert_eq!((levelled.overloads_before, levelled.overloads_after), (480, 0));
    assert_eq!(levelled.moved, [1]);
    assert_eq!(levelled.bound, levelled.finish_after, "three days of work for one person");
}

#[test]
fn half_a_person_works_beside_the_other_half() {
    let plan = plan(vec![days(1), days(1), days(1)], vec![]);
    let mut problem = one_person(&plan);
    problem.demands = vec![needs(0, 0, 50), needs(1, 0, 50), needs(2, 0, 60)];
    assert_eq!(starts(&level(&problem)), ["05 08", "05 08", "06 08"]);
}

#[test]
fn higher_priority_goes_first() {
    let plan = plan(vec![days(1), days(1), days(1)], vec![]);
    let mut problem = one_person(&plan);
    problem.priorities = vec![500, 400, 900];
    assert_eq!(starts(&level(&problem)), ["06 08", "07 08", "05 08"]);
}

#[test]
fn what_an_urgent_task_waits_for_is_as_urgent() {
    let plan = plan(vec![days(1), days(1), days(1)], vec![fs(1, 2)]);
    let mut problem = one_person(&plan);
    problem.priorities = vec![500, 100, 900];
    assert_eq!(starts(&level(&problem)), ["07 08", "05 08", "06 08"]);
}

#[test]
fn a_locked_task_does_not_move() {
    let plan = plan(vec![days(2), days(1)], vec![]);
    let mut problem = one_person(&plan);
    problem.locked = vec![false, true];
    problem.priorities = vec![1000, 0];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["06 08", "05 08"]);
    assert_eq!(levelled.moved, [0]);
}

#[test]
fn below_a_locked_summary_nothing_moves() {
    let summary = Task { kind: TaskKind::Summary, ..Task::default() };
    let child = Task { parent: Some(0), ..days(1) };
    let plan = plan(vec![summary, child.clone(), child, days(1)], vec![]);
    let mut problem = one_person(&plan);
    problem.locked = vec![true, false, false, false];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["05 08", "05 08", "05 08", "06 08"]);
    assert_eq!((levelled.overloads_before, levelled.overloads_after), (480, 480), "the locked ones stay overloaded");
}

#[test]
fn what_was_put_by_hand_or_has_begun_stays() {
    let manual = Task { mode: TaskMode::Manual, manual_start: Some(at("2026-01-06T08:00")), ..days(1) };
    let begun = Task { actual_start: Some(at("2026-01-05T08:00")), ..days(1) };
    let dated =
        Task { constraint: ConstraintKind::MustStartOn, constraint_at: Some(at("2026-01-08T08:00")), ..days(1) };
    let plan = plan(vec![manual, begun, dated, days(2), days(1)], vec![]);
    assert_eq!(starts(&level(&one_person(&plan))), ["06 08", "05 08", "08 08", "09 08", "07 08"]);
}

#[test]
fn a_task_that_would_stand_in_the_way_of_a_locked_one_is_named() {
    let plan = plan(vec![days(2), days(2), days(1)], vec![fs(1, 2)]);
    let mut problem = one_person(&plan);
    problem.locked = vec![true, false, true];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["05 08", "08 08", "07 08"]);
    assert_eq!(levelled.late, [1]);
}

#[test]
fn a_deadline_decides_who_goes_first() {
    let due = Task { deadline: Some(at("2026-01-05T17:00")), ..days(1) };
    let plan = plan(vec![days(3), due], vec![]);
    let levelled = level(&one_person(&plan));
    assert_eq!(starts(&levelled), ["06 08", "05 08"]);
    assert_eq!(levelled.late, Vec::<u32>::new());
}

#[test]
fn what_wants_to_be_late_is_as_late_as_its_people_allow() {
    let late = || Task { constraint: ConstraintKind::AsLateAsPossible, ..days(1) };
    let mut plan = plan(vec![days(5), late(), late(), days(1)], vec![fs(0, 3)]);
    plan.tasks[3].deadline = Some(at("2026-01-12T17:00"));
    let mut problem = one_person(&plan);
    problem.resources = vec![PERSON; 2];
    problem.demands = vec![needs(0, 0, 100), needs(1, 1, 100), needs(2, 1, 100), needs(3, 0, 100)];
    assert_eq!(starts(&level(&problem)), ["05 08", "09 08", "12 08", "12 08"]);
}

#[test]
fn a_late_moment_does_not_slip_past_the_night() {
    let late = Task { kind: TaskKind::Milestone, constraint: ConstraintKind::AsLateAsPossible, ..Task::default() };
    // Seven hours on the wall before Tuesday, 08:00, is one o'clock at night: Monday evening is the last moment.
    let link = Link { lag: 420, lag_unit: LagUnit::Elapsed, ..fs(2, 3) };
    let plan = plan(vec![days(1), days(1), late, days(1)], vec![fs(0, 3), link]);
    let mut problem = one_person(&plan);
    problem.priorities = vec![900, 500, 500, 900];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["05 08", "07 08", "05 17", "06 08"]);
}

#[test]
fn a_plan_without_overload_stays_as_it_is() {
    let late = Task { constraint: ConstraintKind::AsLateAsPossible, ..days(1) };
    let plan = plan(vec![days(5), late], vec![]);
    let mut problem = one_person(&plan);
    problem.resources = vec![Resource { capacity: 200, calendar: None }];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled), ["05 08", "09 08"]);
    assert_eq!((levelled.moved.len(), levelled.rounds), (0, 0));
}

#[test]
fn a_link_between_summaries_holds_for_their_children() {
    let summary = || Task { kind: TaskKind::Summary, ..Task::default() };
    let child = |parent| Task { parent: Some(parent), ..days(1) };
    let tasks = vec![summary(), child(0), child(0), summary(), child(3), child(3)];
    let plan = plan(tasks, vec![fs(0, 3)]);
    let mut problem = one_person(&plan);
    problem.demands = vec![needs(1, 0, 100), needs(2, 0, 100)];
    let levelled = level(&problem);
    assert_eq!(starts(&levelled)[4..], ["07 08", "07 08"]);
    assert_eq!((levelled.starts[0], levelled.finishes[0]), (at("2026-01-05T08:00"), at("2026-01-06T17:00")));
    assert_eq!(levelled.starts[3], at("2026-01-07T08:00"));
}

#[test]
fn the_night_shift_does_not_disturb_the_day_shift() {
    let mut night = Calendar::standard();
    for day in &mut night.week[..5] {
        *day = vec![Window { from: 1080, to: 1440 }];
    }
    let mut plan = plan(vec![days(2), Task { calendar: Some(1), ..days(1) }], vec![]);
    plan.calendars.push(night);
    assert_eq!(level(&one_person(&plan)).moved, Vec::<u32>::new());
}

#[test]
fn a_resource_that_is_away_delays_its_task() {
    let mut plan = plan(vec![days(1), days(1)], vec![]);
    let mut away = Calendar::standard();
    away.exceptions.insert("2026-01-05".parse().expect("a date"), Vec::new());
    plan.calendars.push(away);
    let mut problem = one_person(&plan);
    problem.resources = vec![Resource { calendar: Some(1), ..PERSON }];
    assert_eq!(starts(&level(&problem)), ["06 08", "07 08"]);
}

#[test]
fn impossible_problems_are_named() {
    let mut plan = plan(vec![days(1), days(2)], vec![]);
    let fault = |problem: &LevelProblem| Leveller::new(problem).map(|_| ()).expect_err("impossible");
    let too_much = LevelProblem { demands: vec![needs(1, 0, 60), needs(1, 0, 60)], ..one_person(&plan) };
    assert_eq!(fault(&too_much), LevelFault::TooMuch { task: 1, resource: 0, units: 120, capacity: 100 });
    assert_eq!(fault(&too_much).to_string(), "row 2 alone asks for 120 % of resource 1, of which there are 100 %.");
    let nowhere = LevelProblem { demands: vec![needs(2, 0, 1)], ..one_person(&plan) };
    assert_eq!(fault(&nowhere), LevelFault::Index { demand: 0 });
    assert_eq!(fault(&LevelProblem { locked: vec![true], ..one_person(&plan) }), LevelFault::Lists);
    let mut mondays = Calendar::default();
    mondays.week[0] = vec![Window { from: 480, to: 1020 }];
    plan.calendars.push(mondays);
    let monday = vec![Resource { calendar: Some(1), ..PERSON }];
    assert_eq!(fault(&LevelProblem { resources: monday, ..one_person(&plan) }), LevelFault::NoWindow { task: 1 });
    plan.links = vec![fs(0, 1), fs(1, 0)];
    assert!(matches!(fault(&one_person(&plan)), LevelFault::Plan(_)));
}

#[test]
fn the_load_of_a_person_is_a_list_of_steps() {
    let plan = plan(vec![days(1), Task { duration: 240, ..Task::default() }], vec![]);
    let scheduler = Scheduler::new(&plan).expect("a plan");
    let schedule = scheduler.run();
    let demands = [needs(0, 0, 100), needs(1, 0, 50)];
    let span = |task: u32| (schedule.tasks[task as usize].start, schedule.tasks[task as usize].finish);
    let load = load(&scheduler, &[PERSON, PERSON], &demands, &[], span);
    let steps: Vec<_> = load[0].iter().map(|step| (step.from.minute_of_day(), step.used, step.is_overload())).collect();
    assert_eq!(steps, [(480, 150, true), (720, 0, false), (780, 100, false)]);
    assert_eq!((overload(&load), load[1].len()), (240, 0));
}

#[test]
fn the_search_ends_when_its_caller_says_so() {
    let plan = plan((1..20).map(days).collect(), vec![]);
    let mut problem = one_person(&plan);
    problem.resources = vec![Resource { capacity: 150, calendar: None }];
    let leveller = Leveller::new(&problem).expect("a problem");
    let mut asked = 0;
    let mut still = || {
        asked += 1;
        asked < 5
    };
    let rounds = leveller.run(LevelOptions { seed: 1, most_rounds: 1_000 }, &mut still).rounds;
    assert_eq!(rounds, 4.min(rounds));
}

/// The published optimum and the plan of each PSPLIB project on this machine.
fn published() -> Vec<(i64, psplib::PsplibProject)> {
    let Some(folder) = super::published::shared() else {
        eprintln!("the PSPLIB files are not on this machine: nothing was compared");
        return Vec::new();
    };
    let optima = std::fs::read_to_string(folder.join("optimum.csv")).expect("optima");
    let optima: BTreeMap<&str, i64> = optima
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter_map(|(name, length)| Some((name, length.parse().ok()?)))
        .collect();
    let read = |(name, optimum): (&str, i64)| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.sm"))).ok()?;
        Some((optimum, psplib::read(&text).expect("a project")))
    };
    optima.into_iter().filter_map(read).collect()
}

/// Average gap in thousandths of a per cent after so many rounds; every plan is checked.
fn gap(projects: &[(i64, psplib::PsplibProject)], most_rounds: u32) -> i64 {
    let mut sum = 0;
    for (optimum, project) in projects {
        let plan = project.plan();
        let problem = project.level_problem(&plan);
        let leveller = Leveller::new(&problem).expect("a problem");
        let levelled = leveller.run(LevelOptions { seed: 7, most_rounds }, &mut || true);
        assert_eq!(checked(&problem, &levelled), Ok(()));
        let length = levelled.finish_after.0;
        assert!(length >= *optimum, "{length} is below the proven {optimum}");
        assert!(levelled.bound.0 <= *optimum, "the bound {} is above the proven {optimum}", levelled.bound.0);
        sum += (length - optimum) * 100_000 / optimum;
    }
    sum / i64::try_from(projects.len().max(1)).expect("small")
}

#[test]
fn psplib_projects_come_close_to_their_optima() {
    let projects = published();
    let gaps = [0, 1, 21, 1_000].map(|rounds| gap(&projects, rounds));
    eprintln!("thousandths of a per cent: {gaps:?}");
    assert!(gaps[0] <= 6_000 && gaps[1] <= 4_200 && gaps[2] <= 1_600 && gaps[3] <= 400, "{gaps:?}");
}
