//! A node: the process's part of the fleet. It keeps its leases alive, compares what is wanted with what it holds, and
//! starts and stops agents; a guard beside it holds everything still at once, also while the store hangs.

use std::sync::Arc;
use std::time::Duration;

use fleet_bots::{Asked, Bots, Holder, Lease, WantedBot};
use fleet_brain::Brain;
use fleet_gallery::Gallery;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::board::Board;
use crate::clock::FleetClock;
use crate::orders::Hold;
use crate::ownership::Ownership;
use crate::reconcile;
use crate::supervisor::Supervisor;
use crate::world::World;

/// How often a node looks at what is wanted though no bell rang, writes what it saw, and keeps its clock.
const TICK: Duration = Duration::from_secs(1);
/// How long agents may finish what they have begun when the node leaves.
const GRACE: Duration = Duration::from_secs(3);
/// How long handing back the leases may take; after that they lapse by themselves.
const FAREWELL: Duration = Duration::from_millis(1_500);

/// How a node behaves.
#[derive(Clone, Debug)]
pub struct NodeConfig {
    /// What operators call it.
    pub name: String,
    /// How long its leases live without being renewed, in real time; a fifth of it passes between two renewals.
    pub lease_ttl: Duration,
    /// The gallery client's time-out for everything but workflows, in real time. A request whose effect can be looked up
    /// lives no longer on our side.
    pub request_timeout: Duration,
    /// How much longer than that is waited, in real time, before the effect of a request without an answer is looked for:
    /// it may land after its sender gave up.
    pub late_landing: Duration,
    /// How many pictures its bots may have made at the same time.
    pub drawing: usize,
    /// What all chance is drawn from.
    pub seed: u64,
}

impl Default for NodeConfig {
    fn default() -> Self {
        Self {
            name: "node".into(),
            lease_ttl: Duration::from_secs(10),
            request_timeout: Duration::from_secs(10),
            late_landing: Duration::from_secs(5),
            drawing: 2,
            seed: 0,
        }
    }
}

/// How a node is asked to end: first to finish, then to end at once.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// Finish what has begun, and hand the leases back; within five seconds.
    pub soft: CancellationToken,
    /// End now.
    pub hard: CancellationToken,
}

/// See the file's head.
pub struct Node {
    world: Arc<World>,
    supervisor: Supervisor,
}

impl Node {
    /// A node that has not joined yet.
    #[must_use]
    pub fn new(bots: Bots, gallery: Gallery, brain: Brain, clock: FleetClock, config: NodeConfig) -> Self {
        let ownership = Ownership::new(bots.clone(), &config.name, config.lease_ttl);
        let drawing = Semaphore::new(config.drawing.max(1));
        let world = Arc::new(World {
            bots,
            gallery,
            brain,
            clock,
            config,
            ownership,
            board: Board::default(),
            drawing,
        });
        Self { supervisor: Supervisor::new(Arc::clone(&world)), world }
    }

    /// Lives until `shutdown`.
    ///
    /// # Errors
    /// When it cannot join the fleet at all: the store does not answer, or another node works on the same file.
    pub async fn run(self, shutdown: Shutdown) -> fleet_bots::Result<()> {
        self.world.ownership.join(&self.asked()).await?;
        let guard = tokio::spawn(guard(Arc::clone(&self.world), self.supervisor.clone()));
        tokio::select! {
            biased;
            () = shutdown.hard.cancelled() => {}
            () = shutdown.soft.cancelled() => {}
            () = self.keep_up() => {}
        }
        tokio::select! {
            biased;
            () = shutdown.hard.cancelled() => { self.supervisor.dismiss_all(); }
            () = self.leave() => {}
        }
        guard.abort();
        Ok(())
    }

    /// Ticks for ever, and renews the node's leases beside that, so that neither waits for the other.
    async fn keep_up(&self) {
        let renewing = async {
            let mut every = tokio::time::interval(self.world.config.lease_ttl.div_f64(5.0));
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                every.tick().await;
                self.renew().await;
            }
        };
        let ticking = async {
            let mut bell = self.world.bots.intent_bell();
            loop {
                if let Err(error) = self.tick().await {
                    tracing::warn!(%error, "the node could not compare what is wanted with what it holds");
                }
                let _ = tokio::time::timeout(TICK, bell.rung()).await;
            }
        };
        let keeping = async {
            loop {
                tokio::time::sleep(TICK).await;
                if let Err(error) = self.keep().await {
                    tracing::debug!(%error, "what was seen of the bots is written later");
                }
            }
        };
        tokio::join!(renewing, ticking, keeping);
    }

    /// Compares what is wanted with what is held, once, and does what is missing.
    async fn tick(&self) -> fleet_bots::Result<()> {
        let wanted = self.world.bots.wanted_bots().await?;
        let plan = reconcile::plan(&wanted, &self.supervisor.told());
        self.supervisor.follow(&plan);
        if !plan.stop.is_empty() {
            self.world.board.write(&self.world.bots).await?;
            self.world.bots.release_leases(self.world.ownership.node_id(), &plan.stop).await?;
        }
        if plan.claim {
            self.claim(&wanted).await?;
        }
        Ok(())
    }

    async fn claim(&self, wanted: &[WantedBot]) -> fleet_bots::Result<()> {
        let wanted: std::collections::HashMap<_, _> = wanted.iter().map(|bot| (bot.bot_id, *bot)).collect();
        loop {
            let leases = self.world.ownership.claim().await?;
            for lease in &leases {
                // What was stopped between the two statements is given back by the next tick.
                let running =
                    WantedBot { bot_id: lease.bot_id, intent: fleet_bots::Intent::Paused, starts: 0 };
                let wanted = wanted.get(&lease.bot_id).copied().unwrap_or(running);
                self.supervisor.start(lease, wanted, self.holder(lease));
            }
            if leases.is_empty() {
                return Ok(());
            }
        }
    }

    /// Renews the leases; after a gap in which others may have taken them, begins again from what the store says.
    async fn renew(&self) {
        let renewed = self.world.ownership.renew().await;
        match renewed {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("the node was silent for longer than its leases live; it takes them anew");
                let held = self.supervisor.dismiss_all();
                if let Err(error) =
                    self.world.bots.release_leases(self.world.ownership.node_id(), &held).await
                {
                    tracing::warn!(%error, "the leases could not be given back; they are taken anew when they lapse");
                }
            }
            Err(fleet_bots::Error::Overtaken(_)) => {
                tracing::warn!("the node was taken off the fleet; it joins anew");
                self.supervisor.dismiss_all();
                if let Err(error) = self.world.ownership.join(&self.asked()).await {
                    tracing::warn!(%error, "the node could not join anew; it tries again");
                }
            }
            Err(error) => tracing::warn!(%error, "the node's leases could not be renewed; it tries again"),
        }
    }

    async fn keep(&self) -> fleet_bots::Result<()> {
        self.world.board.write(&self.world.bots).await?;
        self.world.bots.keep_clock(self.world.clock.reading()).await
    }

    async fn leave(&self) {
        self.supervisor.leave(GRACE).await;
        let farewell = async {
            self.keep().await?;
            self.world.ownership.leave(&self.asked()).await
        };
        match tokio::time::timeout(FAREWELL, farewell).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the leases could not be handed back; they lapse by themselves")
            }
            Err(_) => tracing::warn!("the store does not answer; the leases lapse by themselves"),
        }
    }

    fn holder(&self, lease: &Lease) -> Holder {
        Holder { node_id: lease.node_id.unwrap_or(self.world.ownership.node_id()), epoch: lease.epoch }
    }

    fn asked(&self) -> Asked {
        Asked { by: self.world.config.name.clone(), at: self.world.clock.now() }
    }
}

/// Holds every agent still while the stop switch is pulled or the leases may lapse. It asks the store nothing, so that it
/// acts at once also while the store hangs.
async fn guard(world: Arc<World>, supervisor: Supervisor) {
    let (switch, ownership) = (world.bots.switch(), &world.ownership);
    loop {
        if switch.is_pulled() {
            supervisor.hold(Some(Hold::Stop));
            switch.lifted().await;
        } else if ownership.has_lapsed() {
            tracing::warn!("the node's leases may lapse; its bots hold still");
            supervisor.hold(Some(Hold::Lapse));
            ownership.standing_again().await;
        } else {
            supervisor.hold(None);
            tokio::select! {
                () = switch.pulled() => {}
                () = ownership.lapsing() => {}
            }
        }
    }
}
