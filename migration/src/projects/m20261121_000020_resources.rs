//! Resources and what tasks need of them, pauses, levelling, baselines, watchers and mentions.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table project_resources (
  id {uuid} primary key not null,
  organization_id {uuid} not null references organizations (id) on delete cascade,
  kind text not null check (kind in ('person', 'department', 'machine')),
  name text not null,
  capacity bigint not null check (capacity >= 0),
  pattern {json},
  version bigint not null,
  created_at {instant} not null,
  updated_at {instant} not null,
  deleted_at {instant},
  constraint project_resources_own unique (organization_id, id)
);
create unique index project_resources_name on project_resources (organization_id, kind, name) where deleted_at is null;
create table project_assignments (
  organization_id {uuid} not null,
  project_id {uuid} not null,
  task_id {uuid} not null,
  resource_id {uuid} not null,
  units bigint not null check (units > 0),
  position integer not null,
  primary key (organization_id, project_id, task_id, resource_id),
  foreign key (organization_id, project_id, task_id) references project_tasks (organization_id, project_id, id) on delete cascade
);
create index project_assignments_by_resource on project_assignments (organization_id, resource_id);
create table project_baselines (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  name text not null,
  taken_at {instant} not null,
  taken_by text not null,
  revision bigint not null,
  finish bigint not null,
  tasks bigint not null,
  rows {json} not null,
  version bigint not null,
  deleted_at {instant},
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create unique index project_baselines_name on project_baselines (organization_id, project_id, name) where deleted_at is null;
create table project_watchers (
  organization_id {uuid} not null,
  project_id {uuid} not null,
  task_id {uuid} not null,
  user_id {uuid} not null,
  since {instant} not null,
  primary key (organization_id, project_id, task_id, user_id),
  foreign key (organization_id, project_id, task_id) references project_tasks (organization_id, project_id, id) on delete cascade,
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
alter table project_tasks add column splits {json};
alter table project_tasks add column locked boolean not null default false;
alter table project_tasks add column level_from bigint;
alter table project_comments add column mentions {json};
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["project_resources", "project_assignments", "project_baselines", "project_watchers"];
        sql::run(manager.get_connection(), SCRIPT, &tables.map(|table| (table, Lock::Organization))).await
    }
}
