//! What all agents of a node share: the store, the gallery, the brain, the clock. Handed around as one value; it owns no
//! behaviour of its own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use fleet_bots::{BotId, Bots, Settings};
use fleet_brain::Brain;
use fleet_gallery::Gallery;
use tokio::sync::Semaphore;

use crate::board::Board;
use crate::clock::FleetClock;
use crate::node::NodeConfig;
use crate::offer::Offered;
use crate::ownership::Ownership;
use crate::rests::Resting;

pub(crate) struct World {
    pub(crate) bots: Bots,
    pub(crate) gallery: Gallery,
    pub(crate) brain: Brain,
    pub(crate) clock: FleetClock,
    pub(crate) config: NodeConfig,
    pub(crate) ownership: Ownership,
    pub(crate) board: Board,
    /// What holds for the whole fleet, as it was read last.
    pub(crate) settings: RwLock<Arc<Settings>>,
    /// What the gallery said that keeps bots from acting, as it was read last.
    pub(crate) resting: Resting,
    /// What the gallery can make pictures with, as it was asked last.
    pub(crate) offered: Offered,
    /// Who may have a picture made at the moment: an engine saturates at a few dozen small workflows a second.
    pub(crate) drawing: Semaphore,
    /// Who may fetch a picture for its model at the moment.
    pub(crate) seeing: Semaphore,
}

impl World {
    /// What holds for the whole fleet.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what holds for the whole fleet. The gates of the store ask for themselves; this is for what bots think.
    pub(crate) async fn read_settings(&self) -> fleet_bots::Result<()> {
        let settings = self.bots.read_settings().await?;
        if *self.settings() != settings {
            *self.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        }
        Ok(())
    }

    /// The seed of what `bot_id` draws from this moment on.
    pub(crate) fn seed(&self, bot_id: BotId) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.config.seed, bot_id, self.clock.now()).hash(&mut hasher);
        hasher.finish()
    }
}
