//! The plant of the demonstration: departments, machines, which tasks need them, and what was agreed once.

use domain::{
    Fault, ProjectId, ResourceId,
    projects::{
        document::PlanDocument,
        operation::{Operation, TaskPatch},
        permission::{EditProjects, ManageResources, ViewProjects},
        plan::Split,
        resource::{Assignment, ResourceKind, ResourceRecord, WHOLE},
    },
};
use usecase::{Caller, projects};
use uuid::Uuid;

/// A machine, how many there are of it in percent, and words of the tasks that need it.
const MACHINES: [(&str, i64, &[&str]); 4] = [
    ("Press 400 t", 100, &["First strokes", "Capability run", "Correction loop", "Pilot series", "Dry run"]),
    ("Wire EDM", 100, &["Wire erosion"]),
    ("Milling centre", 200, &["Rough milling"]),
    ("Measuring machine", 100, &["Incoming inspection", "Capability run"]),
];

const DEPARTMENTS: [(&str, i64); 4] =
    [("Toolroom", 2_400), ("Press shop", 4_000), ("Quality", 1_200), ("Purchasing", 1_200)];

/// What a department does, by the first words of its tasks; the toolroom does the rest.
const DONE_BY: [(&str, &[&str]); 3] = [
    ("Purchasing", &["Order", "Steel delivery", "Transport"]),
    (
        "Quality",
        &[
            "Incoming inspection",
            "Capability run",
            "Customer acceptance",
            "Collect evidence",
            "Gap list",
            "Close gaps",
            "Stage",
            "Corrections",
            "Certificate",
        ],
    ),
    (
        "Press shop",
        &[
            "First strokes",
            "Foundation",
            "Set down",
            "Connect",
            "Commission",
            "Dry run",
            "Train",
            "Pilot",
            "Hand over",
            "Decoiler",
            "Straightener",
            "Feeder",
        ],
    ),
];

/// Who does a task of this name.
pub(super) fn department(name: &str) -> &'static str {
    let does = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    DONE_BY.iter().find(|(_, words)| does(words)).map_or("Toolroom", |(department, _)| department)
}

/// Machines of the plant, with the words of the tasks that need them.
pub(super) type Machines = Vec<(ResourceId, &'static [&'static str])>;

/// Stores departments and machines.
pub(super) async fn build(caller: &Caller) -> Result<Machines, Fault> {
    let manage = caller.permit::<ManageResources>()?;
    for (name, capacity) in DEPARTMENTS {
        let id = ResourceId(Uuid::now_v7());
        let whole = ResourceRecord::whole(id, ResourceKind::Department, name.to_owned());
        projects::save_resource(&manage, ResourceRecord { capacity, ..whole }).await?;
    }
    let mut machines = Vec::new();
    for (name, capacity, needed_by) in MACHINES {
        let id = ResourceId(Uuid::now_v7());
        let whole = ResourceRecord::whole(id, ResourceKind::Machine, name.to_owned());
        projects::save_resource(&manage, ResourceRecord { capacity, ..whole }).await?;
        machines.push((id, needed_by));
    }
    Ok(machines)
}

/// What a task of this name needs.
pub(super) fn needs(machines: &Machines, name: &str) -> Vec<Assignment> {
    let fits = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let needed = machines.iter().filter(|(_, words)| fits(words));
    needed.map(|(resource_id, _)| Assignment { resource_id: *resource_id, units: WHOLE }).collect()
}

/// The plan was agreed, and then heat treatment took longer and milling waited for the steel.
pub(super) async fn reality(caller: &Caller, project: ProjectId) -> Result<(), Fault> {
    let edit = caller.permit::<EditProjects>()?;
    projects::take_baseline(&edit, project, "As ordered").await?;
    let plan = projects::load_plan(&caller.permit::<ViewProjects>()?, project).await?;
    let patch = |name: &str, patch: TaskPatch| edited(&plan.document, name, patch);
    let pause = Split { after_minutes: 960, pause_minutes: 960 };
    let steps: Vec<Operation> = [
        patch("Heat treatment", TaskPatch { duration: Some(8 * 480), ..TaskPatch::default() }),
        patch("Rough milling", TaskPatch { splits: Some(vec![pause]), ..TaskPatch::default() }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !steps.is_empty() {
        projects::operate(&edit, project, None, steps).await?;
    }
    Ok(())
}

fn edited(plan: &PlanDocument, name: &str, patch: TaskPatch) -> Option<Operation> {
    let task = plan.tasks.iter().find(|task| task.name == name)?;
    Some(Operation::EditTask { id: task.id, version: None, patch: Box::new(patch) })
}
