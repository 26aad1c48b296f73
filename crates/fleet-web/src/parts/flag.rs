//! A signal flag for each bot, drawn from its id: the same bot flies the same flag everywhere, and one finds it in the
//! feed without reading. Colours are attributes, since the page's policy forbids inline styles.

use askama::Template;
use fleet_bots::BotId;

const INKS: [(&str, &str); 10] = [
    ("#c2452d", "#f6f1e4"),
    ("#1f5c94", "#f6f1e4"),
    ("#e3b23c", "#1f5c94"),
    ("#e3b23c", "#c2452d"),
    ("#0b5f6b", "#f2c14e"),
    ("#1d2f36", "#f2c14e"),
    ("#f6f1e4", "#1f5c94"),
    ("#f6f1e4", "#c2452d"),
    ("#3f7d58", "#f6f1e4"),
    ("#6a4c7d", "#f0d9b5"),
];
const PATTERNS: u8 = 9;

/// A flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/flag.html")]
pub(crate) struct Flag {
    pattern: u8,
    ground: &'static str,
    ink: &'static str,
}

impl Flag {
    pub(crate) fn of(id: BotId) -> Self {
        // The front of an id is the time it was made; only its end is chance.
        let bytes = id.0.as_bytes();
        let (ground, ink) = INKS[usize::from(bytes[15]) % INKS.len()];
        Self { pattern: bytes[14] % PATTERNS, ground, ink }
    }
}
