//! Browser sessions at rest. The door keeps only a person's id in them.

use domain::Fault;
use entity::identity::session;
use sea_orm::{ColumnTrait, Set};

use crate::{Services, db::RealmTx};

/// A session as stored.
#[derive(Clone, Debug)]
pub struct StoredSession {
    pub id: String,
    pub data: Vec<u8>,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// Stores a session. `fresh` refuses to overwrite one: two sessions must never share an id.
///
/// # Errors
/// `Conflict` where `fresh` and the id is taken.
pub async fn store_session(services: &Services, stored: &StoredSession, fresh: bool) -> Result<(), Fault> {
    let realm = RealmTx::begin(&services.database).await?;
    let changed = session::ActiveModel {
        data: Set(stored.data.clone()),
        expires_at: Set(stored.expires_at),
        ..sea_orm::ActiveModelTrait::default()
    };
    let here = session::Column::Id.eq(&stored.id);
    if fresh || realm.update::<session::Entity>(changed.clone(), here).await? == 0 {
        realm.insert(session::ActiveModel { id: Set(stored.id.clone()), ..changed }).await?;
    }
    realm.commit().await
}

/// The session with this id, unless it is over.
///
/// # Errors
/// The database's error as a fault.
pub async fn load_session(services: &Services, id: &str) -> Result<Option<StoredSession>, Fault> {
    let realm = RealmTx::snapshot(&services.database).await?;
    let row = realm.one::<session::Entity>(session::Column::Id.eq(id)).await?;
    realm.commit().await?;
    let now = services.now().timestamp();
    Ok(row.filter(|row| row.expires_at > now).map(|row| StoredSession {
        id: row.id,
        data: row.data,
        expires_at: row.expires_at,
    }))
}

/// Forgets a session.
///
/// # Errors
/// The database's error as a fault.
pub async fn drop_session(services: &Services, id: &str) -> Result<(), Fault> {
    let realm = RealmTx::begin(&services.database).await?;
    realm.delete::<session::Entity>(session::Column::Id.eq(id)).await?;
    realm.commit().await
}

/// Forgets the sessions that are over; returns how many were.
///
/// # Errors
/// The database's error as a fault.
pub async fn purge_sessions(services: &Services) -> Result<u64, Fault> {
    let realm = RealmTx::begin(&services.database).await?;
    let gone = realm.delete::<session::Entity>(session::Column::ExpiresAt.lte(services.now().timestamp())).await?;
    realm.commit().await?;
    Ok(gone)
}
