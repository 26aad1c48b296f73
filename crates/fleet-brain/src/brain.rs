//! The questions the rest of the fleet may ask. Owns the one public way to a written word and the errors of getting
//! there; refuses to know how words are made, which is a provider's business.

use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::character::{Character, Composition, Post, Remark, Reply, Verdict};
use crate::desk::{Ask, Desk, Micros};
use crate::models::{Models, ModelsError};
use crate::offer::Offer;
use crate::prices::Prices;
use crate::provider::llm::{Answer, Llm, Look, Named, Picturing, Said};
use crate::provider::offline::Offline;
use crate::record::{Call, Record, Written};

/// So many posts are shown to a model at once.
const LOOKED_AT: usize = 10;

/// Writes for every resident of a fleet. Cheap to clone: the clones share one catalogue, and what was learned of the models.
///
/// Without models, the same question with the same seed has the same answer, for as long as the catalogue is the same.
#[derive(Debug, Clone)]
pub struct Brain {
    offline: Offline,
    llm: Option<Arc<Llm>>,
    prices: Arc<Prices>,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The character's persona is not in the catalogue. Asking again will not help: the bot needs another persona, or
    /// the fleet another catalogue.
    #[error("persona `{persona}` is not in the catalogue")]
    UnknownPersona {
        /// The id that was looked for.
        persona: String,
    },
    /// The platform offers nothing that the persona could make a picture with. Asking again will not help before it does.
    #[error("the platform offers nothing that persona `{persona}` makes pictures with")]
    NothingToMake {
        /// Whose recipes need something else.
        persona: String,
    },
    /// A cap on what may be spent is reached.
    #[error("{why}")]
    Capped {
        /// Which one, in words for people.
        why: String,
        /// When it can be spent again.
        until: jiff::Timestamp,
    },
}

impl Brain {
    /// A brain that needs no network, no account and no key.
    pub fn offline(catalogue: Arc<Catalogue>) -> Brain {
        Brain { offline: Offline::new(catalogue), llm: None, prices: Arc::new(Prices::built_in()) }
    }

    /// A brain that asks models, and writes offline what none of them does. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Every mistake in `models` at once, each with its field, rule and remedy.
    pub fn with_models(catalogue: Arc<Catalogue>, models: Models) -> Result<Brain, ModelsError> {
        let llm = Some(Arc::new(Llm::new(&models)?));
        Ok(Brain { offline: Offline::new(catalogue), llm, prices: Arc::new(models.prices) })
    }

    /// The same brain with these prices for pictures.
    #[must_use]
    pub fn with_prices(self, prices: Prices) -> Brain {
        Brain { prices: Arc::new(prices), ..self }
    }

    /// The personas this brain can speak as.
    pub fn catalogue(&self) -> &Catalogue {
        self.offline.catalogue()
    }

    /// Whether any model is asked.
    pub fn has_models(&self) -> bool {
        self.llm.is_some()
    }

    /// Whether words cost money, whoever writes them: once none is left, no model is asked.
    pub fn pays(&self) -> bool {
        self.llm.as_ref().is_some_and(|llm| llm.pays())
    }

    /// Whether any model that may be asked costs money.
    pub fn may_cost(&self) -> bool {
        self.llm.as_ref().is_some_and(|llm| llm.may_cost())
    }

    /// Whether a model is asked that pictures may be shown to.
    pub fn sees(&self) -> bool {
        self.llm.as_ref().is_some_and(|llm| llm.sees())
    }

    /// What calls and pictures cost.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// The most that one look can cost: ten posts with long captions, shown as pictures to a model that sees, of whichever
    /// model of the chain is the dearest. A cap below that lets none of its looks through. Nothing without models.
    pub fn dearest_look(&self) -> Micros {
        self.llm.as_ref().map_or(Micros(0), |llm| llm.dearest_look(LOOKED_AT))
    }

    /// How well a post meets what `who` cares about, from 0 to 1. It asks no model, and no chance; nothing is of interest to
    /// somebody whose persona is not in the catalogue.
    pub fn interest(&self, who: &Character, post: &Post) -> f64 {
        self.offline.interest(who, post)
    }

    /// Sends one small request to each model, whatever is known of it, and says what came of it: by the model's name, the
    /// call, or what went wrong in words for people. Nothing for a brain without models.
    pub async fn probe(&self, desk: &dyn Desk) -> Vec<(String, Result<Call, String>)> {
        match &self.llm {
            Some(llm) => llm.probe(desk).await,
            None => Vec::new(),
        }
    }

    /// What the one who is asked would make next of what there is in `offer`: a picture's prompt with its recipe, and the
    /// words to post it with.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::NothingToMake`] when the offer has
    /// nothing for it, [`Error::Capped`] when no more may be spent.
    pub async fn compose(&self, ask: &Ask<'_>, offer: &Offer) -> Result<Written<Composition>, Error> {
        // The recipe is chosen before a model is asked, which then writes for what is really made.
        let sketch = self.offline.sketch(ask.who, offer, ask.seed)?;
        let mut record = Record::offline();
        if let Some(llm) = &self.llm {
            let words = llm.ask(ask, &Picturing { sketch: &sketch }, &mut record).await?;
            if let Some(words) = words {
                return Ok(Written { what: words.composed(&sketch), record });
            }
        }
        Ok(Written { what: sketch.composed(), record })
    }

    /// What the one who is asked thinks of `posts`. A post that is left out is not judged yet: a model is shown ten at once.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::Capped`] when no more may be spent.
    pub async fn judge(&self, ask: &Ask<'_>, posts: &[Post]) -> Result<Written<Vec<Verdict>>, Error> {
        let mut record = Record::offline();
        self.offline.persona(ask.who)?;
        if let Some(llm) = &self.llm {
            let (known, open): (Vec<&Post>, Vec<&Post>) =
                posts.iter().partition(|post| self.offline.passes_by(ask.who, post).is_some());
            let open = &open[..open.len().min(LOOKED_AT)];
            let named = match open.is_empty() {
                true => Some(vec![]),
                false => llm.ask(ask, &Look { posts: open }, &mut record).await?,
            };
            if let Some(named) = named {
                let judged = posts.iter().filter(|post| {
                    let among = |some: &[&Post]| some.iter().any(|other| std::ptr::eq(*other, *post));
                    among(&known) || among(open)
                });
                let what = judged.map(|post| self.verdict(ask, post, &named)).collect();
                return Ok(Written { what, record });
            }
        }
        Ok(Written { what: self.offline.judge(ask.who, posts, ask.seed)?, record })
    }

    /// What was made of one post: those that were not named are passed by.
    fn verdict(&self, ask: &Ask<'_>, post: &Post, named: &[Named]) -> Verdict {
        let interest = self.offline.interest(ask.who, post);
        let why = self.offline.passes_by(ask.who, post).unwrap_or("it passed it by");
        let passed =
            Verdict { post_id: post.id.clone(), interest, like: false, comment: None, why: why.into() };
        match named.iter().find(|named| named.post_id == post.id) {
            Some(Named { like, comment, why, .. }) => {
                Verdict { like: *like, comment: comment.clone(), why: why.clone(), ..passed }
            }
            None => passed,
        }
    }

    /// What the one who is asked would say to the newest remark by somebody else under `post`, or `None` when they have
    /// already spoken after it or nobody else has. `thread` is in the order it was written. Who asks what is speaking is
    /// told the truth, by rule and not by a model.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::Capped`] when no more may be spent.
    pub async fn answer(
        &self,
        ask: &Ask<'_>,
        post: &Post,
        thread: &[Remark],
    ) -> Result<Written<Option<Reply>>, Error> {
        let mut record = Record::offline();
        self.offline.persona(ask.who)?;
        if let Some(llm) = &self.llm {
            match self.offline.to_answer(ask.who, post, thread) {
                None => return Ok(Written { what: None, record }),
                Some((_, true)) => record.fell_back = Some("what speaks is told by rule".into()),
                Some((to, false)) => {
                    let said = llm.ask(ask, &Answer { post, thread, to }, &mut record).await?;
                    if let Some(Said { text, why }) = said {
                        let what = Some(Reply { to: to.id.clone(), text, why });
                        return Ok(Written { what, record });
                    }
                }
            }
        }
        Ok(Written { what: self.offline.answer(ask.who, post, thread, ask.seed)?, record })
    }
}
