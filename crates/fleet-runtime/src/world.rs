//! What all agents of a node share: the store, the gallery, the brain, the clock. Handed around as one value; it owns no
//! behaviour of its own.

use std::hash::{DefaultHasher, Hash, Hasher};

use fleet_bots::{BotId, Bots};
use fleet_brain::Brain;
use fleet_gallery::Gallery;
use tokio::sync::Semaphore;

use crate::board::Board;
use crate::clock::FleetClock;
use crate::node::NodeConfig;
use crate::ownership::Ownership;

pub(crate) struct World {
    pub(crate) bots: Bots,
    pub(crate) gallery: Gallery,
    pub(crate) brain: Brain,
    pub(crate) clock: FleetClock,
    pub(crate) config: NodeConfig,
    pub(crate) ownership: Ownership,
    pub(crate) board: Board,
    /// Who may have a picture made at the moment: an engine saturates at a few dozen small workflows a second.
    pub(crate) drawing: Semaphore,
}

impl World {
    /// The seed of what `bot_id` draws from this moment on.
    pub(crate) fn seed(&self, bot_id: BotId) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.config.seed, bot_id, self.clock.now()).hash(&mut hasher);
        hasher.finish()
    }
}
