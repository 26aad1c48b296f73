//! The operator wants bots to have no agent. Their plans are dropped; what was sent already is settled when they are
//! started again.

use sea_orm::ConnectionTrait;

use super::{Asked, Effect};
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::ledger;
use crate::selection::{IntentChange, Selection, change_intent};

/// Returns those that were not stopped before.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let change = IntentChange {
        from: &[Intent::Running, Intent::Paused],
        to: Intent::Stopped,
        kind: ActivityKind::Stopped,
    };
    let effect = change_intent(tx, selection, &change, asked).await?;
    let ids: Vec<_> = effect.value.iter().map(|bot| bot.id).collect();
    ledger::drop_plans(tx, &ids, "dropped: the bot was stopped before it was sent", asked.at).await?;
    ledger::drop_requests(tx, &ids).await?;
    Ok(effect)
}
