//! Who and what does the work, levelling by it, what was agreed once, and who hears of a task.

use domain::{
    FaultKind, PageRequest, ProjectId, ResourceId, TaskId, UserId,
    projects::{
        calendar::Calendar,
        operation::{Operation, TaskDraft, TaskMove, TaskPatch},
        permission::{EditProjects, ManageResources, ReportProgress, ViewProjects},
        plan::Split,
        resource::{Assignment, ResourceKind, ResourceRecord},
        view::{LevelRequest, NewProject},
    },
};
use usecase::{Caller, Grant, identity, projects};
use uuid::Uuid;

use crate::{
    house::{House, origin},
    on_both,
};

fn editor(caller: &Caller) -> Grant<EditProjects> {
    caller.permit().expect("an owner edits")
}

fn viewer(caller: &Caller) -> Grant<ViewProjects> {
    caller.permit().expect("an owner looks")
}

fn manager(caller: &Caller) -> Grant<ManageResources> {
    caller.permit().expect("an owner manages")
}

async fn project(caller: &Caller, name: &str) -> ProjectId {
    let new =
        NewProject { name: name.into(), start: "2026-01-05T08:00".parse().expect("a date"), ..NewProject::default() };
    projects::create(&editor(caller), new).await.expect("a project").id
}

/// Two tasks of a day; both need `resource` whole.
async fn two_tasks(caller: &Caller, project: ProjectId, resource: ResourceId) -> [TaskId; 2] {
    let ids = [(); 2].map(|()| TaskId(Uuid::now_v7()));
    let operations = ids.map(|id| {
        let assignments = vec![Assignment { resource_id: resource, units: 100 }];
        let task = Box::new(TaskDraft { name: "Press".into(), assignments, ..TaskDraft::default() });
        Operation::AddTask { id, parent_id: None, after: None, task }
    });
    projects::operate(&editor(caller), project, None, operations.to_vec()).await.expect("two tasks");
    ids
}

async fn press(caller: &Caller) -> ResourceId {
    let record = ResourceRecord::whole(ResourceId(Uuid::now_v7()), ResourceKind::Machine, "Press 400 t".into());
    projects::save_resource(&manager(caller), record).await.expect("a press").id
}

async fn starts(caller: &Caller, id: ProjectId) -> Vec<String> {
    let plan = projects::load_plan(&viewer(caller), id).await.expect("a plan");
    let mut starts: Vec<String> = plan.schedule.tasks.iter().map(|slot| slot.start.date().to_string()).collect();
    starts.sort();
    starts
}

on_both! {
    async fn people_are_resources_and_machines_are_added(house: &House) {
        let org = house.organization("Acme").await;
        let press = press(&org.owner).await;
        let all = projects::resources(&viewer(&org.owner), &PageRequest::default()).await.expect("a list").items;
        assert_eq!(all.iter().map(|record| record.kind).collect::<Vec<_>>(), [ResourceKind::Person, ResourceKind::Machine]);
        // The person works half the week.
        let person = ResourceRecord { capacity: 50, calendar: Some(Calendar::standard()), ..all[0].clone() };
        let saved = projects::save_resource(&manager(&org.owner), person.clone()).await.expect("said of a person");
        assert_eq!((saved.version, saved.name.clone()), (1, all[0].name.clone()));
        let stale = projects::save_resource(&manager(&org.owner), person).await.expect_err("an old version");
        assert_eq!(stale.kind, FaultKind::StaleVersion);
        let twin = ResourceRecord { id: ResourceId(Uuid::now_v7()), ..all[1].clone() };
        let twin = projects::save_resource(&manager(&org.owner), ResourceRecord { version: 0, ..twin }).await;
        assert_eq!(twin.expect_err("the same name").fields[0].field, "name");
        projects::remove_resource(&manager(&org.owner), press, Some(1)).await.expect("removed");
        let other = house.organization("Borg").await;
        assert!(projects::remove_resource(&manager(&other.owner), press, None).await.is_err());
    }

    async fn what_tasks_need_stays_and_strangers_cannot_be_needed(house: &House) {
        let org = house.organization("Acme").await;
        let (id, press) = (project(&org.owner, "Die").await, press(&org.owner).await);
        let [task, _] = two_tasks(&org.owner, id, press).await;
        let fault = projects::remove_resource(&manager(&org.owner), press, None).await.expect_err("needed");
        assert_eq!((fault.kind, fault.detail.contains("2 tasks")), (FaultKind::Conflict, true));
        let stranger = vec![Assignment { resource_id: ResourceId(Uuid::now_v7()), units: 100 }];
        let patch = TaskPatch { assignments: Some(stranger), ..TaskPatch::default() };
        let edit = Operation::EditTask { id: task, version: None, patch: Box::new(patch) };
        let fault = projects::operate(&editor(&org.owner), id, None, vec![edit]).await.expect_err("nobody knows it");
        assert_eq!(fault.fields[0].field, "assignments");
    }

    async fn pauses_locks_and_needs_come_back_from_the_database(house: &House) {
        let org = house.organization("Acme").await;
        let (id, press) = (project(&org.owner, "Die").await, press(&org.owner).await);
        let [task, _] = two_tasks(&org.owner, id, press).await;
        let patch = TaskPatch {
            splits: Some(vec![Split { after_minutes: 120, pause_minutes: 480 }]),
            locked: Some(true),
            ..TaskPatch::default()
        };
        let edit = Operation::EditTask { id: task, version: None, patch: Box::new(patch) };
        projects::operate(&editor(&org.owner), id, None, vec![edit]).await.expect("edited");
        let kept = projects::load_plan(&viewer(&org.owner), id).await.expect("a plan");
        let again = house.restarted().await;
        let user = org.owner.access().expect("signed in").user_id;
        let owner = identity::caller_of_session(&again, user, None, origin()).await.expect("a caller");
        let read = projects::load_plan(&viewer(&owner), id).await.expect("the plan, from the database");
        assert_eq!(read.document, kept.document);
        assert_eq!(read.document.task(task).expect("the task").splits.len(), 1);
    }

    async fn levelling_is_one_step_and_counts_what_other_projects_booked(house: &House) {
        let org = house.organization("Acme").await;
        let press = press(&org.owner).await;
        let first = project(&org.owner, "First").await;
        two_tasks(&org.owner, first, press).await;
        let how = LevelRequest { time_limit_ms: Some(50), rounds: Some(20), seed: Some(1) };
        let preview = projects::preview_levelling(&viewer(&org.owner), first, how).await.expect("a preview");
        assert_eq!((preview.report.overload_before, preview.report.overload_after), (480, 0));
        assert_eq!(starts(&org.owner, first).await, ["2026-01-05", "2026-01-05"], "nothing is stored yet");
        let done = projects::level(&editor(&org.owner), first, how).await.expect("levelled");
        assert_eq!(starts(&org.owner, first).await, ["2026-01-05", "2026-01-06"]);
        assert_eq!(done.applied.delta.tasks.len(), 1);
        // The press is taken on Monday and Tuesday now.
        let second = project(&org.owner, "Second").await;
        two_tasks(&org.owner, second, press).await;
        projects::level(&editor(&org.owner), second, how).await.expect("levelled");
        assert_eq!(starts(&org.owner, second).await, ["2026-01-07", "2026-01-08"]);
        projects::undo(&editor(&org.owner), second, None).await.expect("undone");
        assert_eq!(starts(&org.owner, second).await, ["2026-01-05", "2026-01-05"]);
        let wrong = LevelRequest { time_limit_ms: Some(0), ..how };
        let fault = projects::level(&editor(&org.owner), second, wrong).await.expect_err("no time");
        assert_eq!(fault.fields[0].field, "time_limit_ms");
    }

    async fn baselines_keep_what_was_agreed(house: &House) {
        let org = house.organization("Acme").await;
        let (id, press) = (project(&org.owner, "Die").await, press(&org.owner).await);
        let [task, _] = two_tasks(&org.owner, id, press).await;
        let edit = editor(&org.owner);
        let taken = projects::take_baseline(&edit, id, " As ordered ").await.expect("a baseline");
        assert_eq!((taken.name.as_str(), taken.tasks), ("As ordered", 2));
        let fault = projects::take_baseline(&edit, id, "As ordered").await.expect_err("the name is taken");
        assert_eq!(fault.fields[0].field, "name");
        let moves = vec![TaskMove { id: task, start: "2026-02-02T08:00".parse().expect("a date") }];
        projects::operate(&edit, id, None, vec![Operation::MoveTasks { moves }]).await.expect("moved");
        let kept = projects::baseline(&viewer(&org.owner), id, taken.id).await.expect("the baseline");
        assert_eq!(kept.rows.iter().filter(|row| row.start.date().to_string() == "2026-01-05").count(), 2);
        let renamed = projects::rename_baseline(&edit, id, taken.id, Some(1), "Ordered").await.expect("renamed");
        assert_eq!(renamed.version, 2);
        projects::remove_baseline(&edit, id, taken.id, Some(2)).await.expect("removed");
        let list = async || projects::baselines(&viewer(&org.owner), id, &PageRequest::default()).await.expect("a list").total;
        assert_eq!(list().await, 0);
        projects::restore_baseline(&edit, id, taken.id).await.expect("restored");
        assert_eq!(list().await, 1);
        let other = house.organization("Borg").await;
        let fault = projects::baseline(&viewer(&other.owner), id, taken.id).await.expect_err("another organisation's");
        assert_eq!(fault.kind, FaultKind::NotFound);
    }

    async fn whoever_is_spoken_to_finds_what_was_said(house: &House) {
        let org = house.organization("Acme").await;
        let (id, press) = (project(&org.owner, "Die").await, press(&org.owner).await);
        let [task, other] = two_tasks(&org.owner, id, press).await;
        let me: UserId = org.owner.access().expect("signed in").user_id;
        let say: Grant<ReportProgress> = org.owner.permit().expect("may say");
        for (task, body, to) in [(task, "@Olga, look", vec![me]), (task, "To nobody", vec![]), (other, "@Olga, again", vec![me])] {
            house.clock.advance(chrono::TimeDelta::minutes(1));
            projects::add_comment(&say, id, task, body, &to).await.expect("said");
        }
        let found = async |limit| {
            let page = PageRequest { limit: Some(limit), ..PageRequest::default() };
            projects::mentions(&viewer(&org.owner), &page).await.expect("a list")
        };
        let all = found(50).await;
        let bodies: Vec<&str> = all.items.iter().map(|mention| mention.body.as_str()).collect();
        assert_eq!(bodies, ["@Olga, again", "@Olga, look"]);
        let first = &all.items[0];
        assert_eq!((first.task_id, first.task_name.as_str(), first.project_name.as_str()), (other, "Press", "Die"));
        assert_eq!((found(1).await.total, found(1).await.next_cursor.as_deref()), (2, Some("1")));
        let borg = house.organization("Borg").await;
        let theirs = projects::mentions(&viewer(&borg.owner), &PageRequest::default()).await.expect("a list");
        assert_eq!(theirs.total, 0);
        // Where the task has gone there is nothing to go to.
        projects::operate(&editor(&org.owner), id, None, vec![Operation::RemoveTasks { ids: vec![other] }]).await.expect("removed");
        assert_eq!(found(50).await.total, 1);
    }

    async fn whoever_is_spoken_to_watches_and_a_task_tells_its_own_story(house: &House) {
        let org = house.organization("Acme").await;
        let (id, press) = (project(&org.owner, "Die").await, press(&org.owner).await);
        let [task, other] = two_tasks(&org.owner, id, press).await;
        let me: UserId = org.owner.access().expect("signed in").user_id;
        let say: Grant<ReportProgress> = org.owner.permit().expect("may say");
        let comment = projects::add_comment(&say, id, task, "@Olga, look", &[me]).await.expect("said");
        assert_eq!(comment.mentions, [me]);
        let watching = async |task| projects::watchers(&viewer(&org.owner), id, task).await.expect("a list").len();
        assert_eq!((watching(task).await, watching(other).await), (1, 0));
        projects::watch(&viewer(&org.owner), id, task, false).await.expect("no longer");
        projects::watch(&viewer(&org.owner), id, other, true).await.expect("watched");
        projects::watch(&viewer(&org.owner), id, other, true).await.expect("twice is once");
        assert_eq!((watching(task).await, watching(other).await), (0, 1));
        let stranger = [UserId(Uuid::now_v7())];
        let fault = projects::add_comment(&say, id, task, "Hello", &stranger).await.expect_err("nobody of ours");
        assert_eq!(fault.fields[0].field, "mentions");
        let patch = TaskPatch { name: Some("Form".into()), ..TaskPatch::default() };
        let edit = Operation::EditTask { id: task, version: None, patch: Box::new(patch) };
        projects::operate(&editor(&org.owner), id, None, vec![edit]).await.expect("renamed");
        let steps = async |task| {
            let page = projects::task_activity(&viewer(&org.owner), id, task, &PageRequest::default()).await;
            page.expect("its steps").items.len()
        };
        assert_eq!((steps(task).await, steps(other).await), (2, 1));
    }
}
