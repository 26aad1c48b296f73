//! Ends a row of the ledger, or puts it back when its request is known not to have begun; with it, in the same
//! transaction, the activity that tells of it, the bot's counters and memory, what it cost, and the row that follows from it.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::plan_action::{self, NewAction};
use super::{Effect, forget_post, mark_sent::Holder};
use crate::activity::NewActivity;
use crate::caps;
use crate::entities::action::{ActionStatus, Column, Entity, Model as Action};
use crate::entities::bot::Intent;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::{bot, bot_lease};
use crate::error::{Error, Result};
use crate::id::ActionId;
use crate::ledger::{self, Outcome};
use crate::memory;
use crate::queries::read_settings;
use crate::selection::lock_bots;
use crate::spending;
use crate::time::FleetTime;

/// How an action ended, and what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// How it ended.
    pub outcome: Outcome,
    /// When, in fleet time.
    pub at: FleetTime,
    /// The address at which people can see the picture that it is about.
    pub image_url: Option<String>,
    /// What is planned because of it: the post of a picture that was made. Left out when the bot was stopped meanwhile.
    pub then: Option<NewAction>,
}

/// What is put off while its bot is stopped ends as the plans did that were dropped by the stop, and as quietly: put back,
/// it would be sent when the bot is started again.
///
/// # Errors
/// `Overtaken` when the row is settled already, or `holder` does not hold the bot any more.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: ActionId,
    holder: Holder,
    mut settlement: Settlement,
) -> Result<Effect<Action>> {
    let its_bot = Entity::find().select_only().column(Column::BotId).filter(Column::Id.eq(id)).into_query();
    lock_bots(tx, Condition::all().add(bot::Column::Id.in_subquery(its_bot.clone()))).await?;
    let bot = bot::Entity::find()
        .filter(bot::Column::Id.in_subquery(its_bot))
        .one(tx)
        .await?
        .ok_or_else(|| Error::Overtaken(format!("action {id} is not in the ledger")))?;
    if settlement.then.is_some() {
        caps::hold_still(tx, &read_settings::execute(tx).await?).await?;
    }
    let is_postponed = matches!(settlement.outcome, Outcome::Postponed { .. });
    if is_postponed && bot.intent == Intent::Stopped {
        let why = "dropped: the bot was stopped before it was sent again".into();
        settlement.outcome = Outcome::Failed { why };
    }
    let action = settled(tx, id, holder, &settlement).await?;
    spending::settle_picture(tx, &action, &settlement.outcome).await?;
    if action.status == ActionStatus::Done {
        memory::note(tx, &action, settlement.at).await?;
    }
    let told = if is_postponed { None } else { activity(&bot, &action, &settlement) };
    let log: Vec<_> = told.into_iter().collect();
    if let Some(told) = log.first() {
        ledger::count(tx, &action, told, settlement.at).await?;
    }
    if let (Outcome::Gone, Some(post_id)) = (&settlement.outcome, &action.target) {
        forget_post::forget(tx, bot.id, post_id, settlement.at).await?;
    }
    if let Some(next) = settlement.then {
        match plan_action::execute(tx, next).await {
            // What happened has happened, though nothing may follow: the bot was stopped, or a cap lowered, meanwhile.
            Ok(_) | Err(Error::Overtaken(_) | Error::Capped { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Effect { value: action, log })
}

async fn settled(
    tx: &impl ConnectionTrait,
    id: ActionId,
    holder: Holder,
    settlement: &Settlement,
) -> Result<Action> {
    let held = bot_lease::Entity::find()
        .select_only()
        .column(bot_lease::Column::BotId)
        .filter(bot_lease::Column::NodeId.eq(holder.node_id))
        .filter(bot_lease::Column::Epoch.eq(holder.epoch))
        .into_query();
    let row = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent]))
        .filter(Column::BotId.in_subquery(held));
    ledger::settle(row, &settlement.outcome, settlement.at)
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::Overtaken(format!("action {id} is settled already, or its lease has gone")))
}

/// What the log tells of it. A postponement is not told: nothing happened yet, and a gallery that is down would fill
/// the log with it.
fn activity(bot: &bot::Model, action: &Action, settlement: &Settlement) -> Option<NewActivity> {
    let (kind, message) = match &settlement.outcome {
        Outcome::Done { .. } => (action.kind.when_done(), action.content.told_of(&bot.name)),
        Outcome::Failed { why } | Outcome::Wasted { why } => {
            (ActivityKind::Error, ledger::did_not_happen(bot, action, why))
        }
        Outcome::Gone => {
            let title = action.content.about().map_or("", |about| about.title.as_str());
            (ActivityKind::Browse, format!("{} found “{title}” gone, and forgets it", bot.name))
        }
        Outcome::Unresolved { why } => (ActivityKind::Unresolved, ledger::unresolved(bot, action, why)),
        Outcome::Postponed { .. } => return None,
    };
    Some(ledger::line(action, kind, message, settlement.image_url.as_deref(), settlement.at))
}
