//! Written in the transaction of the act itself.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table audit_heads (
  organization_id {uuid} primary key not null references organizations (id) on delete cascade,
  sequence bigint not null,
  hash text not null
);
create table audit_log (
  organization_id {uuid} not null references organizations (id) on delete cascade,
  sequence bigint not null,
  id {uuid} not null,
  at {instant} not null,
  actor_id {uuid},
  actor_name text not null,
  origin text not null,
  module text not null,
  verb text not null,
  subject text not null,
  subject_id {uuid},
  summary text not null,
  before {json},
  after {json},
  previous_hash text not null,
  hash text not null,
  primary key (organization_id, sequence),
  constraint audit_log_id unique (id)
);
create index audit_log_subject on audit_log (organization_id, subject_id, sequence);
create table outbox (
  organization_id {uuid} not null references organizations (id) on delete cascade,
  id {uuid} primary key not null,
  name text not null,
  payload {json} not null,
  at {instant} not null,
  delivered_at {instant}
);
create index outbox_waiting on outbox (organization_id, delivered_at, id);
create table idempotency_keys (
  organization_id {uuid} not null references organizations (id) on delete cascade,
  key text not null,
  request_hash text not null,
  status integer not null,
  body text not null,
  at {instant} not null,
  primary key (organization_id, key)
);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager.get_connection(),
            SCRIPT,
            &[
                ("audit_heads", Lock::Identity),
                ("audit_log", Lock::Identity),
                ("outbox", Lock::Identity),
                ("idempotency_keys", Lock::Organization),
            ],
        )
        .await
    }
}
