//! What the node sees of its bots, the last sight of each, until it is written. A sight that changes faster than it is
//! written is not written: the log tells what happened, this tells how things stand.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fleet_bots::{BotId, Bots, Observation};

/// How many sights go into one write, so that the writer is free again soon.
const BATCH: usize = 500;

/// The last sight of each bot that was seen since the last write.
#[derive(Debug, Default)]
pub(crate) struct Board {
    sights: Mutex<HashMap<BotId, Observation>>,
    /// Held while sights are written: an older sight must not overtake a newer one.
    writing: tokio::sync::Mutex<()>,
}

impl Board {
    /// Notes a sight. What it leaves open (thought, wake) is taken from the one it replaces.
    pub(crate) fn note(&self, sight: Observation) {
        let mut sights = self.sights();
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

    /// Writes what was noted. A sight leaves the board when it is written, and only if no newer one came meanwhile: what
    /// fails, or is cut off, is written the next time.
    pub(crate) async fn write(&self, bots: &Bots) -> fleet_bots::Result<()> {
        let _turn = self.writing.lock().await;
        let mut noted: Vec<Observation> = self.sights().values().cloned().collect();
        // In one order everywhere, so that two nodes never wait for each other's rows.
        noted.sort_by_key(|sight| sight.bot_id);
        for batch in noted.chunks(BATCH) {
            bots.observe_bots(batch.to_vec()).await?;
            let mut sights = self.sights();
            for written in batch {
                if sights.get(&written.bot_id) == Some(written) {
                    sights.remove(&written.bot_id);
                }
            }
        }
        Ok(())
    }

    fn sights(&self) -> MutexGuard<'_, HashMap<BotId, Observation>> {
        self.sights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
