//! Who and what does the work, work in parts, and what levelling makes of a plan that people edit.

use domain::{
    CalendarId, Minute, ProjectId, ResourceId, TaskId, UserId,
    projects::{
        baseline,
        calendar::{Calendar, Window},
        document::{CalendarRecord, PlanDocument},
        level::{LevelOptions, Levelled, Leveller, load, overload},
        operation::{Delta, Operation, ProjectPatch, TaskDraft, TaskMove, TaskPatch},
        plan::{ConstraintKind, Direction, Split},
        resource::{Assignment, ResourceBooking, ResourceKind, ResourceRecord},
        schedule::{Binding, Conflict, Scheduler},
        view::NewProject,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

/// A working day of the standard calendar.
const DAY: i64 = 480;
const OPTIONS: LevelOptions = LevelOptions { seed: 1, most_rounds: 50 };

fn task(number: usize) -> TaskId {
    TaskId(Uuid::from_u128(number as u128))
}

fn person(number: u128) -> UserId {
    UserId(Uuid::from_u128(1_000 + number))
}

fn at(text: &str) -> Minute {
    text.parse().expect("a moment")
}

/// A plan of rows 10, 11, 12… that starts on a Monday.
fn plan(drafts: impl IntoIterator<Item = TaskDraft>) -> PlanDocument {
    let new = NewProject { name: "Line".to_owned(), start: at("2026-01-05"), ..NewProject::default() };
    let ids = (ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)));
    let mut plan = PlanDocument::create(ids.0, ids.1, "P-1".to_owned(), new).expect("a project");
    for (number, draft) in drafts.into_iter().enumerate() {
        let add = Operation::AddTask { id: task(10 + number), parent_id: None, after: None, task: Box::new(draft) };
        plan.apply(&add).expect("a row");
    }
    plan
}

fn work(days: i64, people: &[u128]) -> TaskDraft {
    let assignees = people.iter().map(|number| person(*number)).collect();
    TaskDraft { name: "Work".to_owned(), duration: days * DAY, assignees, ..TaskDraft::default() }
}

fn edit(id: TaskId, patch: TaskPatch) -> Operation {
    Operation::EditTask { id, version: None, patch: Box::new(patch) }
}

fn level(plan: &PlanDocument, known: &[ResourceRecord], bookings: &[ResourceBooking]) -> (Operation, Levelled) {
    let staffing = plan.staff(known, bookings);
    let levelled = Leveller::new(&staffing.problem()).expect("can be levelled").run(OPTIONS, &mut || true);
    (staffing.operation(plan, &levelled), levelled)
}

fn starts(plan: &PlanDocument) -> Vec<String> {
    plan.schedule()
        .expect("a schedule")
        .tasks
        .iter()
        .map(|slot| slot.start.datetime().format("%a %H:%M").to_string())
        .collect()
}

fn overloaded(plan: &PlanDocument, known: &[ResourceRecord]) -> i64 {
    let (staffing, schedule) = (plan.staff(known, &[]), plan.schedule().expect("a schedule"));
    let scheduler = Scheduler::new(&staffing.plan).expect("a plan");
    let span = |task: u32| (schedule.tasks[task as usize].start, schedule.tasks[task as usize].finish);
    overload(&load(&scheduler, &staffing.resources, &staffing.demands, &staffing.bookings, span))
}

#[test]
fn work_with_a_pause_ends_later_and_needs_nobody_meanwhile() {
    let mut plan = plan([work(2, &[1]), work(1, &[1])]);
    let pause = Split { after_minutes: 240, pause_minutes: DAY };
    plan.apply(&edit(task(10), TaskPatch { splits: Some(vec![pause]), ..TaskPatch::default() })).expect("split");
    let schedule = plan.schedule().expect("a schedule");
    let slot = schedule.tasks[0];
    assert_eq!((slot.start, slot.finish), (at("2026-01-05T08:00"), at("2026-01-07T17:00")));
    let scheduler = Scheduler::new(&plan.to_plan()).expect("a plan");
    assert_eq!(
        scheduler.pieces(0, slot.start, slot.finish),
        [(at("2026-01-05T08:00"), at("2026-01-05T12:00")), (at("2026-01-06T13:00"), at("2026-01-07T17:00"))]
    );
    // Both on Monday morning; the pause begins at noon, when the other task goes on.
    assert_eq!(overloaded(&plan, &[]), 240);
    // Less work leaves no room for the pause.
    plan.apply(&Operation::StretchTask { id: task(10), duration_minutes: 240 }).expect("shorter");
    assert!(plan.tasks[0].splits.is_empty());
}

#[test]
fn an_absence_takes_away_the_shifts_that_begin_in_it() {
    let mut nights = Calendar::default();
    for weekday in 0..5 {
        nights.week[weekday].push(Window { from: 1_320, to: 1_440 });
        nights.week[weekday + 1].insert(0, Window { from: 0, to: 360 });
    }
    let id = CalendarId(Uuid::from_u128(7));
    let mut plan = plan([work(1, &[1])]);
    let record = CalendarRecord { id, name: "Nights".to_owned(), calendar: nights, version: 1 };
    plan.apply(&Operation::SetCalendar { calendar: record }).expect("a calendar");
    let patch = TaskPatch { calendar_id: Some(Some(id)), ..TaskPatch::default() };
    plan.apply(&edit(task(10), patch)).expect("at night");
    let away = |dates: &[&str]| {
        let mut calendar = Calendar::around_the_clock();
        calendar.exceptions.extend(dates.iter().map(|date| (date.parse().expect("a date"), Vec::new())));
        let anna = ResourceRecord::whole(ResourceId(person(1).0), ResourceKind::Person, "Anna".into());
        [ResourceRecord { calendar: Some(calendar), ..anna }]
    };
    // From Monday evening to Tuesday morning.
    assert_eq!(starts(&plan), ["Mon 22:00"]);
    assert_eq!(
        overloaded(&plan, &away(&["2026-01-06", "2026-01-07"])),
        0,
        "Tuesday's absence leaves Monday's night alone"
    );
    assert_eq!(overloaded(&plan, &away(&["2026-01-05"])), DAY, "Monday's takes it as a whole");
    let mut holiday = plan.clone();
    let mut record = holiday.calendars.iter().find(|record| record.id == id).cloned().expect("nights");
    record.calendar.exceptions.insert("2026-01-06".parse().expect("a date"), Vec::new());
    holiday.apply(&Operation::SetCalendar { calendar: record }).expect("a holiday");
    let finish = |plan: &PlanDocument| plan.schedule().expect("a schedule").finish;
    assert_eq!(finish(&holiday), finish(&plan));
}

#[test]
fn pauses_that_make_no_sense_are_refused() {
    let mut plan = plan([work(1, &[])]);
    let mut refused = |splits: &[(i64, i64)]| {
        let splits =
            splits.iter().map(|(after, pause)| Split { after_minutes: *after, pause_minutes: *pause }).collect();
        let patch = TaskPatch { splits: Some(splits), ..TaskPatch::default() };
        plan.apply(&edit(task(10), patch)).expect_err("no sense").fields[0].field.clone()
    };
    assert_eq!([refused(&[(0, 60)]), refused(&[(60, 0)]), refused(&[(120, 60), (60, 60)])], ["splits"; 3]);
}

#[test]
fn levelling_puts_one_behind_the_other_says_why_and_is_undone_in_one_step() {
    let mut plan = plan([work(1, &[1]), work(1, &[1])]);
    let before = plan.clone();
    let (operation, levelled) = level(&plan, &[], &[]);
    let delta = plan.apply(&operation).expect("levelled");
    let schedule = plan.schedule().expect("a schedule");
    assert_eq!((levelled.overloads_before, levelled.overloads_after, overloaded(&plan, &[])), (DAY, 0, 0));
    assert_eq!(schedule.finish, levelled.finish_after);
    assert_eq!(schedule.tasks.iter().filter(|slot| slot.binding == Binding::Resource).count(), 1);
    plan.apply_delta(&delta.inverse()).expect("undone");
    assert_eq!(starts(&plan), starts(&before));
    let (again, _) = level(&before, &[], &[]);
    assert_eq!(again, operation, "the same plan is levelled the same way");
}

#[test]
fn a_levelled_task_goes_where_it_is_moved() {
    let mut plan = plan([work(1, &[1]), work(1, &[1])]);
    plan.apply(&level(&plan, &[], &[]).0).expect("levelled");
    let waiting = plan.tasks.iter().find(|task| task.level_from.is_some()).expect("one waits").id;
    let monday = at("2026-01-05T08:00");
    plan.apply(&Operation::MoveTasks { moves: vec![TaskMove { id: waiting, start: monday }] }).expect("moved");
    assert_eq!(starts(&plan), ["Mon 08:00", "Mon 08:00"]);
}

/// Counts back from Friday, 2026-01-16.
fn turn(plan: &mut PlanDocument) -> Delta {
    let patch = ProjectPatch {
        direction: Some(Direction::Backward),
        target_end: Some(Some(at("2026-01-16T17:00"))),
        ..ProjectPatch::default()
    };
    plan.apply(&Operation::EditProject { version: None, patch: Box::new(patch) }).expect("turned")
}

#[test]
fn a_plan_that_counts_backward_is_levelled_toward_its_start() {
    let mut plan = plan([work(1, &[1]), work(1, &[1])]);
    turn(&mut plan);
    let (operation, levelled) = level(&plan, &[], &[]);
    let delta = plan.apply(&operation).expect("levelled");
    let schedule = plan.schedule().expect("a schedule");
    assert_eq!((levelled.start_after, levelled.finish_after), (schedule.start, schedule.finish));
    assert_eq!((schedule.start, schedule.finish), (at("2026-01-15T08:00"), at("2026-01-16T17:00")));
    assert_eq!(schedule.tasks.iter().filter(|slot| slot.binding == Binding::Resource).count(), 1);
    assert_eq!(operation.describe(&plan), "Levelled the plan: 1 tasks come earlier");
    plan.apply_delta(&delta.inverse()).expect("undone");
    assert_eq!(starts(&plan), ["Fri 08:00", "Fri 08:00"]);
}

#[test]
fn what_levelling_found_is_forgotten_when_the_plan_counts_the_other_way() {
    let mut plan = plan([work(1, &[1]), work(1, &[1])]);
    plan.apply(&level(&plan, &[], &[]).0).expect("levelled");
    let levelled = plan.clone();
    let delta = turn(&mut plan);
    assert!(plan.tasks.iter().all(|task| task.level_from.is_none()));
    assert_eq!(starts(&plan), ["Fri 08:00", "Fri 08:00"]);
    plan.apply_delta(&delta.inverse()).expect("undone");
    assert_eq!(starts(&plan), starts(&levelled));
}

#[test]
fn half_a_person_does_two_things_at_once() {
    let mut half = work(1, &[1]);
    half.assignments = vec![Assignment { resource_id: ResourceId(person(1).0), units: 50 }];
    let plan = plan([half.clone(), half]);
    assert_eq!(overloaded(&plan, &[]), 0);
    let tired = ResourceRecord {
        capacity: 80,
        ..ResourceRecord::whole(ResourceId(person(1).0), ResourceKind::Person, "Ann".into())
    };
    assert_eq!(overloaded(&plan, &[tired]), DAY);
}

#[test]
fn a_department_has_as_many_hands_as_it_has() {
    let draft = || TaskDraft { department: Some("welding".to_owned()), ..work(1, &[]) };
    let mut plan = plan([draft(), draft(), draft()]);
    let id = ResourceId(Uuid::from_u128(77));
    let welding =
        ResourceRecord { capacity: 200, ..ResourceRecord::whole(id, ResourceKind::Department, "Welding".into()) };
    plan.apply(&level(&plan, std::slice::from_ref(&welding), &[]).0).expect("levelled");
    assert_eq!(starts(&plan).iter().filter(|start| *start == "Tue 08:00").count(), 1);
    assert_eq!(overloaded(&plan, &[welding]), 0);
}

#[test]
fn what_other_projects_booked_is_taken_and_locked_tasks_stay() {
    let mut plan = plan([work(1, &[1]), work(1, &[1])]);
    plan.apply(&edit(task(11), TaskPatch { locked: Some(true), ..TaskPatch::default() })).expect("locked");
    let tuesday = ResourceBooking {
        resource_id: ResourceId(person(1).0),
        from: at("2026-01-06T08:00"),
        to: at("2026-01-06T17:00"),
        units: 100,
    };
    plan.apply(&level(&plan, &[], &[tuesday]).0).expect("levelled");
    assert_eq!(starts(&plan), ["Wed 08:00", "Mon 08:00"]);
}

#[test]
fn a_task_levelled_behind_its_limit_is_named() {
    let mut late = work(1, &[1]);
    late.constraint = ConstraintKind::FinishNoLaterThan;
    late.constraint_at = Some(at("2026-01-05T17:00"));
    let mut plan = plan([late.clone(), late]);
    plan.apply(&level(&plan, &[], &[]).0).expect("levelled");
    let schedule = plan.schedule().expect("a schedule");
    assert_eq!(overloaded(&plan, &[]), 0);
    assert!(schedule.conflicts.iter().any(|conflict| matches!(conflict, Conflict::Late { .. })), "{schedule:?}");
}

#[test]
fn a_baseline_tells_how_far_the_plan_has_come_off() {
    let mut plan = plan([work(2, &[1])]);
    let scheduler = |plan: &PlanDocument| Scheduler::new(&plan.to_plan()).expect("a plan");
    let rows = plan.baseline_rows(&plan.schedule().expect("a schedule"), &scheduler(&plan));
    plan.apply(&Operation::MoveTask { id: task(10), start: at("2026-01-07T08:00") }).expect("moved");
    plan.apply(&Operation::StretchTask { id: task(10), duration_minutes: 3 * DAY }).expect("longer");
    let was = baseline::by_task(&rows)[&task(10)];
    let variance = was.variance(&scheduler(&plan), 0, plan.schedule().expect("a schedule").tasks[0]);
    assert_eq!((variance.start_minutes, variance.finish_minutes, variance.duration_minutes), (2 * DAY, 3 * DAY, DAY));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the levelled plan shows is what levelling promised: nobody is asked for too much, and every task stands where
    /// it said.
    #[test]
    fn the_plan_becomes_what_levelling_found(
        rows in prop::collection::vec((1_i64..5, 0_u128..3, prop::option::of(0_usize..8), any::<bool>(), any::<bool>()), 2..9),
        backward in any::<bool>(),
    ) {
        let mut plan = plan(rows.iter().map(|(days, who, _, late, pause)| {
            let mut draft = work(*days, &[*who]);
            if *late {
                draft.constraint = ConstraintKind::AsLateAsPossible;
            }
            if *pause {
                draft.splits = vec![Split { after_minutes: 120, pause_minutes: 300 }];
            }
            draft
        }));
        for (number, (.., before, _, _)) in rows.iter().enumerate() {
            if let Some(before) = before.filter(|before| *before < number) {
                let link = Operation::AddLink {
                    id: domain::LinkId(Uuid::from_u128(500 + number as u128)),
                    predecessor_id: task(10 + before),
                    successor_id: task(10 + number),
                    kind: domain::projects::plan::LinkKind::FinishToStart,
                    lag_minutes: 0,
                    lag_unit: domain::projects::plan::LagUnit::Working,
                };
                plan.apply(&link).expect("a link");
            }
        }
        if backward {
            turn(&mut plan);
        }
        let (operation, levelled) = level(&plan, &[], &[]);
        plan.apply(&operation).expect("levelled");
        let schedule = plan.schedule().expect("a schedule");
        let shown: Vec<Minute> = schedule.tasks.iter().map(|slot| slot.start).collect();
        prop_assert_eq!(shown, levelled.starts);
        prop_assert_eq!((overloaded(&plan, &[]), levelled.overloads_after), (0, 0));
    }
}
