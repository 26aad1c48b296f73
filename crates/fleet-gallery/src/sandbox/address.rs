//! The addresses of pictures as workflows answer them: relative for good, or signed and good for a while.
//!
//! Only the studio's answers carry them. What is published is shown under an address of its own, which needs no signature.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use sha2::{Digest, Sha256};
use url::Url;

/// Makes and checks addresses.
pub(super) struct Addresses {
    base: Url,
    /// Known to nobody; another one after a restart, which ends what was signed before, as a platform may.
    key: [u8; 32],
}

/// What an address is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    Good,
    Expired,
    /// Signed by somebody else, or not at all.
    Unsigned,
}

impl Addresses {
    pub(super) fn new(base: Url) -> Self {
        Self { base, key: rand::make_rng::<rand::rngs::StdRng>().random() }
    }

    /// Where a picture is: relative, or good for so many seconds from now.
    pub(super) fn of(&self, image: &str, lasting: Option<u64>, now: Timestamp) -> String {
        let path = format!("/api/images/{image}/blob");
        let Some(seconds) = lasting else { return path };
        let span = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        let expires = now.checked_add(span).unwrap_or(Timestamp::MAX).as_second();
        let signature = self.signature(image, expires);
        let signed = format!("{path}?expires={expires}&signature={signature}");
        self.base.join(&signed).map_or(signed, String::from)
    }

    /// An address as it was given, relative or not, made whole.
    pub(super) fn resolved(&self, address: &str) -> Option<Url> {
        self.base.join(address).ok()
    }

    /// What the query of an address makes it worth now.
    pub(super) fn worth(&self, image: &str, query: &HashMap<String, String>, now: Timestamp) -> Worth {
        let expires = query.get("expires").and_then(|expires| expires.parse().ok());
        match (expires, query.get("signature")) {
            (Some(expires), Some(signature)) if *signature == self.signature(image, expires) => {
                if now.as_second() < expires { Worth::Good } else { Worth::Expired }
            }
            _ => Worth::Unsigned,
        }
    }

    fn signature(&self, image: &str, expires: i64) -> String {
        // The inner digest has a length of its own, so nothing can be appended to what was signed.
        let said = Sha256::digest(format!("{image} {expires}"));
        let signed = Sha256::new().chain_update(self.key).chain_update(said).finalize();
        signed.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_address_is_worth_something_for_its_time_and_its_picture() {
        let addresses = Addresses::new(Url::parse("http://127.0.0.1:1/").unwrap());
        let now: Timestamp = "2026-05-04T10:00:00Z".parse().unwrap();
        assert_eq!(addresses.of("a", None, now), "/api/images/a/blob");
        let url = Url::parse(&addresses.of("a", Some(60), now)).unwrap();
        assert_eq!(url.path(), "/api/images/a/blob");
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        let later = |seconds| now + SignedDuration::from_secs(seconds);
        assert_eq!(addresses.worth("a", &query, later(59)), Worth::Good);
        assert_eq!(addresses.worth("a", &query, later(60)), Worth::Expired);
        assert_eq!(addresses.worth("b", &query, now), Worth::Unsigned);
        assert_eq!(addresses.worth("a", &HashMap::new(), now), Worth::Unsigned);
        let mut forged = query.clone();
        forged.insert("expires".into(), later(9999).as_second().to_string());
        assert_eq!(addresses.worth("a", &forged, now), Worth::Unsigned);
    }
}
