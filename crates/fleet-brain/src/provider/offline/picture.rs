//! A picture's prompt, title and caption, all of one mind. Owns that they speak of the same subject, light and palette;
//! refuses to caption anything but the picture that was asked for.

use rand::seq::IndexedRandom;

use super::phrase_book;
use crate::character::{Character, Composition};
use crate::persona::Persona;
use crate::phrase::Teller;
use crate::words::dice;

/// The longest title the gallery takes.
const LONGEST_TITLE: usize = 200;

/// Draws a subject, and tells it three times: for the generator, for the eye, and for the reader.
pub(super) fn compose(persona: &Persona, who: &Character, seed: u64) -> Composition {
    let mut dice = dice(seed, &["picture", &who.persona, &who.username]);
    let subject =
        persona.vocabulary.subjects.choose(&mut dice).expect("the catalogue checks that there is one");
    let mine = who.interests.choose(&mut dice);
    let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
    teller.know("subject", &subject.full);
    teller.talk_of("short", &subject.short);
    if let Some(mine) = mine {
        teller.know("mine", mine);
    }
    let prompt = teller.phrase("prompt");
    // What the prompt did not ask for is not in the picture, and nobody may say that it is.
    teller.settle("prompt");
    let title: String = teller.sentence("title").chars().take(LONGEST_TITLE).collect();
    let description = teller.sentence("description");
    let recipe = persona.recipe.filled(&prompt, &title);
    Composition { prompt, title, description, recipe }
}
