//! Looks that are kept, one's own tasks over all plans, and all projects side by side.

use domain::{
    FaultKind, Minute, PageRequest, ProjectId, TaskId, UserId,
    projects::{
        document::{ProjectStatus, TaskStatus},
        look::{NewSavedView, PlanLook, PlanView, SavedViewPatch, Who},
        operation::{Operation, ProjectPatch, TaskDraft},
        overview::Due,
        permission::{EditProjects, ViewProjects},
        plan::{ConstraintKind, TaskKind},
        view::NewProject,
    },
};
use usecase::{Caller, Grant, projects};
use uuid::Uuid;

use crate::{house::House, on_both};

fn viewer(caller: &Caller) -> Grant<ViewProjects> {
    caller.permit().expect("may look")
}

fn editor(caller: &Caller) -> Grant<EditProjects> {
    caller.permit().expect("may edit")
}

fn at(text: &str) -> Minute {
    text.parse().expect("a date")
}

async fn project(caller: &Caller, name: &str, target: &str) -> ProjectId {
    let target_end = Some(at(target));
    let new = NewProject { name: name.into(), start: at("2026-11-02T08:00"), target_end, ..NewProject::default() };
    projects::create(&editor(caller), new).await.expect("a project").id
}

/// A task of somebody that starts on a day and takes it whole.
fn task(name: &str, day: &str, progress: u8, person: Option<UserId>) -> Operation {
    let draft = TaskDraft {
        name: name.into(),
        progress,
        constraint: ConstraintKind::StartNoEarlierThan,
        constraint_at: Some(at(day)),
        assignees: person.into_iter().collect(),
        ..TaskDraft::default()
    };
    Operation::AddTask { id: TaskId(Uuid::now_v7()), parent_id: None, after: None, task: Box::new(draft) }
}

fn page(status: &str, search: &str) -> PageRequest {
    PageRequest { status: Some(status.into()), search: Some(search.into()), ..PageRequest::default() }
}

fn late_board() -> NewSavedView {
    let look = PlanLook { view: PlanView::Board, overdue: true, people: vec![Who::Me], ..PlanLook::default() };
    NewSavedView { name: " Late ".into(), look, shared: false }
}

on_both! {
    async fn a_look_is_kept_for_oneself_until_it_is_shared(house: &House) {
        let org = house.organization("Acme").await;
        let employee = org.person("employee").await;
        let id = project(&org.owner, "Die 7", "2026-12-01").await;
        let names = async |caller: &Caller| {
            let views = projects::saved_views(&viewer(caller), id, &PageRequest::default()).await.expect("views");
            views.items.into_iter().map(|view| (view.name, view.mine, view.shared)).collect::<Vec<_>>()
        };
        let kept = projects::save_view(&viewer(&org.owner), None, id, late_board()).await.expect("kept");
        assert_eq!((kept.name.as_str(), kept.mine, &kept.look), ("Late", true, &late_board().look));
        assert_eq!(names(&employee).await, []);
        assert_eq!(projects::remove_view(&viewer(&employee), id, kept.id).await.expect_err("not theirs").kind, FaultKind::NotFound);
        projects::share_view(&editor(&org.owner), id, kept.id, true).await.expect("shared");
        assert_eq!(names(&employee).await, [("Late".to_owned(), false, true)]);
        let fault = projects::remove_view(&viewer(&employee), id, kept.id).await.expect_err("the owner's");
        assert_eq!(fault.kind, FaultKind::NotPermitted);
        assert!(fault.to_string().contains("Olga of Acme"), "{fault}");
        assert_eq!(employee.permit::<EditProjects>().expect_err("shares nothing").kind, FaultKind::NotPermitted);
        // Somebody else who edits plans takes it back; then it is the owner's alone again.
        let manager = org.person("manager").await;
        projects::share_view(&editor(&manager), id, kept.id, false).await.expect("taken back");
        assert_eq!((names(&manager).await, names(&org.owner).await), (vec![], vec![("Late".to_owned(), true, false)]));
        projects::remove_view(&viewer(&org.owner), id, kept.id).await.expect("forgotten");
        // Who may edit shares at once; without that permission a wish to share is none.
        let wanted = NewSavedView { shared: true, ..late_board() };
        let own = projects::save_view(&viewer(&employee), None, id, wanted.clone()).await.expect("kept");
        let at_once = projects::save_view(&viewer(&org.owner), Some(&editor(&org.owner)), id, wanted).await.expect("shared");
        assert_eq!((own.shared, at_once.shared), (false, true));
        projects::remove_view(&viewer(&org.owner), id, at_once.id).await.expect("forgotten");
        assert_eq!(names(&org.owner).await, []);
    }

    async fn a_name_is_given_once_and_a_look_can_be_replaced(house: &House) {
        let org = house.organization("Acme").await;
        let client = org.person("client").await;
        let id = project(&org.owner, "Die 7", "2026-12-01").await;
        let kept = projects::save_view(&viewer(&client), None, id, late_board()).await.expect("who looks may keep");
        let again = projects::save_view(&viewer(&client), None, id, late_board()).await.expect_err("taken");
        assert_eq!((again.kind, again.fields[0].field.as_str()), (FaultKind::Conflict, "name"));
        projects::save_view(&viewer(&org.owner), None, id, late_board()).await.expect("another person's name");
        let look = PlanLook { view: PlanView::Table, sort: "-finish".into(), ..PlanLook::default() };
        let patch = SavedViewPatch { name: Some("By end".into()), look: Some(look.clone()) };
        let changed = projects::change_view(&viewer(&client), id, kept.id, patch).await.expect("changed");
        assert_eq!((changed.name.as_str(), changed.look, changed.id), ("By end", look, kept.id));
        let empty = SavedViewPatch { name: Some(" ".into()), look: None };
        assert_eq!(projects::change_view(&viewer(&client), id, kept.id, empty).await.expect_err("no name").fields[0].field, "name");
        let long = NewSavedView { name: "Long".into(), look: PlanLook { text: "x".repeat(500), ..PlanLook::default() }, shared: false };
        assert_eq!(projects::save_view(&viewer(&client), None, id, long).await.expect_err("too long").fields[0].field, "look");
    }

    async fn views_of_another_organisation_are_not_there(house: &House) {
        let acme = house.organization("Acme").await;
        let borg = house.organization("Borg").await;
        let id = project(&acme.owner, "Die 7", "2026-12-01").await;
        let own = project(&borg.owner, "Cube", "2026-12-01").await;
        let kept = projects::save_view(&viewer(&acme.owner), None, id, late_board()).await.expect("kept");
        projects::share_view(&editor(&acme.owner), id, kept.id, true).await.expect("shared");
        let look = viewer(&borg.owner);
        let missing = [
            projects::saved_views(&look, id, &PageRequest::default()).await.err(),
            projects::save_view(&look, None, id, late_board()).await.err(),
            projects::change_view(&look, own, kept.id, SavedViewPatch::default()).await.err(),
            projects::share_view(&editor(&borg.owner), own, kept.id, true).await.err(),
            projects::remove_view(&look, own, kept.id).await.err(),
        ];
        assert_eq!(missing.map(|fault| fault.map(|fault| fault.kind)), [Some(FaultKind::NotFound); 5]);
    }

    async fn my_tasks_are_those_of_running_projects_by_their_end(house: &House) {
        let org = house.organization("Acme").await;
        let employee = org.person("employee").await;
        let me = employee.access().expect("signed in").user_id;
        let (die, line) = (project(&org.owner, "Die 7", "2026-12-01").await, project(&org.owner, "Line 4", "2026-12-01").await);
        let over = project(&org.owner, "Cancelled", "2026-12-01").await;
        // This house's morning is Saturday, 21 November 2026, 08:00.
        let of_die = vec![
            task("Later", "2026-11-24T08:00", 0, Some(me)),
            task("Late", "2026-11-19T08:00", 40, Some(me)),
            task("Somebody's", "2026-11-19T08:00", 40, None),
            task("Done", "2026-11-18T08:00", 100, Some(me)),
            task("Done long ago", "2026-11-02T08:00", 100, Some(me)),
        ];
        projects::operate(&editor(&org.owner), die, None, of_die).await.expect("rows");
        projects::operate(&editor(&org.owner), line, None, vec![task("Monday", "2026-11-23T08:00", 0, Some(me))]).await.expect("rows");
        projects::operate(&editor(&org.owner), over, None, vec![task("Never", "2026-11-19T08:00", 0, Some(me))]).await.expect("rows");
        let patch = Box::new(ProjectPatch { status: Some(ProjectStatus::Cancelled), ..ProjectPatch::default() });
        projects::operate(&editor(&org.owner), over, None, vec![Operation::EditProject { version: None, patch }]).await.expect("cancelled");
        let mine = async |page: &PageRequest| {
            let tasks = projects::my_tasks(&viewer(&employee), page).await.expect("tasks");
            tasks.items.into_iter().map(|task| (task.name, task.project_name, task.due)).collect::<Vec<_>>()
        };
        let told = |name: &str, project: &str, due| (name.to_owned(), project.to_owned(), due);
        let open = [told("Late", "Die 7", Due::Overdue), told("Monday", "Line 4", Due::Later), told("Later", "Die 7", Due::Later)];
        assert_eq!(mine(&PageRequest::default()).await, open);
        assert_eq!(mine(&page("done", "")).await, [told("Done", "Die 7", Due::Done)]);
        assert_eq!(mine(&page("not_started", "Mon")).await, open[1..2]);
        assert_eq!(mine(&page("at_risk", "")).await, []);
        assert_eq!(projects::my_tasks(&viewer(&employee), &page("lost", "")).await.expect_err("no status").fields[0].field, "status");
        assert_eq!(projects::my_tasks(&viewer(&org.owner), &PageRequest::default()).await.expect("none").total, 0);
        let first = PageRequest { limit: Some(2), ..PageRequest::default() };
        let first = projects::my_tasks(&viewer(&employee), &first).await.expect("a page");
        assert_eq!((first.items.len(), first.total, first.next_cursor.as_deref()), (2, 3, Some("2")));
    }

    async fn what_is_reported_changes_my_list(house: &House) {
        let org = house.organization("Acme").await;
        let employee = org.person("employee").await;
        let me = employee.access().expect("signed in").user_id;
        let id = project(&org.owner, "Die 7", "2026-12-01").await;
        projects::operate(&editor(&org.owner), id, None, vec![task("Cut", "2026-11-19T08:00", 40, Some(me))]).await.expect("a row");
        let open = projects::my_tasks(&viewer(&employee), &PageRequest::default()).await.expect("tasks");
        let report = employee.permit().expect("may report");
        projects::report_progress(&report, id, open.items[0].id, Some(100), Some(TaskStatus::Accepted)).await.expect("told");
        assert_eq!(projects::my_tasks(&viewer(&employee), &PageRequest::default()).await.expect("tasks").total, 0);
        let done = projects::my_tasks(&viewer(&employee), &page("done", "")).await.expect("tasks");
        assert_eq!((done.items[0].status, done.items[0].progress), (TaskStatus::Accepted, 100));
    }

    async fn the_portfolio_sums_up_what_is_asked_for_on_whatever_page(house: &House) {
        let org = house.organization("Acme").await;
        let (late, calm) = (project(&org.owner, "Late die", "2026-11-05").await, project(&org.owner, "Calm die", "2026-12-31").await);
        let milestone = TaskDraft { name: "Acceptance".into(), kind: TaskKind::Milestone, duration: 0, ..TaskDraft::default() };
        let milestone = Operation::AddTask { id: TaskId(Uuid::now_v7()), parent_id: None, after: None, task: Box::new(milestone) };
        projects::operate(&editor(&org.owner), late, None, vec![task("Cut", "2026-11-19T08:00", 0, None), milestone]).await.expect("rows");
        projects::operate(&editor(&org.owner), calm, None, vec![task("Form", "2026-11-25T08:00", 0, None)]).await.expect("rows");
        let asked = PageRequest { limit: Some(1), sort: Some("-name".into()), ..PageRequest::default() };
        let portfolio = projects::portfolio(&viewer(&org.owner), &asked).await.expect("projects");
        assert_eq!((portfolio.projects.len(), portfolio.total, portfolio.next_cursor.as_deref()), (1, 2, Some("1")));
        assert_eq!((portfolio.projects[0].project.name.as_str(), portfolio.projects[0].milestones[0].name.as_str()), ("Late die", "Acceptance"));
        let totals = portfolio.totals;
        assert_eq!((totals.projects, totals.late, totals.overdue_tasks, totals.critical_tasks > 0), (2, 1, 2, true));
        let calm = projects::portfolio(&viewer(&org.owner), &PageRequest { search: Some("Calm".into()), ..PageRequest::default() }).await.expect("one");
        assert_eq!((calm.totals.projects, calm.totals.late, calm.totals.overdue_tasks), (1, 0, 0));
        let borg = house.organization("Borg").await;
        assert_eq!(projects::portfolio(&viewer(&borg.owner), &PageRequest::default()).await.expect("none").totals.projects, 0);
    }
}
