//! The operator lets bots go. They are kept for their history; their plans are dropped, and what was sent and is not
//! settled is left to the operator, since no agent will look it up. Their accounts go too, unless they are to be kept:
//! that is written with the deletion, and done by whichever node comes to it.

use std::collections::HashMap;
use std::time::Duration;

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot::{Account, Column, Entity, Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::seen_post;
use crate::error::Result;
use crate::ledger;
use crate::memory;
use crate::selection::{Selection, lock_bots};
use crate::time::micros;

/// How long after it was asked to make an account the gallery may still do so: a request lives no longer on our side, and
/// what lands late lands within this.
const LANDING: Duration = Duration::from_secs(60);

/// What becomes of the account of a bot that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAfter {
    /// It is removed from the gallery.
    Removed,
    /// It stays in the gallery, with its username.
    Kept,
}

/// Returns those that were deleted by this.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    account: AccountAfter,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let mut deleted = Vec::new();
    for meant in selection.conditions(tx).await? {
        lock_bots(tx, meant.clone()).await?;
        let some = Entity::update_many()
            .col_expr(Column::DeletedAt, Expr::value(asked.at))
            .col_expr(Column::UpdatedAt, Expr::value(asked.at))
            .col_expr(Column::Intent, Expr::value(Intent::Stopped))
            .filter(meant)
            .exec_with_returning(tx)
            .await?;
        deleted.extend(some);
    }
    if account == AccountAfter::Removed {
        let_accounts_go(tx, &mut deleted).await?;
    }
    let ids: Vec<_> = deleted.iter().map(|bot| bot.id).collect();
    ledger::drop_plans(tx, &ids, "dropped: the bot was deleted before it was sent", asked.at).await?;
    ledger::drop_requests(tx, &ids).await?;
    let why = "the bot was deleted before the fate of this was known";
    let given_up = ledger::give_up_sent(tx, &deleted, why, asked.at).await?;
    for some in ids.chunks(1_000) {
        seen_post::Entity::delete_many()
            .filter(seen_post::Column::BotId.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
        memory::drop_all(tx, some).await?;
    }
    let log = deleted
        .iter()
        .map(|bot| {
            NewActivity::of(bot.id, ActivityKind::Deleted, asked.at, format!("{} was deleted", bot.name))
                .with(json!({ "by": asked.by, "account": bot.account }))
        })
        .chain(given_up)
        .collect();
    Ok(Effect { value: deleted, log })
}

/// Writes for each of `deleted` that has an account, or may have one, that it is to be removed.
async fn let_accounts_go(tx: &impl ConnectionTrait, deleted: &mut [Bot]) -> Result<()> {
    // An invitation on its way could make the account once more after it was removed.
    let is_asked_for = Column::Account
        .eq(Account::Provisioning)
        .or(Column::AccountDue.is_not_null().and(Column::Account.eq(Account::Ready)));
    let due = CaseStatement::new()
        .case(is_asked_for, Expr::col(Column::AccountAskedAt).add(micros(LANDING)))
        .finally(Expr::value(None::<i64>));
    let with_account: Vec<_> =
        deleted.iter().filter(|bot| bot.may_have_account()).map(|bot| bot.id).collect();
    let mut leaving = HashMap::new();
    for some in with_account.chunks(1_000) {
        let rows = Entity::update_many()
            .col_expr(Column::AccountDue, due.clone().into())
            .col_expr(Column::Account, Expr::value(Account::Leaving))
            .col_expr(Column::AccountNote, Expr::value(None::<String>))
            .col_expr(Column::AccountTries, Expr::value(0_i64))
            .filter(Column::Id.is_in(some.iter().copied()))
            .exec_with_returning(tx)
            .await?;
        leaving.extend(rows.into_iter().map(|bot| (bot.id, bot)));
    }
    for bot in deleted {
        if let Some(row) = leaving.remove(&bot.id) {
            *bot = row;
        }
    }
    Ok(())
}
