//! The node's standing in the fleet: its row, its leases, and the moment at which it must be silent because they may
//! lapse. Owns that moment; it decides nothing about bots.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fleet_bots::{Asked, Bots, Lease, NodeId, StoreTime};
use tokio::sync::watch;
use tokio::time::Instant;

/// How many leases are taken in one statement.
const CLAIM: u64 = 1_000;

/// A node's row and leases. Clones share one standing.
#[derive(Clone, Debug)]
pub(crate) struct Ownership {
    bots: Bots,
    name: Arc<str>,
    ttl: Duration,
    standing: watch::Sender<Standing>,
    store_clock: Arc<Mutex<Option<(StoreTime, Instant)>>>,
}

/// As whom the node holds its leases, and how long it may act on them.
#[derive(Clone, Copy, Debug)]
struct Standing {
    node_id: NodeId,
    /// Nothing may be sent from then on, by this process's own clock.
    silent_from: Instant,
}

impl Ownership {
    /// A node that is not known to the fleet yet.
    pub(crate) fn new(bots: Bots, name: &str, ttl: Duration) -> Self {
        let standing = Standing { node_id: NodeId::generate(), silent_from: Instant::now() };
        Self {
            bots,
            name: name.into(),
            ttl,
            standing: watch::Sender::new(standing),
            store_clock: Arc::default(),
        }
    }

    pub(crate) fn node_id(&self) -> NodeId {
        self.standing.borrow().node_id
    }

    /// Makes the node known, under a new id.
    pub(crate) async fn join(&self, asked: &Asked) -> fleet_bots::Result<()> {
        let (node_id, asked_at) = (NodeId::generate(), Instant::now());
        let node = self.bots.register_node(node_id, &self.name, self.ttl, asked).await?;
        self.stand(node_id, node.expires_at, asked_at);
        Ok(())
    }

    /// Says that the node is alive. That this succeeds means that its leases never lapsed: a row that expired is not renewed.
    ///
    /// # Errors
    /// `Overtaken` when its leases lapsed or its row is gone; whatever keeps the store from answering.
    pub(crate) async fn renew(&self) -> fleet_bots::Result<()> {
        // The lease is counted from before the question: its answer may have been long on its way.
        let asked_at = Instant::now();
        let node_id = self.node_id();
        let node = self.bots.renew_node(node_id, self.ttl).await?;
        self.stand(node_id, node.expires_at, asked_at);
        Ok(())
    }

    /// Takes wanted bots that nobody holds.
    pub(crate) async fn claim(&self) -> fleet_bots::Result<Vec<Lease>> {
        self.bots.claim_leases(self.node_id(), CLAIM).await
    }

    /// Leaves the fleet and hands everything back.
    pub(crate) async fn leave(&self, asked: &Asked) -> fleet_bots::Result<()> {
        self.bots.retire_node(self.node_id(), asked).await
    }

    /// Waits until the leases may lapse before they are renewed.
    pub(crate) async fn lapsing(&self) {
        let mut standing = self.standing.subscribe();
        loop {
            let silent_from = standing.borrow_and_update().silent_from;
            tokio::select! {
                () = tokio::time::sleep_until(silent_from) => return,
                _ = standing.changed() => {}
            }
        }
    }

    /// Whether nothing may be sent, because others may hold the bots by now.
    pub(crate) fn has_lapsed(&self) -> bool {
        Instant::now() >= self.standing.borrow().silent_from
    }

    /// Waits until the leases stand again.
    pub(crate) async fn standing_again(&self) {
        let mut standing = self.standing.subscribe();
        // The sender lives in `self`, so the channel cannot be closed while this waits.
        let _ = standing.wait_for(|standing| Instant::now() < standing.silent_from).await;
    }

    /// The database's clock, from its last answer and the time since; never ahead of it.
    pub(crate) fn store_now(&self) -> StoreTime {
        let known = *self.store_clock.lock().unwrap_or_else(PoisonError::into_inner);
        known.map_or(StoreTime::default(), |(at, heard)| {
            StoreTime(at.0 + i64::try_from(heard.elapsed().as_micros()).unwrap_or(0))
        })
    }

    fn stand(&self, node_id: NodeId, expires_at: StoreTime, asked_at: Instant) {
        let ttl_us = i64::try_from(self.ttl.as_micros()).unwrap_or(i64::MAX);
        let answered = (StoreTime(expires_at.0 - ttl_us), Instant::now());
        *self.store_clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(answered);
        // A fifth of the lease is left over for a request that was allowed to begin at the last moment.
        self.standing.send_replace(Standing { node_id, silent_from: asked_at + self.ttl.mul_f64(0.8) });
    }
}
