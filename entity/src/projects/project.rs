//! A project and the figures of its plan.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub code: String,
    pub name: String,
    pub description: String,
    pub status: String,
    pub direction: String,
    pub start: i64,
    pub target_end: Option<i64>,
    pub manager_id: Option<Uuid>,
    pub calendar_id: Option<Uuid>,
    pub finish: i64,
    pub progress: i32,
    pub task_count: i64,
    pub critical_count: i64,
    pub revision: i64,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::org_owned!();
