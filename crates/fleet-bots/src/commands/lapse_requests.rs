//! Ends what operators asked for and no bot could do in time: whoever asked is told, and nothing happens much later out of
//! the blue.

use std::collections::HashMap;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Effect, take_request};
use crate::backend::now_expr;
use crate::entities::bot;
use crate::entities::request::{Column, Model as Request};
use crate::error::Result;
use crate::ledger;
use crate::time::{FleetTime, micros};

/// How long a request may wait, in real time.
const PATIENCE: Duration = Duration::from_secs(600);

/// Returns those that lapsed by this.
pub(crate) async fn execute(tx: &impl ConnectionTrait, at: FleetTime) -> Result<Effect<Vec<Request>>> {
    let oldest = now_expr(tx.get_database_backend()).sub(micros(PATIENCE));
    let lapsed = ledger::end_requests(tx, Expr::col(Column::MadeAt).lt(oldest)).await?;
    if lapsed.is_empty() {
        return Ok(Effect::silent(lapsed));
    }
    let ids = lapsed.iter().map(|request| request.bot_id);
    let bots = bot::Entity::find().filter(bot::Column::Id.is_in(ids)).all(tx).await?;
    let names: HashMap<_, _> = bots.into_iter().map(|bot| (bot.id, bot.name)).collect();
    let why = format!("it could not within {} minutes", PATIENCE.as_secs() / 60);
    let log = lapsed
        .iter()
        .filter_map(|request| {
            let name = names.get(&request.bot_id)?;
            Some(take_request::ended(request, request.bot_id, name, &why, at))
        })
        .collect();
    Ok(Effect { value: lapsed, log })
}
