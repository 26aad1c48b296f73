//! Lifts the stop that holds for the whole fleet; bots go on as they were meant to.

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::setting::{Entity, STOP};
use crate::error::Result;

/// Returns whether there was a stop to lift.
pub(crate) async fn execute(tx: &impl ConnectionTrait, asked: &Asked) -> Result<Effect<bool>> {
    let lifted = Entity::delete_by_id(STOP).exec(tx).await?.rows_affected > 0;
    let activity = NewActivity::of_fleet(ActivityKind::StopLifted, asked.at, "the stop was lifted")
        .with(json!({ "by": asked.by }));
    Ok(Effect { value: lifted, log: if lifted { vec![activity] } else { Vec::new() } })
}
