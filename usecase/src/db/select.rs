//! Reading the rows of one organisation.

use domain::{Fault, OrganizationId};
use entity::OrgOwned;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbBackend, DbErr, FromQueryResult, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{IntoCondition, LockType},
};

use super::{Database, org::bind};
use crate::fault::from_db;

enum Source<'a> {
    Pool(&'a Database),
    Transaction(&'a DatabaseTransaction),
}

/// A query that is already limited to one organisation.
#[must_use]
pub struct OrgSelect<'a, E: OrgOwned> {
    source: Source<'a>,
    organization: OrganizationId,
    select: Select<E>,
}

impl<'a, E: OrgOwned> OrgSelect<'a, E> {
    #[expect(clippy::disallowed_methods, reason = "the organisation is added on the spot")]
    fn new(source: Source<'a>, organization: OrganizationId) -> Self {
        Self { source, organization, select: E::find().filter(E::organization_column().eq(organization.0)) }
    }

    pub(super) fn on_pool(database: &'a Database, organization: OrganizationId) -> Self {
        Self::new(Source::Pool(database), organization)
    }

    pub(super) fn on_transaction(tx: &'a DatabaseTransaction, organization: OrganizationId) -> Self {
        Self::new(Source::Transaction(tx), organization)
    }

    /// Only rows that match.
    pub fn filter(mut self, which: impl IntoCondition) -> Self {
        self.select = self.select.filter(which.into_condition());
        self
    }

    /// In this order, after the orders named before.
    pub fn order_by(mut self, column: E::Column, order: Order) -> Self {
        self.select = self.select.order_by(column, order);
        self
    }

    /// At most so many rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select = self.select.limit(rows);
        self
    }

    /// Skips so many rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.select = self.select.offset(rows);
        self
    }

    /// Holds the rows until the transaction ends. SQLite's writer holds everything already.
    pub fn for_update(mut self) -> Self {
        if matches!(&self.source, Source::Transaction(tx) if backend(tx) == DbBackend::Postgres) {
            self.select = self.select.lock(LockType::Update);
        }
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn all(self) -> Result<Vec<E::Model>, Fault> {
        let select = self.select;
        run(self.source, self.organization, async move |conn| match conn {
            Conn::Pool(db) => select.all(db).await,
            Conn::Tx(tx) => select.all(tx).await,
        })
        .await
    }

    /// The first row.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn one(self) -> Result<Option<E::Model>, Fault> {
        let select = self.select;
        run(self.source, self.organization, async move |conn| match conn {
            Conn::Pool(db) => select.one(db).await,
            Conn::Tx(tx) => select.one(tx).await,
        })
        .await
    }

    /// How many rows match.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn count(self) -> Result<u64, Fault> {
        let select = self.select;
        run(self.source, self.organization, async move |conn| match conn {
            Conn::Pool(db) => select.count(db).await,
            Conn::Tx(tx) => select.count(tx).await,
        })
        .await
    }

    /// Named columns or aggregates in place of whole rows.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn columns<M: FromQueryResult + Send + Sync>(
        self,
        pick: impl FnOnce(Select<E>) -> Select<E>,
    ) -> Result<Vec<M>, Fault> {
        let select = pick(self.select.select_only()).into_model::<M>();
        run(self.source, self.organization, async move |conn| match conn {
            Conn::Pool(db) => select.all(db).await,
            Conn::Tx(tx) => select.all(tx).await,
        })
        .await
    }
}

fn backend(tx: &DatabaseTransaction) -> DbBackend {
    sea_orm::ConnectionTrait::get_database_backend(tx)
}

enum Conn<'a> {
    Pool(&'a sea_orm::DatabaseConnection),
    Tx(&'a DatabaseTransaction),
}

/// PostgreSQL must be told whose rows it may show, and only a transaction can carry that safely over a pool.
async fn run<T>(
    source: Source<'_>,
    organization: OrganizationId,
    query: impl AsyncFnOnce(Conn<'_>) -> Result<T, DbErr>,
) -> Result<T, Fault> {
    let done = match source {
        Source::Transaction(tx) => query(Conn::Tx(tx)).await,
        Source::Pool(database) if database.backend() == DbBackend::Sqlite => query(Conn::Pool(database.reader())).await,
        Source::Pool(database) => {
            async {
                let tx = database.begin_read().await?;
                bind(&tx, organization).await?;
                let rows = query(Conn::Tx(&tx)).await?;
                tx.commit().await?;
                Ok(rows)
            }
            .await
        }
    };
    done.map_err(|error| from_db(&error))
}
