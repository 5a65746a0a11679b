//! Plans as they were, copies, templates, calendars and pictures.

use chrono::TimeDelta;
use domain::{
    CalendarId, FaultKind, LinkId, Minute, ProjectId, TaskId, UserId,
    projects::{
        copy::CopyProject,
        exchange::{
            export::ExportFormat,
            paper::{Fit, Paper, PictureOptions},
        },
        operation::{Operation, TaskDraft, TaskPatch},
        permission::{EditProjects, ViewProjects},
        plan::{LagUnit, LinkKind},
        template::{FromTemplate, NewTemplate},
        view::NewProject,
    },
};
use usecase::{
    Caller, Grant, admin,
    projects::{self, ExportAsked, PictureAsked},
};
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

fn day(text: &str) -> Minute {
    text.parse().expect("a date")
}

async fn project(caller: &Caller) -> ProjectId {
    let new = NewProject { name: "Die 7".into(), start: day("2026-01-05T08:00"), ..NewProject::default() };
    projects::create(&editor(caller), new).await.expect("a project").id
}

fn add(id: TaskId, name: &str, assignees: Vec<UserId>) -> Operation {
    let task = Box::new(TaskDraft { name: name.into(), assignees, ..TaskDraft::default() });
    Operation::AddTask { id, parent_id: None, after: None, task }
}

fn task_id() -> TaskId {
    TaskId(Uuid::now_v7())
}

fn link(predecessor_id: TaskId, successor_id: TaskId) -> Operation {
    let (kind, lag_unit) = (LinkKind::FinishToStart, LagUnit::Working);
    Operation::AddLink { id: LinkId(Uuid::now_v7()), predecessor_id, successor_id, kind, lag_minutes: 0, lag_unit }
}

async fn operate(caller: &Caller, id: ProjectId, operations: Vec<Operation>) {
    projects::operate(&editor(caller), id, None, operations).await.expect("a step");
}

async fn state(caller: &Caller, id: ProjectId, at: Option<&str>) -> String {
    let plan = projects::load_plan_at(&viewer(caller), id, at).await.expect("a plan");
    serde_json::to_string(&plan.document).expect("JSON")
}

/// The secret in the address of a calendar link.
fn secret(path: &str) -> &str {
    path.trim_start_matches("/calendar/").trim_end_matches(".ics")
}

on_both! {
    async fn every_revision_and_instant_is_found_again_to_the_byte(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let me = org.access().user_id;
        let (cut, form) = (task_id(), task_id());
        let mut states = vec![state(&org.owner, id, None).await];
        let rename = |name: &str| Operation::EditTask { id: cut, version: None, patch: Box::new(TaskPatch { name: Some(name.into()), ..TaskPatch::default() }) };
        let steps = vec![
            vec![add(cut, "Cut", vec![me]), add(form, "Form", vec![])],
            vec![link(cut, form)],
            vec![rename("Blank"), Operation::PlaceTasks { ids: vec![form], parent_id: Some(cut), after: None }],
            vec![Operation::RemoveTasks { ids: vec![form] }],
        ];
        for step in steps {
            house.clock.advance(TimeDelta::minutes(1));
            // A link between a row and the one below it is refused; that is no step.
            let _ = projects::operate(&editor(&org.owner), id, None, step).await;
            let now = state(&org.owner, id, None).await;
            if states.last() != Some(&now) {
                states.push(now);
            }
        }
        projects::undo(&editor(&org.owner), id, None).await.expect("taken back");
        states.push(state(&org.owner, id, None).await);
        assert!(states.len() >= 5);
        for (revision, then) in states.iter().enumerate() {
            assert_eq!(&state(&org.owner, id, Some(&revision.to_string())).await, then, "revision {revision}");
            assert_eq!(&state(&org.owner, id, Some(&revision.to_string())).await, then, "and again, from memory");
        }
        let began = usecase::Clock::now(&*house.clock) - TimeDelta::minutes(4);
        let at = |minutes: i64| (began + TimeDelta::minutes(minutes)).to_rfc3339();
        assert_eq!(state(&org.owner, id, Some(&at(0))).await, states[0]);
        assert_eq!(state(&org.owner, id, Some(&at(1).replace('+', " "))).await, states[1]);
        for (wrong, says) in [(at(-5), "began"), (at(99), "yet"), ("99".into(), "0 to"), ("soon".into(), "revision such as")] {
            let fault = projects::load_plan_at(&viewer(&org.owner), id, Some(&wrong)).await.expect_err("never was");
            assert_eq!(fault.kind, FaultKind::InvalidInput);
            assert!(fault.fields[0].field == "at" && fault.fields[0].message.contains(says), "{fault:?}");
        }
        let other = house.organization("Borg").await;
        let fault = projects::load_plan_at(&viewer(&other.owner), id, Some("1")).await.expect_err("not theirs");
        assert_eq!(fault.kind, FaultKind::NotFound);
    }

    async fn a_past_state_comes_back_as_one_step_that_can_be_undone(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let (cut, form) = (task_id(), task_id());
        operate(&org.owner, id, vec![add(cut, "Cut", vec![]), add(form, "Form", vec![]), link(cut, form)]).await;
        operate(&org.owner, id, vec![Operation::RemoveTasks { ids: vec![cut] }]).await;
        operate(&org.owner, id, vec![Operation::SetCalendar { calendar: domain::projects::document::CalendarRecord {
            id: CalendarId(Uuid::now_v7()), name: "Night".into(), calendar: domain::projects::calendar::Calendar::around_the_clock(), version: 1,
        } }]).await;
        let applied = projects::restore(&editor(&org.owner), id, "1").await.expect("restored");
        assert_eq!(applied.revision, 4);
        let plan = projects::load_plan_at(&viewer(&org.owner), id, None).await.expect("a plan");
        assert_eq!((plan.document.tasks.len(), plan.document.links.len(), plan.document.calendars.len()), (2, 1, 1));
        let past = projects::load_plan_at(&viewer(&org.owner), id, Some("1")).await.expect("a plan");
        assert!(plan.document.way_to(&past.document).is_empty());
        projects::undo(&editor(&org.owner), id, None).await.expect("taken back");
        let plan = projects::load_plan_at(&viewer(&org.owner), id, None).await.expect("a plan");
        assert_eq!((plan.document.tasks.len(), plan.document.links.len(), plan.document.calendars.len()), (1, 0, 2));
        let told = projects::past_state(&viewer(&org.owner), id, "4").await.expect("a step");
        assert_eq!(told.summary, "Restored the plan as it was at revision 1");
    }

    async fn a_copy_stands_on_its_own_feet(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let me = org.access().user_id;
        let (cut, form) = (task_id(), task_id());
        operate(&org.owner, id, vec![add(cut, "Cut", vec![me]), add(form, "Form", vec![]), link(cut, form)]).await;
        let new = CopyProject { name: "Die 8".into(), start: Some(day("2026-02-02T08:00")), ..CopyProject::default() };
        let head = projects::copy(&editor(&org.owner), id, new.clone()).await.expect("a copy");
        assert_eq!((head.code.as_str(), head.revision), ("P-0002", 0));
        // Everything is in the database, not only in memory.
        let services = house.restarted().await;
        let fresh = usecase::identity::caller_of_session(&services, me, None, origin()).await.expect("a caller");
        let copy = projects::load_plan_at(&viewer(&fresh), head.id, None).await.expect("a plan");
        assert_eq!(copy.document.tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>(), ["Cut", "Form"]);
        assert_eq!(copy.document.tasks[0].assignees, [me]);
        assert_eq!(copy.schedule.finish, day("2026-02-03T17:00"));
        operate(&org.owner, head.id, vec![Operation::RemoveTasks { ids: vec![copy.document.tasks[0].id] }]).await;
        assert_eq!(projects::load_plan_at(&viewer(&org.owner), id, None).await.expect("a plan").document.tasks.len(), 2);
        let taken = CopyProject { code: Some("P-0001".into()), ..new.clone() };
        let fault = projects::copy(&editor(&org.owner), id, taken).await.expect_err("taken");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "code"));
        let other = house.organization("Borg").await;
        assert_eq!(projects::copy(&editor(&other.owner), id, new).await.expect_err("not theirs").kind, FaultKind::NotFound);
    }

    async fn templates_keep_links_and_belong_to_the_organisation(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let me = org.access().user_id;
        let (cut, form) = (task_id(), task_id());
        operate(&org.owner, id, vec![add(cut, "Cut", vec![me]), add(form, "Form", vec![]), link(cut, form)]).await;
        let named = NewTemplate { name: " Small die ".into(), category: "Tooling".into(), ..NewTemplate::default() };
        let kept = projects::save_template(&editor(&org.owner), id, named.clone()).await.expect("a template");
        assert_eq!((kept.name.as_str(), kept.tasks, kept.links, kept.days), ("Small die", 2, 1, 2));
        let fault = projects::save_template(&editor(&org.owner), id, named).await.expect_err("twice");
        assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Conflict, "name"));
        let all = projects::templates(&editor(&org.owner)).await.expect("templates");
        assert_eq!(all.iter().filter(|one| one.built_in).count(), 4);
        assert_eq!(all[0], kept);
        for template in all {
            let new = FromTemplate {
                template: template.id.clone(), name: format!("After {}", template.name), code: None,
                start: day("2026-06-01T08:00"), target_end: Some(day("2027-12-31")),
            };
            let head = projects::create_from_template(&editor(&org.owner), new).await.expect("a project");
            let plan = projects::load_plan_at(&viewer(&org.owner), head.id, None).await.expect("a plan");
            assert_eq!(plan.document.links.len() as u64, template.links, "{}", template.name);
            assert_eq!(plan.schedule.start, day("2026-06-01T08:00"));
            assert_eq!(plan.document.head.target_end, Some(day("2027-12-31")));
            assert!(plan.document.tasks.iter().all(|task| task.assignees.is_empty()));
        }
        let other = house.organization("Borg").await;
        assert!(projects::templates(&editor(&other.owner)).await.expect("templates").iter().all(|one| one.built_in));
        let own = kept.id.parse().expect("an id");
        assert_eq!(projects::delete_template(&editor(&other.owner), own).await.expect_err("not theirs").kind, FaultKind::NotFound);
        let new = FromTemplate { template: kept.id.clone(), name: "Theirs".into(), start: day("2026-06-01"), ..FromTemplate::default() };
        let fault = projects::create_from_template(&editor(&other.owner), new).await.expect_err("not theirs");
        assert_eq!(fault.fields[0].field, "template");
        projects::delete_template(&editor(&org.owner), own).await.expect("deleted");
        assert_eq!(projects::templates(&editor(&org.owner)).await.expect("templates").len(), 4);
    }

    async fn a_calendar_link_shows_what_its_owner_may_see_now(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        let paul = org.person("employee").await;
        let his = paul.access().expect("signed in").user_id;
        operate(&org.owner, id, vec![add(task_id(), "Cut", vec![his]), add(task_id(), "Form", vec![])]).await;
        let read = async |path: &str| projects::read_feed(&house.services, secret(path), origin()).await;
        let whole = projects::make_feed(&viewer(&paul), Some(id)).await.expect("a link");
        let own = projects::make_feed(&viewer(&paul), None).await.expect("a link");
        assert_eq!(secret(&whole.path).len(), 43, "32 bytes");
        assert_eq!(read(&whole.path).await.expect("a calendar").matches("BEGIN:VEVENT").count(), 2);
        let mine = read(&own.path).await.expect("a calendar");
        assert!(mine.contains("SUMMARY:Cut\r\n") && !mine.contains("SUMMARY:Form"), "{mine}");
        assert_eq!(read(&whole.path).await, read(&whole.path).await, "the same plan gives the same bytes");

        let unknown = || FaultKind::NotFound;
        assert_eq!(read("/calendar/nobody.ics").await.expect_err("unknown").kind, unknown());
        let again = projects::make_feed(&viewer(&paul), Some(id)).await.expect("a new link");
        assert_eq!(read(&whole.path).await.expect_err("replaced").kind, unknown());
        read(&again.path).await.expect("the new one");
        projects::revoke_feed(&viewer(&paul), Some(id)).await.expect("revoked");
        assert_eq!(read(&again.path).await.expect_err("revoked").kind, unknown());
        assert_eq!(projects::feed_state(&viewer(&paul), Some(id)).await.expect("a state").feed, None);
        assert!(projects::feed_state(&viewer(&paul), None).await.expect("a state").feed.is_some());

        admin::change_role(&org.owner.permit().expect("an owner may"), his, "supplier").await.expect("another role");
        assert_eq!(read(&own.path).await.expect_err("may not look any more").kind, unknown());
        let page = admin::audit_log(&org.owner.permit().expect("an owner may"), &domain::PageRequest::default()).await.expect("the log");
        let log = serde_json::to_string(&page).expect("JSON");
        for verb in ["calendar_link.made", "calendar_link.replaced", "calendar_link.revoked"] {
            assert!(log.contains(verb), "{verb}");
        }
        assert!(!log.contains(secret(&own.path)));
    }

    async fn the_chart_is_a_file_in_every_kind(house: &House) {
        let org = house.organization("Acme").await;
        let id = project(&org.owner).await;
        operate(&org.owner, id, vec![add(task_id(), "Pressen 冲压 ضغط Größe", vec![]), add(task_id(), "Form", vec![])]).await;
        let file = async |format, at: Option<&str>, picture: PictureAsked| {
            let asked = ExportAsked { format, at: at.map(str::to_owned), picture };
            projects::export_plan(&viewer(&org.owner), id, asked).await
        };
        let a1 = PictureOptions { paper: Some(Paper::A1), fit: Fit::Page, ..PictureOptions::default() };
        let pdf = file(ExportFormat::Pdf, None, PictureAsked { options: a1, ..PictureAsked::default() }).await.expect("a PDF");
        assert!(pdf.bytes.starts_with(b"%PDF-") && pdf.media_type == "application/pdf" && pdf.name == "P-0001.pdf");
        let png = file(ExportFormat::Png, None, PictureAsked { width: Some(800), ..PictureAsked::default() }).await.expect("pixels");
        assert!(png.bytes.starts_with(b"\x89PNG") && png.bytes[16..20] == 800_u32.to_be_bytes());
        let past = file(ExportFormat::Svg, Some("0"), PictureAsked::default()).await.expect("a drawing");
        let past = String::from_utf8_lossy(&past.bytes).into_owned();
        assert!(past.contains("As of revision 0") && !past.contains("Form"));
        for (picture, field) in [
            (PictureAsked { width: Some(99_999), ..PictureAsked::default() }, "width"),
            (PictureAsked { page: Some(7), ..PictureAsked::default() }, "page"),
        ] {
            let fault = file(ExportFormat::Png, None, picture).await.expect_err("refused");
            assert_eq!(fault.fields[0].field, field);
        }
    }
}
