//! How the program ends: the first signal asks everything to finish, the second ends it at once, and a time limit counts
//! as the first signal.

use std::time::Duration;

use fleet_runtime::Shutdown;
use tokio::signal::unix::{SignalKind, signal};

/// Listens for signals, and for the end of `limit`, until the program ends.
///
/// # Errors
/// When the system refuses to tell of signals.
pub(crate) fn until_asked_to_end(limit: Option<Duration>) -> std::io::Result<Shutdown> {
    let shutdown = Shutdown::default();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let asked = shutdown.clone();
    tokio::spawn(async move {
        let mut signalled = async || {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        };
        match limit {
            Some(limit) => tokio::select! {
                () = signalled() => eprintln!("finishing what has begun; once more ends at once"),
                () = tokio::time::sleep(limit) => {}
            },
            None => {
                signalled().await;
                eprintln!("finishing what has begun; once more ends at once");
            }
        }
        asked.soft.cancel();
        signalled().await;
        asked.hard.cancel();
    });
    Ok(shutdown)
}
