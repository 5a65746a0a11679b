//! Plans. Dates of a plan are minutes on the plant's wall clock since 1970 (see `domain::Minute`).

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table projects (
  id {uuid} primary key not null,
  organization_id {uuid} not null references organizations (id) on delete cascade,
  code text not null,
  name text not null,
  description text not null,
  status text not null,
  direction text not null,
  start bigint not null,
  target_end bigint,
  manager_id {uuid},
  calendar_id {uuid},
  finish bigint not null,
  progress integer not null,
  task_count bigint not null,
  critical_count bigint not null,
  revision bigint not null,
  version bigint not null,
  created_at {instant} not null,
  updated_at {instant} not null,
  deleted_at {instant},
  constraint projects_own unique (organization_id, id),
  foreign key (organization_id, manager_id) references users (organization_id, id)
);
create unique index projects_code on projects (organization_id, code) where deleted_at is null;
create index projects_updated on projects (organization_id, updated_at);
create table project_calendars (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  name text not null,
  pattern {json} not null,
  version bigint not null,
  constraint project_calendars_own unique (organization_id, project_id, id),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create table project_tasks (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  parent_id {uuid},
  rank bigint not null,
  name text not null,
  kind text not null,
  mode text not null,
  status text not null,
  progress integer not null check (progress between 0 and 100),
  duration bigint not null check (duration >= 0),
  elapsed boolean not null,
  calendar_id {uuid},
  constraint_kind text not null,
  constraint_at bigint,
  deadline bigint,
  manual_start bigint,
  actual_start bigint,
  actual_finish bigint,
  priority integer not null,
  department text,
  notes text not null,
  version bigint not null,
  start bigint not null,
  finish bigint not null,
  total_float bigint not null,
  critical boolean not null,
  constraint project_tasks_own unique (organization_id, project_id, id),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
create index project_tasks_by_project on project_tasks (organization_id, project_id);
create index project_tasks_by_finish on project_tasks (organization_id, status, finish);
create table project_assignees (
  organization_id {uuid} not null,
  project_id {uuid} not null,
  task_id {uuid} not null,
  user_id {uuid} not null,
  position integer not null,
  primary key (organization_id, project_id, task_id, user_id),
  foreign key (organization_id, project_id, task_id) references project_tasks (organization_id, project_id, id) on delete cascade,
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create index project_assignees_by_user on project_assignees (organization_id, user_id);
create table project_links (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  predecessor_id {uuid} not null,
  successor_id {uuid} not null,
  kind text not null,
  lag bigint not null,
  lag_unit text not null,
  version bigint not null,
  constraint project_links_own unique (organization_id, id),
  constraint project_links_pair unique (organization_id, predecessor_id, successor_id, kind),
  foreign key (organization_id, project_id, predecessor_id) references project_tasks (organization_id, project_id, id) on delete cascade,
  foreign key (organization_id, project_id, successor_id) references project_tasks (organization_id, project_id, id) on delete cascade
);
create index project_links_by_project on project_links (organization_id, project_id);
create table project_comments (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  task_id {uuid} not null,
  author_id {uuid} not null,
  author_name text not null,
  body text not null,
  created_at {instant} not null,
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
  foreign key (organization_id, author_id) references users (organization_id, id) on delete cascade
);
create index project_comments_by_task on project_comments (organization_id, task_id, id);
create table project_operations (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  project_id {uuid} not null,
  revision bigint not null,
  actor_id {uuid},
  actor_name text not null,
  at {instant} not null,
  kind text not null check (kind in ('do', 'undo', 'redo')),
  of_id {uuid},
  undone_by {uuid},
  summary text not null,
  operations {json} not null,
  delta {json} not null,
  constraint project_operations_revision unique (organization_id, project_id, revision),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "projects",
            "project_calendars",
            "project_tasks",
            "project_assignees",
            "project_links",
            "project_comments",
            "project_operations",
        ];
        sql::run(manager.get_connection(), SCRIPT, &tables.map(|table| (table, Lock::Organization))).await
    }
}
