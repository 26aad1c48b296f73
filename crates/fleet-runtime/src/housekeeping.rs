//! Chores that are nobody's in particular: every node does them now and then, and the rows decide between two that do the
//! same. Owns how often; what is done is the store's business.

use std::time::Duration;

use crate::world::World;

/// How often a node looks for requests that nobody could serve in time, and for what the log has kept long enough; the
/// store says how often there is something to do about that.
pub(crate) const EVERY: Duration = Duration::from_secs(5);

/// How long the store is left alone between two batches that are taken from the log.
const BREATH: Duration = Duration::from_millis(20);

/// Does what is to be done at the moment.
pub(crate) async fn tidy(world: &World) -> fleet_bots::Result<()> {
    // Most of the time there is nothing, and a look does not keep the store's one writer.
    if !world.bots.pending_requests(None).await?.is_empty() {
        world.bots.lapse_requests(world.clock.now()).await?;
    }
    while world.bots.prune_activities(world.clock.now()).await? > 0 {
        // Others wait for the store as well.
        tokio::time::sleep(BREATH).await;
    }
    Ok(())
}
