//! The operator asks a bot to do something now. What is asked for is a row, as an intent is; the bot's agent takes it up
//! wherever it lives.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::backend::now_expr;
use crate::entities::bot::{self, Account, Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::request::{ActNow, ActiveModel, Column, Entity, Model as Request};
use crate::entities::{bot_lease, setting};
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::selection::{living, lock_bots};
use crate::time::StoreTime;

/// Takes the place of a request that was not served yet, and says so.
///
/// # Errors
/// `NotFound`; `Conflict`, with what to do about it, when the bot could not do it anyway.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    bot_id: BotId,
    wish: ActNow,
    asked: &Asked,
) -> Result<Effect<Request>> {
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(bot_id))).await?;
    let bot = living(tx, bot_id).await?;
    refuse_unable(tx, &bot).await?;

    let before = Entity::delete_many().filter(Column::BotId.eq(bot_id)).exec_with_returning(tx).await?;
    let replaced = before.into_iter().next();
    let row = ActiveModel {
        number: NotSet,
        bot_id: Set(bot_id),
        wish: Set(wish),
        by: Set(asked.by.clone()),
        at: Set(asked.at),
        made_at: Set(StoreTime::default()),
        replaces: Set(replaced.as_ref().map(|request| request.wish)),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    // Only a statement reads the database's clock.
    let request = Entity::update_many()
        .col_expr(Column::MadeAt, now_expr(tx.get_database_backend()))
        .filter(Column::BotId.eq(bot_id))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::Conflict("the request was not written".into()))?;

    let mut message = format!("{} asked {} to {} now", asked.by, bot.name, wish.told());
    if let Some(replaced) = &replaced {
        message += &format!(", instead of what {} had asked for: to {}", replaced.by, replaced.wish.told());
    }
    let activity = NewActivity::of(bot_id, ActivityKind::Requested, asked.at, message)
        .with(json!({ "by": asked.by, "wish": wish, "replaces": request.replaces }));
    Ok(Effect { value: request, log: vec![activity] })
}

async fn refuse_unable(tx: &impl ConnectionTrait, bot: &Bot) -> Result<()> {
    let name = &bot.name;
    let refuse = |why: String| Err(Error::Conflict(why));
    match bot.intent {
        Intent::Running => {}
        Intent::Paused => return refuse(format!("{name} is paused; resume it first")),
        Intent::Stopped => return refuse(format!("{name} is stopped; start it first")),
    }
    if setting::Entity::find_by_id(setting::STOP).one(tx).await?.is_some() {
        return refuse("everything is stopped; lift the stop first".into());
    }
    if bot.account == Account::Refused {
        let said = bot.account_note.as_deref().unwrap_or("it did not say why");
        return refuse(format!("the gallery refused {name} an account ({said}); mend that first"));
    }
    let lease = bot_lease::Entity::find_by_id(bot.id).one(tx).await?;
    let parked = lease.filter(|lease| lease.parked_start == Some(bot.starts));
    match parked {
        Some(lease) => {
            let why = lease.state_note.unwrap_or_else(|| "it went wrong too often".into());
            refuse(format!("{name} is parked ({why}); start it once more first"))
        }
        None => Ok(()),
    }
}
