//! One comment under one post. Owns that it names a thing of the post, speaks to its author in the commenter's voice,
//! and may leave the house; refuses to comment when it has nothing safe to say.

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::phrase_book;
use super::voice::Voice;
use crate::character::{Author, Character, Post};
use crate::grammar::{capital_first, capitals, is_plural, joins};
use crate::guard::{Lexicon, Topic, address, may_be_said, quotable};
use crate::persona::Persona;
use crate::phrase::Teller;
use crate::words::{Dice, dice, stem, words};

/// Things that a persona's own remarks, made for what one can point at, seldom fit.
const INTANGIBLE: &[&str] = &["light", "shadow", "colour", "surface", "type", "technique"];
/// A thing that is said and not seen: it has remarks of its own for everything.
pub(super) const RULE: &str = "rule";

/// What `who` would say under `post`.
pub(super) fn comment(
    lexicon: &Lexicon,
    persona: &Persona,
    who: &Character,
    post: &Post,
    seed: u64,
) -> Option<String> {
    let voice = Voice::of(persona, &who.username);
    let mut dice = dice(seed, &["comment", &who.username, &post.id]);
    let topics = lexicon.topics(post);
    let quoted = quotable(&post.title);
    let list = match (topics.is_empty(), &quoted) {
        // Now and then a title deserves a word of its own.
        (false, Some(_)) if dice.random_bool(0.07) => "comment_title".to_owned(),
        (false, _) => String::new(),
        (true, Some(_)) => "comment_title".to_owned(),
        (true, None) => "comment_general".to_owned(),
    };
    let (topic, other) = choose(&topics, &mut dice);
    let list = match topic {
        Some(topic) if list.is_empty() && topic.kind == RULE => "comment_rule".to_owned(),
        Some(_) if list.is_empty() => format!("comment_{}", voice.talk),
        _ => list,
    };
    let author = called(&post.author);
    // A phrase may come out unfit, though the test knows of none; the dice go on, so the next one differs.
    (0..8)
        .map(|_| {
            let mine = who.interests.choose(&mut dice);
            let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
            voice.lead(&mut teller, &who.username);
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
                speak_of(&mut teller, topic);
            }
            let text = teller.sentence(&list);
            let text = topic.map_or(text.clone(), |topic| named_once(&mut teller, &text, &topic.phrase));
            voice.remark(&mut teller, &text)
        })
        .find(|text| may_be_said(text) && topic.is_none_or(|topic| !stutters(text, &topic.phrase)))
}

/// Whether a sentence says the word for its thing twice, as in `texture on the texture`.
fn stutters(text: &str, topic: &str) -> bool {
    let Some(head) = topic.split(' ').take_while(|word| !joins(word)).last().map(stem) else { return false };
    let often = |sentence: &str| words(sentence).filter(|word| stem(word) == head).count() > 1;
    !text.contains('“') && text.split(['.', '?', '!']).any(often)
}

/// What to call an author: no word that only describes one, as in `Slow Yara`.
pub(super) fn called(author: &Author) -> Option<String> {
    let described = |name: &String| {
        let lists = ["mood_word", "thing"].iter().filter_map(|list| phrase_book().lists.get(*list));
        !lists.flatten().any(|word| word.plain().eq_ignore_ascii_case(name))
    };
    address(author.name.as_deref(), &author.username).filter(described)
}

/// Lets the text be about `topic`, with the phrases that suit its kind.
fn speak_of(teller: &mut Teller<'_>, topic: &Topic) {
    teller.talk_of("topic", &topic.phrase);
    if !is_plural(&topic.phrase) {
        teller.know("topic_one", &topic.phrase);
    }
    let kind = topic.kind.as_str();
    let of_kind = |place: &str| format!("{place}_{kind}");
    let on = if teller.has(&of_kind("on")) { of_kind("on") } else { "on_thing".to_owned() };
    teller.stand_for("on", &on);
    if kind == RULE {
        for place in ["react", "ask", "quibble"] {
            teller.stand_for(place, &of_kind(place));
        }
        teller.stand_for("point", &of_kind("on"));
        return;
    }
    if INTANGIBLE.contains(&kind) && teller.chance(0.7) {
        teller.stand_for("point", &of_kind("on"));
    }
    if teller.has(&of_kind("ask")) && teller.chance(0.5) {
        teller.stand_for("ask", &of_kind("ask"));
    }
}

/// The text with its thing named in full once: after its first sentence it is called by its last word, or `it`.
pub(super) fn named_once(teller: &mut Teller<'_>, text: &str, topic: &str) -> String {
    let full = format!("the {topic}");
    let head = topic.rsplit(' ').next().unwrap_or(topic);
    // In `light from above` the last word is not the thing.
    let long = topic.split(' ').count() > 3 || topic.split(' ').any(joins);
    let again = match (head == topic || long, is_plural(topic)) {
        (true, true) => return text.to_owned(),
        (true, false) => "it".to_owned(),
        (false, true) => format!("the {head}"),
        (false, false) if teller.chance(0.5) => format!("the {head}"),
        (false, false) => "it".to_owned(),
    };
    let Some(end) = text.find(['.', '?', '!']) else { return text.to_owned() };
    let (first, rest) = text.split_at(end);
    if !first.to_lowercase().contains(topic) {
        return text.to_owned();
    }
    let rest = bare_again(rest, topic, long || head != topic);
    let mut out = String::from(first);
    let mut rest = rest.as_str();
    while let Some(at) = rest.to_ascii_lowercase().find(&full) {
        let after = &rest[at + full.len()..];
        // Where it is set against something else, a pronoun would not carry the weight.
        let weighed =
            [" or ", " and ", " before ", " next ", " energy", " plus ", " vs ", " poster", "!", ":", ","]
                .iter()
                .any(|word| after.starts_with(word))
                || rest[..at].ends_with(" and ")
                || rest[..at].ends_with(" not ");
        let whole = !after.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        out.push_str(&rest[..at]);
        out.push_str(if weighed || !whole { &rest[at..at + full.len()] } else { &again });
        rest = after;
    }
    out.push_str(rest);
    capitals(&out)
}

/// The text with a thing of several words that begins a sentence by `It`.
fn bare_again(text: &str, topic: &str, several_words: bool) -> String {
    if !several_words || is_plural(topic) {
        return text.to_owned();
    }
    text.replace(&format!(" {} ", capital_first(topic)), " It ")
        .replace(&format!(" before {topic}?"), " before it?")
}

/// A thing to speak of, rather one that the title names, and another one to set beside it.
pub(super) fn choose<'t>(topics: &'t [Topic], dice: &mut Dice) -> (Option<&'t Topic>, Option<&'t Topic>) {
    let weight = |topic: &&Topic| {
        let worth = if topic.kind == RULE { 0.4 } else { 1.0 };
        worth * ((if topic.in_title { 3.0 } else { 2.0 }) + words(&topic.phrase).count() as f64 * 0.5)
    };
    let all: Vec<&Topic> = topics.iter().collect();
    let topic = all.choose_weighted(dice, weight).ok().copied();
    let rest: Vec<&Topic> =
        all.into_iter().filter(|other| Some(*other) != topic && other.kind != RULE).collect();
    let other = rest.get(dice.random_range(0..rest.len().max(1))).copied();
    (topic, other)
}
