//! What the panel's style sheet owes the operator's eyes, and its lock file the next machine.

use std::collections::BTreeMap;

use crate::tree;

/// What WCAG asks of text at level AA.
const READABLE: f64 = 4.5;

/// Colours that carry a meaning; each is used as a ground for its `-content` and as text on the page.
const SIGNALS: [&str; 7] = ["primary", "secondary", "accent", "info", "success", "warning", "error"];

#[test]
fn both_themes_can_be_read() {
    let mut offenders = Vec::new();
    let style = tree::file("crates/fleet-web/assets/input.css");
    let themes = themes(&style.text);
    assert_eq!(themes.keys().copied().collect::<Vec<_>>(), ["fleet", "fleet-dark"]);
    for (theme, colours) in &themes {
        let mut pairs = vec![("neutral-content".to_owned(), "neutral")];
        pairs.extend(["base-100", "base-200", "base-300"].map(|ground| ("base-content".to_owned(), ground)));
        for signal in SIGNALS {
            pairs.push((format!("{signal}-content"), signal));
            pairs.extend(["base-100", "base-200"].map(|ground| (signal.to_owned(), ground)));
        }
        for (text, ground) in pairs {
            let reached = contrast(colours[text.as_str()], colours[ground]);
            if reached < READABLE {
                offenders.push(format!("{theme}: `{text}` on `{ground}` reaches {reached:.2}"));
            }
        }
    }
    tree::assert_none(&offenders, &format!("text needs a contrast of {READABLE}:"));
}

#[test]
fn the_lock_file_names_no_registry() {
    let lock = tree::file("crates/fleet-web/assets/package-lock.json");
    let tied = (1..).zip(lock.text.lines()).filter(|(_, line)| line.contains("\"resolved\""));
    let offenders: Vec<String> =
        tied.map(|(number, line)| format!("{}:{number}: {}", lock.path, line.trim())).collect();
    tree::assert_none(&offenders, "install with the `.npmrc` beside it, which leaves addresses out:");
}

#[test]
fn contrast_is_what_the_guideline_says() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
}

type Colour = [u8; 3];

/// The colours of each theme by their short names.
fn themes(style: &str) -> BTreeMap<&str, BTreeMap<&str, Colour>> {
    let mut themes = BTreeMap::new();
    for block in style.split("@plugin \"daisyui/theme\" {").skip(1) {
        let block = block.split('}').next().unwrap_or_default();
        let values = block.lines().filter_map(|line| line.trim().trim_end_matches(';').split_once(": "));
        let mut name = "";
        let mut colours = BTreeMap::new();
        for (key, value) in values {
            if key == "name" {
                name = value.trim_matches('"');
            } else if let Some(colour) = key.strip_prefix("--color-") {
                colours.insert(colour, parse(value));
            }
        }
        themes.insert(name, colours);
    }
    themes
}

fn parse(hex: &str) -> Colour {
    let part = |start: usize| {
        let digits = hex.strip_prefix('#').and_then(|digits| digits.get(start..start + 2));
        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
    };
    let colour = || Some([part(0)?, part(2)?, part(4)?]);
    colour().unwrap_or_else(|| panic!("`{hex}` is not a colour of the form #rrggbb"))
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance of an sRGB colour.
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
