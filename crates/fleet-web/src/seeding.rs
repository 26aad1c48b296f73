//! Making many bots, away from the request that asked for it. Owns the runs of this process: what each still has to make,
//! how far it is, and what stopped it, so that it can go on. A run makes its bots in pieces, each all or none; a browser that
//! leaves changes nothing, and two runs never make the same.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use fleet_bots::{Asked, BotId, Error, NewBot, Selection};

use crate::characters::Draw;
use crate::failure::Failure;
use crate::panel::Panel;

/// How many bots are made in one piece.
const PIECE: usize = 40;
/// How often a piece is tried before its names are said to go too fast.
const TRIES: u64 = 6;
/// How many runs are remembered; those that ended longest ago go first.
const REMEMBERED: usize = 32;

/// The runs of this process; clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seedings(Arc<Mutex<VecDeque<(u64, Run)>>>);

/// What a run is to make.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
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
    by: String,
    /// What is still to be made, first to last.
    left: VecDeque<NewBot>,
    to_start: Vec<BotId>,
    /// Whether nobody knows if the first piece was made: the store said nothing.
    is_unsure: bool,
}

impl Seedings {
    /// Begins a run under `id`, which the page that asks for it chose; a second order under the same id is the same order.
    pub(crate) fn begin(&self, panel: &Panel, id: u64, order: Order) {
        let Order { new, start, by } = order;
        {
            let mut runs = self.lock();
            if runs.iter().any(|(known, _)| *known == id) {
                return;
            }
            let oldest = runs.iter().position(|(_, run)| !matches!(run.progress.state, State::Working));
            if let Some(oldest) = oldest.filter(|_| runs.len() >= REMEMBERED) {
                runs.remove(oldest);
            }
            let progress = Progress { total: new.len(), starts: start, ..Progress::default() };
            let run = Run { progress, by, left: new.into(), to_start: Vec::new(), is_unsure: false };
            runs.push_back((id, run));
        }
        self.work(panel, id);
    }

    /// Lets a run that failed go on from where it stopped. Nothing happens to any other.
    pub(crate) fn go_on(&self, panel: &Panel, id: u64) {
        let goes_on = self.with(id, |run| {
            let has_failed = matches!(run.progress.state, State::Failed(_));
            if has_failed {
                run.progress.state = State::Working;
            }
            has_failed
        });
        if goes_on == Some(true) {
            self.work(panel, id);
        }
    }

    /// How far a run is, if this process knows it.
    pub(crate) fn progress(&self, id: u64) -> Option<Progress> {
        self.with(id, |run| run.progress.clone())
    }

    fn work(&self, panel: &Panel, id: u64) {
        let (runs, panel) = (self.clone(), panel.clone());
        tokio::spawn(async move {
            let state = match runs.make(&panel, id).await {
                Ok(()) => State::Done,
                Err(failure) => State::Failed(failure),
            };
            runs.with(id, |run| run.progress.state = state);
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
