//! A new organisation and its owner.

use chrono::TimeDelta;
use domain::{
    Fault, Industry, Module, OrganizationId, UserId,
    access::{self, BuiltInRole},
    identity::Registration,
};
use entity::identity::{organization, organization_module, role, role_permission, user};
use sea_orm::{ColumnTrait, Set};
use serde_json::json;
use uuid::Uuid;

use super::SignedIn;
use crate::{
    Access, Origin, Services,
    db::{OrgTx, RealmTx},
    fault::internal,
    trace::{self, Actor, Note},
};

/// Creates the organisation with its roles, the trial modules of its industry, and the owner.
///
/// # Errors
/// `InvalidInput` by field; `Conflict` on `owner_email` when the address is in use; `RateLimited`.
pub async fn register(services: &Services, given: &Registration, origin: &Origin) -> Result<SignedIn, Fault> {
    given.check()?;
    services.limits.account(&given.owner_email.trim().to_lowercase())?;
    let industry = given.industry.unwrap_or_default();
    let password_hash = services.passwords.hash(&given.owner_password).await?;
    let now = services.now();
    let email = given.owner_email.trim().to_lowercase();
    let realm = RealmTx::begin(&services.database).await?;
    if realm.one::<user::Entity>(user::Column::Email.eq(&email)).await?.is_some() {
        let say = "This address is already in use.";
        return Err(Fault::because(domain::FaultKind::Conflict, say).and_field("owner_email", say));
    }
    let organization = OrganizationId(Uuid::now_v7());
    let slug = free_slug(&realm, &given.organization_name).await?;
    let row = organization::ActiveModel {
        id: Set(organization.0),
        slug: Set(slug.clone()),
        name: Set(given.organization_name.trim().to_owned()),
        industry: Set(industry.code().to_owned()),
        status: Set("active".to_owned()),
        time_zone: Set("Europe/Berlin".to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    realm.insert(row).await?;
    let tx = realm.into_organization(organization).await?;
    let owner_role = create_roles(&tx, services).await?;
    start_trials(&tx, services, industry).await?;
    let owner = UserId(Uuid::now_v7());
    let row = user::ActiveModel {
        id: Set(owner.0),
        role_id: Set(owner_role),
        email: Set(email.clone()),
        name: Set(given.owner_name.trim().to_owned()),
        password_hash: Set(password_hash),
        status: Set("active".to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..sea_orm::ActiveModelTrait::default()
    };
    tx.insert::<user::Entity>(row).await?;
    trace::open_chain(&tx).await?;
    let actor = Actor { id: Some(owner.0), name: given.owner_name.trim(), origin, now };
    let note = Note {
        module: Module::Admin,
        verb: "tenant.created",
        subject: "organization",
        subject_id: Some(organization.0),
        summary: format!("{} registered {}", actor.name, given.organization_name.trim()),
        before: None,
        after: Some(json!({ "slug": slug, "name": given.organization_name.trim(), "industry": industry.code() })),
    };
    trace::note(&tx, &actor, note).await?;
    trace::announce(&tx, "tenant.created", json!({ "organization_id": organization }), now).await?;
    trace::announce(&tx, "user.created", json!({ "user_id": owner, "email": email }), now).await?;
    tx.commit().await?;
    let access =
        Access::of(services, owner).await?.ok_or_else(|| internal("registering", "the new owner is missing"))?;
    Ok(SignedIn { access })
}

/// Gives the organisation the built-in roles with their permissions; returns the owner's role.
async fn create_roles(tx: &OrgTx, services: &Services) -> Result<Uuid, Fault> {
    let now = services.now();
    let mut owner = Uuid::nil();
    let permissions = access::all();
    for built_in in BuiltInRole::OF_ORGANIZATION {
        let id = Uuid::now_v7();
        if built_in == BuiltInRole::Owner {
            owner = id;
        }
        let row = role::ActiveModel {
            id: Set(id),
            code: Set(built_in.code().to_owned()),
            name: Set(built_in.title().to_owned()),
            built_in: Set(true),
            created_at: Set(now),
            ..sea_orm::ActiveModelTrait::default()
        };
        tx.insert::<role::Entity>(row).await?;
        let held = permissions
            .iter()
            .filter(|permission| built_in == BuiltInRole::Owner || permission.roles.contains(&built_in))
            .map(|permission| role_permission::ActiveModel {
                role_id: Set(id),
                permission: Set(permission.code.to_owned()),
                ..sea_orm::ActiveModelTrait::default()
            })
            .collect();
        tx.insert_all::<role_permission::Entity>(held).await?;
    }
    Ok(owner)
}

async fn start_trials(tx: &OrgTx, services: &Services, industry: Industry) -> Result<(), Fault> {
    let now = services.now();
    let rows = industry
        .modules()
        .iter()
        .map(|module| organization_module::ActiveModel {
            module: Set(module.slug().to_owned()),
            enabled: Set(true),
            subscribed_at: Set(None),
            trial_ends_at: Set(Some(now + TimeDelta::days(i64::from(module.trial_days())))),
            updated_at: Set(now),
            ..sea_orm::ActiveModelTrait::default()
        })
        .collect();
    tx.insert_all::<organization_module::Entity>(rows).await
}

/// A subdomain that nobody has: the name in small letters, with a number where it is taken.
async fn free_slug(realm: &RealmTx, name: &str) -> Result<String, Fault> {
    let base = domain::identity::slug_of(name);
    let taken = realm.all::<organization::Entity>(organization::Column::Slug.starts_with(&base)).await?;
    let taken: Vec<String> = taken.into_iter().map(|row| row.slug).collect();
    if !taken.contains(&base) && !domain::identity::RESERVED_SLUGS.contains(&base.as_str()) {
        return Ok(base);
    }
    (2..)
        .map(|number| format!("{base}-{number}"))
        .find(|slug| !taken.contains(slug))
        .ok_or_else(|| internal("choosing a subdomain", "no number left"))
}
