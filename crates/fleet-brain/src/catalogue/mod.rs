//! The personas of a fleet. Owns reading and checking them, drawing from them, and making new residents; refuses to let
//! a mistake pass, or to report one mistake at a time.

mod check;
mod cook;
mod place;
mod resident;
mod vocabulary;

use std::collections::HashSet;
use std::fmt;

use rand::{Rng, RngExt};

use crate::character::Resident;
use crate::persona::Persona;

/// The archetypes that a fleet's bots are drawn from.
#[derive(Debug, Clone)]
pub struct Catalogue {
    personas: Vec<Persona>,
}

/// Everything that is wrong with a catalogue, so that one reading mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// The mistakes, in the order of the text.
    pub problems: Vec<Problem>,
}

/// One mistake in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id of the persona it is in, or its place in the list; nothing when it is in none.
    pub persona: Option<String>,
    /// The line of the text it stands in, from 1; where something is missing, the line of what it is missing from.
    pub line: usize,
    /// The path of the field, like `busy.hours[0].from`.
    pub field: String,
    /// What holds for it.
    pub rule: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(persona) = &self.persona {
            write!(f, "line {}, persona `{persona}`, ", self.line)?;
        }
        write!(f, "`{}` {}; {}", self.field, self.rule, self.mend)
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        write!(f, "the persona catalogue has {count} mistake{}", if count == 1 { "" } else { "s" })?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n- {problem}"))
    }
}

impl std::error::Error for CatalogueError {}

impl Catalogue {
    /// The six archetypes of FloImg's own community.
    pub fn built_in() -> Catalogue {
        Catalogue::from_json(include_str!("catalogue.json")).expect("a test reads the embedded catalogue")
    }

    /// Reads a catalogue from JSON.
    ///
    /// # Errors
    ///
    /// Every mistake in it at once, each with its persona, field, rule and remedy.
    pub fn from_json(text: &str) -> Result<Catalogue, CatalogueError> {
        check::catalogue(text)
            .map(|personas| Catalogue { personas })
            .map_err(|problems| CatalogueError { problems })
    }

    /// All personas, in the catalogue's order; at least one.
    pub fn personas(&self) -> &[Persona] {
        &self.personas
    }

    /// The persona with this id.
    pub fn get(&self, id: &str) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.id == id)
    }

    /// A new resident of a persona, with a username that is not among `taken`; `None` when there is no such persona.
    pub fn resident(
        &self,
        persona_id: &str,
        taken: &HashSet<String>,
        dice: &mut impl Rng,
    ) -> Option<Resident> {
        let persona = self.get(persona_id)?;
        Some(resident::draw(self, persona, taken, dice.next_u64()))
    }

    /// One persona, the more likely the larger its share.
    pub fn draw_persona(&self, dice: &mut impl Rng) -> &Persona {
        let total: f64 = self.personas.iter().map(|persona| persona.share).sum();
        let mut at = dice.random_range(0.0..total);
        for persona in &self.personas {
            if at < persona.share {
                return persona;
            }
            at -= persona.share;
        }
        // Only rounding leads here.
        &self.personas[self.personas.len() - 1]
    }

    /// `count` personas in proportion to their shares and in random order. Each comes at least once when there is room.
    pub fn spread(&self, count: usize, dice: &mut impl Rng) -> Vec<&Persona> {
        spread(self.personas.iter().collect(), count, dice)
    }

    /// The same among those of `ids` that are there; nobody when none is.
    pub fn spread_among(&self, ids: &[String], count: usize, dice: &mut impl Rng) -> Vec<&Persona> {
        spread(self.personas.iter().filter(|persona| ids.contains(&persona.id)).collect(), count, dice)
    }
}

fn spread<'c>(among: Vec<&'c Persona>, count: usize, dice: &mut impl Rng) -> Vec<&'c Persona> {
    if among.is_empty() {
        return Vec::new();
    }
    let total: f64 = among.iter().map(|persona| persona.share).sum();
    let quotas: Vec<f64> = among.iter().map(|persona| persona.share / total * count as f64).collect();
    let mut seats: Vec<usize> = quotas.iter().map(|quota| quota.floor() as usize).collect();
    let mut by_remainder: Vec<usize> = (0..seats.len()).collect();
    by_remainder.sort_by(|&a, &b| quotas[b].fract().total_cmp(&quotas[a].fract()));
    let left = count.saturating_sub(seats.iter().sum());
    by_remainder.iter().cycle().take(left).for_each(|&at| seats[at] += 1);
    if count >= seats.len() {
        while let Some(empty) = seats.iter().position(|&seat| seat == 0) {
            let richest = (0..seats.len()).max_by_key(|&at| seats[at]).expect("there is somebody to draw");
            seats[richest] -= 1;
            seats[empty] += 1;
        }
    }
    let mut drawn: Vec<&Persona> = among
        .into_iter()
        .zip(seats)
        .flat_map(|(persona, seats)| std::iter::repeat_n(persona, seats))
        .collect();
    rand::seq::SliceRandom::shuffle(drawn.as_mut_slice(), dice);
    drawn
}

#[cfg(test)]
mod tests;
