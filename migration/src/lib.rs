//! Schema steps, a folder per room, in the order of their timestamps. Steps only go forward: expand, backfill, contract.
//!
//! *Invariant:* every table that belongs to an organisation is locked twice: composite foreign keys
//! `(organization_id, id)` and, on PostgreSQL, row-level security for a role that owns no table.

mod identity;
mod projects;
mod sql;
mod trace;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{MigrationTrait, async_trait, sea_orm};
pub use sql::APP_ROLE;

/// All steps of all rooms.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(identity::m20261121_000001_identity::Migration),
            Box::new(trace::m20261121_000002_trace::Migration),
            Box::new(projects::m20261121_000003_projects::Migration),
            Box::new(identity::m20261121_000010_edit_organization::Migration),
            Box::new(trace::m20261121_000011_repeated_requests::Migration),
            Box::new(projects::m20261121_000020_resources::Migration),
            Box::new(projects::m20261121_000010_project_views::Migration),
            Box::new(projects::m20261121_000011_feeds::Migration),
            Box::new(projects::m20261121_000011_templates::Migration),
        ]
    }
}

/// Gives the application role its rights on the tables that are there. Runs after the steps; harmless when repeated.
///
/// # Errors
/// Returns the database's error.
pub async fn grant_application_role(db: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    sql::grant_application_role(db).await
}

/// Creates the application role where it is missing. Nothing to do on SQLite.
///
/// # Errors
/// Returns the database's error, such as a missing right to create roles.
pub async fn create_application_role(db: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    sql::create_application_role(db).await
}
