//! Many bots that are to be made: who they would be, and how far the making is.

use std::collections::BTreeMap;

use askama::Template;
use fleet_bots::NewBot;

use super::{counted, grouped};
use crate::characters::Persona;
use crate::failure::Failure;
use crate::panel::Panel;
use crate::seeding::Progress;

/// Who would be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/seed_shown.html")]
pub(crate) struct Shown {
    wrong: Option<String>,
    total: u64,
    rows: Vec<Somebody>,
    more: u64,
    by_persona: Vec<(String, String)>,
    /// Whether somebody wanted them made who had been shown others.
    is_unmade: bool,
    /// What they were drawn from.
    seed: u64,
    /// The wish that they answer.
    likeness: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Somebody {
    name: String,
    username: String,
    persona: String,
    zone: String,
}

/// How far a run is.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/seed_progress.html")]
pub(crate) struct SeedProgress {
    run: u64,
    progress: Progress,
    by_persona: Vec<(String, String)>,
}

impl Shown {
    /// Some of `new` by name, and how many there are of each persona.
    pub(crate) fn of(
        new: &[NewBot],
        named: usize,
        personas: &[Persona],
        (seed, likeness): (u64, String),
    ) -> Self {
        let name_of = |id: &str| {
            let known = personas.iter().find(|persona| persona.id == id);
            known.map_or_else(|| id.to_owned(), |persona| persona.name.clone())
        };
        let rows = new.iter().take(named).map(|bot| Somebody {
            name: bot.name.clone(),
            username: bot.username.clone(),
            persona: name_of(&bot.persona),
            zone: bot.rhythm.zone.clone(),
        });
        let mut counts = BTreeMap::<String, u64>::new();
        for bot in new {
            *counts.entry(name_of(&bot.persona)).or_default() += 1;
        }
        Self {
            wrong: None,
            total: new.len() as u64,
            rows: rows.collect(),
            more: new.len().saturating_sub(named) as u64,
            by_persona: counts.into_iter().map(|(name, count)| (name, grouped(count))).collect(),
            is_unmade: false,
            seed,
            likeness,
        }
    }

    /// The same for somebody who wanted them made and had been shown others.
    pub(crate) fn unmade(self) -> Self {
        Self { is_unmade: true, ..self }
    }

    pub(crate) fn wrong(wrong: String, seed: u64) -> Self {
        Self { wrong: Some(wrong), seed, ..Self::default() }
    }

    fn rest(&self) -> String {
        grouped(self.more)
    }

    fn heading(&self) -> String {
        counted(self.total, "new bot", "new bots")
    }
}

impl SeedProgress {
    pub(crate) fn of(panel: &Panel, run: u64) -> Option<Self> {
        let progress = panel.seedings.progress(run)?;
        let personas =
            panel.characters().map(|characters| characters.personas.as_slice()).unwrap_or_default();
        let name_of = |id: &str| {
            let known = personas.iter().find(|persona| persona.id == id);
            known.map_or_else(|| id.to_owned(), |persona| persona.name.clone())
        };
        let by_persona =
            progress.by_persona.iter().map(|(id, count)| (name_of(id), grouped(*count as u64))).collect();
        Some(Self { run, progress, by_persona })
    }

    pub(crate) fn is_working(&self) -> bool {
        self.progress.is_working()
    }

    fn failure(&self) -> Option<&Failure> {
        self.progress.failure()
    }

    /// All steps there are, of making and of starting.
    fn steps(&self) -> usize {
        self.progress.total * if self.progress.starts { 2 } else { 1 }
    }

    fn steps_done(&self) -> usize {
        self.progress.made + self.progress.started
    }

    fn headline(&self) -> String {
        let Progress { total, made, started, starts, .. } = self.progress;
        let all = counted(total as u64, "bot", "bots");
        if self.failure().is_some() {
            return format!("It stopped at {} of {all}.", grouped(made as u64));
        }
        if !self.is_working() {
            return format!("{} {all}.", if starts { "Made and started" } else { "Made" });
        }
        match made < total {
            true => format!("Making {all}: {} so far.", grouped(made as u64)),
            false => format!("Starting {all}: {} so far.", grouped(started as u64)),
        }
    }
}
