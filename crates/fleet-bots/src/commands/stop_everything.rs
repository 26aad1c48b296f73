//! Writes the stop that holds for the whole fleet. Intents stay as they are, so that lifting it brings back what was.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::setting::{ActiveModel, Column, Entity, STOP};
use crate::error::Result;

/// Written once: a second stop changes nothing and is not logged. Returns whether this one was the first.
pub(crate) async fn execute(tx: &impl ConnectionTrait, asked: &Asked) -> Result<Effect<bool>> {
    let row = ActiveModel { key: Set(STOP.to_owned()), value: Set(json!(asked)) };
    let written = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if written == 0 {
        return Ok(Effect::silent(false));
    }
    let activity = NewActivity::of_fleet(ActivityKind::StopEverything, asked.at, "everything was stopped")
        .with(json!({ "by": asked.by }));
    Ok(Effect { value: true, log: vec![activity] })
}
