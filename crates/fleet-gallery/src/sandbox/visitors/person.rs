//! Who a visitor is: a name, a taste, a voice, a way of spending days. The same seed and number are the same person.
//!
//! Most people only look, like, and say a word now and then; a few do most of everything. About three in a hundred want
//! no bots near them, and as many now and then write what is meant to make a machine obey.

use std::collections::HashSet;
use std::time::Duration;

use jiff::tz::TimeZone;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal};

use super::name::{self, Name};
use super::phrase::{self, Language, capital, say};
use super::rhythm::Rhythm;

/// How many kinds of pictures there are.
pub(super) const GENRES: usize = 6;

/// A simulated person.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) username: String,
    pub(super) name: String,
    pub(super) bio: Option<String>,
    pub(super) language: Language,
    /// What they make or like most, and what they like as well.
    pub(super) genre: usize,
    pub(super) second: usize,
    /// How likely they are to post when they look in; 0 for most.
    pub(super) posts: f64,
    /// How likely a reaction of theirs is in words.
    pub(super) talks: f64,
    pub(super) wary: Option<Wary>,
    /// Whether they try what a machine obeys.
    pub(super) prankster: bool,
    pub(super) voice: Voice,
    pub(super) rhythm: Rhythm,
    /// How often they look in on an average day.
    pub(super) sessions: f64,
    /// How many things they do then, on average.
    pub(super) acts: f64,
    /// How long after joining they still come back; for ever if none.
    pub(super) stays: Option<Duration>,
}

/// Where somebody who wants no bots says so first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wary {
    InBio,
    InCaptions,
    /// Under a bot's comment, when there is one.
    WhenMet,
}

/// How somebody types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) lower: bool,
    pub(super) stops: bool,
    /// How likely a text ends in an emoji.
    pub(super) emoji: f64,
    /// How likely a text has a slip of the fingers.
    pub(super) slips: f64,
}

/// The first `count` people of a seed. `founders` of them are there from the beginning; of the others more are gone
/// again after one look.
pub(super) fn people(seed: u64, count: usize, founders: usize) -> Vec<Person> {
    let mut taken = HashSet::new();
    (0..count).map(|index| person(seed, index, index < founders, &mut taken)).collect()
}

/// The dice of one person for one purpose.
pub(super) fn dice(seed: u64, index: usize, purpose: u64) -> StdRng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(index as u64).to_le_bytes());
    key[16..24].copy_from_slice(&purpose.to_le_bytes());
    StdRng::from_seed(key)
}

fn person(seed: u64, index: usize, founder: bool, taken: &mut HashSet<String>) -> Person {
    let mut dice = dice(seed, index, 0);
    let genre = dice.random_range(0..GENRES);
    let second = (genre + dice.random_range(1..GENRES)) % GENRES;
    let Name { shown, handle, zone, language } = name::draw(genre, taken, &mut dice);
    let wary = dice
        .random_bool(0.03)
        .then(|| [Wary::InBio, Wary::InCaptions, Wary::WhenMet, Wary::WhenMet][dice.random_range(0..4)]);
    // Spread evenly, so that few people have the few who do most among them as well as many have.
    let rank = (0.93 + index as f64 * 0.618_034).fract();
    let activity = ((rank / (1.0 - rank)).ln() / 1.702).clamp(-2.4, 2.4);
    let prankster = dice.random_bool(0.03);
    let maker = index % 5 < 2 || wary.is_some() || prankster;
    let posts = if maker { dice.random_range(0.2..0.75) } else { 0.0 };
    let talks = if maker { dice.random_range(0.08..0.3) } else { dice.random_range(0.01..0.14) };
    let voice = Voice {
        lower: dice.random_bool(0.42),
        stops: dice.random_bool(0.35),
        emoji: if dice.random_bool(0.15) { dice.random_range(0.1..0.4) } else { 0.005 },
        slips: if dice.random_bool(0.12) { dice.random_range(0.05..0.15) } else { 0.008 },
    };
    let gone = if founder { [0.0, 0.12] } else { [0.3, 0.5] };
    let stays = match dice.random::<f64>() {
        fate if fate < gone[0] => Some(Duration::from_secs(2 * 3600)),
        fate if fate < gone[1] => Some(days(4.0, 0.8, &mut dice)),
        _ => None,
    };
    // Whoever cares so much cares for the place, and comes back; a prankster wants to see what became of it.
    let stays = stays.filter(|_| wary.is_none() && !prankster);
    let sessions =
        (0.45 * (1.9 * activity).exp()).clamp(if wary.is_some() || prankster { 1.0 } else { 0.05 }, 10.0);
    let mut person = Person {
        username: handle,
        name: shown,
        bio: None,
        language,
        genre,
        second,
        posts,
        talks,
        wary,
        prankster,
        voice,
        rhythm: rhythm(zone, &mut dice),
        sessions,
        acts: 2.5 + 4.5 * rank,
        stays,
    };
    person.bio = bio(&person, maker, &mut dice);
    person
}

fn rhythm(zone: &str, dice: &mut StdRng) -> Rhythm {
    let owl: f64 = dice.random_range(-1.0..1.0);
    let rises = 7.4 + 1.3 * owl + dice.random_range(-0.4..0.4);
    let retires = 23.4 + 1.5 * owl + dice.random_range(-0.5..0.5);
    // Every zone of the list is built in; a test asks for each.
    Rhythm::new(TimeZone::get(zone).unwrap_or(TimeZone::UTC), rises, retires, dice.random_range(0.3..1.5))
}

fn days(median: f64, spread: f64, dice: &mut StdRng) -> Duration {
    let days = LogNormal::new(f64::ln(median), spread).map_or(median, |days| days.sample(dice));
    Duration::from_secs_f64(days.clamp(0.1, 365.0) * 86_400.0)
}

fn bio(person: &Person, maker: bool, dice: &mut StdRng) -> Option<String> {
    let refusal = (person.wary == Some(Wary::InBio)).then(|| say("refuse.bio", &[], dice));
    let home = format!("{}.bio", person.language.code());
    let own = match dice.random_range(0..100) {
        0..25 => None,
        25..60 if phrase::known(&home) => Some(say(&home, &[], dice)),
        _ => {
            let list = if maker { format!("bio.{}", person.genre) } else { "bio.look".to_owned() };
            let more = if dice.random_bool(0.35) { say("where", &[], dice) } else { String::new() };
            let said = say(&list, &[], dice);
            Some(if more.is_empty() {
                said
            } else {
                format!("{said}{}{more}", [". ", " · ", ", ", " | "][dice.random_range(0..4)])
            })
        }
    };
    let whole = [own, refusal].into_iter().flatten().collect::<Vec<_>>().join(". ");
    let whole = if person.voice.lower { whole } else { capital(&whole) };
    (!whole.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_people_however_many_are_asked_for() {
        let (few, many) = (people(7, 12, 12), people(7, 300, 12));
        for (one, other) in few.iter().zip(&many) {
            assert_eq!(format!("{one:?}"), format!("{other:?}"));
        }
        assert_ne!(people(8, 1, 1)[0].username, few[0].username);
    }

    #[test]
    fn most_people_look_some_make_and_a_few_want_no_bots() {
        let all: Vec<Person> = (0..10).flat_map(|seed| people(seed, 500, 100)).collect();
        let share =
            |test: fn(&Person) -> bool| all.iter().filter(|one| test(one)).count() as f64 / all.len() as f64;
        assert!((0.38..0.5).contains(&share(|one| one.posts > 0.0)));
        assert!((0.02..0.04).contains(&share(|one| one.wary.is_some())));
        assert!((0.02..0.04).contains(&share(|one| one.prankster)));
        assert!((0.18..0.34).contains(&share(|one| one.language != Language::English)));
        assert!((0.6..0.9).contains(&share(|one| one.bio.is_some())));
        assert!(all.iter().filter(|one| one.wary == Some(Wary::InBio)).all(|one| one.bio.is_some()));
        // A tenth of the people look in more than half of the time.
        let mut sessions: Vec<f64> = all.iter().map(|one| one.sessions).collect();
        sessions.sort_by(f64::total_cmp);
        let top: f64 = sessions[sessions.len() * 9 / 10..].iter().sum();
        assert!((0.45..0.8).contains(&(top / sessions.iter().sum::<f64>())));
    }
}
