//! A rest of the whole fleet is over: a probe found so. Whoever deletes the row tells it, so that it is told once.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
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
    let ended = Entity::delete_many()
        .filter(Column::Scope.eq(FLEET))
        .filter(Column::Cause.is_in(causes.iter().copied()))
        .exec_with_returning(tx)
        .await?;
    told(tx, ended, at).await
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
