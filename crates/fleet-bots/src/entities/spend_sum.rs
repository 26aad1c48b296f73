//! The table `spend_sums`: what rows of `spends` come to, by day and by month, told apart by whom and for what. Whoever looks at
//! what the fleet costs must not add up a month of calls each time, and the calls themselves need not be kept for ever.

use sea_orm::entity::prelude::*;

use crate::money::Micros;
use crate::time::FleetTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spend_sums")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub span: SumSpan,
    /// When the day or month began, in UTC of fleet time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: FleetTime,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: SumPart,
    /// Which bot, persona, model or purpose; empty where it is a try of an operator's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What is known to have been spent.
    pub settled: Micros,
    /// What is reserved and not settled.
    pub reserved: Micros,
    pub calls: i64,
    pub tokens_in: i64,
    pub tokens_out: i64,
    pub tokens_pictures: i64,
}

/// How long a time is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum SumSpan {
    Day,
    Month,
}

/// By what calls are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum SumPart {
    Bot,
    Persona,
    /// `provider/model`.
    Model,
    Purpose,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
