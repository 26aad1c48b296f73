//! Few colours: which ones a picture may use, and which of them stands for each part of it.

use super::super::colour::Palette;
use super::Brief;

type Rgb = [f64; 3];

/// What the cells of a grid stand for, the most telling first. Capitals are lit sides; `1` to `3` are the sky from the
/// top down, `4` and `5` are far and near hills, `g`, `G` and `h` the ground, and `0` is darkness.
pub(super) const PARTS: &[u8] = b"kawcb3Ag1dBhe52Gvo40";

/// The most colours there are to be had.
const MOST: usize = 16;

/// A colour for each part of a picture, no more of them than the prompt allows.
pub(super) struct Colours {
    of: Vec<(u8, String)>,
}

impl Colours {
    pub(super) fn of(brief: &Brief, night: bool) -> Self {
        let (count, fixed, gold) = asked(brief);
        let mut wanted = wanted(&brief.palette, night);
        if gold {
            set(&mut wanted, b'c', rgb("#f0b93a"));
        }
        let chosen = if fixed.is_empty() { chosen(&wanted, count) } else { fixed };
        let of = wanted.iter().map(|(part, tone)| {
            let nearest =
                chosen.iter().min_by(|one, other| far(**one, *tone).total_cmp(&far(**other, *tone)));
            (*part, hex(nearest.copied().unwrap_or(*tone)))
        });
        Self { of: of.collect() }
    }

    pub(super) fn hex(&self, part: u8) -> &str {
        self.of.iter().find(|(own, _)| *own == part).map_or("#000000", |(_, hex)| hex)
    }
}

/// How many colours the prompt allows; all of them, if it says which; and whether one has to be gold.
fn asked(brief: &Brief) -> (usize, Vec<Rgb>, bool) {
    if brief.has(&["five greens"]) {
        return (
            6,
            ["#0d1f17", "#1f4a34", "#3f8a4f", "#8cc46a", "#e2f3b4", "#e0383e"].map(rgb).to_vec(),
            false,
        );
    }
    if brief.has(&["two blues"]) {
        return (3, ["#16284f", "#5b95dd", "#cfc4b8"].map(rgb).to_vec(), false);
    }
    const NUMBERS: [&str; 13] = [
        "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen",
    ];
    let said = |number: &str| {
        ["colours", "colors", "colour", "color"]
            .iter()
            .any(|word| brief.has(&[format!("{number} {word}").as_str()]))
    };
    let black = said("three");
    let count = NUMBERS.iter().position(|number| said(number)).map(|at| at + 4);
    let count = (4..=MOST).rev().find(|number| said(&number.to_string())).or(count);
    (count.unwrap_or(if black { 4 } else { 12 }), Vec::new(), brief.has(&["of them gold"]))
}

/// What each part would be if colours cost nothing.
fn wanted(palette: &Palette, night: bool) -> Vec<(u8, Rgb)> {
    let [dark, deep, mid, soft, light, accent] =
        [palette.dark, palette.deep, palette.mid, palette.soft, palette.light, palette.accent].map(rgb);
    let ink = mix(dark, [4.0, 4.0, 12.0], 0.45);
    let (top, middle, low) = if night {
        (mix(dark, ink, 0.3), mix(dark, deep, 0.6), mix(deep, mid, 0.45))
    } else {
        (mix(mid, soft, 0.35), mix(soft, mid, 0.2), mix(soft, light, 0.55))
    };
    PARTS
        .iter()
        .map(|part| {
            let tone = match part {
                b'k' => ink,
                b'a' => accent,
                b'A' => mix(accent, light, 0.5),
                b'd' => mix(accent, dark, 0.5),
                b'w' => mix(light, [255.0; 3], 0.35),
                b'v' => mix(light, mid, 0.4),
                b'c' => mix(light, [255.0, 209.0, 92.0], 0.72),
                b'o' => mix(accent, [214.0, 120.0, 40.0], 0.55),
                b'b' => mix(mid, soft, 0.3),
                b'B' => mix(soft, light, 0.35),
                b'e' => mix(mid, dark, 0.5),
                b'1' => top,
                b'2' => middle,
                b'3' => low,
                b'4' => mix(low, deep, if night { 0.5 } else { 0.3 }),
                b'5' => mix(deep, low, if night { 0.1 } else { 0.22 }),
                b'g' => mix(deep, mid, 0.3),
                b'G' => mix(mid, soft, 0.25),
                b'h' => mix(deep, dark, 0.6),
                _ => mix(ink, deep, 0.12),
            };
            (*part, tone)
        })
        .collect()
}

/// Ink, the main colour and the pale one first; then always the one that is missed most.
fn chosen(wanted: &[(u8, Rgb)], count: usize) -> Vec<Rgb> {
    let mut chosen: Vec<Rgb> = wanted.iter().take(3).map(|(_, tone)| *tone).collect();
    while chosen.len() < count.min(MOST) {
        let missed = |tone: Rgb| chosen.iter().map(|had| far(*had, tone)).fold(f64::INFINITY, f64::min);
        // What comes early in the list covers more of the picture.
        let want = |at: usize, tone: Rgb| missed(tone) * (1.0 - 0.025 * at as f64);
        let (at, _) = wanted.iter().enumerate().fold((0, -1.0), |best, (at, (_, tone))| {
            let want = want(at, *tone);
            if want > best.1 { (at, want) } else { best }
        });
        chosen.push(wanted[at].1);
    }
    chosen
}

fn set(wanted: &mut [(u8, Rgb)], part: u8, tone: Rgb) {
    for (own, old) in wanted.iter_mut().filter(|(own, _)| *own == part) {
        debug_assert_eq!(*own, part);
        *old = tone;
    }
}

/// How different two colours look; lightness tells most.
fn far(one: Rgb, other: Rgb) -> f64 {
    let light = |tone: Rgb| 0.3 * tone[0] + 0.59 * tone[1] + 0.11 * tone[2];
    let apart: f64 = (0..3).map(|at| (one[at] - other[at]).powi(2)).sum();
    apart + 3.0 * (light(one) - light(other)).powi(2)
}

fn mix(one: Rgb, other: Rgb, share: f64) -> Rgb {
    [0, 1, 2].map(|at| one[at] + (other[at] - one[at]) * share)
}

fn rgb(text: &str) -> Rgb {
    let part = |at: usize| text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    [1, 3, 5].map(|at| f64::from(part(at).unwrap_or(0)))
}

fn hex(tone: Rgb) -> String {
    let [red, green, blue] = tone.map(|part| part.round().clamp(0.0, 255.0) as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}
