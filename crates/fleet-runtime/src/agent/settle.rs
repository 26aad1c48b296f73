//! Finds out what became of requests whose answer never came, by looking at the gallery; never by sending again.

use std::time::Duration;

use fleet_bots::{Action, ActionFilter, ActionStatus, Content, FleetTime, NewAction, Outcome, Settlement};
use fleet_gallery::{Error, Retry, SoughtPost};

use super::act;
use super::look;
use super::trouble::Trouble;
use super::turn::Turn;

/// How many rows of a kind are held against what is found; who repeats words repeats them sooner.
const MOST_KNOWN: u64 = 10_000;
/// For how long, in real time, a gallery that fails is asked about a request.
const LONGEST_LOOKING: Duration = Duration::from_secs(24 * 3_600);

/// How long, in real time, it is still too early to look for `action`.
pub(crate) fn unripe(turn: &Turn<'_>, action: &Action) -> Duration {
    // What cannot be looked up need not be waited for, and only this node could still be waiting for its answer.
    match action.content {
        Content::Picture { .. } => Duration::ZERO,
        _ => patience(turn).saturating_sub(age(turn, action)),
    }
}

/// How long, in real time, a request may take to land; and how soon something is looked for again that could not be.
fn patience(turn: &Turn<'_>) -> Duration {
    turn.world.config.request_timeout + turn.world.config.late_landing
}

/// Looks for the effect of a request that may have landed, and writes what is found. Returns when it is to be looked for
/// again, where that failed for a reason that need not concern anything else.
pub(crate) async fn look_up(turn: &Turn<'_>, action: &Action) -> Result<Option<FleetTime>, Trouble> {
    let outcome = match found(turn, action).await {
        Ok(outcome) => outcome,
        Err(Trouble::Gallery(error)) if is_hopeless(turn, action, &error) => {
            unresolved(&format!("it could not be looked for: {error}"))
        }
        Err(Trouble::Gallery(error)) if !act::is_outage(&error) => {
            tracing::debug!(action.id = %action.id, bot.id = %turn.bot.id, %error, "not looked for");
            return Ok(Some(turn.now().plus(turn.world.clock.in_fleet(patience(turn)))));
        }
        Err(trouble) => return Err(trouble),
    };
    settle(turn, action, outcome, None, None).await?;
    Ok(None)
}

/// Whether looking again is of no use: the gallery will not show it, or has failed to for a day.
fn is_hopeless(turn: &Turn<'_>, action: &Action, error: &Error) -> bool {
    let refused = error.retry() == Retry::Never && !matches!(error, Error::Unauthorized { .. });
    refused || age(turn, action) > LONGEST_LOOKING
}

/// How long ago, by the database's clock, the request was allowed to begin.
fn age(turn: &Turn<'_>, action: &Action) -> Duration {
    turn.world.ownership.store_now().since(action.sent_at.unwrap_or_default())
}

/// What the gallery shows of a request that may have landed.
async fn found(turn: &Turn<'_>, action: &Action) -> Result<Outcome, Trouble> {
    let (gallery, agent) = (&turn.world.gallery, turn.bot.username.as_str());
    let target = action.target.as_deref().unwrap_or_default();
    let known = known(turn, action).await?;
    Ok(match &action.content {
        Content::Picture { .. } => {
            Outcome::Wasted { why: "interrupted; the picture may have been made, and is not used".into() }
        }
        Content::Post { title, description, .. } => {
            let described = Some(description.as_str()).filter(|text| !text.is_empty());
            let since = action.begun_at.map(|begun| begun.timestamp());
            let sought = SoughtPost { title, description: described, known: &known, since };
            match gallery.find_post(agent, agent, &sought).await? {
                Some(post_id) => Outcome::Done { remote_id: Some(post_id) },
                None => unresolved("the post is not in the gallery; it may be held for moderation"),
            }
        }
        Content::Like { .. } => match gallery.has_liked(agent, target).await? {
            Some(true) => Outcome::Done { remote_id: None },
            Some(false) => unresolved("the like is not there"),
            None => unresolved("the post is gone"),
        },
        Content::Unlike { .. } => unresolved("it was not the bot's to look for"),
        Content::Comment { text, .. } | Content::Answer { text, .. } => {
            match gallery.find_comment(agent, target, agent, text, &known).await? {
                Some(comment) => Outcome::Done { remote_id: Some(comment.id) },
                None => unresolved("the comment is not under the post; it may be held for moderation"),
            }
        }
    })
}

/// What other rows of the bot are known to have come to: the same words said twice are two deeds, and the first must not be
/// taken for the second.
async fn known(turn: &Turn<'_>, action: &Action) -> Result<Vec<String>, Trouble> {
    let done = ActionFilter {
        bot_id: Some(action.bot_id),
        kind: Some(action.kind),
        status: Some(ActionStatus::Done),
        limit: MOST_KNOWN,
    };
    let done = turn.world.bots.recent_actions(&done).await?;
    Ok(done.into_iter().filter_map(|row| row.remote_id).collect())
}

/// Writes how a row ended, and what follows from it.
pub(crate) async fn settle(
    turn: &Turn<'_>,
    action: &Action,
    outcome: Outcome,
    image_url: Option<String>,
    then: Option<NewAction>,
) -> Result<(), Trouble> {
    let settlement = Settlement { outcome, at: turn.now(), image_url, then };
    let settled = turn.world.bots.settle_action(action.id, turn.seat.holder, settlement).await?;
    match (settled.content, settled.status, settled.remote_id) {
        (Content::Post { .. }, ActionStatus::Done, Some(post_id)) => look::remember_own(turn, post_id).await,
        _ => Ok(()),
    }
}

fn unresolved(found: &str) -> Outcome {
    Outcome::Unresolved { why: format!("its answer never came, and when looked for later {found}") }
}
