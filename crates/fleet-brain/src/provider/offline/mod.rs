//! Writing without a network: phrases, dice and grammar. Owns the shared phrase book and the order in which a text is
//! made; refuses to be surprised: the same seed writes the same words.

mod answer;
mod comment;
mod picture;
mod remark;
mod verdict;
mod voice;
mod wish;

use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

pub(crate) use picture::Sketch;
pub(crate) use voice::Voice;

use crate::brain::Error;
use crate::catalogue::Catalogue;
use crate::character::{Character, Post, Remark, Reply, Verdict};
use crate::guard::Lexicon;
use crate::offer::Offer;
use crate::persona::Persona;
use crate::phrase::{Template, Vocabulary};

/// The lists without which a persona has nothing to draw or to say; all others have a shared one to fall back on.
pub(crate) const REQUIRED_LISTS: &[&str] = &["prompt", "title", "description"];

/// The places that the generator fills by itself.
pub(crate) const KNOWN_PLACES: &[&str] = &[
    "subject",
    "short",
    "topic",
    "topic_one",
    "other",
    "quoted",
    "author",
    "mine",
    "text",
    "pet",
    "pet_many",
    "single",
    "lit",
    "tinted",
    "stood",
    "on",
];

/// The phrases that all personas share.
pub(crate) fn phrase_book() -> &'static Vocabulary {
    static BOOK: LazyLock<Vocabulary> = LazyLock::new(|| {
        let lists: Map<String, Value> =
            serde_json::from_str(include_str!("phrases.json")).expect("a test reads the embedded phrases");
        let templates = |list: &Value| {
            let phrases = list.as_array().into_iter().flatten().filter_map(Value::as_str);
            phrases.map(|text| Template::parse(text).expect("a test reads the embedded phrases")).collect()
        };
        let lists = lists.iter().map(|(name, list)| (name.clone(), templates(list))).collect();
        Vocabulary { subjects: vec![], lists }
    });
    &BOOK
}

/// The offline generator.
#[derive(Debug, Clone)]
pub(crate) struct Offline {
    catalogue: Arc<Catalogue>,
    lexicon: Arc<Lexicon>,
}

impl Offline {
    pub(crate) fn new(catalogue: Arc<Catalogue>) -> Offline {
        let books = catalogue.personas().iter().map(|persona| &persona.vocabulary);
        let lexicon = Arc::new(Lexicon::of(books.chain([phrase_book()])));
        Offline { catalogue, lexicon }
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What `who` would make next.
    pub(crate) fn sketch(&self, who: &Character, offer: &Offer, seed: u64) -> Result<Sketch<'_>, Error> {
        picture::sketch(self.persona(who)?, who, offer, seed)
    }

    pub(crate) fn judge(&self, who: &Character, posts: &[Post], seed: u64) -> Result<Vec<Verdict>, Error> {
        let persona = self.persona(who)?;
        Ok(posts.iter().map(|post| verdict::judge(&self.lexicon, persona, who, post, seed)).collect())
    }

    pub(crate) fn answer(
        &self,
        who: &Character,
        post: &Post,
        thread: &[Remark],
        seed: u64,
    ) -> Result<Option<Reply>, Error> {
        Ok(answer::answer(&self.lexicon, self.persona(who)?, who, post, thread, seed))
    }

    /// How well a post meets the character's interests, from 0 to 1.
    pub(crate) fn interest(&self, who: &Character, post: &Post) -> f64 {
        self.catalogue.get(&who.persona).map_or(0.0, |persona| verdict::interest(persona, who, post))
    }

    /// Whether a post is none to judge: why it is passed by.
    pub(crate) fn passes_by(&self, who: &Character, post: &Post) -> Option<&'static str> {
        verdict::passes_by(who, post)
    }

    /// The remark to answer, and whether it asks what is speaking.
    pub(crate) fn to_answer<'t>(
        &self,
        who: &Character,
        post: &Post,
        thread: &'t [Remark],
    ) -> Option<(&'t Remark, bool)> {
        answer::to_answer(who, post, thread)
    }

    pub(crate) fn persona(&self, who: &Character) -> Result<&Persona, Error> {
        self.catalogue.get(&who.persona).ok_or_else(|| Error::UnknownPersona { persona: who.persona.clone() })
    }
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
