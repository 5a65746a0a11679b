//! Looks at a plan that people keep under a name, for themselves or for everybody.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table project_views (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  owner_id {uuid} not null,
  name text not null,
  look {json} not null,
  shared boolean not null,
  created_at {instant} not null,
  updated_at {instant} not null,
  constraint project_views_name unique (organization_id, project_id, owner_id, name),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
  foreign key (organization_id, owner_id) references users (organization_id, id) on delete cascade
);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager.get_connection(), SCRIPT, &[("project_views", Lock::Organization)]).await
    }
}
