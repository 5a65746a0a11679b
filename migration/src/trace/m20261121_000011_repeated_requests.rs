//! Answers kept for requests that are sent again: by person, with the headers that belong to them. Nothing was ever
//! written to the table that this replaces.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
drop table idempotency_keys;
create table idempotency_keys (
  organization_id {uuid} not null,
  user_id {uuid} not null,
  key text not null,
  request_hash text not null,
  origin text not null,
  at {instant} not null,
  status integer,
  content_type text,
  etag text,
  location text,
  body {blob} not null,
  primary key (organization_id, user_id, key),
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create index idempotency_keys_age on idempotency_keys (at);
create index outbox_unsent on outbox (id) where delivered_at is null;
create index outbox_sent on outbox (delivered_at) where delivered_at is not null;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The identity realm forgets what is older than a day, for all organisations at once.
        sql::run(manager.get_connection(), SCRIPT, &[("idempotency_keys", Lock::Identity)]).await
    }
}
