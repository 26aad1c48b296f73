//! How the program ends. The first signal asks everything to finish, and the second ends it at once; before the fleet
//! lives there is nothing to finish, so that the first ends it too. A time limit counts as the first signal.

use std::future::Future;
use std::time::Duration;

use fleet_runtime::Shutdown;
use tokio::signal::unix::{SignalKind, signal};

/// How long the second signal leaves for an end in order.
const AT_ONCE: Duration = Duration::from_millis(200);
/// How shells tell of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Listens for signals until the program ends.
///
/// # Errors
/// When the system refuses to tell of signals.
pub(crate) fn until_asked_to_end() -> std::io::Result<Shutdown> {
    let shutdown = Shutdown::default();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let asked = shutdown.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if asked.soft.is_cancelled() {
                break;
            }
            eprintln!("finishing what has begun; once more ends at once");
            asked.soft.cancel();
        }
        asked.hard.cancel();
        tokio::time::sleep(AT_ONCE).await;
        // Whatever still hangs is left behind. The rows are the truth: what they say was sent is looked for by the next
        // node, and leases lapse, as after a power cut.
        std::process::exit(INTERRUPTED);
    });
    Ok(shutdown)
}

/// Does what comes before the fleet lives; nothing when the program was asked to end meanwhile.
///
/// # Errors
/// Whatever kept it from being done.
pub(crate) async fn before_life<T>(
    shutdown: &Shutdown,
    preparing: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<Option<T>> {
    match shutdown.soft.run_until_cancelled(preparing).await {
        Some(prepared) => prepared.map(Some),
        None => {
            eprintln!("fleet: ended before any bot lived");
            Ok(None)
        }
    }
}

/// Asks everything to finish once `limit` is over.
pub(crate) fn end_after(limit: Duration, shutdown: &Shutdown) {
    let soft = shutdown.soft.clone();
    tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        soft.cancel();
    });
}
