//! One archetype of the fleet: its rhythm, tastes, recipe and vocabulary. Owns what a persona is; refuses to read or
//! check one, which is the catalogue's part, and to be anybody in particular, which is a resident's.

use serde::{Deserialize, Serialize};

use crate::phrase::Vocabulary;
pub use crate::recipe::{Choices, Finish, Layer, Recipe, Shows};

/// One archetype. Every bot is drawn from one.
#[derive(Debug, Clone)]
pub struct Persona {
    /// Its name in configuration and in the database.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// One line on who it is.
    pub about: String,
    /// The tone it speaks in, in a word.
    pub vibe: String,
    /// A few sentences on how it sees the world.
    pub personality: String,
    /// What it cares about, 1 to 20 short phrases.
    pub interests: Vec<String>,
    /// How often it does what.
    pub weights: Weights,
    /// Where its residents live, as IANA zones; the first is the archetype's own.
    pub zones: Vec<String>,
    /// When it is awake to things.
    pub busy: Busy,
    /// How fast it acts within a session.
    pub pace: Pace,
    /// How often it is drawn, against the others' shares.
    pub share: f64,
    /// The gallery's shelf its pictures belong on.
    pub category: String,
    /// How its pictures are made, one way or another; at least one.
    pub recipes: Vec<Recipe>,
    /// What is drawn by lot for each picture of any recipe, such as its colours.
    pub choices: Choices,
    /// What it draws and how it talks, for the offline generator.
    pub vocabulary: Vocabulary,
}

/// How often a bot does what, as probabilities in proportion to each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Make a picture and post it.
    pub post: f64,
    /// Look for something to comment on.
    pub comment: f64,
    /// Look for something to like.
    pub like: f64,
    /// Look, and leave it at that.
    pub browse: f64,
}

impl Weights {
    /// The same proportions, adding up to one.
    #[must_use]
    pub fn normalised(self) -> Weights {
        let sum = self.post + self.comment + self.like + self.browse;
        Weights {
            post: self.post / sum,
            comment: self.comment / sum,
            like: self.like / sum,
            browse: self.browse / sum,
        }
    }
}

/// When a bot is awake to things, in its local time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// The hours of a busy day.
    pub hours: Vec<HourSpan>,
    /// The days; one belongs to the evening it began in.
    pub days: Vec<Day>,
}

/// Hours from one to another, the second not included. It spans midnight when it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourSpan {
    /// The first hour, 0 to 23.
    pub from: u8,
    /// The hour it ends at, 1 to 24, or 0 to 23 past midnight.
    pub to: u8,
}

impl HourSpan {
    /// The same span, `by` hours later.
    #[must_use]
    pub fn later(self, by: i8) -> HourSpan {
        if self.from == 0 && self.to == 24 {
            return self;
        }
        let hour = |at: u8| (i16::from(at) + i16::from(by)).rem_euclid(24) as u8;
        let to = match hour(self.to) {
            0 => 24,
            to => to,
        };
        HourSpan { from: hour(self.from), to }
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of the days say it")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    /// The day that `text` names in three lower-case letters.
    pub fn from_name(text: &str) -> Option<Day> {
        Some(match text {
            "mon" => Day::Mon,
            "tue" => Day::Tue,
            "wed" => Day::Wed,
            "thu" => Day::Thu,
            "fri" => Day::Fri,
            "sat" => Day::Sat,
            "sun" => Day::Sun,
            _ => return None,
        })
    }
}

/// The pause between two actions of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The shortest, in seconds.
    pub min_seconds: u32,
    /// The longest, in seconds.
    pub max_seconds: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_moves_around_the_clock_and_never_becomes_empty() {
        assert_eq!(HourSpan { from: 18, to: 2 }.later(1), HourSpan { from: 19, to: 3 });
        assert_eq!(HourSpan { from: 0, to: 4 }.later(-1), HourSpan { from: 23, to: 3 });
        assert_eq!(HourSpan { from: 20, to: 23 }.later(1), HourSpan { from: 21, to: 24 });
        assert_eq!(HourSpan { from: 20, to: 24 }.later(1), HourSpan { from: 21, to: 1 });
        assert_eq!(HourSpan { from: 0, to: 24 }.later(1), HourSpan { from: 0, to: 24 });
    }
}
