//! The values of a bot and their rules. Owns what may be asked for (`NewBot`) and every rule about it, told with its
//! field and how to mend it; what is stored is `entities::bot`, and what may be different about it `changes`.

use jiff::tz::TimeZone;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::entities::bot::Model as Bot;
use crate::problem::Problems;
use crate::rhythm::Rhythm;

/// The longest action interval, in seconds: seven days.
pub const LONGEST_INTERVAL_S: i64 = 7 * 24 * 3_600;
/// How many interests a bot may have.
pub const MOST_INTERESTS: usize = 20;

/// How strongly a bot is drawn to each thing it can do. Only their proportion counts: they are normalised when used, so
/// that a large one can never starve those that come after it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Weights {
    /// Making and sharing a picture.
    pub post: f64,
    /// Saying something about somebody's picture.
    pub comment: f64,
    /// Liking somebody's picture.
    pub like: f64,
    /// Only looking.
    pub browse: f64,
}

impl Weights {
    /// The same proportions with a sum of 1: post, comment, like, browse.
    #[must_use]
    pub fn shares(self) -> Weights {
        // Divided by the largest first: weights near the end of f64 must not add up to infinity.
        let largest = self.post.max(self.comment).max(self.like).max(self.browse).max(f64::MIN_POSITIVE);
        let [post, comment, like, browse] =
            [self.post, self.comment, self.like, self.browse].map(|w| w / largest);
        let sum = post + comment + like + browse;
        Weights { post: post / sum, comment: comment / sum, like: like / sum, browse: browse / sum }
    }
}

/// What a bot is drawn to talk about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Interests(pub Vec<String>);

/// A bot that somebody wants to have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewBot {
    /// What readers see, 1 to 100 characters.
    pub name: String,
    /// 3 to 30 of `a-z0-9_`, unique among the living.
    pub username: String,
    /// The id of a persona of the catalogue.
    pub persona: String,
    /// What it says about itself on its profile, at most 300 characters.
    #[serde(default)]
    pub bio: String,
    /// Who it is, in a sentence or two, at most 1,000 characters.
    pub personality: String,
    /// Its manner in a word or two, at most 100 characters.
    pub vibe: String,
    /// At most 20, each 1 to 60 characters.
    pub interests: Interests,
    /// What it is drawn to do.
    pub weights: Weights,
    /// Its day.
    pub rhythm: Rhythm,
    /// The shortest time between two actions, in seconds of fleet time, at least 1.
    pub min_interval_s: i64,
    /// The longest, at most seven days, not below the shortest.
    pub max_interval_s: i64,
}

impl NewBot {
    /// Checks every rule.
    ///
    /// # Errors
    /// All broken rules at once.
    pub fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        self.check_identity(&mut problems);
        self.check_interests(&mut problems);
        self.check_weights(&mut problems);
        self.check_rhythm(&mut problems);
        self.check_intervals(&mut problems);
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_identity(&self, problems: &mut Problems) {
        check_length(problems, "name", &self.name, 1, 100);
        problems.require(
            is_username(&self.username),
            "username",
            "must be 3 to 30 characters of a-z, 0-9 and _",
            match suggest_username(&self.username) {
                Some(suggestion) => format!("try `{suggestion}`"),
                None => "write it in small letters without accents or spaces".into(),
            },
        );
        check_length(problems, "persona", &self.persona, 1, 60);
        check_length(problems, "bio", &self.bio, 0, 300);
        check_length(problems, "personality", &self.personality, 0, 1_000);
        check_length(problems, "vibe", &self.vibe, 0, 100);
    }

    fn check_interests(&self, problems: &mut Problems) {
        let Interests(interests) = &self.interests;
        problems.require(
            interests.len() <= MOST_INTERESTS,
            "interests",
            format!("may be {MOST_INTERESTS} at the most, there are {}", interests.len()),
            "keep those that matter most",
        );
        problems.require(
            interests.iter().all(|interest| (1..=60).contains(&interest.trim().chars().count())),
            "interests",
            "must each have 1 to 60 characters",
            "shorten the long ones and leave out empty ones",
        );
        interests.iter().for_each(|interest| refuse_zero(problems, "interests", interest));
    }

    fn check_weights(&self, problems: &mut Problems) {
        let Weights { post, comment, like, browse } = self.weights;
        let each = [
            ("weights.post", post),
            ("weights.comment", comment),
            ("weights.like", like),
            ("weights.browse", browse),
        ];
        for (field, weight) in each {
            problems.require(
                weight.is_finite() && weight >= 0.0,
                field,
                format!("must be a number of 0 or more, it is {weight}"),
                "0 means never; only the proportion of the four counts",
            );
        }
        problems.require(
            each.iter().any(|(_, weight)| *weight != 0.0),
            "weights",
            "must not all be 0",
            "raise at least one; a bot that only looks has `browse` 1",
        );
    }

    fn check_rhythm(&self, problems: &mut Problems) {
        let Rhythm { zone, busy, days } = &self.rhythm;
        problems.require(
            TimeZone::get(zone).is_ok(),
            "rhythm.zone",
            format!("must be a time zone of the IANA database, `{zone}` is none"),
            "write it as `Europe/London` or `UTC`",
        );
        problems.require(
            !busy.is_empty()
                && busy.iter().all(|span| span.from <= 23 && span.to <= 24 && span.from != span.to),
            "rhythm.busy",
            "must be one or more spans from an hour 0-23 to another hour 0-24",
            "write `9-17`, or `22-2` for a span across midnight",
        );
        problems.require(
            !days.is_empty(),
            "rhythm.days",
            "must name at least one day",
            "write `mon,tue,wed,thu,fri,sat,sun` for every day",
        );
    }

    fn check_intervals(&self, problems: &mut Problems) {
        for (field, seconds) in
            [("min_interval_s", self.min_interval_s), ("max_interval_s", self.max_interval_s)]
        {
            problems.require(
                (1..=LONGEST_INTERVAL_S).contains(&seconds),
                field,
                format!("must be 1 second to 7 days ({LONGEST_INTERVAL_S} s), it is {seconds} s"),
                "60 to 300 suits a regular resident",
            );
        }
        problems.require(
            self.min_interval_s <= self.max_interval_s,
            "max_interval_s",
            format!("must not be below `min_interval_s`, {} s", self.min_interval_s),
            "raise it, or lower the minimum",
        );
    }
}

impl From<&Bot> for NewBot {
    fn from(bot: &Bot) -> Self {
        NewBot {
            name: bot.name.clone(),
            username: bot.username.clone(),
            persona: bot.persona.clone(),
            bio: bot.bio.clone(),
            personality: bot.personality.clone(),
            vibe: bot.vibe.clone(),
            interests: bot.interests.clone(),
            weights: bot.weights,
            rhythm: bot.rhythm.clone(),
            min_interval_s: bot.min_interval_s,
            max_interval_s: bot.max_interval_s,
        }
    }
}

fn check_length(problems: &mut Problems, field: &'static str, value: &str, least: usize, most: usize) {
    let length = value.trim().chars().count();
    problems.require(
        (least..=most).contains(&length),
        field,
        format!("must have {least} to {most} characters, it has {length}"),
        if length < least { "fill it in" } else { "shorten it" },
    );
    refuse_zero(problems, field, value);
}

/// Postgres keeps no text with a zero in it.
fn refuse_zero(problems: &mut Problems, field: &'static str, value: &str) {
    problems.require(
        !value.contains('\0'),
        field,
        "must be text, it has a zero character in it",
        "write it again by hand; the character is invisible",
    );
}

/// Whether a bot can go by this.
pub(crate) fn is_username(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (3..=30).contains(&text.len()) && text.chars().all(allowed)
}

/// The nearest username to what was written, when there is one.
#[must_use]
pub fn suggest_username(written: &str) -> Option<String> {
    let mut suggestion = String::new();
    for c in written.trim().to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => suggestion.push(c),
            _ if suggestion.ends_with('_') || suggestion.is_empty() => {}
            _ => suggestion.push('_'),
        }
    }
    suggestion.truncate(30);
    let suggestion = suggestion.trim_end_matches('_');
    (suggestion.len() >= 3).then(|| suggestion.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_keep_the_proportions_and_add_up_to_one_however_large_the_weights() {
        let shares = Weights { post: f64::MAX, comment: f64::MAX, like: f64::MAX, browse: f64::MAX }.shares();
        assert!((shares.like - 0.25).abs() < 1e-12);
        let shares = Weights { post: 3.0, comment: 0.0, like: 1.0, browse: 0.0 }.shares();
        assert!((shares.post - 0.75).abs() < 1e-12 && (shares.like - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_username_is_suggested_from_what_was_meant() {
        assert_eq!(suggest_username("Ada Lovelace"), Some("ada_lovelace".into()));
        assert_eq!(suggest_username("--Ada--"), Some("ada".into()));
        assert_eq!(suggest_username("é"), None);
    }
}
