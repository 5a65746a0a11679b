//! The identity realm: accounts are found before an organisation is known. Only `usecase::identity` comes here, and
//! what looks after the house for all organisations: the relay of the outbox, the clean-up of kept answers.

use domain::{Fault, OrganizationId};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    Select, sea_query::IntoCondition,
};

use super::{Database, OrgTx, org::bind};
use crate::fault::from_db;

/// A transaction over the identity tables of all organisations. On PostgreSQL the policies of business tables show it
/// nothing.
#[derive(Debug)]
pub(crate) struct RealmTx(DatabaseTransaction);

#[expect(clippy::disallowed_methods, reason = "the identity realm is the exception that the policies know")]
impl RealmTx {
    /// Begins, ready to write.
    pub(crate) async fn begin(database: &Database) -> Result<Self, Fault> {
        Self::enter(database.begin_write().await.map_err(|error| from_db(&error))?).await
    }

    /// Begins, to read one state.
    pub(crate) async fn snapshot(database: &Database) -> Result<Self, Fault> {
        Self::enter(database.begin_read().await.map_err(|error| from_db(&error))?).await
    }

    async fn enter(tx: DatabaseTransaction) -> Result<Self, Fault> {
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared("select set_config('app.realm', 'identity', true)")
                .await
                .map_err(|error| from_db(&error))?;
        }
        Ok(Self(tx))
    }

    /// Rows of an identity table.
    pub(crate) fn select<E: EntityTrait>(&self, which: impl IntoCondition) -> Select<E> {
        E::find().filter(which.into_condition())
    }

    pub(crate) async fn one<E: EntityTrait>(&self, which: impl IntoCondition) -> Result<Option<E::Model>, Fault> {
        self.select::<E>(which).one(&self.0).await.map_err(|error| from_db(&error))
    }

    pub(crate) async fn all<E: EntityTrait>(&self, which: impl IntoCondition) -> Result<Vec<E::Model>, Fault> {
        self.select::<E>(which).all(&self.0).await.map_err(|error| from_db(&error))
    }

    /// The rows of a query that [`RealmTx::select`] began.
    pub(crate) async fn rows<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>, Fault> {
        select.all(&self.0).await.map_err(|error| from_db(&error))
    }

    pub(crate) async fn count<E>(&self, which: impl IntoCondition) -> Result<u64, Fault>
    where
        E: EntityTrait<Model: Send + Sync>,
    {
        self.select::<E>(which).count(&self.0).await.map_err(|error| from_db(&error))
    }

    pub(crate) async fn insert<A>(&self, row: A) -> Result<(), Fault>
    where
        A: ActiveModelTrait,
    {
        self.insert_all::<A>(vec![row]).await
    }

    pub(crate) async fn insert_all<A: ActiveModelTrait>(&self, rows: Vec<A>) -> Result<(), Fault> {
        if rows.is_empty() {
            return Ok(());
        }
        <A::Entity as EntityTrait>::insert_many(rows)
            .exec_without_returning(&self.0)
            .await
            .map(drop)
            .map_err(|error| from_db(&error))
    }

    pub(crate) async fn update<E: EntityTrait>(
        &self,
        set: E::ActiveModel,
        which: impl IntoCondition,
    ) -> Result<u64, Fault> {
        E::update_many()
            .set(set)
            .filter(which.into_condition())
            .exec(&self.0)
            .await
            .map(|done| done.rows_affected)
            .map_err(|error| from_db(&error))
    }

    pub(crate) async fn delete<E: EntityTrait>(&self, which: impl IntoCondition) -> Result<u64, Fault> {
        E::delete_many()
            .filter(which.into_condition())
            .exec(&self.0)
            .await
            .map(|done| done.rows_affected)
            .map_err(|error| from_db(&error))
    }

    /// Goes on as an organisation's own transaction, once it is known.
    pub(crate) async fn into_organization(self, organization: OrganizationId) -> Result<OrgTx, Fault> {
        bind(&self.0, organization).await.map_err(|error| from_db(&error))?;
        Ok(OrgTx::wrap(self.0, organization))
    }

    pub(crate) async fn commit(self) -> Result<(), Fault> {
        self.0.commit().await.map_err(|error| from_db(&error))
    }
}
