//! What a dream owes its prompt: each subject its own hero, each place, light, deed and medium its own look.

use std::collections::{BTreeMap, HashSet};
use std::mem::discriminant;

use serde_json::Value;

use super::super::{Brief, painted};
use super::*;

const WIDE: (u32, u32) = (1792, 1024);

/// A list of the persona's words.
fn words(list: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-brain/src/catalogue/catalogue.json");
    let catalogue: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let personas = catalogue["personas"].as_array().unwrap();
    let artist = personas.iter().find(|persona| persona["id"] == "ai_artist").unwrap();
    let phrases = artist["vocabulary"][list].as_array().unwrap().iter();
    phrases.map(|phrase| phrase.as_str().unwrap().split('|').next().unwrap().to_owned()).collect()
}

fn hero_of(prompt: &str) -> Option<&'static str> {
    Hero::of(&Brief::new(prompt, WIDE)).map(|(hero, _)| hero.name())
}

fn place_of(prompt: &str) -> &'static str {
    let mut brief = Brief::new(prompt, WIDE);
    let (hero, named) = Hero::of(&brief).unwrap_or((&hero::WANDERER, 0..0));
    Place::of(hero, named, &mut brief).name()
}

#[test]
fn every_subject_has_a_hero_of_its_own_wherever_it_is() {
    for subject in words("subjects") {
        for place in words("place") {
            for prompt in [
                format!(
                    "surreal planet landscape: a {subject} reflected in {place}, stage light in fog, lilac and ink"
                ),
                format!(
                    "uneasy surreal vision of {subject}, seen through {place}, copper engraving tinted by hand"
                ),
            ] {
                assert_eq!(hero_of(&prompt), Some(subject.as_str()), "{prompt}");
            }
        }
    }
}

#[test]
fn a_free_prompt_has_the_hero_it_names_or_a_wanderer() {
    for (prompt, hero) in [
        ("Surreal dusk landscape with a floating island, dreamlike sky 412", Some("floating island")),
        ("a whale above the sea", Some("glass whale")),
        ("Surreal rose landscape with a quiet moon, dreamlike sky", Some("quiet moon")),
        ("A dreamlike valley at dusk, a lone castle under two moons", Some("castle")),
        ("surreal vision of a bicycle made of smoke, stage light in fog", None),
    ] {
        assert_eq!(hero_of(prompt), hero, "{prompt}");
    }
}

#[test]
fn every_place_light_deed_and_medium_of_the_catalogue_is_known() {
    let mut places = BTreeMap::new();
    for place in words("place") {
        let named = place_of(&format!("a glass whale drifting over {place}, surreal"));
        let other = places.insert(named, place.clone());
        assert_eq!(other, None, "{place} looks like another place: {named}");
    }
    let mut lights = HashSet::new();
    for light in words("light") {
        let mut brief = Brief::new(
            &format!("a glass whale, {light}, gouache with gold leaf, saffron and midnight"),
            WIDE,
        );
        assert!(lights.insert(discriminant(&Light::of(&mut brief))), "{light} looks like another light");
    }
    let mut deeds = HashSet::new();
    for deed in words("doing") {
        let brief = Brief::new(&format!("a glass whale {deed} a river of slow glass"), WIDE);
        assert!(deeds.insert(discriminant(&Doing::of(&brief))), "{deed} looks like another deed");
    }
    let mut media = HashSet::new();
    for medium in words("medium") {
        let brief = Brief::new(&format!("a glass whale, {medium}, absinthe green and ink"), WIDE);
        let found = medium::named(&brief).unwrap_or_else(|| panic!("{medium} is not known"));
        assert!(media.insert(found as usize), "{medium} looks like another medium");
    }
}

#[test]
fn the_same_dream_is_the_same_picture_at_every_size_and_another_is_not() {
    let mut seen = HashSet::new();
    for subject in words("subjects") {
        for size in [WIDE, (1024, 1024), (1024, 1792)] {
            let prompt = format!("surreal dream of a {subject} rooted in a violet salt flat, cold starlight");
            let once = painted(&prompt, size);
            assert!(!once.contains("NaN") && !once.contains("inf"), "{prompt}");
            assert_eq!(once, painted(&prompt, size), "{prompt}");
            assert!(seen.insert(once), "{prompt} at {size:?} looks like another");
        }
    }
    let mood =
        |mood: &str| painted(&format!("surreal dream of a paper planet, {mood}, late gold light"), WIDE);
    assert_ne!(mood("tender"), mood("feverish"));
}
