//! A rest of the whole fleet is over: a probe found so. Whoever deletes the row tells it, so that it is told once.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, LockType, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::json;

use super::Effect;
use crate::activity::NewActivity;
use crate::entities::bot;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::rest::{Column, Entity, FLEET, Model as Rest, RestCause};
use crate::error::Result;
use crate::time::FleetTime;

/// Ends those of the whole fleet that come of one of `causes`; returns them.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    causes: &[RestCause],
    at: FleetTime,
) -> Result<Effect<Vec<Rest>>> {
    let meant = Column::Scope.eq(FLEET).and(Column::Cause.is_in(causes.iter().copied()));
    told(tx, those(tx, meant).await?, at).await
}

/// Deletes the rests that are meant, and returns them.
pub(super) async fn those(tx: &impl ConnectionTrait, meant: SimpleExpr) -> Result<Vec<Rest>> {
    Ok(Entity::delete_many().filter(locked(meant)).exec_with_returning(tx).await?)
}

/// The same rests, locked in the one order in which everybody does so, or two would wait for each other.
pub(super) fn locked(meant: impl IntoCondition) -> SimpleExpr {
    let keys = Entity::find()
        .select_only()
        .columns([Column::Scope, Column::Cause])
        .filter(meant)
        .order_by_asc(Column::Scope)
        .order_by_asc(Column::Cause)
        .lock(LockType::Update)
        .into_query();
    Expr::tuple([Expr::col(Column::Scope), Expr::col(Column::Cause)]).in_subquery(keys)
}

/// What the log tells of rests that ended.
pub(crate) async fn told(
    tx: &impl ConnectionTrait,
    ended: Vec<Rest>,
    at: FleetTime,
) -> Result<Effect<Vec<Rest>>> {
    let ids = ended.iter().map(|rest| rest.scope).filter(|scope| *scope != FLEET);
    let living = bot::Column::DeletedAt.is_null();
    let bots = bot::Entity::find().filter(bot::Column::Id.is_in(ids)).filter(living).all(tx).await?;
    let names: HashMap<_, _> = bots.into_iter().map(|bot| (bot.id, bot.name)).collect();
    let log = ended
        .iter()
        .filter_map(|rest| {
            let told = match rest.bot() {
                None => NewActivity::of_fleet(
                    ActivityKind::RestEnded,
                    at,
                    "the fleet's rest is over; its bots go on",
                ),
                Some(id) => {
                    let message = format!("{} has rested, and goes on", names.get(&id)?);
                    NewActivity::of(id, ActivityKind::RestEnded, at, message)
                }
            };
            Some(told.with(json!({ "cause": rest.cause, "since": rest.since, "why": rest.why })))
        })
        .collect();
    Ok(Effect { value: ended, log })
}
