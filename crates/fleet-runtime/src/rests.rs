//! What the gallery said that keeps the fleet, or one bot, from acting: kept in the store for all nodes, seen by every agent
//! before its turn, probed gently where only a probe can tell that it is over, and lifted by itself.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use fleet_bots::{Account, BotFilter, BotId, FleetTime, NewRest, Rest, RestCause, Rests};
use fleet_gallery::Error;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::node::{TICK, in_time};
use crate::world::World;

/// A pause that is shorter than this, in real time, is waited out by the client alone.
const WORTH_TELLING: Duration = Duration::from_secs(60);
/// How long a budget is left alone, in fleet time, when the gallery does not say until when.
const UNKNOWN: Duration = Duration::from_secs(3_600);
/// The longest rest that a gallery can ask for, in fleet time. A reset further away is looked for again after that.
const LONGEST: Duration = Duration::from_secs(32 * 24 * 3_600);
/// What ends when the gallery takes the fleet back.
const TURNED_AWAY: [RestCause; 2] = [RestCause::Token, RestCause::Paused];

/// The rests as they were read last.
#[derive(Debug, Default)]
pub(crate) struct Resting(RwLock<Arc<Rests>>);

impl Resting {
    fn now(&self) -> Arc<Rests> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what was read; returns what it was before.
    fn replace(&self, rests: Rests) -> Arc<Rests> {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut kept, Arc::new(rests))
    }
}

/// Reads for ever what keeps the fleet from acting, and probes when it is this node's turn.
pub(crate) async fn watch(world: &World) {
    // The first look is that of a node which may have brought another token.
    let mut starting = true;
    loop {
        match in_time(world.read_rests()).await {
            // The gallery has its own time to answer.
            Ok(()) => match world.probe(starting).await {
                Ok(()) => starting = false,
                Err(error) => tracing::debug!(%error, "the gallery is probed later"),
            },
            Err(error) => tracing::debug!(%error, "what keeps the fleet from acting is read later"),
        }
        tokio::time::sleep(TICK).await;
    }
}

impl World {
    /// Reads what keeps the fleet from acting, and ends what is over.
    pub(crate) async fn read_rests(&self) -> fleet_bots::Result<()> {
        let mut rests = self.bots.read_rests().await?;
        let now = self.clock.now();
        if rests.first_end.is_some_and(|end| end <= now) {
            for rest in self.bots.lapse_rests(now).await? {
                tracing::info!(cause = %rest.cause, bot.id = ?rest.bot(), "a rest is over");
            }
            rests = self.bots.read_rests().await?;
        }
        let is_open = !is_turned_away(&rests);
        let before = self.resting.replace(rests);
        if is_open && is_turned_away(&before) {
            // Whoever found out may be another node.
            self.gallery.reopen();
        }
        Ok(())
    }

    /// The gravest rest of the whole fleet, if it rests.
    pub(crate) fn fleet_rest(&self) -> Option<Rest> {
        let now = self.clock.now();
        self.resting.now().fleet.iter().find(|rest| self.holds(rest, now)).cloned()
    }

    /// Whether a rest keeps anybody of this node from anything: a cap on what is spent does not, where words cost nothing.
    fn holds(&self, rest: &Rest, now: FleetTime) -> bool {
        let is_over = rest.until.is_some_and(|until| until <= now);
        !is_over && (rest.cause != RestCause::Spending || self.brain.pays())
    }

    /// Whether nothing may be asked of the gallery.
    pub(crate) fn is_silent(&self) -> bool {
        self.fleet_rest().is_some_and(|rest| rest.cause.is_silence())
    }

    /// The bot's own rest, if it has one. The store is only asked while any bot has.
    pub(crate) async fn rest_of(&self, bot_id: BotId) -> fleet_bots::Result<Option<Rest>> {
        if !self.resting.now().any_of_bots {
            return Ok(None);
        }
        let now = self.clock.now();
        let own = self.bots.rests_of(Some(bot_id)).await?;
        Ok(own.into_iter().find(|rest| self.holds(rest, now)))
    }

    /// Keeps what `error`, met by `bot_id`, says of the fleet or the bot; returns the rest that it is part of, if it is one.
    pub(crate) async fn begin_rest(&self, bot_id: BotId, error: &Error) -> fleet_bots::Result<Option<Rest>> {
        let Some(new) = self.rest_after(bot_id, error) else { return Ok(None) };
        let (scope, cause) = (new.bot_id, new.cause);
        if self.bots.begin_rest(new).await? {
            tracing::warn!(%cause, %error, bot.id = ?scope, remedy = cause.remedy(), "the gallery wants a rest");
        }
        self.read_rests().await?;
        Ok(match scope {
            None => self.fleet_rest(),
            Some(bot_id) => self.rest_of(bot_id).await?,
        })
    }

    /// The rest that an error of the gallery's asks for.
    fn rest_after(&self, bot_id: BotId, error: &Error) -> Option<NewRest> {
        let now = self.clock.now();
        let reset = |at: &Option<jiff::Timestamp>| {
            let end = at.map(FleetTime::from).filter(|end| *end > now);
            Some(end.unwrap_or_else(|| now.plus(UNKNOWN)).min(now.plus(LONGEST)))
        };
        let (bot_id, cause, until) = match error {
            Error::Unauthorized { .. } => (None, RestCause::Token, None),
            Error::Paused => (None, RestCause::Paused, None),
            Error::FleetLimited { reset_at } => (None, RestCause::Budget, reset(reset_at)),
            Error::BotLimited { reset_at, .. } => (Some(bot_id), RestCause::Budget, reset(reset_at)),
            Error::RateLimited { retry_after } if *retry_after >= WORTH_TELLING => {
                (None, RestCause::Rate, Some(now.plus(self.clock.in_fleet(*retry_after))))
            }
            _ => return None,
        };
        let probe_in = self.config.probe.mul_f64(self.spread());
        Some(NewRest { bot_id, cause, why: error.to_string(), until, at: now, probe_in })
    }

    /// Until when to leave the gallery alone because of `rest`: its end, or the next probe.
    pub(crate) fn until(&self, rest: &Rest) -> FleetTime {
        let now = self.clock.now();
        rest.until.unwrap_or_else(|| {
            let store_now = self.ownership.store_now();
            let wait = rest.probe_at.map_or(Duration::ZERO, |probe_at| probe_at.since(store_now));
            now.plus(self.clock.in_fleet(wait.max(Duration::from_secs(1))))
        })
    }

    /// Tries whether a gallery that turned the whole fleet away takes it back, if it is this node's turn. `starting` is the
    /// first look of a node, which may have brought another token.
    pub(crate) async fn probe(&self, starting: bool) -> fleet_bots::Result<()> {
        if !is_turned_away(&self.resting.now()) || self.bots.switch().is_pulled() {
            return Ok(());
        }
        if !self.bots.claim_probe(self.config.probe, self.spread(), starting).await? {
            return Ok(());
        }
        let somebody = self.somebody().await?;
        let answer = tokio::select! {
            biased;
            () = self.bots.switch().pulled() => return Ok(()),
            answer = self.gallery.probe(somebody.as_deref()) => answer,
        };
        let ended: &[RestCause] = match answer {
            Ok(()) => &TURNED_AWAY,
            Err(Error::Paused) => &[RestCause::Token],
            Err(error) if says_nothing(&error) => &[],
            // Whatever it refuses, it knows the token and serves the fleet.
            Err(_) => &TURNED_AWAY,
        };
        for rest in self.bots.end_rests(ended, self.clock.now()).await? {
            tracing::warn!(cause = %rest.cause, "the gallery takes the fleet back");
        }
        self.read_rests().await
    }

    /// A bot that has its account, to ask in its name.
    async fn somebody(&self) -> fleet_bots::Result<Option<String>> {
        let some = BotFilter { per_page: 100, ..BotFilter::default() };
        let bots = self.bots.list_bots(&some).await?.rows.into_iter();
        Ok(bots.map(|view| view.bot).find(|bot| bot.account == Account::Ready).map(|bot| bot.username))
    }

    /// About 1, to keep nodes from doing the same at the same moment.
    pub(crate) fn spread(&self) -> f64 {
        StdRng::seed_from_u64(self.seed(BotId(self.ownership.node_id().0))).random_range(0.8..1.2)
    }
}

/// Whether the gallery turned the whole fleet away until a probe says otherwise.
fn is_turned_away(rests: &Rests) -> bool {
    rests.fleet.iter().any(|rest| TURNED_AWAY.contains(&rest.cause))
}

/// Whether a probe that met `error` leaves everything as it was.
fn says_nothing(error: &Error) -> bool {
    match error {
        Error::Unauthorized { .. }
        | Error::Paused
        | Error::Misconfigured { .. }
        | Error::HeldBack { .. }
        | Error::Unreachable { .. }
        | Error::TimedOut { .. }
        | Error::Cut { .. }
        | Error::Unreadable { .. } => true,
        Error::Server { status, .. } => *status >= 500,
        _ => false,
    }
}
