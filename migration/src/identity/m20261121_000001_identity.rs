//! Who exists, what they may do, and how they stay signed in.

use sea_orm_migration::prelude::*;

use crate::sql::{self, Lock};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
create table organizations (
  id {uuid} primary key not null,
  slug text not null,
  name text not null,
  industry text not null,
  status text not null check (status in ('active', 'suspended')),
  time_zone text not null,
  created_at {instant} not null,
  updated_at {instant} not null,
  version bigint not null default 1,
  constraint organizations_slug unique (slug)
);
create table roles (
  id {uuid} primary key not null,
  organization_id {uuid} not null references organizations (id) on delete cascade,
  code text not null,
  name text not null,
  built_in boolean not null,
  created_at {instant} not null,
  constraint roles_own unique (organization_id, id),
  constraint roles_code unique (organization_id, code)
);
create table role_permissions (
  organization_id {uuid} not null,
  role_id {uuid} not null,
  permission text not null,
  primary key (organization_id, role_id, permission),
  foreign key (organization_id, role_id) references roles (organization_id, id) on delete cascade
);
create table users (
  id {uuid} primary key not null,
  organization_id {uuid} not null references organizations (id) on delete cascade,
  role_id {uuid} not null,
  email text not null,
  name text not null,
  password_hash text not null,
  status text not null check (status in ('active', 'disabled')),
  created_at {instant} not null,
  updated_at {instant} not null,
  version bigint not null default 1,
  constraint users_own unique (organization_id, id),
  constraint users_email unique (email),
  foreign key (organization_id, role_id) references roles (organization_id, id)
);
create table operators (
  id {uuid} primary key not null,
  email text not null,
  name text not null,
  password_hash text not null,
  created_at {instant} not null,
  constraint operators_email unique (email)
);
create table module_registry (
  module text primary key not null,
  name text not null,
  description text not null,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null,
  trial_days integer not null check (trial_days >= 0),
  updated_at {instant} not null
);
create table organization_modules (
  organization_id {uuid} not null references organizations (id) on delete cascade,
  module text not null,
  enabled boolean not null,
  subscribed_at {instant},
  trial_ends_at {instant},
  updated_at {instant} not null,
  primary key (organization_id, module)
);
create table refresh_tokens (
  id {uuid} primary key not null,
  organization_id {uuid} not null,
  user_id {uuid} not null,
  family_id {uuid} not null,
  token_hash text not null,
  issued_at {instant} not null,
  expires_at {instant} not null,
  used_at {instant},
  revoked_at {instant},
  constraint refresh_tokens_hash unique (token_hash),
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create index refresh_tokens_family on refresh_tokens (family_id);
create table password_resets (
  token_hash text primary key not null,
  organization_id {uuid} not null,
  user_id {uuid} not null,
  expires_at {instant} not null,
  used_at {instant},
  foreign key (organization_id, user_id) references users (organization_id, id) on delete cascade
);
create table sessions (
  id text primary key not null,
  data {blob} not null,
  expires_at bigint not null
);
create index sessions_expiry on sessions (expires_at);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager.get_connection(),
            SCRIPT,
            &[
                ("roles", Lock::Identity),
                ("role_permissions", Lock::Identity),
                ("users", Lock::Identity),
                ("organization_modules", Lock::Identity),
                ("refresh_tokens", Lock::Identity),
                ("password_resets", Lock::Identity),
            ],
        )
        .await
    }
}
