//! The stop switch of this process, beside the rows: it acts at once, also while the store hangs. Owns the word "stopped"
//! as this process knows it, and a stop that could not be written yet, which it keeps in a file so that it survives a
//! restart. The row that tells the other nodes is the gateway's.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::Asked;

/// Whether everything is stopped, and whether the store knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopState {
    /// Bots may act.
    Off,
    /// Stopped here; the store could not be told yet, and it is tried again and again.
    Pending,
    /// Stopped everywhere, and written down.
    On,
}

/// The switch; clones share it.
#[derive(Clone, Debug)]
pub struct Switch {
    state: watch::Sender<StopState>,
    file: Option<Arc<PathBuf>>,
    unwritten: Arc<Mutex<Unwritten>>,
    /// Whoever compares the row with this process, or writes it, does so one at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// What was asked for here and the store has not been told of.
#[derive(Debug, Default)]
struct Unwritten {
    asked: Option<Asked>,
    /// The stop that came last, also once it is written: a lift that was under way before it takes its row along.
    last: Option<Asked>,
    /// How often this process was stopped: a stop that comes while another is written or lifted is told by it.
    pulls: u64,
}

/// How the switch stood when somebody went to tell the store, or to ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pulls: u64,
    /// What the file held; another process may leave a stop there at any time.
    kept: Option<Vec<u8>>,
}

impl Switch {
    /// A switch that keeps an unwritten stop in `file`, and takes up the one it finds there.
    #[must_use]
    pub fn new(file: Option<PathBuf>) -> Self {
        let switch = Self {
            state: watch::Sender::new(StopState::Off),
            file: file.map(Arc::new),
            unwritten: Arc::default(),
            turn: Arc::default(),
        };
        switch.take_up();
        switch
    }

    /// What is known here.
    #[must_use]
    pub fn state(&self) -> StopState {
        *self.state.borrow()
    }

    /// Whether nothing may be sent.
    #[must_use]
    pub fn is_pulled(&self) -> bool {
        self.state() != StopState::Off
    }

    /// Waits until nothing may be sent.
    pub async fn pulled(&self) {
        self.until(|state| *state != StopState::Off).await;
    }

    /// Waits until bots may act.
    pub async fn lifted(&self) {
        self.until(|state| *state == StopState::Off).await;
    }

    /// Follows every change, for a banner.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<StopState> {
        self.state.subscribe()
    }

    /// Waits for one's turn with the row. Without turns, a stop that is still being written could come after the lift
    /// that was asked for later.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// How the switch stands now, to be compared by `agree` with how it stands then.
    pub(crate) fn standing(&self) -> Standing {
        self.standing_with(&self.lock())
    }

    /// Stops this process now, before anything is written. Until its own writing is confirmed it is pending, also where
    /// an earlier stop was written: that one may be being lifted at this moment.
    pub(crate) fn pull(&self, asked: &Asked) -> Standing {
        let mut unwritten = self.lock();
        // Before the state says so: whoever sees that there is a stop to write finds out whose.
        unwritten.asked.get_or_insert_with(|| asked.clone());
        unwritten.last = Some(asked.clone());
        unwritten.pulls += 1;
        self.set(StopState::Pending);
        self.keep_or_warn(asked);
        self.standing_with(&unwritten)
    }

    /// Keeps a stop that no store could be told of, for a shell that cannot even open it: whoever opens the store with a
    /// switch on the same file takes the stop up and writes it. A running fleet does so within a second.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, asked: &Asked) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // Written beside it and then moved: whoever finds the file finds all of it.
        let beside = file.with_extension("new");
        std::fs::write(&beside, serde_json::to_vec(asked)?)?;
        std::fs::rename(&beside, file.as_path())
    }

    /// The stop that the store has not been told of, if there is one; another process may have left it in the file.
    pub(crate) fn unwritten(&self) -> Option<Asked> {
        self.take_up();
        if self.state() != StopState::Pending {
            return None;
        }
        if let Some(asked) = self.lock().asked.clone() {
            return Some(asked);
        }
        Some(self.kept().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default())
    }

    /// Takes the store's word for it: whether its row is there. A stop that came after `since` is newer than this word:
    /// it stays to be written.
    pub(crate) fn agree(&self, stopped: bool, since: &Standing) {
        let mut unwritten = self.lock();
        let now = self.standing_with(&unwritten);
        // A file that is gone was written down by another process, or by us while this one waited for its turn.
        if now.pulls != since.pulls || (now.kept.is_some() && now.kept != since.kept) {
            if let Some(last) = unwritten.last.clone().filter(|_| !stopped)
                && unwritten.asked.is_none()
                && now.kept.is_none()
            {
                // It was written while this word was waited for, and its row may be gone again.
                self.keep_or_warn(&last);
                unwritten.asked = Some(last);
            }
            self.set(StopState::Pending);
            return;
        }
        unwritten.asked.take();
        if let Some(file) = &self.file {
            // The row says it now; a file that is not there is just as well.
            let _ = std::fs::remove_file(file.as_path());
        }
        self.set(if stopped { StopState::On } else { StopState::Off });
    }

    /// Takes the store's word for it, unless the switch was moved since it stood at `before`: then it is newer.
    pub(crate) fn learn(&self, before: StopState, stopped: bool) {
        let now = if stopped { StopState::On } else { StopState::Off };
        self.state.send_if_modified(|state| *state == before && std::mem::replace(state, now) != now);
    }

    /// Held while the stop and its file are changed, so that neither is taken for another stop's.
    fn lock(&self) -> MutexGuard<'_, Unwritten> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn standing_with(&self, unwritten: &Unwritten) -> Standing {
        Standing { pulls: unwritten.pulls, kept: self.kept() }
    }

    fn kept(&self) -> Option<Vec<u8>> {
        self.file.as_ref().and_then(|file| std::fs::read(file.as_path()).ok())
    }

    fn keep_or_warn(&self, asked: &Asked) {
        if let Err(error) = self.keep(asked) {
            tracing::warn!(%error, "the stop could not be kept in a file; a restart before the store answers forgets it");
        }
    }

    fn set(&self, now: StopState) {
        self.state.send_if_modified(|state| std::mem::replace(state, now) != now);
    }

    fn take_up(&self) {
        if self.file.as_ref().is_some_and(|file| file.exists()) {
            self.set(StopState::Pending);
        }
    }

    async fn until(&self, reached: impl FnMut(&StopState) -> bool) {
        // The sender lives in `self`, so the channel cannot be closed while this waits.
        let _ = self.state.subscribe().wait_for(reached).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_that_was_not_written_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stop");
        let asked = Asked { by: "ada".into(), ..Asked::default() };
        Switch::new(Some(file.clone())).pull(&asked);

        let after_restart = Switch::new(Some(file.clone()));
        assert_eq!(after_restart.state(), StopState::Pending);
        assert_eq!(after_restart.unwritten(), Some(asked));

        after_restart.agree(true, &after_restart.standing());
        assert_eq!(after_restart.state(), StopState::On);
        assert!(!file.exists());
    }

    #[test]
    fn a_stop_that_came_meanwhile_outlives_the_stores_word() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stop");
        let switch = Switch::new(Some(file.clone()));
        let asked = Asked { by: "ada".into(), ..Asked::default() };
        for stopped in [false, true] {
            let before = switch.standing();
            switch.pull(&asked);
            switch.agree(stopped, &before);
            assert_eq!((switch.state(), switch.unwritten()), (StopState::Pending, Some(asked.clone())));
            assert!(file.exists());
        }

        switch.agree(true, &switch.standing());
        assert_eq!(switch.pull(&asked), switch.standing());
        assert_eq!(switch.state(), StopState::Pending, "the row of the stop before may be gone by now");
    }

    #[test]
    fn a_stop_that_was_written_while_its_lift_waited_is_lifted() {
        let folder = tempfile::tempdir().unwrap();
        let switch = Switch::new(Some(folder.path().join("stop")));
        let written = switch.pull(&Asked::default());
        let lift = switch.standing();
        switch.agree(true, &written);
        switch.agree(false, &lift);
        assert_eq!(switch.state(), StopState::Off);
    }

    #[test]
    fn a_stop_that_was_written_before_an_older_lift_is_to_be_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stop");
        let switch = Switch::new(Some(file.clone()));
        let lift = switch.standing();
        let asked = Asked { by: "ada".into(), ..Asked::default() };
        let written = switch.pull(&asked);
        switch.agree(true, &written);
        switch.agree(false, &lift);
        assert!(file.exists(), "a restart knows of it");
        assert_eq!((switch.state(), switch.unwritten()), (StopState::Pending, Some(asked)));
    }

    #[test]
    fn a_stop_that_was_written_with_another_is_lifted_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let switch = Switch::new(Some(folder.path().join("stop")));
        let [first, second] = [Asked::default(), Asked::default()].map(|asked| switch.pull(&asked));
        switch.agree(true, &second);
        let lift = switch.standing();
        switch.agree(true, &first);
        switch.agree(false, &lift);
        assert_eq!(switch.state(), StopState::Off);
    }

    #[test]
    fn a_stop_that_another_process_left_meanwhile_outlives_the_stores_word() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stop");
        let switch = Switch::new(Some(file.clone()));
        let before = switch.standing();
        let asked = Asked { by: "cli".into(), ..Asked::default() };
        Switch::new(Some(file.clone())).keep(&asked).unwrap();
        switch.agree(false, &before);
        assert_eq!((switch.state(), switch.unwritten()), (StopState::Pending, Some(asked)));
        assert!(file.exists());
    }
}
