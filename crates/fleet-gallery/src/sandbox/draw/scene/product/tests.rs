//! Product shots: what the prompt names is what stands there, in its material, light and setting.

use std::collections::HashSet;

use super::super::{KINDS, tests::asked};
use super::*;

const SQUARE: (u32, u32) = (1024, 1024);

fn object_of(prompt: &str) -> &'static str {
    chosen(&mut Brief::new(prompt, SQUARE)).names[0]
}

#[test]
fn every_subject_of_the_photographers_is_drawn_as_itself() {
    let mut drawn = HashSet::new();
    for asked in asked("product_photographer", 4) {
        let object = chosen(&mut Brief::new(&asked.prompt, SQUARE));
        let subject = Prompt::read(&asked.subject);
        assert!(subject.find(object.names).is_some(), "{}: {}", asked.subject, object.names[0]);
        drawn.insert(object.names[0]);
    }
    assert_eq!(drawn.len(), 35, "each subject has an object of its own: {drawn:?}");
}

#[test]
fn setting_light_and_shadow_are_seen() {
    let shot = |setting: &str, light: &str, shadow: &str| {
        let prompt = format!(
            "product packshot of a canvas weekend bag on {setting}, {light}, {shadow}, bone and umber"
        );
        let mut brief = Brief::new(&prompt, SQUARE);
        (Surface::of(&mut brief), Light::of(&mut brief))
    };
    let (surface, _) = shot("dark slate", "even studio light", "almost no shadow");
    assert_eq!(surface, Surface::Slate);
    for persona in asked("product_photographer", 2) {
        // Every phrase of the catalogue is known: with another prompt's dice nothing about them changes.
        let read = |number: u32| {
            let mut brief = Brief::new(&format!("{}, {number}", persona.prompt), SQUARE);
            let light = Light::of(&mut brief);
            (Surface::of(&mut brief), light.kinds())
        };
        let seen: HashSet<String> = (0..6).map(|number| format!("{:?}", read(number))).collect();
        assert_eq!(seen.len(), 1, "{}: {seen:?}", persona.prompt);
    }
}

#[test]
fn a_material_that_the_prompt_names_is_used() {
    let made = |prompt: &str| {
        let mut brief = Brief::new(prompt, SQUARE);
        materials(chosen(&mut brief), &mut brief).0
    };
    assert_eq!(Some(made("packshot of a walnut desk lamp")), material::called("walnut"));
    assert_eq!(Some(made("packshot of a soy candle in a clay jar")), material::called("clay"));
    assert_eq!(Some(made("packshot of a copper watering can")), material::called("copper"));
    assert_eq!(Some(made("packshot of folding reading glasses")), material::called("walnut"));
    assert_eq!(made("product photo of a red mug").body, "#d62f2b");
}

#[test]
fn free_prompts_find_their_object_or_a_parcel() {
    for (prompt, object) in [
        ("Product shot of a honey jar on a plinth, mint light, soft shadow 812", "jar"),
        ("Product shot of a linen box on a plinth, clay light", "box"),
        ("A product photo of wireless headphones on a desk, soft light", "headphones"),
        ("Packshot of a running shoe, bold colours", "sneaker"),
        ("Studio product shot of a ukulele", "box"),
    ] {
        assert_eq!(object_of(prompt), object, "{prompt}");
    }
}

#[test]
fn every_object_can_be_drawn_and_no_mark_is_left() {
    let mut names = HashSet::new();
    for object in objects::all() {
        let palette = Brief::new("coral and navy", SQUARE).palette;
        let (body, trim) = object.usual(material::coloured(&palette, 0), material::coloured(&palette, 1));
        let art = object.drawn(&body, &trim, &palette);
        assert!(!art.contains('@') && art.len() > 300, "{}", object.names[0]);
        for made in [object.made_of.0, object.made_of.1] {
            assert!(made.is_empty() || material::called(made).is_some(), "{}: {made}", object.names[0]);
        }
        for name in object.names {
            assert!(names.insert(*name), "two objects are called {name}");
        }
    }
}

#[test]
fn the_same_subject_is_another_picture_in_another_prompt() {
    let pictures: HashSet<String> = asked("product_photographer", 2)
        .into_iter()
        .filter(|asked| asked.subject == "walnut desk lamp")
        .map(|asked| (KINDS[0].paint)(&mut Brief::new(&asked.prompt, SQUARE)))
        .collect();
    assert_eq!(pictures.len(), 10);
}
