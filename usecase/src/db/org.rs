//! One organisation's rows.

use domain::{Fault, FaultKind, OrganizationId};
use entity::OrgOwned;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryFilter, Statement, Value,
    sea_query::{IntoCondition, OnConflict},
};

use super::{Database, OrgSelect};
use crate::fault::from_db;

/// A connection that sees one organisation. It is deliberately not a sea-orm `ConnectionTrait`.
#[derive(Clone, Debug)]
pub struct OrgDb {
    database: Database,
    organization: OrganizationId,
}

impl OrgDb {
    pub(crate) const fn new(database: Database, organization: OrganizationId) -> Self {
        Self { database, organization }
    }

    /// Rows of this organisation.
    pub fn select<E: OrgOwned>(&self) -> OrgSelect<'_, E> {
        OrgSelect::on_pool(&self.database, self.organization)
    }

    /// A transaction that may write.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn begin(&self) -> Result<OrgTx, Fault> {
        let tx = self.database.begin_write().await.map_err(|error| from_db(&error))?;
        bind(&tx, self.organization).await.map_err(|error| from_db(&error))?;
        Ok(OrgTx { tx, organization: self.organization })
    }

    /// A transaction that sees one state of all tables. It must not write.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn snapshot(&self) -> Result<OrgTx, Fault> {
        let tx = self.database.begin_read().await.map_err(|error| from_db(&error))?;
        bind(&tx, self.organization).await.map_err(|error| from_db(&error))?;
        Ok(OrgTx { tx, organization: self.organization })
    }
}

/// Tells PostgreSQL whose rows this transaction may see. The setting ends with the transaction, so a pooled connection
/// carries nothing over to the next.
pub(super) async fn bind(tx: &DatabaseTransaction, organization: OrganizationId) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = "select set_config('app.organization_id', $1, true)";
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [organization.to_string().into()]);
        tx.execute_raw(statement).await?;
    }
    Ok(())
}

/// A transaction in one organisation. Dropped without [`OrgTx::commit`], it never happened.
#[derive(Debug)]
pub struct OrgTx {
    tx: DatabaseTransaction,
    organization: OrganizationId,
}

#[expect(clippy::disallowed_methods, reason = "every statement below carries the organisation")]
impl OrgTx {
    pub(super) const fn wrap(tx: DatabaseTransaction, organization: OrganizationId) -> Self {
        Self { tx, organization }
    }

    /// Whose rows these are.
    #[must_use]
    pub const fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// Rows of this organisation, as this transaction sees them.
    pub fn select<E: OrgOwned>(&self) -> OrgSelect<'_, E> {
        OrgSelect::on_transaction(&self.tx, self.organization)
    }

    /// Stores a row of this organisation.
    ///
    /// # Errors
    /// `Conflict` with the field where a unique index refuses.
    pub async fn insert<E: OrgOwned>(&self, row: E::ActiveModel) -> Result<(), Fault> {
        self.insert_all::<E>(vec![row]).await
    }

    /// Stores rows of this organisation.
    ///
    /// # Errors
    /// As [`OrgTx::insert`].
    pub async fn insert_all<E: OrgOwned>(&self, rows: Vec<E::ActiveModel>) -> Result<(), Fault> {
        for chunk in self.owned::<E>(rows).chunks(Self::CHUNK) {
            E::insert_many(chunk.to_vec()).exec_without_returning(&self.tx).await.map_err(|error| from_db(&error))?;
        }
        Ok(())
    }

    /// Stores rows, or where a row with this id is here already, the named columns of it.
    ///
    /// # Errors
    /// `Conflict` where an id belongs to a row outside this organisation: nothing of that row is read or changed.
    pub async fn upsert_all<E: OrgOwned>(
        &self,
        rows: Vec<E::ActiveModel>,
        id: E::Column,
        columns: &[E::Column],
    ) -> Result<(), Fault> {
        for chunk in self.owned::<E>(rows).chunks(Self::CHUNK) {
            let mut on_conflict = OnConflict::column(id);
            on_conflict
                .update_columns(columns.iter().copied())
                .action_and_where(E::organization_column().eq(self.organization.0));
            let stored = E::insert_many(chunk.to_vec())
                .on_conflict(on_conflict)
                .exec_without_returning(&self.tx)
                .await
                .map_err(|error| from_db(&error))?;
            if stored != chunk.len() as u64 {
                return Err(Fault::because(FaultKind::Conflict, "A row with this id exists already."));
            }
        }
        Ok(())
    }

    /// Rows a statement may carry: SQLite binds at most 32,766 values.
    const CHUNK: usize = 1_000;

    fn owned<E: OrgOwned>(&self, mut rows: Vec<E::ActiveModel>) -> Vec<E::ActiveModel> {
        for row in &mut rows {
            E::set_organization(row, self.organization.0);
        }
        rows
    }

    /// Changes the set columns of the rows that match; returns how many did.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn update<E: OrgOwned>(&self, set: E::ActiveModel, which: impl IntoCondition) -> Result<u64, Fault> {
        E::update_many()
            .set(set)
            .filter(self.own::<E>(which))
            .exec(&self.tx)
            .await
            .map(|done| done.rows_affected)
            .map_err(|error| from_db(&error))
    }

    /// Removes the rows that match; returns how many did.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn delete<E: OrgOwned>(&self, which: impl IntoCondition) -> Result<u64, Fault> {
        E::delete_many()
            .filter(self.own::<E>(which))
            .exec(&self.tx)
            .await
            .map(|done| done.rows_affected)
            .map_err(|error| from_db(&error))
    }

    /// Runs a statement that names the organisation itself as `:organization` (bound last). For bulk changes that
    /// the query builder cannot say; on PostgreSQL row-level security holds all the same.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub(crate) async fn bulk(&self, sqlite: &str, postgres: &str, mut values: Vec<Value>) -> Result<u64, Fault> {
        let backend = self.tx.get_database_backend();
        values.push(self.organization.0.into());
        let (sql, mark) = if backend == DbBackend::Sqlite { (sqlite, '?') } else { (postgres, '$') };
        let sql = sql.replace(":organization", &format!("{mark}{}", values.len()));
        self.tx
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .map(|done| done.rows_affected())
            .map_err(|error| from_db(&error))
    }

    /// Makes it so.
    ///
    /// # Errors
    /// The database's error as a fault; then nothing was stored.
    pub async fn commit(self) -> Result<(), Fault> {
        self.tx.commit().await.map_err(|error| from_db(&error))
    }

    fn own<E: OrgOwned>(&self, which: impl IntoCondition) -> Condition {
        Condition::all().add(E::organization_column().eq(self.organization.0)).add(which.into_condition())
    }
}
