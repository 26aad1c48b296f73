//! From words to a picture's plan: the kind, the colours and the headline, over every persona's prompts.

use std::collections::HashSet;

use serde_json::Value;

use super::*;

const SQUARE: (u32, u32) = (1024, 1024);

/// The persona's id in the catalogue, and the kind of picture it makes.
const PERSONAS: &[(&str, &str)] = &[
    ("product_photographer", "product"),
    ("social_marketer", "graphic"),
    ("indie_game_dev", "pixels"),
    ("data_viz", "chart"),
    ("ai_artist", "landscape"),
    ("ux_designer", "mockup"),
];

fn catalogue() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-brain/src/catalogue/catalogue.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A prompt as a resident would put it together, with its subject in full.
pub(super) struct Asked {
    pub(super) prompt: String,
    pub(super) subject: String,
}

/// One of a persona's lists of phrases.
pub(super) fn phrases(persona: &str, list: &str) -> Vec<String> {
    let catalogue = catalogue();
    let personas = catalogue["personas"].as_array().unwrap();
    let persona = personas.iter().find(|found| found["id"] == persona).unwrap();
    let phrases = persona["vocabulary"][list].as_array().unwrap_or_else(|| panic!("no list {list}"));
    phrases.iter().map(|phrase| phrase.as_str().unwrap().to_owned()).collect()
}

/// Prompts of a persona: each of its subjects in each of its templates, so many times, all other words by chance.
pub(super) fn asked(persona: &str, times: usize) -> Vec<Asked> {
    let catalogue = catalogue();
    let personas = catalogue["personas"].as_array().unwrap();
    let persona = personas.iter().find(|found| found["id"] == persona).unwrap();
    let vocabulary = &persona["vocabulary"];
    let list = |name: &str| -> Vec<String> {
        let phrases = vocabulary[name].as_array().unwrap_or_else(|| panic!("no list {name}"));
        phrases.iter().map(|phrase| phrase.as_str().unwrap().to_owned()).collect()
    };
    let mut dice = StdRng::seed_from_u64(11);
    let mut prompts = Vec::new();
    for subject in list("subjects") {
        let subject = subject.split('|').next().unwrap().to_owned();
        for template in list("prompt") {
            for _ in 0..times {
                prompts.push(Asked {
                    prompt: filled(&template, &subject, list, &mut dice),
                    subject: subject.clone(),
                });
            }
        }
    }
    prompts
}

fn filled(template: &str, subject: &str, list: impl Fn(&str) -> Vec<String>, dice: &mut StdRng) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, behind) = after.split_once('}').unwrap();
        let (article, name) = place.strip_prefix("a ").map_or((false, place), |name| (true, name));
        let phrase = match name {
            "subject" => subject.to_owned(),
            name => list(name.trim_end_matches('2')).choose(dice).unwrap().clone(),
        };
        text += before;
        if article {
            text += if phrase.starts_with(['a', 'e', 'i', 'o', 'u']) { "an " } else { "a " };
        }
        text += &phrase;
        rest = behind;
    }
    text + rest
}

fn kind_of(prompt: &str) -> &'static str {
    let mut brief = Brief::new(prompt, SQUARE);
    kind(&brief.prompt, &mut brief.dice).name
}

#[test]
fn every_persona_gets_its_kind_of_picture() {
    for (persona, kind) in PERSONAS {
        let asked = asked(persona, 8);
        let wrong: Vec<&str> = asked
            .iter()
            .map(|asked| asked.prompt.as_str())
            .filter(|prompt| kind_of(prompt) != *kind)
            .collect();
        assert!(
            wrong.len() * 200 <= asked.len(),
            "{persona}: {} of {}: {:?}",
            wrong.len(),
            asked.len(),
            wrong.first()
        );
    }
}

#[test]
fn prompts_of_other_people_get_the_kind_they_name() {
    for (kind, prompt) in [
        ("product", "Product shot of a honey jar on a plinth, mint light, soft shadow"),
        ("product", "A product photo of sea salt in a jar, dreamy light, shot on a beach"),
        ("graphic", "Bold neon campaign poster: street concert"),
        ("graphic", "A poster for a night of stars over the sea, with a giant moon"),
        ("graphic", "Campaign poster announcing the lamp market, chart-topping bands, bold type"),
        ("pixels", "Pixel art of a castle gate, ice palette, retro game"),
        ("chart", "Bar chart of bicycle traffic over a year, data report"),
        ("chart", "A line chart about the price of bottles and jars"),
        ("landscape", "Surreal dusk landscape with a door in the desert, dreamlike sky"),
        ("landscape", "a whale above the sea"),
        ("mockup", "UI mock-up of a checkout card, mono interface, accessible contrast"),
        ("mockup", "A mobile app wireframe for a poster shop"),
    ] {
        assert_eq!(kind_of(prompt), kind, "{prompt}");
    }
}

#[test]
fn a_poster_says_its_subject_and_nothing_else() {
    for Asked { prompt, subject } in asked("social_marketer", 6) {
        let said = Brief::new(&prompt, SQUARE).headline(4).join(" ").to_lowercase();
        assert_eq!(said, subject, "{prompt}");
    }
    for (prompt, said) in [
        ("Bold citrus campaign poster: harvest market 417", "Harvest Market"),
        (
            "A cheerful poster announcing the autumn seed swap in the old town hall, with hand-cut letters",
            "Autumn Seed Swap",
        ),
        ("Poster for a jazz night at the harbour, bold type", "Jazz Night"),
        ("Campaign poster", ""),
        ("Poster with the words \"Bread and Roses\", red", "Bread And Roses"),
        ("Instagram story inviting people to a dog adoption day", "Dog Adoption Day"),
        ("A minimalist poster about kindness, pastel colours", "Kindness"),
        ("football tournament poster, summer", "Football Tournament"),
        ("flyer for the annual general assembly of the tenants' association", "Annual General Assembly"),
        ("Poster: night of the long books, after-dark", "Night Of The Long Books"),
    ] {
        assert_eq!(Brief::new(prompt, SQUARE).headline(4).join(" "), said, "{prompt}");
    }
}

#[test]
fn the_topic_is_found_in_every_personas_prompts() {
    for (persona, _) in PERSONAS {
        for Asked { prompt, subject } in asked(persona, 2) {
            let brief = Brief::new(&prompt, SQUARE);
            let topic = &brief.prompt.topic;
            assert!(
                topic.starts_with(subject.trim_start_matches("the ")),
                "{subject}: {topic:?} from {prompt}"
            );
        }
    }
}

#[test]
fn the_same_words_are_the_same_plan() {
    let one = painted("Bold neon campaign poster: street concert", SQUARE);
    assert_eq!(one, painted("Bold neon campaign poster: street concert", SQUARE));
    let others: HashSet<String> = (0..6)
        .map(|number| painted(&format!("Bold neon campaign poster: street concert {number}"), SQUARE))
        .collect();
    assert_eq!(others.len(), 6);
}

/// Every subject of every persona, painted in each of its templates, with the prompt that asked for it.
fn all_painted() -> impl Iterator<Item = (String, String)> {
    let prompts = PERSONAS.iter().flat_map(|(persona, _)| asked(persona, 1)).map(|asked| asked.prompt);
    prompts.map(|prompt| {
        let svg = painted(&prompt, SQUARE);
        (prompt, svg)
    })
}

#[test]
fn no_path_of_any_picture_breaks_off() {
    let mut broken = HashSet::new();
    for (prompt, svg) in all_painted() {
        for path in svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some(error) = svgtypes::PathParser::from(path).find_map(Result::err) {
                broken.insert(format!("{prompt}: {error}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whoever draws leaves such ones out, and warns of them.
#[test]
fn no_round_of_any_picture_is_without_extent() {
    let mut empty = HashSet::new();
    for (prompt, svg) in all_painted() {
        let rounds = svg.split('<').filter(|tag| tag.starts_with("ellipse") || tag.starts_with("circle"));
        for round in rounds {
            let mut radii = round.split([' ', '/']).filter_map(|attribute| {
                let (name, value) = attribute.split_once("=\"")?;
                ["r", "rx", "ry"].contains(&name).then(|| value.trim_end_matches('"').parse::<f64>())
            });
            if radii.any(|radius| radius.is_ok_and(|radius| radius <= 0.0)) {
                empty.insert(format!("{prompt}: {round}"));
            }
        }
    }
    assert!(empty.is_empty(), "{empty:#?}");
}
