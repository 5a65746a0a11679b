use domain::{
    CalendarId, LinkId, ProjectId,
    projects::{
        look::PlanLook,
        operation::{TaskDraft, TaskPatch},
        plan::{LagUnit, Split},
        view::NewProject,
    },
};
use uuid::Uuid;

use super::*;

pub(in super::super) fn task(number: u128) -> TaskId {
    TaskId(Uuid::from_u128(number))
}

pub(in super::super) fn model() -> Model {
    let new =
        NewProject { name: "Press".into(), start: "2026-01-05".parse().expect("a date"), ..NewProject::default() };
    let plan = PlanDocument::create(ProjectId(Uuid::from_u128(1)), CalendarId(Uuid::from_u128(2)), "P".into(), new)
        .expect("a plan");
    let mut model = Model::new(plan, Minute::default()).expect("a model");
    for (number, parent) in [(10, None), (11, Some(10)), (12, Some(10)), (13, None)] {
        let draft = TaskDraft { name: format!("T{number}"), ..TaskDraft::default() };
        let add =
            Operation::AddTask { id: task(number), parent_id: parent.map(task), after: None, task: Box::new(draft) };
        model.apply_all(&[add]).expect("a row");
    }
    let link = Operation::AddLink {
        id: LinkId(Uuid::from_u128(20)),
        predecessor_id: task(11),
        successor_id: task(13),
        kind: LinkKind::FinishToStart,
        lag_minutes: 480,
        lag_unit: LagUnit::Working,
    };
    model.apply_all(&[link]).expect("a link");
    model
}

#[test]
fn closing_a_summary_hides_what_is_below_it() {
    let mut model = model();
    assert_eq!(model.rows(), [0, 1, 2, 3]);
    model.toggle(0);
    assert_eq!(model.rows(), [0, 3]);
    assert_eq!((model.row_of(1), model.row_of(3)), (None, Some(1)));
}

#[test]
fn a_filter_keeps_the_summaries_above_what_it_finds() {
    let mut model = model();
    let look = |text: &str| PlanLook { text: text.to_owned(), ..PlanLook::default() };
    model.set_filter(Some(look("t12").filter(None, Minute(0))));
    assert_eq!((model.rows(), model.row_of(2), model.row_of(3)), (&[0, 2][..], Some(1), None));
    model.toggle(0);
    assert_eq!(model.rows(), [0]);
    model.set_filter(None);
    assert_eq!(model.rows(), [0, 3]);
}

#[test]
fn a_try_moves_everything_behind_it_and_leaves_no_trace() {
    let mut model = model();
    let before = model.schedule().clone();
    model.try_move(1, "2026-01-07T08:00".parse().expect("a date"));
    assert_eq!(model.schedule().tasks[3].start, "2026-01-09T08:00".parse().expect("a date"));
    model.cancel();
    assert_eq!(*model.schedule(), before);
}

#[test]
fn several_moves_are_one_try() {
    let mut model = model();
    let start = "2026-01-13T08:00".parse().expect("a date");
    assert!(model.try_moves(&[(1, start), (2, start)]));
    assert!(!model.try_moves(&[(1, start), (2, start)]), "nothing is new");
    let moves = model.tried_moves();
    assert_eq!(moves.iter().map(|one| one.id).collect::<Vec<_>>(), [task(11), task(12)]);
    let shown = model.schedule().digest();
    model.apply_all(&[Operation::MoveTasks { moves }]).expect("moved");
    assert_eq!(model.schedule().digest(), shown);
}

#[test]
fn a_start_is_pulled_while_the_finish_stays() {
    let mut model = model();
    let longer = |number, duration_minutes| Operation::StretchTask { id: task(number), duration_minutes };
    model.apply_all(&[longer(12, 1_440), longer(13, 960)]).expect("longer");
    let slot = |model: &Model, row: usize| (model.schedule().tasks[row].start, model.schedule().tasks[row].finish);
    let ((_, end), (held, last)) = (slot(&model, 2), slot(&model, 3));
    let start: Minute = "2026-01-06T08:00".parse().expect("a date");
    assert!(model.try_begin(2, start, end));
    assert!(!model.try_begin(2, start, end), "nothing is new");
    assert_eq!((slot(&model, 2), model.scheduler().task(2).duration), ((start, end), 960));
    let shown = model.schedule().digest();
    model.apply_all(&[Operation::MoveTasks { moves: model.tried_moves() }, longer(12, 960)]).expect("stored");
    assert_eq!(model.schedule().digest(), shown);
    model.try_begin(3, start, last);
    assert_eq!(slot(&model, 3), (held, last), "it waits for another");
}

#[test]
fn the_part_before_a_pause_is_pulled_at_its_start() {
    let mut model = model();
    let at = |text: &str| text.parse::<Minute>().expect("a date");
    let longer = Operation::StretchTask { id: task(12), duration_minutes: 1_440 };
    let paused = |after_minutes, duration| {
        let splits = Some(vec![Split { after_minutes, pause_minutes: 480 }]);
        let patch = TaskPatch { splits, duration, ..TaskPatch::default() };
        Operation::EditTask { id: task(12), version: None, patch: Box::new(patch) }
    };
    model.apply_all(&[longer, paused(960, None)]).expect("two days, a pause and one day");
    let finish = model.schedule().tasks[2].finish;
    assert_eq!(finish, at("2026-01-08T17:00"));
    // Until Tuesday evening; from Tuesday morning on.
    assert!(model.try_begin(2, at("2026-01-06T08:00"), at("2026-01-06T17:00")));
    assert_eq!(model.schedule().tasks[2].finish, finish, "what lies behind the pause stays");
    let shown = model.schedule().digest();
    let moves = model.tried_moves();
    model.apply_all(&[Operation::MoveTasks { moves }, paused(480, Some(960))]).expect("stored");
    assert_eq!(model.schedule().digest(), shown);
}

#[test]
fn a_start_on_the_wall_is_pulled_by_hours_on_the_wall() {
    let mut model = model();
    let at = |text: &str| text.parse::<Minute>().expect("a date");
    let patch = TaskPatch { elapsed: Some(true), duration: Some(2_880), ..TaskPatch::default() };
    let elapsed = Operation::EditTask { id: task(12), version: None, patch: Box::new(patch) };
    model.apply_all(&[elapsed]).expect("two days on the wall");
    assert_eq!(model.duration_text(2), "2 ed");
    let finish = model.schedule().tasks[2].finish;
    assert!(model.try_begin(2, at("2026-01-05T20:00"), finish));
    assert_eq!((model.scheduler().task(2).duration, model.schedule().tasks[2].finish), (1_680, finish));
}

#[test]
fn what_is_tried_is_what_is_stored() {
    let mut model = model();
    let start = "2026-01-13T08:00".parse().expect("a date");
    model.try_move(1, start);
    let shown = model.schedule().clone();
    model.apply_all(&[Operation::MoveTask { id: task(11), start }]).expect("moved");
    assert_eq!(model.schedule().digest(), shown.digest());
    assert_eq!(model.predecessors(3), "1.1FS+1d");
}
