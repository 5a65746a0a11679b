//! The load over all projects, held against a count of every minute and against the histogram of a plan.

use chrono::NaiveDate;
use domain::{
    CalendarId, Minute, ProjectId, ResourceId, TaskId, UserId,
    projects::{
        calendar::{Calendar, Window, WorkClock},
        document::PlanDocument,
        level::load,
        operation::{Operation, TaskDraft},
        plan::Split,
        resource::{Assignment, Departments, ResourceKind, ResourceRecord, WHOLE},
        schedule::Scheduler,
        view::NewProject,
        workload::{ColumnStep, Columns, LoadAmount, LoadState, PlanWork, Work, Workload},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

fn at(text: &str) -> Minute {
    text.parse().expect("a moment")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn id(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(number))
}

/// Standard, around the clock, nights, and one with a day off and a Saturday.
fn calendars() -> Vec<Calendar> {
    let mut nights = Calendar::standard();
    nights.week = std::array::from_fn(|_| vec![Window { from: 0, to: 360 }, Window { from: 1_320, to: 1_440 }]);
    let mut otherwise = Calendar::standard();
    otherwise.exceptions.insert(date("2026-01-07"), Vec::new());
    otherwise.exceptions.insert(date("2026-01-10"), vec![Window { from: 480, to: 600 }]);
    let mut absent = Calendar::around_the_clock();
    absent.exceptions.insert(date("2026-01-08"), Vec::new());
    absent.exceptions.insert(date("2026-01-09"), vec![Window { from: 540, to: 600 }]);
    vec![Calendar::standard(), Calendar::around_the_clock(), nights, otherwise, absent]
}

/// Two people, a department, two machines, each with or without hours of its own.
fn resources(hours: &[usize]) -> Vec<ResourceRecord> {
    let calendars = calendars();
    let kinds = [
        (1, ResourceKind::Person, 100),
        (2, ResourceKind::Person, 50),
        (3, ResourceKind::Department, 300),
        (4, ResourceKind::Machine, 100),
        (5, ResourceKind::Machine, 0),
    ];
    let record = |((number, kind, capacity), hours): ((u128, ResourceKind, i64), &usize)| ResourceRecord {
        capacity,
        calendar: calendars.get(*hours).cloned(),
        ..ResourceRecord::whole(id(number), kind, format!("Number {number}"))
    };
    kinds.into_iter().zip(hours).map(record).collect()
}

#[derive(Clone, Debug)]
struct Drawn {
    start: i64,
    minutes: i64,
    calendar: Option<u32>,
    split: Option<(i64, i64)>,
    done: bool,
    person: Option<u128>,
    department: bool,
    assignments: Vec<(u128, i64)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let time = (0..20_160_i64, 1..3_000_i64, prop::option::of(0..5_u32), prop::option::of((1..400_i64, 1..900_i64)));
    let needs = (
        prop::option::of(1..3_u128),
        any::<bool>(),
        prop::collection::vec((1..6_u128, prop::sample::select(vec![1, 33, 50, 100, 250])), 0..3),
    );
    (time, needs, prop::bool::weighted(0.2)).prop_map(|((start, minutes, calendar, split), needs, done)| {
        let (person, department, mut assignments) = needs;
        assignments.sort_unstable();
        assignments.dedup_by_key(|(resource, _)| *resource);
        Drawn { start, minutes, calendar, split, done, person, department, assignments }
    })
}

fn work(drawn: &[Drawn], clocks: &[WorkClock]) -> Vec<Work> {
    let work = |(number, drawn): (u128, &Drawn)| {
        let start = Minute(at("2026-01-03").0 + drawn.start);
        let splits: Vec<Split> = drawn
            .split
            .filter(|(after, _)| drawn.calendar.is_some() && *after < drawn.minutes)
            .map(|(after_minutes, pause_minutes)| Split { after_minutes, pause_minutes })
            .into_iter()
            .collect();
        let span = drawn.minutes + splits.iter().map(|split| split.pause_minutes).sum::<i64>();
        let (start, finish) = match drawn.calendar {
            Some(calendar) => {
                let clock = &clocks[calendar as usize];
                let start = clock.next_start(start);
                (start, clock.finish_of(start, span))
            }
            None => (start, Minute(start.0 + span)),
        };
        Work {
            task_id: TaskId(Uuid::from_u128(number)),
            start,
            finish,
            calendar: drawn.calendar,
            splits,
            done: drawn.done,
            assignees: drawn.person.map(|number| UserId(Uuid::from_u128(number))).into_iter().collect(),
            assignments: drawn
                .assignments
                .iter()
                .map(|(resource, units)| Assignment { resource_id: id(*resource), units: *units })
                .collect(),
            department: drawn.department.then(|| "NUMBER 3".to_owned()),
        }
    };
    (100..).zip(drawn).map(work).collect()
}

/// True where a task works at a minute: on its calendar, and in no pause.
fn works_at(work: &Work, clocks: &[WorkClock], minute: Minute) -> bool {
    if minute < work.start || minute >= work.finish {
        return false;
    }
    let Some(calendar) = work.calendar else { return true };
    let clock = &clocks[calendar as usize];
    let gone = clock.between(work.start, minute);
    let mut paused = 0;
    let rests = work.splits.iter().any(|split| {
        let begins = split.after_minutes + paused;
        paused += split.pause_minutes;
        (begins..begins + split.pause_minutes).contains(&gone)
    });
    clock.is_working(minute) && !rests
}

/// What a resource is asked for between two moments, minute by minute.
fn naive(
    record: &ResourceRecord,
    work: &[Work],
    clocks: &[WorkClock],
    (from, to): (Minute, Minute),
    now: Minute,
) -> LoadAmount {
    let own = record.calendar.as_ref().map(WorkClock::new);
    let has_hours = record.calendar.as_ref().is_some_and(|calendar| !calendar.is_always());
    let usual = match &record.calendar {
        Some(calendar) if has_hours => calendar.clone(),
        other => Calendar {
            exceptions: other.as_ref().map(|own| own.exceptions.clone()).unwrap_or_default(),
            ..Calendar::standard()
        },
    };
    let (measure, week) = (WorkClock::new(&usual), Calendar { exceptions: Default::default(), ..usual.clone() });
    let week = WorkClock::new(&week);
    let needs = |work: &Work| -> i64 {
        let own = work.assignments.iter().find(|need| need.resource_id == record.id).map(|need| need.units);
        let person = work.assignees.iter().any(|user| user.0 == record.id.0);
        let department = work.department.is_some() && record.kind == ResourceKind::Department;
        own.unwrap_or(if person || department { WHOLE } else { 0 })
    };
    let mut sum = LoadAmount::default();
    for minute in (from.0..to.0).map(Minute) {
        let working = work.iter().filter(|work| works_at(work, clocks, minute) && (!work.done || minute < now));
        let used: i64 = working.map(needs).sum();
        let there = if own.as_ref().is_none_or(|own| own.is_working(minute)) { record.capacity } else { 0 };
        let measured = measure.is_working(minute) || (!has_hours && used > 0 && there > 0);
        sum.used += used;
        sum.over += (used - there).max(0);
        sum.available += if measured { record.capacity } else { 0 };
        sum.away += if week.is_working(minute) { record.capacity } else { 0 };
        sum.away -= if measure.is_working(minute) { record.capacity } else { 0 };
    }
    // A Saturday that is worked makes up for no absence; within one day the two are not both there.
    LoadAmount { away: sum.away.max(0), ..sum }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_cell_is_the_sum_of_its_minutes(
        tasks in prop::collection::vec(drawn(), 0..12),
        hours in prop::collection::vec(0..7_usize, 5),
    ) {
        let clocks: Vec<WorkClock> = calendars().iter().map(WorkClock::new).collect();
        let (known, work) = (resources(&hours), work(&tasks, &clocks));
        let departments = Departments::of(&known);
        let now = at("2026-01-08T10:30");
        let columns = Columns::new(ColumnStep::Day, date("2026-01-05"), date("2026-01-14")).expect("days");
        // Two plans, so that the sum goes over both.
        let (some, others) = work.split_at(work.len() / 2);
        let plans = [some, others].map(|work| PlanWork::new(&calendars(), work.to_vec()));
        let mut workload = Workload::new(&departments, &columns, now);
        plans.iter().for_each(|plan| workload.add(plan, false));
        for record in &known {
            let parts: i64 = plans.iter().flat_map(|plan| workload.parts(plan, false, record.id)).map(|part| part.2).sum();
            let cells = workload.amounts(record);
            prop_assert_eq!(cells.iter().map(|cell| cell.used).sum::<i64>(), parts, "the parts of {}", &record.name);
            for (cell, span) in cells.iter().zip(columns.spans()) {
                prop_assert_eq!(*cell, naive(record, &work, &clocks, span, now), "{} at {:?}", &record.name, span);
                prop_assert_eq!(cell.state() == LoadState::Over, cell.over > 0);
                prop_assert!(cell.over > 0 || cell.used <= cell.available, "{:?}", cell);
            }
        }
    }
}

#[test]
fn weeks_and_months_are_the_sums_of_their_days() {
    let clocks: Vec<WorkClock> = calendars().iter().map(WorkClock::new).collect();
    let one = Drawn {
        start: 3_000,
        minutes: 9_000,
        calendar: Some(3),
        split: Some((1_000, 2_000)),
        done: false,
        person: Some(1),
        department: true,
        assignments: vec![(4, 50)],
    };
    let known = resources(&[0, 6, 6, 3, 6]);
    let departments = Departments::of(&known);
    let plan = PlanWork::new(&calendars(), work(&[one.clone(), Drawn { start: 9_000, ..one }], &clocks));
    let sums = |step| {
        let columns = Columns::new(step, date("2026-01-05"), date("2026-03-29")).expect("columns");
        let mut workload = Workload::new(&departments, &columns, Minute::MAX);
        workload.add(&plan, false);
        let whole = columns.from().date()..columns.to().date();
        (whole, known.iter().map(|record| workload.amounts(record)).collect::<Vec<_>>())
    };
    let ((_, days), (_, weeks)) = (sums(ColumnStep::Day), sums(ColumnStep::Week));
    for (days, weeks) in days.iter().zip(&weeks) {
        assert_eq!((days.len(), weeks.len()), (84, 12));
        for (days, week) in days.chunks(7).zip(weeks) {
            assert_eq!(days.iter().fold(LoadAmount::default(), |sum, day| sum + *day), *week);
        }
    }
    let (whole, months) = sums(ColumnStep::Month);
    assert_eq!((whole, months[0].len()), (date("2026-01-01")..date("2026-04-01"), 3));
    let used = |cells: &[LoadAmount]| cells.iter().map(|cell| cell.used).sum::<i64>();
    assert_eq!(used(&months[0]), used(&days[0]));
    assert_eq!(used(&days[0]), 2 * 9_000 * WHOLE);
}

#[test]
fn the_histogram_of_a_plan_and_the_load_over_all_projects_are_the_same() {
    let new = NewProject { name: "Line".to_owned(), start: at("2026-01-05"), ..NewProject::default() };
    let ids = (ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)));
    let mut plan = PlanDocument::create(ids.0, ids.1, "P-1".to_owned(), new).expect("a project");
    let people = [vec![UserId(Uuid::from_u128(1))], vec![UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2))]];
    for (number, assignees) in (10..).zip(people) {
        let splits = vec![Split { after_minutes: 300, pause_minutes: 700 }];
        let assignments = vec![Assignment { resource_id: id(4), units: 70 }];
        let task = TaskDraft { duration: 1_500, assignees, assignments, splits, ..TaskDraft::default() };
        let task = Box::new(TaskDraft { name: "Work".to_owned(), ..task });
        let add = Operation::AddTask { id: TaskId(Uuid::from_u128(number)), parent_id: None, after: None, task };
        plan.apply(&add).expect("a row");
    }
    let known = resources(&[3, 6, 6, 3, 6]);
    let staffing = plan.staff(&known, &[]);
    let scheduler = Scheduler::new(&staffing.plan).expect("a plan");
    let schedule = scheduler.run();
    let slot = |task: u32| &schedule.tasks[task as usize];
    let span = |task: u32| (slot(task).start, slot(task).finish);
    let histogram = load(&scheduler, &staffing.resources, &staffing.demands, &[], span);
    let work = (0_u32..).zip(&plan.tasks).map(|(index, task)| Work {
        task_id: task.id,
        start: slot(index).start,
        finish: slot(index).finish,
        calendar: Some(0),
        splits: task.splits.clone(),
        done: false,
        assignees: task.assignees.clone(),
        assignments: task.assignments.clone(),
        department: task.department.clone(),
    });
    let work = PlanWork::new(&[plan.calendar()], work.collect());
    let columns = Columns::one(date("2026-01-01"), date("2026-02-01")).expect("a month");
    let departments = Departments::of(&known);
    let mut workload = Workload::new(&departments, &columns, Minute::MAX);
    workload.add(&work, false);
    let mut seen = 0;
    for (resource, steps) in staffing.ids.iter().zip(&histogram) {
        let record = known.iter().find(|record| record.id == *resource).expect("known");
        let cell = workload.amounts(record)[0];
        let sum = |of: fn(&domain::projects::level::LoadStep) -> i64| -> i64 {
            steps.iter().map(|step| (step.to.0 - step.from.0) * of(step)).sum()
        };
        assert_eq!(cell.used, sum(|step| step.used), "{}", record.name);
        assert_eq!(cell.over, sum(|step| (step.used - step.capacity).max(0)), "{}", record.name);
        seen += 1;
    }
    assert_eq!(seen, 3);
}
