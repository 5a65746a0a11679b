//! The people of an organisation.

use domain::{
    Fault, FaultKind, Module, Page, PageRequest, UserId,
    access::admin::{ManagePeople, ViewOrganization},
    admin::PersonRow,
    identity,
};
use entity::identity::{role, user};
use sea_orm::{ActiveModelTrait, ColumnTrait, Order, Set};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Grant,
    db::OrgTx,
    trace::{self, Actor, Note},
};

/// The people, by name.
///
/// # Errors
/// The database's error as a fault.
pub async fn list_people(grant: &Grant<ViewOrganization>, page: &PageRequest) -> Result<Page<PersonRow>, Fault> {
    let tx = grant.db().snapshot().await?;
    let roles = tx.select::<role::Entity>().all().await?;
    let (limit, offset) = crate::projects::window(page, 500)?;
    let total = tx.select::<user::Entity>().count().await?;
    let rows = tx
        .select::<user::Entity>()
        .order_by(user::Column::Name, Order::Asc)
        .order_by(user::Column::Id, Order::Asc)
        .limit(limit)
        .offset(offset)
        .all()
        .await?;
    tx.commit().await?;
    let items: Vec<PersonRow> = rows
        .into_iter()
        .map(|row| PersonRow {
            id: UserId(row.id),
            name: row.name,
            email: row.email,
            role: roles.iter().find(|role| role.id == row.role_id).map(|role| role.code.clone()).unwrap_or_default(),
        })
        .collect();
    Ok(crate::projects::page_of(items, total, limit, offset))
}

/// Adds a person with a first password, which they can change by mail.
///
/// # Errors
/// `InvalidInput` by field; `Conflict` on `email`.
pub async fn add_person(
    grant: &Grant<ManagePeople>,
    name: &str,
    email: &str,
    role_code: &str,
    password: &str,
) -> Result<UserId, Fault> {
    let faults = [
        identity::check_name("name", name, "the person"),
        identity::check_email("email", email),
        identity::check_password("password", password, email),
    ];
    Fault::collect(faults.into_iter().flatten().collect())?;
    let pass = grant.pass();
    let password_hash = pass.services.passwords.hash(password).await?;
    let now = grant.now();
    let id = UserId(Uuid::now_v7());
    let tx = pass.begin().await?;
    let role = assignable_role(&tx, role_code).await?;
    let row = user::ActiveModel {
        id: Set(id.0),
        role_id: Set(role.id),
        email: Set(email.trim().to_lowercase()),
        name: Set(name.trim().to_owned()),
        password_hash: Set(password_hash),
        status: Set("active".to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..ActiveModelTrait::default()
    };
    tx.insert::<user::Entity>(row).await?;
    let note = Note {
        module: Module::Admin,
        verb: "user.created",
        subject: "user",
        subject_id: Some(id.0),
        summary: format!("{} joined as {}", name.trim(), role.name),
        before: None,
        after: Some(json!({ "name": name.trim(), "email": email.trim(), "role": role.code })),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, now), note).await?;
    trace::announce(&tx, "user.created", json!({ "user_id": id }), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a person another role.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `role` for an unknown role, or where the last owner would go.
pub async fn change_role(grant: &Grant<ManagePeople>, person: UserId, role_code: &str) -> Result<(), Fault> {
    let pass = grant.pass();
    let tx = pass.begin().await?;
    let which = || user::Column::Id.eq(person.0);
    let row = tx.select::<user::Entity>().filter(which()).for_update().one().await?.ok_or_else(Fault::not_found)?;
    let before = tx.select::<role::Entity>().filter(role::Column::Id.eq(row.role_id)).one().await?;
    if before.as_ref().is_some_and(|role| role.code == "owner") {
        return Err(Fault::field("role", "The owner stays the owner."));
    }
    let role = assignable_role(&tx, role_code).await?;
    let changed = user::ActiveModel {
        role_id: Set(role.id),
        updated_at: Set(grant.now()),
        version: Set(row.version + 1),
        ..ActiveModelTrait::default()
    };
    tx.update::<user::Entity>(changed, which()).await?;
    let note = Note {
        module: Module::Admin,
        verb: "user.role_changed",
        subject: "user",
        subject_id: Some(person.0),
        summary: format!("{} is now {}", row.name, role.name),
        before: before.map(|role| json!({ "role": role.code })),
        after: Some(json!({ "role": role.code })),
    };
    trace::note(&tx, &Actor::of(&pass.access, &pass.origin, grant.now()), note).await?;
    tx.commit().await?;
    pass.services.access.invalidate(&person);
    Ok(())
}

async fn assignable_role(tx: &OrgTx, code: &str) -> Result<role::Model, Fault> {
    if code == "owner" {
        return Err(
            Fault::because(FaultKind::InvalidInput, "There is one owner.").and_field("role", "There is one owner.")
        );
    }
    let found = tx.select::<role::Entity>().filter(role::Column::Code.eq(code)).one().await?;
    found.ok_or_else(|| Fault::field("role", format!("There is no role '{code}'.")))
}
