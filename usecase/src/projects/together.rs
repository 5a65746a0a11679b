//! Who looks at a plan and where, and who wants to hear of a task.

use std::collections::HashSet;

use domain::{
    Fault, ProjectId, TaskId, UserId,
    projects::{
        permission::ViewProjects,
        view::{Person, Presence},
    },
};
use entity::{
    identity::user,
    projects::{task, watcher},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Order, Set};
use serde_json::json;

use super::store;
use crate::{Grant, LiveEvent, db::OrgTx};

/// Tells everyone who looks at the plan where this person is. Nothing is stored; whoever says nothing for a while is
/// gone.
///
/// # Errors
/// `NotFound`.
pub async fn tell_presence(grant: &Grant<ViewProjects>, project: ProjectId, here: Presence) -> Result<(), Fault> {
    let pass = grant.pass();
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, project, false).await?;
    tx.commit().await?;
    let user = json!({ "id": pass.access.user_id, "name": pass.access.user_name });
    pass.services.live.publish(LiveEvent {
        organization: pass.access.organization_id,
        name: "projects.presence".into(),
        id: format!("{project}:{}", here.window),
        payload: json!({ "project_id": project, "user": user, "here": here }).to_string().into(),
        announced: None,
    });
    Ok(())
}

/// People who watch a task.
///
/// # Errors
/// `NotFound`.
pub async fn watchers(grant: &Grant<ViewProjects>, project: ProjectId, id: TaskId) -> Result<Vec<Person>, Fault> {
    let tx = grant.db().snapshot().await?;
    known_task(&tx, project, id).await?;
    let found = of(&tx, project, [id].into()).await?;
    let people = tx
        .select::<user::Entity>()
        .filter(user::Column::Id.is_in(found.iter().map(|(_, user)| user.0)))
        .order_by(user::Column::Name, Order::Asc)
        .all()
        .await?;
    tx.commit().await?;
    Ok(people.into_iter().map(|row| Person { id: UserId(row.id), name: row.name }).collect())
}

/// Watches a task from now on, or no longer.
///
/// # Errors
/// `NotFound`.
pub async fn watch(grant: &Grant<ViewProjects>, project: ProjectId, id: TaskId, on: bool) -> Result<(), Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    known_task(&tx, project, id).await?;
    let me = pass.access.user_id;
    if on {
        add_watchers(&tx, project, id, [me].into(), grant.now()).await?;
    } else {
        let mine = Condition::all().add(watcher::Column::TaskId.eq(id.0)).add(watcher::Column::UserId.eq(me.0));
        tx.delete::<watcher::Entity>(mine).await?;
    }
    tx.commit().await
}

/// Everyone who watches the task from now on.
pub(super) async fn add_watchers(
    tx: &OrgTx,
    project: ProjectId,
    task: TaskId,
    people: HashSet<UserId>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<HashSet<UserId>, Fault> {
    let mut known: HashSet<UserId> = of(tx, project, [task].into()).await?.into_iter().map(|(_, user)| user).collect();
    let rows = people.difference(&known).map(|user| watcher::ActiveModel {
        project_id: Set(project.0),
        task_id: Set(task.0),
        user_id: Set(user.0),
        since: Set(now),
        ..ActiveModelTrait::default()
    });
    tx.insert_all::<watcher::Entity>(rows.collect()).await?;
    known.extend(people);
    Ok(known)
}

/// Who watches which of these tasks.
pub(super) async fn of(tx: &OrgTx, project: ProjectId, tasks: HashSet<TaskId>) -> Result<Vec<(TaskId, UserId)>, Fault> {
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let which = Condition::all()
        .add(watcher::Column::ProjectId.eq(project.0))
        .add(watcher::Column::TaskId.is_in(tasks.iter().map(|task| task.0)));
    let found = tx.select::<watcher::Entity>().filter(which).all().await?;
    Ok(found.into_iter().map(|row| (TaskId(row.task_id), UserId(row.user_id))).collect())
}

/// The name of the task.
pub(super) async fn known_task(tx: &OrgTx, project: ProjectId, id: TaskId) -> Result<String, Fault> {
    store::project_row(tx, project, false).await?;
    let which = Condition::all().add(task::Column::ProjectId.eq(project.0)).add(task::Column::Id.eq(id.0));
    tx.select::<task::Entity>().filter(which).one().await?.map(|row| row.name).ok_or_else(Fault::not_found)
}
