//! What the panel is told of personas and of what they write. The panel knows no brain: whoever serves it hands over values
//! and closures. Owns their shapes and how long they may take; what is written is somebody else's.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use fleet_bots::{NewBot, Rhythm, Weights};
use futures::future::BoxFuture;

/// How long a page waits for a character to write: a model may be asked.
const WRITING: Duration = Duration::from_secs(20);

/// The personas of this process, and what can be asked of them.
#[derive(Clone)]
pub struct Characters {
    /// Where the catalogue came from.
    pub origin: Origin,
    /// The catalogue, in its order.
    pub personas: Vec<Persona>,
    /// Chance: another number each time. A page that shows what was drawn from one keeps it, so that the same is made.
    pub chance: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// Draws new residents; the same draw gives the same ones. Fewer than asked for when no persona fits.
    pub draw: Arc<dyn Fn(Draw) -> Vec<NewBot> + Send + Sync>,
    /// What a character would write, drawn from a seed; or why it writes nothing, in words for the operator.
    pub write: Arc<dyn Fn(NewBot, u64) -> Writing + Send + Sync>,
    /// Reads the text of a catalogue: its personas, or every mistake in it.
    pub check: Arc<dyn Fn(&str) -> Checked + Send + Sync>,
}

/// A sample that is being written, or why there will be none, in words for the operator.
pub type Writing = BoxFuture<'static, Result<Sample, String>>;

/// The personas of a catalogue that was read, or every mistake in it.
pub type Checked = Result<Vec<Persona>, Vec<Mistake>>;

/// Where a catalogue came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is part of the program.
    BuiltIn,
    /// It was read from this file.
    File(String),
}

/// New residents to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draw {
    /// How many.
    pub count: usize,
    /// Of which personas, in their proportion; none named means all.
    pub personas: Vec<String>,
    /// Usernames that they may not have.
    pub taken: HashSet<String>,
    /// What all chance is drawn from.
    pub seed: u64,
}

/// A persona as the catalogue has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// Its name in configuration and in the store.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// One line on who it is.
    pub about: String,
    /// Who it is, in a sentence or two.
    pub personality: String,
    /// Its manner in a word.
    pub vibe: String,
    /// What its residents are drawn to talk about.
    pub interests: Vec<String>,
    /// What they are drawn to do.
    pub weights: Weights,
    /// Where they live, as IANA zones.
    pub zones: Vec<String>,
    /// The day of one who lives in the first of the zones.
    pub rhythm: Rhythm,
    /// The shortest time between two actions, in seconds of fleet time.
    pub min_interval_s: i64,
    /// The longest.
    pub max_interval_s: i64,
    /// How many of all residents are of it, from 0 to 1.
    pub share: f64,
    /// The gallery's shelf its pictures stand on.
    pub category: String,
    /// How its pictures are made, one way or another, in words.
    pub recipes: Vec<String>,
}

/// What a character would write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The title of a post.
    pub title: String,
    /// What it would say about it.
    pub description: String,
    /// What its picture would show, as the image generator is told.
    pub prompt: String,
    /// A word on somebody else's picture; nothing when none of those shown to it made it speak.
    pub comment: Option<Exchange>,
    /// An answer to a remark under the post.
    pub answer: Option<Exchange>,
}

/// What a character was shown, and what it would say to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What it was shown, in a line.
    pub to: String,
    /// What it would say.
    pub text: String,
    /// Why.
    pub why: String,
}

/// A mistake in the text of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The persona it is in, when it is in one.
    pub persona: Option<String>,
    /// The line it stands in, from 1.
    pub line: usize,
    /// The path of the field, like `busy.hours[0].from`.
    pub field: String,
    /// What holds for it.
    pub rule: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Debug for Characters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Characters")
            .field("origin", &self.origin)
            .field("personas", &self.personas)
            .finish_non_exhaustive()
    }
}

impl Characters {
    /// The persona of that id.
    pub(crate) fn persona(&self, id: &str) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.id == id)
    }

    /// Draws away from the threads that answer requests: a thousand residents take their time.
    pub(crate) async fn drawn(&self, draw: Draw) -> Vec<NewBot> {
        let drawing = Arc::clone(&self.draw);
        tokio::task::spawn_blocking(move || drawing(draw)).await.unwrap_or_else(|error| {
            tracing::error!(%error, "residents could not be drawn");
            Vec::new()
        })
    }

    /// What `bot` would write, or why it does not, in words.
    pub(crate) async fn sample(&self, bot: NewBot, seed: u64) -> Result<Sample, String> {
        match tokio::time::timeout(WRITING, (self.write)(bot, seed)).await {
            Ok(sample) => sample,
            Err(_) => Err(format!("Nothing was written within {} s; try again.", WRITING.as_secs())),
        }
    }
}
