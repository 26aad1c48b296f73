//! An answer to a remark. Owns whom to answer and what one says; refuses to answer itself, the
//! same remark twice, or anybody who asked not to be answered.

use rand::seq::IndexedRandom;

use super::remark::Kind;
use super::voice::Voice;
use super::{comment, phrase_book, wish};
use crate::character::{Character, Post, Remark, Reply};
use crate::guard::{Lexicon, Topic, may_be_said};
use crate::heard::asks_what_speaks;
use crate::persona::Persona;
use crate::phrase::Teller;
use crate::words::{dice, words};

/// What speaks, where no sentence of the book may be said.
const PLAIN_TRUTH: &str = "I am an AI, one of the residents here.";

/// What `who` says to the newest remark by somebody else, unless it has spoken since, or is not wanted. Who has asked since
/// then what is speaking is answered first, whatever others said after that.
pub(super) fn answer(
    lexicon: &Lexicon,
    persona: &Persona,
    who: &Character,
    post: &Post,
    thread: &[Remark],
    seed: u64,
) -> Option<Reply> {
    let (remark, _) = to_answer(who, post, thread)?;
    let owner = post.author.username == who.username;
    let voice = Voice::of(persona, &who.username);
    let mut dice = dice(seed, &["answer", &who.username, &post.id, &remark.id]);
    // What the remark names is what its author wants to talk about; else the post has something.
    let named = lexicon.topics_of(&remark.text);
    let mut topics = lexicon.topics(post);
    topics.retain(|topic| topic.kind != comment::RULE);
    let common = topics.iter().filter(|topic| named.iter().any(|(name, _)| alike(name, &topic.phrase)));
    let common: Vec<_> = common.cloned().collect();
    let kind = Kind::of(&remark.text, common.len());
    let of_kind =
        |kind: &str| topics.iter().find(|topic| topic.kind == kind).map(|topic| topic.phrase.as_str());
    let facts = [("lit", of_kind("light")), ("tinted", of_kind("colour")), ("stood", of_kind("surface"))];
    // What the caption does not say is not known here, either.
    let kind = match kind {
        Kind::Light if facts[0].1.is_none() => Kind::Making,
        Kind::Colour if facts[1].1.is_none() => Kind::Unknown,
        kind => kind,
    };
    let (topic, other) = comment::choose(if common.is_empty() { &topics } else { &common }, &mut dice);
    // Who was asked which of two answers with these two.
    let other = other.or_else(|| comment::choose(&topics, &mut dice).1);
    let called = topic.map(Topic::again);
    let other = other.map(Topic::again).filter(|other| called.is_none_or(|called| !alike(called, other)));
    let author = comment::called(&remark.author);
    let list = kind.list(owner, called.is_some());
    let mut tries = (0..8)
        .map(|_| {
            let mine = who.interests.choose(&mut dice);
            let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
            voice.lead(&mut teller, &who.username);
            for (place, fact) in facts {
                if let Some(fact) = fact {
                    teller.know(place, fact);
                }
            }
            if let Some(mine) = mine {
                teller.know("mine", mine);
            }
            if let Some(other) = other {
                teller.know("other", other);
            }
            if let Some(author) = &author {
                teller.know("author", author);
            }
            if let Some(called) = called {
                teller.talk_of("topic", called);
            }
            let text = teller.sentence(list);
            let text = called.map_or(text.clone(), |called| comment::named_once(&mut teller, &text, called));
            voice.remark(&mut teller, &text)
        })
        .filter(|text| may_be_said(text));
    let text = if kind == Kind::Nature {
        // Who asks what is speaking is told, and be it in words that were said here before.
        let tries: Vec<String> = tries.collect();
        let fresh = tries.iter().find(|text| !repeats(text, thread)).or(tries.first());
        fresh.cloned().unwrap_or_else(|| PLAIN_TRUTH.to_owned())
    } else {
        tries.find(|text| !repeats(text, thread))?
    };
    Some(Reply { to: remark.id.clone(), text, why: kind.why().to_owned() })
}

/// The remark that `who` would answer, and whether it asks what is speaking.
pub(super) fn to_answer<'t>(
    who: &Character,
    post: &Post,
    thread: &'t [Remark],
) -> Option<(&'t Remark, bool)> {
    let unanswered = thread.iter().rev().take_while(|remark| remark.author.username != who.username);
    let unanswered: Vec<&Remark> = unanswered.collect();
    let asked =
        unanswered.iter().find(|remark| asks_what_speaks(&remark.text) && !wish::wants_quiet(&remark.text));
    let remark = *asked.or(unanswered.first())?;
    let unwelcome = thread.iter().any(|said| said.author == remark.author && wish::wants_quiet(&said.text));
    let owner = post.author.username == who.username;
    let wanted = !unwelcome && (owner || !wish::is_closed(post));
    wanted.then_some((remark, asked.is_some()))
}

/// Whether the thread has heard one of the text's sentences before, from whomever.
fn repeats(text: &str, thread: &[Remark]) -> bool {
    let sentences =
        text.split_inclusive(['.', '?', '!']).map(str::trim).filter(|sentence| sentence.contains(' '));
    sentences.into_iter().any(|sentence| thread.iter().any(|remark| remark.text.contains(sentence)))
}

/// Whether two phrases share a word.
fn alike(one: &str, other: &str) -> bool {
    words(one).any(|word| words(other).any(|second| word == second))
}
