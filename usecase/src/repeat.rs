//! Requests that are sent again. A program that did not hear the answer repeats its request with the same
//! `Idempotency-Key`: the work is done once, and the kept answer is given again.
//!
//! *Invariant:* only an answer of work that was done is kept. What was refused left no trace, so it may be tried again.

use bytes::Bytes;
use chrono::TimeDelta;
use domain::{Fault, FaultKind};
use entity::trace::{audit_entry, idempotency_key};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, Set};

use crate::{
    Caller, Services,
    db::{OrgTx, RealmTx},
    gate::Pass,
};

/// Hours that an answer is kept.
const KEPT_HOURS: i64 = 24;
/// Minutes after which whoever carried the request out is taken to have died.
const LEASE_MINUTES: i64 = 5;
/// Seconds after which a request that is being carried out is worth asking for again.
const RETRY_SECONDS: u64 = 1;

/// An answer, as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    pub status: u16,
    pub content_type: Option<String>,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub body: Bytes,
}

/// What a request with a key is.
#[derive(Debug)]
pub enum Repeat {
    /// The first: carry it out, then keep its answer or let go of the key.
    First(Claim),
    /// One that was answered before.
    Again(KeptAnswer),
}

/// The right to carry a request out.
#[derive(Clone)]
pub struct Claim {
    pass: Pass,
    key: String,
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Claim on {}", self.key)
    }
}

/// Claims a key for one request of the caller.
///
/// # Errors
/// `RequestInProgress` where the same request is being carried out, `IdempotencyKeyReused` where the key came with
/// another one, `Conflict` where it was carried out and its answer is lost, and what [`Caller::access`] refuses.
pub async fn claim(caller: &Caller, key: &str, request_hash: &str) -> Result<Repeat, Fault> {
    let claim = Claim { pass: caller.pass()?, key: key.to_owned() };
    let pass = &claim.pass;
    let tx = pass.begin().await?;
    if let Some(row) = tx.select::<idempotency_key::Entity>().filter(claim.own()).for_update().one().await? {
        let age = pass.now() - row.at;
        if age < TimeDelta::hours(KEPT_HOURS) {
            if row.request_hash != request_hash {
                return Err(Fault::new(FaultKind::IdempotencyKeyReused));
            }
            if let Some(answer) = answer(&row) {
                return Ok(Repeat::Again(answer));
            }
            if age < TimeDelta::minutes(LEASE_MINUTES) {
                return Err(in_progress());
            }
            refuse_if_done(&tx, &row).await?;
        }
        tx.delete::<idempotency_key::Entity>(claim.own()).await?;
    }
    let row = idempotency_key::ActiveModel {
        user_id: Set(pass.access.user_id.0),
        key: Set(claim.key.clone()),
        request_hash: Set(request_hash.to_owned()),
        origin: Set(pass.origin.to_string()),
        at: Set(pass.now()),
        status: Set(None),
        content_type: Set(None),
        etag: Set(None),
        location: Set(None),
        body: Set(Vec::new()),
        ..ActiveModelTrait::default()
    };
    // Of two that come at once, the unique key lets one through.
    let stored = tx.insert::<idempotency_key::Entity>(row).await;
    stored.map_err(|fault| if fault.kind == FaultKind::Conflict { in_progress() } else { fault })?;
    tx.commit().await?;
    Ok(Repeat::First(claim))
}

fn in_progress() -> Fault {
    Fault::new(FaultKind::RequestInProgress).and_retry_after(RETRY_SECONDS)
}

/// Whoever carried it out died before the answer was kept. The audit log, written with the work itself, tells whether
/// the work was done.
async fn refuse_if_done(tx: &OrgTx, row: &idempotency_key::Model) -> Result<(), Fault> {
    let noted =
        Condition::all().add(audit_entry::Column::Origin.eq(&row.origin)).add(audit_entry::Column::At.gte(row.at));
    if tx.select::<audit_entry::Entity>().filter(noted).count().await? == 0 {
        return Ok(());
    }
    let detail =
        "This request was carried out, but the server stopped before it could answer. Load what you need anew.";
    Err(Fault::because(FaultKind::Conflict, detail))
}

fn answer(row: &idempotency_key::Model) -> Option<KeptAnswer> {
    Some(KeptAnswer {
        status: u16::try_from(row.status?).ok()?,
        content_type: row.content_type.clone(),
        etag: row.etag.clone(),
        location: row.location.clone(),
        body: row.body.clone().into(),
    })
}

impl Claim {
    fn own(&self) -> Condition {
        Condition::all()
            .add(idempotency_key::Column::UserId.eq(self.pass.access.user_id.0))
            .add(idempotency_key::Column::Key.eq(&self.key))
    }

    /// Keeps the answer for whoever asks again.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn keep(&self, answer: &KeptAnswer) -> Result<(), Fault> {
        let row = idempotency_key::ActiveModel {
            status: Set(Some(i32::from(answer.status))),
            content_type: Set(answer.content_type.clone()),
            etag: Set(answer.etag.clone()),
            location: Set(answer.location.clone()),
            body: Set(answer.body.to_vec()),
            ..ActiveModelTrait::default()
        };
        let tx = self.pass.begin().await?;
        tx.update::<idempotency_key::Entity>(row, self.own()).await?;
        tx.commit().await
    }

    /// Lets go of the key: nothing was done.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn release(&self) -> Result<(), Fault> {
        let tx = self.pass.begin().await?;
        tx.delete::<idempotency_key::Entity>(self.own()).await?;
        tx.commit().await
    }
}

/// Forgets answers that are older than a day; returns how many were.
///
/// # Errors
/// The database's error as a fault.
pub async fn forget_answers(services: &Services) -> Result<u64, Fault> {
    let old = services.now() - TimeDelta::hours(KEPT_HOURS);
    let realm = RealmTx::begin(&services.database).await?;
    let gone = realm.delete::<idempotency_key::Entity>(idempotency_key::Column::At.lte(old)).await?;
    realm.commit().await?;
    Ok(gone)
}
