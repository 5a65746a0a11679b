//! Who and what can work, when, and how much.

use std::collections::{HashMap, HashSet};

use domain::{
    Fault, FaultKind, Module, Page, PageRequest, ResourceId,
    projects::{
        permission::{ManageResources, ViewProjects},
        resource::{ResourceKind, ResourceRecord},
    },
};
use entity::{
    identity::user,
    projects::{assignment, resource},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Order, Set};
use serde_json::json;
use uuid::Uuid;

use super::{page_of, rows, window};
use crate::{
    Grant,
    db::OrgTx,
    fault::internal,
    trace::{self, Actor, Note},
};

/// Resources that an organisation may have.
pub(super) const MOST: u64 = 2_000;

/// People by name, then departments, then machines. A person is there for one whole unless something else is said.
///
/// # Errors
/// `InvalidInput` on `limit` or `cursor`.
pub async fn resources(grant: &Grant<ViewProjects>, page: &PageRequest) -> Result<Page<ResourceRecord>, Fault> {
    let (limit, offset) = window(page, MOST)?;
    let tx = grant.db().snapshot().await?;
    let all = all(&tx).await?;
    tx.commit().await?;
    let wanted = page.search.as_deref().map(str::to_lowercase).unwrap_or_default();
    let found: Vec<ResourceRecord> =
        all.into_iter().filter(|record| record.name.to_lowercase().contains(&wanted)).collect();
    let total = found.len() as u64;
    let shown = found.into_iter().skip(usize::try_from(offset).unwrap_or(usize::MAX));
    Ok(page_of(shown.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect(), total, limit, offset))
}

/// Every resource of the organisation.
pub(super) async fn all(tx: &OrgTx) -> Result<Vec<ResourceRecord>, Fault> {
    let people = tx
        .select::<user::Entity>()
        .filter(user::Column::Status.eq("active"))
        .order_by(user::Column::Name, Order::Asc)
        .limit(MOST)
        .all()
        .await?;
    let stored = tx
        .select::<resource::Entity>()
        .filter(resource::Column::DeletedAt.is_null())
        .order_by(resource::Column::Name, Order::Asc)
        .limit(MOST)
        .all()
        .await?;
    let mut stored = stored.into_iter().map(record).collect::<Result<Vec<_>, _>>()?;
    let mut said: HashMap<ResourceId, ResourceRecord> =
        stored.extract_if(.., |record| record.kind == ResourceKind::Person).map(|record| (record.id, record)).collect();
    let mut all: Vec<ResourceRecord> = people
        .into_iter()
        .map(|person| {
            let whole = ResourceRecord::whole(ResourceId(person.id), ResourceKind::Person, person.name);
            match said.remove(&whole.id) {
                Some(said) => ResourceRecord { name: whole.name, ..said },
                None => whole,
            }
        })
        .collect();
    stored.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    all.extend(stored);
    Ok(all)
}

fn record(row: resource::Model) -> Result<ResourceRecord, Fault> {
    let calendar = row.pattern.map(serde_json::from_value).transpose();
    Ok(ResourceRecord {
        id: ResourceId(row.id),
        kind: rows::meaning(&row.kind)?,
        name: row.name,
        capacity: row.capacity,
        calendar: calendar.map_err(|error| internal("reading a stored calendar", error))?,
        version: row.version,
    })
}

/// Refuses ids that are neither a resource nor a person of this organisation.
pub(super) async fn known(tx: &OrgTx, wanted: HashSet<ResourceId>) -> Result<(), Fault> {
    if wanted.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
    let mut found: HashSet<Uuid> = HashSet::new();
    for chunk in ids.chunks(5_000) {
        let here = resource::Column::Id.is_in(chunk.iter().copied());
        found.extend(tx.select::<resource::Entity>().filter(here).all().await?.into_iter().map(|row| row.id));
        let people = user::Column::Id.is_in(chunk.iter().copied());
        found.extend(tx.select::<user::Entity>().filter(people).all().await?.into_iter().map(|row| row.id));
    }
    if found.len() < ids.len() {
        return Err(Fault::field("assignments", "One of these resources is not in your organisation."));
    }
    Ok(())
}

/// Adds a department or a machine, or says something else of one, or of a person.
///
/// # Errors
/// `InvalidInput` by field, `Conflict` on `name`, `StaleVersion`; `NotFound` for a person who is not here.
pub async fn save_resource(grant: &Grant<ManageResources>, wanted: ResourceRecord) -> Result<ResourceRecord, Fault> {
    let tx = grant.pass().begin().await?;
    let stored = save_in(grant, &tx, wanted).await?;
    tx.commit().await?;
    Ok(stored)
}

/// As [`save_resource`], in a transaction that does more.
pub(super) async fn save_in(
    grant: &Grant<ManageResources>,
    tx: &OrgTx,
    wanted: ResourceRecord,
) -> Result<ResourceRecord, Fault> {
    let mut wanted = ResourceRecord { name: wanted.name.trim().to_owned(), ..wanted };
    wanted.check()?;
    if wanted.kind == ResourceKind::Person {
        let person = tx.select::<user::Entity>().filter(user::Column::Id.eq(wanted.id.0)).one().await?;
        wanted.name = person.ok_or_else(Fault::not_found)?.name;
    }
    let before =
        tx.select::<resource::Entity>().filter(resource::Column::Id.eq(wanted.id.0)).for_update().one().await?;
    let before = before.filter(|row| row.deleted_at.is_none()).map(record).transpose()?;
    let version = before.as_ref().map_or(0, |before| before.version);
    if wanted.version != version {
        let detail = format!("Somebody changed {} since you opened it; it is at version {version} now.", wanted.name);
        return Err(Fault::because(FaultKind::StaleVersion, detail));
    }
    if before.as_ref().is_some_and(|before| before.kind != wanted.kind) {
        return Err(Fault::field("kind", "A resource stays what it is; add another one."));
    }
    wanted.version = version + 1;
    let now = grant.now();
    let pattern = wanted.calendar.as_ref().map(|calendar| json!(calendar));
    let row = resource::ActiveModel {
        id: Set(wanted.id.0),
        kind: Set(rows::word(wanted.kind)),
        name: Set(wanted.name.clone()),
        capacity: Set(wanted.capacity),
        pattern: Set(pattern),
        version: Set(wanted.version),
        created_at: Set(now),
        updated_at: Set(now),
        deleted_at: Set(None),
        ..ActiveModelTrait::default()
    };
    use resource::Column as C;
    let columns = [C::Name, C::Capacity, C::Pattern, C::Version, C::UpdatedAt, C::DeletedAt];
    tx.upsert_all::<resource::Entity>(vec![row], C::Id, &columns).await?;
    let verb = if before.is_some() { "resource.changed" } else { "resource.added" };
    let summary = format!("{} {} has a capacity of {} %", wanted.kind.title(), wanted.name, wanted.capacity);
    note(grant, tx, verb, wanted.id, summary, (before.as_ref(), Some(&wanted))).await?;
    Ok(wanted)
}

/// Takes a department or a machine away that no task needs. Of a person, takes away what was said.
///
/// # Errors
/// `NotFound`; `Conflict` where tasks need it; `StaleVersion`.
pub async fn remove_resource(
    grant: &Grant<ManageResources>,
    id: ResourceId,
    version: Option<i64>,
) -> Result<(), Fault> {
    let tx = grant.pass().begin().await?;
    let here = Condition::all().add(resource::Column::Id.eq(id.0)).add(resource::Column::DeletedAt.is_null());
    let row = tx.select::<resource::Entity>().filter(here).for_update().one().await?.ok_or_else(Fault::not_found)?;
    let before = record(row)?;
    if version.is_some_and(|version| version != before.version) {
        let detail = format!("{} is at version {} now.", before.name, before.version);
        return Err(Fault::because(FaultKind::StaleVersion, detail));
    }
    let needed = tx.select::<assignment::Entity>().filter(assignment::Column::ResourceId.eq(id.0)).count().await?;
    if needed > 0 && before.kind != ResourceKind::Person {
        let detail = format!("{} tasks need {}. Give them something else first.", needed, before.name);
        return Err(Fault::because(FaultKind::Conflict, detail));
    }
    let now = grant.now();
    let gone = resource::ActiveModel {
        deleted_at: Set(Some(now)),
        version: Set(0),
        updated_at: Set(now),
        ..ActiveModelTrait::default()
    };
    tx.update::<resource::Entity>(gone, resource::Column::Id.eq(id.0)).await?;
    let summary = format!("{} {} was taken away", before.kind.title(), before.name);
    note(grant, &tx, "resource.removed", id, summary, (Some(&before), None)).await?;
    tx.commit().await
}

async fn note(
    grant: &Grant<ManageResources>,
    tx: &OrgTx,
    verb: &'static str,
    id: ResourceId,
    summary: String,
    (before, after): (Option<&ResourceRecord>, Option<&ResourceRecord>),
) -> Result<(), Fault> {
    let pass = grant.pass();
    let note = Note {
        module: Module::Projects,
        verb,
        subject: "resource",
        subject_id: Some(id.0),
        summary,
        before: before.map(|record| json!(record)),
        after: after.map(|record| json!(record)),
    };
    trace::note(tx, &Actor::of(&pass.access, &pass.origin, grant.now()), note).await?;
    trace::announce(tx, "projects.resources_changed", json!({ "resource_id": id }), grant.now()).await.map(drop)
}
