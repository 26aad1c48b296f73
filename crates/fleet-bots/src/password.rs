//! Passwords: the rule, the hash, and how many are worked on at once. A password is in memory while it is checked and
//! nowhere else; it prints as `***`.

use std::fmt;
use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use sea_orm::{DbErr, DeriveValueType};
use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::problem::Problems;

/// A hash takes 19 MiB and some 40 ms of one core: more at once would let a crowd of guesses hold the fleet up.
const AT_ONCE: usize = 2;
const SHORTEST: usize = 12;
const LONGEST: usize = 200;

/// A password as somebody typed it. Prints as `***`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

/// What the store keeps of a password: a PHC string, with the salt and what it cost. Prints as `***`.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub(crate) struct PasswordHash(String);

/// Hashes passwords and compares them, a few at a time.
#[derive(Clone, Debug)]
pub(crate) struct Hasher(Arc<Semaphore>);

impl Password {
    /// Whatever was typed; the rule is asked for by `check`.
    #[must_use]
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// Notes whether it may become somebody's password.
    pub(crate) fn check(&self, field: &'static str, problems: &mut Problems) {
        let length = self.0.chars().count();
        problems.require(
            (SHORTEST..=LONGEST).contains(&length),
            field,
            format!("must have {SHORTEST} to {LONGEST} characters, it has {length}"),
            "a few words in a row are easy to keep and hard to guess",
        );
    }

    /// No password is as long as this, and nobody's time is to be spent on it.
    fn is_absurd(&self) -> bool {
        self.0.chars().count() > LONGEST
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Hasher {
    /// The hash of a password, with a salt of its own.
    pub(crate) async fn hash(&self, password: &Password) -> Result<PasswordHash> {
        let password = password.clone();
        self.work(move || {
            let hash = Argon2::default().hash_password(password.0.as_bytes()).map_err(unhashed)?;
            Ok(PasswordHash(hash.to_string()))
        })
        .await
    }

    /// Whether `password` belongs to `hash`. Without a hash the work is done all the same, so that nobody can tell by the
    /// time it takes whether there is such an operator.
    pub(crate) async fn matches(&self, password: &Password, hash: Option<PasswordHash>) -> Result<bool> {
        if password.is_absurd() {
            return Ok(false);
        }
        let password = password.clone();
        self.work(move || match hash {
            Some(hash) => {
                Ok(Argon2::default().verify_password(password.0.as_bytes(), hash.0.as_str()).is_ok())
            }
            None => Argon2::default().hash_password(password.0.as_bytes()).map(|_| false).map_err(unhashed),
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let slot = self.0.clone().acquire_owned().await.expect("the slots are never closed");
        // The slot goes with the work: who gives up waiting does not let another begin before this one has ended.
        let done = tokio::task::spawn_blocking(move || {
            let _slot = slot;
            work()
        });
        done.await.map_err(unhashed)?
    }
}

fn unhashed(cause: impl fmt::Display) -> Error {
    Error::Store(DbErr::Custom(format!("a password could not be hashed: {cause}")))
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_own_hash_only() {
        let (hasher, password) = (Hasher::default(), Password::new("a horse and a staple"));
        let hash = hasher.hash(&password).await.unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "as OWASP asks: {}", hash.0);
        assert_ne!(hash, hasher.hash(&password).await.unwrap(), "each has a salt of its own");
        assert!(hasher.matches(&password, Some(hash.clone())).await.unwrap());
        for other in ["", "a horse and a stapl", "A horse and a staple", &"a".repeat(10_000)] {
            assert!(!hasher.matches(&Password::new(other), Some(hash.clone())).await.unwrap(), "{other}");
        }
        assert!(!hasher.matches(&password, None).await.unwrap());
        assert_eq!(format!("{password:?} {hash:?}"), "*** ***");
    }

    #[test]
    fn a_password_is_not_short_and_not_endless() {
        let rule_of = |typed: &str| {
            let mut problems = Problems::default();
            Password::new(typed).check("password", &mut problems);
            problems.of("password").map(|problem| problem.rule.clone())
        };
        assert_eq!(rule_of("short").as_deref(), Some("must have 12 to 200 characters, it has 5"));
        assert_eq!(rule_of("éééééééééééé"), None, "characters count, not bytes");
        assert!(rule_of(&"a".repeat(201)).is_some());
    }
}
