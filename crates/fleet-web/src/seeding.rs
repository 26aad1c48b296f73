//! Making many bots, away from the request that asked for it. Owns the runs of this process: what each still has to make,
//! how far it is, and what stopped it, so that it can go on. A run makes its bots in pieces, each all or none; a browser that
//! leaves changes nothing, and two runs never make the same.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use fleet_bots::{Asked, BotId, Error, NewBot, Selection};
use futures::FutureExt;

use crate::characters::Draw;
use crate::failure::Failure;
use crate::panel::Panel;

/// How many bots are made in one piece.
const PIECE: usize = 40;
/// How often a piece is tried before its names are said to go too fast.
const TRIES: u64 = 6;
/// How many runs are remembered; those that ended longest ago go first.
const REMEMBERED: usize = 32;
/// How many runs go on at once.
const AT_ONCE: usize = 8;

/// The runs of this process; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seedings(Arc<Mutex<VecDeque<(u64, Run)>>>);

/// What a run is to make.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    /// What was wished for, in the words of the page: who is drawn for the same wish changes with the names that are taken.
    pub(crate) wish: String,
    pub(crate) new: Vec<NewBot>,
    /// Whether they are to be started as well.
    pub(crate) start: bool,
    /// Who asked for it.
    pub(crate) by: String,
}

/// How far a run is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    pub(crate) total: usize,
    pub(crate) made: usize,
    /// How many of those who are made were started.
    pub(crate) started: usize,
    /// Whether it was asked that they be started.
    pub(crate) starts: bool,
    /// How many took another name than the one that was shown, because somebody else took it meanwhile.
    pub(crate) renamed: usize,
    pub(crate) by_persona: BTreeMap<String, usize>,
    pub(crate) state: State,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum State {
    #[default]
    Working,
    Done,
    /// It stopped, and can go on.
    Failed(Failure),
}

#[derive(Debug)]
struct Run {
    progress: Progress,
    wish: String,
    by: String,
    /// What is still to be made, first to last.
    left: VecDeque<NewBot>,
    to_start: Vec<BotId>,
    /// Whether nobody knows if the first piece was made: the store said nothing.
    is_unsure: bool,
}

impl Seedings {
    /// Begins a run under `id`, which the page that asks for it chose, and tells under which it goes: the same order under the
    /// same id is the same run, and another order is a run of its own.
    pub(crate) fn begin(
        &self,
        panel: &Panel,
        id: u64,
        order: Order,
        chance: impl Fn() -> u64,
    ) -> Result<u64, Failure> {
        let (id, is_new) = self.take_down(id, order, chance)?;
        if is_new {
            self.work(panel, id);
        }
        Ok(id)
    }

    fn take_down(&self, mut id: u64, order: Order, chance: impl Fn() -> u64) -> Result<(u64, bool), Failure> {
        let Order { wish, new, start, by } = order;
        let mut runs = self.lock();
        while let Some((_, run)) = runs.iter().find(|(known, _)| *known == id) {
            if run.wish == wish && run.progress.starts == start {
                return Ok((id, false));
            }
            id = chance();
        }
        check_room(&runs)?;
        let oldest = runs.iter().position(|(_, run)| !run.progress.is_working());
        if let Some(oldest) = oldest.filter(|_| runs.len() >= REMEMBERED) {
            runs.remove(oldest);
        }
        let progress = Progress { total: new.len(), starts: start, ..Progress::default() };
        let run = Run { progress, wish, by, left: new.into(), to_start: Vec::new(), is_unsure: false };
        runs.push_back((id, run));
        Ok((id, true))
    }

    /// Lets a run that failed go on from where it stopped. Nothing happens to any other.
    pub(crate) fn go_on(&self, panel: &Panel, id: u64) -> Result<(), Failure> {
        {
            let mut runs = self.lock();
            let has_failed = |run: &Run| matches!(run.progress.state, State::Failed(_));
            let Some(at) = runs.iter().position(|(known, run)| *known == id && has_failed(run)) else {
                return Ok(());
            };
            check_room(&runs)?;
            runs[at].1.progress.state = State::Working;
        }
        self.work(panel, id);
        Ok(())
    }

    /// How far a run is, if this process knows it.
    pub(crate) fn progress(&self, id: u64) -> Option<Progress> {
        self.with(id, |run| run.progress.clone())
    }

    fn work(&self, panel: &Panel, id: u64) {
        let (runs, panel) = (self.clone(), panel.clone());
        tokio::spawn(async move {
            let state = end_of(runs.make(&panel, id)).await;
            runs.with(id, |run| {
                // Nobody knows how far the last piece came.
                run.is_unsure |= matches!(state, State::Failed(_));
                run.progress.state = state;
            });
        });
    }

    async fn make(&self, panel: &Panel, id: u64) -> Result<(), Failure> {
        while let Some(piece) = self.with(id, |run| run.left.iter().take(PIECE).cloned().collect::<Vec<_>>())
        {
            if piece.is_empty() {
                break;
            }
            self.forget_what_is_there(panel, id, &piece).await?;
            self.make_piece(panel, id).await?;
        }
        self.start(panel, id).await
    }

    /// After a silence nobody knows whether the piece was made. Whoever is there just as it was drawn was.
    async fn forget_what_is_there(&self, panel: &Panel, id: u64, piece: &[NewBot]) -> Result<(), Failure> {
        if self.with(id, |run| run.is_unsure) != Some(true) {
            return Ok(());
        }
        for new in piece {
            let found = async {
                match panel.bots.get_bot(&new.username).await {
                    Ok(view) => Ok(Some(view.bot)),
                    Err(Error::NotFound(_)) => Ok(None),
                    Err(error) => Err(error),
                }
            };
            match panel.read(found).await? {
                Some(bot) if NewBot::from(&bot) == *new => {
                    self.with(id, |run| {
                        run.left.retain(|left| left.username != new.username);
                        run.made(std::slice::from_ref(&bot.id), std::iter::once(new.persona.clone()));
                    });
                }
                // All of a piece are there, or none.
                _ => break,
            }
        }
        self.with(id, |run| run.is_unsure = false);
        Ok(())
    }

    async fn make_piece(&self, panel: &Panel, id: u64) -> Result<(), Failure> {
        for attempt in 1..=TRIES {
            let Some((piece, by)) = self
                .with(id, |run| (run.left.iter().take(PIECE).cloned().collect::<Vec<_>>(), run.by.clone()))
            else {
                return Ok(());
            };
            let asked = Asked { by, at: panel.now() };
            match panel.write(panel.bots.create_bots(piece.clone(), &asked)).await {
                Ok(made) => {
                    let ids: Vec<BotId> = made.iter().map(|bot| bot.id).collect();
                    self.with(id, |run| {
                        run.left.drain(..piece.len().min(run.left.len()));
                        run.made(&ids, made.into_iter().map(|bot| bot.persona));
                    });
                    return Ok(());
                }
                Err(failure) if failure.status == StatusCode::CONFLICT && attempt < TRIES => {
                    self.rename(panel, id, piece.len(), attempt).await?;
                }
                Err(failure) => {
                    self.with(id, |run| run.is_unsure = true);
                    return Err(failure);
                }
            }
        }
        Ok(())
    }

    /// Whoever would have had a name that somebody took meanwhile becomes somebody else of the same persona.
    async fn rename(&self, panel: &Panel, id: u64, piece: usize, attempt: u64) -> Result<(), Failure> {
        let Some(characters) = panel.characters() else { return Ok(()) };
        let taken = panel.read(panel.bots.usernames()).await?;
        let left = self.with(id, |run| run.left.clone()).unwrap_or_default();
        let mut avoided: HashSet<String> = left.iter().map(|bot| bot.username.clone()).collect();
        avoided.extend(taken.iter().cloned());
        let mut others = Vec::new();
        for (at, bot) in left.iter().enumerate().take(piece).filter(|(_, bot)| taken.contains(&bot.username))
        {
            let draw = Draw {
                count: 1,
                personas: vec![bot.persona.clone()],
                taken: avoided.clone(),
                seed: id.rotate_left(24) ^ attempt.rotate_left(56) ^ at as u64,
            };
            if let Some(other) = characters.drawn(draw).await.pop() {
                avoided.insert(other.username.clone());
                others.push((at, other));
            }
        }
        self.with(id, |run| {
            run.progress.renamed += others.len();
            for (at, other) in others {
                if let Some(bot) = run.left.get_mut(at) {
                    *bot = other;
                }
            }
        });
        Ok(())
    }

    async fn start(&self, panel: &Panel, id: u64) -> Result<(), Failure> {
        while let Some((some, by)) = self.with(id, |run| {
            let some: Vec<BotId> = run.to_start.iter().take(PIECE).copied().collect();
            (some, run.by.clone())
        }) {
            if some.is_empty() {
                break;
            }
            let asked = Asked { by, at: panel.now() };
            let count = some.len();
            // To start somebody twice does no harm.
            panel.write(panel.bots.start_bots(&Selection::Ids(some), &asked)).await?;
            self.with(id, |run| {
                run.to_start.drain(..count.min(run.to_start.len()));
                run.progress.started += count;
            });
        }
        Ok(())
    }

    fn with<T>(&self, id: u64, look: impl FnOnce(&mut Run) -> T) -> Option<T> {
        self.lock().iter_mut().find(|(known, _)| *known == id).map(|(_, run)| look(run))
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(u64, Run)>> {
        // Nothing is left half done under this lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Refuses another run while enough are being made.
fn check_room(runs: &VecDeque<(u64, Run)>) -> Result<(), Failure> {
    let working = runs.iter().filter(|(_, run)| run.progress.is_working()).count();
    if working < AT_ONCE {
        return Ok(());
    }
    Err(Failure {
        status: StatusCode::TOO_MANY_REQUESTS,
        what: format!("{working} runs are being made already, and more would only slow them down."),
        advice: "Nobody was made. Wait until one is done, then send it again.",
    })
}

/// How the making of a run ended; also when it broke down, so that none is said to work for ever.
async fn end_of(making: impl Future<Output = Result<(), Failure>>) -> State {
    match AssertUnwindSafe(making).catch_unwind().await {
        Ok(Ok(())) => State::Done,
        Ok(Err(failure)) => State::Failed(failure),
        Err(_) => {
            tracing::error!("a run that makes bots broke down");
            State::Failed(Failure {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                what: "Something in this program broke.".into(),
                advice: "The log tells more. “Go on” takes it up where it stopped.",
            })
        }
    }
}

impl Run {
    fn made(&mut self, ids: &[BotId], personas: impl Iterator<Item = String>) {
        self.progress.made += ids.len();
        for persona in personas {
            *self.progress.by_persona.entry(persona).or_default() += 1;
        }
        if self.progress.starts {
            self.to_start.extend_from_slice(ids);
        }
    }
}

impl Progress {
    pub(crate) fn is_working(&self) -> bool {
        matches!(self.state, State::Working)
    }

    pub(crate) fn failure(&self) -> Option<&Failure> {
        match &self.state {
            State::Failed(failure) => Some(failure),
            State::Working | State::Done => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(wish: &str) -> Order {
        Order { wish: wish.into(), new: Vec::new(), start: false, by: "test".into() }
    }

    #[test]
    fn another_order_under_a_known_id_is_a_run_of_its_own() {
        let runs = Seedings::default();
        let take_down = |wish: &str| runs.take_down(7, order(wish), || 8).unwrap();
        assert_eq!(take_down("3 poets"), (7, true));
        assert_eq!(take_down("3 poets"), (7, false));
        assert_eq!(take_down("4 poets"), (8, true));
        assert_eq!(take_down("4 poets"), (8, false));
    }

    #[test]
    fn runs_that_work_are_few_and_those_that_ended_are_forgotten_first() {
        let runs = Seedings::default();
        for id in 0..AT_ONCE as u64 {
            runs.take_down(id, order("some"), || 0).unwrap();
        }
        let refused = runs.take_down(99, order("some"), || 0).unwrap_err();
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        for id in 100..200 {
            runs.with(if id == 100 { 0 } else { id - 1 }, |run| run.progress.state = State::Done);
            runs.take_down(id, order("some"), || 0).unwrap();
        }
        assert_eq!(runs.lock().len(), REMEMBERED);
        assert!((1..AT_ONCE as u64).all(|id| runs.progress(id).is_some_and(|run| run.is_working())));
    }

    #[tokio::test]
    async fn a_run_that_breaks_down_has_failed() {
        assert!(matches!(end_of(async { Ok(()) }).await, State::Done));
        assert!(matches!(end_of(async { panic!("it broke") }).await, State::Failed(_)));
    }
}
