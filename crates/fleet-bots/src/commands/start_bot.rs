//! The operator wants bots to run. It also unparks: a parking lasts only until the next start.

use sea_orm::ConnectionTrait;

use super::{Asked, Effect};
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::selection::{IntentChange, Selection, change_intent};

/// Returns every bot that is meant, since each of them was started, those that ran already among them.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let change = IntentChange {
        from: &[Intent::Running, Intent::Paused, Intent::Stopped],
        to: Intent::Running,
        kind: ActivityKind::Started,
    };
    change_intent(tx, selection, &change, asked).await
}
