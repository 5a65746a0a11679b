//! `takt seed --demo`: an organisation that looks as if people worked there.

mod plant;

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Fault, Industry, LinkId, Minute, ProjectId, TaskId, UserId,
    access::admin::ManagePeople,
    identity::{Credentials, Registration},
    projects::{
        document::{ProjectStatus, TaskStatus},
        operation::{Operation, TaskDraft},
        permission::{EditProjects, ReportProgress},
        plan::{LagUnit, LinkKind, TaskKind},
        view::NewProject,
    },
};
use usecase::{Caller, Grant, Origin, Services, Via, admin, identity, projects};
use uuid::Uuid;

const EMAIL: &str = "demo@takt.example";
const PASSWORD: &str = "demo-takt-2026";

/// Fills an empty database; leaves one that has the demonstration already as it is.
pub async fn run(services: &Services) -> Result<ExitCode> {
    let credentials = Credentials { email: EMAIL.to_owned(), password: PASSWORD.to_owned() };
    if identity::log_in(services, &credentials, None).await.is_err() {
        fill(services).await.map_err(|fault| anyhow!("{fault}"))?;
    }
    println!("Demonstration data is there. Log in as {EMAIL} with the password {PASSWORD}");
    Ok(ExitCode::SUCCESS)
}

fn origin() -> Origin {
    Origin { via: Via::Console, request_id: "seed".to_owned() }
}

async fn fill(services: &Services) -> Result<(), Fault> {
    println!("Making the demonstration organisation …");
    let given = Registration {
        organization_name: "Nordlicht Pressworks".to_owned(),
        owner_name: "Dana Demo".to_owned(),
        owner_email: EMAIL.to_owned(),
        owner_password: PASSWORD.to_owned(),
        industry: Some(Industry::PressShop),
    };
    let owner = identity::register(services, &given, &origin()).await?;
    let caller = identity::caller_of_session(services, owner.user_id(), None, origin()).await?;
    let machines = plant::build(&caller).await?;
    let mut people = people(&caller).await?;
    people.push(owner.user_id());
    let edit = caller.permit::<EditProjects>()?;
    for (number, spec) in PROJECTS.iter().enumerate() {
        println!("  planning {} …", spec.name);
        let project = project(&edit, spec, &people, &machines, number, services.now()).await?;
        comment(&caller, project, people[0]).await?;
        plant::reality(&caller, project).await?;
    }
    println!("  planning a stress test of 1,000 tasks …");
    large(&edit, services.now()).await
}

async fn people(caller: &Caller) -> Result<Vec<UserId>, Fault> {
    let manage = caller.permit::<ManagePeople>()?;
    let cast = [
        ("Anna Berg", "manager"),
        ("Bruno Costa", "manager"),
        ("Chen Li", "employee"),
        ("Farid Aziz", "employee"),
        ("Greta Lund", "employee"),
        ("Ida Novak", "employee"),
    ];
    let mut people = Vec::new();
    for (name, role) in cast {
        let email = format!("{}@takt.example", name.to_lowercase().replace(' ', "."));
        people.push(admin::add_person(&manage, name, &email, role, PASSWORD).await?);
    }
    Ok(people)
}

struct Spec {
    name: &'static str,
    /// Days from today that it starts, and that it should end.
    start: i64,
    target: i64,
    status: ProjectStatus,
    phases: &'static [(&'static str, &'static [(&'static str, i64)])],
}

const TOOL: &[(&str, &[(&str, i64)])] = &[
    (
        "Design",
        &[
            ("Clarify drawing with customer", 2),
            ("Strip layout", 4),
            ("Die design", 8),
            ("Design review", 1),
            ("Release drawings", 0),
        ],
    ),
    (
        "Procurement",
        &[("Order tool steel", 2), ("Order standard parts", 1), ("Steel delivery", 10), ("Incoming inspection", 1)],
    ),
    (
        "Manufacturing",
        &[("Rough milling", 6), ("Heat treatment", 5), ("Wire erosion", 7), ("Grinding", 4), ("Polishing", 3)],
    ),
    ("Assembly", &[("Assemble die set", 4), ("Fit punches", 3), ("Sensor wiring", 2)]),
    (
        "Try-out",
        &[("First strokes", 1), ("Correction loop", 4), ("Capability run, 300 strokes", 2), ("Customer acceptance", 0)],
    ),
];

const LINE: &[(&str, &[(&str, i64)])] = &[
    ("Preparation", &[("Floor survey", 2), ("Foundation", 12), ("Power and air", 6)]),
    (
        "Press",
        &[
            ("Transport", 3),
            ("Set down and level", 2),
            ("Connect hydraulics", 3),
            ("Safety circuit", 4),
            ("Commission", 5),
        ],
    ),
    ("Coil line", &[("Decoiler", 3), ("Straightener", 3), ("Feeder", 2), ("Dry run", 1)]),
    ("Start of production", &[("Train operators", 3), ("Pilot series", 5), ("Hand over", 0)]),
];

const AUDIT: &[(&str, &[(&str, i64)])] = &[
    ("Self-assessment", &[("Collect evidence", 5), ("Gap list", 3), ("Close gaps", 15)]),
    ("Audit", &[("Stage 1", 1), ("Corrections", 8), ("Stage 2", 2), ("Certificate", 0)]),
];

const PROJECTS: [Spec; 5] = [
    Spec {
        name: "Progressive die for bracket 4711",
        start: -30,
        target: 50,
        status: ProjectStatus::Active,
        phases: TOOL,
    },
    Spec { name: "Move 400 t press to hall 2", start: -12, target: 48, status: ProjectStatus::Active, phases: LINE },
    Spec { name: "IATF 16949 surveillance audit", start: 5, target: 60, status: ProjectStatus::Planned, phases: AUDIT },
    Spec { name: "Transfer die for oil pan", start: -60, target: 8, status: ProjectStatus::Active, phases: TOOL },
    Spec { name: "Coil line retrofit", start: 20, target: 75, status: ProjectStatus::OnHold, phases: LINE },
];

fn monday(now: DateTime<Utc>, days: i64) -> Minute {
    let day = Minute::from_datetime((now + TimeDelta::days(days)).naive_utc());
    Minute((day.day() - day.weekday() as i64) * Minute::DAY)
}

async fn project(
    edit: &Grant<EditProjects>,
    spec: &Spec,
    people: &[UserId],
    machines: &plant::Machines,
    number: usize,
    now: DateTime<Utc>,
) -> Result<ProjectId, Fault> {
    let new = NewProject {
        name: spec.name.to_owned(),
        start: monday(now, spec.start),
        target_end: Some(monday(now, spec.target)),
        manager_id: people.get(number % 2).copied(),
        status: spec.status,
        ..NewProject::default()
    };
    let id = projects::create(edit, new).await?.id;
    let mut operations = Vec::new();
    let mut before: Option<TaskId> = None;
    let mut elapsed = spec.start;
    for (phase, tasks) in spec.phases {
        let parent = TaskId(Uuid::now_v7());
        operations.push(add(
            parent,
            None,
            TaskDraft { name: (*phase).to_owned(), kind: TaskKind::Summary, ..TaskDraft::default() },
        ));
        for (index, (name, days)) in tasks.iter().enumerate() {
            let task = TaskId(Uuid::now_v7());
            let mut draft = draft(name, *days, elapsed, people, index + number);
            draft.assignments = plant::needs(machines, name);
            operations.push(add(task, Some(parent), draft));
            if let Some(before) = before {
                // Deliveries and tests overlap; the rest is one after the other.
                let overlap = index == 2 && *days > 3;
                operations.push(link(
                    before,
                    task,
                    if overlap { LinkKind::StartToStart } else { LinkKind::FinishToStart },
                ));
            }
            before = Some(task);
            elapsed += days * 7 / 5;
        }
    }
    projects::operate(edit, id, None, operations).await?;
    Ok(id)
}

/// A task that is as far as its place in time suggests.
fn draft(name: &str, days: i64, elapsed: i64, people: &[UserId], index: usize) -> TaskDraft {
    let (progress, status) = match (elapsed, days) {
        (elapsed, days) if elapsed + days < -3 => (100, TaskStatus::Accepted),
        (elapsed, _) if elapsed < -2 && index % 5 == 3 => (35, TaskStatus::AtRisk),
        (elapsed, _) if elapsed < 0 => {
            (60, if index.is_multiple_of(2) { TaskStatus::Production } else { TaskStatus::Processing })
        }
        (elapsed, _) if elapsed < 5 => (0, TaskStatus::Waiting),
        _ => (0, TaskStatus::NotStarted),
    };
    TaskDraft {
        name: name.to_owned(),
        kind: if days == 0 { TaskKind::Milestone } else { TaskKind::Task },
        duration: days * 480,
        progress,
        status,
        department: Some(plant::department(name).to_owned()),
        assignees: people.get(2 + index % 5).copied().into_iter().collect(),
        ..TaskDraft::default()
    }
}

fn add(id: TaskId, parent_id: Option<TaskId>, task: TaskDraft) -> Operation {
    Operation::AddTask { id, parent_id, after: None, task: Box::new(task) }
}

fn link(predecessor_id: TaskId, successor_id: TaskId, kind: LinkKind) -> Operation {
    Operation::AddLink {
        id: LinkId(Uuid::now_v7()),
        predecessor_id,
        successor_id,
        kind,
        lag_minutes: 0,
        lag_unit: LagUnit::Working,
    }
}

async fn comment(caller: &Caller, project: ProjectId, to: UserId) -> Result<(), Fault> {
    let view = caller.permit()?;
    let plan = projects::load_plan(&view, project).await?;
    let say = caller.permit::<ReportProgress>()?;
    if let Some(task) = plan.document.tasks.iter().find(|task| task.kind == TaskKind::Task) {
        let body = "Customer confirmed the drawing by phone; change index C. @Anna Berg, please tell the toolroom.";
        projects::add_comment(&say, project, task.id, body, &[to]).await?;
    }
    Ok(())
}

/// A plan large enough to feel whether the chart is quick.
async fn large(edit: &Grant<EditProjects>, now: DateTime<Utc>) -> Result<(), Fault> {
    let new = NewProject {
        name: "Ramp-up of 50 dies".to_owned(),
        start: monday(now, -20),
        target_end: Some(monday(now, 400)),
        status: ProjectStatus::Active,
        ..NewProject::default()
    };
    let id = projects::create(edit, new).await?.id;
    let mut tasks = Vec::new();
    let mut links = Vec::new();
    let names = TOOL.iter().flat_map(|(_, tasks)| tasks.iter()).take(19).collect::<Vec<_>>();
    for die in 1..=50_i64 {
        let parent = TaskId(Uuid::now_v7());
        let summary = TaskDraft { name: format!("Die {die:02}"), kind: TaskKind::Summary, ..TaskDraft::default() };
        tasks.push(summary.record(parent, None, die << 20));
        let mut before: Option<TaskId> = None;
        for (index, (name, days)) in (1_i64..).zip(&names) {
            let task = TaskId(Uuid::now_v7());
            let mut draft = draft(name, *days, die * 6 + index * 2 - 30, &[], usize::try_from(index).unwrap_or(0));
            if index == 1 {
                draft.constraint = domain::projects::plan::ConstraintKind::StartNoEarlierThan;
                draft.constraint_at = Some(monday(now, die * 5 - 20));
            }
            tasks.push(draft.record(task, Some(parent), index << 20));
            if let Some(before) = before {
                links.push(domain::projects::document::LinkRecord {
                    id: LinkId(Uuid::now_v7()),
                    predecessor_id: before,
                    successor_id: task,
                    kind: LinkKind::FinishToStart,
                    lag_minutes: 0,
                    lag_unit: LagUnit::Working,
                    version: 1,
                });
            }
            before = Some(task);
        }
    }
    let operation = Operation::Import { tasks, links, calendars: Vec::new() };
    projects::operate(edit, id, None, vec![operation]).await.map(drop)
}
