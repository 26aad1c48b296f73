//! A signal flag for each bot, drawn from its id: the same bot flies the same flag everywhere, and one finds it in the
//! feed without reading. Colours are attributes, since the page's policy forbids inline styles.

use askama::Template;
use fleet_bots::BotId;

const LIGHT: [&str; 4] = ["#f6f1e4", "#f2c14e", "#a9cfe0", "#f0b79a"];
const DARK: [&str; 6] = ["#b93d27", "#1f5c94", "#0b5f6b", "#1d2f36", "#2f6e48", "#6a4c7d"];
const PATTERNS: u8 = 13;

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
        let [.., pattern, light, dark, swap] = *id.0.as_bytes();
        let light = LIGHT[usize::from(light) % LIGHT.len()];
        let dark = DARK[usize::from(dark) % DARK.len()];
        let (ground, ink) = if swap % 2 == 0 { (light, dark) } else { (dark, light) };
        Self { pattern: pattern % PATTERNS, ground, ink }
    }
}
