//! Files that carry who and what works, and how: out of one organisation, back into it, and into another.

use bytes::Bytes;
use domain::{
    PageRequest, ProjectId, ResourceId, TaskId,
    projects::{
        calendar::Calendar,
        document::PlanDocument,
        exchange::export::ExportFormat,
        operation::{Operation, TaskDraft, TaskPatch},
        permission::{EditProjects, ManageResources, ViewProjects},
        plan::Split,
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
    let row = |task: &domain::projects::document::TaskRecord| {
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
