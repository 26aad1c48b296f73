//! The desk of one bot: where a brain sets money aside before it asks a model, and finds out what was said before. Owns the
//! way from a brain's questions to the store; it spends, and decides about nobody's rest by itself.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use fleet_bots::{BotId, Bots, FleetTime, NewRest, NewSpend, RestCause, Settled, SpendId, Whose};
use fleet_brain::{Bill, Desk, Estimate, Refused, Ticket};

use super::turn::Turn;

/// How long words of the fleet are not said again.
const UNREPEATED: Duration = Duration::from_secs(30 * 86_400);

/// Where a bot, or somebody who tries a model, sets money aside and finds out what was said before.
#[derive(Debug)]
pub struct BotDesk {
    bots: Bots,
    bot_id: Option<BotId>,
    at: FleetTime,
    /// Whose cap kept the last call from being made.
    capped: Mutex<Option<Whose>>,
}

impl BotDesk {
    /// The desk of a bot, or of nobody who only tries a model, `at` that moment of the fleet's clock.
    #[must_use]
    pub fn new(bots: Bots, bot_id: Option<BotId>, at: FleetTime) -> Self {
        Self { bots, bot_id, at, capped: Mutex::default() }
    }

    pub(crate) fn of(turn: &Turn<'_>) -> Self {
        Self::new(turn.world.bots.clone(), Some(turn.bot.id), turn.now())
    }

    /// Whoever the cap holds for that was met rests until money can be spent again, so that nobody asks in vain meanwhile.
    pub(crate) async fn rest(&self, why: &str, until: FleetTime) -> fleet_bots::Result<()> {
        let capped = *self.capped.lock().unwrap_or_else(PoisonError::into_inner);
        let bot_id = match capped {
            Some(Whose::Fleet) => None,
            Some(Whose::Bot) | None => self.bot_id,
        };
        let cause = RestCause::Spending;
        let (until, probe_in) = (Some(until), Duration::ZERO);
        self.bots
            .begin_rest(NewRest { bot_id, cause, why: why.to_owned(), until, at: self.at, probe_in })
            .await?;
        Ok(())
    }
}

#[async_trait]
impl Desk for BotDesk {
    async fn reserve(&self, call: &Estimate) -> Result<Ticket, Refused> {
        let new = NewSpend {
            bot_id: self.bot_id,
            purpose: purpose(call.purpose),
            provider: call.provider.clone(),
            model: call.model.clone(),
            most: fleet_bots::Micros(call.most.0),
            at: self.at,
        };
        match self.bots.reserve_spend(new).await {
            Ok(SpendId(id)) => Ok(Ticket(id.as_u128())),
            Err(fleet_bots::Error::Capped { why, until, whose }) => {
                *self.capped.lock().unwrap_or_else(PoisonError::into_inner) = Some(whose);
                Err(Refused::Capped { why, until: until.timestamp() })
            }
            Err(error) => Err(Refused::Unavailable { why: error.to_string() }),
        }
    }

    async fn settle(&self, Ticket(id): Ticket, Bill { cost, tokens }: Bill) {
        let settled = Settled { cost: fleet_bots::Micros(cost.0), tokens: Some(counted(tokens)) };
        if let Err(error) = self.bots.settle_spend(SpendId(uuid::Uuid::from_u128(id)), settled).await {
            // It counts at the most that it can have cost.
            tracing::warn!(%error, "what a call to a model cost could not be written");
        }
    }

    async fn said_before(&self, texts: &[String]) -> Option<Vec<bool>> {
        let since =
            FleetTime(self.at.0.saturating_sub(i64::try_from(UNREPEATED.as_micros()).unwrap_or(i64::MAX)));
        let said = self.bots.said_before(texts, since).await;
        said.inspect_err(|error| tracing::debug!(%error, "whether words were said before is not known")).ok()
    }
}

/// A brain's count of tokens in the store's terms.
pub(crate) fn counted(tokens: fleet_brain::Tokens) -> fleet_bots::Tokens {
    let fleet_brain::Tokens { input, output, pictures } = tokens;
    fleet_bots::Tokens { input: input.into(), output: output.into(), pictures: pictures.into() }
}

fn purpose(purpose: fleet_brain::Purpose) -> fleet_bots::Purpose {
    match purpose {
        fleet_brain::Purpose::Judge => fleet_bots::Purpose::Judge,
        fleet_brain::Purpose::Compose => fleet_bots::Purpose::Compose,
        fleet_brain::Purpose::Answer => fleet_bots::Purpose::Answer,
        fleet_brain::Purpose::Repair => fleet_bots::Purpose::Repair,
        fleet_brain::Purpose::Rewrite => fleet_bots::Purpose::Rewrite,
        fleet_brain::Purpose::Probe => fleet_bots::Purpose::Probe,
    }
}
