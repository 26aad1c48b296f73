//! A new resident of a persona. Owns what differs between two bots of one persona, their names included; refuses to
//! hand out a username twice.

use std::collections::HashSet;

use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt};

use super::Catalogue;
use crate::character::Resident;
use crate::grammar::capital_first;
use crate::persona::{Busy, Persona, Weights};
use crate::phrase::Teller;
use crate::provider::offline::{Voice, phrase_book};
use crate::words::{Dice, dice};

/// Draws a resident of `persona`.
pub(super) fn draw(catalogue: &Catalogue, persona: &Persona, taken: &HashSet<String>, seed: u64) -> Resident {
    let mut dice = dice(seed, &[&persona.id]);
    let interests = interests(catalogue, persona, &mut dice);
    let (name, username) = name(persona, taken, &mut dice);
    let book = phrase_book();
    let voice = Voice::of(persona, &username);
    // Who writes without capitals may well spell its name so.
    let name = if voice.lower && dice.random_bool(0.6) { name.to_lowercase() } else { name };
    let name = format!("{name} (AI)");
    let mut teller = Teller::new(vec![&persona.vocabulary, book], &mut dice);
    teller.know("mine", &interests[0]);
    teller.know("mine2", interests.get(1).unwrap_or(&interests[0]));
    teller.know("pet", &voice.pet);
    teller.know("pet_many", &voice.pets);
    let bio = voice.written(&teller.sentence("bio"));
    let personality = format!("{} {}", persona.personality, teller.sentence("temper"));
    Resident {
        persona: persona.id.clone(),
        name,
        username,
        personality,
        vibe: persona.vibe.clone(),
        interests,
        weights: weights(persona.weights, &mut dice),
        zone: persona.zones.choose(&mut dice).cloned().unwrap_or_else(|| "UTC".to_owned()),
        busy: busy(&persona.busy, &mut dice),
        pace: persona.pace,
        bio,
    }
}

/// Four to seven of the persona's interests, and every other time one of somebody else's.
fn interests(catalogue: &Catalogue, persona: &Persona, dice: &mut Dice) -> Vec<String> {
    let mut interests = persona.interests.clone();
    interests.shuffle(dice);
    interests.truncate(dice.random_range(4..=7));
    if dice.random_bool(0.5) {
        let others: Vec<&String> = catalogue
            .personas()
            .iter()
            .filter(|other| other.id != persona.id)
            .flat_map(|other| &other.interests)
            .filter(|interest| !interests.contains(interest))
            .collect();
        interests.extend(others.choose(dice).map(|interest| interest.to_string()));
    }
    interests
}

fn weights(around: Weights, dice: &mut Dice) -> Weights {
    let mut vary = |weight: f64| weight * dice.random_range(0.75..=1.25);
    Weights {
        post: vary(around.post),
        comment: vary(around.comment),
        like: vary(around.like),
        browse: vary(around.browse),
    }
    .normalised()
}

fn busy(around: &Busy, dice: &mut Dice) -> Busy {
    let by = dice.random_range(-1..=1);
    Busy { hours: around.hours.iter().map(|span| span.later(by)).collect(), days: around.days.clone() }
}

/// A name for people, still without its label, and a free username that goes with it.
fn name(persona: &Persona, taken: &HashSet<String>, dice: &mut Dice) -> (String, String) {
    let book = phrase_book();
    let mut digits = 10;
    loop {
        for _ in 0..8 {
            let mut teller = Teller::new(vec![&persona.vocabulary, book], dice);
            let called = teller.phrase("called");
            let (name, username) = called.split_once(" / ").unwrap_or((&called, &called));
            let name = name.split(' ').map(capital_first).collect::<Vec<_>>().join(" ");
            let mut username = handle(username);
            if digits > 10 {
                username.truncate(30 - digits.to_string().len());
                username = format!("{username}{}", dice.next_u32() as usize % digits);
            }
            if (3..=30).contains(&username.len()) && !taken.contains(&username) {
                return (name, username);
            }
        }
        // The short names are gone: ever longer numbers make room for any number of residents.
        digits = (digits * 10).min(1_000_000_000);
    }
}

/// What is left of a phrase in the letters that usernames are made of.
fn handle(phrase: &str) -> String {
    let fits = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_';
    phrase.to_lowercase().replace([' ', '-'], "_").chars().filter(fits).take(30).collect()
}
