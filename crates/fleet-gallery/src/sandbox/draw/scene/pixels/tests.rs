//! What pixel art owes its prompt: a sprite for each subject, no more colours than it allows, cells that survive.

use std::collections::HashSet;

use resvg::tiny_skia::Pixmap;
use serde_json::Value;

use super::super::super::canvas;
use super::super::draw;
use super::*;

const SQUARE: (u32, u32) = (1024, 1024);

/// A list of the persona's words.
fn words(list: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-brain/src/catalogue/catalogue.json");
    let catalogue: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let personas = catalogue["personas"].as_array().unwrap();
    let developer = personas.iter().find(|persona| persona["id"] == "indie_game_dev").unwrap();
    let phrases = developer["vocabulary"][list].as_array().unwrap().iter();
    phrases.map(|phrase| phrase.as_str().unwrap().split('|').next().unwrap().to_owned()).collect()
}

fn colours(picture: &Pixmap) -> usize {
    // No cell is smaller than four pixels.
    let rows = picture.pixels().chunks(picture.width() as usize).step_by(4);
    let cells = rows.flat_map(|row| row.iter().step_by(4));
    cells.map(|pixel| (pixel.red(), pixel.green(), pixel.blue())).collect::<HashSet<_>>().len()
}

#[test]
fn every_subject_has_a_sprite_of_its_own_whatever_surrounds_it() {
    let mut owners = HashSet::new();
    for subject in words("subjects") {
        for action in words("action") {
            for prompt in [
                format!(
                    "pixel art sprite of a {subject}, {action}, cave purple limited palette, four colours, retro game"
                ),
                format!(
                    "retro game screen, sprite sheet: a {subject}, {action}, 16 by 16, deep sea blue and lantern yellow"
                ),
            ] {
                let names = Sprite::of(&Brief::new(&prompt, SQUARE)).map_or(&[][..], Sprite::names);
                assert!(names.contains(&subject.as_str()), "{names:?}: {prompt}");
                owners.insert(names[0]);
            }
        }
    }
    assert_eq!(owners.len(), words("subjects").len());
}

#[test]
fn every_row_of_a_sprite_is_as_long_as_the_others() {
    for subject in words("subjects") {
        let brief = Brief::new(&format!("pixel art of a {subject}"), SQUARE);
        let art = Sprite::of(&brief).unwrap().art();
        assert_eq!(art.cells.len(), art.wide * art.high, "{subject}");
        assert!((8..=20).contains(&art.wide) && (8..=20).contains(&art.high), "{subject}");
    }
}

#[test]
fn every_kind_action_size_and_count_of_colours_is_known() {
    let forms: HashSet<Form> =
        words("kind").iter().map(|kind| Form::of(&Brief::new(&format!("{kind} of a fox"), SQUARE))).collect();
    assert_eq!(forms.len(), 5);
    let events: HashSet<Event> = words("action")
        .iter()
        .map(|action| Event::of(&Brief::new(&format!("sprite of a fox, {action}"), SQUARE)).unwrap())
        .collect();
    assert_eq!(events.len(), words("action").len());
    let sizes: HashSet<usize> = words("size")
        .iter()
        .map(|side| size(&Brief::new(&format!("sprite of a fox, {side} look"), SQUARE)))
        .collect();
    assert_eq!(sizes.len(), words("size").len());
}

#[test]
fn a_picture_has_no_more_colours_than_its_prompt_allows() {
    let options = canvas::options();
    let limits = [4, 8, 12, 16, 6, 3, 4, 9];
    for (allowed, most) in words("colours").iter().zip(limits) {
        for kind in words("kind") {
            let prompt = format!(
                "{kind} of a tide witch, plum and bone limited palette, {allowed}, ordered dithering"
            );
            let used = colours(&draw(&prompt, SQUARE, &options).unwrap());
            assert!((most / 2 + 1..=most).contains(&used), "{used} colours: {prompt}");
        }
    }
    let used =
        colours(&draw("Pixel art of a castle gate, seven colours, retro game", SQUARE, &options).unwrap());
    assert!((4..=7).contains(&used), "{used}");
}

/// The sides of cells divide by four, and a picture starts on such a line: each cell is whole after a resize.
#[test]
fn cells_survive_a_quarter_of_the_size() {
    let options = canvas::options();
    for side in words("size") {
        for kind in words("kind") {
            let prompt = format!("{kind} of a paper knight, {side}, eight colours, hard outline");
            let picture = draw(&prompt, SQUARE, &options).unwrap();
            let pixel = |x: u32, y: u32| picture.pixel(x, y).unwrap();
            for (x, y) in (0..SQUARE.1).step_by(4).flat_map(|y| (0..SQUARE.0).step_by(4).map(move |x| (x, y)))
            {
                assert_eq!(pixel(x, y), pixel(x + 3, y + 3), "{x}, {y} of {prompt}");
            }
        }
    }
}

#[test]
fn the_same_prompt_is_the_same_picture_at_every_size_and_another_is_not() {
    let mut seen = HashSet::new();
    for subject in words("subjects").into_iter().chain(["unheard-of thing".to_owned()]) {
        for size in [SQUARE, (1024, 1792), (1792, 1024)] {
            let prompt = format!("pixel art sprite of a {subject}, idle pose, 32 by 32, twelve colours");
            let painted = || paint(&mut Brief::new(&prompt, size));
            let once = painted();
            assert!(once == painted(), "{prompt}");
            assert!(seen.insert(once), "{prompt} at {size:?} looks like another");
        }
    }
}
