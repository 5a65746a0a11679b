//! Operations and their undo.

use domain::{
    CalendarId, FaultKind, LinkId, ProjectId, TaskId,
    projects::{
        document::{PlanDocument, TaskStatus},
        operation::{Operation, TaskDraft, TaskMove, TaskPatch},
        plan::{LagUnit, LinkKind, TaskKind},
        view::NewProject,
    },
};
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn task(number: u128) -> TaskId {
    TaskId(id(number))
}

fn document() -> PlanDocument {
    let new = NewProject {
        name: "Press line".to_owned(),
        start: "2026-01-05".parse().expect("a date"),
        ..NewProject::default()
    };
    PlanDocument::create(ProjectId(id(1)), CalendarId(id(2)), "P-1".to_owned(), new).expect("a project")
}

fn add(number: u128, parent: Option<u128>, name: &str) -> Operation {
    let draft = TaskDraft { name: name.to_owned(), ..TaskDraft::default() };
    Operation::AddTask { id: task(number), parent_id: parent.map(task), after: None, task: Box::new(draft) }
}

fn link(number: u128, from: u128, to: u128) -> Operation {
    Operation::AddLink {
        id: LinkId(id(number)),
        predecessor_id: task(from),
        successor_id: task(to),
        kind: LinkKind::FinishToStart,
        lag_minutes: 0,
        lag_unit: LagUnit::Working,
    }
}

fn outline(document: &PlanDocument) -> Vec<String> {
    document.codes().into_iter().zip(&document.tasks).map(|(code, task)| format!("{code} {}", task.name)).collect()
}

#[test]
fn rows_stand_where_they_are_put() {
    let mut plan = document();
    for operation in [add(10, None, "A"), add(11, None, "B"), add(12, None, "C"), add(13, Some(10), "A1")] {
        plan.apply(&operation).expect("a row");
    }
    assert_eq!(outline(&plan), ["1 A", "1.1 A1", "2 B", "3 C"]);
    assert_eq!(plan.tasks[0].kind, TaskKind::Summary);
    plan.apply(&Operation::PlaceTasks { ids: vec![task(12)], parent_id: Some(task(10)), after: None })
        .expect("indented");
    assert_eq!(outline(&plan), ["1 A", "1.1 C", "1.2 A1", "2 B"]);
    let below_itself = Operation::PlaceTasks { ids: vec![task(10)], parent_id: Some(task(12)), after: None };
    assert_eq!(plan.apply(&below_itself).expect_err("a circle").fields[0].field, "parent_id");
}

#[test]
fn a_summary_that_loses_its_last_row_is_a_task_again_and_undo_gives_the_row_back() {
    let mut plan = document();
    for operation in [add(10, None, "A"), add(11, Some(10), "A1"), add(12, Some(10), "A2"), link(20, 11, 12)] {
        plan.apply(&operation).expect("a row");
    }
    let progress = TaskPatch { progress: Some(50), ..TaskPatch::default() };
    let half = |id| Operation::EditTask { id: task(id), version: None, patch: Box::new(progress.clone()) };
    plan.apply(&half(11)).expect("begun");
    let kind = |plan: &PlanDocument| (plan.tasks[0].kind, plan.tasks[0].duration, plan.tasks[0].progress);
    let out = |ids: &[u128]| Operation::PlaceTasks {
        ids: ids.iter().map(|id| task(*id)).collect(),
        parent_id: None,
        after: Some(task(10)),
    };
    plan.apply(&out(&[11])).expect("one goes");
    assert_eq!(kind(&plan), (TaskKind::Summary, 0, 0));
    plan.apply(&Operation::PlaceTasks { ids: vec![task(11)], parent_id: Some(task(10)), after: None }).expect("back");
    let before = plan.clone();
    let delta = plan.apply(&out(&[11, 12])).expect("all go");
    assert_eq!(kind(&plan), (TaskKind::Task, 960, 25), "as long as its rows were together");
    plan.apply_delta(&delta.inverse()).expect("undone");
    assert_eq!((kind(&plan), outline(&plan)), (kind(&before), outline(&before)));
    let delta = plan.apply(&Operation::RemoveTasks { ids: vec![task(11), task(12)] }).expect("removed");
    assert_eq!(kind(&plan), (TaskKind::Task, 960, 25));
    plan.apply_delta(&delta.inverse()).expect("undone");
    plan.apply(&Operation::RemoveTasks { ids: vec![task(10)] }).expect("removed with what is below");
    assert!(plan.tasks.is_empty());
}

#[test]
fn progress_and_status_say_the_same_of_what_is_done() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let mut edit = |patch: &str| {
        let patch = Box::new(serde_json::from_str(patch).expect("a patch"));
        plan.apply(&Operation::EditTask { id: task(10), version: None, patch }).expect("edited");
        (plan.tasks[0].progress, plan.tasks[0].status)
    };
    assert_eq!(edit(r#"{"progress": 30}"#), (30, TaskStatus::Processing));
    assert_eq!(edit(r#"{"status": "accepted"}"#), (100, TaskStatus::Accepted));
    assert_eq!(edit(r#"{"progress": 60}"#), (60, TaskStatus::Processing));
    assert_eq!(edit(r#"{"status": "waiting", "progress": 70}"#), (70, TaskStatus::Waiting));
    assert_eq!(edit(r#"{"progress": 100}"#), (100, TaskStatus::Accepted));
}

#[test]
fn a_circle_is_refused_by_name_and_leaves_nothing() {
    let mut plan = document();
    for operation in [add(10, None, "Cut"), add(11, None, "Press"), link(20, 10, 11)] {
        plan.apply(&operation).expect("applied");
    }
    let before = plan.clone();
    let fault = plan.apply(&link(21, 11, 10)).expect_err("a circle");
    assert_eq!(fault.kind, FaultKind::DependencyCycle);
    assert!(fault.detail.contains("1 Cut") && fault.detail.contains("2 Press"), "{}", fault.detail);
    assert_eq!(plan, before);
}

#[test]
fn bad_values_are_named_by_field() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let mut refused = |patch: &str| {
        let patch: TaskPatch = serde_json::from_str(patch).expect("a patch");
        let operation = Operation::EditTask { id: task(10), version: None, patch: Box::new(patch) };
        plan.apply(&operation).expect_err("refused").fields[0].field.clone()
    };
    assert_eq!(refused(r#"{"name": "  "}"#), "name");
    assert_eq!(refused(r#"{"duration_minutes": -1}"#), "duration_minutes");
    assert_eq!(refused(r#"{"duration_minutes": 99999999999}"#), "duration_minutes");
    assert_eq!(refused(r#"{"progress": 101}"#), "progress");
    assert_eq!(refused(r#"{"constraint": "must_start_on"}"#), "constraint_at");
    assert_eq!(refused(r#"{"deadline": "2300-01-01"}"#), "deadline");
    assert_eq!(refused(r#"{"actual_start": "2026-02-01", "actual_finish": "2026-01-01"}"#), "actual_finish");
    assert_eq!(refused(r#"{"calendar_id": "00000000-0000-0000-0000-0000000000ff"}"#), "calendar_id");
}

#[test]
fn null_clears_and_absence_keeps() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let mut edit = |patch: &str| {
        let patch = serde_json::from_str(patch).expect("a patch");
        plan.apply(&Operation::EditTask { id: task(10), version: None, patch: Box::new(patch) }).expect("edited");
        plan.task(task(10)).expect("a task").deadline.is_some()
    };
    assert!(edit(r#"{"deadline": "2026-02-01"}"#));
    assert!(edit(r#"{"progress": 5}"#));
    assert!(!edit(r#"{"deadline": null}"#));
}

#[test]
fn a_stale_edit_shows_both_values() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let edit = |name: &str, version| Operation::EditTask {
        id: task(10),
        version: Some(version),
        patch: Box::new(TaskPatch { name: Some(name.to_owned()), ..TaskPatch::default() }),
    };
    plan.apply(&edit("Saw", 1)).expect("the first");
    let fault = plan.apply(&edit("Shear", 1)).expect_err("stale");
    assert_eq!(fault.kind, FaultKind::StaleVersion);
    assert!(fault.detail.contains("Saw") && fault.detail.contains("Shear"), "{}", fault.detail);
}

#[test]
fn a_plan_that_would_end_behind_the_years_is_refused_by_the_name_of_its_task() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    plan.apply(&Operation::StretchTask { id: task(10), duration_minutes: 480 * 70_000 }).expect("a row by itself");
    let fault = plan.schedule_within().expect_err("too late");
    assert!(fault.fields[0].message.contains("1 Cut would end after 2200"), "{fault}");
    plan.apply(&Operation::StretchTask { id: task(10), duration_minutes: 480 }).expect("short again");
    plan.schedule_within().expect("in range");
}

#[test]
fn an_edit_meets_only_what_it_changes() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let seen = plan.tasks[0].clone();
    let edit =
        |patch: TaskPatch| Operation::EditTask { id: task(10), version: None, patch: Box::new(patch.seen_in(&seen)) };
    let rename = |name: &str| TaskPatch { name: Some(name.to_owned()), ..TaskPatch::default() };
    let due = |date: &str| TaskPatch { deadline: Some(date.parse().ok()), ..TaskPatch::default() };
    plan.apply(&edit(due("2026-03-01"))).expect("the first");
    plan.apply(&edit(rename("Saw"))).expect("another field");
    plan.apply(&edit(rename("Saw"))).expect("the same is no conflict");
    let fault = plan.apply(&edit(rename("Shear"))).expect_err("crossed");
    assert_eq!(fault.kind, FaultKind::StaleVersion);
    assert!(fault.detail.contains("Saw") && fault.detail.contains("Shear"), "{}", fault.detail);
    let fault = plan.apply(&edit(due("2026-04-01"))).expect_err("crossed");
    assert!(fault.detail.contains("the deadline is 1 Mar 2026 now, you wrote 1 Apr 2026"), "{}", fault.detail);
    assert!(!fault.detail.contains("seen"), "{}", fault.detail);
}

#[test]
fn undo_is_refused_when_somebody_built_on_it() {
    let mut plan = document();
    plan.apply(&add(10, None, "Cut")).expect("a row");
    let rename = |name: &str| Operation::EditTask {
        id: task(10),
        version: None,
        patch: Box::new(TaskPatch { name: Some(name.to_owned()), ..TaskPatch::default() }),
    };
    let mine = plan.apply(&rename("Saw")).expect("mine");
    plan.apply(&rename("Shear")).expect("theirs");
    let fault = plan.apply_delta(&mine.inverse()).expect_err("built on");
    assert_eq!(fault.kind, FaultKind::Conflict);
    assert!(fault.detail.contains("Shear") && fault.detail.contains("Saw"), "{}", fault.detail);
}

/// A document as it counts: versions and the revision only go up, so they are left out.
fn content(plan: &PlanDocument) -> PlanDocument {
    let mut plan = plan.clone();
    plan.head.version = 0;
    plan.head.revision = 0;
    plan.tasks.iter_mut().for_each(|task| task.version = 0);
    plan.links.iter_mut().for_each(|link| link.version = 0);
    plan.calendars.iter_mut().for_each(|calendar| calendar.version = 0);
    plan
}

fn operations() -> impl Strategy<Value = Operation> {
    let number = || 100_u128..112;
    prop_oneof![
        (number(), prop::option::of(number()), "[a-z]{1,8}").prop_map(|(new, parent, name)| add(new, parent, &name)),
        (number(), 0_i64..5_000)
            .prop_map(|(id, duration_minutes)| Operation::StretchTask { id: task(id), duration_minutes }),
        (number(), 0_i64..400_000).prop_map(|(id, later)| {
            Operation::MoveTasks { moves: vec![TaskMove { id: task(id), start: domain::Minute(29_000_000 + later) }] }
        }),
        (number(), prop::option::of(number()), prop::option::of(number())).prop_map(|(id, parent, after)| {
            Operation::PlaceTasks { ids: vec![task(id)], parent_id: parent.map(task), after: after.map(task) }
        }),
        (200_u128..212, number(), number()).prop_map(|(new, from, to)| link(new, from, to)),
        (200_u128..212).prop_map(|number| Operation::RemoveLink { id: LinkId(id(number)) }),
        number().prop_map(|number| Operation::RemoveTasks { ids: vec![task(number)] }),
        (number(), 0_u8..=100).prop_map(|(id, progress)| {
            let patch = TaskPatch { progress: Some(progress), ..TaskPatch::default() };
            Operation::EditTask { id: task(id), version: None, patch: Box::new(patch) }
        }),
    ]
}

proptest! {
    #[test]
    fn undo_restores_every_byte(steps in prop::collection::vec(operations(), 1..40)) {
        let mut plan = document();
        let mut done = Vec::new();
        for step in &steps {
            let before = plan.clone();
            match plan.apply(step) {
                Ok(delta) => done.push((content(&before), delta)),
                Err(_) => prop_assert_eq!(&plan, &before, "what is refused leaves no trace: {:?}", step),
            }
        }
        let all = done.iter().fold(domain::projects::operation::Delta::default(), |sum, (_, delta)| sum.then(delta.clone()));
        let end = plan.clone();
        let mut at_once = plan.clone();
        at_once.apply_delta(&all.inverse()).expect("one step");
        prop_assert_eq!(content(&at_once), content(&document()));
        for (before, delta) in done.into_iter().rev() {
            plan.apply_delta(&delta.inverse()).expect("nobody built on it");
            prop_assert_eq!(&content(&plan), &before);
        }
        at_once.apply_delta(&all).expect("again");
        prop_assert_eq!(content(&at_once), content(&end));
    }
}
