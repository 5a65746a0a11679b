//! One stored change of a plan and how to take it back.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_operations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub project_id: Uuid,
    pub revision: i64,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub at: DateTimeUtc,
    pub kind: String,
    pub of_id: Option<Uuid>,
    pub undone_by: Option<Uuid>,
    pub summary: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub operations: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub delta: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::org_owned!();
