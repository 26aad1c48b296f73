//! The row that is to take something back next: one that is due, or one whose request got no answer and can no longer land.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

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
    /// Whether another bot has this one's username by now: what is done under it would be done to that one.
    pub is_replaced: bool,
}

/// `now` is when what is planned must be due, `landed` when what was sent must have begun.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    now: FleetTime,
    landed: StoreTime,
) -> Result<Option<Undo>> {
    let due = Condition::all().add(Column::Status.eq(ActionStatus::Planned)).add(Column::DueAt.lte(now));
    let unanswered =
        Condition::all().add(Column::Status.eq(ActionStatus::Sent)).add(Column::SentAt.lte(landed));
    let next = Entity::find()
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Condition::any().add(due).add(unanswered))
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
        .count(db)
        .await?;
    Ok(Some(Undo { action, bot, is_replaced: namesakes > 0 }))
}
