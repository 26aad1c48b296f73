//! The operator changes who a bot is or how it lives. Its username is fixed once the gallery has its account.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait};
use serde_json::json;

use super::create_bot::{taken_among, taken_by};
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::bot::NewBot;
use crate::changes::{BotChanges, Merged};
use crate::entities::bot::{Account, ActiveModel, Column, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result, is_duplicate};
use crate::id::BotId;
use crate::problem::Problems;
use crate::selection::{living, lock_bots};

/// # Errors
/// `NotFound`; `Invalid` with every broken rule; `Conflict` when the username is taken, or when somebody else changed the
/// same since the changes were made up.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: BotId,
    changes: BotChanges,
    asked: &Asked,
) -> Result<Effect<Bot>> {
    // Without the lock two changes at once would each write back what the other one changed.
    lock_bots(tx, Condition::all().add(Column::Id.eq(id))).await?;
    let before = living(tx, id).await?;
    let Merged { bot: wanted, crossed } = changes.onto(&NewBot::from(&before));
    if !crossed.is_empty() {
        return Err(Error::Conflict(format!(
            "somebody else changed {} of {} meanwhile; look at it as it is now, then change it again",
            crossed.join(", "),
            before.name
        )));
    }
    wanted.check()?;
    refuse_new_username(&before, &wanted)?;

    if wanted.username != before.username
        && let Some(taken) = taken_among(tx, &[&wanted.username]).await?
    {
        return Err(taken_by(&taken));
    }
    let after =
        written(&before, wanted, asked).update(tx).await.map_err(|error| match is_duplicate(&error) {
            true => Error::Conflict("the username was taken at this moment by another bot; try again".into()),
            false => error.into(),
        })?;
    let message = format!("{} was changed", after.name);
    let activity = NewActivity::of(id, ActivityKind::Updated, asked.at, message)
        .with(json!({ "by": asked.by, "before": before, "after": after }));
    Ok(Effect { value: after, log: vec![activity] })
}

fn refuse_new_username(before: &Bot, wanted: &NewBot) -> Result<(), Problems> {
    let mut problems = Problems::default();
    problems.require(
        before.username == wanted.username || before.account != Account::Ready,
        "username",
        "is fixed once the gallery has the bot's account",
        format!("leave it `{}`, or create another bot", before.username),
    );
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// What the gallery is told of a bot is told anew at once, and what was refused is asked for again.
fn written(before: &Bot, wanted: NewBot, asked: &Asked) -> ActiveModel {
    let is_renamed = (&before.name, &before.username, &before.persona)
        != (&wanted.name.trim().to_owned(), &wanted.username, &wanted.persona);
    let renamed = ActiveModel {
        renames: Set(before.renames.saturating_add(1)),
        account_tries: Set(0),
        // Who has an account can wait; and an invitation may be on its way.
        account_due: Set(before.account_due.filter(|_| before.account == Account::Ready)),
        ..ActiveModel::from(before.clone())
    };
    ActiveModel {
        name: Set(wanted.name.trim().to_owned()),
        username: Set(wanted.username),
        persona: Set(wanted.persona),
        bio: Set(wanted.bio),
        personality: Set(wanted.personality),
        vibe: Set(wanted.vibe),
        interests: Set(wanted.interests),
        weights: Set(wanted.weights),
        rhythm: Set(wanted.rhythm),
        min_interval_s: Set(wanted.min_interval_s),
        max_interval_s: Set(wanted.max_interval_s),
        updated_at: Set(asked.at),
        ..if is_renamed { renamed } else { ActiveModel::from(before.clone()) }
    }
}
