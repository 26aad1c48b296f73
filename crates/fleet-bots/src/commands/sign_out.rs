//! A sign-in ends.

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::session::Entity;
use crate::error::Result;
use crate::operator::Session;

/// Returns whether it was still there.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    session: &Session,
    asked: &Asked,
) -> Result<Effect<bool>> {
    if Entity::delete_by_id(session.id).exec(tx).await?.rows_affected == 0 {
        return Ok(Effect::silent(false));
    }
    let message = format!("{} signed out", session.operator);
    let activity = NewActivity::of_fleet(ActivityKind::SignedOut, asked.at, message)
        .with(json!({ "by": asked.by, "operator": session.operator }));
    Ok(Effect { value: true, log: vec![activity] })
}
