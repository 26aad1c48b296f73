//! What may be spent: money is set aside before a call is made, at the most that it can cost, and the caps are held against
//! what is settled and what is set aside. What a call came to is never known for certain, so what is not settled counts in
//! full, for ever.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, UpdateMany,
};

use crate::backend;
use crate::caps::Left;
use crate::commands::reserve_spend::NewSpend;
use crate::entities::action::{ActionKind, Model as Action};
use crate::entities::bot;
use crate::entities::rest::FLEET;
use crate::entities::spend::{Column, Entity, Model as Spend, SpendKind};
use crate::entities::spend_day;
use crate::error::{Error, Result, Whose};
use crate::id::{ActionId, BotId, SpendId};
use crate::ledger::Outcome;
use crate::money::Micros;
use crate::settings::{Setting, Settings};
use crate::sums;
use crate::time::{FleetTime, Period};

/// A cap, and what is spent of it.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) setting: Setting,
    pub(crate) whose: Whose,
    pub(crate) cap: Micros,
    pub(crate) spent: Micros,
    /// When it begins anew.
    pub(crate) until: FleetTime,
}

impl Limit {
    pub(crate) fn left(&self) -> Micros {
        self.cap.less(self.spent)
    }

    /// Whether `most` more would exceed it. What costs nothing never does.
    fn forbids(&self, most: Micros) -> bool {
        most > self.left()
    }

    fn told(&self) -> String {
        let (what, span) = match self.setting {
            Setting::BotTextDay | Setting::FleetTextDay => ("models", "day"),
            Setting::FleetTextMonth => ("models", "month"),
            Setting::FleetPictureMonth => ("pictures", "month"),
            _ => ("pictures", "day"),
        };
        format!("{} spends {} a {span} on {what} at the most", self.whose, self.cap)
    }

    /// Why a call that may cost up to `most` is refused: a cap below the price of one call explains itself by it.
    fn refusal(&self, most: Micros) -> Error {
        let begins = self.until.timestamp().strftime("%Y-%m-%d %H:%M UTC");
        let (told, spent) = (self.told(), self.spent);
        let next = match most > self.cap {
            true => format!(
                "this call alone may cost up to {most}, which no day or month bears until the cap is raised"
            ),
            false => format!("this call may cost up to {most}; it goes on at {begins}"),
        };
        let why = format!("{told}, and {spent} are spent or set aside; {next}");
        Error::Capped { why, until: self.until, whose: self.whose }
    }
}

/// The caps on `kind` that hold for `bot_id` at `at`, or for the whole fleet if none.
pub(crate) async fn limits(
    db: &impl ConnectionTrait,
    settings: &Settings,
    bot_id: Option<BotId>,
    kind: SpendKind,
    at: FleetTime,
) -> Result<Vec<Limit>> {
    let (of_bot, of_day, of_month) = match kind {
        SpendKind::Text => (Setting::BotTextDay, Setting::FleetTextDay, Setting::FleetTextMonth),
        SpendKind::Picture => (Setting::BotPictureDay, Setting::FleetPictureDay, Setting::FleetPictureMonth),
    };
    let (day, month) = (Period::day_of(at), Period::month_of(at));
    let days = spent_in(db, bot_id.into_iter().chain([FLEET]), kind, month).await?;
    let sum = |scope: BotId, since: FleetTime, until: FleetTime| {
        let meant = |some: &&spend_day::Model| some.scope == scope && some.day >= since && some.day < until;
        days.iter().filter(meant).fold(Micros::ZERO, |sum, day| sum.plus(day.spent))
    };
    let limit =
        |setting, whose, spent, until| Limit { setting, whose, cap: settings.money(setting), spent, until };
    let mut limits = vec![
        limit(of_day, Whose::Fleet, sum(FLEET, day.start, day.end), day.end),
        limit(of_month, Whose::Fleet, sum(FLEET, month.start, month.end), month.end),
    ];
    if let Some(bot_id) = bot_id {
        limits.push(limit(of_bot, Whose::Bot, sum(bot_id, day.start, day.end), day.end));
    }
    Ok(limits)
}

/// How many pictures at `price` the caps can still bear on the day of `at`; without a cap if they cost nothing.
pub(crate) async fn pictures_left(
    db: &impl ConnectionTrait,
    settings: &Settings,
    bot_id: BotId,
    at: FleetTime,
    price: Micros,
) -> Result<Left> {
    if price <= Micros::ZERO {
        return Ok(Left::default());
    }
    let limits = limits(db, settings, Some(bot_id), SpendKind::Picture, at).await?;
    let least = limits.into_iter().min_by_key(Limit::left);
    Ok(least.map_or_else(Left::default, |limit| Left {
        count: Some(u64::try_from(limit.left().0 / price.0).unwrap_or(0)),
        cap: limit.told(),
        whose: limit.whose,
    }))
}

/// Sets money aside, for the picture of a row of the ledger if there is one. Others wait to do so until the transaction ends.
///
/// # Errors
/// `Capped` when it could exceed a cap, and `NotFound` without the bot; nothing was written then.
pub(crate) async fn reserve(
    tx: &impl ConnectionTrait,
    settings: &Settings,
    new: NewSpend,
    action_id: Option<ActionId>,
) -> Result<SpendId> {
    let NewSpend { bot_id, purpose, provider, model, most, at } = new;
    let (kind, most) = (purpose.kind(), Ord::max(most, Micros::ZERO));
    let persona = match bot_id {
        Some(id) => {
            let bot = bot::Entity::find_by_id(id).one(tx).await?;
            Some(bot.ok_or_else(|| Error::NotFound(format!("bot {id}")))?.persona)
        }
        None => None,
    };
    backend::lock_spends(tx).await?;
    let limits = limits(tx, settings, bot_id, kind, at).await?;
    // The one that holds longest, and of two the fleet's: whoever hears of it need not ask again before.
    let reached = limits.into_iter().filter(|limit| limit.forbids(most));
    if let Some(reached) = reached.max_by_key(|limit| (limit.until, limit.whose)) {
        return Err(reached.refusal(most));
    }
    let id = SpendId::generate();
    let spend = Spend {
        id,
        bot_id,
        persona,
        kind,
        purpose,
        provider,
        model,
        reserved: most,
        settled: None,
        tokens_in: None,
        tokens_out: None,
        tokens_pictures: None,
        at,
        action_id,
    };
    Entity::insert(spend.clone().into_active_model()).exec_without_returning(tx).await?;
    count(tx, bot_id, kind, at, most).await?;
    sums::add_reserved(tx, &spend).await?;
    Ok(id)
}

/// Settles what was set aside and is not settled, of the rows that `row` selects and completes; returns the row, if there was
/// one.
pub(crate) async fn settle(
    tx: &impl ConnectionTrait,
    row: UpdateMany<Entity>,
    cost: Expr,
) -> Result<Option<Spend>> {
    let settled = row
        .col_expr(Column::Settled, cost)
        .filter(Column::Settled.is_null())
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next();
    if let Some(spend) = &settled {
        let cost = spend.settled.unwrap_or(spend.reserved);
        count(tx, spend.bot_id, spend.kind, spend.at, Micros(cost.0.saturating_sub(spend.reserved.0)))
            .await?;
        sums::add_settled(tx, spend).await?;
    }
    Ok(settled)
}

/// Settles what was set aside for the picture of `action`, once `outcome` tells whether it was made.
pub(crate) async fn settle_picture(
    tx: &impl ConnectionTrait,
    action: &Action,
    outcome: &Outcome,
) -> Result<()> {
    if action.kind != ActionKind::Picture {
        return Ok(());
    }
    let cost = match outcome {
        Outcome::Done { .. } => Expr::col(Column::Reserved),
        Outcome::Failed { .. } | Outcome::Gone | Outcome::Postponed { .. } => Expr::value(Micros::ZERO),
        Outcome::Wasted { .. } | Outcome::Unresolved { .. } => return Ok(()),
    };
    settle(tx, Entity::update_many().filter(Column::ActionId.eq(action.id)), cost).await?;
    Ok(())
}

async fn spent_in(
    db: &impl ConnectionTrait,
    scopes: impl Iterator<Item = BotId>,
    kind: SpendKind,
    period: Period,
) -> Result<Vec<spend_day::Model>> {
    use spend_day::{Column, Entity};
    Ok(Entity::find()
        .filter(Column::Scope.is_in(scopes))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Day.gte(period.start))
        .filter(Column::Day.lt(period.end))
        .all(db)
        .await?)
}

/// Adds to what is spent of a day; `by` may be less than nothing. The bot first and then the fleet, whoever counts.
async fn count(
    tx: &impl ConnectionTrait,
    bot_id: Option<BotId>,
    kind: SpendKind,
    at: FleetTime,
    by: Micros,
) -> Result<()> {
    use spend_day::{ActiveModel, Column, Entity};
    for scope in bot_id.into_iter().chain([FLEET]) {
        let day = Period::day_of(at).start;
        let row = ActiveModel { scope: Set(scope), kind: Set(kind), day: Set(day), spent: Set(by) };
        let more = OnConflict::columns([Column::Scope, Column::Kind, Column::Day])
            .value(Column::Spent, Expr::col((Entity, Column::Spent)).add(by))
            .to_owned();
        Entity::insert(row).on_conflict(more).exec_without_returning(tx).await?;
    }
    Ok(())
}
