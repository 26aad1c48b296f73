//! The last gate before a request: it opens only while the bot is meant to run and has its account, its lease is the
//! sender's and alive, and nothing is stopped, all asked of the store in the one statement that opens it. Losing every bell, or a node that woke
//! from a long sleep, cannot get past it.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use super::plan_action::{UNKNOWN, forbidden, labelled};
use super::reserve_spend::NewSpend;
use crate::backend::now_expr;
use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::entities::bot::{Account, Intent};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::spend::Purpose;
use crate::entities::{bot, bot_lease, node, setting};
use crate::error::{Error, Result};
use crate::id::{ActionId, NodeId};
use crate::ledger;
use crate::money::Micros;
use crate::queries::read_settings;
use crate::restraint;
use crate::selection::lock_bots;
use crate::settings::Settings;
use crate::spending;
use crate::time::FleetTime;

/// The lease under which a node acts for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The node.
    pub node_id: NodeId,
    /// The epoch of its claim.
    pub epoch: i64,
}

/// Returns the row: `sent`, or `failed` when it is about somebody who asked to be left alone since it was planned, is a like
/// that nobody vouches for any more, has become more company than the post is to have, or follows something there that
/// ended unresolved.
///
/// # Errors
/// `Overtaken` when the request must not begin, as while the fate of another one at the same post is not known; `Capped` when
/// it is a picture that could exceed a cap on what they may cost. The row stays as it is, if the transaction ends with that.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: ActionId,
    holder: Holder,
    at: FleetTime,
) -> Result<Effect<Action>> {
    let settings = read_settings::execute(tx).await?;
    let Some(row) = Entity::find_by_id(id).one(tx).await? else {
        return Err(Error::Overtaken(format!("action {id} is not in the ledger")));
    };
    let why = match forbidden(&settings, &row.content) {
        None => restraint::too_much(tx, &settings, row.bot_id, &row.content, Some(id), at).await?,
        why => why,
    };
    let why = match why {
        None => unknown_before(tx, &row).await?,
        why => why,
    };
    if let Some(why) = why
        && let Some(failed) = fail(tx, &row, &why, at).await?
    {
        return Ok(failed);
    }
    let now = now_expr(tx.get_database_backend());
    let mut opening = Entity::update_many();
    // A label that came back since it was planned, or was never there, is what readers are to see.
    let content = labelled(&settings, row.content.clone());
    if content != row.content {
        opening = opening.col_expr(Column::Content, Expr::value(content));
    }
    let sent = opening
        .col_expr(Column::Status, Expr::value(ActionStatus::Sent))
        .col_expr(Column::SentAt, now.clone())
        .col_expr(Column::BegunAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ActionStatus::Planned))
        .filter(
            Column::BotId
                .in_subquery(bots_of(holder, now).and_where(bot::Column::Account.eq(Account::Ready)).take()),
        )
        .filter(is_stopped().not())
        .exec_with_returning(tx)
        .await?;
    match sent.into_iter().next() {
        Some(action) => {
            set_aside(tx, &settings, &action, at).await?;
            Ok(Effect::silent(action))
        }
        None => Err(Error::Overtaken(format!(
            "action {id} may not be sent: its bot is held or has no account, or its lease has gone"
        ))),
    }
}

/// Why nothing more is to be done at the row's post, where something of the bot's ended there and nobody knows how.
async fn unknown_before(tx: &impl ConnectionTrait, row: &Action) -> Result<Option<String>> {
    let Some(target) = &row.target else { return Ok(None) };
    let unknown = Entity::find()
        .filter(Column::BotId.eq(row.bot_id))
        .filter(Column::Target.eq(target))
        .filter(Column::Id.ne(row.id))
        // What an operator takes back is a node's to look for, and says nothing of this.
        .filter(Column::Kind.ne(ActionKind::Unlike))
        .filter(Column::Status.is_in(UNKNOWN))
        .one(tx)
        .await?;
    match unknown {
        None => Ok(None),
        Some(other) if other.status == ActionStatus::Unresolved => {
            Ok(Some("nobody knows whether what it did about this post before has happened".into()))
        }
        Some(other) => {
            Err(Error::Overtaken(format!("action {} at the same post is to be looked for first", other.id)))
        }
    }
}

/// Sets aside what the request costs: from here on it may be spent, whatever becomes of us.
async fn set_aside(
    tx: &impl ConnectionTrait,
    settings: &Settings,
    action: &Action,
    at: FleetTime,
) -> Result<()> {
    if action.content.price() <= Micros::ZERO {
        return Ok(());
    }
    let spend = NewSpend {
        bot_id: Some(action.bot_id),
        purpose: Purpose::Picture,
        provider: "gallery".into(),
        model: "picture".into(),
        most: action.content.price(),
        at,
    };
    spending::reserve(tx, settings, spend, Some(action.id)).await?;
    Ok(())
}

/// Ends a plan that must not be done any more, and says so; none when it is no plan any more.
pub(super) async fn fail(
    tx: &impl ConnectionTrait,
    row: &Action,
    why: &str,
    at: FleetTime,
) -> Result<Option<Effect<Action>>> {
    // The bot first, as everywhere.
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(row.bot_id))).await?;
    let failed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ActionStatus::Failed))
        .col_expr(Column::Failure, Expr::value(why))
        .col_expr(Column::SettledAt, Expr::value(at))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Status.eq(ActionStatus::Planned))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next();
    let (Some(action), Some(bot)) = (failed, bot::Entity::find_by_id(row.bot_id).one(tx).await?) else {
        return Ok(None);
    };
    let message = ledger::did_not_happen(&bot, &action, why);
    let line = ledger::line(&action, ActivityKind::Error, message, None, at);
    ledger::count(tx, &action, &line, at).await?;
    Ok(Some(Effect { value: action, log: vec![line] }))
}

/// Whether everything is stopped, as the store has it.
pub(crate) fn is_stopped() -> Expr {
    let stop = Query::select()
        .expr(Expr::val(1))
        .from(setting::Entity)
        .and_where(setting::Column::Key.eq(setting::STOP))
        .take();
    Expr::exists(stop)
}

/// The bots that `holder` may ask the gallery something for at this moment.
pub(crate) fn bots_of(holder: Holder, now: impl Into<sea_orm::sea_query::SimpleExpr>) -> SelectStatement {
    Query::select()
        .column((bot::Entity, bot::Column::Id))
        .from(bot::Entity)
        .inner_join(
            bot_lease::Entity,
            Expr::col((bot_lease::Entity, bot_lease::Column::BotId)).equals((bot::Entity, bot::Column::Id)),
        )
        .inner_join(
            node::Entity,
            Expr::col((node::Entity, node::Column::Id))
                .equals((bot_lease::Entity, bot_lease::Column::NodeId)),
        )
        .and_where(bot::Column::Intent.eq(Intent::Running))
        .and_where(bot::Column::DeletedAt.is_null())
        .and_where(bot_lease::Column::NodeId.eq(holder.node_id))
        .and_where(bot_lease::Column::Epoch.eq(holder.epoch))
        .and_where(Expr::col((node::Entity, node::Column::ExpiresAt)).gt(now.into()))
        .take()
}
