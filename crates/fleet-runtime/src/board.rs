//! What the node sees of its bots, the last sight of each, until it is written. A sight that changes faster than it is
//! written is not written: the log tells what happened, this tells how things stand.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fleet_bots::{BotId, Bots, Observation};

/// How many sights go into one write, so that the writer is free again soon.
const BATCH: usize = 500;

/// The last sight of each bot that was seen since the last write.
#[derive(Debug, Default)]
pub(crate) struct Board(Mutex<HashMap<BotId, Observation>>);

impl Board {
    /// Notes a sight. What it leaves open (thought, wake) is taken from the one it replaces.
    pub(crate) fn note(&self, sight: Observation) {
        let mut sights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = sights.remove(&sight.bot_id);
        let (last_thought, next_wake) =
            before.map_or((None, None), |before| (before.last_thought, before.next_wake));
        let sight = Observation {
            last_thought: sight.last_thought.or(last_thought),
            next_wake: sight.next_wake.or(next_wake),
            ..sight
        };
        sights.insert(sight.bot_id, sight);
    }

    /// Writes what was noted. What could not be written is kept for the next time, unless a newer sight came.
    pub(crate) async fn write(&self, bots: &Bots) -> fleet_bots::Result<()> {
        let mut sights: Vec<Observation> =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
                .into_values()
                .collect();
        // In one order everywhere, so that two nodes never wait for each other's rows.
        sights.sort_by_key(|sight| sight.bot_id);
        for batch in sights.chunks(BATCH) {
            if let Err(error) = bots.observe_bots(batch.to_vec()).await {
                let mut newer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                for sight in sights {
                    newer.entry(sight.bot_id).or_insert(sight);
                }
                return Err(error);
            }
        }
        Ok(())
    }
}
