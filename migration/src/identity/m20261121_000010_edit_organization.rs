//! Owners and administrators of organisations that are there may change their organisation's name and trade.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

const SCRIPT: &str = "
insert into role_permissions (organization_id, role_id, permission)
select roles.organization_id, roles.id, 'admin.edit_organization' from roles
where roles.built_in and roles.code in ('owner', 'admin') and not exists (
  select 1 from role_permissions held
  where held.organization_id = roles.organization_id and held.role_id = roles.id
    and held.permission = 'admin.edit_organization'
);
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager.get_connection(), SCRIPT, &[]).await
    }
}
