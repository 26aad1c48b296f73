//! The operator wants bots to hold still, with their plans and their memory.

use sea_orm::ConnectionTrait;

use super::{Asked, Effect};
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::selection::{IntentChange, Selection, change_intent};

/// Returns those that were running.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let change = IntentChange { from: &[Intent::Running], to: Intent::Paused, kind: ActivityKind::Paused };
    change_intent(tx, selection, &change, asked).await
}
