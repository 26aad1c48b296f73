//! Doorbells: they say that something was committed, never what. Losing one costs latency, not truth, since whoever
//! listens also looks by the clock. Owns the bells of this process; `backend` carries them across processes.

use tokio::sync::watch;

/// What a ring is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bell {
    /// What is wanted of the bots, or of the whole fleet.
    Intent,
    /// The log of activities.
    Activity,
}

impl Bell {
    pub(crate) const ALL: [Bell; 2] = [Bell::Intent, Bell::Activity];

    /// The channel on which Postgres rings.
    pub(crate) fn channel(self) -> &'static str {
        match self {
            Bell::Intent => "floimg_fleet_intent",
            Bell::Activity => "floimg_fleet_activity",
        }
    }
}

/// The bells of this process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bells {
    intent: watch::Sender<u64>,
    activity: watch::Sender<u64>,
}

/// Somebody who listens for one bell. Rings while nobody waits are kept, as one.
#[derive(Debug)]
pub struct Listener(watch::Receiver<u64>);

impl Bells {
    pub(crate) fn ring<'a>(&self, bells: impl IntoIterator<Item = &'a Bell>) {
        for bell in bells {
            self.of(*bell).send_modify(|rings| *rings += 1);
        }
    }

    pub(crate) fn listener(&self, bell: Bell) -> Listener {
        Listener(self.of(bell).subscribe())
    }

    fn of(&self, bell: Bell) -> &watch::Sender<u64> {
        match bell {
            Bell::Intent => &self.intent,
            Bell::Activity => &self.activity,
        }
    }
}

impl Listener {
    /// Waits until the bell has rung since it was last waited for. Never returns once the store is closed.
    pub async fn rung(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
