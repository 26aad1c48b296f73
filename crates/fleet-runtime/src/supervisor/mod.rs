//! Keeps the agents of a node: one for each bot held, each in a task of its own. A panic in one is caught here, told, and
//! the agent is begun anew with back-off; five within a minute park its bot. No other bot notices.

use std::any::Any;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fleet_bots::{ActivityKind, BotId, FleetTime, Holder, Lease, NewActivity, WantedBot};
use futures::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::agent::{self, Seat};
use crate::orders::{Hold, Orders};
use crate::reconcile::{Plan, Told};
use crate::world::World;

/// So many panics within [`CRASH_WINDOW`] park a bot.
const CRASHES: usize = 5;
const CRASH_WINDOW: Duration = Duration::from_secs(60);
/// The rest after a first panic; doubled after each further one.
const FIRST_BACK_OFF: Duration = Duration::from_millis(200);

/// The agents of a node. Clones keep the same agents.
#[derive(Clone)]
pub(crate) struct Supervisor {
    world: Arc<World>,
    agents: Arc<Mutex<Agents>>,
}

#[derive(Default)]
struct Agents {
    /// The end of each agent's orders that the node holds.
    orders: HashMap<BotId, watch::Sender<Orders>>,
    tasks: JoinSet<()>,
    /// What holds everything, if anything does; it counts for those who come later as well.
    held: Option<Hold>,
}

impl Supervisor {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world, agents: Arc::default() }
    }

    /// What each agent was last told.
    pub(crate) fn told(&self) -> HashMap<BotId, Told> {
        let agents = self.agents();
        let told = |orders: &watch::Sender<Orders>| {
            let Orders { wanted, epoch, .. } = *orders.borrow();
            Told { wanted, epoch }
        };
        agents.orders.iter().map(|(id, orders)| (*id, told(orders))).collect()
    }

    /// Begins an agent for a bot whose lease the node has just taken.
    pub(crate) fn start(&self, lease: &Lease, wanted: WantedBot, holder: Holder) {
        let mut agents = self.agents();
        let held = agents.held;
        let (sender, orders) =
            watch::channel(Orders { wanted, epoch: lease.epoch, held, leaving: false, cancelled: false });
        if let Some(former) = agents.orders.insert(lease.bot_id, sender) {
            // The lease was lost and taken again; the former agent has no business any more.
            dismiss(&former);
        }
        let seat = Seat { bot_id: lease.bot_id, holder, orders };
        let (world, next_wake) = (Arc::clone(&self.world), lease.next_wake);
        let parked = lease
            .parked_start
            .map(|starts| Parking { starts, why: lease.state_note.clone().unwrap_or_default() });
        // The tasks that have ended are taken out as new ones come, so that the set does not grow.
        while agents.tasks.try_join_next().is_some() {}
        agents.tasks.spawn(async move { supervise(&world, seat, next_wake, parked, agent::run).await });
    }

    /// Tells agents what has changed, and ends those that are not wanted.
    pub(crate) fn follow(&self, plan: &Plan) {
        let mut agents = self.agents();
        for wanted in &plan.tell {
            if let Some(orders) = agents.orders.get(&wanted.bot_id) {
                orders.send_modify(|orders| orders.wanted = *wanted);
            }
        }
        for id in &plan.stop {
            if let Some(orders) = agents.orders.remove(id) {
                dismiss(&orders);
            }
        }
    }

    /// Holds every agent still, or lets them go on.
    pub(crate) fn hold(&self, held: Option<Hold>) {
        let mut agents = self.agents();
        agents.held = held;
        for orders in agents.orders.values() {
            orders.send_if_modified(|orders| std::mem::replace(&mut orders.held, held) != held);
        }
    }

    /// Ends every agent at once.
    pub(crate) fn dismiss_all(&self) {
        let dismissed = std::mem::take(&mut self.agents().orders);
        dismissed.values().for_each(dismiss);
    }

    /// Lets every agent finish what it has begun, for `grace` at the most, then ends it.
    pub(crate) async fn leave(&self, grace: Duration) {
        let mut tasks = {
            let mut agents = self.agents();
            for orders in agents.orders.values() {
                orders.send_modify(|orders| orders.leaving = true);
            }
            std::mem::take(&mut agents.tasks)
        };
        let all_ended = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, all_ended).await.is_err() {
            tracing::info!(agents = tasks.len(), "not all agents finished in time; they are cancelled");
        }
        self.dismiss_all();
        tasks.shutdown().await;
    }

    fn agents(&self) -> MutexGuard<'_, Agents> {
        self.agents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn dismiss(orders: &watch::Sender<Orders>) {
    orders.send_modify(|orders| {
        orders.leaving = true;
        orders.cancelled = true;
    });
}

/// That a bot was taken out of action: at which of its starts, and why.
struct Parking {
    starts: i64,
    why: String,
}

/// Lives `life` again and again until it ends by itself, with a rest after each panic, and parks the bot when there are
/// too many.
async fn supervise<L>(
    world: &World,
    mut seat: Seat,
    mut next_wake: Option<FleetTime>,
    mut parked: Option<Parking>,
    life: L,
) where
    L: AsyncFn(&World, Seat, Option<FleetTime>),
{
    let mut crashes: Vec<Instant> = Vec::new();
    loop {
        let starts = seat.orders.borrow().wanted.starts;
        if let Some(parking) = parked.take().filter(|parking| parking.starts == starts) {
            seat.parks(world, &parking.why, starts);
            if !started_again(&mut seat, starts).await {
                return;
            }
            crashes.clear();
        }
        let Err(panic) = AssertUnwindSafe(life(world, seat.clone(), next_wake.take())).catch_unwind().await
        else {
            return;
        };
        crashes.retain(|crash| crash.elapsed() < CRASH_WINDOW);
        crashes.push(Instant::now());
        let said = what_it_said(panic.as_ref());
        if crashes.len() >= CRASHES {
            let starts = seat.orders.borrow().wanted.starts;
            let why =
                format!("it went wrong {CRASHES} times within a minute ({said}); start it to try again");
            tell(world, seat.bot_id, ActivityKind::Parked, format!("parked: {why}")).await;
            parked = Some(Parking { starts, why });
            continue;
        }
        let message = format!("its agent broke down and is begun anew: {said}");
        tell(world, seat.bot_id, ActivityKind::Restarted, message).await;
        let rest = FIRST_BACK_OFF * (1 << (crashes.len() - 1));
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = seat.orders.wait_for(|orders| orders.leaving) => return,
        }
        // The next life goes on at once, so that one that can never be finished is parked within the minute.
        next_wake = Some(world.clock.now().plus(Duration::from_millis(1)));
    }
}

/// Waits until the operator starts the bot once more; `false` when it is to end instead.
async fn started_again(seat: &mut Seat, parked_at: i64) -> bool {
    let told = seat.orders.wait_for(|orders| orders.leaving || orders.wanted.starts != parked_at).await;
    told.is_ok_and(|orders| !orders.leaving)
}

async fn tell(world: &World, bot_id: BotId, kind: ActivityKind, message: String) {
    tracing::warn!(bot.id = %bot_id, message, "an agent panicked");
    let activity = NewActivity::of(bot_id, kind, world.clock.now(), message);
    if let Err(error) = world.bots.record_activity(vec![activity]).await {
        tracing::warn!(bot.id = %bot_id, %error, "the panic could not be logged");
    }
}

fn what_it_said(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(ToString::to_string);
    said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".into())
}

#[cfg(test)]
mod tests;
