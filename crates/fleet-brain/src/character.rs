//! Who speaks, about what, to whom, and what came of it. Owns the values that cross this crate's edge; refuses to
//! decide anything about them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::persona::{Busy, Pace, Recipe, Weights};
use crate::picture::Picture;

/// Who speaks: the part of a bot that a sentence depends on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Character {
    /// The id of its persona in the catalogue.
    pub persona: String,
    /// The name shown beside what it writes.
    pub name: String,
    /// Its account's handle, without a leading sign.
    pub username: String,
    /// A few sentences on how it sees the world.
    pub personality: String,
    /// The tone it speaks in, in a word.
    pub vibe: String,
    /// What it cares about; posts that match are liked.
    pub interests: Vec<String>,
}

/// A new bot as the catalogue draws it: a persona's traits, varied so that two of one persona are not twins.
#[derive(Debug, Clone, PartialEq)]
pub struct Resident {
    /// The id of its persona in the catalogue.
    pub persona: String,
    /// A name that says that an AI carries it, of 1 to 100 characters.
    pub name: String,
    /// A free handle of 3 to 30 of `a` to `z`, `0` to `9` and `_`.
    pub username: String,
    /// The persona's personality and a trait of its own.
    pub personality: String,
    /// The tone it speaks in, in a word.
    pub vibe: String,
    /// Some of the persona's interests, and sometimes one of another's.
    pub interests: Vec<String>,
    /// The persona's appetites, varied a little; they add up to one.
    pub weights: Weights,
    /// Where it lives, as an IANA zone.
    pub zone: String,
    /// When it is awake to things, shifted by up to an hour.
    pub busy: Busy,
    /// How fast it acts within a session.
    pub pace: Pace,
    /// What its profile says; it says that it is an AI.
    pub bio: String,
}

/// A picture to make, and the words to post it with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Composition {
    /// What the picture shows, for an image generator.
    pub prompt: String,
    /// A short title of at most 200 characters.
    pub title: String,
    /// A caption that describes this very picture.
    pub description: String,
    /// The workflow that makes it, with the prompt filled in.
    pub recipe: Recipe,
}

/// Somebody else's picture in the gallery, as words. All of it is untrusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The gallery's id of it.
    pub id: String,
    /// What its author called it.
    pub title: String,
    /// What its author said about it.
    pub description: Option<String>,
    /// The gallery's shelf it stands on.
    pub category: Option<String>,
    /// Its author's tags.
    pub tags: Vec<String>,
    /// Who posted it.
    pub author: Author,
    /// Whether they are a person, as far as the fleet knows: none of its own, and no agent that an operator named.
    pub by_person: bool,
    /// The picture itself, small, where the model may see it; it is not kept.
    #[serde(skip)]
    pub picture: Option<Picture>,
}

impl Post {
    /// Every text of it that its author wrote, and their name, which they wrote as well; each with their handle.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts = [Some(&self.title), self.description.as_ref(), self.author.name.as_ref()];
        let texts = texts.into_iter().flatten().chain(&self.tags);
        texts.map(|text| (self.author.username.as_str(), text.as_str()))
    }
}

/// Texts by the handles of those who wrote them.
pub type ByAuthor = BTreeMap<String, Vec<String>>;

/// What others than `who` wrote.
pub(crate) fn by_others<'a>(who: &Character, texts: impl Iterator<Item = (&'a str, &'a str)>) -> ByAuthor {
    let mut by = ByAuthor::new();
    for (author, text) in texts.filter(|(author, _)| *author != who.username) {
        let texts = by.entry(author.to_owned()).or_default();
        if !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    by
}

/// Who wrote a post or a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account's handle.
    pub username: String,
    /// The name shown beside it, if there is one.
    pub name: Option<String>,
}

/// A comment under a post. Its text is untrusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The gallery's id of it.
    pub id: String,
    /// Who wrote it.
    pub author: Author,
    /// What it says.
    pub text: String,
}

/// What a character thinks of one post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The post's id.
    pub post_id: String,
    /// How well it meets the character's interests, from 0 to 1.
    pub interest: f64,
    /// Whether the character would like it.
    pub like: bool,
    /// What the character would say, if it has something to say.
    pub comment: Option<String>,
    /// The reason, for the operator's log.
    pub why: String,
}

/// An answer to one remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The id of the remark it answers.
    pub to: String,
    /// What it says.
    pub text: String,
    /// The reason, for the operator's log.
    pub why: String,
}
