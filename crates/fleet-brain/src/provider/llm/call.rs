//! One paid call. Owns that money is set aside before it begins and settled after, and that it is recorded; refuses to
//! settle what nobody knows the fate of: what is never settled counts at what was set aside.

use std::time::Duration;

use super::Llm;
use super::breaker::Leave;
use super::dialect::Format;
use super::seat::Seat;
use super::wire::{self, Asked, Heard, Silence, Trouble};
use crate::desk::{Bill, Desk, Estimate, Micros, Purpose, Refused, Tokens};
use crate::record::{Call, Record};

/// Why a question has no answer here.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// No more may be spent: nobody else is asked either who costs anything.
    Capped { why: String, until: jiff::Timestamp },
    /// The ledger cannot be written: nobody else is asked either.
    NoLedger(String),
    /// The next one may do better.
    Failed(String),
}

impl Llm {
    /// Asks an endpoint, in another form when it refuses the first, and remembers which it took.
    pub(super) async fn converse(
        &self,
        seat: &Seat,
        desk: &dyn Desk,
        purpose: Purpose,
        asked: &Asked<'_>,
        record: &mut Record,
    ) -> Result<Heard, Stop> {
        let mut format = seat.dialect.format();
        // One leave for all forms: that another form is tried says nothing of whether the endpoint is well.
        let leave = match purpose {
            Purpose::Probe => seat.breaker.leave_anyway(),
            _ => seat.breaker.leave().map_err(left_alone)?,
        };
        loop {
            match self.call(seat, desk, purpose, asked, (format, &leave), record).await? {
                Ok(Heard { silent: Some(Silence::Broken(why)), .. }) => {
                    leave.failed(false, None);
                    return Err(Stop::Failed(why));
                }
                Ok(Heard { silent: Some(held_back @ Silence::HeldBack), .. }) => {
                    leave.answered();
                    return Err(Stop::Failed(held_back.to_string()));
                }
                Ok(heard) => {
                    leave.answered();
                    if heard.cut {
                        seat.dialect.ran_out();
                    } else {
                        seat.dialect.took(format);
                    }
                    return Ok(heard);
                }
                Err(trouble) => match below(seat, format, &trouble) {
                    Some(below) => format = below,
                    None => {
                        leave.failed(trouble.lasts(), trouble.after);
                        return Err(Stop::Failed(trouble.why));
                    }
                },
            }
        }
    }

    /// One call. Whoever drops it in the middle leaves its ticket as it is.
    async fn call(
        &self,
        seat: &Seat,
        desk: &dyn Desk,
        purpose: Purpose,
        asked: &Asked<'_>,
        (format, leave): (Format, &Leave<'_>),
        record: &mut Record,
    ) -> Result<Result<Heard, Trouble>, Stop> {
        // Waiting comes before the ticket: who waits in vain owes nothing.
        let waiting = tokio::time::timeout(seat.timeout, self.permits.acquire());
        let _permit = match waiting.await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) | Err(_) => return Err(Stop::Failed("too many calls are under way".into())),
        };
        // Those before it in the queue may have found that nobody answers.
        leave.holds().map_err(left_alone)?;
        let most = asked.form.most.saturating_add(seat.dialect.room());
        let estimate = Estimate {
            purpose,
            provider: seat.provider.clone(),
            model: seat.model.clone(),
            most: seat.dearest(asked, most),
        };
        let ticket = desk.reserve(&estimate).await.map_err(|refused| match refused {
            Refused::Capped { why, until } => Stop::Capped { why, until },
            unavailable @ Refused::Unavailable { .. } => Stop::NoLedger(unavailable.to_string()),
        })?;
        let began = tokio::time::Instant::now();
        let outcome = wire::send(seat, asked, format, most).await;
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let bill = match &outcome {
            Ok(Heard { tokens: Some(tokens), .. }) => {
                Some(Bill { cost: seat.price.cost(*tokens), tokens: *tokens })
            }
            // It does not say how long it was: what was set aside is what it cost.
            Ok(Heard { silent: None, .. }) => Some(Bill { cost: estimate.most, tokens: Tokens::default() }),
            Err(Trouble { not_begun: true, .. }) => Some(Bill::default()),
            // A form that is refused was not written in, whatever the status.
            Err(trouble) if below(seat, format, trouble).is_some() => Some(Bill::default()),
            Ok(Heard { tokens: None, .. }) | Err(_) => None,
        };
        if let Some(bill) = bill {
            desk.settle(ticket, bill).await;
        }
        record.calls.push(recorded(seat, purpose, asked, &outcome, bill, estimate.most, took_ms));
        Ok(outcome)
    }
}

fn left_alone(rest: Duration) -> Stop {
    Stop::Failed(format!("it failed, and is left alone for {} s", rest.as_secs().max(1)))
}

/// The form to try after this trouble, if it is the form's.
fn below(seat: &Seat, format: Format, trouble: &Trouble) -> Option<Format> {
    seat.dialect.below(format, trouble.status?, trouble.names_the_form)
}

fn recorded(
    seat: &Seat,
    purpose: Purpose,
    asked: &Asked<'_>,
    outcome: &Result<Heard, Trouble>,
    bill: Option<Bill>,
    reserved: Micros,
    took_ms: u64,
) -> Call {
    let user = match asked.after {
        Some((answer, ask)) => format!("{}\n\n{answer}\n\n{ask}", asked.prompt.user),
        None => asked.prompt.user.clone(),
    };
    let (answer, error) = match outcome {
        Ok(heard) => (
            (!heard.text.is_empty()).then(|| heard.text.clone()),
            heard.silent.as_ref().map(Silence::to_string),
        ),
        Err(trouble) => (None, Some(trouble.why.clone())),
    };
    Call {
        purpose,
        provider: seat.provider.clone(),
        model: seat.model.clone(),
        system: asked.prompt.system.clone(),
        user,
        answer,
        error,
        tokens: bill.map(|bill| bill.tokens).unwrap_or_default(),
        // What is not settled counts as it was set aside.
        cost: bill.map_or(reserved, |bill| bill.cost),
        took_ms,
    }
}
