//! An organisation: the tenant.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub industry: String,
    pub status: String,
    pub time_zone: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An organisation owns itself: it reaches its own row and no other.
impl crate::OrgOwned for Entity {
    fn organization_column() -> Column {
        Column::Id
    }

    fn set_organization(row: &mut ActiveModel, organization: Uuid) {
        row.id = sea_orm::Set(organization);
    }
}
