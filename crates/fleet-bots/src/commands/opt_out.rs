//! Somebody does not want bots: from now on none likes, comments on or answers what they post and write, and what was planned
//! about them ends. Bots keep nobody out by what they say to each other.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::change_settings::{locked, write};
use super::plan_action::forbidden;
use super::{Asked, Effect, mark_sent};
use crate::activity::NewActivity;
use crate::entities::action::{ActionKind, ActionStatus, Column, Entity};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::queries::read_settings;
use crate::restraint::{bots_among, handle};
use crate::settings::{Settings, SettingsChanges};
use crate::time::FleetTime;

/// What somebody said that keeps bots away from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptOut {
    /// Their handle, or their id where they have none.
    pub username: String,
    /// Their words, quoted short.
    pub words: String,
    /// The post that they said it at.
    pub post_id: String,
    /// When they said it.
    pub said_at: FleetTime,
    /// The bot that read it.
    pub heard_by: BotId,
}

/// What came of somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// They are left alone since now.
    New,
    /// They were left alone already.
    Before,
    /// They are not left alone: it is a bot of this fleet, or an operator took them off the list after they had said it.
    Not,
}

/// Leaves somebody alone who said so. A bot of this fleet is nobody to be left alone.
///
/// # Errors
/// `Conflict` when their name cannot be kept: it is none, or there are too many.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    heard: &OptOut,
    asked: &Asked,
) -> Result<Effect<Heard>> {
    if !bots_among(tx, &[&heard.username]).await?.is_empty() {
        return Ok(Effect::silent(Heard::Not));
    }
    // Words that were overruled stand there for every bot to read, each time it looks: nobody waits for anybody because of them.
    let overruled = |settings: &Settings| {
        settings.lifted.get(&handle(&heard.username)).is_some_and(|lifted| heard.said_at <= *lifted)
    };
    if overruled(&read_settings::execute(tx).await?) || overruled(&locked(tx).await?) {
        return Ok(Effect::silent(Heard::Not));
    }
    let (is_new, mut log) = leave_alone(tx, &heard.username, asked).await?;
    if !is_new {
        return Ok(Effect { value: Heard::Before, log });
    }
    let OptOut { username, words, post_id, heard_by, said_at: _ } = heard;
    let message = format!("@{} asked to be left alone: “{words}”", username.trim_start_matches('@'));
    let told = NewActivity::of(*heard_by, ActivityKind::OptedOut, asked.at, message)
        .with(json!({ "username": username, "words": words, "post_id": post_id }));
    log.insert(0, told);
    Ok(Effect { value: Heard::New, log })
}

/// Puts somebody on the list of those who are left alone, and ends what is planned about them, even when they were on it:
/// a bot that did not know may have planned since. Returns whether they were not on it, and what the log tells of the plans.
pub(super) async fn leave_alone(
    tx: &impl ConnectionTrait,
    username: &str,
    asked: &Asked,
) -> Result<(bool, Vec<NewActivity>)> {
    let before = locked(tx).await?;
    if before.leaves_alone(username) {
        return Ok((false, end_plans(tx, &before, &[handle(username)], asked).await?));
    }
    let mut people = before.opted_out.clone();
    people.push(username.to_owned());
    let after = before.with(SettingsChanges { opted_out: Some(people), ..SettingsChanges::default() }, asked);
    after.check().map_err(|problems| Error::Conflict(problems.to_string()))?;
    if username.trim().trim_start_matches('@').is_empty() || !after.leaves_alone(username) {
        return Err(Error::Conflict(format!("`{username}` is no username")));
    }
    write(tx, &after).await?;
    Ok((true, end_plans(tx, &after, &[handle(username)], asked).await?))
}

/// Ends what is planned about some of those whom `settings` leave alone, and returns what the log tells of it.
pub(super) async fn end_plans(
    tx: &impl ConnectionTrait,
    settings: &Settings,
    people: &[String],
    asked: &Asked,
) -> Result<Vec<NewActivity>> {
    let planned = Entity::find()
        .filter(Column::Status.eq(ActionStatus::Planned))
        .filter(Column::Kind.is_in([ActionKind::Like, ActionKind::Comment, ActionKind::Answer]))
        .order_by_asc(Column::BotId)
        .all(tx)
        .await?;
    let mut log = Vec::new();
    for row in planned {
        let is_about_them = row.content.person().is_some_and(|person| people.contains(&handle(person)));
        if let Some(why) = forbidden(settings, &row.content).filter(|_| is_about_them)
            && let Some(failed) = mark_sent::fail(tx, &row, &why, asked.at).await?
        {
            log.extend(failed.log);
        }
    }
    Ok(log)
}
