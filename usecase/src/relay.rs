//! From the outbox to whoever listens.
//!
//! *Invariant:* what was announced in a transaction that went through is published at least once, and the announcements
//! of one organisation in their order: one that cannot be published holds up those behind it, and no other organisation.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Fault, OrganizationId};
use entity::trace::outbox_event::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, QueryOrder, QuerySelect, Set};
use serde_json::Value;
use uuid::Uuid;

use crate::{Services, db::RealmTx};

/// Announcements that are read at once.
const BATCH: u64 = 500;
/// Seconds in which whoever acted tells it at once; the relay comes behind.
const GRACE_SECONDS: i64 = 1;
/// Days that a published announcement is kept.
const KEPT_DAYS: i64 = 7;

/// Something that a room announced.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    pub id: Uuid,
    pub organization: OrganizationId,
    /// Past tense: `projects.plan_changed`.
    pub name: String,
    pub payload: Value,
    pub at: DateTime<Utc>,
}

/// Takes announcements to those who want to know. It may get one twice and must not mind.
#[async_trait]
pub trait EventBus: Send + Sync {
    /// Takes one, or says that it cannot now.
    async fn publish(&self, announcement: &Announcement) -> Result<(), Fault>;
}

/// How the outbox stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Published just now.
    pub published: u64,
    /// Organisations whose next announcement could not be published.
    pub held_up: usize,
    /// Announcements that wait.
    pub waiting: u64,
    /// Seconds that the oldest of them has waited.
    pub lag_seconds: i64,
}

/// Publishes what waits, organisation by organisation in order, and marks it as sent. Killed in between, it publishes
/// again what it had not marked.
///
/// # Errors
/// The database's error as a fault; what was marked stays so.
pub async fn relay(services: &Services, bus: &dyn EventBus) -> Result<Outbox, Fault> {
    let mut outbox = Outbox::default();
    let mut held_up: Vec<Uuid> = Vec::new();
    loop {
        let rows = waiting(services, &held_up).await?;
        if rows.is_empty() {
            break;
        }
        let mut sent = Vec::new();
        for row in rows {
            if held_up.contains(&row.organization_id) {
                continue;
            }
            let announcement = announcement(row);
            match bus.publish(&announcement).await {
                Ok(()) => sent.push(announcement.id),
                Err(fault) => {
                    tracing::warn!(%fault, id = %announcement.id, name = announcement.name, "not published; tried again later");
                    held_up.push(announcement.organization.0);
                }
            }
        }
        outbox.published += sent.len() as u64;
        mark(services, sent).await?;
    }
    outbox.held_up = held_up.len();
    stand(services, outbox).await
}

async fn waiting(services: &Services, held_up: &[Uuid]) -> Result<Vec<Model>, Fault> {
    let ripe = services.now() - TimeDelta::seconds(GRACE_SECONDS);
    let which = Condition::all()
        .add(Column::DeliveredAt.is_null())
        .add(Column::At.lte(ripe))
        .add_option((!held_up.is_empty()).then(|| Column::OrganizationId.is_not_in(held_up.iter().copied())));
    let realm = RealmTx::snapshot(&services.database).await?;
    // Ids grow with time, and an organisation's acts come one after the other.
    let rows = realm.rows(realm.select::<Entity>(which).order_by_asc(Column::Id).limit(BATCH)).await?;
    realm.commit().await?;
    Ok(rows)
}

fn announcement(row: Model) -> Announcement {
    Announcement {
        id: row.id,
        organization: OrganizationId(row.organization_id),
        name: row.name,
        payload: row.payload,
        at: row.at,
    }
}

async fn mark(services: &Services, sent: Vec<Uuid>) -> Result<(), Fault> {
    if sent.is_empty() {
        return Ok(());
    }
    let now = entity::trace::outbox_event::ActiveModel {
        delivered_at: Set(Some(services.now())),
        ..ActiveModelTrait::default()
    };
    let realm = RealmTx::begin(&services.database).await?;
    realm.update::<Entity>(now, Column::Id.is_in(sent)).await?;
    realm.commit().await
}

async fn stand(services: &Services, outbox: Outbox) -> Result<Outbox, Fault> {
    let unsent = || Column::DeliveredAt.is_null();
    let realm = RealmTx::snapshot(&services.database).await?;
    let waiting = realm.count::<Entity>(unsent()).await?;
    let oldest = realm.rows(realm.select::<Entity>(unsent()).order_by_asc(Column::Id).limit(1)).await?;
    realm.commit().await?;
    let lag_seconds = oldest.first().map_or(0, |row| (services.now() - row.at).num_seconds().max(0));
    Ok(Outbox { waiting, lag_seconds, ..outbox })
}

/// Forgets what was published a week ago; returns how much it was.
///
/// # Errors
/// The database's error as a fault.
pub async fn forget_published(services: &Services) -> Result<u64, Fault> {
    let old = services.now() - TimeDelta::days(KEPT_DAYS);
    let realm = RealmTx::begin(&services.database).await?;
    let gone = realm.delete::<Entity>(Column::DeliveredAt.lte(old)).await?;
    realm.commit().await?;
    Ok(gone)
}
