//! Keeps the stop switch of this process and the store's row in agreement: writes the stop that could not be written, and
//! learns of the one that another process wrote.

use std::time::Duration;

use tokio::task::JoinHandle;

use crate::backend::Store;
use crate::bell::{Bell, Bells};
use crate::commands::{Asked, stop_everything};
use crate::error::Result;
use crate::gateway::commit;
use crate::queries::stop_order;
use crate::switch::Switch;

/// How often the row is read though no bell rang.
const WITHOUT_BELL: Duration = Duration::from_millis(400);

/// How long the store may take before the attempt is given up and made anew, on another connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Begins to keep them in agreement.
pub(crate) fn keep(store: Store, switch: Switch, bells: Bells) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut bell = bells.listener(Bell::Intent);
        loop {
            match tokio::time::timeout(PATIENCE, agree(&store, &switch, &bells)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::debug!(%error, "the stop switch could not be compared with the store")
                }
                Err(_) => tracing::debug!("the store hangs; the stop switch could not be compared with it"),
            }
            let _ = tokio::time::timeout(WITHOUT_BELL, bell.rung()).await;
        }
    })
}

/// Writes the row that stops the whole fleet.
pub(crate) async fn write_stop(store: &Store, bells: &Bells, asked: &Asked) -> Result<()> {
    let tx = store.begin().await?;
    let effect = stop_everything::execute(&tx, asked).await?;
    commit(tx, effect, &[Bell::Intent], bells).await.map(drop)
}

async fn agree(store: &Store, switch: &Switch, bells: &Bells) -> Result<()> {
    let _turn = switch.turn().await;
    let standing = switch.standing();
    if let Some(asked) = switch.unwritten() {
        write_stop(store, bells, &asked).await?;
        switch.agree(true, &standing);
        return Ok(());
    }
    let before = switch.state();
    let stopped = stop_order::execute(&store.read).await?.is_some();
    switch.learn(before, stopped);
    Ok(())
}
