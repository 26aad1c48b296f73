//! What visitors say: it finds what a picture shows, draws a phrase that fits, and lets each person type it their way.
//!
//! Nothing is said twice: what was said is remembered, and drawn anew. Every text keeps the gallery's lengths.

mod hand;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use hand::{clauses, typed};

use super::injection;
use super::person::{GENRES, Person, Wary};
use super::phrase::{self, Language, capital, say};

/// How often a sentence is drawn again before it may repeat another.
const ATTEMPTS: usize = 30;
/// The kinds whose things are spoken of as posters and charts of them, of which there is one.
const ONE_OF_MANY: [usize; 2] = [1, 3];
/// The gallery's own limits, in characters.
const LONGEST_TITLE: usize = 200;
const LONGEST_TEXT: usize = 1000;

/// A post to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Idea {
    pub(super) prompt: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Where it belongs in the gallery.
    pub(super) category: &'static str,
}

/// What somebody speaks of, and to whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) topic: Option<Topic>,
    /// The kind of picture, if it can be told.
    pub(super) genre: Option<usize>,
    /// The display name of whoever is spoken to.
    pub(super) to: &'a str,
    /// What has been said under the post so far.
    pub(super) under: &'a [&'a str],
}

impl About<'_> {
    /// Whether somebody said a part of this under the same post, in the same words.
    fn echoes(&self, text: &str) -> bool {
        let mine: HashSet<String> = clauses(text).collect();
        self.under.iter().any(|other| clauses(other).any(|clause| mine.contains(&clause)))
    }
}

/// A thing that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) genre: usize,
    pub(super) name: &'static str,
}

/// What has been said already, by its digest.
#[derive(Debug, Default)]
pub(super) struct Said(HashSet<u64>);

impl Said {
    /// Remembers a text; whether it was new.
    pub(super) fn note(&mut self, text: &str) -> bool {
        let mut digest = DefaultHasher::new();
        text.trim_end_matches(['.', '!']).to_lowercase().hash(&mut digest);
        self.0.insert(digest.finish())
    }

    /// Draws until a text is new, or patience ends.
    fn fresh(&mut self, draw: impl FnMut() -> String) -> String {
        self.attempt(draw).unwrap_or_else(|repeated| repeated)
    }

    /// The same, and unlike what others said about it.
    fn fresh_about(&mut self, about: &About<'_>, mut draw: impl FnMut() -> String) -> String {
        self.fresh(|| {
            let mut text = draw();
            for _ in 0..ATTEMPTS {
                if !about.echoes(&text) {
                    break;
                }
                text = draw();
            }
            text
        })
    }

    /// The same; where there is nothing new to be had, people count.
    fn fresh_title(&mut self, draw: impl FnMut() -> String) -> String {
        self.attempt(draw).unwrap_or_else(|repeated| {
            let mut numbered = (2..).map(|number| format!("{repeated} {number}"));
            numbered.find(|title| self.note(title)).unwrap_or(repeated)
        })
    }

    fn attempt(&mut self, mut draw: impl FnMut() -> String) -> Result<String, String> {
        let mut text = draw();
        for _ in 0..ATTEMPTS {
            if self.note(&text) {
                return Ok(text);
            }
            text = draw();
        }
        Err(text)
    }
}

/// A picture to make, its title and what stands beneath.
pub(super) fn idea(person: &Person, said: &mut Said, dice: &mut StdRng) -> Idea {
    let genre = if dice.random_bool(0.85) { person.genre } else { person.second };
    let home = format!("{}.", person.language.code());
    let abroad = person.language != Language::English && dice.random_bool(0.6);
    let (root, subjects) = match abroad {
        true => (home.as_str(), format!("{home}subject.{genre}")),
        false => ("", format!("subject.{genre}")),
    };
    let subject = phrase::lines(&subjects).choose(dice).copied().unwrap_or("moon|moon");
    let (full, short) = subject.split_once('|').unwrap_or((subject, subject));
    let mood = say(&format!("mood.{genre}"), &[], dice);
    let whole = with_article(full);
    let prompt = say(
        &format!("prompt.{genre}"),
        &[("s", full), ("a s", &whole), ("A s", &capital(&whole)), ("m", &mood)],
        dice,
    );
    let (upper, one) = (capital(short), with_article(short));
    let words =
        [("s", short), ("S", &upper), ("a s", &one), ("A s", &capital(&one)), ("m", &mood), ("t", short)];
    let list = if root.is_empty() { format!("title.{genre}") } else { format!("{root}title") };
    let title = said.fresh_title(|| {
        let title = say(&list, &words, dice);
        // People write a title as they like, but few change that from one to the next.
        if person.voice.lower && root.is_empty() { title.to_lowercase() } else { capital(&title) }
    });
    let notes = if root.is_empty() { format!("note.{genre}") } else { format!("{root}note") };
    let pleads = person.wary == Some(Wary::InCaptions);
    let description = (pleads || dice.random_bool(0.6)).then(|| {
        said.fresh(|| {
            let mut note = say(&notes, &words, dice);
            if dice.random_bool(0.3) {
                let more = say(&notes, &words, dice);
                if !note.contains(&more) && !more.contains(&note) {
                    note = format!("{note}{}{more}", if note.ends_with('?') { " " } else { ". " });
                }
            }
            let note = typed(&note, person, dice);
            if dice.random_bool(0.1) { format!("{note} {}", say("hashtag", &[], dice)) } else { note }
        })
    });
    let description = match description {
        Some(note) if pleads => Some(format!("{note}\n{}", say("refuse.caption", &[], dice))),
        _ if person.prankster && dice.random_bool(0.35) => Some(injection::draw(dice).to_owned()),
        description => description,
    };
    // A number no one sees keeps two posts about the same thing from being the same picture.
    let prompt = format!("{prompt} {}", dice.random_range(100..1000));
    Idea {
        prompt,
        title: cut(&title, LONGEST_TITLE),
        description: description.map(|text| cut(&text, LONGEST_TEXT)),
        category: ["marketing", "marketing", "ai-workflows", "data-viz", "ai-workflows", "utilities"][genre],
    }
}

/// A remark under somebody's picture.
pub(super) fn comment(person: &Person, about: &About<'_>, said: &mut Said, dice: &mut StdRng) -> String {
    if person.prankster && dice.random_bool(0.3) {
        return cut(injection::draw(dice), LONGEST_TEXT);
    }
    let native = person.language != Language::English && dice.random_bool(0.35);
    let genre = about.genre.map_or_else(|| "any".to_owned(), |genre| genre.to_string());
    let text = said.fresh_about(about, || {
        let text = if native {
            say(&format!("{}.comment", person.language.code()), &[("name", first(about.to))], dice)
        } else {
            remark(about, &genre, dice)
        };
        typed(&text, person, dice)
    });
    cut(&text, LONGEST_TEXT)
}

fn remark(about: &About<'_>, genre: &str, dice: &mut StdRng) -> String {
    // Here and there somebody sees what could be in any picture.
    let mut kind = |kind: &str| {
        if dice.random_bool(0.25) { format!("{kind}.any") } else { format!("{kind}.{genre}") }
    };
    let [parts, qualities, clauses] = ["part", "quality", "clause"].map(&mut kind);
    // Three different things, so that nothing is compared with itself.
    let seen: Vec<&str> = phrase::lines(&parts).sample(dice, 3).copied().collect();
    let [mut detail, part, other] = [0, 1, 2].map(|at| seen.get(at).copied().unwrap_or("it"));
    let quality = say(&qualities, &[], dice);
    if dice.random_bool(0.35) {
        detail = &quality;
    }
    let clause = say(&clauses, &[], dice);
    let craft = if dice.random_bool(0.25) { "craft.any".to_owned() } else { format!("craft.{genre}") };
    let craft = say(&craft, &[], dice);
    let thing = about.topic.map(Topic::spoken);
    let short = thing.as_deref().unwrap_or("one");
    let one = with_article(short);
    let title =
        if about.title.chars().count() <= 48 { about.title.to_owned() } else { "that title".to_owned() };
    let own_kind = match about.topic {
        Some(topic) => say(topic.manner(), &[("t", short), ("a t", &one)], dice),
        None => String::new(),
    };
    let words = [
        ("detail", detail),
        ("part", part),
        ("other", other),
        ("clause", &clause),
        ("own kind", &own_kind),
        ("craft", &craft),
        ("t", short),
        ("a t", &one),
        ("title", &title),
        ("name", first(about.to)),
    ];
    let list = match (&thing, dice.random_range(0..100)) {
        (_, 0..4) => "short",
        (Some(_), 4..58) => "comment.topic",
        _ => "comment.plain",
    };
    say(list, &words, dice)
}

/// What somebody says back: to praise or a question under their own picture, or in a thread.
pub(super) fn reply(
    person: &Person,
    about: &About<'_>,
    heard: &str,
    mine: bool,
    said: &mut Said,
    dice: &mut StdRng,
) -> String {
    let thing = about.topic.map_or_else(|| "picture".to_owned(), Topic::spoken);
    let words = [("name", first(about.to)), ("t", thing.as_str())];
    let thanks = format!("{}.thanks", person.language.code());
    let asked = heard.contains(['?', '？']);
    let native = mine && !asked && phrase::known(&thanks) && dice.random_bool(0.5);
    let list = match (mine, asked) {
        _ if native => thanks.as_str(),
        (true, true) => "answer",
        (true, false) => "thanks",
        (false, _) => "nod",
    };
    let text = said.fresh_about(about, || typed(&say(list, &words, dice), person, dice));
    cut(&text, LONGEST_TEXT)
}

/// Asks whether somebody is a bot.
pub(super) fn ask(person: &Person, to: &str, said: &mut Said, dice: &mut StdRng) -> String {
    let text = said.fresh(|| typed(&say("ask", &[("name", first(to))], dice), person, dice));
    cut(&text, LONGEST_TEXT)
}

/// Asks a bot to stay away, the firmer the more often it has been said: `before` times.
pub(super) fn refuse(person: &Person, to: &str, before: usize, said: &mut Said, dice: &mut StdRng) -> String {
    let many = match before {
        0..=2 => "three".to_owned(),
        3..=8 => ["four", "five", "six", "seven", "eight", "nine"][before - 3].to_owned(),
        more => more.to_string(),
    };
    let digits = (before + 1).to_string();
    let code = person.language.code();
    let home = if before == 0 { format!("{code}.refuse") } else { format!("{code}.firm") };
    let native = phrase::known(&home) && dice.random_bool(0.7);
    let text = said.fresh(|| {
        if native {
            return say(&home, &[("name", first(to)), ("many", &digits)], dice);
        }
        let words = [("name", first(to)), ("many", many.as_str())];
        say(["refuse.0", "refuse.1", "refuse.2"][before.min(2)], &words, dice)
    });
    // Whoever means it types with care.
    if person.voice.lower { text } else { capital(&text) }
}

/// The thing that a title or what stands beneath it names: the longest one known, the title's first.
pub(super) fn topic(title: &str, description: Option<&str>) -> Option<Topic> {
    find(title).or_else(|| find(description?))
}

fn find(text: &str) -> Option<Topic> {
    /// By their first words.
    static TOPICS: LazyLock<HashMap<&'static str, Vec<Topic>>> = LazyLock::new(|| {
        let mut topics: HashMap<&str, Vec<Topic>> = HashMap::new();
        for genre in 0..GENRES {
            let subjects = phrase::lines(&format!("subject.{genre}")).into_iter();
            let spoken = subjects.filter_map(|line| line.split_once('|')).map(|(_, short)| short);
            // The phrases speak of one thing, and would stumble over several.
            let one = |name: &&str| ONE_OF_MANY.contains(&genre) || !is_many(name);
            for name in spoken.chain(phrase::lines(&format!("topic.{genre}"))).filter(one) {
                let first = words(name).next().map_or(name, |(_, word)| word);
                topics.entry(first).or_default().push(Topic { genre, name });
            }
        }
        topics
    });
    let text = text.to_lowercase();
    let whole = |at: usize, name: &str| {
        let after = text[at..].strip_prefix(name);
        after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    };
    let named = words(&text).flat_map(|(at, word)| {
        let known = TOPICS.get(word).into_iter().flatten();
        known.filter(move |topic| whole(at, topic.name))
    });
    // “Lamp in forest” is a lamp: what may be a mood is the subject only where nothing else is.
    let mood = |name| (0..GENRES).any(|genre| phrase::lines(&format!("mood.{genre}")).contains(&name));
    named.max_by_key(|topic| (!mood(topic.name), topic.name.len())).copied()
}

/// The words of a text and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|letter: char| !letter.is_alphanumeric()).filter_map(move |word| {
        let began = at;
        // Whatever ends a word is stepped over whole, however many bytes it has.
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((began, word))
    })
}

impl Topic {
    /// A count noun for it.
    fn spoken(self) -> String {
        match self.genre {
            1 => format!("{} poster", self.name),
            3 => format!("{} chart", self.name),
            _ => self.name.to_owned(),
        }
    }

    /// The list of what is said only of things of its kind.
    fn manner(self) -> &'static str {
        const KINDS: [&str; GENRES] =
            ["spoken.0", "spoken.1", "spoken.2", "spoken.3", "spoken.4", "spoken.5"];
        let looks_back = !ONE_OF_MANY.contains(&self.genre) && phrase::lines("being").contains(&self.name);
        if looks_back { "spoken.being" } else { KINDS[self.genre] }
    }
}

fn is_many(thing: &str) -> bool {
    thing.ends_with('s') && !thing.ends_with("ss")
}

fn with_article(thing: &str) -> String {
    if is_many(thing) {
        return thing.to_owned();
    }
    let vowel = thing.starts_with(['a', 'e', 'i', 'o', 'u']) && !thing.starts_with("uni");
    format!("{} {thing}", if vowel { "an" } else { "a" })
}

/// The name that one calls somebody by.
fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or("you")
}

fn cut(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

#[cfg(test)]
mod tests;
