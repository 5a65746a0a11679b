//! Rows that are copied and pasted.

use domain::{
    TaskId,
    projects::{
        document::PlanDocument,
        exchange::{clip::Clip, staff::Register, table},
        operation::Operation,
        plan::{ConstraintKind, TaskKind},
    },
};

use super::import::ids;

/// Die (Cut → Form +2 d), Ship; Form waits for Cut, Ship for Form.
fn plan() -> PlanDocument {
    let text = "id,name,level,duration,predecessors,notes\n1,Die,1,,,\n2,Cut,2,2d,,\"=1+1 \"\"x\"\"\nnext\"\n3,Form,2,4h,2FS+2d,\n4,Ship,1,1d,3,\n";
    table::read_csv(text).expect("a table").document(ids()).expect("a plan")
}

fn pasted(plan: &mut PlanDocument, operation: &Operation) -> Vec<(String, TaskKind, i64)> {
    let before = plan.tasks.len();
    plan.apply(operation).expect("rows");
    plan.tasks[before..].iter().map(|task| (task.name.clone(), task.kind, task.duration)).collect()
}

#[test]
fn rows_are_pasted_as_they_are_with_the_links_among_them() {
    let mut plan = plan();
    plan.tasks[1].constraint = ConstraintKind::FinishNoLaterThan;
    plan.tasks[1].constraint_at = Some("2026-03-02T17:00".parse().expect("a date"));
    let chosen: Vec<TaskId> = vec![plan.tasks[0].id];
    let copied = Clip::of(&plan, &chosen).copied(&plan, &plan.schedule().expect("dates"), &Register::default());
    let clip = Clip::read(&copied.html).expect("records");
    let mut number = 100;
    let operation = clip.operation(&plan, || {
        number += 1;
        uuid::Uuid::from_u128(number)
    });
    let rows = pasted(&mut plan, &operation);
    assert_eq!(
        rows,
        [
            ("Die".into(), TaskKind::Summary, 0),
            ("Cut".into(), TaskKind::Task, 960),
            ("Form".into(), TaskKind::Task, 240)
        ]
    );
    assert_eq!(plan.links.len(), 3, "the link to the row outside is not copied");
    assert_eq!(plan.tasks[5].constraint, ConstraintKind::FinishNoLaterThan);
    assert_eq!(plan.tasks[5].notes, plan.tasks[1].notes);
}

#[test]
fn what_a_spreadsheet_gives_back_is_the_same_rows() {
    let mut plan = plan();
    let chosen: Vec<TaskId> = plan.tasks[..3].iter().map(|task| task.id).collect();
    let copied = Clip::of(&plan, &chosen).copied(&plan, &plan.schedule().expect("dates"), &Register::default());
    assert!(copied.text.starts_with("id\twbs\tlevel\tname\t"));
    assert!(copied.text.contains("'=1+1"), "no cell is a formula");
    let draft = table::read_pasted(&copied.text, 480).expect("cells");
    assert_eq!(draft.problems, []);
    let mut number = 100;
    let operation = draft.operation(&plan, || {
        number += 1;
        uuid::Uuid::from_u128(number)
    });
    let rows = pasted(&mut plan, &operation);
    assert_eq!(rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["Die", "Cut", "Form"]);
    assert_eq!((rows[1].2, rows[2].2, plan.links.len()), (960, 240, 3));
    assert!(Clip::read(&copied.html).is_some() && Clip::read("<table></table>").is_none());
}
