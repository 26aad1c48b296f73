//! The sign-ins that this process has seen: the cookie, and what the store says of it. The store is asked each time, so
//! that one who was signed out anywhere is out at once; only while it is silent does the word of a moment ago count, since
//! the stop button is behind the sign-in.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderValue, header};
use fleet_bots::{Bots, Session, Token};

/// How long the store may take to say who it is, before the word of a moment ago has to do.
const PATIENCE: Duration = Duration::from_millis(400);
/// A sign-in is written down as used at most this often.
const RENEWED: Duration = Duration::from_secs(60);
/// As many sign-ins as are remembered; those of a team are far fewer.
const MOST: usize = 1_000;
/// How long a browser keeps the cookie; the store ends the sign-in before.
const KEPT_S: u64 = 30 * 86_400;

/// The cookie's names. A browser takes the first only over `https`, for this host alone, and lets no other host set it.
const SECURE: &str = "__Host-fleet";
const PLAIN: &str = "fleet";

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

/// The sign-ins that were good when they were last looked at.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Seen>>);

#[derive(Debug)]
struct Seen {
    session: Session,
    /// When the store said so.
    at: Instant,
    /// When it was last written down as used.
    renewed: Option<Instant>,
}

impl Sessions {
    /// Whose `token` it is.
    pub(crate) async fn find(&self, bots: &Bots, token: &Token) -> Known {
        // Boxed, so that what the store does weighs on a request only while it is asked.
        self.find_by(token, Box::pin(bots.find_session(token))).await
    }

    async fn find_by(
        &self,
        token: &Token,
        asking: impl Future<Output = fleet_bots::Result<Option<Session>>>,
    ) -> Known {
        let key = token.hash();
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(Ok(Some(session))) => {
                self.remember(key, &session, Instant::now());
                Known::As(session)
            }
            Ok(Ok(None)) => {
                self.lock().remove(&key);
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
        let mut seen = self.lock();
        let Some(seen) = seen.get_mut(&token.hash()) else { return };
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

    /// Takes no word for these any more.
    pub(crate) fn forget(&self, is_over: impl Fn(&Session) -> bool) {
        self.lock().retain(|_, seen| !is_over(&seen.session));
    }

    fn remember(&self, key: String, session: &Session, at: Instant) {
        let mut all = self.lock();
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
        match self.lock().get(key).filter(|seen| seen.holds(now)) {
            Some(seen) => Known::As(seen.session.clone()),
            None => Known::Unclear,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// Whether what the store said then can still be so.
    fn holds(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < self.session.lasts()
    }
}

/// What a browser shows of its sign-in.
pub(crate) fn shown(headers: &HeaderMap, is_secure: bool) -> Option<Token> {
    let name = name(is_secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(shown, value)| if shown == name { Token::read(value) } else { None })
}

/// The cookie that a browser is to show from now on.
pub(crate) fn given(token: &Token, is_secure: bool) -> HeaderValue {
    cookie(&token.reveal(), KEPT_S, is_secure)
}

/// The cookie that takes the other away.
pub(crate) fn taken(is_secure: bool) -> HeaderValue {
    cookie("", 0, is_secure)
}

fn cookie(value: &str, kept_s: u64, is_secure: bool) -> HeaderValue {
    let (name, secure) = (name(is_secure), if is_secure { "; Secure" } else { "" });
    let text = format!("{name}={value}; Path=/; Max-Age={kept_s}; HttpOnly; SameSite=Strict{secure}");
    let mut cookie = HeaderValue::try_from(text).expect("a token is made of digits and letters");
    cookie.set_sensitive(true);
    cookie
}

fn name(is_secure: bool) -> &'static str {
    if is_secure { SECURE } else { PLAIN }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use fleet_bots::{OperatorId, SessionId, StoreTime};

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

    #[tokio::test]
    async fn while_the_store_hangs_the_word_of_a_moment_ago_counts() {
        let (sessions, ada) = (Sessions::default(), session(Duration::from_secs(600)));
        let (hers, unseen) = (token("ab"), token("cd"));
        assert!(matches!(sessions.find_by(&hers, pending()).await, Known::Unclear), "never seen here");
        let said = sessions.find_by(&hers, ready(Ok(Some(ada.clone())))).await;
        assert!(matches!(said, Known::As(found) if found == ada));

        let begun = Instant::now();
        assert!(matches!(sessions.find_by(&hers, pending()).await, Known::As(found) if found == ada));
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "{:?}: the stop is to be done in a second",
            begun.elapsed()
        );
        let silent = || ready(Err(fleet_bots::Error::Silent(PATIENCE)));
        assert!(matches!(sessions.find_by(&hers, silent()).await, Known::As(_)));
        assert!(matches!(sessions.find_by(&unseen, silent()).await, Known::Unclear));

        // Once the store has said that it is over, no silence brings it back.
        assert!(matches!(sessions.find_by(&hers, ready(Ok(None))).await, Known::Not));
        assert!(matches!(sessions.find_by(&hers, pending()).await, Known::Unclear));
        sessions.find_by(&hers, ready(Ok(Some(ada.clone())))).await;
        sessions.forget(|known| known.id == ada.id);
        assert!(matches!(sessions.find_by(&hers, pending()).await, Known::Unclear));
    }

    #[tokio::test]
    async fn no_silence_outlasts_a_sign_in_and_no_crowd_fills_the_memory() {
        let sessions = Sessions::default();
        sessions.find_by(&token("ab"), ready(Ok(Some(session(Duration::ZERO))))).await;
        assert!(matches!(sessions.find_by(&token("ab"), pending()).await, Known::Unclear));
        for number in 0..MOST + 10 {
            let token = Token::read(&format!("{number:064x}")).unwrap();
            sessions.find_by(&token, ready(Ok(Some(session(Duration::from_secs(600)))))).await;
        }
        assert_eq!(sessions.lock().len(), MOST);
    }

    #[test]
    fn a_cookie_is_for_this_host_and_no_script() {
        let token = Token::read(&"ab".repeat(32)).unwrap();
        let text = |cookie: HeaderValue| cookie.to_str().unwrap().to_owned();
        assert_eq!(
            text(given(&token, true)),
            format!(
                "__Host-fleet={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure",
                token.reveal()
            )
        );
        assert_eq!(
            text(given(&token, false)),
            format!("fleet={}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict", token.reveal())
        );
        assert_eq!(text(taken(false)), "fleet=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
        assert!(given(&token, true).is_sensitive(), "no log shows it");
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let token = Token::read(&"ab".repeat(32)).unwrap();
        let found = |cookies: &[&str], is_secure| {
            let mut headers = HeaderMap::new();
            for cookie in cookies {
                headers.append(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
            }
            shown(&headers, is_secure)
        };
        let ours = format!("fleet={}", token.reveal());
        assert_eq!(found(&[&format!("a=b; {ours}; c=d")], false), Some(token.clone()));
        assert_eq!(found(&["a=b", &ours], false), Some(token.clone()));
        assert_eq!(found(&[&ours], true), None, "over https only the guarded one counts");
        assert_eq!(found(&[&format!("__Host-{ours}")], true), Some(token));
        assert_eq!(found(&["fleet=; fleets=1", "fleet"], false), None);
    }
}
