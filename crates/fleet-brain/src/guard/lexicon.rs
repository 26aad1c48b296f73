//! The things that a post names, and of what kind each is. Owns telling a noun from a verb and a light from a lamp;
//! refuses to look into a sentence that the guard holds to be suspicious.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Token, sentences};
use crate::character::Post;
use crate::grammar::joins;
use crate::phrase::Vocabulary;
use crate::words::{stem, words};

/// Words that end a phrase, because they name nothing.
static BETWEEN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("between.txt").split_whitespace().collect());

/// What follows one of these, perhaps after an article, is not in the picture.
const DENYING: &[&str] = &["no", "not", "without", "never"];
const ARTICLES: &[&str] = &["a", "an", "the", "any"];

/// The lists of a persona whose phrases name a thing as they stand, with the kind of thing. A kind has phrases of its own
/// in the phrase book, `on_light` for a light.
const NAMING: &[(&str, &str)] = &[
    ("light", "light"),
    ("shadow", "shadow"),
    ("palette", "colour"),
    ("setting", "surface"),
    ("place", "place"),
    ("motif", "motif"),
    ("type", "type"),
    ("medium", "technique"),
    ("technique", "technique"),
    ("chart", "chart"),
    ("choice", "rule"),
    ("rule", "rule"),
    ("screen", "screen"),
    ("layout", "screen"),
];
/// Of what kind a thing is that nobody has sorted.
const UNSORTED: &str = "thing";

/// A thing that a post names, in plain words that are safe to repeat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Topic {
    /// A few words in lower case, without an article: up to three, or a phrase of the catalogue.
    pub(crate) phrase: String,
    /// What kind of thing it is, by the name of the phrases that suit it: `light` for `on_light`.
    pub(crate) kind: String,
    /// Whether the post's title names it.
    pub(crate) in_title: bool,
}

impl Topic {
    /// How one speaks of it when it was named before: `skillet`, and `colours` for any palette.
    pub(crate) fn again(&self) -> &str {
        let last = self.phrase.rsplit(' ').next().unwrap_or(&self.phrase);
        match self.kind.as_str() {
            "colour" if self.phrase.contains(" and ") => "colours",
            // Of a stack of old books one sees the books.
            "surface" => last,
            _ => match self.phrase.split(' ').find(|word| joins(word)) {
                Some(join) => {
                    self.phrase.split_once(&format!(" {join} ")).map_or(&self.phrase, |(thing, _)| thing)
                }
                None if self.phrase.split(' ').count() > 2 => last,
                None => &self.phrase,
            },
        }
    }
}

/// The nouns that pictures are made of, so that a thing is told from a verb, and the phrases of the catalogue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    /// The kind of each noun, by its stem.
    nouns: HashMap<String, String>,
    /// The nouns that end in `ing`, as they stand: `circling` is no circle.
    gerunds: HashSet<String>,
    /// Phrases that are a thing as they stand, by their first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
}

/// A phrase of the catalogue that names a thing.
#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<String>,
    /// How one speaks of it: `skillet` of a cast-iron skillet.
    called: String,
    kind: String,
}

impl Lexicon {
    /// Learns the subjects of all books, the words of every list called `nouns` or `nouns_light` and the like, and the
    /// phrases of the lists that name things.
    pub(crate) fn of<'a>(books: impl Iterator<Item = &'a Vocabulary>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        // What is sorted by hand wins over where it was found.
        let mut sorted = HashMap::new();
        let mut subjects = Vec::new();
        for book in books {
            let kind = book.lists.get("subjects_are").and_then(|list| list.first());
            let kind = kind.map_or(UNSORTED, |kind| kind.plain());
            for subject in &book.subjects {
                for text in [&subject.full, &subject.short] {
                    lexicon.nouns.insert(head(text), kind.to_owned());
                    lexicon.gerunds.extend(words(text).filter(|word| word.ends_with("ing")));
                    subjects.push((text, &subject.short, kind));
                }
            }
            for (list, kind) in NAMING {
                let named = book.lists.get(*list).into_iter().flatten();
                named
                    .filter(|phrase| phrase.is_plain())
                    .for_each(|phrase| lexicon.learn(phrase.plain(), &spoken(phrase.plain(), kind), kind));
            }
            for (name, list) in &book.lists {
                let kind = name.strip_prefix("nouns_").or((name == "nouns").then_some(UNSORTED));
                for word in kind.into_iter().flat_map(|_| list).flat_map(|noun| words(noun.plain())) {
                    let kind = kind.unwrap_or(UNSORTED).to_owned();
                    lexicon.gerunds.extend(Some(&word).filter(|word| word.ends_with("ing")).cloned());
                    if kind == UNSORTED {
                        lexicon.nouns.entry(stem(&word)).or_insert(kind);
                    } else {
                        sorted.insert(stem(&word), kind);
                    }
                }
            }
        }
        for (text, short, kind) in subjects {
            lexicon.learn(text, short, sorted.get(&head(short)).map_or(kind, String::as_str));
        }
        lexicon.nouns.extend(sorted);
        lexicon
    }

    /// Keeps a phrase that names a thing and what one calls it, unless there is more in it than plain words.
    fn learn(&mut self, phrase: &str, called: &str, kind: &str) {
        let words: Vec<String> = without_article(phrase).split(' ').map(str::to_lowercase).collect();
        let plain = |word: &String| word.chars().all(|c| c.is_alphabetic() || c == '-');
        // `Almost no shadow` is not a thing that one could point at.
        let lacks = words.iter().take(2).any(|word| word == "no");
        if words.len() > 1 && !lacks && words.iter().all(plain) {
            let known = self.phrases.entry(words[0].clone()).or_default();
            known.push(Phrase { words, called: called.to_lowercase(), kind: kind.to_owned() });
            known.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.nouns.contains_key(&stem(word)) && (!word.ends_with("ing") || self.gerunds.contains(word))
    }

    /// The things that a text names, in the order of their appearance, each with its kind.
    pub(crate) fn topics_of(&self, text: &str) -> Vec<(String, String)> {
        let mut topics = Vec::new();
        for sentence in sentences(text) {
            let mut run: Vec<String> = Vec::new();
            // `Not a real event`: what is denied is not there.
            let mut denied = false;
            let mut at = 0;
            while let Some(token) = sentence.get(at) {
                if let Some(phrase) = self.phrase_at(&sentence[at..]) {
                    topics.extend(self.thing(&run).filter(|_| !denied));
                    run.clear();
                    if !denied {
                        topics.push((phrase.called.clone(), phrase.kind.clone()));
                    }
                    denied = false;
                    at += phrase.words.len();
                    continue;
                }
                match token {
                    Token::Plain(word) if !BETWEEN.contains(word.as_str()) => run.push(word.clone()),
                    Token::Plain(word) => {
                        topics.extend(self.thing(&run).filter(|_| !denied));
                        denied = DENYING.contains(&word.as_str())
                            || denied && run.is_empty() && ARTICLES.contains(&word.as_str());
                        run.clear();
                    }
                    Token::Owner => run.clear(),
                    Token::Break => {
                        topics.extend(self.thing(&run).filter(|_| !denied));
                        run.clear();
                        denied = false;
                    }
                }
                at += 1;
            }
            topics.extend(self.thing(&run).filter(|_| !denied));
        }
        topics
    }

    /// The longest phrase of the catalogue that the tokens begin with.
    fn phrase_at(&self, tokens: &[Token]) -> Option<&Phrase> {
        let Some(Token::Plain(first)) = tokens.first() else { return None };
        let said =
            |(at, word): (usize, &String)| matches!(tokens.get(at), Some(Token::Plain(said)) if said == word);
        self.phrases.get(first)?.iter().find(|phrase| phrase.words.iter().enumerate().all(said))
    }

    /// The noun phrase that a run of words begins with, if it is one whose noun is known.
    fn thing(&self, run: &[String]) -> Option<(String, String)> {
        // `Walked` shares its stem with the lantern walk, and is none.
        let is_noun = |at: &usize| self.knows(&run[*at]) && !run[*at].ends_with("ed");
        let head = (0..run.len()).rev().find(is_noun)?;
        // In `pixel art practice` the pixel only describes; in `the lamp leans` it is the thing.
        let verbal = |word: &String| ["ing", "ed", "ly", "s"].iter().any(|end| word.ends_with(end));
        if run.get(head + 1).is_some_and(|next| !verbal(next)) {
            return None;
        }
        let first = (head + 1).saturating_sub(3);
        let first = (first..=head).find(|&at| {
            !run[at].ends_with("ly") && !is_verbal(&run[at], at == head || self.knows(&run[at]))
        })?;
        let phrase = run[first..=head].join(" ");
        let kind = self.nouns.get(&stem(&run[head])).map_or(UNSORTED, String::as_str);
        (phrase.chars().count() <= 32).then(|| (phrase, kind.to_owned()))
    }

    /// The things that a post names and that are safe to repeat, those of its title first.
    pub(crate) fn topics(&self, post: &Post) -> Vec<Topic> {
        let mut topics: Vec<Topic> = Vec::new();
        let described = post.description.as_deref().unwrap_or_default();
        for (text, in_title) in [(post.title.as_str(), true), (described, false)] {
            for (phrase, kind) in self.topics_of(text) {
                match topics.iter_mut().find(|known| head(&known.phrase) == head(&phrase)) {
                    // The longer name of the same thing says more.
                    Some(known) if phrase.len() > known.phrase.len() => {
                        known.phrase = phrase;
                        known.kind = kind;
                    }
                    Some(_) => {}
                    None => topics.push(Topic { phrase, kind, in_title }),
                }
            }
        }
        topics
    }
}

/// Whether a word before the head is no part of the name: `plotting earthquakes`, `lit rooms`.
fn is_verbal(word: &str, is_noun: bool) -> bool {
    !is_noun && (word.ends_with("ing") || ["seen", "lit", "drawn", "made"].contains(&word))
}

/// The stem of the word that names the thing: the last one, or the last before `of` and the like.
fn head(phrase: &str) -> String {
    let before = phrase.split(' ').take_while(|word| !joins(word)).last();
    stem(before.unwrap_or(phrase))
}

fn without_article(phrase: &str) -> &str {
    ["a ", "an ", "the ", "one "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(phrase)
}

/// How one speaks of a phrase: `hard light` of one hard light from above, `teal and ember` of dusty teal and ember.
fn spoken(phrase: &str, kind: &str) -> String {
    let phrase = without_article(phrase);
    let last = |side: &str| side.rsplit(' ').next().unwrap_or_default().to_owned();
    match (kind, phrase.split_once(" and ")) {
        ("light" | "shadow" | "technique", _) => {
            let mut words: Vec<&str> = phrase.split(' ').take_while(|word| !joins(word)).collect();
            // Of light filtered through honey one sees the light.
            if words.len() > 1 && words.last().is_some_and(|word| word.ends_with("ed")) {
                words.pop();
            }
            words.join(" ")
        }
        ("colour", Some((one, other))) => format!("{} and {}", last(one), last(other)),
        _ => phrase.to_owned(),
    }
}
