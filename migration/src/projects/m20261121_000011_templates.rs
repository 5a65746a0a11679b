//! Plans that an organisation keeps to begin others with.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table project_templates (
  id {uuid} primary key not null,
  organization_id {uuid} not null references organizations (id) on delete cascade,
  name text not null,
  description text not null,
  category text not null,
  plan {json} not null,
  summary {json} not null,
  created_at {instant} not null,
  constraint project_templates_own unique (organization_id, id),
  constraint project_templates_name unique (organization_id, name)
);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager.get_connection(), SCRIPT, &[("project_templates", Lock::Organization)]).await
    }
}
