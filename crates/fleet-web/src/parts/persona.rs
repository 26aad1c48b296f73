//! A persona as the catalogue has it, with an example of what it writes; and what was found in a catalogue of somebody's own.

use askama::Template;

use super::busy_day::BusyDay;
use super::day::in_words;
use super::sample::SampleView;
use super::{counted, grouped};
use crate::characters::{Checked, Mistake, Persona};
use crate::examples::Written;
use crate::failure::sentence;
use crate::pages::typed::{pause_in_words, share_in_words};

/// How many mistakes are shown; whoever mends these sees the next.
const SHOWN: usize = 60;

/// One persona.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/persona.html")]
pub(crate) struct PersonaEntry {
    id: String,
    name: String,
    about: String,
    personality: String,
    vibe: String,
    interests: String,
    share: String,
    weights: Vec<(&'static str, String, u32)>,
    day: BusyDay,
    zones: Vec<String>,
    pace: String,
    category: String,
    recipes: Vec<String>,
    /// How many bots of it live; nothing when the store does not say, or where it is only looked at.
    count: Option<u64>,
    example: Option<Example>,
}

/// What one of it would write.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/persona_example.html")]
pub(crate) struct Example {
    id: String,
    who: String,
    sample: Option<SampleView>,
    failure: Option<String>,
    /// Whether there is none yet.
    is_late: bool,
    /// What the one that can be asked for is drawn from.
    next: u64,
}

/// What was found in a catalogue.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/catalogue_check.html")]
pub(crate) struct CatalogueCheck {
    text: String,
    /// What is wrong with the whole of it.
    failure: Option<&'static str>,
    mistakes: Vec<MistakeRow>,
    total: usize,
    brought: Vec<Brought>,
}

/// A mistake where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MistakeRow {
    persona: Option<String>,
    line: usize,
    field: String,
    rule: String,
    mend: String,
    /// The line itself.
    excerpt: String,
}

/// What a right catalogue would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Brought {
    name: String,
    id: String,
    share: String,
    about: String,
    day: String,
}

impl PersonaEntry {
    pub(crate) fn of(persona: &Persona, count: Option<u64>) -> Self {
        let shares = persona.weights.shares();
        let weight = |label, share: f64| (label, share_in_words(share), (share * 100.0).round() as u32);
        Self {
            id: persona.id.clone(),
            name: persona.name.clone(),
            about: persona.about.clone(),
            personality: persona.personality.clone(),
            vibe: persona.vibe.clone(),
            interests: persona.interests.join(", "),
            share: share_in_words(persona.share),
            weights: vec![
                weight("posts", shares.post),
                weight("comments", shares.comment),
                weight("likes", shares.like),
                weight("looks", shares.browse),
            ],
            day: BusyDay::of(&persona.rhythm),
            zones: persona.zones.iter().map(|zone| zone.replace('_', " ")).collect(),
            pace: format!(
                "{} to {} between two things it does",
                pause_in_words(persona.min_interval_s),
                pause_in_words(persona.max_interval_s)
            ),
            category: persona.category.clone(),
            recipes: persona.recipes.clone(),
            count,
            example: None,
        }
    }

    /// With what was written from that seed; nothing when it is still being written.
    pub(crate) fn with_example(mut self, written: Option<&Written>, seed: u64) -> Self {
        let who = written.map(|written| written.who.clone()).unwrap_or_default();
        let (sample, failure) =
            written.map(|written| written.example.clone().into_parts()).unwrap_or_default();
        let is_late = written.is_none();
        let next = if is_late { seed } else { seed.wrapping_add(1) };
        self.example = Some(Example { id: self.id.clone(), who, sample, failure, is_late, next });
        self
    }

    pub(crate) fn example_id(&self) -> String {
        format!("example-{}", self.id)
    }

    /// The example alone.
    pub(crate) fn example(&self) -> String {
        self.example.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn living(&self) -> Option<String> {
        self.count.map(|count| counted(count, "bot lives here", "bots live here"))
    }
}

impl CatalogueCheck {
    pub(crate) fn of(text: String, checked: Checked) -> Self {
        match checked {
            Ok(personas) => {
                let brought = personas.iter().map(|persona| Brought {
                    name: persona.name.clone(),
                    id: persona.id.clone(),
                    share: share_in_words(persona.share),
                    about: persona.about.clone(),
                    day: in_words(&persona.rhythm),
                });
                Self { brought: brought.collect(), text, ..Self::default() }
            }
            Err(mistakes) => {
                let lines: Vec<&str> = text.lines().collect();
                let rows =
                    mistakes.iter().take(SHOWN).map(|mistake| MistakeRow::of(mistake, &lines)).collect();
                Self { mistakes: rows, total: mistakes.len(), text, ..Self::default() }
            }
        }
    }

    pub(crate) fn empty() -> Self {
        Self {
            failure: Some("There is nothing to check yet: paste a catalogue, or choose its file."),
            ..Self::default()
        }
    }

    pub(crate) fn too_large() -> Self {
        Self {
            failure: Some(
                "That is more than 2 MB, and no catalogue. Check it with “fleet serve --personas FILE”.",
            ),
            ..Self::default()
        }
    }

    pub(crate) fn is_right(&self) -> bool {
        self.failure.is_none() && self.mistakes.is_empty()
    }

    /// As it was sent.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn headline(&self) -> String {
        match self.total {
            0 => format!(
                "It is right, and brings {}.",
                counted(self.brought.len() as u64, "persona", "personas")
            ),
            total => format!("{}.", counted(total as u64, "mistake", "mistakes")),
        }
    }

    fn rest(&self) -> Option<String> {
        let rest = self.total.saturating_sub(self.mistakes.len());
        (rest > 0).then(|| grouped(rest as u64))
    }
}

impl MistakeRow {
    fn of(mistake: &Mistake, lines: &[&str]) -> Self {
        let excerpt = lines.get(mistake.line.saturating_sub(1)).map(|line| line.trim()).unwrap_or_default();
        Self {
            persona: mistake.persona.clone(),
            line: mistake.line,
            field: mistake.field.clone(),
            rule: mistake.rule.replace('`', ""),
            mend: sentence(&mistake.mend.replace('`', "")),
            excerpt: excerpt.chars().take(160).collect(),
        }
    }
}
