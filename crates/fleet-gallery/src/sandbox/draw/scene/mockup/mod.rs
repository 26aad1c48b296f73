//! Interfaces: screens whose content belongs to their subject, set so that everyone can read them.
//!
//! `content` knows what a screen shows, `blocks` knows its parts (`controls`, `picture` and `view`
//! draw them), `devices` what it is shown on, and here the prompt's wishes (the device, the
//! layout, the rules of design) become a theme and a composition.

mod blocks;
mod content;
mod controls;
mod devices;
mod picture;
mod view;

use super::sheet::{Area, Sheet, luminance, mix, readable, vividness};
use super::{Brief, capital};
use content::{Block, ENTRIES, Entry};

pub(super) const WORDS: &[&str] = &[
    "ui",
    "ux",
    "wireframe",
    "mock-up",
    "mockup",
    "app",
    "screen",
    "component",
    "button",
    "form",
    "card",
    "interface",
    "dashboard",
    "onboarding",
    "prototype",
    "settings",
    "checkout",
    "navigation",
    "accessibility",
    "accessible",
    "modal",
    "login",
    "figma",
    "design-system",
];

/// Colours and manners of an interface.
#[derive(Clone)]
struct Theme {
    /// Behind the devices.
    backdrop: String,
    /// The screen itself, and what lies on it.
    surface: String,
    raised: String,
    ink: String,
    quiet: String,
    line: String,
    /// What can be pressed.
    accent: String,
    soft: String,
    /// What went wrong.
    wrong: String,
    /// Pictures within the interface.
    art: [String; 3],
    /// The least contrast of words.
    contrast: f64,
    /// How large words are, and how much room there is between things; 1 is plain.
    letter: f64,
    room: f64,
    /// Only outlines.
    sketch: bool,
    /// Parts lie on cards.
    cards: bool,
    /// Things have rings that show where the keyboard is.
    focus: bool,
    /// States are told in words as well.
    told: bool,
    centred: bool,
    /// The primary button keeps to the lower edge.
    low_action: bool,
    /// Places are written rather than drawn.
    labels: bool,
    /// Corners, in points.
    round: f64,
}

impl Theme {
    fn of(brief: &mut Brief) -> Self {
        let p = brief.palette;
        let sketch = brief.has(&["wireframe"]);
        let dark = brief.has(&["dark mode", "dark theme", "night mode"])
            || (!sketch
                && brief.has(&["charcoal", "midnight", "black"])
                && !brief.has(&["white", "black type"]));
        let contrast = if brief.has(&["seven to one", "high contrast"]) { 7.0 } else { 4.6 };
        let (backdrop, surface, raised, ink) = match dark {
            true => {
                let night = mix(p.dark, "#0b0d10", 0.45);
                (
                    mix(&night, p.deep, 0.35),
                    night.clone(),
                    mix(&night, "#ffffff", 0.07),
                    mix(p.light, "#ffffff", 0.5),
                )
            }
            false => {
                let day = mix(p.light, "#ffffff", 0.72);
                let behind =
                    if brief.chance(0.4) { mix(p.deep, p.mid, 0.3) } else { mix(p.soft, p.light, 0.25) };
                (behind, day.clone(), mix(&day, p.dark, 0.045), mix(p.dark, "#101216", 0.35))
            }
        };
        let backdrop = if sketch && !dark { mix(p.light, p.soft, 0.4) } else { backdrop };
        let ink = readable(&ink, &raised, 10.0);
        // A button is seen against the screen and carries words: three to one for the one, the rest for the other.
        let candidates =
            if dark { [p.accent, p.soft, p.mid, p.light] } else { [p.accent, p.mid, p.deep, p.accent] };
        // Lively, and neither so dark nor so pale that it could be taken for ink or paper.
        let lively = |colour: &str| vividness(colour) * (0.2 + luminance(colour).min(0.35));
        let liveliest = candidates
            .into_iter()
            .max_by(|one, other| lively(one).total_cmp(&lively(other)))
            .unwrap_or(p.accent);
        // Greys make a poor button; ink makes a good one.
        let accent =
            if vividness(liveliest) < 0.14 { ink.clone() } else { readable(liveliest, &surface, 3.2) };
        Self {
            quiet: readable(&mix(&ink, &surface, 0.4), &raised, contrast),
            line: mix(&ink, &surface, 0.86),
            soft: mix(&accent, &surface, 0.86),
            wrong: readable("#c2352b", &surface, contrast),
            art: [mix(p.mid, p.soft, 0.3), p.deep.to_owned(), p.soft.to_owned()],
            letter: if brief.has(&["old age", "large text", "bigger text"]) { 1.16 } else { 1.0 },
            room: if brief.has(&["white space", "generous margins"]) { 1.2 } else { 1.0 },
            sketch,
            cards: brief.has(&["card layout"]),
            focus: brief.has(&["focus ring"]),
            told: brief.has(&["rely on colour"]),
            centred: brief.has(&["centred", "centered"]),
            low_action: brief.has(&["button at the bottom"]),
            labels: brief.has(&["labels instead of icons"]),
            round: if brief.chance(0.5) { 14.0 } else { 8.0 },
            backdrop,
            surface,
            raised,
            ink,
            accent,
            contrast,
        }
    }
}

/// What is shown: a name, places to go, and blocks.
struct Screen {
    name: String,
    places: Vec<String>,
    blocks: Vec<Block>,
}

impl Screen {
    fn of(brief: &mut Brief) -> Self {
        let topic = brief.prompt.topic.trim().to_owned();
        let known = ENTRIES.iter().filter_map(|entry| {
            // The longest name decides: a recipe app is nearer than any app.
            brief.find(entry.keys).map(|key| (key.len(), entry))
        });
        let known = known.max_by_key(|(length, _)| *length).map(|(_, entry)| entry);
        let entry: &Entry = match known {
            Some(entry) => entry,
            None => &ENTRIES[brief.below(ENTRIES.len())],
        };
        let mut blocks = entry.blocks.to_vec();
        if brief.has(&["one action per screen"]) {
            blocks.retain(|block| !matches!(block, Block::Other(_)));
        }
        if brief.has(&["errors next to their fields"])
            && !blocks.iter().any(|block| matches!(block, Block::Fields(_)))
        {
            blocks.insert(
                1,
                Block::Fields(&[(
                    "E-mail for the reminder",
                    "ida@harbour",
                    "An address needs a dot: ida@harbour.org",
                )]),
            );
        }
        let places = entry.places.iter().map(|&place| place.to_owned()).collect();
        match known {
            Some(_) => Self { name: entry.name.to_owned(), places, blocks },
            None => Self::unknown(&topic, brief),
        }
    }

    /// A subject that is in no list: the parts that most applications have, under its own name.
    fn unknown(topic: &str, brief: &mut Brief) -> Self {
        const LISTS: &[&[Block]] = &[
            &[
                Block::Search("Search"),
                Block::Rows(
                    content::Lead::Cover,
                    &[
                        ("First entry", "Changed today", "new"),
                        ("Second entry", "Changed on Tuesday", ""),
                        ("Third entry", "Changed last week", ""),
                    ],
                ),
                Block::Action("Add an entry"),
                Block::Heading("This week"),
                Block::Bars(
                    &[("M", 0.5), ("T", 0.8), ("W", 0.4), ("T", 1.0), ("F", 0.6), ("S", 0.3), ("S", 0.2)],
                    3,
                ),
            ],
            &[
                Block::Stats(&[("24", "this week"), ("6", "to do")]),
                Block::Progress(&[("On the way", 0.7), ("Waiting", 0.4), ("Finished", 0.9)]),
                Block::Action("Begin"),
                Block::Rows(
                    content::Lead::Check,
                    &[
                        ("Look at the plan", "10 minutes", "done"),
                        ("Choose a day", "", ""),
                        ("Tell the others", "", ""),
                    ],
                ),
            ],
        ];
        let name = if topic.is_empty() { "Overview".to_owned() } else { capital(topic) };
        Self {
            name: name.chars().take(40).collect(),
            places: ["Home", "List", "Search", "Me"].map(str::to_owned).to_vec(),
            blocks: LISTS[brief.below(LISTS.len())].to_vec(),
        }
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let screen = Screen::of(brief);
    let theme = Theme::of(brief);
    let mut sheet = Sheet::default();
    compose(&mut sheet, brief, &theme, &screen);
    sheet.svg
}

fn compose(sheet: &mut Sheet, brief: &mut Brief, theme: &Theme, screen: &Screen) {
    let (w, h) = (brief.width, brief.height);
    let page = Area::new(0.0, 0.0, w, h);
    let far = mix(&theme.backdrop, &theme.art[1], 0.16);
    sheet.put(&format!(
        r#"<defs><linearGradient id="back" x2=".4" y2="1"><stop stop-color="{}"/><stop offset="1" stop-color="{far}"/></linearGradient></defs>"#,
        theme.backdrop
    ));
    sheet.rect(page, 0.0, "url(#back)");
    if brief.has(&["component sheet", "component", "design system"])
        && !brief.has(&["mock up", "dashboard", "dark mode"])
    {
        return devices::components(sheet, theme, screen, page);
    }
    let split = brief.has(&["two pane", "sidebar"]);
    if brief.has(&["dashboard", "desktop", "web", "website"]) || (w > h && !brief.has(&["mobile", "phone"])) {
        return devices::desktop(sheet, theme, screen, page, split || brief.chance(0.6));
    }
    if brief.has(&["tablet"]) || (split && h <= w) {
        return devices::tablet(sheet, theme, screen, page, split);
    }
    let nav = brief.has(&["bottom navigation"]) || brief.chance(0.35);
    let count = if h > w {
        1
    } else if w > h {
        3
    } else {
        2
    };
    devices::phones(sheet, theme, screen, page, count, nav);
}

#[cfg(test)]
mod tests;
