//! Access tokens (JWT) and refresh tokens that rotate in families.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Fault, FaultKind, UserId, access::BuiltInRole};
use entity::identity::refresh_token;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore;
use sea_orm::{ColumnTrait, Set};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::SignedIn;
use crate::{Access, Services, Settings, db::RealmTx, fault::internal};

/// Seconds in which a refresh token may come twice: two tabs that woke up together are no thief.
const GRACE_SECONDS: i64 = 5;

/// Kinds of tokens; one is never taken for the other.
const ACCESS: &str = "access";
const OPERATOR: &str = "operator";

/// Signs and checks access tokens.
pub(crate) struct TokenKeys {
    encode: EncodingKey,
    decode: DecodingKey,
    validation: Validation,
}

impl TokenKeys {
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&settings.issuer]);
        validation.set_audience(&[&settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The expiry is checked against our own clock.
        validation.validate_exp = false;
        Self {
            encode: EncodingKey::from_secret(&settings.secret),
            decode: DecodingKey::from_secret(&settings.secret),
            validation,
        }
    }
}

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    email: String,
    organization_id: Uuid,
    role: String,
    #[serde(rename = "type")]
    kind: String,
    iat: i64,
    exp: i64,
    aud: String,
    iss: String,
}

/// What a program gets when it signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenPair {
    pub access_token: String,
    pub refresh_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until the access token is over.
    pub expires_in: i64,
}

/// Tokens for somebody who has just signed in; starts a new family.
///
/// # Errors
/// The database's error as a fault.
pub async fn issue(services: &Services, who: &SignedIn) -> Result<TokenPair, Fault> {
    let tx = RealmTx::begin(&services.database).await?;
    let pair = issue_in(services, &tx, &who.access, Uuid::now_v7()).await?;
    tx.commit().await?;
    Ok(pair)
}

/// Trades a refresh token for a new pair. A token that was traded before revokes its whole family: either the thief or
/// the owner holds the newer one, and both must sign in again.
///
/// # Errors
/// `SessionExpired` for an unknown, used, revoked or old token.
pub async fn refresh(services: &Services, token: &str) -> Result<TokenPair, Fault> {
    let now = services.now();
    let over = || Fault::because(FaultKind::SessionExpired, "This refresh token is over; sign in again.");
    let tx = RealmTx::begin(&services.database).await?;
    let by_hash = refresh_token::Column::TokenHash.eq(digest(token));
    let row = tx.one::<refresh_token::Entity>(by_hash).await?.ok_or_else(over)?;
    if row.revoked_at.is_some() || row.expires_at <= now {
        return Err(over());
    }
    if row.used_at.is_some_and(|used| now - used > TimeDelta::seconds(GRACE_SECONDS)) {
        tracing::warn!(user = %row.user_id, family = %row.family_id, "a refresh token came twice; its family is revoked");
        revoke_family(&tx, row.family_id, now).await?;
        tx.commit().await?;
        return Err(over());
    }
    // One of two that come at once wins; the other finds the row used within the grace.
    let used = refresh_token::ActiveModel { used_at: Set(Some(now)), ..sea_orm::ActiveModelTrait::default() };
    tx.update::<refresh_token::Entity>(used, refresh_token::Column::Id.eq(row.id)).await?;
    services.access.invalidate(&UserId(row.user_id));
    let access = Access::of(services, UserId(row.user_id)).await?.ok_or_else(over)?;
    let pair = issue_in(services, &tx, &access, row.family_id).await?;
    tx.commit().await?;
    Ok(pair)
}

/// Ends the family of a refresh token. An unknown token is no error: the aim is reached.
///
/// # Errors
/// The database's error as a fault.
pub async fn revoke(services: &Services, token: &str) -> Result<(), Fault> {
    let tx = RealmTx::begin(&services.database).await?;
    let by_hash = refresh_token::Column::TokenHash.eq(digest(token));
    if let Some(row) = tx.one::<refresh_token::Entity>(by_hash).await? {
        revoke_family(&tx, row.family_id, services.now()).await?;
    }
    tx.commit().await
}

async fn revoke_family(tx: &RealmTx, family: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
    let revoked = refresh_token::ActiveModel { revoked_at: Set(Some(now)), ..sea_orm::ActiveModelTrait::default() };
    tx.update::<refresh_token::Entity>(revoked, refresh_token::Column::FamilyId.eq(family)).await.map(drop)
}

async fn issue_in(services: &Services, tx: &RealmTx, access: &Access, family: Uuid) -> Result<TokenPair, Fault> {
    let now = services.now();
    let secret = secret();
    let row = refresh_token::ActiveModel {
        id: Set(Uuid::now_v7()),
        organization_id: Set(access.organization_id.0),
        user_id: Set(access.user_id.0),
        family_id: Set(family),
        token_hash: Set(digest(&secret)),
        issued_at: Set(now),
        expires_at: Set(now + TimeDelta::days(services.settings.refresh_days)),
        used_at: Set(None),
        revoked_at: Set(None),
    };
    tx.insert(row).await?;
    let seconds = services.settings.access_minutes * 60;
    let claims = Claims {
        sub: access.user_id.0,
        email: access.email.clone(),
        organization_id: access.organization_id.0,
        role: access.role.clone(),
        kind: ACCESS.to_owned(),
        iat: now.timestamp(),
        exp: now.timestamp() + seconds,
        aud: services.settings.audience.clone(),
        iss: services.settings.issuer.clone(),
    };
    let access_token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &services.tokens.encode)
        .map_err(|error| internal("signing a token", error))?;
    Ok(TokenPair { access_token, refresh_token: secret, token_type: "Bearer".to_owned(), expires_in: seconds })
}

/// Whose access token this is.
///
/// # Errors
/// `SessionExpired` where it was good once, `NotSignedIn` where it never was.
pub(super) fn read(services: &Services, token: &str) -> Result<UserId, FaultKind> {
    read_kind(services, token, ACCESS).map(UserId)
}

fn read_kind(services: &Services, token: &str, kind: &str) -> Result<Uuid, FaultKind> {
    let claims = jsonwebtoken::decode::<Claims>(token, &services.tokens.decode, &services.tokens.validation)
        .map_err(|_| FaultKind::NotSignedIn)?
        .claims;
    if claims.kind != kind {
        return Err(FaultKind::NotSignedIn);
    }
    if claims.exp <= services.now().timestamp() {
        return Err(FaultKind::SessionExpired);
    }
    Ok(claims.sub)
}

/// A token for who runs the installation: of a kind that no organisation takes, without one that renews it.
pub(super) fn issue_operator(services: &Services, id: Uuid, email: &str) -> Result<(String, i64), Fault> {
    let now = services.now();
    let seconds = services.settings.access_minutes * 60;
    let claims = Claims {
        sub: id,
        email: email.to_owned(),
        organization_id: Uuid::nil(),
        role: BuiltInRole::SuperAdmin.code().to_owned(),
        kind: OPERATOR.to_owned(),
        iat: now.timestamp(),
        exp: now.timestamp() + seconds,
        aud: services.settings.audience.clone(),
        iss: services.settings.issuer.clone(),
    };
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &services.tokens.encode)
        .map_err(|error| internal("signing a token", error))?;
    Ok((token, seconds))
}

/// Which operator's token this is.
///
/// # Errors
/// `SessionExpired` where it was good once, `NotSignedIn` where it never was.
pub(super) fn read_operator(services: &Services, token: &str) -> Result<Uuid, FaultKind> {
    read_kind(services, token, OPERATOR)
}

/// 256 random bits, for refresh tokens, reset links and calendar links.
pub(crate) fn secret() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret. It has 256 random bits, so a plain hash is enough.
pub(crate) fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}
