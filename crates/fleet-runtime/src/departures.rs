//! Removes the accounts of deleted bots from the gallery, a few at a time and one after the other: what was taken up by
//! this node is no other's until its request must have ended. Whatever dies on the way is due again; asking twice is
//! harmless, and an account that is gone already is what was wanted.

use std::time::Duration;

use fleet_bots::{Bot, Departure};
use fleet_gallery::{Error, Retry};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::agent::{pacing, trouble};
use crate::world::World;

/// How often a node looks for accounts that are to be removed.
pub(crate) const EVERY: Duration = Duration::from_secs(2);

/// How many a node takes up at once.
const SOME: u64 = 4;

/// How long a gallery that will not remove an account is not asked again.
const REFUSED: Duration = Duration::from_secs(900);

/// The longest that one round lasts; a store that hangs is not waited for any longer.
const LONGEST: Duration = Duration::from_secs(60);

/// Looks for accounts to remove, for ever; the less often, the longer the gallery has failed.
pub(crate) async fn run(world: &World) {
    let mut failures = 0;
    loop {
        let mut dice = StdRng::seed_from_u64(world.config.seed);
        let rest = if failures > 0 { pacing::back_off(failures, &mut dice) } else { EVERY };
        tokio::time::sleep(rest).await;
        match tokio::time::timeout(LONGEST, see_off(world)).await {
            Ok(Ok(is_well)) => failures = if is_well { 0 } else { failures + 1 },
            Ok(Err(error)) => tracing::debug!(%error, "accounts of deleted bots are removed later"),
            Err(_) => tracing::debug!("the rest of the accounts of deleted bots is removed later"),
        }
    }
}

/// Removes what is due, until nothing is or the gallery fails; returns whether it did not.
async fn see_off(world: &World) -> fleet_bots::Result<bool> {
    // Most of the time there is nothing, and a look does not keep the store's one writer.
    if world.bots.departing().await? == 0 {
        return Ok(true);
    }
    loop {
        if is_held(world) {
            return Ok(true);
        }
        let most = world.config.request_timeout.saturating_mul(u32::try_from(SOME).unwrap_or(1) + 1);
        let some = world.bots.claim_departures(world.ownership.node_id(), SOME, most).await?;
        if some.is_empty() {
            return Ok(true);
        }
        for bot in some {
            if is_held(world) {
                return Ok(true);
            }
            let agent_id = bot.id.to_string();
            let answer = tokio::select! {
                biased;
                () = world.bots.switch().pulled() => return Ok(true),
                answer = world.gallery.remove_user(&agent_id) => answer,
            };
            if let Err(error) = &answer
                && trouble::concerns_all(error)
            {
                world.begin_rest(bot.id, error).await?;
            }
            let has_failed = answer.as_ref().is_err_and(|error| error.retry() != Retry::Never);
            let came = came(world, &bot, answer);
            match world.bots.settle_departure(&bot, came, world.clock.now()).await {
                Ok(_) | Err(fleet_bots::Error::Overtaken(_)) => {}
                Err(error) => return Err(error),
            }
            // Asking for the others would only fail as well; they are due again by themselves.
            if has_failed {
                return Ok(false);
            }
        }
    }
}

/// Whether nothing may be asked of the gallery at the moment.
fn is_held(world: &World) -> bool {
    world.bots.switch().is_pulled() || world.ownership.has_lapsed() || world.is_silent()
}

/// What an answer means for the account.
fn came(world: &World, bot: &Bot, answer: Result<bool, Error>) -> Departure {
    let error = match answer {
        Ok(removed) => return Departure::Gone { removed },
        Err(error) => error,
    };
    let mut dice = StdRng::seed_from_u64(world.seed(bot.id));
    let tries = u32::try_from(bot.account_tries).unwrap_or(u32::MAX);
    let wait = pacing::back_off(tries, &mut dice);
    let (why, wait) = match &error {
        Error::Forbidden { message } => {
            let why = format!(
                "the service token may not remove accounts ({message}); have the permission `users:write` added to it"
            );
            (why, REFUSED)
        }
        error if error.retry() == Retry::Never && !matches!(error, Error::Unauthorized { .. }) => {
            (error.to_string(), REFUSED)
        }
        error => (error.to_string(), wait),
    };
    Departure::PutOff { why, wait }
}
