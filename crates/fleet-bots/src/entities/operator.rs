//! The table `operators`: who may give orders. What the crate tells of one is [`crate::operator::Operator`], which has no
//! password in it.

use sea_orm::entity::prelude::*;

use crate::id::OperatorId;
use crate::password::PasswordHash;
use crate::time::StoreTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operators")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OperatorId,
    pub name: String,
    /// The name in small letters, by which it is unique and found.
    pub name_key: String,
    pub password_hash: PasswordHash,
    pub created_at: StoreTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
