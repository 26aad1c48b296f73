//! A service token that cannot be printed by accident. It does not encrypt or persist anything.

use std::fmt;

use rand::{Rng, RngExt};

/// A service token: `fst_<name>_<secret>`. Prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a token as the platform issued it.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// Makes a token for a sandbox of one's own.
    pub fn for_sandbox<R: Rng + ?Sized>(rng: &mut R) -> Self {
        Self(format!("fst_sandbox_{:032x}", rng.random::<u128>()))
    }

    /// The token itself, for the one header it belongs in.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(token: String) -> Self {
        Self(token)
    }
}

impl From<&str> for Secret {
    fn from(token: &str) -> Self {
        Self(token.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_does_not_print_itself() {
        let secret = Secret::new("fst_fleet_0123");
        assert_eq!(format!("{secret} {secret:?}"), "*** ***");
    }
}
