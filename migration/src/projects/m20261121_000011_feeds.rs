//! Calendar links of people. Of the secret only its hash is kept.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table project_feeds (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  user_id {uuid} not null,
  project_id {uuid},
  token_hash text not null,
  created_at {instant} not null,
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade,
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create unique index project_feeds_token on project_feeds (token_hash);
create unique index project_feeds_of_project on project_feeds (organization_id, user_id, project_id) where project_id is not null;
create unique index project_feeds_of_person on project_feeds (organization_id, user_id) where project_id is null;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whose secret it is must be found before the organisation is known.
        sql::run(manager.get_connection(), SCRIPT, &[("project_feeds", Lock::Identity)]).await
    }
}
