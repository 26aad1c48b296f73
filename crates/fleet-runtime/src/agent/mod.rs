//! An agent: one bot's running task. It waits until its next wake, takes a turn, and rests; whatever it is doing ends at
//! its next await when its orders are withdrawn. It shares nothing with other agents but the world.

mod account;
mod act;
mod answer;
mod choose;
mod decide;
pub(crate) mod desk;
mod expiry;
mod heed;
mod look;
mod making;
mod mind;
pub(crate) mod pacing;
mod patience;
mod request;
mod settle;
mod sight;
mod steps;
#[cfg(test)]
mod tests;
pub(crate) mod trouble;
mod turn;

use std::time::Duration;

use fleet_bots::{ActivityKind, BotId, FleetTime, Holder, NewActivity, Observation, ObservedState};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::watch;

use self::act::Later;
pub(crate) use self::act::{is_outage, waits_out};
use self::decide::Thought;
pub(crate) use self::steps::steps;
use self::trouble::Trouble;
use self::turn::Rest;
use crate::orders::Orders;
use crate::world::World;

/// Which bot an agent is, and under which lease.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) bot_id: BotId,
    pub(crate) holder: Holder,
    pub(crate) orders: watch::Receiver<Orders>,
}

impl Seat {
    /// Whether the node is going: nothing new may begin.
    fn is_leaving(&self) -> bool {
        self.orders.borrow().leaving
    }

    /// Notes what the bot is doing.
    fn sees(&self, world: &World, state: ObservedState, doing: Option<&str>) {
        let sight = self.sight(state);
        world.board.note(Observation { current_action: doing.map(str::to_owned), ..sight });
    }

    /// Notes what the bot thinks.
    fn thought(&self, world: &World, thought: &Thought) {
        let last_thought = format!("{}: {}", thought.wish.told(), thought.why);
        world
            .board
            .note(Observation { last_thought: Some(last_thought), ..self.sight(ObservedState::Looking) });
    }

    /// Notes when the bot goes on, and what it waits for until then.
    fn rests(&self, world: &World, state: ObservedState, note: Option<String>, wake: FleetTime) {
        world.board.note(Observation { state_note: note, next_wake: Some(wake), ..self.sight(state) });
    }

    /// Notes that the bot was taken out of action until it is started again.
    pub(crate) fn parks(&self, world: &World, why: &str, starts: i64) {
        let sight = self.sight(ObservedState::Parked);
        world.board.note(Observation {
            state_note: Some(why.to_owned()),
            parked_start: Some(starts),
            ..sight
        });
    }

    fn sight(&self, state: ObservedState) -> Observation {
        Observation {
            bot_id: self.bot_id,
            holder: self.holder,
            state,
            state_note: None,
            current_action: None,
            last_thought: None,
            next_wake: None,
            parked_start: None,
        }
    }
}

/// Lives until the node takes the bot's orders away. `next_wake` is what was kept of an earlier life.
pub(crate) async fn run(world: &World, mut seat: Seat, next_wake: Option<FleetTime>) {
    let first = pacing::taking_over(next_wake, world.clock.now(), &mut dice(world, &seat));
    let mut rest = Rest { wake: first, thinks_from: first };
    let (mut failures, mut later) = (0, Later::default());
    // The number of the last request that the bot has woken for.
    let mut noticed = 0;
    // How often the operator had changed what the gallery is told of the bot when it woke last.
    let mut renames = seat.orders.borrow().wanted.renames;
    seat.rests(world, ObservedState::Resting, None, rest.wake);
    loop {
        let orders = *seat.orders.borrow_and_update();
        if orders.leaving {
            return;
        }
        if !orders.may_act() {
            seat.rests(world, ObservedState::Halted, Some(orders.why_not().to_owned()), rest.wake);
            if seat.orders.changed().await.is_err() {
                return;
            }
            noticed = 0;
            // Everybody is let go at the same moment; those who are overdue spread, as after a restart.
            rest.wake = pacing::taking_over(Some(rest.wake), world.clock.now(), &mut dice(world, &seat));
            seat.rests(world, ObservedState::Resting, None, rest.wake);
            continue;
        }
        if orders.wanted.request <= noticed && orders.wanted.renames == renames {
            tokio::select! {
                biased;
                changed = seat.orders.changed() => if changed.is_err() { return } else { continue },
                () = world.clock.sleep_until(rest.wake) => {}
            }
        }
        (noticed, renames) = (noticed.max(orders.wanted.request), orders.wanted.renames);
        let mut orders = seat.orders.clone();
        let taken = tokio::select! {
            biased;
            () = withdrawn(&mut orders) => continue,
            // Boxed, so that an agent that waits does not carry the room that a turn needs.
            taken = Box::pin(turn::take(world, &seat, rest.thinks_from, &mut later)) => taken,
        };
        rest = match taken {
            Ok(next) => {
                failures = 0;
                seat.rests(world, ObservedState::Resting, None, next.wake);
                next
            }
            Err(trouble) => {
                let wake = after_trouble(world, &seat, &trouble, &mut failures).await;
                let state =
                    if trouble.is_limit() { ObservedState::Limited } else { ObservedState::BackingOff };
                seat.rests(world, state, Some(trouble.to_string()), wake);
                Rest { wake, ..rest }
            }
        };
    }
}

/// Dice made for the moment: an agent that waits carries none.
fn dice(world: &World, seat: &Seat) -> StdRng {
    StdRng::seed_from_u64(world.seed(seat.bot_id))
}

/// Waits until the bot may not act, or at least nothing that it is doing may go on.
async fn withdrawn(orders: &mut watch::Receiver<Orders>) {
    // A node that leaves lets what has begun come to its end; it cancels it later.
    let _ = orders.wait_for(|orders| !orders.may_act() || orders.cancelled).await;
}

/// Says when the bot goes on after trouble. What is wrong is told once, when it begins; being overtaken or limited is not
/// wrong. A rest that the gallery asks for is kept for all nodes, and told by whoever keeps it first.
async fn after_trouble(world: &World, seat: &Seat, trouble: &Trouble, failures: &mut u32) -> FleetTime {
    let mut dice = dice(world, seat);
    let now = world.clock.now();
    if trouble.is_overtaken() {
        return now.plus(world.clock.in_fleet(Duration::from_secs(1)));
    }
    let mut wanted = trouble.until(&world.clock);
    if let Trouble::Gallery(error) = trouble {
        match world.begin_rest(seat.bot_id, error).await {
            Ok(rest) => wanted = rest.map(|rest| world.until(&rest)).or(wanted),
            // The client is silent by itself meanwhile, and whoever asks next meets the same.
            Err(error) => tracing::warn!(bot.id = %seat.bot_id, %error, "a rest could not be kept"),
        }
    }
    // What keeps it from its account is told with the account, and its waits are kept there.
    if !trouble.is_limit() && !matches!(trouble, Trouble::NoAccount { .. }) {
        *failures += 1;
        if *failures == 1 {
            tell(world, seat, trouble).await;
        }
    }
    let backed_off = now.plus(world.clock.in_fleet(pacing::back_off(*failures, &mut dice)));
    match wanted {
        // Nobody comes back at the very moment, or all who were sent away together would.
        Some(until) => pacing::afterwards(until, now, &mut dice).max(backed_off),
        None => backed_off,
    }
}

async fn tell(world: &World, seat: &Seat, trouble: &Trouble) {
    tracing::warn!(bot.id = %seat.bot_id, error = %trouble, "a turn could not be finished");
    let activity = NewActivity::of(seat.bot_id, ActivityKind::Error, world.clock.now(), trouble.to_string());
    if let Err(error) = world.bots.record_activity(vec![activity]).await {
        tracing::warn!(bot.id = %seat.bot_id, %error, "the trouble could not be logged");
    }
}
