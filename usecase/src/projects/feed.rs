//! Calendar links: made, taken away, and read by calendar programs that never sign in.

use domain::{
    Fault, FaultKind, Module, ProjectId,
    projects::{
        exchange::ical::{self, FeedPlan},
        feed::{Feed, FeedState, NewFeed},
        permission::ViewProjects,
    },
};
use entity::projects::{assignee, feed, project};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, QuerySelect, Set};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::{
    Grant, Origin, Services,
    db::OrgTx,
    identity::{caller_of_feed, digest, secret},
    trace::{self, Actor, Note},
};

/// Projects that one calendar of somebody's own tasks reaches into: those that changed last.
const MOST_PROJECTS: u64 = 200;

fn own(grant: &Grant<ViewProjects>, project: Option<ProjectId>) -> Condition {
    let of = match project {
        Some(project) => feed::Column::ProjectId.eq(project.0),
        None => feed::Column::ProjectId.is_null(),
    };
    Condition::all().add(feed::Column::UserId.eq(grant.user().0)).add(of)
}

/// The code of the project, where it is about one.
async fn known(tx: &OrgTx, project: Option<ProjectId>) -> Result<Option<String>, Fault> {
    match project {
        Some(project) => store::project_row(tx, project, false).await.map(|row| Some(row.code)),
        None => Ok(None),
    }
}

/// Whether the caller has a calendar link: to a project, or to all of their own tasks.
///
/// # Errors
/// `NotFound` for a project that is not here.
pub async fn feed_state(grant: &Grant<ViewProjects>, project: Option<ProjectId>) -> Result<FeedState, Fault> {
    let tx = grant.db().snapshot().await?;
    known(&tx, project).await?;
    let row = tx.select::<feed::Entity>().filter(own(grant, project)).one().await?;
    tx.commit().await?;
    Ok(FeedState { feed: row.map(|row| Feed { made_at: row.created_at }) })
}

/// Makes a calendar link; one that was there before leads nowhere from now on.
///
/// # Errors
/// As [`feed_state`].
pub async fn make_feed(grant: &Grant<ViewProjects>, project: Option<ProjectId>) -> Result<NewFeed, Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let code = known(&tx, project).await?;
    let replaced = tx.delete::<feed::Entity>(own(grant, project)).await? > 0;
    let (id, secret, now) = (Uuid::now_v7(), secret(), grant.now());
    let row = feed::ActiveModel {
        id: Set(id),
        user_id: Set(grant.user().0),
        project_id: Set(project.map(|project| project.0)),
        token_hash: Set(digest(&secret)),
        created_at: Set(now),
        ..sea_orm::ActiveModelTrait::default()
    };
    tx.insert::<feed::Entity>(row).await?;
    let verb = if replaced { "calendar_link.replaced" } else { "calendar_link.made" };
    leave(grant, &tx, verb, id, project, code).await?;
    tx.commit().await?;
    let path = format!("/calendar/{secret}.ics");
    Ok(NewFeed { url: format!("{}{path}", pass.services.settings.base_url), path, made_at: now })
}

/// Takes a calendar link away. Where there is none, the aim is reached.
///
/// # Errors
/// As [`feed_state`].
pub async fn revoke_feed(grant: &Grant<ViewProjects>, project: Option<ProjectId>) -> Result<(), Fault> {
    let tx = grant.pass().begin().await?;
    let code = known(&tx, project).await?;
    if let Some(row) = tx.select::<feed::Entity>().filter(own(grant, project)).one().await? {
        tx.delete::<feed::Entity>(feed::Column::Id.eq(row.id)).await?;
        leave(grant, &tx, "calendar_link.revoked", row.id, project, code).await?;
    }
    tx.commit().await
}

async fn leave(
    grant: &Grant<ViewProjects>,
    tx: &OrgTx,
    verb: &'static str,
    id: Uuid,
    project: Option<ProjectId>,
    code: Option<String>,
) -> Result<(), Fault> {
    let pass = grant.pass();
    let of = code.unwrap_or_else(|| "all own tasks".to_owned());
    let word = verb.rsplit('.').next().unwrap_or_default();
    let note = Note {
        module: Module::Projects,
        verb,
        subject: "calendar_link",
        subject_id: Some(id),
        summary: format!("The calendar link of {} to {of} was {word}", pass.access.user_name),
        before: None,
        after: Some(json!({ "project_id": project })),
    };
    let now = grant.now();
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    let told = json!({ "user_id": grant.user(), "project_id": project, "what": word });
    trace::announce(tx, "projects.calendar_link_changed", told, now).await.map(drop)
}

/// What a calendar program reads under a secret address, as iCalendar.
///
/// # Errors
/// `NotFound` for a secret that is unknown or was taken away, and all the same where its owner is gone or may not look
/// any more, where the organisation is closed or the module off: a stranger learns nothing.
pub async fn read_feed(services: &Services, secret: &str, origin: Origin) -> Result<String, Fault> {
    let (caller, project) = caller_of_feed(services, secret, origin).await?;
    let hidden = |fault: Fault| if fault.kind == FaultKind::Unavailable { fault } else { Fault::not_found() };
    let grant = caller.permit::<ViewProjects>().map_err(hidden)?;
    match project {
        Some(project) => of_project(&grant, project).await.map_err(hidden),
        None => of_person(&grant).await,
    }
}

async fn of_project(grant: &Grant<ViewProjects>, id: ProjectId) -> Result<String, Fault> {
    let tx = grant.db().snapshot().await?;
    let row = store::project_row(&tx, id, false).await?;
    let plan = store::current(grant.pass(), &tx, &row).await?;
    tx.commit().await?;
    let shown = FeedPlan { document: &plan.document, schedule: &plan.schedule, changed: row.updated_at };
    Ok(ical::write(&plan.document.head.name, [shown], |_| true, link(grant)))
}

#[derive(FromQueryResult)]
struct Assigned {
    project_id: Uuid,
}

async fn of_person(grant: &Grant<ViewProjects>) -> Result<String, Fault> {
    let person = grant.user();
    let tx = grant.db().snapshot().await?;
    let assigned: Vec<Assigned> = tx
        .select::<assignee::Entity>()
        .filter(assignee::Column::UserId.eq(person.0))
        .columns(|select| select.column(assignee::Column::ProjectId).group_by(assignee::Column::ProjectId))
        .await?;
    let projects = tx
        .select::<project::Entity>()
        .filter(project::Column::Id.is_in(assigned.iter().map(|row| row.project_id)))
        .filter(project::Column::DeletedAt.is_null())
        .order_by(project::Column::UpdatedAt, Order::Desc)
        .order_by(project::Column::Id, Order::Asc)
        .limit(MOST_PROJECTS)
        .all()
        .await?;
    let mut plans = Vec::with_capacity(projects.len());
    for row in projects {
        plans.push((store::current(grant.pass(), &tx, &row).await?, row.updated_at));
    }
    tx.commit().await?;
    let shown = plans.iter().map(|(plan, changed)| FeedPlan {
        document: &plan.document,
        schedule: &plan.schedule,
        changed: *changed,
    });
    let name = format!("Tasks of {}", grant.pass().access.user_name);
    Ok(ical::write(&name, shown, |task| task.assignees.contains(&person), link(grant)))
}

fn link(grant: &Grant<ViewProjects>) -> impl Fn(ProjectId) -> String {
    let base = grant.pass().services.settings.base_url.clone();
    move |project| format!("{base}/projects/{project}")
}
