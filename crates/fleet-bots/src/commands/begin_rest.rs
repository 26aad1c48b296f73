//! The gallery said something that keeps the fleet, or one bot, from acting. It is told when it begins, however many meet
//! it.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::Effect;
use crate::activity::NewActivity;
use crate::backend;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::rest::{ActiveModel, Column, Entity, FLEET, RestCause};
use crate::error::Result;
use crate::id::BotId;
use crate::selection::living;
use crate::time::FleetTime;

/// What begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRest {
    /// Whose; the whole fleet's if none.
    pub bot_id: Option<BotId>,
    /// What it comes of.
    pub cause: RestCause,
    /// What the gallery said, in words for people.
    pub why: String,
    /// When it ends; none if only a probe can tell.
    pub until: Option<FleetTime>,
    /// When it was met.
    pub at: FleetTime,
    /// How long, in real time, until it is probed for the first time, where only a probe can tell.
    pub probe_in: Duration,
}

/// Returns whether it began with this. What rests already rests until the later of two ends.
pub(crate) async fn execute(tx: &impl ConnectionTrait, new: NewRest) -> Result<Effect<bool>> {
    let scope = new.bot_id.unwrap_or(FLEET);
    let now = backend::now(tx).await?;
    let row = ActiveModel {
        scope: Set(scope),
        cause: Set(new.cause),
        why: Set(new.why.clone()),
        since: Set(new.at),
        until: Set(new.until),
        probes: Set(0),
        probed_at: Set(None),
        probe_at: Set(new.until.is_none().then(|| now.plus(new.probe_in))),
    };
    let first = OnConflict::columns([Column::Scope, Column::Cause]).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(first).exec_without_returning(tx).await? == 0 {
        if let Some(until) = new.until {
            Entity::update_many()
                .col_expr(Column::Until, Expr::value(until))
                .col_expr(Column::Why, Expr::value(new.why))
                .filter(Column::Scope.eq(scope))
                .filter(Column::Cause.eq(new.cause))
                .filter(Expr::col(Column::Until).lt(until))
                .exec(tx)
                .await?;
        }
        return Ok(Effect::silent(false));
    }
    let particulars = json!({ "cause": new.cause, "until": new.until, "why": new.why });
    let told = match new.bot_id {
        Some(id) => {
            let message = format!("{} rests: {}", living(tx, id).await?.name, new.why);
            NewActivity::of(id, ActivityKind::RestBegun, new.at, message)
        }
        None => {
            let message = format!("the whole fleet rests: {}", new.why);
            NewActivity::of_fleet(ActivityKind::RestBegun, new.at, message)
        }
    };
    Ok(Effect { value: true, log: vec![told.with(particulars)] })
}
