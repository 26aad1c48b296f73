//! A picture's prompt, title and caption, all of one mind. Owns that they speak of the same subject, light and palette;
//! refuses to caption anything but the picture that was asked for.

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::{Voice, phrase_book};
use crate::brain::Error;
use crate::character::{Character, Composition};
use crate::grammar::is_plural;
use crate::offer::Offer;
use crate::persona::{Persona, Recipe};
use crate::phrase::Teller;
use crate::words::dice;

/// The longest title the gallery takes.
const LONGEST_TITLE: usize = 200;

/// How often somebody returns to the subject that it is known for.
const FONDNESS: f64 = 0.2;

/// A picture that is thought of and not yet asked for: its recipe still has its places.
#[derive(Debug)]
pub(crate) struct Sketch<'p> {
    pub(crate) prompt: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) recipe: &'p Recipe,
}

impl Sketch<'_> {
    /// The picture to ask for.
    pub(crate) fn composed(self) -> Composition {
        let Sketch { prompt, title, description, recipe } = self;
        let recipe = recipe.filled(&prompt, &title);
        Composition { prompt, title, description, recipe }
    }
}

/// Draws a subject, and tells it three times: for the generator, for the eye, and for the reader.
pub(super) fn sketch<'p>(
    persona: &'p Persona,
    who: &Character,
    offer: &Offer,
    seed: u64,
) -> Result<Sketch<'p>, Error> {
    let recipes: Vec<&Recipe> = persona.recipes.iter().filter(|recipe| offer.makes(recipe)).collect();
    let voice = Voice::of(persona, &who.username);
    let mut dice = dice(seed, &["picture", &who.persona, &who.username]);
    let subjects = &persona.vocabulary.subjects;
    let pet = subjects.iter().find(|subject| subject.short == voice.pet);
    let subject = pet.filter(|_| dice.random_bool(FONDNESS)).or_else(|| subjects.choose(&mut dice));
    let subject = subject.expect("the catalogue checks that there is one");
    let brief = voice.is_brief(&mut dice) && persona.vocabulary.lists.contains_key("caption");
    let mine = who.interests.choose(&mut dice);
    let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
    teller.speak_as(&who.username);
    teller.know("subject", &subject.full);
    teller.talk_of("short", &subject.short);
    if !is_plural(&subject.short) {
        teller.know("single", &subject.short);
    }
    if let Some(mine) = mine {
        teller.know("mine", mine);
    }
    let prompt = teller.phrase("prompt");
    // What the prompt did not ask for is not in the picture, and nobody may say that it is.
    teller.settle("prompt");
    let title = voice.titled(&teller.sentence("title")).chars().take(LONGEST_TITLE).collect::<String>();
    let description = voice.written(&teller.sentence(if brief { "caption" } else { "description" }));
    let recipe =
        teller.one_of(&recipes).ok_or_else(|| Error::NothingToMake { persona: persona.id.clone() })?;
    Ok(Sketch { prompt, title, description, recipe })
}
