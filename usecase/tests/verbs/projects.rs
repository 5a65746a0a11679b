//! Plans: made, changed, taken back, brought from files and taken away.

use bytes::Bytes;
use domain::{
    FaultKind, LinkId, PageRequest, ProjectId, TaskId,
    projects::{
        document::PlanDocument,
        exchange::{
            column::{Column, ColumnMapping},
            export::ExportFormat,
        },
        operation::{Operation, TaskDraft, TaskPatch},
        permission::{DeleteProjects, EditProjects, ReportProgress, ViewProjects},
        plan::{LagUnit, LinkKind},
        view::NewProject,
    },
};
use usecase::{
    Caller, Grant,
    projects::{self, ImportFile},
};
use uuid::Uuid;

use crate::{house::House, on_both};

fn editor(caller: &Caller) -> Grant<EditProjects> {
    caller.permit().expect("an owner edits")
}

async fn plan(caller: &Caller, id: ProjectId) -> PlanDocument {
    projects::load_plan(&caller.permit::<ViewProjects>().expect("may look"), id).await.expect("a plan").document.clone()
}

async fn project(caller: &Caller) -> ProjectId {
    let new = NewProject {
        name: "Die 7".into(),
        start: "2026-01-05T08:00".parse().expect("a date"),
        ..NewProject::default()
    };
    projects::create(&editor(caller), new).await.expect("a project").id
}

fn add(id: TaskId, name: &str, duration: i64) -> Operation {
    let task = Box::new(TaskDraft { name: name.into(), duration, ..TaskDraft::default() });
    Operation::AddTask { id, parent_id: None, after: None, task }
}

fn task_id() -> TaskId {
    TaskId(Uuid::now_v7())
}

fn link(predecessor_id: TaskId, successor_id: TaskId) -> Operation {
    let (kind, lag_unit) = (LinkKind::FinishToStart, LagUnit::Working);
    Operation::AddLink { id: LinkId(Uuid::now_v7()), predecessor_id, successor_id, kind, lag_minutes: 0, lag_unit }
}

fn file(name: &str, text: &str) -> ImportFile {
    ImportFile { name: name.into(), bytes: Bytes::copy_from_slice(text.as_bytes()), mapping: None }
}

/// Names, codes, dates and links by name: what a planner would compare.
fn told(plan: &PlanDocument) -> (Vec<String>, Vec<String>) {
    let schedule = plan.schedule().expect("a schedule");
    let rows = plan.rows(&schedule).into_iter();
    let rows = rows.map(|row| format!("{} {} {} {}", row.code, row.task.name, row.start, row.finish)).collect();
    let name = |id| plan.task(id).map(|task| task.name.as_str()).unwrap_or_default();
    let links = plan.links.iter();
    let mut links: Vec<String> =
        links.map(|link| format!("{}→{}", name(link.predecessor_id), name(link.successor_id))).collect();
    links.sort();
    (rows, links)
}

on_both! {
    async fn a_step_is_taken_back_and_done_again_byte_for_byte(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let (cut, form) = (task_id(), task_id());
        projects::operate(&editor(&org.owner), id, None, vec![add(cut, "Cut", 480), add(form, "Form", 960)]).await.expect("rows");
        let before = plan(&org.owner, id).await;
        projects::operate(&editor(&org.owner), id, None, vec![link(cut, form)]).await.expect("a link");
        let after = plan(&org.owner, id).await;
        assert_eq!(after.schedule().expect("dates").finish, "2026-01-07T17:00".parse().expect("a date"));
        projects::undo(&editor(&org.owner), id, None).await.expect("taken back");
        let back = plan(&org.owner, id).await;
        assert_eq!((&before.tasks, &before.links, &before.calendars), (&back.tasks, &back.links, &back.calendars));
        projects::redo(&editor(&org.owner), id, None).await.expect("done again");
        assert_eq!(told(&plan(&org.owner, id).await), told(&after));
        let steps = projects::activity(&org.owner.permit().expect("may look"), id, &PageRequest::default()).await.expect("steps");
        assert_eq!(steps.items.iter().map(|step| step.verb.as_str()).collect::<Vec<_>>(), ["redo", "undo", "do", "do"]);
    }

    async fn a_step_that_others_built_on_is_refused_once_and_then_passed_over(house: &House) {
        let org = house.organization("Acme").await;
        let colleague = org.person("manager").await;
        let id = project(&org.owner).await;
        let (cut, form) = (task_id(), task_id());
        let longer = |duration_minutes| vec![Operation::StretchTask { id: cut, duration_minutes }];
        let name = TaskPatch { name: Some("Shear".into()), ..TaskPatch::default() };
        let rename = Operation::EditTask { id: form, version: None, patch: Box::new(name) };
        for mine in [vec![add(cut, "Cut", 480), add(form, "Form", 480)], vec![rename], longer(960)] {
            projects::operate(&editor(&org.owner), id, None, mine).await.expect("a step");
        }
        projects::operate(&editor(&colleague), id, None, longer(1_440)).await.expect("somebody else's");
        let fault = projects::undo(&editor(&org.owner), id, None).await.expect_err("built on");
        assert_eq!(fault.kind, FaultKind::Conflict);
        assert!(fault.detail.starts_with("“Set Cut to 2 d” stays: The task Cut was changed since"), "{fault}");
        projects::undo(&editor(&org.owner), id, None).await.expect("the step before");
        let now = plan(&org.owner, id).await;
        assert_eq!((now.task(form).expect("a row").name.as_str(), now.task(cut).expect("a row").duration), ("Form", 1_440));
        let steps = projects::activity(&org.owner.permit().expect("may look"), id, &PageRequest::default()).await.expect("steps");
        assert_eq!(steps.items.iter().map(|step| step.undone).collect::<Vec<_>>(), [false, false, false, true, false]);
    }

    async fn of_several_operations_all_are_stored_or_none(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let (cut, form) = (task_id(), task_id());
        let circle = vec![add(cut, "Cut", 480), add(form, "Form", 960), link(cut, form), link(form, cut)];
        let fault = projects::operate(&editor(&org.owner), id, None, circle).await.expect_err("a circle");
        assert_eq!(fault.kind, FaultKind::DependencyCycle);
        assert!(fault.to_string().contains("2 Form → 1 Cut → 2 Form"), "{fault}");
        assert_eq!(plan(&org.owner, id).await.tasks.len(), 0);
        assert_eq!(plan(&org.owner, id).await.head.revision, 0);
    }

    async fn an_edit_of_an_older_row_is_refused_with_both_values(house: &House) {
        let org = house.organization("Acme").await;
        let colleague = org.person("manager").await;
        let id = project(&org.owner).await;
        let cut = task_id();
        projects::operate(&editor(&org.owner), id, None, vec![add(cut, "Cut", 480)]).await.expect("a row");
        let rename = |name: &str| Operation::EditTask {
            id: cut, version: Some(1), patch: Box::new(TaskPatch { name: Some(name.into()), ..TaskPatch::default() }),
        };
        projects::operate(&editor(&org.owner), id, None, vec![rename("Blank")]).await.expect("renamed");
        let fault = projects::operate(&editor(&colleague), id, None, vec![rename("Shear")]).await.expect_err("stale");
        assert_eq!(fault.kind, FaultKind::StaleVersion);
        assert!(fault.to_string().contains("Blank"), "{fault}");
        assert_eq!(plan(&org.owner, id).await.task(cut).expect("the row").name, "Blank");
    }

    async fn the_plan_of_another_organisation_is_not_there(house: &House) {
        let acme = house.organization("Acme").await;
        let borg = house.organization("Borg").await;
        let id = project(&acme.owner).await;
        let look = borg.owner.permit::<ViewProjects>().expect("may look");
        let edit = editor(&borg.owner);
        assert_eq!(projects::load_plan(&look, id).await.expect_err("not theirs").kind, FaultKind::NotFound);
        assert_eq!(projects::operate(&edit, id, None, vec![add(task_id(), "X", 1)]).await.expect_err("not theirs").kind, FaultKind::NotFound);
        assert_eq!(projects::undo(&edit, id, None).await.expect_err("not theirs").kind, FaultKind::NotFound);
        assert_eq!(projects::import_into(&edit, id, file("a.csv", "name\nX\n")).await.expect_err("not theirs").kind, FaultKind::NotFound);
        assert_eq!(projects::export_plan(&look, id, ExportFormat::Csv).await.expect_err("not theirs").kind, FaultKind::NotFound);
        let delete = borg.owner.permit::<DeleteProjects>().expect("an owner deletes");
        assert_eq!(projects::delete(&delete, id, None).await.expect_err("not theirs").kind, FaultKind::NotFound);
    }

    async fn a_deleted_project_is_nowhere_and_comes_back_as_it_was(house: &House) {
        let org = house.organization("Acme").await;
        let borg = house.organization("Borg").await;
        let (id, other) = (project(&org.owner).await, project(&org.owner).await);
        let me = org.owner.access().expect("signed in").user_id;
        let cut = TaskDraft { name: "Cut".into(), duration: 480, assignees: vec![me], ..TaskDraft::default() };
        let add_cut = Operation::AddTask { id: task_id(), parent_id: None, after: None, task: Box::new(cut) };
        projects::operate(&editor(&org.owner), id, None, vec![add_cut]).await.expect("a row");
        let look = org.owner.permit::<ViewProjects>().expect("may look");
        let remove = org.owner.permit::<DeleteProjects>().expect("an owner deletes");
        let before = plan(&org.owner, id).await;
        let seen = async || {
            let page = PageRequest::default();
            let listed = projects::list(&look, &page).await.expect("a list").items;
            let portfolio = projects::portfolio(&look, &page).await.expect("a portfolio").projects;
            let mine = projects::my_tasks(&look, &page).await.expect("tasks").items;
            let recent = usecase::home::dashboard(&look).await.expect("figures").recent;
            let booked = projects::bookings(&look, other).await.expect("bookings");
            [
                listed.iter().any(|row| row.id == id),
                portfolio.iter().any(|row| row.project.id == id),
                mine.iter().any(|task| task.project_id == id),
                recent.iter().any(|step| step.project_id == id),
                !booked.is_empty(),
            ]
        };
        assert_eq!(seen().await, [true; 5]);
        assert_eq!(projects::undelete(&remove, id).await.expect_err("it is here").kind, FaultKind::NotFound);
        projects::delete(&remove, id, None).await.expect("deleted");
        assert_eq!(seen().await, [false; 5]);
        assert_eq!(projects::load_plan(&look, id).await.expect_err("gone").kind, FaultKind::NotFound);
        let gone = projects::deleted(&remove, &PageRequest::default()).await.expect("a list").items;
        assert_eq!(gone.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        let theirs = borg.owner.permit::<DeleteProjects>().expect("an owner deletes");
        assert_eq!(projects::undelete(&theirs, id).await.expect_err("not theirs").kind, FaultKind::NotFound);
        assert!(projects::deleted(&theirs, &PageRequest::default()).await.expect("a list").items.is_empty());
        assert!(org.person("manager").await.permit::<DeleteProjects>().is_err(), "whoever may not delete");
        assert_eq!(projects::undelete(&remove, id).await.expect("back").id, id);
        assert_eq!((seen().await, plan(&org.owner, id).await), ([true; 5], before));
        let reader = org.owner.permit().expect("an owner reads");
        let audit = usecase::admin::audit_log(&reader, &PageRequest::default()).await.expect("a list");
        assert!(audit.items.iter().any(|row| row.verb == "project.undeleted"));
    }

    async fn a_code_that_was_taken_meanwhile_keeps_a_project_away(house: &House) {
        let org = house.organization("Acme").await;
        let make = async || {
            let new = NewProject { name: "Die".into(), code: Some("D-1".into()), start: "2026-01-05".parse().expect("a date"), ..NewProject::default() };
            projects::create(&editor(&org.owner), new).await.expect("a project").id
        };
        let remove = org.owner.permit::<DeleteProjects>().expect("an owner deletes");
        let first = make().await;
        projects::delete(&remove, first, None).await.expect("deleted");
        make().await;
        let fault = projects::undelete(&remove, first).await.expect_err("the code is taken");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "code"));
    }

    async fn an_employee_reports_progress_and_changes_nothing_else(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let cut = task_id();
        projects::operate(&editor(&org.owner), id, None, vec![add(cut, "Cut", 480)]).await.expect("a row");
        let employee = org.person("employee").await;
        assert_eq!(employee.permit::<EditProjects>().expect_err("may not").kind, FaultKind::NotPermitted);
        let report = employee.permit::<ReportProgress>().expect("may report");
        projects::report_progress(&report, id, cut, Some(40), None).await.expect("reported");
        assert_eq!(plan(&org.owner, id).await.task(cut).expect("the row").progress, 40);
        assert_eq!(projects::report_progress(&report, id, cut, Some(101), None).await.expect_err("too much").fields[0].field, "progress");
    }

    async fn what_is_taken_away_as_a_file_comes_back_the_same(house: &House) {
        let org = house.organization("Acme").await;
        let text = "name,level,duration,predecessors,assignee\nDie 7,1,,,\nCut,2,2d,,Olga of Acme\nForm,2,12h,2FS+1d,\nShip,1,0,3,\n";
        let head = projects::create_from_file(&editor(&org.owner), file("plan.csv", text), Some("Die 7".into())).await.expect("a project");
        let first = plan(&org.owner, head.id).await;
        assert_eq!(first.tasks[1].assignees, [org.owner.access().expect("signed in").user_id]);
        for format in [ExportFormat::Xml, ExportFormat::Csv, ExportFormat::Xlsx] {
            let away = projects::export_plan(&org.owner.permit().expect("may look"), head.id, format).await.expect("a file");
            let again = ImportFile { name: away.name.clone(), bytes: away.bytes, mapping: None };
            let preview = projects::preview_file(&editor(&org.owner), again.clone()).await.expect("a preview");
            assert_eq!((preview.problems.len(), preview.rows.len(), preview.links), (0, 4, 2), "{format:?} {preview:?}");
            let back = projects::create_from_file(&editor(&org.owner), again, None).await.expect("a project");
            assert_eq!(told(&plan(&org.owner, back.id).await), told(&first), "{format:?}");
        }
    }

    async fn an_import_is_one_step_and_stands_below_what_is_there(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        projects::operate(&editor(&org.owner), id, None, vec![add(task_id(), "Cut", 480)]).await.expect("a row");
        projects::import_into(&editor(&org.owner), id, file("more.csv", "name,duration,after\nForm,1d,\nShip,0,1\n")).await.expect("rows");
        let after = plan(&org.owner, id).await;
        assert_eq!(after.tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>(), ["Cut", "Form", "Ship"]);
        assert_eq!(after.head.revision, 2);
        projects::undo(&editor(&org.owner), id, None).await.expect("taken back");
        assert_eq!(plan(&org.owner, id).await.tasks.len(), 1);
    }

    async fn columns_that_nobody_can_guess_are_chosen_by_hand(house: &House) {
        let org = house.organization("Acme").await;
        let strange = file("plan.csv", "Werkstück;Wann\nSchneiden;05.01.2026\nFormen;06.01.2026\n");
        let preview = projects::preview_file(&editor(&org.owner), strange.clone()).await.expect("a preview");
        assert_eq!((preview.rows.len(), preview.problems.len()), (0, 1));
        let table = preview.table.expect("its columns");
        assert_eq!((table.rows[0].clone(), table.mapping.columns.clone()), (vec!["Werkstück".to_owned(), "Wann".into()], vec![None, None]));
        let mapping = ColumnMapping { columns: vec![Some(Column::Name), Some(Column::Start)], ..table.mapping };
        let chosen = ImportFile { mapping: Some(mapping), ..strange.clone() };
        let preview = projects::preview_file(&editor(&org.owner), chosen.clone()).await.expect("a preview");
        assert_eq!(preview.rows.iter().map(|row| row.start.date().to_string()).collect::<Vec<_>>(), ["2026-01-05", "2026-01-06"]);
        let fault = projects::create_from_file(&editor(&org.owner), strange, None).await.expect_err("no names");
        assert_eq!(fault.fields[0].field, "file");
        let head = projects::create_from_file(&editor(&org.owner), chosen, Some("Umformen".into())).await.expect("a project");
        assert_eq!(plan(&org.owner, head.id).await.tasks.len(), 2);
    }

    async fn a_file_that_is_refused_leaves_nothing_behind(house: &House) {
        let org = house.organization("Acme").await;
        for (name, text) in [("plan.csv", "name\n"), ("plan.xml", "<Project>"), ("plan.xlsx", "no workbook"), ("plan.doc", "?")] {
            let fault = projects::create_from_file(&editor(&org.owner), file(name, text), None).await.expect_err(name);
            assert_eq!(fault.fields[0].field, "file", "{fault}");
        }
        let list = projects::list(&org.owner.permit().expect("may look"), &PageRequest::default()).await.expect("a list");
        assert_eq!(list.total, 0);
    }
}
