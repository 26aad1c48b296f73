//! The gallery's word on a bot's account: it is there, or it was refused.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::activity::NewActivity;
use crate::entities::bot::{Account, Column, Entity, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::time::FleetTime;

/// `note` says why, where it was refused.
///
/// # Errors
/// `NotFound` when the bot was deleted meanwhile.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: BotId,
    account: Account,
    note: Option<&str>,
    at: FleetTime,
) -> Result<Effect<Bot>> {
    let bot = Entity::update_many()
        .col_expr(Column::Account, Expr::value(account))
        .col_expr(Column::AccountNote, Expr::value(note))
        .filter(Column::Id.eq(id))
        .filter(Column::DeletedAt.is_null())
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::NotFound(format!("bot {id}")))?;
    let activity = match (account, note) {
        (Account::Ready, _) => {
            let message = format!("{} has an account in the gallery, `{}`", bot.name, bot.username);
            NewActivity::of(id, ActivityKind::Provisioned, at, message)
        }
        (_, note) => {
            let message = format!("{} has no account: {}", bot.name, note.unwrap_or("not asked for yet"));
            NewActivity::of(id, ActivityKind::Error, at, message)
        }
    };
    Ok(Effect { value: bot, log: vec![activity] })
}
