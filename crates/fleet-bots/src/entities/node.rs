//! The table `nodes`: the processes that hold bots. Liveness is kept here, one row a node, so that renewing costs one
//! row however many bots there are.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::NodeId;
use crate::time::StoreTime;

/// A process that holds bots.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "nodes")]
pub struct Model {
    /// The id of this run of the process.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NodeId,
    /// What operators call it.
    pub name: String,
    /// When it joined.
    pub started_at: StoreTime,
    /// All its leases live until then.
    pub expires_at: StoreTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
