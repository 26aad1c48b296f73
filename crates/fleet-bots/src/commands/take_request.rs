//! A bot takes up what an operator asked of it. The request goes, and what comes of it is planned and told, in one
//! transaction: whatever dies when, it is served once or is still there.

use std::collections::BTreeSet;

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait};
use serde_json::json;

use super::plan_action::{self, NewAction};
use super::{Effect, record_activity};
use crate::activity::NewActivity;
use crate::entities::action::{ActionKind, Model as Action};
use crate::entities::bot;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::request::{ActNow, Entity, Model as Request};
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::queries::read_settings;
use crate::selection::{living, lock_bots};
use crate::time::FleetTime;
use crate::{backend, caps};

/// What comes of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The bot thought of it.
    Acts {
        /// What it thought and saw, for the log.
        log: Vec<NewActivity>,
        /// What it means to do, in this order. What is not possible any more is left out; when nothing is left of what was
        /// asked for, unless that was a mere look, the log says why.
        plans: Vec<NewAction>,
    },
    /// The bot cannot do it.
    Nothing {
        /// Why, in words for people.
        why: String,
    },
}

/// Returns what was planned.
///
/// # Errors
/// `Overtaken` when the request is not there any more: it was served, replaced, or has lapsed.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    number: i64,
    reply: Reply,
    at: FleetTime,
) -> Result<Effect<Vec<Action>>> {
    let request = Entity::find_by_id(number).one(tx).await?;
    let gone = || Error::Overtaken(format!("request {number} was served, replaced, or has lapsed"));
    let request = request.ok_or_else(gone)?;
    // The bot first, as everywhere, then what its plans are counted against.
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(request.bot_id))).await?;
    if let Reply::Acts { plans, .. } = &reply {
        caps::hold_still(tx, &read_settings::execute(tx).await?).await?;
        // In one order, so that two who plan for the same posts do not wait for each other.
        let posts = plans.iter().filter_map(|plan| Some(plan.content.about()?.post_id.as_str()));
        for post in posts.collect::<BTreeSet<_>>() {
            backend::lock_post(tx, post).await?;
        }
    }
    // The row decides between two who take it at once: only one of them deletes it.
    if Entity::delete_by_id(number).exec(tx).await?.rows_affected == 0 {
        return Err(gone());
    }
    let (mut log, mut planned) = (Vec::new(), Vec::new());
    match reply {
        Reply::Acts { log: told, plans } => {
            log.extend(record_activity::execute(tx, told).await?.log);
            let mut why = None;
            for plan in plans {
                let kind = plan.content.kind();
                match plan_action::execute(tx, plan).await {
                    Ok(effect) => planned.push(effect.value),
                    Err(Error::Overtaken(not_possible) | Error::Capped { why: not_possible, .. }) => {
                        why = Some(not_possible).filter(|_| serves(request.wish, kind)).or(why);
                    }
                    Err(error) => return Err(error),
                }
            }
            // Whoever is to comment may like on the way; that is not what was asked for.
            if !planned.iter().any(|row| serves(request.wish, row.kind)) && request.wish != ActNow::Browse {
                let why = why.unwrap_or_else(|| "it found nothing new".into());
                log.push(nothing_came(tx, &request, &why, at).await?);
            }
        }
        Reply::Nothing { why } => log.push(nothing_came(tx, &request, &why, at).await?),
    }
    Ok(Effect { value: planned, log })
}

/// Whether a deed of this kind is what was asked for.
fn serves(wish: ActNow, kind: ActionKind) -> bool {
    match wish {
        ActNow::Post => kind == ActionKind::Picture,
        ActNow::Comment => kind == ActionKind::Comment,
        ActNow::Like => kind == ActionKind::Like,
        ActNow::Browse => true,
    }
}

/// The line that tells who asked that nothing was done, and why.
async fn nothing_came(
    tx: &impl ConnectionTrait,
    request: &Request,
    why: &str,
    at: FleetTime,
) -> Result<NewActivity> {
    let bot = living(tx, request.bot_id).await?;
    Ok(ended(request, request.bot_id, &bot.name, why, at))
}

/// The line that tells of the end of `request` of `name` without a deed.
pub(crate) fn ended(request: &Request, bot_id: BotId, name: &str, why: &str, at: FleetTime) -> NewActivity {
    let message = format!("{name} did not {}, as {} had asked: {why}", request.wish.told(), request.by);
    NewActivity::of(bot_id, ActivityKind::RequestEnded, at, message)
        .with(json!({ "by": request.by, "wish": request.wish, "why": why }))
}
