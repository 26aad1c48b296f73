//! Social graphics: every subject has its pictogram, every motif, type and format is understood, words can be read.

use std::collections::HashSet;

use super::super::tests::{asked, phrases};
use super::*;

const SQUARE: (u32, u32) = (1024, 1024);

fn icon_of(prompt: &str) -> &'static str {
    icon(&Brief::new(prompt, SQUARE)).words[0]
}

#[test]
fn every_subject_of_the_marketers_has_a_picture_of_its_own() {
    let mut drawn = HashSet::new();
    for asked in asked("social_marketer", 2) {
        let found = icon(&Brief::new(&asked.prompt, SQUARE));
        assert!(
            Prompt::read(&asked.subject).find(found.words).is_some(),
            "{}: {}",
            asked.subject,
            found.words[0]
        );
        drawn.insert(found.words[0]);
    }
    assert_eq!(drawn.len(), 32, "{drawn:?}");
}

#[test]
fn what_visitors_announce_has_a_picture() {
    for (prompt, icon) in [
        ("Bold summer campaign poster: harvest market 417", "market"),
        ("Bold neon campaign poster: night run", "run"),
        ("Bold mint campaign poster: bread week", "bread"),
        ("A cheerful poster announcing the autumn seed swap in the old town hall", "seed"),
        ("Poster for a jazz night at the harbour", "concert"),
        ("Poster for the annual general assembly of the tenants", "announcement"),
    ] {
        assert_eq!(icon_of(prompt), icon, "{prompt}");
    }
}

#[test]
fn every_motif_and_type_of_the_catalogue_is_understood() {
    let of = |list: &str, read: fn(&mut Brief) -> String| -> Vec<String> {
        let mut seen = Vec::new();
        for phrase in phrases("social_marketer", list) {
            let made: HashSet<String> = (0..12)
                .map(|number| {
                    read(&mut Brief::new(&format!("poster for a talk, {phrase}, {number}"), SQUARE))
                })
                .collect();
            assert_eq!(made.len(), 1, "{phrase} is left to chance: {made:?}");
            seen.extend(made);
        }
        seen
    };
    let motifs = of("motif", |brief| format!("{:?}", Motif::of(brief)));
    assert_eq!(motifs.iter().collect::<HashSet<_>>().len(), 14, "{motifs:?}");
    let types = of("type", |brief| format!("{:?}", Type::of(brief)));
    assert_eq!(types.iter().collect::<HashSet<_>>().len(), 8, "{types:?}");
}

#[test]
fn words_can_be_read_on_every_ground() {
    for asked in asked("social_marketer", 2) {
        let palette = Brief::new(&asked.prompt, SQUARE).palette;
        let all = [palette.dark, palette.deep, palette.mid, palette.soft, palette.light, palette.accent];
        for ground in all {
            let scheme = Scheme::on(&palette, ground);
            assert!(
                colour::contrast(scheme.ink, ground) >= 3.0,
                "{} on {ground}: {}",
                scheme.ink,
                asked.prompt
            );
            assert_ne!(scheme.hot, ground);
        }
    }
}

#[test]
fn a_poster_sets_the_subject_and_no_other_word() {
    for asked in asked("social_marketer", 1) {
        let svg = paint(&mut Brief::new(&asked.prompt, SQUARE));
        let mut rest = svg.as_str();
        let mut said = String::new();
        while let Some((_, after)) = rest.split_once("<text") {
            let (_, text) = after.split_once('>').unwrap();
            let (text, behind) = text.split_once('<').unwrap();
            said += text;
            rest = behind;
        }
        let letters =
            |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<HashSet<_>>();
        assert_eq!(letters(&said), letters(&asked.subject), "{}: {said}", asked.prompt);
    }
}

#[test]
fn the_same_campaign_is_laid_out_in_many_ways() {
    let pictures: HashSet<String> = (0..10)
        .map(|number| {
            paint(&mut Brief::new(&format!("Bold mint campaign poster: open studio {number}"), SQUARE))
        })
        .collect();
    assert_eq!(pictures.len(), 10);
}
