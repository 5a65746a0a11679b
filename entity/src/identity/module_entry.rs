//! What a module is called and costs.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "module_registry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub module: String,
    pub name: String,
    pub description: String,
    pub price_minor: i64,
    pub currency: String,
    pub trial_days: i32,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
