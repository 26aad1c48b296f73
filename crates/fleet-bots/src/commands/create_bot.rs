//! A new bot, or many in one piece: all of them or none.

use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::bot::NewBot;
use crate::entities::bot::{Account, ActiveModel, Column, Entity, Intent, Model as Bot, has_its_username};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::bot_lease;
use crate::error::{Error, Result, is_duplicate};
use crate::id::BotId;

/// As many bots as one statement takes on both stores.
const BATCH: usize = 500;

/// Bots begin stopped: nothing acts that nobody started.
///
/// # Errors
/// `Invalid` with every broken rule of the first bot that breaks one; `Conflict` when a username is taken.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    new: Vec<NewBot>,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let mut bots = Vec::with_capacity(new.len());
    for bot in new {
        bot.check()?;
        bots.push(from_new(bot, asked));
    }
    refuse_twins(&bots)?;
    for some in bots.chunks(BATCH) {
        refuse_taken(tx, some).await?;
        let rows = some.iter().cloned().map(ActiveModel::from);
        Entity::insert_many(rows).exec_without_returning(tx).await.map_err(|error| {
            match is_duplicate(&error) {
                true => {
                    Error::Conflict("a username was taken at this moment by another bot; try again".into())
                }
                false => error.into(),
            }
        })?;
        bot_lease::Entity::insert_many(some.iter().map(|bot| unheld(bot.id)))
            .exec_without_returning(tx)
            .await?;
    }
    let log = bots.iter().map(|bot| created(bot, asked)).collect();
    Ok(Effect { value: bots, log })
}

fn refuse_twins(bots: &[Bot]) -> Result<()> {
    let mut seen = HashSet::new();
    match bots.iter().find(|bot| !seen.insert(bot.username.as_str())) {
        Some(Bot { username, .. }) => Err(Error::Conflict(format!(
            "two of these bots have the username `{username}`; give one of them another"
        ))),
        None => Ok(()),
    }
}

async fn refuse_taken(tx: &impl ConnectionTrait, bots: &[Bot]) -> Result<()> {
    let wanted: Vec<&str> = bots.iter().map(|bot| bot.username.as_str()).collect();
    match taken_among(tx, &wanted).await? {
        Some(taken) => Err(taken_by(&taken)),
        None => Ok(()),
    }
}

/// Whom one of `usernames` belongs to, if somebody has one.
pub(crate) async fn taken_among(tx: &impl ConnectionTrait, usernames: &[&str]) -> Result<Option<Bot>> {
    let taken = Entity::find()
        .filter(has_its_username())
        .filter(Column::Username.is_in(usernames.iter().copied()))
        .one(tx)
        .await?;
    Ok(taken)
}

/// The answer to a username that `bot` has.
pub(crate) fn taken_by(bot: &Bot) -> Error {
    let username = &bot.username;
    Error::Conflict(match (bot.deleted_at, bot.account) {
        (None, _) => format!("the username `{username}` is taken by another bot; choose another"),
        (_, Account::Leaving) => format!(
            "the username `{username}` is free again once the account of the deleted bot is removed; wait for that, or \
             choose another"
        ),
        _ => format!(
            "the username `{username}` is that of a deleted bot whose account was kept in the gallery; choose another"
        ),
    })
}

fn created(bot: &Bot, asked: &Asked) -> NewActivity {
    let message = format!("{} joined as {}", bot.name, bot.persona);
    NewActivity::of(bot.id, ActivityKind::Created, asked.at, message).with(json!({ "by": asked.by }))
}

fn from_new(new: NewBot, asked: &Asked) -> Bot {
    Bot {
        id: BotId::generate(),
        name: new.name.trim().to_owned(),
        username: new.username,
        persona: new.persona,
        bio: new.bio,
        personality: new.personality,
        vibe: new.vibe,
        interests: new.interests,
        weights: new.weights,
        rhythm: new.rhythm,
        min_interval_s: new.min_interval_s,
        max_interval_s: new.max_interval_s,
        intent: Intent::Stopped,
        starts: 0,
        account: Account::Unprovisioned,
        account_note: None,
        account_name: None,
        account_asked_at: None,
        account_tries: 0,
        account_due: None,
        renames: 0,
        posts: 0,
        comments: 0,
        likes: 0,
        browses: 0,
        errors: 0,
        last_action: None,
        last_action_at: None,
        created_at: asked.at,
        updated_at: asked.at,
        deleted_at: None,
    }
}

fn unheld(bot_id: BotId) -> bot_lease::ActiveModel {
    bot_lease::ActiveModel {
        bot_id: Set(bot_id),
        node_id: Set(None),
        epoch: Set(0),
        claimed_at: Set(None),
        state: Set(None),
        state_note: Set(None),
        current_action: Set(None),
        last_thought: Set(None),
        next_wake: Set(None),
        parked_start: Set(None),
    }
}
