//! Tables, a folder per room.

pub mod identity;
pub mod projects;
pub mod trace;

use sea_orm::EntityTrait;
use uuid::Uuid;

/// A table whose rows each belong to one organisation. Only `usecase::db` reads and writes such tables, and it never
/// does so without the organisation.
pub trait OrgOwned: EntityTrait<Model: Send + Sync> {
    /// The column that names the organisation.
    fn organization_column() -> Self::Column;
    /// Writes the organisation into a row that is about to be stored.
    fn set_organization(row: &mut Self::ActiveModel, organization: Uuid);
}

macro_rules! org_owned {
    () => {
        impl $crate::OrgOwned for Entity {
            fn organization_column() -> Column {
                Column::OrganizationId
            }

            fn set_organization(row: &mut ActiveModel, organization: Uuid) {
                row.organization_id = sea_orm::Set(organization);
            }
        }
    };
}
pub(crate) use org_owned;
