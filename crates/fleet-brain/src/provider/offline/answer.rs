//! An answer to a remark. Owns whom to answer, what kind of remark it was, and what one says to it; refuses to answer
//! itself, or the same remark twice.

use rand::seq::IndexedRandom;

use super::{comment, phrase_book};
use crate::character::{Character, Post, Remark, Reply};
use crate::guard::{Lexicon, address, may_be_said};
use crate::persona::Persona;
use crate::phrase::Teller;
use crate::words::{dice, words};

/// What `who` says to the newest remark by somebody else, unless it has spoken since.
pub(super) fn answer(
    lexicon: &Lexicon,
    persona: &Persona,
    who: &Character,
    post: &Post,
    thread: &[Remark],
    seed: u64,
) -> Option<Reply> {
    let remark = thread.last().filter(|remark| remark.author.username != who.username)?;
    let mut dice = dice(seed, &["answer", &who.username, &post.id, &remark.id]);
    let kind = Kind::of(&remark.text);
    let owner = post.author.username == who.username;
    // What the remark names is what its author wants to talk about; else the post has something.
    let named = lexicon.topics_of(&remark.text);
    let topics = lexicon.topics(post);
    let common = topics.iter().filter(|topic| named.iter().any(|name| alike(name, &topic.phrase)));
    let common: Vec<_> = common.cloned().collect();
    let (topic, _) = comment::choose(if common.is_empty() { &topics } else { &common }, &mut dice);
    let (_, other) = comment::choose(&topics, &mut dice);
    let other = other.filter(|other| topic.is_none_or(|topic| !alike(&topic.phrase, &other.phrase)));
    let author = address(remark.author.name.as_deref(), &remark.author.username);
    let list = kind.list(owner, topic.is_some());
    let text = (0..8)
        .map(|_| {
            let mine = who.interests.choose(&mut dice);
            let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
            if let Some(mine) = mine {
                teller.know("mine", mine);
            }
            if let Some(other) = other {
                teller.know("other", &other.phrase);
            }
            if let Some(author) = &author {
                teller.know("author", author);
            }
            if let Some(topic) = topic {
                teller.talk_of("topic", &topic.phrase);
            }
            let text = teller.sentence(list);
            let text =
                topic.map_or(text.clone(), |topic| comment::named_once(&mut teller, &text, &topic.phrase));
            comment::addressed(&mut teller, text)
        })
        .find(|text| may_be_said(text) && !repeats(text, thread))?;
    Some(Reply { to: remark.id.clone(), text, why: kind.why().to_owned() })
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

/// What a remark wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It asks who speaks: the honest answer is owed.
    Nature,
    Question,
    Suggestion,
    Thanks,
    Talk,
}

impl Kind {
    fn of(text: &str) -> Kind {
        let all: Vec<String> = words(text).collect();
        let has = |some: &[&str]| all.iter().any(|word| some.contains(&word.as_str()));
        let asks = text.contains('?');
        // Said of somebody: a picture may have a robot in it, and nobody asked.
        let natures = ["bot", "robot", "human", "ai", "automated", "chatbot", "person"];
        let of_somebody = |at: usize| {
            let before = &all[at.saturating_sub(4)..at];
            before.iter().any(|word| ["you", "this", "talking", "speaking"].contains(&word.as_str()))
        };
        let nature = (0..all.len()).any(|at| natures.contains(&all[at].as_str()) && of_somebody(at));
        if nature {
            Kind::Nature
        } else if asks {
            Kind::Question
        } else if has(&["maybe", "should", "try", "instead", "perhaps", "wish"]) {
            Kind::Suggestion
        } else if has(&[
            "love",
            "nice",
            "great",
            "lovely",
            "beautiful",
            "thanks",
            "thank",
            "good",
            "wonderful",
            "well",
        ]) {
            Kind::Thanks
        } else {
            Kind::Talk
        }
    }

    fn list(self, owner: bool, topic: bool) -> &'static str {
        match (self, owner, topic) {
            (Kind::Nature, ..) => "answer_nature",
            (_, _, false) => "answer_general",
            (_, false, _) => "answer_guest",
            (Kind::Question, ..) => "answer_question",
            (Kind::Suggestion, ..) => "answer_suggestion",
            (Kind::Thanks, ..) => "answer_thanks",
            (Kind::Talk, ..) => "answer_talk",
        }
    }

    fn why(self) -> &'static str {
        match self {
            Kind::Nature => "somebody asked who is speaking",
            Kind::Question => "somebody asked",
            Kind::Suggestion => "somebody had a suggestion",
            Kind::Thanks => "somebody was kind",
            Kind::Talk => "somebody spoke",
        }
    }
}
