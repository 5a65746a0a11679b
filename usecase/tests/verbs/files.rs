//! Files that carry who and what works, and how: out of one organisation, back into it, and into another.

use bytes::Bytes;
use domain::{
    CalendarId, FaultKind, PageRequest, ProjectId, ResourceId, TaskId,
    projects::{
        calendar::Calendar,
        document::{CalendarRecord, PlanDocument, TaskRecord},
        exchange::export::ExportFormat,
        operation::{Operation, TaskDraft, TaskPatch},
        permission::{EditProjects, ManageResources, ViewProjects},
        plan::{ConstraintKind, Split, TaskMode},
        resource::{Assignment, ResourceKind, ResourceRecord},
        view::NewProject,
    },
};
use usecase::{
    Caller, Grant,
    projects::{self, ImportFile},
};
use uuid::Uuid;

use crate::{house::House, on_both};

const EVERY: [ExportFormat; 3] = [ExportFormat::Xml, ExportFormat::Csv, ExportFormat::Xlsx];

fn editor(caller: &Caller) -> Grant<EditProjects> {
    caller.permit().expect("an owner edits")
}

fn viewer(caller: &Caller) -> Grant<ViewProjects> {
    caller.permit().expect("an owner looks")
}

async fn plan(caller: &Caller, id: ProjectId) -> PlanDocument {
    projects::load_plan(&viewer(caller), id).await.expect("a plan").document.clone()
}

/// Two presses that work office hours, and a toolroom.
async fn things(caller: &Caller) -> [ResourceRecord; 2] {
    let manage: Grant<ManageResources> = caller.permit().expect("an owner manages");
    let whole = |kind, name: &str| ResourceRecord::whole(ResourceId(Uuid::now_v7()), kind, name.to_owned());
    let press = ResourceRecord {
        capacity: 200,
        calendar: Some(Calendar::standard()),
        ..whole(ResourceKind::Machine, "Press 400 t, left")
    };
    let toolroom = ResourceRecord { capacity: 350, ..whole(ResourceKind::Department, "Toolroom") };
    let press = projects::save_resource(&manage, press).await.expect("a press");
    [press, projects::save_resource(&manage, toolroom).await.expect("a department")]
}

/// A plan of two rows: one with everything that files used to lose, one with nothing of it.
async fn project(caller: &Caller, press: ResourceId) -> ProjectId {
    let start = "2026-01-05T08:00".parse().expect("a date");
    let new = NewProject { name: "Die 7".into(), start, ..NewProject::default() };
    let edit = editor(caller);
    let id = projects::create(&edit, new).await.expect("a project").id;
    let me = caller.access().expect("signed in").user_id;
    let full = TaskDraft {
        name: "Press".into(),
        duration: 960,
        priority: 700,
        department: Some("Toolroom".into()),
        assignees: vec![me],
        assignments: vec![
            Assignment { resource_id: ResourceId(me.0), units: 50 },
            Assignment { resource_id: press, units: 150 },
        ],
        splits: vec![Split { after_minutes: 240, pause_minutes: 480 }],
        locked: true,
        ..TaskDraft::default()
    };
    let bare = TaskDraft { name: "Ship".into(), ..TaskDraft::default() };
    let add = |task: TaskDraft| Operation::AddTask {
        id: TaskId(Uuid::now_v7()),
        parent_id: None,
        after: None,
        task: Box::new(task),
    };
    projects::operate(&edit, id, None, vec![add(full), add(bare)]).await.expect("two rows");
    let full = plan(caller, id).await.tasks[0].id;
    let found = "2026-01-07T08:00".parse().expect("a date");
    let patch = TaskPatch { level_from: Some(Some(found)), ..TaskPatch::default() };
    let edited = Operation::EditTask { id: full, version: None, patch: Box::new(patch) };
    projects::operate(&edit, id, None, vec![edited]).await.expect("levelled");
    id
}

/// Everything that rows need and do, without ids of theirs. What is needed stands in no order.
fn told(plan: &PlanDocument) -> Vec<serde_json::Value> {
    let row = |task: &TaskRecord| {
        let mut needs = task.assignments.clone();
        needs.sort_by_key(|need| need.resource_id);
        serde_json::json!([
            task.name,
            task.duration,
            task.priority,
            task.department,
            task.assignees,
            needs,
            task.splits,
            task.locked,
            task.level_from,
        ])
    };
    plan.tasks.iter().map(row).collect()
}

async fn away(caller: &Caller, id: ProjectId, format: ExportFormat) -> ImportFile {
    let file = projects::export_plan(&viewer(caller), id, format).await.expect("a file");
    ImportFile { name: file.name, bytes: file.bytes, mapping: None }
}

async fn machines(caller: &Caller) -> Vec<ResourceRecord> {
    let all = projects::resources(&viewer(caller), &PageRequest::default()).await.expect("a list").items;
    all.into_iter().filter(|record| record.kind != ResourceKind::Person).collect()
}

on_both! {
    async fn nothing_is_lost_on_the_way_out_and_in_again(house: &House) {
        let org = house.organization("Acme").await;
        let [press, _] = things(&org.owner).await;
        let id = project(&org.owner, press.id).await;
        projects::take_baseline(&editor(&org.owner), id, "As ordered").await.expect("a baseline");
        let first = plan(&org.owner, id).await;
        for format in EVERY {
            let file = away(&org.owner, id, format).await;
            let preview = projects::preview_file(&editor(&org.owner), file.clone()).await.expect("a preview");
            let lost = preview.notes.iter().any(|note| note.reason.contains("without them") || note.reason.contains("left out"));
            assert!(preview.problems.is_empty() && !lost, "{format:?} {preview:?}");
            let back = projects::create_from_file(&editor(&org.owner), file, None).await.expect("a project");
            assert_eq!(told(&plan(&org.owner, back.id).await), told(&first), "{format:?}");
            let kept = projects::baselines(&viewer(&org.owner), back.id, &PageRequest::default()).await.expect("a list");
            let names: Vec<&str> = kept.items.iter().map(|head| head.name.as_str()).collect();
            let expected: &[&str] = if format == ExportFormat::Xml { &["As ordered"] } else { &[] };
            assert_eq!(names, expected, "{format:?}");
        }
        assert_eq!(machines(&org.owner).await.len(), 2, "what is here is not added again");
    }

    async fn a_file_of_another_house_brings_its_machines_once(house: &House) {
        let org = house.organization("Acme").await;
        let [press, toolroom] = things(&org.owner).await;
        let file = away(&org.owner, project(&org.owner, press.id).await, ExportFormat::Xml).await;
        let other = house.organization("Borg").await;
        let edit = editor(&other.owner);
        let preview = projects::preview_file(&edit, file.clone()).await.expect("a preview");
        let notes: Vec<String> = preview.notes.iter().map(ToString::to_string).collect();
        assert!(notes.contains(&"Press 400 t, left is new here and is added to the resources as a machine".to_owned()), "{notes:?}");
        assert!(notes.iter().any(|note| note.starts_with("nobody here is called Olga of Acme;")), "{notes:?}");
        assert_eq!(machines(&other.owner).await, [], "nothing is stored yet");
        let made = projects::create_from_file(&edit, file.clone(), None).await.expect("a project");
        let here = machines(&other.owner).await;
        let said = |record: &ResourceRecord| (record.kind, record.name.clone(), record.capacity, record.calendar.clone());
        assert_eq!(here.iter().map(said).collect::<Vec<_>>(), [said(&toolroom), said(&press)]);
        let task = plan(&other.owner, made.id).await.tasks[0].clone();
        assert_eq!(task.assignments, [Assignment { resource_id: here[1].id, units: 150 }]);
        assert_eq!((task.assignees.len(), task.locked, task.splits.len()), (0, true, 1));
        projects::import_into(&edit, made.id, file).await.expect("the same rows again");
        assert_eq!(machines(&other.owner).await.len(), 2);
    }

    async fn a_table_brings_constraints_hands_facts_and_calendars_by_name(house: &House) {
        let org = house.organization("Acme").await;
        let edit = editor(&org.owner);
        let start = "2026-01-05T08:00".parse().expect("a date");
        let new = NewProject { name: "Die 7".into(), start, ..NewProject::default() };
        let id = projects::create(&edit, new).await.expect("a project").id;
        let nights = CalendarRecord {
            id: CalendarId(Uuid::now_v7()), name: "Nights".into(), calendar: Calendar::around_the_clock(), version: 1,
        };
        let at = |text: &str| Some(text.parse().expect("a date"));
        let rows = [
            TaskDraft { name: "Form".into(), calendar_id: Some(nights.id), ..TaskDraft::default() },
            TaskDraft {
                name: "Try".into(), constraint: ConstraintKind::FinishNoLaterThan, constraint_at: at("2026-01-09T17:00"),
                ..TaskDraft::default()
            },
            TaskDraft { name: "Put".into(), mode: TaskMode::Manual, manual_start: at("2026-01-07T10:00"), ..TaskDraft::default() },
            TaskDraft {
                name: "Done".into(), actual_start: at("2026-01-06T08:00"), actual_finish: at("2026-01-06T12:00"), progress: 100,
                ..TaskDraft::default()
            },
        ];
        let add = |task| Operation::AddTask { id: TaskId(Uuid::now_v7()), parent_id: None, after: None, task: Box::new(task) };
        let set = Operation::SetCalendar { calendar: nights };
        let steps = std::iter::once(set).chain(rows.map(add)).collect();
        projects::operate(&edit, id, None, steps).await.expect("rows");
        let first = plan(&org.owner, id).await;
        let held = |plan: &PlanDocument| -> Vec<_> {
            let calendar = |id| plan.calendars.iter().find(|record| Some(record.id) == id).map(|record| (record.name.clone(), record.calendar.clone()));
            let row = |task: &TaskRecord| {
                (task.constraint, task.constraint_at, task.mode, task.manual_start, task.actual_start, task.actual_finish, calendar(task.calendar_id))
            };
            plan.tasks.iter().map(row).collect()
        };
        for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
            let file = away(&org.owner, id, format).await;
            let made = projects::create_from_file(&edit, file.clone(), None).await.expect("a project").id;
            assert_eq!(held(&plan(&org.owner, made).await), held(&first), "{format:?}");
            let (one, two) = (away(&org.owner, id, ExportFormat::Csv).await, away(&org.owner, made, ExportFormat::Csv).await);
            assert_eq!(one.bytes, two.bytes, "{format:?}: the same file again");
            projects::import_into(&edit, made, file).await.expect("the same rows below");
            assert_eq!(plan(&org.owner, made).await.calendars.len(), 2, "{format:?}: the calendar is known");
        }
        let elsewhere = house.organization("Borg").await;
        let preview = projects::preview_file(&editor(&elsewhere.owner), away(&org.owner, id, ExportFormat::Csv).await).await.expect("a preview");
        let notes: Vec<String> = preview.notes.iter().map(ToString::to_string).collect();
        assert!(notes.contains(&"no calendar here is called Nights; 1 rows work by the project's".to_owned()), "{notes:?}");
    }

    async fn a_file_that_is_refused_leaves_nothing_behind(house: &House) {
        let org = house.organization("Acme").await;
        let edit = editor(&org.owner);
        let resource = "<Resource><UID>1</UID><Type>1</Type><Name>Press</Name><Group>Machine</Group></Resource>";
        let link = |before| format!("<PredecessorLink><PredecessorUID>{before}</PredecessorUID><Type>1</Type></PredecessorLink>");
        let task = |uid, before| format!("<Task><UID>{uid}</UID><Name>T{uid}</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H</Duration>{}</Task>", link(before));
        let text = format!(
            "<Project><StartDate>2026-01-05T08:00:00</StartDate><Tasks>{}{}</Tasks><Resources>{resource}</Resources>\
             <Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments></Project>",
            task(1, 2), task(2, 1)
        );
        let file = ImportFile { name: "circle.xml".into(), bytes: Bytes::from(text), mapping: None };
        let fault = projects::create_from_file(&edit, file, None).await.expect_err("a circle");
        assert_eq!(fault.kind, FaultKind::DependencyCycle);
        let listed = projects::list(&viewer(&org.owner), &PageRequest::default()).await.expect("a list").items;
        assert_eq!((listed.len(), machines(&org.owner).await), (0, Vec::new()));
    }

    async fn people_are_found_by_name_or_address_and_machines_by_name_however_it_is_written(house: &House) {
        let org = house.organization("Acme").await;
        let [press, _] = things(&org.owner).await;
        let text = "name,days,resource names\nPress,1,\"OLGA@acme.example[50%]; \"\"press 400 T, left\"\"[150%]; Nobody\"\n";
        let file = ImportFile { name: "plan.csv".into(), bytes: Bytes::from_static(text.as_bytes()), mapping: None };
        let preview = projects::preview_file(&editor(&org.owner), file.clone()).await.expect("a preview");
        assert!(preview.notes.iter().any(|note| note.reason.starts_with("nobody here is called Nobody;")), "{preview:?}");
        let made = projects::create_from_file(&editor(&org.owner), file, None).await.expect("a project");
        let me = org.owner.access().expect("signed in").user_id;
        let task = plan(&org.owner, made.id).await.tasks[0].clone();
        let needs = [(ResourceId(me.0), 50), (press.id, 150)].map(|(resource_id, units)| Assignment { resource_id, units });
        assert_eq!((task.assignees, task.assignments), (vec![me], needs.to_vec()));
    }
}
