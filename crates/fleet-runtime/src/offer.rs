//! What the gallery can make pictures with, as this node knows it: asked when the node starts and now and then later, at once
//! when a workflow was refused for what should be there, and corrected by what was refused. Owns what is known and when to ask
//! again; a gallery that does not say, or says nothing that can be read, is taken to have everything.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fleet_bots::BotId;
use fleet_brain::{Catalogue, Offer, Recipe};
use fleet_gallery::{Error, Gallery, Step};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use crate::agent::steps;
use crate::world::World;

/// How long, in real time, what is known is believed; a fifth more or less, so that nodes do not ask together.
const BELIEVED: Duration = Duration::from_secs(6 * 3_600);
/// How soon, in real time, a gallery that did not say is asked again.
const UNSAID: Duration = Duration::from_secs(300);
/// The least real time between two questions, however much is refused meanwhile.
const BREATH: Duration = Duration::from_secs(30);
/// How long, in real time, a bot waits at the most for the first answer.
const FIRST: Duration = Duration::from_secs(5);

/// What is known of what the gallery offers.
#[derive(Debug)]
pub(crate) struct Offered {
    known: Mutex<Known>,
    /// All that the fleet's recipes are made with.
    all: Names,
    /// Whether the gallery was asked at all.
    asked: watch::Sender<bool>,
    /// Rung when what is known was found to be wrong.
    doubted: Notify,
}

#[derive(Debug, Default)]
struct Known {
    /// What the gallery said.
    said: Offer,
    /// What it refused since, though it was to be had.
    refused: Names,
    /// The one without the other.
    offer: Arc<Offer>,
    /// The bots that have told, since the gallery was asked last, that they can make nothing.
    told: HashSet<BotId>,
}

/// Generators and transforms by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    generators: BTreeSet<String>,
    transforms: BTreeSet<String>,
}

impl Names {
    /// All that some recipes are made with.
    fn of_recipes<'r>(recipes: impl Iterator<Item = &'r Recipe>) -> Self {
        let mut names = Self::default();
        recipes.for_each(|recipe| names.learn(&steps(recipe)));
        names
    }

    fn of(steps: &[Step]) -> Self {
        let mut names = Self::default();
        names.learn(steps);
        names
    }

    fn learn(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Generate { generator, .. } => _ = self.generators.insert(generator.clone()),
                Step::Transform { op, .. } => _ = self.transforms.insert(op.clone()),
                Step::Save { .. } => {}
            }
        }
    }

    /// What the gallery says that it lacks of these, if `error` is about that.
    fn missing(&self, error: &Error) -> Self {
        let Error::Workflow { code, message, retryable: false } = error else { return Self::default() };
        let is_named = |name: &&String| message.split(|c: char| !is_of_name(c)).any(|word| word == *name);
        let named = |names: &BTreeSet<String>| names.iter().filter(is_named).cloned().collect();
        if code == "PROVIDER_NOT_FOUND" {
            let generators: BTreeSet<String> = named(&self.generators);
            // Whichever it is, there is only one.
            let only = if self.generators.len() == 1 { self.generators.clone() } else { BTreeSet::new() };
            let generators = if generators.is_empty() { only } else { generators };
            return Self { generators, ..Self::default() };
        }
        if message.to_lowercase().contains("unknown operation") {
            return Self { transforms: named(&self.transforms), ..Self::default() };
        }
        Self::default()
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

impl Offered {
    /// Nothing is known yet; the bots make what is in `catalogue`.
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let recipes = catalogue.personas().iter().flat_map(|persona| &persona.recipes);
        Self {
            known: Mutex::default(),
            all: Names::of_recipes(recipes),
            asked: watch::Sender::new(false),
            doubted: Notify::new(),
        }
    }

    /// What recipes can be chosen from. Before the gallery has answered for the first time this waits a little.
    pub(crate) async fn known(&self) -> Arc<Offer> {
        let mut asked = self.asked.subscribe();
        // A gallery that does not answer in time is taken to have everything.
        _ = tokio::time::timeout(FIRST, asked.wait_for(|asked| *asked)).await;
        Arc::clone(&self.state().offer)
    }

    /// Whether `bot_id` has not told, since the gallery was asked last, that it can make nothing; from now on it has.
    pub(crate) fn is_news_to(&self, bot_id: BotId) -> bool {
        self.state().told.insert(bot_id)
    }

    /// Learns from the error that a workflow of `steps` met, if it says that the gallery lacks something in it: that is left
    /// out from now on, and the gallery is asked anew at once.
    pub(crate) fn learn(&self, error: &Error, steps: &[Step]) {
        let missing = Names::of(steps).missing(error);
        if missing == Names::default() {
            return;
        }
        let mut known = self.state();
        let before = known.refused.clone();
        known.refused.generators.extend(missing.generators.clone());
        known.refused.transforms.extend(missing.transforms.clone());
        if known.refused == before {
            return;
        }
        tracing::warn!(?missing, %error, "the gallery lacks something, which is left out from now on");
        self.settle(&mut known);
        drop(known);
        self.doubted.notify_one();
    }

    /// Keeps what the gallery said, and forgets what it refused unless it was asked just because of that: its list may name
    /// a generator that has no key.
    fn replace(&self, said: Offer, because_of_doubt: bool) {
        let mut known = self.state();
        known.said = said;
        if !because_of_doubt {
            known.refused = Names::default();
        }
        self.settle(&mut known);
    }

    /// Whoever can make nothing of what is known now may tell so again.
    fn settle(&self, known: &mut Known) {
        let rest = |said: &Option<BTreeSet<String>>, refused: &BTreeSet<String>, all: &BTreeSet<String>| {
            let said = said.as_ref().or(Some(all).filter(|_| !refused.is_empty()))?;
            Some(said.difference(refused).cloned().collect())
        };
        let offer = Offer {
            generators: rest(&known.said.generators, &known.refused.generators, &self.all.generators),
            transforms: rest(&known.said.transforms, &known.refused.transforms, &self.all.transforms),
        };
        if *known.offer != offer {
            tracing::info!(generators = ?offer.generators, transforms = ?offer.transforms, "pictures are made from this");
            known.offer = Arc::new(offer);
        }
        known.told.clear();
    }

    fn state(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks for ever what the gallery offers.
pub(crate) async fn watch(world: &World) {
    let mut because_of_doubt = false;
    loop {
        world.bots.switch().lifted().await;
        let asked_at = Instant::now();
        let said = tokio::select! {
            biased;
            () = world.bots.switch().pulled() => continue,
            said = ask(&world.gallery) => said,
        };
        let is_said = said.generators.is_some() && said.transforms.is_some();
        world.offered.replace(said, because_of_doubt);
        world.offered.asked.send_replace(true);
        let wait = if is_said { BELIEVED } else { UNSAID }.mul_f64(world.spread());
        because_of_doubt = tokio::select! {
            () = tokio::time::sleep(wait) => false,
            () = world.offered.doubted.notified() => true,
        };
        if because_of_doubt {
            tokio::time::sleep_until(asked_at + BREATH).await;
        }
    }
}

/// What the gallery says that it offers. What it does not say, or says in a way that cannot be read, is not known.
async fn ask(gallery: &Gallery) -> Offer {
    let known = |what: &'static str, names: Result<Vec<String>, Error>| match names {
        // No gallery has none: it speaks another way.
        Ok(names) if names.is_empty() => {
            tracing::warn!(what, "the gallery's list of what it offers names nothing; everything is tried");
            None
        }
        Ok(names) => Some(names.into_iter().collect()),
        Err(error) => {
            tracing::warn!(what, %error, "the gallery does not say what it offers; everything is tried");
            None
        }
    };
    Offer {
        generators: known("generators", gallery.generators().await),
        transforms: known("transforms", gallery.transforms().await),
    }
}

#[cfg(test)]
mod tests {
    use fleet_brain::Persona;
    use serde_json::json;

    use super::*;

    fn names(names: &[&str]) -> Option<BTreeSet<String>> {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn failed(code: &str, message: &str) -> Error {
        Error::Workflow { code: code.into(), message: message.into(), retryable: false }
    }

    const NO_KEY: &str = "Provider \"openai\" not found for type \"generator\"";

    fn paints() -> Vec<Step> {
        vec![
            Step::generate("openai", json!({}), "a"),
            Step::generate("shapes", json!({}), "b"),
            Step::transform("modulate", "a", json!({}), "c"),
        ]
    }

    fn shown(offered: &Offered, persona: &Persona) -> BTreeSet<fleet_brain::Shows> {
        offered.state().offer.of(persona).iter().map(|recipe| recipe.shows).collect()
    }

    #[test]
    fn what_was_refused_is_left_out_until_the_gallery_is_asked_in_its_time() {
        use fleet_brain::Shows::{Scene, Shapes};
        let catalogue = Catalogue::built_in();
        let painter = catalogue.get("ai_artist").unwrap();
        let offered = Offered::new(&catalogue);
        // Nothing is known: everything is tried.
        assert_eq!(shown(&offered, painter), BTreeSet::from([Scene]));
        offered.learn(&failed("PROVIDER_NOT_FOUND", NO_KEY), &paints());
        assert_eq!(shown(&offered, painter), BTreeSet::from([Shapes]));

        // Its list names the generator all the same.
        let said = Offer {
            generators: names(&["openai", "shapes"]),
            transforms: names(&["composite", "modulate", "preset"]),
        };
        offered.replace(said.clone(), true);
        assert_eq!(shown(&offered, painter), BTreeSet::from([Shapes]));
        offered.replace(said, false);
        assert_eq!(shown(&offered, painter), BTreeSet::from([Scene]));
    }

    #[test]
    fn only_what_is_named_as_lacking_is_taken_to_be_lacking() {
        let names = Names::of(&paints());
        let missing = |code, message| names.missing(&failed(code, message));
        let openai = Names { generators: BTreeSet::from(["openai".into()]), ..Names::default() };
        assert_eq!(missing("PROVIDER_NOT_FOUND", NO_KEY), openai);
        assert_eq!(missing("PROVIDER_NOT_FOUND", "no such provider"), Names::default());
        let modulate = Names { transforms: BTreeSet::from(["modulate".into()]), ..Names::default() };
        assert_eq!(missing("TRANSFORM_ERROR", "Unknown operation: modulate"), modulate);
        assert_eq!(missing("TRANSFORM_ERROR", "Unknown operation: adjust"), Names::default());
        assert_eq!(missing("GENERATION_ERROR", "400 openai: your request was rejected"), Names::default());
        assert_eq!(names.missing(&Error::Paused), Names::default());
        let only = Names::of(&[Step::generate("openai", json!({}), "a")]);
        assert_eq!(only.missing(&failed("PROVIDER_NOT_FOUND", "no such provider")), openai);
    }

    #[test]
    fn who_can_make_nothing_tells_it_once_for_each_answer() {
        let offered = Offered::new(&Catalogue::built_in());
        let bot = BotId::generate();
        assert!(offered.is_news_to(bot) && !offered.is_news_to(bot));
        offered.replace(Offer::default(), false);
        assert!(offered.is_news_to(bot));
    }
}
