//! How often somebody may try to sign in: after a few failures each further try has to wait, and longer each time. It
//! counts for a name from an address and for an address, so that neither many guesses at one operator nor one guesser at
//! many come far. For a name from wherever the wait stays short, and whence its operator came before there is none: whoever
//! reaches the form could otherwise keep an operator out. It keeps a bounded memory, and forgets who stays away.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So many failures are a slip of the fingers, for a name from one address.
const FREE_OF_BOTH: u32 = 5;
/// For a name, from wherever.
const FREE_OF_A_NAME: u32 = 10;
/// Behind one address there can be several people.
const FREE_OF_AN_ADDRESS: u32 = 20;
/// So many failures of a name are told to others.
const MANY: u32 = 5;
/// What the first failure beyond those costs; each further one costs twice as much.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(900);
/// What strangers can have an operator wait at most who comes from elsewhere.
const LONGEST_WAIT_OF_A_NAME: Duration = Duration::from_secs(30);
/// Failures are forgotten when none came for so long.
const REMEMBERED: Duration = Duration::from_secs(3_600);
/// How many names, addresses and pairs of them are remembered at most, of each.
const MOST: usize = 4_096;

/// Who tried, and how often in vain.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    pairs: HashMap<Pair, Failures>,
    names: HashMap<String, Failures>,
    addresses: HashMap<IpAddr, Failures>,
    /// Whence somebody came in by a name, and when last. Only those who know a password get into it.
    known: HashMap<Pair, Instant>,
}

/// A name, and the network that it was tried from.
type Pair = (String, Option<IpAddr>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Attempts {
    /// Whether `name` may be tried from `address` now. It counts as a failure until it is known to be none: many tries at
    /// once would otherwise all be the first.
    ///
    /// # Errors
    /// How long to wait.
    pub(crate) fn begin(&self, name: &str, address: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let memory = &mut *self.lock();
        let (name, address) = (key(name), address.map(network));
        let pair = (name.clone(), address);
        let of_name = memory.names.get(&name).filter(|_| !memory.known.contains_key(&pair));
        let of_address = address.and_then(|address| memory.addresses.get(&address));
        let waits = [
            memory.pairs.get(&pair).map(|both| both.wait(FREE_OF_BOTH, LONGEST_WAIT, now)),
            of_name.map(|of_name| of_name.wait(FREE_OF_A_NAME, LONGEST_WAIT_OF_A_NAME, now)),
            of_address.map(|of_address| of_address.wait(FREE_OF_AN_ADDRESS, LONGEST_WAIT, now)),
        ];
        let wait = waits.into_iter().flatten().max().unwrap_or_default();
        if !wait.is_zero() {
            // It counts for nothing: who knocks while waiting makes nobody wait longer.
            return Err(wait);
        }
        count(&mut memory.pairs, pair, now);
        count(&mut memory.names, name, now);
        if let Some(address) = address {
            count(&mut memory.addresses, address, now);
        }
        Ok(())
    }

    /// How often `name` was tried in vain, once that is more than a slip of the fingers.
    pub(crate) fn many(&self, name: &str) -> Option<u32> {
        let memory = self.lock();
        memory.names.get(&key(name)).map(|failures| failures.count).filter(|count| *count >= MANY)
    }

    /// The try was none in vain: whoever knows the password is not held up by those who do not, from there.
    pub(crate) fn forgive(&self, name: &str, address: Option<IpAddr>, now: Instant) {
        let memory = &mut *self.lock();
        let pair = (key(name), address.map(network));
        memory.names.remove(&pair.0);
        memory.pairs.remove(&pair);
        let Some(address) = pair.1 else { return };
        memory.addresses.remove(&address);
        if memory.known.len() >= MOST && !memory.known.contains_key(&pair) {
            let oldest = memory.known.iter().min_by_key(|(_, at)| **at).map(|(pair, _)| pair.clone());
            oldest.map(|oldest| memory.known.remove(&oldest));
        }
        memory.known.insert(pair, now);
    }

    /// Nobody looked at the try: it counts for nothing.
    pub(crate) fn take_back(&self, name: &str, address: Option<IpAddr>) {
        let memory = &mut *self.lock();
        let pair = (key(name), address.map(network));
        let of_name = memory.names.get_mut(&pair.0);
        let of_address = pair.1.and_then(|address| memory.addresses.get_mut(&address));
        let of_both = memory.pairs.get_mut(&pair);
        for failures in of_name.into_iter().chain(of_address).chain(of_both) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failures {
    fn wait(self, free: u32, longest: Duration, now: Instant) -> Duration {
        let since = now.saturating_duration_since(self.last);
        if self.count < free || since >= REMEMBERED {
            return Duration::ZERO;
        }
        let doubled = 2_u32.saturating_pow(self.count - free);
        FIRST_WAIT.saturating_mul(doubled).min(longest).saturating_sub(since)
    }
}

fn count<K: Clone + Eq + Hash>(memory: &mut HashMap<K, Failures>, key: K, now: Instant) {
    let is_old = |failures: &Failures| now.saturating_duration_since(failures.last) >= REMEMBERED;
    if memory.len() >= MOST && !memory.contains_key(&key) {
        memory.retain(|_, failures| !is_old(failures));
        // Those with the fewest failures go first: a flood of made-up names must not wash away the count of a real one.
        while memory.len() >= MOST {
            let least = memory.iter().min_by_key(|(_, failures)| (failures.count, failures.last));
            let Some(least) = least.map(|(key, _)| key.clone()) else { break };
            memory.remove(&least);
        }
    }
    let failures = memory.entry(key).or_insert(Failures { count: 0, last: now });
    if is_old(failures) {
        failures.count = 0;
    }
    *failures = Failures { count: failures.count.saturating_add(1), last: now };
}

/// A name as it is compared, cut to what a name can be.
fn key(name: &str) -> String {
    name.trim().chars().take(60).collect::<String>().to_lowercase()
}

/// One customer of a provider has as many addresses of the newer kind as it likes, all in one network.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => v6
            .to_ipv4_mapped()
            .map_or_else(|| IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)), IpAddr::V4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)));
    const SECOND: Duration = Duration::from_secs(1);

    fn elsewhere(number: usize) -> Option<IpAddr> {
        Some(IpAddr::V6(Ipv6Addr::from_bits((number as u128) << 64 | 1)))
    }

    #[test]
    fn a_few_failures_are_free_and_each_further_one_costs_more() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(attempts.begin("ada", HERE, now), Ok(()));
        }
        for wait in [5, 10, 20, 40, 80, 160, 320, 640, 900, 900] {
            assert_eq!(attempts.begin("Ada ", HERE, now), Err(wait * SECOND));
            assert_eq!(attempts.begin("ada", HERE, now + (wait - 1) * SECOND), Err(SECOND));
            assert_eq!(attempts.begin("bo", HERE, now), Ok(()), "others are not held up");
            attempts.forgive("bo", HERE, now);
            now += wait * SECOND;
            assert_eq!(attempts.begin("ada", HERE, now), Ok(()), "after {wait} s");
        }
        assert_eq!(attempts.begin("ada", HERE, now + REMEMBERED), Ok(()));
        assert_eq!(attempts.begin("ada", HERE, now + REMEMBERED), Ok(()), "it begins anew");
    }

    #[test]
    fn strangers_keep_nobody_out_who_knows_the_password() {
        let (attempts, begun) = (Attempts::default(), Instant::now());
        for number in 1..=200 {
            // Each from another network, and as soon as it may.
            let now = begun + number * 30 * SECOND;
            assert_eq!(attempts.begin("ada", elsewhere(number as usize), now), Ok(()), "{number}");
        }
        let now = begun + 200 * 30 * SECOND;
        assert_eq!(attempts.begin("ada", HERE, now), Err(30 * SECOND), "it costs no more");
        for later in 1..30 {
            let knocking = attempts.begin("ada", elsewhere(500), now + later * SECOND);
            assert_eq!(knocking, Err((30 - later) * SECOND), "who knocks meanwhile does not renew it");
        }
        assert_eq!(attempts.begin("ada", HERE, now + 30 * SECOND), Ok(()));
        attempts.forgive("ada", HERE, now);

        // From where she came in she need not wait for strangers at all, but does for her own failures.
        for number in 0..10 {
            assert_eq!(attempts.begin("ada", elsewhere(number), now), Ok(()));
        }
        assert_eq!(attempts.begin("ada", elsewhere(500), now), Err(5 * SECOND));
        for _ in 0..5 {
            assert_eq!(attempts.begin("ada", HERE, now), Ok(()));
        }
        assert_eq!(attempts.begin("ada", HERE, now), Err(5 * SECOND));
    }

    #[test]
    fn a_try_that_nobody_looked_at_counts_for_nothing() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..100 {
            assert_eq!(attempts.begin("ada", HERE, now), Ok(()));
            attempts.take_back("ada", HERE);
        }
    }

    #[test]
    fn an_address_that_tries_many_names_has_to_wait() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for number in 0..20 {
            assert_eq!(attempts.begin(&format!("name{number}"), HERE, now), Ok(()));
        }
        assert_eq!(attempts.begin("ada", HERE, now), Err(5 * SECOND));
        assert_eq!(attempts.begin("ada", None, now), Ok(()), "from elsewhere she may");
        attempts.forgive("ada", HERE, now);
        assert_eq!(attempts.begin("ada", HERE, now), Ok(()), "she knew the password");
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory_or_wash_away_a_count() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..5 {
            attempts.begin("ada", None, now).unwrap();
        }
        for number in 0..MOST + 100 {
            let name = format!("name{number}");
            attempts.begin(&name, elsewhere(number), now).unwrap();
        }
        for number in 0..MOST + 100 {
            attempts.forgive(&format!("other{number}"), elsewhere(MOST * 2 + number), now);
        }
        let memory = attempts.lock();
        let sizes = [memory.names.len(), memory.addresses.len(), memory.pairs.len(), memory.known.len()];
        assert_eq!(sizes, [MOST; 4]);
        drop(memory);
        assert!(attempts.begin("ada", None, now).is_err());
    }

    #[test]
    fn neighbours_in_a_network_count_as_one() {
        let at = |text: &str| network(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.7"), HERE.unwrap());
        assert_ne!(at("192.0.2.7"), at("192.0.2.8"));
    }
}
