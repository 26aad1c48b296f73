//! The sign-ins that this process has seen, and what the store says of them. The store is asked each time, so that one who
//! was signed out anywhere is out at once; only while it is silent does the word of a moment ago count, since the stop
//! button is behind the sign-in. What was ended here is over here, whatever the store says or does not say of it.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use fleet_bots::{Bots, OperatorId, Session, SessionId, StoreTime, Token};

/// A sign-in is written down as used at most this often.
const RENEWED: Duration = Duration::from_secs(60);
/// As many sign-ins as are remembered; those of a team are far fewer.
const MOST: usize = 1_000;
/// As long as a sign-in can last at most, and so as long as one has to be known as ended.
const LIFE: Duration = Duration::from_secs(30 * 86_400);

/// What is known of a request's sender.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// An operator.
    As(Session),
    /// Nobody, or somebody whose sign-in is over.
    Not,
    /// The store is silent, and this sign-in was not seen here before.
    Unclear,
}

/// The sign-ins that were good when they were last looked at, and those that were ended here.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// By the hash of what their browsers show.
    seen: HashMap<String, Seen>,
    ended: HashMap<SessionId, Instant>,
    swept: HashMap<OperatorId, Sweep>,
}

/// All sign-ins of an operator were ended that had begun by then, but perhaps one.
#[derive(Clone, Copy, Debug)]
struct Sweep {
    begun_by: StoreTime,
    but: Option<SessionId>,
    at: Instant,
}

#[derive(Debug)]
struct Seen {
    session: Session,
    /// When the store said so.
    at: Instant,
    /// When it was last written down as used.
    renewed: Option<Instant>,
}

impl Sessions {
    /// Whose `token` it is. Where the store does not say so within `patience`, the word of a moment ago has to do.
    pub(crate) async fn find(&self, bots: &Bots, token: &Token, patience: Duration) -> Known {
        // Boxed, so that what the store does weighs on a request only while it is asked.
        self.find_by(token, patience, Box::pin(bots.find_session(token))).await
    }

    async fn find_by(
        &self,
        token: &Token,
        patience: Duration,
        asking: impl Future<Output = fleet_bots::Result<Option<Session>>>,
    ) -> Known {
        let key = token.hash();
        match tokio::time::timeout(patience, asking).await {
            Ok(Ok(Some(session))) => {
                // It may have been ended here while the store was asked, or the store may not know that yet.
                if self.is_over(&session) {
                    return Known::Not;
                }
                self.remember(key, &session, Instant::now());
                Known::As(session)
            }
            Ok(Ok(None)) => {
                self.lock().seen.remove(&key);
                Known::Not
            }
            Ok(Err(error)) => {
                tracing::debug!(%error, "the store does not say who this is");
                self.recall(&key, Instant::now())
            }
            Err(_) => self.recall(&key, Instant::now()),
        }
    }

    /// Lets a sign-in last on that was used just now. Nobody waits for it: a store that hangs must not hold a page up.
    pub(crate) fn renew(&self, bots: &Bots, token: &Token, session: &Session) {
        let now = Instant::now();
        let mut memory = self.lock();
        let Some(seen) = memory.seen.get_mut(&token.hash()) else { return };
        let is_fresh = seen.renewed.is_some_and(|renewed| now.saturating_duration_since(renewed) < RENEWED);
        if is_fresh || session.idle() < RENEWED {
            return;
        }
        seen.renewed = Some(now);
        let (bots, session) = (bots.clone(), session.clone());
        tokio::spawn(async move {
            if let Err(error) = bots.renew_session(&session).await {
                tracing::debug!(%error, "a sign-in could not be written down as used");
            }
        });
    }

    /// A sign-in is over from now on.
    pub(crate) fn end(&self, session: &Session) {
        let now = Instant::now();
        keep(&mut self.lock().ended, session.id, now, |at| *at, now);
    }

    /// So are all of `session`'s operator that began before it was read, or all but this one.
    pub(crate) fn end_all(&self, session: &Session, but_this: bool) {
        let memory = &mut *self.lock();
        let now = Instant::now();
        let but = but_this.then_some(session.id);
        // While the store hangs, the word that was read may be older than a sign-in that was seen since.
        let theirs = memory.seen.values().map(|seen| &seen.session);
        let theirs = theirs.filter(|seen| seen.operator_id == session.operator_id && Some(seen.id) != but);
        for id in theirs.map(|seen| seen.id).collect::<Vec<_>>() {
            keep(&mut memory.ended, id, now, |at| *at, now);
        }
        let sweep = Sweep { begun_by: session.read_at, but, at: now };
        keep(&mut memory.swept, session.operator_id, sweep, |sweep| sweep.at, now);
    }

    /// Whether it was ended here.
    pub(crate) fn is_over(&self, session: &Session) -> bool {
        self.lock().is_over(session)
    }

    fn remember(&self, key: String, session: &Session, at: Instant) {
        let all = &mut self.lock().seen;
        if all.len() >= MOST && !all.contains_key(&key) {
            all.retain(|_, seen| seen.holds(at));
            if all.len() >= MOST
                && let Some(oldest) = all.iter().min_by_key(|(_, seen)| seen.at).map(|(key, _)| key.clone())
            {
                all.remove(&oldest);
            }
        }
        let renewed = all.get(&key).and_then(|seen| seen.renewed);
        all.insert(key, Seen { session: session.clone(), at, renewed });
    }

    fn recall(&self, key: &str, now: Instant) -> Known {
        let memory = self.lock();
        match memory.seen.get(key).filter(|seen| seen.holds(now)) {
            Some(seen) if memory.is_over(&seen.session) => Known::Not,
            Some(seen) => Known::As(seen.session.clone()),
            None => Known::Unclear,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn is_over(&self, session: &Session) -> bool {
        let swept = self.swept.get(&session.operator_id);
        self.ended.contains_key(&session.id)
            || swept
                .is_some_and(|swept| session.created_at <= swept.begun_by && swept.but != Some(session.id))
    }
}

/// Keeps a mark for as long as it can be of use, and no more than some.
fn keep<K: Copy + Eq + Hash, V>(
    marks: &mut HashMap<K, V>,
    key: K,
    mark: V,
    at: impl Fn(&V) -> Instant,
    now: Instant,
) {
    marks.retain(|_, mark| now.saturating_duration_since(at(mark)) < LIFE);
    if marks.len() >= MOST
        && let Some(oldest) = marks.iter().min_by_key(|(_, mark)| at(mark)).map(|(key, _)| *key)
    {
        marks.remove(&oldest);
    }
    marks.insert(key, mark);
}

impl Seen {
    /// Whether what the store said then can still be so.
    fn holds(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < self.session.lasts()
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    fn session(lasts: Duration) -> Session {
        let expires_at = StoreTime(i64::try_from(lasts.as_micros()).unwrap());
        Session {
            id: SessionId::generate(),
            operator_id: OperatorId::generate(),
            operator: "ada".into(),
            created_at: StoreTime(0),
            last_seen_at: StoreTime(0),
            expires_at,
            read_at: StoreTime(0),
        }
    }

    fn token(digits: &str) -> Token {
        Token::read(&digits.repeat(32)).unwrap()
    }

    const PATIENCE: Duration = Duration::from_millis(400);

    #[tokio::test(start_paused = true)]
    async fn while_the_store_hangs_the_word_of_a_moment_ago_counts() {
        let (sessions, ada) = (Sessions::default(), session(Duration::from_secs(600)));
        let (hers, unseen) = (token("ab"), token("cd"));
        assert!(
            matches!(sessions.find_by(&hers, PATIENCE, pending()).await, Known::Unclear),
            "never seen here"
        );
        let said = sessions.find_by(&hers, PATIENCE, ready(Ok(Some(ada.clone())))).await;
        assert!(matches!(said, Known::As(found) if found == ada));

        let begun = tokio::time::Instant::now();
        assert!(
            matches!(sessions.find_by(&hers, PATIENCE, pending()).await, Known::As(found) if found == ada)
        );
        assert_eq!(begun.elapsed(), PATIENCE, "the stop is to be done in a second");
        let silent = || ready(Err(fleet_bots::Error::Silent(PATIENCE)));
        assert!(matches!(sessions.find_by(&hers, PATIENCE, silent()).await, Known::As(_)));
        assert!(matches!(sessions.find_by(&unseen, PATIENCE, silent()).await, Known::Unclear));

        // Once the store has said that it is over, no silence brings it back.
        assert!(matches!(sessions.find_by(&hers, PATIENCE, ready(Ok(None))).await, Known::Not));
        assert!(matches!(sessions.find_by(&hers, PATIENCE, pending()).await, Known::Unclear));
        sessions.find_by(&hers, PATIENCE, ready(Ok(Some(ada.clone())))).await;
        sessions.end(&ada);
        assert!(matches!(sessions.find_by(&hers, PATIENCE, pending()).await, Known::Not));
    }

    #[tokio::test]
    async fn what_was_ended_here_no_late_word_of_the_store_brings_back() {
        let (sessions, ada) = (Sessions::default(), session(Duration::from_secs(600)));
        let late = async {
            // The row was read before the sign-out, and the word comes after it.
            let read = ada.clone();
            sessions.end(&ada);
            Ok(Some(read))
        };
        assert!(matches!(sessions.find_by(&token("ab"), PATIENCE, late).await, Known::Not));
        assert!(matches!(
            sessions.find_by(&token("ab"), PATIENCE, ready(Ok(Some(ada.clone())))).await,
            Known::Not
        ));
        assert!(!matches!(sessions.find_by(&token("ab"), PATIENCE, pending()).await, Known::As(_)));
    }

    #[tokio::test]
    async fn all_of_an_operator_are_over_but_not_what_begins_later() {
        let here = Session { read_at: StoreTime(10), ..session(Duration::from_secs(600)) };
        let of_hers = |created_at| Session {
            id: SessionId::generate(),
            created_at: StoreTime(created_at),
            ..here.clone()
        };
        let (unseen, seen, later, another) =
            (of_hers(5), of_hers(15), of_hers(20), session(Duration::from_secs(600)));
        for but_this in [true, false] {
            let sessions = Sessions::default();
            sessions.find_by(&token("ab"), PATIENCE, ready(Ok(Some(seen.clone())))).await;
            sessions.end_all(&here, but_this);
            assert!(sessions.is_over(&unseen) && sessions.is_over(&seen));
            assert!(!sessions.is_over(&later) && !sessions.is_over(&another));
            assert_eq!(sessions.is_over(&here), !but_this);
            assert!(matches!(sessions.find_by(&token("ab"), PATIENCE, pending()).await, Known::Not));
        }
    }

    #[test]
    fn not_more_ends_are_remembered_than_some() {
        let sessions = Sessions::default();
        for _ in 0..MOST + 10 {
            let session = session(Duration::from_secs(600));
            sessions.end(&session);
            sessions.end_all(&session, false);
            assert!(sessions.is_over(&session));
        }
        let memory = sessions.lock();
        assert_eq!((memory.ended.len(), memory.swept.len()), (MOST, MOST));
    }

    #[tokio::test]
    async fn no_silence_outlasts_a_sign_in_and_no_crowd_fills_the_memory() {
        let sessions = Sessions::default();
        sessions.find_by(&token("ab"), PATIENCE, ready(Ok(Some(session(Duration::ZERO))))).await;
        assert!(matches!(sessions.find_by(&token("ab"), PATIENCE, pending()).await, Known::Unclear));
        for number in 0..MOST + 10 {
            let token = Token::read(&format!("{number:064x}")).unwrap();
            sessions.find_by(&token, PATIENCE, ready(Ok(Some(session(Duration::from_secs(600)))))).await;
        }
        assert_eq!(sessions.lock().seen.len(), MOST);
    }
}
