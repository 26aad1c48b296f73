//! One comment under one post. Owns that it names a thing of the post, speaks to its author in the commenter's voice,
//! and may leave the house; refuses to comment when it has nothing safe to say.

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::phrase_book;
use crate::character::{Character, Post};
use crate::guard::{Lexicon, Topic, address, may_be_said, quotable};
use crate::persona::Persona;
use crate::phrase::{Teller, capitals, is_plural};
use crate::words::{Dice, dice, words};

/// What `who` would say under `post`.
pub(super) fn comment(
    lexicon: &Lexicon,
    persona: &Persona,
    who: &Character,
    post: &Post,
    seed: u64,
) -> Option<String> {
    let mut dice = dice(seed, &["comment", &who.username, &post.id]);
    let topics = lexicon.topics(post);
    let quoted = quotable(&post.title);
    let list = match (topics.is_empty(), &quoted) {
        // Now and then a title deserves a word of its own.
        (false, Some(_)) if dice.random_bool(0.12) => "comment_title",
        (false, _) => "comment",
        (true, Some(_)) => "comment_title",
        (true, None) => "comment_general",
    };
    let (topic, other) = choose(&topics, &mut dice);
    let author = address(post.author.name.as_deref(), &post.author.username);
    // A phrase may come out unfit, though the test knows of none; the dice go on, so the next one differs.
    (0..4)
        .map(|_| {
            let mine = who.interests.choose(&mut dice);
            let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
            let known = [
                ("mine", mine.map(String::as_str)),
                ("quoted", quoted.as_deref()),
                ("author", author.as_deref()),
                ("other", other.map(|topic| topic.phrase.as_str())),
            ];
            for (place, value) in known {
                if let Some(value) = value {
                    teller.know(place, value);
                }
            }
            if let Some(topic) = topic {
                teller.talk_of("topic", &topic.phrase);
            }
            let text = teller.sentence(list);
            addressed(&mut teller, text)
        })
        .find(|text| may_be_said(text))
}

/// The text, and every third time a word to the author by name.
pub(super) fn addressed(teller: &mut Teller<'_>, text: String) -> String {
    if text.is_empty() || !teller.chance(0.34) {
        return text;
    }
    teller.know("text", &lowered(&text));
    let before = teller.phrase("to_author");
    if before.is_empty() { text } else { capitals(&before) }
}

/// The text with its thing named in full once: the second sentence calls it by its last word, or `it`.
pub(super) fn named_once(teller: &mut Teller<'_>, text: &str, topic: &str) -> String {
    let full = format!("the {topic}");
    let head = topic.rsplit(' ').next().unwrap_or(topic);
    let again = match (head == topic, is_plural(topic)) {
        (true, true) => return text.to_owned(),
        (true, false) => "it".to_owned(),
        (false, true) => format!("the {head}"),
        (false, false) if teller.chance(0.5) => format!("the {head}"),
        (false, false) => "it".to_owned(),
    };
    let Some(end) = text.find(['.', '?', '!']) else { return text.to_owned() };
    let (first, rest) = text.split_at(end);
    if !first.to_lowercase().contains(&full) {
        return text.to_owned();
    }
    let mut out = String::from(first);
    let mut rest = rest;
    while let Some(at) = rest.to_ascii_lowercase().find(&full) {
        let after = &rest[at + full.len()..];
        // Where it is set against something else, a pronoun would not carry the weight.
        let weighed =
            [" or ", " and ", " before ", " next ", " energy"].iter().any(|word| after.starts_with(word));
        let whole = !after.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        out.push_str(&rest[..at]);
        out.push_str(if weighed || !whole { &rest[at..at + full.len()] } else { &again });
        rest = after;
    }
    out.push_str(rest);
    capitals(&out)
}

/// The text as it goes on after a name: without its capital, unless that is a name's or an acronym's.
fn lowered(text: &str) -> String {
    let first = text.split([' ', ',', '’', '\'']).next().unwrap_or_default();
    let keeps = first == "I" || first == "AI" || first.chars().skip(1).any(char::is_uppercase);
    let mut chars = text.chars();
    match chars.next() {
        Some(start) if !keeps && start.is_alphabetic() => start.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// A thing to speak of, rather one that the title names, and another one to set beside it.
pub(super) fn choose<'t>(topics: &'t [Topic], dice: &mut Dice) -> (Option<&'t Topic>, Option<&'t Topic>) {
    let weight =
        |topic: &&Topic| (if topic.in_title { 3.0 } else { 2.0 }) + words(&topic.phrase).count() as f64 * 0.5;
    let all: Vec<&Topic> = topics.iter().collect();
    let topic = all.choose_weighted(dice, weight).ok().copied();
    let rest: Vec<&Topic> = all.into_iter().filter(|other| Some(*other) != topic).collect();
    let other = rest.get(dice.random_range(0..rest.len().max(1))).copied();
    (topic, other)
}
