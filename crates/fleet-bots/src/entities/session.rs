//! The table `sessions`: the sign-ins that are open. What a browser shows is kept as its hash only, so that a copy of the
//! store opens nothing.

use sea_orm::entity::prelude::*;

use crate::id::{OperatorId, SessionId};
use crate::time::StoreTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub operator_id: OperatorId,
    pub token_hash: String,
    pub created_at: StoreTime,
    pub last_seen_at: StoreTime,
    pub expires_at: StoreTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::operator::Entity",
        from = "Column::OperatorId",
        to = "super::operator::Column::Id"
    )]
    Operator,
}

impl ActiveModelBehavior for ActiveModel {}
