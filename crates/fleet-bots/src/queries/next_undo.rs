//! The row that is to take something back next: of those that are due one that is to be sent, or one whose request got no
//! answer and can no longer land.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::entities::bot::{self, Model as Bot};
use crate::error::{Error, Result};
use crate::time::{FleetTime, StoreTime};

/// Something to take back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// Its row, `planned` or `sent`.
    pub action: Action,
    /// Whose like it is, also when it was deleted.
    pub bot: Bot,
    /// Whether another bot has, or may have, an account under this one's username: what is done under it would be done to
    /// that one.
    pub is_replaced: bool,
}

/// `now` is when it must be due, `landed` when what was sent must have begun.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    now: FleetTime,
    landed: StoreTime,
) -> Result<Option<Undo>> {
    let unanswered =
        Condition::all().add(Column::Status.eq(ActionStatus::Sent)).add(Column::SentAt.lte(landed));
    let next = Entity::find()
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Column::DueAt.lte(now))
        .filter(Condition::any().add(Column::Status.eq(ActionStatus::Planned)).add(unanswered))
        // One that cannot be looked for keeps none waiting that is still to be sent.
        .order_by_asc(Column::Status)
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .one(db)
        .await?;
    let Some(action) = next else { return Ok(None) };
    let bot = bot::Entity::find_by_id(action.bot_id).one(db).await?;
    let bot = bot.ok_or_else(|| Error::NotFound(format!("bot {}", action.bot_id)))?;
    let namesakes = bot::Entity::find()
        .filter(bot::Column::Username.eq(bot.username.as_str()))
        .filter(bot::Column::CreatedAt.gte(bot.created_at))
        .filter(bot::Column::Id.ne(bot.id))
        .all(db)
        .await?;
    let is_replaced = namesakes.iter().any(Bot::may_have_account);
    Ok(Some(Undo { action, bot, is_replaced }))
}
