//! Colours: every phrase of the catalogue is understood, and what comes of it can be looked at.

use rand::SeedableRng;
use serde_json::Value;

use super::*;

fn palette_of(prompt: &str) -> Palette {
    palette(&Prompt::read(prompt), &mut StdRng::seed_from_u64(3))
}

fn brightness(colour: &str) -> u32 {
    let [r, g, b] = names::channels(colour);
    (r * 299 + g * 587 + b * 114) / 255
}

fn names_of(phrase: &str) -> Vec<&'static str> {
    let found = phrase::colours(&Prompt::read(phrase)).unwrap_or_default();
    found.iter().map(|colour| colour.words[0]).collect()
}

#[test]
fn every_palette_of_the_catalogue_is_understood() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-brain/src/catalogue/catalogue.json");
    let catalogue: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut seen = 0;
    for persona in catalogue["personas"].as_array().unwrap() {
        for phrase in persona["vocabulary"]["palette"].as_array().unwrap() {
            let phrase = phrase.as_str().unwrap();
            let named = names_of(phrase);
            let several = phrase.contains(" and ") || phrase.contains(" with ") || phrase.contains(" over ");
            assert!(named.len() >= if several { 2 } else { 1 }, "{phrase}: {named:?}");
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_named_palette_goes_from_dark_to_light_and_holds_what_was_named() {
    for (one, others) in names::COLOURS.iter().enumerate().map(|(at, one)| (one, &names::COLOURS[at + 1..])) {
        for other in others {
            let made = composed(&[one, other], &mut StdRng::seed_from_u64(1));
            let tones = [made.dark, made.deep, made.mid, made.soft, made.light].map(brightness);
            let names = (one.words[0], other.words[0]);
            assert!(tones[4] > tones[0] + 500, "{names:?} {tones:?}");
            assert!(tones[3] > tones[1] && tones[1] >= tones[0], "{names:?} {tones:?}");
            assert_ne!(made.accent, made.mid, "{names:?}");
        }
    }
}

#[test]
fn colours_are_told_from_things_that_have_one() {
    let prompt =
        "product packshot of an amber glass bottle on dark slate, soft window light, bone and umber palette";
    assert_eq!(names_of(prompt), ["bone", "umber"]);
    assert_eq!(
        names_of("mobile interface, white, slate and one blue, a quiet timer"),
        ["white", "slate", "blue"]
    );
    assert_eq!(names_of("a giant paper moon in electric lime and plum, stencil letters"), ["lime", "plum"]);
    assert_eq!(names_of("moss golem, plum and bone, five greens and one red, 16 by 16"), ["plum", "bone"]);
    assert!(names_of("a walnut desk lamp on a stack of old books").is_empty());
}

#[test]
fn a_mood_colours_a_picture_when_no_colour_is_named() {
    let mint = palette_of("Product shot of a honey jar on a plinth, mint light, soft shadow");
    let [r, g, _] = names::channels(mint.mid);
    assert!(g > r, "{mint:?}");
    assert_eq!(palette_of("Surreal night landscape with a whale above it").dark, "#0d1033");
    assert_ne!(palette_of("a dusk poster"), palette_of("a winter poster"));
}
