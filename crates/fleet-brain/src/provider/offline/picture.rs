//! A picture's prompt, title and caption, all of one mind. Owns that they speak of the same subject, light and palette, or of
//! the very shapes, code or chart where no model draws; refuses to caption anything but the picture that was asked for.

use rand::RngExt;
use rand::seq::IndexedRandom;

use serde_json::Value;

use super::{Voice, phrase_book};
use crate::brain::Error;
use crate::character::{Character, Composition};
use crate::grammar::is_plural;
use crate::offer::Offer;
use crate::persona::{Persona, Recipe, Shows};
use crate::phrase::Teller;
use crate::recipe::Given;
use crate::words::{Dice, dice};

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
    /// What was drawn by lot for it.
    pub(crate) given: Given,
}

impl Sketch<'_> {
    /// The picture to ask for, in these words.
    pub(crate) fn worded(&self, prompt: String, title: String, description: String) -> Composition {
        let mut given = self.given.clone();
        given.insert("prompt".to_owned(), prompt.as_str().into());
        given.insert("title".to_owned(), title.as_str().into());
        let recipe = self.recipe.filled(&given);
        Composition { prompt, title, description, recipe }
    }

    /// The picture to ask for, in the words that the offline generator found.
    pub(crate) fn composed(&self) -> Composition {
        self.worded(self.prompt.clone(), self.title.clone(), self.description.clone())
    }
}

/// Draws a subject, and tells it three times: for the generator, for the eye, and for the reader.
pub(super) fn sketch<'p>(
    persona: &'p Persona,
    who: &Character,
    offer: &Offer,
    seed: u64,
) -> Result<Sketch<'p>, Error> {
    let recipes = offer.of(persona);
    let voice = Voice::of(persona, &who.username);
    let mut dice = dice(seed, &["picture", &who.persona, &who.username]);
    match recipes.first() {
        None => return Err(Error::NothingToMake { persona: persona.id.clone() }),
        Some(recipe) if recipe.shows == Shows::Scene => {}
        Some(_) => return Ok(without_a_model(persona, who, &recipes, &voice, &mut dice)),
    }
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
    let title = titled(&voice, &teller.sentence("title"));
    let description = voice.written(&teller.sentence(if brief { "caption" } else { "description" }));
    let recipe = *teller.one_of(&recipes).expect("it was looked whether there is one");
    let given = recipe.draw(&persona.choices, &mut dice);
    Ok(Sketch { prompt, title, description, recipe, given })
}

/// A picture of plain shapes, of a code or of a chart. It is drawn first, and the words speak of what was drawn.
fn without_a_model<'p>(
    persona: &'p Persona,
    who: &Character,
    recipes: &[&'p Recipe],
    voice: &Voice,
    dice: &mut Dice,
) -> Sketch<'p> {
    let recipe = *recipes.choose(dice).expect("it was looked whether there is one");
    let given = recipe.draw(&persona.choices, dice);
    let shows = recipe.shows;
    let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], dice);
    teller.speak_as(&who.username);
    for (name, value) in &given {
        match value {
            Value::String(text) => teller.know(name, text),
            Value::Number(number) => teller.know(name, &number.to_string()),
            _ => {}
        }
    }
    if let Some((name, Value::String(thing))) =
        shows.told().first().and_then(|name| given.get_key_value(*name))
    {
        teller.talk_of(name, thing);
    }
    let list = |part: &str| format!("{}_{part}", shows.name());
    let prompt = teller.phrase(&list("prompt"));
    teller.settle(&list("prompt"));
    let title = titled(voice, &teller.sentence(&list("title")));
    let description = voice.written(&teller.sentence(&list("description")));
    Sketch { prompt, title, description, recipe, given }
}

fn titled(voice: &Voice, title: &str) -> String {
    voice.titled(title).chars().take(LONGEST_TITLE).collect()
}
