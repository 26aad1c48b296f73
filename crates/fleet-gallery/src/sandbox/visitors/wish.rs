//! What a visitor feels like doing, given what is on the screen. It decides; `host` does.

use std::hash::{DefaultHasher, Hash, Hasher};

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::agenda::Turn;
use super::person::{Person, Wary};
use super::screen::{Heard, Screen, Seen};
use super::speech::{self, About, Said};

/// How often somebody speaks under one post at most, and under one of their own.
const DEEPEST: [usize; 2] = [3, 6];

/// What a visitor feels like doing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    Post,
    Like(String),
    Comment {
        item: String,
        content: String,
    },
    /// Looking at a post, or at nothing in particular.
    Look(Option<String>),
}

/// What this person does in this turn.
pub(super) fn wish(
    person: &Person,
    screen: &Screen<'_>,
    turn: Turn,
    said: &mut Said,
    dice: &mut StdRng,
) -> Wish {
    if let Some(answer) = answer(person, screen, said, dice) {
        return answer;
    }
    let posts =
        if turn.joins { person.posts.max(0.85 * f64::from(person.posts > 0.0)) } else { person.posts };
    if turn.opens && dice.random_bool(posts) {
        return Wish::Post;
    }
    react(person, screen, said, dice)
}

/// What they say to somebody who spoke under a post of theirs, if they mean to.
fn answer(person: &Person, screen: &Screen<'_>, said: &mut Said, dice: &mut StdRng) -> Option<Wish> {
    for post in &screen.own {
        if let (Some(wary), Some(bot)) = (person.wary, &post.agent_heard) {
            // A bio and a caption are read before a comment is written, so they count.
            let before = screen.answered_agents + usize::from(wary != Wary::WhenMet);
            let content = speech::refuse(person, bot.by, before, said, dice);
            return Some(Wish::Comment { item: post.id.to_owned(), content });
        }
        let Some(heard) = &post.heard else { continue };
        let whim = whim(person, heard);
        // Not everything is answered, and no thread goes on for ever.
        if post.spoken >= DEEPEST[1] || whim >= 62 {
            continue;
        }
        let topic = speech::topic(post.title, None);
        let about = About { title: post.title, topic, genre: post.genre, to: heard.by, under: &post.remarks };
        let curious = whim < if heard.by_agent { 9 } else { 3 };
        let content = match curious {
            true => speech::ask(person, heard.by, said, dice),
            false => speech::reply(person, &about, heard.text, true, said, dice),
        };
        return Some(Wish::Comment { item: post.id.to_owned(), content });
    }
    None
}

/// How much a remark calls for an answer, 0 to 99: the same each time it is seen.
fn whim(person: &Person, heard: &Heard<'_>) -> u64 {
    let mut digest = DefaultHasher::new();
    (&person.username, heard.by, heard.text).hash(&mut digest);
    digest.finish() % 100
}

fn react(person: &Person, screen: &Screen<'_>, said: &mut Said, dice: &mut StdRng) -> Wish {
    let Ok(post) = screen.feed.choose_weighted(dice, |post| appeal(person, post)) else {
        return Wish::Look(None);
    };
    let item = post.id.to_owned();
    let talks = dice.random_bool(person.talks);
    let about = |to| About {
        title: post.title,
        topic: speech::topic(post.title, post.description),
        genre: post.genre,
        to,
        under: &post.remarks,
    };
    if talks && post.spoken == 0 {
        let content = match &post.heard {
            // Here and there somebody speaks to whoever spoke before.
            Some(heard) if dice.random_bool(0.15) => {
                speech::reply(person, &about(heard.by), heard.text, false, said, dice)
            }
            _ => speech::comment(person, &about(post.author), said, dice),
        };
        return Wish::Comment { item, content };
    }
    if let Some(heard) = &post.heard
        && (1..DEEPEST[0]).contains(&post.spoken)
        && whim(person, heard) < 25
    {
        let content = speech::reply(person, &about(heard.by), heard.text, false, said, dice);
        return Wish::Comment { item, content };
    }
    if post.liked || dice.random_bool(0.12) { Wish::Look(Some(item)) } else { Wish::Like(item) }
}

/// How much a post draws a person: what they like, the newer the better, and where others are.
fn appeal(person: &Person, post: &Seen<'_>) -> f64 {
    let taste = match post.genre {
        Some(genre) if genre == person.genre => 1.0,
        Some(genre) if genre == person.second => 0.45,
        None => 0.2,
        Some(_) => 0.05,
    };
    // Whoever wants no bots leaves them alone as well.
    let company = if post.by_agent && person.wary.is_some() { 0.0 } else { 1.0 };
    let fresh = 1.0 / (1.0 + post.hours / 8.0);
    let buzz = 1.0 + (post.likes as f64).ln_1p() * 0.5;
    let done = if post.liked && post.spoken > 0 { 0.1 } else { 1.0 };
    let crowded = 1.0 / (1.0 + post.comments as f64 / 8.0);
    taste * company * fresh * buzz * done * crowded
}
