//! What the gallery said when it was asked to remove the account of a deleted bot. Once it is gone, its username is free.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::Effect;
use crate::activity::NewActivity;
use crate::backend::now_expr;
use crate::entities::bot::{Account, Column, Entity, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::time::{FleetTime, micros};

/// What came of asking to remove an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Departure {
    /// It is not there any more.
    Gone {
        /// Whether it was removed by this, rather than gone before.
        removed: bool,
    },
    /// It may be there still.
    PutOff {
        /// What stood in the way.
        why: String,
        /// The gallery is not asked again for so long.
        wait: Duration,
    },
}

/// `asked` is the bot as it was when the gallery was asked.
///
/// # Errors
/// `Overtaken` when the gallery was asked anew.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    asked: &Bot,
    came: Departure,
    at: FleetTime,
) -> Result<Effect<Bot>> {
    let row = Entity::update_many()
        .filter(Column::Id.eq(asked.id))
        .filter(Column::Account.eq(Account::Leaving))
        .filter(Column::AccountAskedAt.eq(asked.account_asked_at))
        .filter(Column::AccountTries.eq(asked.account_tries));
    let (row, told) = match &came {
        Departure::Gone { removed } => {
            let row = row
                .col_expr(Column::Account, Expr::value(Account::Gone))
                .col_expr(Column::AccountNote, Expr::value(None::<String>))
                .col_expr(Column::AccountDue, Expr::value(None::<i64>));
            let message = match removed {
                true => format!("the account of {} was removed from the gallery", asked.name),
                false => format!("the gallery has no account of {} any more", asked.name),
            };
            (row, Some((ActivityKind::Deprovisioned, message)))
        }
        Departure::PutOff { why, wait } => {
            let due = now_expr(tx.get_database_backend()).add(micros(*wait));
            let row = row
                .col_expr(Column::AccountNote, Expr::value(why.as_str()))
                .col_expr(Column::AccountDue, due);
            let is_new = asked.account_note.as_deref() != Some(why.as_str());
            let message = format!("the account of {} is still to be removed: {why}", asked.name);
            (row, is_new.then_some((ActivityKind::Error, message)))
        }
    };
    let bot = row
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::Overtaken("the gallery was asked anew to remove this account".into()))?;
    let told = told.map(|(kind, message)| {
        NewActivity::of(bot.id, kind, at, message).with(json!({ "username": bot.username }))
    });
    Ok(Effect { value: bot, log: told.into_iter().collect() })
}
