//! Ends every rest whose time has come, of the fleet and of single bots.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::{Effect, end_rests};
use crate::entities::rest::{Column, Model as Rest};
use crate::error::Result;
use crate::time::FleetTime;

/// Returns those that ended by `at`.
pub(crate) async fn execute(tx: &impl ConnectionTrait, at: FleetTime) -> Result<Effect<Vec<Rest>>> {
    let ended = end_rests::those(tx, Expr::col(Column::Until).lte(at)).await?;
    end_rests::told(tx, ended, at).await
}
