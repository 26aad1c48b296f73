//! The desk of one bot: where a brain sets money aside before it asks a model, and finds out what was said before. Owns the
//! way from a brain's questions to the store; a cap that is reached becomes a rest here, so that nobody else asks in vain.

use std::time::Duration;

use async_trait::async_trait;
use fleet_bots::{BotId, Bots, FleetTime, NewRest, NewSpend, RestCause, Settled, SpendId, Whose};
use fleet_brain::{Bill, Desk, Estimate, Refused, Ticket};

use super::turn::Turn;

/// How long words of the fleet are not said again.
const UNREPEATED: Duration = Duration::from_secs(30 * 86_400);

/// What a bot, or somebody who tries a model, spends and repeats.
#[derive(Clone, Debug)]
pub struct BotDesk {
    /// The ledger of costs.
    pub bots: Bots,
    /// Whose costs they are; nobody's when a model is only tried.
    pub bot_id: Option<BotId>,
    /// Now, by the fleet's clock.
    pub at: FleetTime,
}

impl BotDesk {
    pub(crate) fn of(turn: &Turn<'_>) -> Self {
        Self { bots: turn.world.bots.clone(), bot_id: Some(turn.bot.id), at: turn.now() }
    }

    /// A cap is reached: whoever it holds for rests until money can be spent again.
    async fn rest(&self, whose: Whose, why: &str, until: FleetTime) {
        let bot_id = match (whose, self.bot_id) {
            (Whose::Fleet, _) => None,
            (Whose::Bot, Some(bot_id)) => Some(bot_id),
            (Whose::Bot, None) => return,
        };
        let rest = NewRest {
            bot_id,
            cause: RestCause::Spending,
            why: why.to_owned(),
            until: Some(until),
            at: self.at,
            probe_in: Duration::ZERO,
        };
        if let Err(error) = self.bots.begin_rest(rest).await {
            // It is found out again by the next who asks for money.
            tracing::warn!(%error, why, "a cap is reached, and that could not be written");
        }
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
                self.rest(whose, &why, until).await;
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

    async fn said_before(&self, texts: &[String]) -> Vec<bool> {
        let since =
            FleetTime(self.at.0.saturating_sub(i64::try_from(UNREPEATED.as_micros()).unwrap_or(i64::MAX)));
        self.bots.said_before(texts, since).await.unwrap_or_else(|error| {
            // The last gate asks again before anything is sent.
            tracing::debug!(%error, "whether words were said before is not known");
            vec![false; texts.len()]
        })
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
