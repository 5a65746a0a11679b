//! Several people on one plan: what one takes back never breaks what another built.

use std::{collections::HashSet, time::Instant};

use domain::{
    CalendarId, FaultKind, LinkId, Minute, ProjectId, TaskId,
    projects::{
        calendar::Calendar,
        document::{CalendarRecord, LinkRecord, PlanDocument, TaskRecord},
        operation::{CALENDARS_MAX, Operation, TaskDraft, TaskMove, TaskPatch},
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

fn plan_of(tasks: &[u128]) -> PlanDocument {
    let start = "2026-01-05".parse().expect("a date");
    let new = NewProject { name: "Press line".to_owned(), start, ..NewProject::default() };
    let mut plan = PlanDocument::create(ProjectId(id(1)), CalendarId(id(2)), "P-1".to_owned(), new).expect("a project");
    for number in tasks {
        plan.apply(&add(*number, None)).expect("a row");
    }
    plan
}

fn add(number: u128, parent: Option<u128>) -> Operation {
    let draft = TaskDraft { name: format!("Task {number}"), ..TaskDraft::default() };
    Operation::AddTask { id: task(number), parent_id: parent.map(task), after: None, task: Box::new(draft) }
}

fn record(number: u128, from: u128, to: u128) -> LinkRecord {
    LinkRecord {
        id: LinkId(id(number)),
        predecessor_id: task(from),
        successor_id: task(to),
        kind: LinkKind::FinishToStart,
        lag_minutes: 0,
        lag_unit: LagUnit::Working,
        version: 1,
    }
}

fn link(number: u128, from: u128, to: u128) -> Operation {
    let LinkRecord { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit, .. } = record(number, from, to);
    Operation::AddLink { id, predecessor_id, successor_id, kind, lag_minutes, lag_unit }
}

fn place(number: u128, parent: Option<u128>) -> Operation {
    Operation::PlaceTasks { ids: vec![task(number)], parent_id: parent.map(task), after: None }
}

#[test]
fn a_move_of_many_is_made_whole_or_not_at_all() {
    let mut plan = plan_of(&[10]);
    let before = plan.clone();
    let start = Minute(29_500_000);
    let moves = vec![TaskMove { id: task(10), start }, TaskMove { id: task(99), start }];
    assert_eq!(plan.apply(&Operation::MoveTasks { moves }).expect_err("unknown").kind, FaultKind::NotFound);
    assert_eq!(plan, before);
}

#[test]
fn a_task_that_others_linked_to_is_not_taken_back() {
    let mut plan = plan_of(&[10]);
    let mine = plan.apply(&add(11, None)).expect("mine");
    plan.apply(&link(20, 10, 11)).expect("theirs");
    let before = plan.clone();
    let fault = plan.apply_delta(&mine.inverse()).expect_err("built on");
    assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "links"));
    assert!(fault.detail.contains("Task 10 is linked"), "{}", fault.detail);
    assert_eq!(plan, before);
}

#[test]
fn a_summary_that_others_filled_is_not_taken_back() {
    let mut plan = plan_of(&[]);
    let draft = TaskDraft { name: "Phase".to_owned(), kind: TaskKind::Summary, ..TaskDraft::default() };
    let phase = Operation::AddTask { id: task(10), parent_id: None, after: None, task: Box::new(draft) };
    let mine = plan.apply(&phase).expect("mine");
    plan.apply(&add(11, Some(10))).expect("theirs");
    let fault = plan.apply_delta(&mine.inverse()).expect_err("built on");
    assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "parent_id"));
    assert_eq!(plan.codes(), ["1", "1.1"]);
}

#[test]
fn a_link_that_would_close_a_circle_now_does_not_come_back() {
    let mut plan = plan_of(&[10, 11]);
    plan.apply(&link(20, 10, 11)).expect("a link");
    let mine = plan.apply(&Operation::RemoveLink { id: LinkId(id(20)) }).expect("mine");
    plan.apply(&link(21, 11, 10)).expect("theirs");
    let before = plan.clone();
    let fault = plan.apply_delta(&mine.inverse()).expect_err("a circle");
    assert_eq!(fault.kind, FaultKind::DependencyCycle);
    assert_eq!(plan, before);
}

#[test]
fn rows_that_would_stand_below_each_other_are_not_lost() {
    let mut plan = plan_of(&[10]);
    for number in [11, 12] {
        plan.apply(&add(number, Some(10))).expect("a row");
    }
    plan.apply(&add(13, Some(11))).expect("a row");
    let mine = plan.apply(&place(11, None)).expect("mine");
    plan.apply(&place(10, Some(11))).expect("theirs");
    let before = plan.clone();
    assert_eq!(plan.apply_delta(&mine.inverse()).expect_err("a circle of rows").kind, FaultKind::Conflict);
    assert_eq!(plan, before);
}

#[test]
fn an_import_names_the_row_that_is_wrong() {
    let plan = plan_of(&[10, 11, 12]);
    let field = |tasks: Vec<TaskRecord>, links: Vec<LinkRecord>, calendars: Vec<CalendarRecord>| {
        let mut plan = plan.clone();
        let fault = plan.apply(&Operation::Import { tasks, links, calendars }).expect_err("refused");
        fault.fields[0].field.clone()
    };
    let row = |rank| TaskDraft { name: "Cut".to_owned(), ..TaskDraft::default() }.record(task(50), None, rank);
    let calendar = |number: u128, calendar| CalendarRecord {
        id: CalendarId(id(number)),
        name: "Night".to_owned(),
        calendar,
        version: 1,
    };
    assert_eq!(field(vec![row(i64::MAX)], vec![], vec![]), "tasks[0].rank");
    assert_eq!(field(vec![row(1), row(2)], vec![], vec![]), "tasks[1].id");
    assert_eq!(field(vec![], vec![record(20, 10, 11), record(20, 11, 12)], vec![]), "links[1].id");
    assert_eq!(field(vec![], vec![record(20, 10, 99)], vec![]), "links[0].successor_id");
    assert_eq!(field(vec![], vec![record(20, 10, 10)], vec![]), "links[0].successor_id");
    assert_eq!(field(vec![], vec![], vec![calendar(70, Calendar::default())]), "calendars[0].calendar");
    let many = (0..=CALENDARS_MAX as u128).map(|number| calendar(100 + number, Calendar::standard())).collect();
    assert_eq!(field(vec![], vec![], many), format!("calendars[{}].calendars", CALENDARS_MAX - 1));
}

#[test]
fn imported_rows_come_behind_those_that_are_there() {
    let mut plan = plan_of(&[10, 11]);
    let row = |number: u128, rank| {
        TaskDraft { name: format!("Task {number}"), ..TaskDraft::default() }.record(task(number), None, rank)
    };
    let tasks = vec![row(5, 7), row(4, -1_000_000_000)];
    plan.apply(&Operation::Import { tasks, links: vec![], calendars: vec![] }).expect("imported");
    let order: Vec<TaskId> = plan.tasks.iter().map(|row| row.id).collect();
    assert_eq!(order, [task(10), task(11), task(4), task(5)]);
}

#[test]
fn a_row_that_gets_rows_below_it_keeps_no_time_of_its_own() {
    let mut plan = plan_of(&[10]);
    let patch = TaskPatch { elapsed: Some(true), duration: Some(600), ..TaskPatch::default() };
    plan.apply(&Operation::EditTask { id: task(10), version: None, patch: Box::new(patch) }).expect("edited");
    let before = plan.tasks.clone();
    let delta = plan.apply(&add(11, Some(10))).expect("a row below");
    assert_eq!((plan.tasks[0].kind, plan.tasks[0].duration, plan.tasks[0].elapsed), (TaskKind::Summary, 0, false));
    plan.apply_delta(&delta.inverse()).expect("taken back");
    assert_eq!((plan.tasks[0].duration, plan.tasks[0].elapsed), (before[0].duration, before[0].elapsed));
}

#[test]
fn siblings_move_apart_where_there_is_no_room() {
    let mut plan = plan_of(&[10, 11]);
    for number in 100..160 {
        let draft = TaskDraft { name: format!("Task {number}"), ..TaskDraft::default() };
        let after = Some(task(10));
        plan.apply(&Operation::AddTask { id: task(number), parent_id: None, after, task: Box::new(draft) })
            .expect("a row");
    }
    let order: Vec<TaskId> = plan.tasks.iter().map(|row| row.id).collect();
    let wanted = [task(10)].into_iter().chain((100..160).rev().map(task)).chain([task(11)]);
    assert!(order.iter().copied().eq(wanted));
    let ranks: HashSet<i64> = plan.tasks.iter().map(|row| row.rank).collect();
    assert_eq!(ranks.len(), plan.tasks.len());
}

/// Ten thousand rows in one chain. The limit is for a slow machine without optimisation; what was quadratic took far
/// longer.
#[test]
fn ten_thousand_rows_are_changed_at_once() {
    let mut plan = plan_of(&[]);
    let name = |number: u128| TaskDraft { name: format!("Task {number}"), ..TaskDraft::default() };
    let tasks =
        (0..10_000).zip(1_i64..).map(|(number, rank)| name(number).record(task(1_000 + number), None, rank << 20));
    let links = (1..10_000).map(|number| record(100_000 + number, 999 + number, 1_000 + number));
    let import = Operation::Import { tasks: tasks.collect(), links: links.collect(), calendars: vec![] };
    plan.apply(&import).expect("imported");
    let before = Instant::now();
    let moves = (0..5_000).map(|number| TaskMove { id: task(1_000 + number), start: Minute(29_500_000) }).collect();
    plan.apply(&Operation::MoveTasks { moves }).expect("moved");
    let ids = (0..3_000).map(|number| task(1_000 + number)).collect();
    plan.apply(&Operation::PlaceTasks { ids, parent_id: None, after: Some(task(10_999)) }).expect("placed");
    let ids = (0..3_000).map(|number| task(7_000 + number)).collect();
    plan.apply(&Operation::RemoveTasks { ids }).expect("removed");
    assert!(before.elapsed().as_millis() < 500, "{:?}", before.elapsed());
}

fn operations() -> impl Strategy<Value = Operation> {
    let number = || 100_u128..109;
    prop_oneof![
        3 => (number(), prop::option::of(number())).prop_map(|(new, parent)| add(new, parent)),
        2 => (number(), prop::option::of(number())).prop_map(|(id, parent)| place(id, parent)),
        3 => (200_u128..209, number(), number()).prop_map(|(new, from, to)| link(new, from, to)),
        1 => (200_u128..209).prop_map(|number| Operation::RemoveLink { id: LinkId(id(number)) }),
        1 => number().prop_map(|number| Operation::RemoveTasks { ids: vec![task(number)] }),
        1 => (300_u128..303, 1_u16..1_440).prop_map(|(number, to)| {
            let mut calendar = Calendar::around_the_clock();
            calendar.week[0][0].to = to;
            let name = "Shift".to_owned();
            Operation::SetCalendar { calendar: CalendarRecord { id: CalendarId(id(number)), name, calendar, version: 1 } }
        }),
        1 => (300_u128..303).prop_map(|number| Operation::RemoveCalendar { id: CalendarId(id(number)) }),
        1 => (number(), prop::option::of(300_u128..303)).prop_map(|(number, calendar)| {
            let calendar_id = Some(calendar.map(|calendar| CalendarId(id(calendar))));
            let patch = Box::new(TaskPatch { calendar_id, ..TaskPatch::default() });
            Operation::EditTask { id: task(number), version: None, patch }
        }),
        1 => prop::collection::vec((number(), 0_i64..400_000), 1..4).prop_map(|moves| {
            let one = |(number, later)| TaskMove { id: task(number), start: Minute(29_000_000 + later) };
            Operation::MoveTasks { moves: moves.into_iter().map(one).collect() }
        }),
    ]
}

fn assert_whole(plan: &PlanDocument) -> Result<(), TestCaseError> {
    let mut above = HashSet::new();
    for row in &plan.tasks {
        prop_assert!(row.parent_id.is_none_or(|parent| above.contains(&parent)));
        prop_assert!(row.calendar_id.is_none_or(|id| plan.calendars.iter().any(|calendar| calendar.id == id)));
        above.insert(row.id);
    }
    for link in &plan.links {
        prop_assert!(above.contains(&link.predecessor_id) && above.contains(&link.successor_id));
    }
    prop_assert!(plan.schedule().is_ok());
    Ok(())
}

proptest! {
    /// Steps, and takings-back of any earlier step in any order: each is made whole or refused without a trace, and
    /// the plan can always be scheduled.
    #[test]
    fn nobody_breaks_what_another_built(
        steps in prop::collection::vec((operations(), prop::option::weighted(0.4, any::<prop::sample::Index>())), 1..50)
    ) {
        let mut plan = plan_of(&[]);
        let mut done = Vec::new();
        for (step, back) in steps {
            let before = plan.clone();
            match plan.apply(&step) {
                Ok(delta) => done.push(delta),
                Err(_) => prop_assert_eq!(&plan, &before),
            }
            if let Some(back) = back.filter(|_| !done.is_empty()) {
                let before = plan.clone();
                let inverse = done[back.index(done.len())].inverse();
                match plan.apply_delta(&inverse) {
                    Ok(applied) => done.push(applied),
                    Err(_) => prop_assert_eq!(&plan, &before),
                }
            }
            assert_whole(&plan)?;
        }
    }

    /// A delta survives storage, and a colleague who applies it sees the same plan.
    #[test]
    fn a_colleague_sees_the_same_plan(steps in prop::collection::vec(operations(), 1..30)) {
        let (mut mine, mut theirs) = (plan_of(&[]), plan_of(&[]));
        for step in steps {
            if let Ok(delta) = mine.apply(&step) {
                let stored = serde_json::to_string(&delta).expect("JSON");
                theirs.apply_delta(&serde_json::from_str(&stored).expect("a delta")).expect("the same state");
            }
        }
        let content = |plan: &PlanDocument| {
            let mut plan = plan.clone();
            plan.tasks.iter_mut().for_each(|row| row.version = 0);
            plan.calendars.iter_mut().for_each(|row| row.version = 0);
            plan
        };
        prop_assert_eq!(content(&mine), content(&theirs));
    }
}
