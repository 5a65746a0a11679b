//! Forgotten passwords.

use chrono::TimeDelta;
use domain::{Fault, Module, OrganizationId, UserId, identity};
use entity::identity::{password_reset, refresh_token, user};
use sea_orm::{ColumnTrait, Condition, Set};

use super::token::{digest, secret};
use crate::{
    Origin, Services,
    db::RealmTx,
    trace::{self, Actor, Note},
};

/// Minutes that a reset link is good for.
const LINK_MINUTES: i64 = 60;

/// Mails a link to choose a new password, where the address is known. The answer is the same where it is not.
///
/// # Errors
/// `RateLimited` when it was asked for too often, whether the address is known or not.
pub async fn send_reset(services: &Services, email: &str) -> Result<(), Fault> {
    let email = email.trim().to_lowercase();
    services.limits.account(&email)?;
    let realm = RealmTx::begin(&services.database).await?;
    let Some(person) = realm.one::<user::Entity>(user::Column::Email.eq(&email)).await? else { return Ok(()) };
    let secret = secret();
    let row = password_reset::ActiveModel {
        token_hash: Set(digest(&secret)),
        organization_id: Set(person.organization_id),
        user_id: Set(person.id),
        expires_at: Set(services.now() + TimeDelta::minutes(LINK_MINUTES)),
        used_at: Set(None),
    };
    realm.insert(row).await?;
    realm.commit().await?;
    let link = format!("{}/reset?token={secret}", services.settings.base_url);
    let body = format!(
        "Hello {},\n\nchoose a new password here within {LINK_MINUTES} minutes:\n{link}\n\nIf you did not ask for this, \
         do nothing; your password stays as it is.\n",
        person.name
    );
    services.mailer.send(&email, "Choose a new password", &body);
    Ok(())
}

/// Sets the new password and ends every session of the person.
///
/// # Errors
/// `InvalidInput` on `token` for a link that is unknown, used or old, and on `password` for one that is too weak.
pub async fn reset_password(services: &Services, token: &str, password: &str, origin: &Origin) -> Result<(), Fault> {
    let over = || Fault::field("token", "This link is used up or over. Ask for a new one.");
    let now = services.now();
    let by_hash = || password_reset::Column::TokenHash.eq(digest(token));
    let realm = RealmTx::snapshot(&services.database).await?;
    let link = realm.one::<password_reset::Entity>(by_hash()).await?;
    let link = link.filter(|link| link.used_at.is_none() && link.expires_at > now).ok_or_else(over)?;
    let person = realm.one::<user::Entity>(user::Column::Id.eq(link.user_id)).await?.ok_or_else(over)?;
    realm.commit().await?;
    identity::check_password("password", password, &person.email)
        .map_or(Ok(()), |fault| Fault::collect(vec![fault]))?;
    let password_hash = services.passwords.hash(password).await?;

    let realm = RealmTx::begin(&services.database).await?;
    let used = password_reset::ActiveModel { used_at: Set(Some(now)), ..sea_orm::ActiveModelTrait::default() };
    let unused = Condition::all().add(by_hash()).add(password_reset::Column::UsedAt.is_null());
    if realm.update::<password_reset::Entity>(used, unused).await? == 0 {
        return Err(over());
    }
    let row = user::ActiveModel {
        password_hash: Set(password_hash),
        updated_at: Set(now),
        version: Set(person.version + 1),
        ..sea_orm::ActiveModelTrait::default()
    };
    realm.update::<user::Entity>(row, user::Column::Id.eq(person.id)).await?;
    let revoked = refresh_token::ActiveModel { revoked_at: Set(Some(now)), ..sea_orm::ActiveModelTrait::default() };
    realm.update::<refresh_token::Entity>(revoked, refresh_token::Column::UserId.eq(person.id)).await?;
    let tx = realm.into_organization(OrganizationId(person.organization_id)).await?;
    let actor = Actor { id: Some(person.id), name: &person.name, origin, now };
    let note = Note {
        module: Module::Admin,
        verb: "user.password_reset",
        subject: "user",
        subject_id: Some(person.id),
        summary: format!("{} chose a new password", person.name),
        before: None,
        after: None,
    };
    trace::note(&tx, &actor, note).await?;
    tx.commit().await?;
    services.access.invalidate(&UserId(person.id));
    Ok(())
}
