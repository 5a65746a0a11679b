//! The note that every verb leaves in its own transaction: an audit row, chained to the row before it, and outbox rows.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{AuditId, Fault, Module};
use entity::trace::{audit_entry, audit_head, outbox_event};
use sea_orm::{ColumnTrait, Order, Set};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    db::OrgTx,
    gate::{Access, Origin},
};

/// The hash before the first row.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One act, for the audit log.
pub(crate) struct Note {
    pub(crate) module: Module,
    /// Past tense: `project.created`.
    pub(crate) verb: &'static str,
    /// The kind of thing: `project`.
    pub(crate) subject: &'static str,
    pub(crate) subject_id: Option<Uuid>,
    /// A sentence for people.
    pub(crate) summary: String,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// Who did it and when.
pub(crate) struct Actor<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) name: &'a str,
    pub(crate) origin: &'a Origin,
    pub(crate) now: DateTime<Utc>,
}

impl<'a> Actor<'a> {
    pub(crate) fn of(access: &'a Access, origin: &'a Origin, now: DateTime<Utc>) -> Self {
        Self { id: Some(access.user_id.0), name: &access.user_name, origin, now }
    }
}

/// Starts the chain of a new organisation.
pub(crate) async fn open_chain(tx: &OrgTx) -> Result<(), Fault> {
    let head = audit_head::ActiveModel {
        sequence: Set(0),
        hash: Set(GENESIS.to_owned()),
        ..sea_orm::ActiveModelTrait::default()
    };
    tx.insert::<audit_head::Entity>(head).await
}

/// Appends to the chain. Holding the head until the end of the transaction keeps the order of one organisation's acts.
pub(crate) async fn note(tx: &OrgTx, actor: &Actor<'_>, note: Note) -> Result<(), Fault> {
    let head = tx.select::<audit_head::Entity>().for_update().one().await?.ok_or_else(Fault::not_found)?;
    // PostgreSQL keeps microseconds; the hash must be of what is stored.
    let at = actor.now.trunc_subsecs(6);
    let sequence = head.sequence + 1;
    let mut entry = audit_entry::Model {
        organization_id: tx.organization().0,
        sequence,
        id: Uuid::now_v7(),
        at,
        actor_id: actor.id,
        actor_name: actor.name.to_owned(),
        origin: actor.origin.to_string(),
        module: note.module.slug().to_owned(),
        verb: note.verb.to_owned(),
        subject: note.subject.to_owned(),
        subject_id: note.subject_id,
        summary: note.summary,
        before: note.before,
        after: note.after,
        previous_hash: head.hash,
        hash: String::new(),
    };
    entry.hash = hash(&entry);
    let hash = entry.hash.clone();
    tx.insert::<audit_entry::Entity>(entry.into()).await?;
    let moved =
        audit_head::ActiveModel { sequence: Set(sequence), hash: Set(hash), ..sea_orm::ActiveModelTrait::default() };
    tx.update::<audit_head::Entity>(moved, sea_orm::Condition::all()).await.map(drop)
}

/// SHA-256 over the row before and every field of this one, with keys in sorted order.
fn hash(entry: &audit_entry::Model) -> String {
    let content = json!([
        entry.organization_id,
        entry.sequence,
        entry.id,
        entry.at.to_rfc3339(),
        entry.actor_id,
        entry.actor_name,
        entry.origin,
        entry.module,
        entry.verb,
        entry.subject,
        entry.subject_id,
        entry.summary,
        entry.before.as_ref().map(canonical),
        entry.after.as_ref().map(canonical),
        entry.previous_hash,
    ]);
    hex::encode(Sha256::digest(content.to_string()))
}

/// The value with its keys in one order, whatever order a database gives them back in.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let sorted: std::collections::BTreeMap<_, _> =
                fields.iter().map(|(key, field)| (key, canonical(field))).collect();
            Value::Array(sorted.into_iter().map(|(key, field)| json!([key, field])).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(canonical).collect()),
        plain => plain.clone(),
    }
}

/// Tells the rest of the house, once this transaction is through. Returns the id, for whoever tells it at once besides.
pub(crate) async fn announce(tx: &OrgTx, name: &str, payload: Value, now: DateTime<Utc>) -> Result<Uuid, Fault> {
    let id = Uuid::now_v7();
    let event = outbox_event::ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        payload: Set(payload),
        at: Set(now),
        delivered_at: Set(None),
        ..sea_orm::ActiveModelTrait::default()
    };
    tx.insert::<outbox_event::Entity>(event).await?;
    Ok(id)
}

/// Walks the chain; returns the first row whose hash does not fit, if any.
pub(crate) async fn broken_link(tx: &OrgTx) -> Result<Option<AuditId>, Fault> {
    let mut before = GENESIS.to_owned();
    let mut from = 0;
    loop {
        let rows = tx
            .select::<audit_entry::Entity>()
            .filter(audit_entry::Column::Sequence.gt(from))
            .order_by(audit_entry::Column::Sequence, Order::Asc)
            .limit(1_000)
            .all()
            .await?;
        let Some(last) = rows.last() else { return Ok(None) };
        from = last.sequence;
        for row in &rows {
            if row.previous_hash != before || row.hash != hash(row) {
                return Ok(Some(AuditId(row.id)));
            }
            before.clone_from(&row.hash);
        }
    }
}
