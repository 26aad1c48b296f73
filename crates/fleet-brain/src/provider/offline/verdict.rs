//! What a resident thinks of a post. Owns the measure of interest and the chance of a like or a comment; refuses to
//! like its own.

use std::collections::BTreeSet;

use rand::RngExt;

use super::{comment, wish};
use crate::character::{Character, Post, Verdict};
use crate::guard::Lexicon;
use crate::persona::Persona;
use crate::words::{dice, stem, words};

/// How often a liked post is also spoken to.
const TALKATIVE: f64 = 0.4;
/// Below this much interest a like is a whim.
const INTERESTED: f64 = 0.3;
const WHIM: f64 = 0.03;

/// Words too common in an interest to stand for it alone.
const COMMON: &[&str] =
    &["art", "design", "data", "image", "picture", "work", "free", "good", "user", "test", "clean"];

/// Reads one post with the eyes of `who`.
pub(super) fn judge(
    lexicon: &Lexicon,
    persona: &Persona,
    who: &Character,
    post: &Post,
    seed: u64,
) -> Verdict {
    let mut verdict =
        Verdict { post_id: post.id.clone(), interest: 0.0, like: false, comment: None, why: String::new() };
    if let Some(why) = passes_by(who, post) {
        why.clone_into(&mut verdict.why);
        return verdict;
    }
    let mut dice = dice(seed, &["verdict", &who.username, &post.id]);
    let (score, met) = meets(who, post);
    verdict.interest = (appeal(persona, post, score) + dice.random_range(-0.04..=0.04)).clamp(0.0, 1.0);
    let interested = verdict.interest >= INTERESTED;
    let chance = if interested { 0.2 + 0.7 * verdict.interest } else { WHIM };
    verdict.like = dice.random_bool(chance);
    if verdict.like && dice.random_bool(TALKATIVE) {
        verdict.comment = comment::comment(lexicon, persona, who, post, seed);
    }
    verdict.why = match (verdict.like, met.is_empty()) {
        (true, false) => format!("it meets {}", met.join(", ")),
        (true, true) if interested => format!("it stands on a familiar shelf, {}", persona.category),
        (true, true) => "a whim: nothing it follows, but it stopped for it".to_owned(),
        (false, false) => format!("it meets {}, and still it passed by", met.join(", ")),
        (false, true) => "nothing in it meets its interests".to_owned(),
    };
    verdict
}

/// Why a post is none to judge.
pub(super) fn passes_by(who: &Character, post: &Post) -> Option<&'static str> {
    if post.author.username == who.username {
        Some("its own post")
    } else if wish::is_closed(post) {
        Some("its author wants no bots")
    } else {
        None
    }
}

/// How well a post meets the character's interests, from 0 to 1, before any chance.
pub(super) fn interest(persona: &Persona, who: &Character, post: &Post) -> f64 {
    match passes_by(who, post) {
        Some(_) => 0.0,
        None => appeal(persona, post, meets(who, post).0),
    }
}

fn appeal(persona: &Persona, post: &Post, score: f64) -> f64 {
    let shelf = if post.category.as_deref() == Some(persona.category.as_str()) { 0.25 } else { 0.0 };
    1.0 - 0.92 * 0.5_f64.powf(score + shelf)
}

/// How far a post meets a character's interests, and which ones. Half of a phrase counts half.
fn meets<'a>(who: &'a Character, post: &Post) -> (f64, Vec<&'a str>) {
    let said = [post.title.as_str(), post.description.as_deref().unwrap_or_default()];
    let shelved = post.tags.iter().map(String::as_str).chain(post.category.as_deref());
    let stems: BTreeSet<String> =
        said.into_iter().chain(shelved).flat_map(words).map(|word| stem(&word)).collect();
    let mut score = 0.0;
    let mut met = Vec::new();
    for interest in &who.interests {
        let wanted: Vec<String> = words(interest).filter(|word| word.len() > 2).collect();
        let found: Vec<&String> = wanted.iter().filter(|word| stems.contains(&stem(word))).collect();
        let telling = found.iter().any(|word| !COMMON.contains(&word.as_str()));
        if !found.is_empty() && found.len() == wanted.len() {
            score += 1.0;
        } else if telling {
            score += 0.5;
        } else {
            continue;
        }
        met.push(interest.as_str());
    }
    (score, met)
}
