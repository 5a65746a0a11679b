//! Opening the database and bringing its schema up to date.

use std::time::Duration;

use domain::Fault;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, TransactionTrait,
};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use crate::fault::{from_db, internal};

/// Seconds that a writer waits for the one before it.
const BUSY_SECONDS: u64 = 10;

/// The pools. SQLite has one writer and several readers; PostgreSQL has one pool.
#[derive(Clone, Debug)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Database {
    /// Opens the pools. The schema must be up to date ([`migrate`]).
    ///
    /// # Errors
    /// `Internal` when the database cannot be reached.
    pub async fn open(url: &str, connections: u32) -> Result<Self, Fault> {
        let open = |size: u32| async move {
            connect(url, size, true).await.map_err(|error| internal("opening the database", error))
        };
        if is_sqlite(url) {
            Ok(Self { write: open(1).await?, read: open(connections).await? })
        } else {
            let pool = open(connections).await?;
            Ok(Self { read: pool.clone(), write: pool })
        }
    }

    /// SQLite or PostgreSQL.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn ping(&self) -> Result<(), Fault> {
        self.read.ping().await.map_err(|error| from_db(&error))
    }

    /// Names of schema steps that have not run.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn pending_steps(&self) -> Result<Vec<String>, Fault> {
        let steps = Migrator::get_pending_migrations(&self.read).await.map_err(|error| from_db(&error))?;
        Ok(steps.iter().map(|step| step.name().to_owned()).collect())
    }

    /// Closes the pools, so that SQLite folds its write-ahead log.
    pub async fn close(self) {
        let _ = self.write.close().await;
        let _ = self.read.close().await;
    }

    pub(super) const fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// A transaction that may write. On SQLite it takes the write lock at once: a transaction that reads first and
    /// writes later would fail whatever the timeout.
    pub(super) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        if self.backend() == DbBackend::Sqlite {
            let options = sea_orm::TransactionOptions {
                sqlite_transaction_mode: Some(sea_orm::SqliteTransactionMode::Immediate),
                ..Default::default()
            };
            return self.write.begin_with_options(options).await;
        }
        self.write.begin().await
    }

    pub(super) async fn begin_read(&self) -> Result<DatabaseTransaction, DbErr> {
        self.read.begin().await
    }
}

/// Runs the schema steps that are missing and gives the application role its rights.
///
/// # Errors
/// `Internal` when the database cannot be reached or a step fails; the log says which.
pub async fn migrate(url: &str) -> Result<(), Fault> {
    let run = async {
        let db = connect(url, 1, false).await?;
        migration::create_application_role(&db).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            // Several servers may start at once; the lock lives as long as this one connection.
            db.execute_unprepared("select pg_advisory_lock(7420019)").await?;
        }
        Migrator::up(&db, None).await?;
        migration::grant_application_role(&db).await?;
        db.close().await
    };
    run.await.map_err(|error: DbErr| internal("migrating the database", error))
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

async fn connect(url: &str, size: u32, as_application: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(BUSY_SECONDS + 5))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // FULL: what was acknowledged survives a power cut, not only a killed process.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(BUSY_SECONDS))
                .pragma("cache_size", "-32000")
                .pragma("mmap_size", "268435456")
                .pragma("temp_store", "memory")
        });
    if as_application {
        options.map_sqlx_postgres_opts(|postgres| postgres.options([("role", migration::APP_ROLE)]));
    }
    sea_orm::Database::connect(options).await
}
