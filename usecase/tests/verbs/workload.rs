//! The load of people, departments and machines over all projects.

use chrono::NaiveDate;
use domain::{
    FaultKind, PageRequest, ProjectId, ResourceId, TaskId,
    projects::{
        calendar::Calendar,
        document::ProjectStatus,
        operation::{Operation, ProjectPatch, TaskDraft, TaskMove, TaskPatch},
        permission::{DeleteProjects, EditProjects, ManageResources, ViewProjects},
        plan::Split,
        resource::{Assignment, ResourceKind, ResourceRecord},
        view::NewProject,
        workload::{ColumnStep, LoadAmount, LoadAsked, LoadGrid, LoadParts, LoadState},
    },
};
use usecase::{Caller, Grant, identity, projects};
use uuid::Uuid;

use crate::{
    house::{House, origin},
    on_both,
};

/// A working day of one whole.
const DAY: i64 = 480 * 100;

fn editor(caller: &Caller) -> Grant<EditProjects> {
    caller.permit().expect("an owner edits")
}

fn viewer(caller: &Caller) -> Grant<ViewProjects> {
    caller.permit().expect("an owner looks")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

async fn resource(caller: &Caller, record: ResourceRecord) -> ResourceId {
    let manage: Grant<ManageResources> = caller.permit().expect("an owner manages");
    projects::save_resource(&manage, record).await.expect("a resource").id
}

async fn machine(caller: &Caller, name: &str) -> ResourceId {
    resource(caller, ResourceRecord::whole(ResourceId(Uuid::now_v7()), ResourceKind::Machine, name.into())).await
}

async fn project(caller: &Caller, name: &str) -> ProjectId {
    // On Monday, in two days.
    let new =
        NewProject { name: name.into(), start: "2026-11-23T08:00".parse().expect("a date"), ..NewProject::default() };
    projects::create(&editor(caller), new).await.expect("a project").id
}

/// A task of a day that needs so much of a resource.
async fn task(caller: &Caller, project: ProjectId, name: &str, (resource_id, units): (ResourceId, i64)) -> TaskId {
    let id = TaskId(Uuid::now_v7());
    let assignments = vec![Assignment { resource_id, units }];
    let task = Box::new(TaskDraft { name: name.into(), assignments, ..TaskDraft::default() });
    operate(caller, project, Operation::AddTask { id, parent_id: None, after: None, task }).await;
    id
}

async fn operate(caller: &Caller, project: ProjectId, operation: Operation) {
    projects::operate(&editor(caller), project, None, vec![operation]).await.expect("a step");
}

async fn say_it_is(caller: &Caller, project: ProjectId, status: ProjectStatus) {
    let patch = ProjectPatch { status: Some(status), ..ProjectPatch::default() };
    operate(caller, project, Operation::EditProject { version: None, patch: Box::new(patch) }).await;
}

/// Monday to Sunday of the week in which the projects begin.
fn week() -> LoadAsked {
    LoadAsked { from: Some(date("2026-11-23")), to: Some(date("2026-11-29")), ..LoadAsked::default() }
}

async fn grid(caller: &Caller, asked: LoadAsked) -> LoadGrid {
    projects::load(&viewer(caller), asked, &PageRequest::default()).await.expect("the load")
}

async fn monday(caller: &Caller, id: ResourceId) -> LoadAmount {
    let grid = grid(caller, week()).await;
    grid.items.iter().find(|row| row.id == id).expect("its row").cells[0]
}

async fn parts(caller: &Caller, id: ResourceId, days: (&str, &str)) -> LoadParts {
    let days = (date(days.0), date(days.1));
    projects::load_of(&viewer(caller), id, days, &PageRequest::default()).await.expect("its parts")
}

on_both! {
    async fn all_projects_that_run_are_counted_and_told(house: &House) {
        let org = house.organization("Acme").await;
        let me = &org.owner;
        let press = machine(me, "Press 400 t").await;
        let [first, second] = [project(me, "First").await, project(me, "Second").await];
        task(me, first, "Strokes", (press, 100)).await;
        let half = task(me, second, "Samples", (press, 50)).await;
        assert_eq!(monday(me, press).await, LoadAmount { used: DAY + DAY / 2, available: DAY, over: DAY / 2, away: 0 });
        let told = parts(me, press, ("2026-11-23", "2026-11-23")).await;
        let names: Vec<_> = told.items.iter().map(|part| (part.task_name.as_str(), part.project_name.as_str(), part.units, part.used)).collect();
        assert_eq!(names, [("Strokes", "First", 100, DAY), ("Samples", "Second", 50, DAY / 2)]);
        assert_eq!((told.total, told.amount.used, told.name.as_str()), (2, DAY + DAY / 2, "Press 400 t"));
        // What moves is counted where it is now.
        let moves = vec![TaskMove { id: half, start: "2026-11-24T08:00".parse().expect("a date") }];
        operate(me, second, Operation::MoveTasks { moves }).await;
        assert_eq!(monday(me, press).await.used, DAY);
        assert_eq!(grid(me, week()).await.items[1].cells[1].used, DAY / 2);
        // Twice the same without a change, and the same again from the database alone.
        let kept = grid(me, week()).await;
        assert_eq!(grid(me, week()).await, kept);
        let again = house.restarted().await;
        let user = me.access().expect("signed in").user_id;
        let owner = identity::caller_of_session(&again, user, None, origin()).await.expect("a caller");
        assert_eq!(grid(&owner, week()).await, kept);
    }

    async fn what_does_not_run_does_not_count(house: &House) {
        let org = house.organization("Acme").await;
        let me = &org.owner;
        let press = machine(me, "Press").await;
        let id = project(me, "Die").await;
        let strokes = task(me, id, "Strokes", (press, 100)).await;
        for (status, used) in [
            (ProjectStatus::Active, DAY),
            (ProjectStatus::OnHold, 0),
            (ProjectStatus::Cancelled, 0),
            // Done before its time: nothing lies behind.
            (ProjectStatus::Done, 0),
            (ProjectStatus::Planned, DAY),
        ] {
            say_it_is(me, id, status).await;
            assert_eq!(monday(me, press).await.used, used, "{status:?}");
        }
        let patch = TaskPatch { progress: Some(100), ..TaskPatch::default() };
        operate(me, id, Operation::EditTask { id: strokes, version: None, patch: Box::new(patch) }).await;
        assert_eq!(monday(me, press).await.used, 0, "a task that is done needs nobody from now on");
        // On that Monday, noon, half of it lies behind.
        house.clock.advance("2026-11-23T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("an instant") - crate::house::morning());
        assert_eq!(monday(me, press).await.used, DAY / 2);
        let other = project(me, "Another").await;
        task(me, other, "Strokes", (press, 100)).await;
        assert_eq!(monday(me, press).await.used, DAY + DAY / 2);
        let delete: Grant<DeleteProjects> = me.permit().expect("an owner deletes");
        projects::delete(&delete, other, None).await.expect("deleted");
        assert_eq!(monday(me, press).await.used, DAY / 2);
    }

    async fn pauses_absences_and_departments_are_counted(house: &House) {
        let org = house.organization("Acme").await;
        let me = &org.owner;
        let toolroom = ResourceRecord::whole(ResourceId(Uuid::now_v7()), ResourceKind::Department, "Toolroom".into());
        let toolroom = resource(me, ResourceRecord { capacity: 300, ..toolroom }).await;
        let mut away = Calendar::standard();
        away.exceptions.insert(date("2026-11-24"), Vec::new());
        let record = ResourceRecord::whole(ResourceId(Uuid::now_v7()), ResourceKind::Machine, "Mill".into());
        let mill = resource(me, ResourceRecord { calendar: Some(away), ..record }).await;
        let id = project(me, "Die").await;
        let draft = TaskDraft {
            name: "Mill".into(),
            duration: 960,
            department: Some("toolroom".into()),
            assignments: vec![Assignment { resource_id: mill, units: 100 }],
            splits: vec![Split { after_minutes: 240, pause_minutes: 480 }],
            ..TaskDraft::default()
        };
        let task = TaskId(Uuid::now_v7());
        operate(me, id, Operation::AddTask { id: task, parent_id: None, after: None, task: Box::new(draft) }).await;
        let grid = grid(me, week()).await;
        let cells = |id: ResourceId| grid.items.iter().find(|row| row.id == id).expect("its row").cells.clone();
        let used: Vec<i64> = cells(toolroom).iter().map(|cell| cell.used).collect();
        assert_eq!(used, [DAY / 2, DAY / 2, DAY, 0, 0, 0, 0]);
        assert_eq!(cells(toolroom)[0].available, 3 * DAY);
        let states: Vec<LoadState> = cells(mill).iter().map(LoadAmount::state).collect();
        use LoadState::{Free, Full, Off, Over, Partly};
        assert_eq!(states, [Partly, Over, Full, Free, Free, Off, Off]);
        assert_eq!(cells(mill)[1], LoadAmount { used: DAY / 2, available: 0, over: DAY / 2, away: DAY });
    }

    async fn rows_are_chosen_and_paged(house: &House) {
        let org = house.organization("Acme").await;
        let me = &org.owner;
        let [press, _, _] = [machine(me, "Press").await, machine(me, "Mill").await, machine(me, "Drill").await];
        let id = project(me, "Die").await;
        task(me, id, "Strokes", (press, 150)).await;
        let names = async |asked: LoadAsked, page: PageRequest| {
            let grid = projects::load(&viewer(me), asked, &page).await.expect("the load");
            let names: Vec<String> = grid.items.into_iter().map(|row| row.name).collect();
            (names.join(", "), grid.total, grid.overbooked, grid.next_cursor)
        };
        let all = names(week(), PageRequest::default()).await;
        assert_eq!(all, ("Olga of Acme, Drill, Mill, Press".to_owned(), 4, 1, None));
        let machines = LoadAsked { kind: Some(ResourceKind::Machine), ..week() };
        let page = PageRequest { limit: Some(2), ..PageRequest::default() };
        assert_eq!(names(machines, page.clone()).await, ("Drill, Mill".to_owned(), 3, 1, Some("2".to_owned())));
        let next = PageRequest { cursor: Some("2".to_owned()), ..page };
        assert_eq!(names(machines, next).await, ("Press".to_owned(), 3, 1, None));
        let over = LoadAsked { over: true, ..week() };
        assert_eq!(names(over, PageRequest::default()).await, ("Press".to_owned(), 1, 1, None));
        let found = PageRequest { search: Some(" ILL ".to_owned()), ..PageRequest::default() };
        assert_eq!(names(week(), found).await.0, "Drill, Mill");
        // Without days: four weeks from the Monday of this week on; today is Saturday.
        let usual = grid(me, LoadAsked::default()).await;
        assert_eq!((usual.columns.len(), usual.columns[0], usual.today), (28, date("2026-11-16"), date("2026-11-21")));
        let months = grid(me, LoadAsked { step: ColumnStep::Month, ..LoadAsked::default() }).await;
        assert_eq!((months.columns.len(), months.columns[0], months.end), (12, date("2026-11-01"), date("2027-11-01")));
        let wide = LoadAsked { to: Some(date("2030-01-01")), ..week() };
        let fault = projects::load(&viewer(me), wide, &PageRequest::default()).await.expect_err("too wide");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::InvalidInput, "to"));
    }

    async fn another_organisation_has_a_load_of_its_own(house: &House) {
        let org = house.organization("Acme").await;
        let me = &org.owner;
        let press = machine(me, "Press").await;
        let id = project(me, "Die").await;
        task(me, id, "Strokes", (press, 200)).await;
        // What is kept in memory is kept for one organisation.
        assert_eq!(monday(me, press).await.over, DAY);
        let borg = house.organization("Borg").await;
        let theirs = grid(&borg.owner, week()).await;
        let rows: Vec<_> = theirs.items.iter().map(|row| (row.name.as_str(), row.sum().used)).collect();
        assert_eq!(rows, [("Olga of Borg", 0)]);
        let days = (date("2026-11-23"), date("2026-11-23"));
        let fault = projects::load_of(&viewer(&borg.owner), press, days, &PageRequest::default()).await;
        assert_eq!(fault.expect_err("another organisation's").kind, FaultKind::NotFound);
        let twin = machine(&borg.owner, "Press").await;
        assert_eq!(parts(&borg.owner, twin, ("2026-11-01", "2026-12-31")).await.total, 0);
    }
}
