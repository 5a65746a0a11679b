//! One spelling of the schema for SQLite and PostgreSQL.

use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};

/// The PostgreSQL role that the application runs as. It owns nothing, so row-level security binds it.
pub const APP_ROLE: &str = "takt_app";

/// Who may see a row, on PostgreSQL.
#[derive(Clone, Copy)]
pub(crate) enum Lock {
    /// Only its organisation.
    Organization,
    /// Its organisation, and the identity realm, which must find an account before it knows the organisation.
    Identity,
}

/// Runs a script whose column types are written `{uuid} {instant} {json} {blob}` and locks the named tables.
pub(crate) async fn run<C: ConnectionTrait>(db: &C, script: &str, tables: &[(&str, Lock)]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let types: [(&str, &str, &str); 4] = [
        ("{uuid}", "blob", "uuid"),
        ("{instant}", "text", "timestamptz"),
        ("{json}", "text", "jsonb"),
        ("{blob}", "blob", "bytea"),
    ];
    let mut sql = script.to_owned();
    for (name, sqlite, postgres) in types {
        sql = sql.replace(name, if backend == DbBackend::Postgres { postgres } else { sqlite });
    }
    for statement in sql.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        db.execute_unprepared(statement).await?;
    }
    if backend == DbBackend::Postgres {
        for (table, lock) in tables {
            lock_rows(db, table, *lock).await?;
        }
    }
    Ok(())
}

async fn lock_rows<C: ConnectionTrait>(db: &C, table: &str, lock: Lock) -> Result<(), DbErr> {
    let own = "organization_id = nullif(current_setting('app.organization_id', true), '')::uuid";
    let rule = match lock {
        Lock::Organization => own.to_owned(),
        Lock::Identity => format!("{own} or current_setting('app.realm', true) = 'identity'"),
    };
    db.execute_unprepared(&format!("alter table {table} enable row level security")).await?;
    db.execute_unprepared(&format!("create policy own_rows on {table} using ({rule}) with check ({rule})")).await?;
    Ok(())
}

pub(crate) async fn create_application_role(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    // Several servers may start at once, and roles are shared by all databases of a cluster.
    db.execute_unprepared(&format!(
        "do $$ begin
           if not exists (select from pg_roles where rolname = '{APP_ROLE}') then create role {APP_ROLE} nologin; end if;
           if not pg_has_role(current_user, '{APP_ROLE}', 'member') then execute format('grant {APP_ROLE} to %I', current_user); end if;
         exception when duplicate_object or unique_violation then null; end $$"
    ))
    .await?;
    Ok(())
}

pub(crate) async fn grant_application_role(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    db.execute_unprepared(&format!(
        "grant usage on schema public to {APP_ROLE};
         grant select, insert, update, delete on all tables in schema public to {APP_ROLE};
         grant usage, select on all sequences in schema public to {APP_ROLE};
         revoke update, delete on audit_log from {APP_ROLE};
         revoke insert, update, delete on seaql_migrations from {APP_ROLE}"
    ))
    .await?;
    Ok(())
}
