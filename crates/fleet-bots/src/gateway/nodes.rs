//! What a process writes to hold bots and to keep the house: nodes and leases, accounts that go, what lapses, the clock.

use std::time::Duration;

use super::Bots;
use crate::bell::Bell;
use crate::commands::keep_clock::ClockReading;
use crate::commands::observe_bots::Observation;
use crate::commands::settle_departure::Departure;
use crate::commands::{
    Asked, bind_gallery, claim_departures, claim_leases, claim_probe, keep_clock, lapse_requests,
    lapse_rests, observe_bots, prune_activities, register_node, release_leases, renew_node, retire_node,
    settle_departure,
};
use crate::entities::bot::Model as Bot;
use crate::entities::bot_lease::Model as Lease;
use crate::entities::node::Model as Node;
use crate::entities::request::Model as Request;
use crate::entities::rest::Model as Rest;
use crate::error::Result;
use crate::id::{BotId, NodeId};
use crate::time::FleetTime;

impl Bots {
    /// Takes an embedded store for this process, before anything is done to it that a fleet over it would trip over. On
    /// Postgres there is nothing to take.
    ///
    /// # Errors
    /// `Conflict` when another process has a node on it.
    pub fn reserve(&self) -> Result<()> {
        self.store.lock_node()
    }

    /// Makes a node known.
    ///
    /// # Errors
    /// `Conflict` when the store is embedded and another process has a node on it.
    pub async fn register_node(&self, id: NodeId, name: &str, ttl: Duration, asked: &Asked) -> Result<Node> {
        self.store.lock_node()?;
        let tx = self.store.begin().await?;
        let effect = register_node::execute(&tx, id, name, ttl, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Says that a node is alive.
    ///
    /// # Errors
    /// `Overtaken` when its leases have lapsed or its row is gone; it has to join anew, under a new id.
    pub async fn renew_node(&self, id: NodeId, ttl: Duration) -> Result<Node> {
        let tx = self.store.begin().await?;
        let effect = renew_node::execute(&tx, id, ttl).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes a node off the fleet and hands its leases back.
    ///
    /// # Errors
    /// When the store does not answer; its leases then lapse by themselves.
    pub async fn retire_node(&self, id: NodeId, asked: &Asked) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = retire_node::execute(&tx, id, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await?;
        self.store.unlock_node();
        Ok(())
    }

    /// Takes up to `most` leases of wanted bots that no living node holds.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_leases(&self, node_id: NodeId, most: u64) -> Result<Vec<Lease>> {
        let tx = self.store.begin().await?;
        let effect = claim_leases::execute(&tx, node_id, most).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes up to `most` accounts of deleted bots, to have them removed by this node within `patience` of real time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_departures(&self, node_id: NodeId, most: u64, patience: Duration) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = claim_departures::execute(&tx, node_id, most, patience).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps what came of removing the account of a deleted bot. `asked` is the bot as it was when the gallery was asked.
    ///
    /// # Errors
    /// `Overtaken` when the gallery was asked anew.
    pub async fn settle_departure(&self, asked: &Bot, came: Departure, at: FleetTime) -> Result<Bot> {
        let tx = self.store.begin().await?;
        let effect = settle_departure::execute(&tx, asked, came, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Gives leases back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release_leases(&self, node_id: NodeId, bots: &[BotId]) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = release_leases::execute(&tx, node_id, bots).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Writes what a node sees of its bots.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn observe_bots(&self, seen: Vec<Observation>) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = observe_bots::execute(&tx, seen).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes some of what was kept long enough from the log and the decisions; returns how much went, and 0 when there is nothing to do
    /// for an hour.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn prune_activities(&self, at: FleetTime) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = prune_activities::execute(&tx, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends what was asked for and could not be done within ten minutes of real time; returns it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lapse_requests(&self, at: FleetTime) -> Result<Vec<Request>> {
        let tx = self.store.begin().await?;
        let effect = lapse_requests::execute(&tx, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Ends every rest whose time has come by `at`; returns them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lapse_rests(&self, at: FleetTime) -> Result<Vec<Rest>> {
        let tx = self.store.begin().await?;
        let effect = lapse_rests::execute(&tx, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Whether the caller is the one to try whether the gallery takes the whole fleet back. The wait after that is `first`
    /// in real time, doubled with each try up to eight times as long and stretched by `spread`; a node that is `starting`
    /// does not wait for its turn.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_probe(&self, first: Duration, spread: f64, starting: bool) -> Result<bool> {
        let tx = self.store.begin().await?;
        let effect = claim_probe::execute(&tx, first, spread, starting).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ties the data to the gallery that it is about.
    ///
    /// # Errors
    /// `Conflict` when it is about another one.
    pub async fn bind_gallery(&self, gallery: &str) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = bind_gallery::execute(&tx, gallery).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps where the fleet's clock stands.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_clock(&self, reading: ClockReading) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = keep_clock::execute(&tx, reading).await?;
        self.commit(tx, effect, &[]).await
    }
}
