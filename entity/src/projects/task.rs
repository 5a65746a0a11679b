//! A row of a plan, with the dates that the scheduler gave it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub project_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub rank: i64,
    pub name: String,
    pub kind: String,
    pub mode: String,
    pub status: String,
    pub progress: i32,
    pub duration: i64,
    pub elapsed: bool,
    pub calendar_id: Option<Uuid>,
    pub constraint_kind: String,
    pub constraint_at: Option<i64>,
    pub deadline: Option<i64>,
    pub manual_start: Option<i64>,
    pub actual_start: Option<i64>,
    pub actual_finish: Option<i64>,
    pub priority: i32,
    pub department: Option<String>,
    pub notes: String,
    pub version: i64,
    pub start: i64,
    pub finish: i64,
    pub total_float: i64,
    pub critical: bool,
    pub splits: Option<Json>,
    pub locked: bool,
    pub level_from: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::org_owned!();
