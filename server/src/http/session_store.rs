//! Browser sessions in our own database.

use async_trait::async_trait;
use tower_sessions::{
    ExpiredDeletion, SessionStore as Store,
    session::{Id, Record},
    session_store::{Error, Result},
};
use usecase::{
    Services,
    identity::{self, StoredSession},
};

/// Stores sessions through the use-cases.
#[derive(Clone, Debug)]
pub struct SessionStore(Services);

impl SessionStore {
    /// A store on these services.
    #[must_use]
    pub const fn new(services: Services) -> Self {
        Self(services)
    }
}

fn stored(record: &Record) -> Result<StoredSession> {
    let data = serde_json::to_vec(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    Ok(StoredSession { id: record.id.to_string(), data, expires_at: record.expiry_date.unix_timestamp() })
}

#[async_trait]
impl Store for SessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // Two sessions must never share an id; 128 random bits do not meet twice in a row.
        for _ in 0..3 {
            match identity::store_session(&self.0, &stored(record)?, true).await {
                Ok(()) => return Ok(()),
                Err(fault) if fault.kind == domain::FaultKind::Conflict => record.id = Id::default(),
                Err(fault) => return Err(Error::Backend(fault.to_string())),
            }
        }
        Err(Error::Backend("no free session id".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        identity::store_session(&self.0, &stored(record)?, false)
            .await
            .map_err(|fault| Error::Backend(fault.to_string()))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = identity::load_session(&self.0, &id.to_string()).await;
        let Some(row) = found.map_err(|fault| Error::Backend(fault.to_string()))? else { return Ok(None) };
        let data = serde_json::from_slice(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(row.expires_at)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        identity::drop_session(&self.0, &id.to_string()).await.map_err(|fault| Error::Backend(fault.to_string()))
    }
}

#[async_trait]
impl ExpiredDeletion for SessionStore {
    async fn delete_expired(&self) -> Result<()> {
        identity::purge_sessions(&self.0).await.map(drop).map_err(|fault| Error::Backend(fault.to_string()))
    }
}
