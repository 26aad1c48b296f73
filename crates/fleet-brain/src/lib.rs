//! Words: who speaks, and what they say.
//!
//! Owns the persona catalogue, the making of new residents, and everything a resident writes: image prompts, captions,
//! comments and answers. Refuses to know bots, databases, galleries, clocks and ambient randomness: dice and seeds are
//! handed in, so whatever was written can be written again.
//!
//! | module | owns |
//! |---|---|
//! | `brain` | [`Brain`]: the questions the rest of the fleet may ask |
//! | `character` | who speaks, about what, to whom, and what came of it |
//! | `persona` | one archetype: its rhythm, tastes, recipe and vocabulary |
//! | `recipe` | how a picture is made, and what is drawn by lot for it |
//! | `catalogue` | the personas of a fleet: reading, checking, drawing, new residents |
//! | `phrase` | templates: how a list of phrases becomes one sentence |
//! | `grammar` | articles, number, capitals and spaces |
//! | `words` | splitting, stemming and comparing words |
//! | `listed` | lists of phrases, and finding them in a text |
//! | `guard` | what of other people's text may be repeated, and what of ours may be said |
//! | `heard` | what people say that must be heard: who asks what speaks, and who wants no bots |
//! | `provider` | who does the writing: phrases and dice, or a chain of language models |
//! | `models` | which models are asked, in which order |
//! | `prompt` | what a model is told, word for word |
//! | `prices` | what calls and pictures cost |
//! | `secret` | a key that cannot be printed |
//! | `mistake` | how a mistake in a setting is told |
//! | `cut` | making texts shorter without cutting through a sign |
//! | `desk` | what a question is asked with, and who looks after money and repeated words meanwhile |
//! | `record` | how something came to be written |
//! | `view` | what a brain was asked, to be read or asked again |
//! | `offer` | what a platform can make pictures with |
//! | `picture` | a picture as a model is shown it |
//! | [`sandbox`] | a provider of our own, for tests and for trying things |

mod brain;
mod catalogue;
mod character;
mod cut;
mod desk;
mod grammar;
mod guard;
mod heard;
mod listed;
mod mistake;
mod models;
mod offer;
mod persona;
mod phrase;
mod picture;
mod prices;
mod prompt;
mod provider;
mod recipe;
mod record;
pub mod sandbox;
mod secret;
mod view;
mod words;

pub use brain::{Brain, Error};
pub use catalogue::{Catalogue, CatalogueError, Problem};
pub use character::{Author, ByAuthor, Character, Composition, Post, Remark, Reply, Resident, Verdict};
pub use desk::{Ask, Bill, Desk, Estimate, Memory, Micros, OpenDesk, Purpose, Refused, Ticket, Tokens};
pub use heard::{asks_bots_to_leave, asks_what_speaks, keeps_bots_out};
pub use mistake::Mistake;
pub use models::{Endpoint, Models, ModelsError, known_providers};
pub use offer::Offer;
pub use persona::{Busy, Choices, Day, Finish, HourSpan, Layer, Pace, Persona, Recipe, Shows, Weights};
pub use phrase::Vocabulary;
pub use picture::{Picture, PictureError};
pub use prices::{Prices, PricesError, TextPrice};
pub use record::{Call, Check, Record, Written};
pub use secret::ApiKey;
pub use view::{Question, View};
