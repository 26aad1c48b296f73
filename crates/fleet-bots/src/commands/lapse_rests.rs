//! Ends every rest whose time has come, of the fleet and of single bots.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use super::{Effect, end_rests};
use crate::entities::rest::{Column, Entity, Model as Rest};
use crate::error::Result;
use crate::time::FleetTime;

/// Returns those that ended by `at`.
pub(crate) async fn execute(tx: &impl ConnectionTrait, at: FleetTime) -> Result<Effect<Vec<Rest>>> {
    let ended =
        Entity::delete_many().filter(Expr::col(Column::Until).lte(at)).exec_with_returning(tx).await?;
    end_rests::told(tx, ended, at).await
}
