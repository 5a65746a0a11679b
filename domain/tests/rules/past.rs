//! Plans as they were, and copies.

use domain::{
    CalendarId, LinkId, Minute, ProjectId, TaskId,
    projects::{
        calendar::Calendar,
        copy::{CopyProject, Keep},
        document::{CalendarRecord, PlanDocument},
        operation::{Delta, Operation, ProjectPatch, TaskDraft, TaskMove, TaskPatch},
        plan::{ConstraintKind, LagUnit, LinkKind},
        view::NewProject,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn task(number: u128) -> TaskId {
    TaskId(id(100 + number))
}

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

fn empty() -> PlanDocument {
    let new = NewProject { name: "Die 7".to_owned(), start: at("2026-01-05T08:00"), ..NewProject::default() };
    PlanDocument::create(ProjectId(id(1)), CalendarId(id(2)), "P-1".to_owned(), new).expect("a project")
}

/// What somebody might do; many of these are refused, which leaves no trace.
fn operation() -> impl Strategy<Value = Operation> {
    let row = || (0_u128..12).prop_map(task);
    let link = || (0_u128..20).prop_map(|number| LinkId(id(500 + number)));
    let start = || (0_i64..60).prop_map(|days| Minute(at("2026-01-05T08:00").0 + days * Minute::DAY));
    let draft = (0_i64..5_000).prop_map(|duration| {
        Box::new(TaskDraft { name: format!("Task of {duration}"), duration, ..TaskDraft::default() })
    });
    prop_oneof![
        3 => (row(), proptest::option::of(row()), draft).prop_map(|(id, parent_id, task)| Operation::AddTask { id, parent_id, after: None, task }),
        2 => (row(), 0_u8..=100).prop_map(|(id, progress)| {
            let patch = TaskPatch { progress: Some(progress), deadline: Some(None), ..TaskPatch::default() };
            Operation::EditTask { id, version: None, patch: Box::new(patch) }
        }),
        1 => proptest::collection::vec(row(), 1..3).prop_map(|ids| Operation::RemoveTasks { ids }),
        2 => (row(), proptest::option::of(row())).prop_map(|(id, parent_id)| Operation::PlaceTasks { ids: vec![id], parent_id, after: None }),
        2 => (row(), start()).prop_map(|(id, start)| Operation::MoveTasks { moves: vec![TaskMove { id, start }] }),
        1 => (row(), 1_i64..9_000).prop_map(|(id, duration_minutes)| Operation::StretchTask { id, duration_minutes }),
        3 => (link(), row(), row()).prop_map(|(id, predecessor_id, successor_id)| Operation::AddLink {
            id, predecessor_id, successor_id, kind: LinkKind::FinishToStart, lag_minutes: 0, lag_unit: LagUnit::Working,
        }),
        1 => (link(), 0_i64..600).prop_map(|(id, lag)| Operation::EditLink { id, version: None, kind: None, lag_minutes: Some(lag), lag_unit: None }),
        1 => link().prop_map(|id| Operation::RemoveLink { id }),
        1 => "[A-Z]{1,6}".prop_map(|name| {
            Operation::EditProject { version: None, patch: Box::new(ProjectPatch { name: Some(name), ..ProjectPatch::default() }) }
        }),
        1 => (0_u128..2).prop_map(|number| Operation::SetCalendar {
            calendar: CalendarRecord { id: CalendarId(id(700 + number)), name: "Night".to_owned(), calendar: Calendar::around_the_clock(), version: 1 },
        }),
        1 => (0_u128..2).prop_map(|number| Operation::RemoveCalendar { id: CalendarId(id(700 + number)) }),
    ]
}

fn bytes(plan: &PlanDocument) -> String {
    serde_json::to_string(plan).expect("JSON")
}

proptest! {
    /// Steps of one or more operations, some of them taken back: at every revision the plan is what it was then, to the
    /// byte, versions included; and the way from the last state to any other leads there.
    #[test]
    fn every_state_is_found_again(steps in proptest::collection::vec((proptest::collection::vec(operation(), 1..4), any::<bool>()), 1..40)) {
        let mut plan = empty();
        let (mut states, mut deltas): (Vec<PlanDocument>, Vec<Delta>) = (vec![plan.clone()], Vec::new());
        for (operations, back) in steps {
            let before = plan.clone();
            let made = operations.iter().try_fold(Delta::default(), |delta, one| plan.apply(one).map(|next| delta.then(next)));
            let made = if back { made.and_then(|_| {
                plan = before.clone();
                deltas.last().cloned().map_or(Ok(Delta::default()), |last| plan.apply_delta(&last.inverse()))
            }) } else { made };
            match made {
                Ok(delta) if !delta.is_empty() => {
                    plan.head.revision += 1;
                    // As it is stored and read again.
                    deltas.push(serde_json::from_value(serde_json::json!(delta)).expect("a step"));
                    states.push(plan.clone());
                }
                _ => plan = before,
            }
        }
        for (revision, then) in states.iter().enumerate() {
            let steps = deltas[revision..].iter().rev().cloned();
            let found = plan.clone().before_steps(i64::try_from(revision).expect("few"), steps);
            prop_assert_eq!(bytes(&found), bytes(then));
            let mut restored = plan.clone();
            let way = restored.way_to(then);
            let step = restored.apply_delta(&way).expect("the way is free");
            prop_assert!(restored.way_to(then).is_empty());
            restored.apply_delta(&step.inverse()).expect("taken back");
            prop_assert!(restored.way_to(&plan).is_empty());
        }
    }
}

/// A press, a die, a link between them, a deadline, a date that must be met, and somebody who is half done.
fn original() -> PlanDocument {
    let mut plan = empty();
    let first = TaskDraft {
        name: "Cut".to_owned(),
        progress: 50,
        actual_start: Some(at("2026-01-05T08:00")),
        constraint: ConstraintKind::StartNoEarlierThan,
        constraint_at: Some(at("2026-01-07T08:00")),
        deadline: Some(at("2026-01-30T17:00")),
        assignees: vec![domain::UserId(id(9))],
        ..TaskDraft::default()
    };
    let add = |id: TaskId, parent_id, draft: TaskDraft| Operation::AddTask {
        id,
        parent_id,
        after: None,
        task: Box::new(draft),
    };
    plan.apply(&add(task(0), None, TaskDraft { name: "Phase".to_owned(), ..TaskDraft::default() })).expect("a row");
    plan.apply(&add(task(1), Some(task(0)), first)).expect("a row");
    plan.apply(&add(task(2), Some(task(0)), TaskDraft { name: "Form".to_owned(), ..TaskDraft::default() }))
        .expect("a row");
    let link = Operation::AddLink {
        id: LinkId(id(500)),
        predecessor_id: task(1),
        successor_id: task(2),
        kind: LinkKind::FinishToStart,
        lag_minutes: 60,
        lag_unit: LagUnit::Elapsed,
    };
    plan.apply(&link).expect("a link");
    plan
}

fn ids() -> impl FnMut() -> Uuid {
    let mut number = 10_000_u128;
    move || {
        number += 1;
        id(number)
    }
}

#[test]
fn a_copy_is_the_same_plan_at_another_time() {
    let plan = original();
    let new = CopyProject { name: " Die 8 ".to_owned(), start: Some(at("2026-03-02T08:00")), ..CopyProject::default() };
    let copy = plan.copied("P-2".to_owned(), &new, ids()).expect("a copy");
    assert_eq!((copy.head.name.as_str(), copy.head.code.as_str(), copy.head.revision), ("Die 8", "P-2", 0));
    assert_eq!(copy.codes(), plan.codes());
    let cut = &copy.tasks[1];
    assert_eq!((cut.progress, cut.actual_start), (0, None), "progress begins anew");
    assert_eq!(cut.constraint_at, Some(at("2026-03-04T08:00")), "56 days later");
    assert_eq!(cut.deadline, Some(at("2026-03-27T17:00")));
    assert_eq!(cut.assignees.len(), 1);
    assert_eq!(copy.links[0].lag_unit, LagUnit::Elapsed);
    assert!(copy.tasks.iter().all(|row| plan.task(row.id).is_none()), "ids are new");
    assert_eq!(copy.links[0].predecessor_id, cut.id);
    assert_eq!(copy.head.calendar_id, Some(copy.calendars[0].id));
    let schedule = copy.schedule().expect("dates");
    assert_eq!(schedule.tasks[1].start, at("2026-03-04T08:00"));
}

#[test]
fn what_is_not_kept_is_gone() {
    let keep = Keep { assignees: false, progress: false, constraints: false, deadlines: false, notes: false };
    let new = CopyProject { name: "Bare".to_owned(), keep, ..CopyProject::default() };
    let copy = original().copied("P-2".to_owned(), &new, ids()).expect("a copy");
    let cut = &copy.tasks[1];
    assert_eq!((cut.constraint, cut.constraint_at, cut.deadline), (ConstraintKind::AsSoonAsPossible, None, None));
    assert!(cut.assignees.is_empty());
    let all = Keep { progress: true, ..Keep::default() };
    let copy = original().copied("P-2".to_owned(), &CopyProject { keep: all, ..new }, ids()).expect("a copy");
    assert_eq!((copy.tasks[1].progress, copy.tasks[1].actual_start), (50, Some(at("2026-01-05T08:00"))));
}

#[test]
fn a_start_that_pushes_dates_out_of_time_names_the_row() {
    let new = CopyProject { name: "Late".to_owned(), start: Some(at("2200-12-20")), ..CopyProject::default() };
    let fault = original().copied("P-2".to_owned(), &new, ids()).expect_err("out of time");
    assert_eq!(fault.fields[0].field, "start_date");
    assert!(fault.fields[0].message.contains("Cut"), "{fault:?}");
}
