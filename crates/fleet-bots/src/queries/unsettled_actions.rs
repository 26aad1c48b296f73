//! The open rows of the ledger, oldest first: what a bot still has to send, or to look up. What an operator takes back is
//! not the bot's to do.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::error::Result;
use crate::id::BotId;

/// Those of `bot_id`, or everybody's.
pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: Option<BotId>) -> Result<Vec<Action>> {
    let mut open = Entity::find()
        .filter(Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent]))
        .filter(Column::Kind.ne(ActionKind::Unlike));
    if let Some(bot_id) = bot_id {
        open = open.filter(Column::BotId.eq(bot_id));
    }
    Ok(open.order_by_asc(Column::PlannedAt).order_by_asc(Column::Id).all(db).await?)
}
