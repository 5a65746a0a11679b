//! The people who run the installation.

use domain::{
    Fault, FaultKind, Module, OrganizationId, Page, PageRequest,
    admin::TenantRow,
    identity::{self, Credentials},
};
use entity::identity::{operator, organization, user};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, QueryOrder, QuerySelect, Set};
use serde_json::json;
use uuid::Uuid;

use super::token;
use crate::{
    Caller, Origin, Services,
    db::RealmTx,
    projects::{page_of, window},
    trace::{self, Actor, Note},
};

/// Proof that somebody runs the installation. Made by [`operator_of_token`] alone.
#[derive(Clone, Debug)]
pub struct Operator {
    services: Services,
    id: Uuid,
    name: String,
    origin: Origin,
}

/// Checks address and password of an operator; the answer is an access token that no organisation takes, and its
/// seconds. Nobody learns whether the address is an operator's.
///
/// # Errors
/// `WrongCredentials`; `RateLimited`.
pub async fn log_in_operator(services: &Services, given: &Credentials) -> Result<(String, i64), Fault> {
    let email = given.email.trim().to_lowercase();
    services.limits.account(&email)?;
    let realm = RealmTx::snapshot(&services.database).await?;
    let found = realm.one::<operator::Entity>(operator::Column::Email.eq(email)).await?;
    realm.commit().await?;
    let hash = found.as_ref().map(|operator| operator.password_hash.clone());
    let fits = services.passwords.verify(&given.password, hash).await?;
    let operator = found.filter(|_| fits).ok_or_else(|| Fault::new(FaultKind::WrongCredentials))?;
    token::issue_operator(services, operator.id, &operator.email)
}

/// The operator behind a bearer token.
///
/// # Errors
/// `NotSignedIn` or `SessionExpired`; `NotPermitted` where `caller` is a member of an organisation.
pub async fn operator_of_token(caller: &Caller, token: Option<&str>, origin: Origin) -> Result<Operator, Fault> {
    let services = caller.services();
    let read = token.map_or(Err(FaultKind::NotSignedIn), |token| token::read_operator(services, token));
    let id = match read {
        Ok(id) => id,
        Err(kind) => {
            // A member is told that it is not for members; nobody, why they are nobody.
            let access = caller
                .access()
                .map_err(|fault| if kind == FaultKind::SessionExpired { Fault::new(kind) } else { fault })?;
            let said = format!("The role {} does not run this installation.", access.role_name);
            return Err(Fault::because(FaultKind::NotPermitted, said));
        }
    };
    let realm = RealmTx::snapshot(&services.database).await?;
    let found = realm.one::<operator::Entity>(operator::Column::Id.eq(id)).await?;
    realm.commit().await?;
    let operator = found.ok_or_else(|| Fault::new(FaultKind::NotSignedIn))?;
    Ok(Operator { services: services.clone(), id, name: operator.name, origin })
}

/// Every organisation, by name, with how many people it has.
///
/// # Errors
/// `InvalidInput` on `limit` or `cursor`.
pub async fn tenants(operator: &Operator, page: &PageRequest) -> Result<Page<TenantRow>, Fault> {
    let (limit, offset) = window(page, 100)?;
    let realm = RealmTx::snapshot(&operator.services.database).await?;
    let wanted = match page.search.as_deref().map(str::trim).filter(|search| !search.is_empty()) {
        Some(search) => Condition::any()
            .add(organization::Column::Name.contains(search))
            .add(organization::Column::Slug.contains(search)),
        None => Condition::all(),
    };
    let total = realm.count::<organization::Entity>(wanted.clone()).await?;
    let select = realm.select::<organization::Entity>(wanted).order_by_asc(organization::Column::Name);
    let found = realm.rows(select.limit(limit).offset(offset)).await?;
    let mut items = Vec::with_capacity(found.len());
    for row in found {
        let people = realm.count::<user::Entity>(user::Column::OrganizationId.eq(row.id)).await?;
        items.push(view(row, people));
    }
    realm.commit().await?;
    Ok(page_of(items, total, limit, offset))
}

fn view(row: organization::Model, people: u64) -> TenantRow {
    TenantRow {
        id: OrganizationId(row.id),
        name: row.name,
        slug: row.slug,
        industry: row.industry,
        active: row.status == "active",
        people,
        created_at: row.created_at,
    }
}

/// Closes an organisation's doors, or opens them again; its data stays. Its people read it in their audit log.
///
/// # Errors
/// `NotFound`.
pub async fn set_tenant_active(operator: &Operator, id: OrganizationId, active: bool) -> Result<TenantRow, Fault> {
    let services = &operator.services;
    let now = services.now();
    let realm = RealmTx::begin(&services.database).await?;
    let people = realm.count::<user::Entity>(user::Column::OrganizationId.eq(id.0)).await?;
    let tx = realm.into_organization(id).await?;
    let mut row = tx.select::<organization::Entity>().for_update().one().await?.ok_or_else(Fault::not_found)?;
    let status = if active { "active" } else { "suspended" };
    if row.status != status {
        let changed = organization::ActiveModel {
            status: Set(status.to_owned()),
            updated_at: Set(now),
            version: Set(row.version + 1),
            ..ActiveModelTrait::default()
        };
        tx.update::<organization::Entity>(changed, Condition::all()).await?;
        let note = Note {
            module: Module::Admin,
            verb: if active { "tenant.opened" } else { "tenant.suspended" },
            subject: "organization",
            subject_id: Some(row.id),
            summary: format!("{} was {}", row.name, if active { "opened" } else { "suspended" }),
            before: Some(json!({ "status": row.status })),
            after: Some(json!({ "status": status })),
        };
        let actor = Actor { id: Some(operator.id), name: &operator.name, origin: &operator.origin, now };
        trace::note(&tx, &actor, note).await?;
        row.status = status.to_owned();
    }
    tx.commit().await?;
    services.access.invalidate_all();
    Ok(view(row, people))
}

/// Creates a super-admin. Called from the console of the server only.
///
/// # Errors
/// `InvalidInput` for a weak password, `Conflict` for a known address.
pub async fn create_operator(services: &Services, email: &str, name: &str, password: &str) -> Result<(), Fault> {
    let email = email.trim().to_lowercase();
    let faults = [identity::check_email("email", &email), identity::check_password("password", password, &email)];
    Fault::collect(faults.into_iter().flatten().collect())?;
    let password_hash = services.passwords.hash(password).await?;
    let realm = RealmTx::begin(&services.database).await?;
    let row = operator::ActiveModel {
        id: Set(Uuid::now_v7()),
        email: Set(email),
        name: Set(name.to_owned()),
        password_hash: Set(password_hash),
        created_at: Set(services.now()),
    };
    realm.insert(row).await?;
    realm.commit().await
}
