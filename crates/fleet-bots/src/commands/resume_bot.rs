//! The operator wants paused bots to go on.

use sea_orm::ConnectionTrait;

use super::{Asked, Effect};
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::selection::{IntentChange, Selection, change_intent};

/// Returns those that were paused.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let change = IntentChange { from: &[Intent::Paused], to: Intent::Running, kind: ActivityKind::Resumed };
    change_intent(tx, selection, &change, asked).await
}
