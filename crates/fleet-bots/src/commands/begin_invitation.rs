//! The gate before the gallery is asked for an account: what is about to be asked is written first, so that a crash leaves
//! a trace, and it is asked only for a bot that may act at this moment. Asking again is harmless.

use std::time::Duration;

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use super::mark_sent::{Holder, bots_of, is_stopped};
use crate::backend::now_expr;
use crate::entities::bot::{Account, Column, Entity, Model as Bot};
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::time::micros;

/// The account is `provisioning` from now on, unless it is there; without an answer it is asked for again after `patience`.
///
/// # Errors
/// `Overtaken` when the gallery must not be asked.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: BotId,
    holder: Holder,
    patience: Duration,
) -> Result<Effect<Bot>> {
    let now = now_expr(tx.get_database_backend());
    let account = CaseStatement::new()
        .case(Column::Account.eq(Account::Ready), Expr::value(Account::Ready))
        .finally(Expr::value(Account::Provisioning));
    let asked = Entity::update_many()
        .col_expr(Column::Account, account.into())
        .col_expr(Column::AccountAskedAt, now.clone())
        .col_expr(Column::AccountDue, now.clone().add(micros(patience)))
        .col_expr(Column::AccountTries, Expr::col(Column::AccountTries).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Id.in_subquery(bots_of(holder, now)))
        .filter(is_stopped().not())
        .exec_with_returning(tx)
        .await?;
    match asked.into_iter().next() {
        Some(bot) => Ok(Effect::silent(bot)),
        None => Err(Error::Overtaken(format!("bot {id} is held, or its lease has gone"))),
    }
}
