//! Takes back what an operator wants taken back: likes, one after the other, each at most once. Their bots may be paused,
//! stopped or gone, so this is the node's work and no agent's; the rows decide between two nodes that are at it.
//!
//! A like toggles, so nothing is sent before a look, and nothing is sent twice: what became of a request without an answer
//! is looked up later.

use std::time::Duration;

use fleet_bots::{Account, Action, ActionStatus, FleetTime, Outcome, StoreTime, Undo};
use fleet_gallery::{Error, Fate, Retry};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::agent::{is_outage, pacing, trouble, waits_out};
use crate::world::World;

/// How often a node looks for something to take back though no bell rang.
const EVERY: Duration = Duration::from_secs(1);
/// How often a request may be found not to have begun, by something that is wrong with it, before its row fails.
const MOST_POSTPONED: i64 = 8;
/// How long, in real time, all that is to be taken back waits for what is wrong with one row.
const BREATH: Duration = Duration::from_secs(2);
/// For how long, in real time, a gallery that fails is asked about a request.
const LONGEST_LOOKING: Duration = Duration::from_secs(24 * 3_600);

/// What keeps a row from its end.
enum Hindrance {
    /// The store, or somebody who was faster.
    Store(fleet_bots::Error),
    /// The gallery wants to be left alone until then.
    Gallery(FleetTime),
}

impl From<fleet_bots::Error> for Hindrance {
    fn from(error: fleet_bots::Error) -> Self {
        Hindrance::Store(error)
    }
}

/// Works for ever, and holds still as agents do: while the stop switch is pulled, and while the node's leases may lapse.
pub(crate) async fn work(world: &World) {
    let (switch, ownership) = (world.bots.switch(), &world.ownership);
    let mut bell = world.bots.intent_bell();
    let mut rests_until = FleetTime(i64::MIN);
    loop {
        let _ = tokio::time::timeout(EVERY, bell.rung()).await;
        if switch.is_pulled() || ownership.has_lapsed() {
            switch.lifted().await;
            ownership.standing_again().await;
        } else if world.clock.now() >= rests_until && !world.is_silent() {
            tokio::select! {
                biased;
                () = switch.pulled() => {}
                () = ownership.lapsing() => {}
                rests = work_off(world) => rests_until = rests,
            }
        }
    }
}

/// Takes back what is due; returns until when the gallery is to be left alone.
async fn work_off(world: &World) -> FleetTime {
    loop {
        let may_land = world.config.request_timeout + world.config.late_landing;
        let may_land = i64::try_from(may_land.as_micros()).unwrap_or(i64::MAX);
        let landed = StoreTime(world.ownership.store_now().0.saturating_sub(may_land));
        let now = world.clock.now();
        let taken = match world.bots.next_undo(now, landed).await {
            Ok(Some(undo)) => take_back(world, &undo).await,
            Ok(None) => return now,
            Err(error) => Err(error.into()),
        };
        match taken {
            Ok(()) => {}
            Err(Hindrance::Gallery(until)) => return until,
            Err(Hindrance::Store(fleet_bots::Error::Overtaken(_))) => {
                // Another node is at it, or the stop is on its way here.
                return now;
            }
            Err(Hindrance::Store(error)) => {
                tracing::warn!(%error, "what is to be taken back waits for the store");
                return now;
            }
        }
    }
}

async fn take_back(world: &World, undo: &Undo) -> Result<(), Hindrance> {
    let Undo { action, bot, is_replaced } = undo;
    let (agent, post) = (bot.username.as_str(), action.target.as_deref().unwrap_or_default());
    // What is left to be removed waits for this; what is removed cannot take anything back.
    let is_gone = bot.account == Account::Gone;
    if is_gone || (*is_replaced && action.status == ActionStatus::Planned) {
        let why = match is_replaced {
            true => format!("another bot is @{agent} by now, and this one's account is gone"),
            false => "the bot's account is gone".to_owned(),
        };
        return match action.status {
            ActionStatus::Planned => settle(world, action, Outcome::Failed { why }).await,
            _ => settle(world, action, unresolved(&why)).await,
        };
    }
    if action.status == ActionStatus::Planned
        && let Some(rest) = world.rest_of(bot.id).await?
    {
        let until = world.until(&rest);
        return settle(world, action, Outcome::Postponed { until, why: rest.why }).await;
    }
    let likes_it = match world.gallery.has_liked(agent, post).await {
        Ok(likes_it) => likes_it,
        Err(error) => return after_look(world, undo, &error).await,
    };
    match (action.status, likes_it) {
        (_, Some(false)) => settle(world, action, Outcome::Done { remote_id: None }).await,
        (ActionStatus::Planned, Some(true)) => {
            let sent = world.bots.mark_undo_sent(action.id, world.ownership.node_id(), world.clock.now());
            send(world, undo, &sent.await?, post).await
        }
        (ActionStatus::Planned, None) => {
            settle(world, action, Outcome::Failed { why: "the post is gone or hidden".into() }).await
        }
        (_, Some(true)) => settle(world, action, unresolved("the like is still there")).await,
        (_, None) => settle(world, action, unresolved("the post is gone or hidden")).await,
    }
}

/// Makes the one request of a row.
async fn send(world: &World, undo: &Undo, sent: &Action, post: &str) -> Result<(), Hindrance> {
    match world.gallery.toggle_like(&undo.bot.username, post).await {
        Ok(liked) if !liked.liked => settle(world, sent, Outcome::Done { remote_id: None }).await,
        Ok(_) => {
            let why = "somebody took the like back at the same moment, and the call made it anew";
            settle(world, sent, Outcome::Unresolved { why: why.into() }).await
        }
        Err(error) if error.fate() == Fate::Unknown => {
            tracing::info!(action.id = %sent.id, %error, "the fate of a request is unknown");
            Ok(())
        }
        Err(error) => put_off(world, sent, undo, &error).await,
    }
}

/// What follows when the gallery does not say whether the like is there.
async fn after_look(world: &World, undo: &Undo, error: &Error) -> Result<(), Hindrance> {
    let action = &undo.action;
    if action.status == ActionStatus::Planned {
        return match waits_out(error, action, world.clock.now()) {
            true => postpone(world, action, undo, error).await,
            false => put_off(world, action, undo, error).await,
        };
    }
    let age = world.ownership.store_now().since(action.sent_at.unwrap_or_default());
    if is_refusal(error) || age > LONGEST_LOOKING {
        return settle(world, action, unresolved(&format!("it could not be looked for: {error}"))).await;
    }
    let until = until(world, undo, error);
    world.bots.look_later(action, until).await?;
    leave_alone(world, undo, error, until).await
}

/// Puts off a row whose request is known not to have begun, or ends it when trying again is of no use.
async fn put_off(world: &World, seen: &Action, undo: &Undo, error: &Error) -> Result<(), Hindrance> {
    if is_refusal(error) || (seen.postponed >= MOST_POSTPONED && !is_outage(error)) {
        return settle(world, seen, Outcome::Failed { why: error.to_string() }).await;
    }
    postpone(world, seen, undo, error).await
}

async fn postpone(world: &World, seen: &Action, undo: &Undo, error: &Error) -> Result<(), Hindrance> {
    let until = until(world, undo, error);
    settle(world, seen, Outcome::Postponed { until, why: error.to_string() }).await?;
    leave_alone(world, undo, error, until).await
}

/// Leaves the gallery alone, for all nodes if it says something of the whole fleet; what it says of one bot keeps no other
/// waiting.
async fn leave_alone(world: &World, undo: &Undo, error: &Error, until: FleetTime) -> Result<(), Hindrance> {
    world.begin_rest(undo.bot.id, error).await?;
    match error {
        Error::BotLimited { .. } => Ok(()),
        _ => Err(Hindrance::Gallery(until.min(rest(world, error)))),
    }
}

/// Until when all other rows wait as well: what is wrong with one of them need not be wrong with the others.
fn rest(world: &World, error: &Error) -> FleetTime {
    match is_outage(error) {
        true => FleetTime(i64::MAX),
        false => world.clock.now().plus(world.clock.in_fleet(BREATH)),
    }
}

fn is_refusal(error: &Error) -> bool {
    error.retry() == Retry::Never && !matches!(error, Error::Unauthorized { .. })
}

/// When the gallery may be asked again.
fn until(world: &World, undo: &Undo, error: &Error) -> FleetTime {
    trouble::until(error, &world.clock).unwrap_or_else(|| {
        let failures = u32::try_from(undo.action.postponed).unwrap_or(0);
        let mut dice = StdRng::seed_from_u64(world.seed(undo.bot.id));
        world.clock.now().plus(world.clock.in_fleet(pacing::back_off(failures, &mut dice)))
    })
}

async fn settle(world: &World, seen: &Action, outcome: Outcome) -> Result<(), Hindrance> {
    world.bots.settle_undo(seen, outcome, world.clock.now()).await?;
    Ok(())
}

fn unresolved(found: &str) -> Outcome {
    Outcome::Unresolved { why: format!("its answer never came, and when looked for later {found}") }
}
