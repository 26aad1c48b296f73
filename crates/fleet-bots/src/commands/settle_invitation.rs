//! The gallery's word on a bot's account: it is there, it was refused, or nobody knows.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, UpdateMany};
use serde_json::json;

use super::Effect;
use super::create_bot::taken_among;
use crate::activity::NewActivity;
use crate::backend::now_expr;
use crate::bot::is_username;
use crate::entities::bot::{Account, Column, Entity, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::time::{FleetTime, micros};

/// How long the gallery is not asked again that has a bot under a name that the bot cannot have.
const MISNAMED: Duration = Duration::from_secs(3_600);

/// What came of asking for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// It is there.
    Accepted {
        /// What the gallery calls the bot; it acts by this from now on.
        username: String,
        /// Whether the account was made by this.
        created: bool,
    },
    /// The gallery said no.
    Refused {
        /// What it said, and how to mend it.
        why: String,
        /// It is not asked again for so long, unless an operator changes what it is told.
        wait: Duration,
    },
    /// No answer came, or none that says what became of it.
    Unanswered {
        /// What came instead.
        why: String,
    },
}

/// `asked` is the bot as it was when the gallery was asked, and `name` what the gallery was told of it.
///
/// # Errors
/// `Overtaken` when the bot was deleted meanwhile, or the gallery was asked anew.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    asked: &Bot,
    name: &str,
    came: Invitation,
    at: FleetTime,
) -> Result<Effect<Bot>> {
    let told = row(asked).col_expr(Column::AccountName, Expr::value(name));
    let was_ready = asked.account == Account::Ready;
    match came {
        Invitation::Accepted { username, created } => match misnamed(tx, asked, &username).await? {
            Some(why) => refused(tx, asked, told, why, MISNAMED, at).await,
            None => accepted(tx, asked, told, username, created, at).await,
        },
        // The account is there all the same; it keeps the name that it had.
        Invitation::Refused { why, .. } if was_ready => {
            let bot = one(rested(told), tx).await?;
            let message = format!("the gallery did not take the new name of {}: {why}", bot.name);
            Ok(Effect { log: vec![NewActivity::of(bot.id, ActivityKind::Error, at, message)], value: bot })
        }
        Invitation::Refused { why, wait } => refused(tx, asked, row(asked), why, wait, at).await,
        Invitation::Unanswered { why } => {
            let note = (!was_ready).then_some(why);
            let bot = one(row(asked).col_expr(Column::AccountNote, Expr::value(note)), tx).await?;
            Ok(Effect::silent(bot))
        }
    }
}

/// The bot's row, as long as nobody deleted it and nobody asked the gallery since.
fn row(asked: &Bot) -> UpdateMany<Entity> {
    // The clock of one of the stores counts in milliseconds: two questions may have one moment, and not one number.
    let row = Entity::update_many()
        .filter(Column::Id.eq(asked.id))
        .filter(Column::DeletedAt.is_null())
        .filter(Column::AccountTries.eq(asked.account_tries));
    match asked.account_asked_at {
        Some(moment) => row.filter(Column::AccountAskedAt.eq(moment)),
        None => row.filter(Column::AccountAskedAt.is_null()),
    }
}

async fn one(row: UpdateMany<Entity>, tx: &impl ConnectionTrait) -> Result<Bot> {
    row.exec_with_returning(tx).await?.into_iter().next().ok_or_else(|| {
        Error::Overtaken("the bot was deleted, or the gallery was asked anew for its account".into())
    })
}

/// Nothing more is to be asked of the gallery.
fn rested(row: UpdateMany<Entity>) -> UpdateMany<Entity> {
    row.col_expr(Column::AccountTries, Expr::value(0_i64))
        .col_expr(Column::AccountDue, Expr::value(None::<i64>))
        .col_expr(Column::AccountNote, Expr::value(None::<String>))
}

/// Why the bot cannot go by the name that the gallery gave it, if it cannot.
async fn misnamed(tx: &impl ConnectionTrait, asked: &Bot, username: &str) -> Result<Option<String>> {
    if username == asked.username {
        return Ok(None);
    }
    let known = format!("the gallery knows this bot as `{username}`");
    if !is_username(username) {
        return Ok(Some(format!(
            "{known}, which is no username of 3 to 30 characters of a-z, 0-9 and _; have it renamed there"
        )));
    }
    let taken = taken_among(tx, &[username]).await?;
    Ok(taken.map(|_| format!("{known}, and another bot has that name; delete one of the two")))
}

async fn accepted(
    tx: &impl ConnectionTrait,
    asked: &Bot,
    row: UpdateMany<Entity>,
    username: String,
    created: bool,
    at: FleetTime,
) -> Result<Effect<Bot>> {
    let row = rested(row)
        .col_expr(Column::Account, Expr::value(Account::Ready))
        // What the gallery calls it is what it acts by, whatever an operator made of it meanwhile.
        .col_expr(Column::Username, Expr::value(username));
    let bot = one(row, tx).await?;
    let message = match (asked.account, created) {
        (Account::Ready, false) => return Ok(Effect::silent(bot)),
        (Account::Ready, true) => format!("the account of {} was gone, and was made anew", bot.name),
        _ if bot.username == asked.username => {
            format!("{} has an account in the gallery, `{}`", bot.name, bot.username)
        }
        _ => format!("{} has an account in the gallery, which calls it `{}`", bot.name, bot.username),
    };
    let told = NewActivity::of(bot.id, ActivityKind::Provisioned, at, message)
        .with(json!({ "username": bot.username, "created": created }));
    Ok(Effect { value: bot, log: vec![told] })
}

async fn refused(
    tx: &impl ConnectionTrait,
    asked: &Bot,
    row: UpdateMany<Entity>,
    why: String,
    wait: Duration,
    at: FleetTime,
) -> Result<Effect<Bot>> {
    let due = now_expr(tx.get_database_backend()).add(micros(wait));
    let row = row
        .col_expr(Column::Account, Expr::value(Account::Refused))
        .col_expr(Column::AccountNote, Expr::value(why.as_str()))
        .col_expr(Column::AccountDue, due);
    let bot = one(row, tx).await?;
    // What was told before is not told again: it is asked for every few minutes.
    let log = match asked.account_note.as_deref() == Some(why.as_str()) {
        true => Vec::new(),
        false => {
            let message = format!("{} has no account: {why}", bot.name);
            vec![NewActivity::of(bot.id, ActivityKind::Error, at, message)]
        }
    };
    Ok(Effect { value: bot, log })
}
