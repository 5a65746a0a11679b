//! Looks at a plan that people keep under a name: for themselves, and where they may edit the plan, for everybody.

use domain::{
    Fault, FaultKind, Module, Page, PageRequest, ProjectId, SavedViewId, UserId,
    projects::{
        look::{NewSavedView, PlanLook, SavedView, SavedViewPatch},
        permission::{EditProjects, ViewProjects},
    },
};
use entity::{identity::user, projects::saved_view};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Order, Set};
use serde_json::json;
use uuid::Uuid;

use super::{page_of, store, window};
use crate::{
    Grant,
    db::OrgTx,
    fault::internal,
    gate::Pass,
    trace::{self, Actor, Note},
};

/// Views that one person may keep of a plan.
const MOST: u64 = 100;

/// One's own views of a plan and those that are shared, by name.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `limit` or `cursor`.
pub async fn saved_views(
    grant: &Grant<ViewProjects>,
    project: ProjectId,
    page: &PageRequest,
) -> Result<Page<SavedView>, Fault> {
    let (limit, offset) = window(page, 200)?;
    let me = grant.user();
    let tx = grant.db().snapshot().await?;
    store::project_row(&tx, project, false).await?;
    let which = || Condition::all().add(saved_view::Column::ProjectId.eq(project.0)).add(seen_by(me));
    let total = tx.select::<saved_view::Entity>().filter(which()).count().await?;
    let found = tx
        .select::<saved_view::Entity>()
        .filter(which())
        .order_by(saved_view::Column::Name, Order::Asc)
        .order_by(saved_view::Column::Id, Order::Asc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    let owners = found.iter().map(|row| row.owner_id);
    let people = tx.select::<user::Entity>().filter(user::Column::Id.is_in(owners)).all().await?;
    tx.commit().await?;
    let name = |id: Uuid| people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let items = found
        .into_iter()
        .map(|row| shown(name(row.owner_id).unwrap_or_default(), row, me))
        .collect::<Result<_, _>>()?;
    Ok(page_of(items, total, limit, offset))
}

/// Keeps a look under a name, for oneself; with `sharing` for everybody, where that is wanted.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `name` or `look`; `Conflict` on `name`.
pub async fn save_view(
    grant: &Grant<ViewProjects>,
    sharing: Option<&Grant<EditProjects>>,
    project: ProjectId,
    new: NewSavedView,
) -> Result<SavedView, Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    store::project_row(&tx, project, false).await?;
    new.check()?;
    let own = Condition::all()
        .add(saved_view::Column::ProjectId.eq(project.0))
        .add(saved_view::Column::OwnerId.eq(grant.user().0));
    if tx.select::<saved_view::Entity>().filter(own).count().await? >= MOST {
        return Err(Fault::field("name", format!("You keep {MOST} views of this plan; remove one first.")));
    }
    let now = grant.now();
    let row = saved_view::Model {
        id: Uuid::now_v7(),
        organization_id: grant.organization().0,
        project_id: project.0,
        owner_id: grant.user().0,
        name: new.name.trim().to_owned(),
        look: json!(new.look),
        shared: new.shared && sharing.is_some(),
        created_at: now,
        updated_at: now,
    };
    tx.insert::<saved_view::Entity>(saved_view::ActiveModel { id: Set(row.id), ..row.clone().into() }).await?;
    tell(pass, &tx, None, Some(&row)).await?;
    tx.commit().await?;
    shown(pass.access.user_name.clone(), row, grant.user())
}

/// Gives one of one's own views another name or another look.
///
/// # Errors
/// `NotFound`; `NotPermitted` where somebody else saved it; `InvalidInput` on `name` or `look`; `Conflict` on `name`.
pub async fn change_view(
    grant: &Grant<ViewProjects>,
    project: ProjectId,
    id: SavedViewId,
    patch: SavedViewPatch,
) -> Result<SavedView, Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let before = own_row(&tx, project, id, grant.user()).await?;
    let name = patch.name.map_or_else(|| before.name.clone(), |name| name.trim().to_owned());
    let look = patch.look.map_or_else(|| look_of(&before), Ok)?;
    let next = NewSavedView { name, look, shared: before.shared };
    next.check()?;
    let after =
        saved_view::Model { name: next.name, look: json!(next.look), updated_at: grant.now(), ..before.clone() };
    store_row(&tx, &after).await?;
    tell(pass, &tx, Some(&before), Some(&after)).await?;
    tx.commit().await?;
    shown(pass.access.user_name.clone(), after, grant.user())
}

/// Shows a view to everybody who sees the project, or to its owner only. One's own is shared; one that is shared may be
/// taken back by anyone who edits plans, since its owner may have left.
///
/// # Errors
/// `NotFound`.
pub async fn share_view(
    grant: &Grant<EditProjects>,
    project: ProjectId,
    id: SavedViewId,
    shared: bool,
) -> Result<(), Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let before = seen_row(&tx, project, id, grant.user()).await?;
    let after = saved_view::Model { shared, updated_at: grant.now(), ..before.clone() };
    store_row(&tx, &after).await?;
    tell(pass, &tx, Some(&before), Some(&after)).await?;
    tx.commit().await
}

/// Forgets one of one's own views.
///
/// # Errors
/// `NotFound`; `NotPermitted` where somebody else saved it.
pub async fn remove_view(grant: &Grant<ViewProjects>, project: ProjectId, id: SavedViewId) -> Result<(), Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let row = own_row(&tx, project, id, grant.user()).await?;
    tx.delete::<saved_view::Entity>(saved_view::Column::Id.eq(row.id)).await?;
    tell(pass, &tx, Some(&row), None).await?;
    tx.commit().await
}

fn seen_by(me: UserId) -> Condition {
    Condition::any().add(saved_view::Column::OwnerId.eq(me.0)).add(saved_view::Column::Shared.eq(true))
}

/// The view, where it is one's own or shared. Somebody's own is nobody else's business: it does not exist.
async fn seen_row(tx: &OrgTx, project: ProjectId, id: SavedViewId, me: UserId) -> Result<saved_view::Model, Fault> {
    store::project_row(tx, project, false).await?;
    let which = Condition::all()
        .add(saved_view::Column::ProjectId.eq(project.0))
        .add(saved_view::Column::Id.eq(id.0))
        .add(seen_by(me));
    tx.select::<saved_view::Entity>().filter(which).one().await?.ok_or_else(Fault::not_found)
}

async fn own_row(tx: &OrgTx, project: ProjectId, id: SavedViewId, me: UserId) -> Result<saved_view::Model, Fault> {
    let row = seen_row(tx, project, id, me).await?;
    if row.owner_id == me.0 {
        return Ok(row);
    }
    let owner = tx.select::<user::Entity>().filter(user::Column::Id.eq(row.owner_id)).one().await?;
    let owner = owner.map_or_else(|| "somebody else".to_owned(), |owner| owner.name);
    let detail = format!("{} was saved by {owner}. Save it as a view of your own to change it.", row.name);
    Err(Fault::because(FaultKind::NotPermitted, detail))
}

async fn store_row(tx: &OrgTx, row: &saved_view::Model) -> Result<(), Fault> {
    let set = saved_view::ActiveModel {
        name: Set(row.name.clone()),
        look: Set(row.look.clone()),
        shared: Set(row.shared),
        updated_at: Set(row.updated_at),
        ..ActiveModelTrait::default()
    };
    tx.update::<saved_view::Entity>(set, saved_view::Column::Id.eq(row.id)).await.map(drop)
}

async fn tell(
    pass: &Pass,
    tx: &OrgTx,
    before: Option<&saved_view::Model>,
    after: Option<&saved_view::Model>,
) -> Result<(), Fault> {
    let Some(row) = after.or(before) else { return Ok(()) };
    let (verb, done) = match (before, after) {
        (None, _) => ("view.saved", "saved"),
        (_, None) => ("view.removed", "removed"),
        (Some(before), Some(after)) if before.shared != after.shared && after.shared => ("view.shared", "shared"),
        (Some(before), Some(after)) if before.shared != after.shared => ("view.unshared", "shared no more"),
        _ => ("view.changed", "changed"),
    };
    let side = |row: &saved_view::Model| json!({ "name": row.name, "look": row.look, "shared": row.shared });
    let note = Note {
        module: Module::Projects,
        verb,
        subject: "view",
        subject_id: Some(row.id),
        summary: format!("The view {} was {done}", row.name),
        before: before.map(side),
        after: after.map(side),
    };
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, pass.now()), note).await?;
    let told = json!({ "project_id": row.project_id, "view_id": row.id, "shared": row.shared });
    trace::announce(tx, "projects.views_changed", told, pass.now()).await.map(drop)
}

fn look_of(row: &saved_view::Model) -> Result<PlanLook, Fault> {
    serde_json::from_value(row.look.clone()).map_err(|error| internal("reading a stored view", error))
}

fn shown(owner_name: String, row: saved_view::Model, me: UserId) -> Result<SavedView, Fault> {
    Ok(SavedView {
        look: look_of(&row)?,
        id: SavedViewId(row.id),
        name: row.name,
        shared: row.shared,
        mine: row.owner_id == me.0,
        owner_name,
        updated_at: row.updated_at,
    })
}
