//! A node: the process's part of the fleet. It keeps its leases alive, compares what is wanted with what it holds, and
//! starts and stops agents; a guard beside it holds everything still at once, also while the store hangs.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use fleet_bots::{Asked, Bots, Holder, WantedBot};
use fleet_brain::Brain;
use fleet_gallery::Gallery;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::board::Board;
use crate::clock::FleetClock;
use crate::departures;
use crate::housekeeping;
use crate::offer::{self, Offered};
use crate::orders::Hold;
use crate::ownership::Ownership;
use crate::reconcile;
use crate::rests::{self, Resting};
use crate::supervisor::Supervisor;
use crate::undo;
use crate::world::World;

/// How often a node looks at what is wanted though no bell rang, writes what it saw, and keeps its clock.
pub(crate) const TICK: Duration = Duration::from_secs(1);
/// The least time between two looks.
const BREATH: Duration = Duration::from_millis(50);
/// How many pictures are fetched for models at the same time.
const SEEING: usize = 3;
/// How long the store may take for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
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
    /// How long, in real time, until it is tried for the first time whether a gallery that turned the fleet away takes it
    /// back; up to eight times as long later.
    pub probe: Duration,
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
            probe: Duration::from_secs(30),
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
        let offered = Offered::new(brain.catalogue());
        let world = Arc::new(World {
            bots,
            gallery,
            brain,
            clock,
            config,
            ownership,
            board: Board::default(),
            settings: RwLock::default(),
            resting: Resting::default(),
            offered,
            drawing,
            seeing: Semaphore::new(SEEING),
        });
        Self { supervisor: Supervisor::new(Arc::clone(&world)), world }
    }

    /// Lives until `shutdown`.
    ///
    /// # Errors
    /// When it cannot join the fleet at all: the store does not answer, or another node works on the same file.
    pub async fn run(self, shutdown: Shutdown) -> fleet_bots::Result<()> {
        let asked = self.asked();
        tokio::select! {
            biased;
            () = shutdown.hard.cancelled() => return Ok(()),
            () = shutdown.soft.cancelled() => return Ok(()),
            joined = self.world.ownership.join(&asked) => joined?,
        }
        // It ends with the node, even when that is dropped in the middle: it keeps the agents.
        let _guard =
            AbortOnDropHandle::new(tokio::spawn(guard(Arc::clone(&self.world), self.supervisor.clone())));
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
                match in_time(self.tick()).await {
                    Ok(more) if more => continue,
                    Ok(_) => {}
                    Err(error) => {
                        tracing::warn!(%error, "the node could not compare what is wanted with what it holds");
                    }
                }
                // Bells may ring for every commit of one's own; a breath keeps them from becoming a loop.
                tokio::time::sleep(BREATH).await;
                let _ = tokio::time::timeout(TICK, bell.rung()).await;
            }
        };
        let keeping = async {
            loop {
                tokio::time::sleep(TICK).await;
                if let Err(error) = in_time(self.keep()).await {
                    tracing::debug!(%error, "what was seen of the bots is written later");
                }
            }
        };
        let tidying = async {
            loop {
                tokio::time::sleep(housekeeping::EVERY).await;
                if let Err(error) = in_time(housekeeping::tidy(&self.world)).await {
                    tracing::debug!(%error, "the store is tidied later");
                }
            }
        };
        tokio::join!(
            renewing,
            ticking,
            keeping,
            tidying,
            undo::work(&self.world),
            departures::run(&self.world),
            rests::watch(&self.world),
            offer::watch(&self.world)
        );
    }

    /// Compares what is wanted with what is held, once, and does what is missing. Whatever is cut off or fails on the way
    /// is found and mended by the next tick. Returns whether there may be more to claim.
    async fn tick(&self) -> fleet_bots::Result<bool> {
        let (bots, ownership) = (&self.world.bots, &self.world.ownership);
        self.world.read_settings().await?;
        self.world.read_rests().await?;
        let leases = bots.held_leases(ownership.node_id()).await?.into_iter().collect();
        let wanted = bots.wanted_bots().await?;
        let plan = reconcile::plan(&wanted, &leases, &self.supervisor.told());
        self.supervisor.follow(&plan);
        if !plan.release.is_empty() {
            self.world.board.write(bots).await?;
            bots.release_leases(ownership.node_id(), &plan.release).await?;
        }
        if plan.claim { self.claim(&wanted).await } else { Ok(false) }
    }

    /// Takes some of the wanted bots that nobody holds; returns whether there may be more.
    async fn claim(&self, wanted: &[WantedBot]) -> fleet_bots::Result<bool> {
        let wanted: HashMap<_, _> = wanted.iter().map(|bot| (bot.bot_id, *bot)).collect();
        let leases = self.world.ownership.claim().await?;
        let node_id = self.world.ownership.node_id();
        // What was claimed under a name that the node has given up since lapses with that name.
        for lease in leases.iter().filter(|lease| lease.node_id == Some(node_id)) {
            // What was stopped between the two statements has no agent, and is given back by the next tick.
            if let Some(wanted) = wanted.get(&lease.bot_id) {
                self.supervisor.start(lease, *wanted, Holder { node_id, epoch: lease.epoch });
            }
        }
        Ok(!leases.is_empty())
    }

    /// Renews the leases. When they lapsed, others may hold the bots by now, and the node begins anew under a new id.
    async fn renew(&self) {
        match in_time(self.world.ownership.renew()).await {
            Ok(()) => {}
            Err(fleet_bots::Error::Overtaken(_)) => {
                tracing::warn!("the node's leases lapsed; it joins anew");
                self.supervisor.dismiss_all();
                if let Err(error) = in_time(self.world.ownership.join(&self.asked())).await {
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

    fn asked(&self) -> Asked {
        Asked { by: self.world.config.name.clone(), at: self.world.clock.now() }
    }
}

/// Gives the store its time to answer. A connection that died without a word would be waited for by nobody's clock else.
pub(crate) async fn in_time<T>(asking: impl Future<Output = fleet_bots::Result<T>>) -> fleet_bots::Result<T> {
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(answer) => answer,
        Err(_) => Err(fleet_bots::Error::Silent(PATIENCE)),
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
