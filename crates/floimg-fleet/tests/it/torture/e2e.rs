//! The tests: a kill at every step, and kills at random. `cargo xtask torture` runs the second for longer.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::calls::{Call, What};
use super::life::World;
use super::saboteur::{Deed, Moment, Random};
use super::truth;

/// How many residents there are to be tortured.
const RESIDENTS: usize = 4;

/// A deed for the next request of a kind; everything else passes.
#[derive(Clone, Default)]
struct Armed(Arc<Mutex<Option<(What, Deed)>>>);

impl Armed {
    fn with(&self, what: What, deed: Deed) {
        *self.0.lock().unwrap() = Some((what, deed));
    }

    fn deed(&self, call: &Call) -> Deed {
        let mut armed = self.0.lock().unwrap();
        match *armed {
            Some((what, deed)) if what == call.what => {
                *armed = None;
                deed
            }
            _ => Deed::Pass,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fleet_that_dies_at_any_step_of_any_action_doubles_nothing_and_ends_every_row() {
    let world = World::begin(1, RESIDENTS, None).await;
    let armed = Armed::default();
    let obeyed = armed.clone();
    world.proxy.obeys(move |call| obeyed.deed(call));
    for (what, deed) in every_step() {
        if what == What::Invite {
            world.come(1).await;
        }
        armed.with(what, deed);
        let deaths = world.prey().deaths();
        world.revive().await;
        world.until_dead(&format!("it died of {deed:?} at {what:?}"), deaths + 1).await;
    }
    world.comes_to_rest().await;
    hold(&world, "at every step").await;
}

/// Every step of every call that does something; and of the reads on which a decision about one rests.
fn every_step() -> Vec<(What, Deed)> {
    let moments = [Moment::Before, Moment::Unanswered, Moment::Midway, Moment::After];
    // An invitation may be sent again.
    let mut steps =
        vec![(What::Invite, Deed::Kill(Moment::Before)), (What::Invite, Deed::Kill(Moment::Unanswered))];
    for what in &What::WRITES[1..] {
        steps.extend(moments.map(|moment| (*what, Deed::Kill(moment))));
    }
    // It lands when another life has begun, before or after it was looked for.
    let late = |what, after, is_too_late| {
        (what, Deed::Late { after: Duration::from_millis(after), kills: true, is_too_late })
    };
    steps.extend(
        [What::Publish, What::Like, What::Comment, What::Answer].map(|what| late(what, 1_000, false)),
    );
    steps.push(late(What::Like, 3_000, true));
    // Before a like the post is read, with the row planned; the others look for what was lost, with the row sent.
    for (write, read) in
        [(What::Like, What::Item), (What::Publish, What::Showcase), (What::Comment, What::Comments)]
    {
        steps.push((write, Deed::Kill(Moment::Unanswered)));
        steps.push((read, Deed::Kill(Moment::After)));
    }
    steps
}

/// Holds the ledger against the gallery.
async fn hold(world: &World, what: &str) {
    let rows = world.ledger().await;
    let wrong =
        truth::violations(&rows, &world.residents().await, &world.census().await, &world.proxy.calls());
    if !wrong.is_empty() {
        panic!("{what}:\n{}\neverything is kept in {}", wrong.join("\n"), world.keep());
    }
    let ended = |status| rows.iter().filter(|row| row.status == status).count();
    eprintln!(
        "{what}: {} deaths; {} rows done, {} failed, {} unresolved; {} requests that do something",
        world.prey().deaths(),
        ended(fleet_bots::ActionStatus::Done),
        ended(fleet_bots::ActionStatus::Failed),
        ended(fleet_bots::ActionStatus::Unresolved),
        world.proxy.calls().len(),
    );
}

/// What a run of random kills is asked to be.
struct Asked {
    kills: usize,
    seed: u64,
    server: Option<String>,
}

impl Asked {
    /// Short, and always the same, unless `cargo xtask torture` says otherwise.
    #[expect(clippy::disallowed_methods, reason = "who starts the tests tells them how long to go on")]
    fn read() -> Self {
        let number = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
        Self {
            kills: number("FLEET_TORTURE_KILLS").map_or(12, |kills| usize::try_from(kills).unwrap()),
            seed: number("FLEET_TORTURE_SEED").unwrap_or(7),
            server: std::env::var("FLEET_TORTURE_POSTGRES").ok(),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fleet_that_is_killed_at_random_doubles_nothing_and_ends_every_row() {
    let Asked { kills, seed, server } = Asked::read();
    let begun = Instant::now();
    let world = World::begin(seed, RESIDENTS, server.as_deref()).await;
    let (armed, mut troubles) = (Arc::new(Mutex::new(None)), Random::from(seed));
    let obeyed = Arc::clone(&armed);
    world.proxy.obeys(move |call| {
        let mut armed = obeyed.lock().unwrap();
        match *armed {
            Some((None, moment)) => {
                *armed = None;
                Deed::Kill(moment)
            }
            Some((Some(what), moment)) if call.what == what => {
                *armed = None;
                Deed::Kill(moment)
            }
            _ => troubles.deed(call),
        }
    });
    let mut fate = Random::from(seed.wrapping_add(1));
    for kill in 1..=kills {
        if fate.once_in(4) {
            world.gallery_hides_a_post().await;
        }
        if fate.once_in(12) {
            world.gallery_falls_over();
        }
        world.revive().await;
        tokio::time::sleep(fate.span(Duration::from_millis(700))).await;
        match fate.kill() {
            Some(step) => *armed.lock().unwrap() = Some(step),
            None => world.prey().kill(),
        }
        world.until_dead(&format!("it died the {kill}. time"), kill).await;
        if kill % 25 == 0 {
            eprintln!("{kill} kills of {kills} in {} s", begun.elapsed().as_secs());
        }
    }
    world.comes_to_rest().await;
    hold(&world, &format!("seed {seed}")).await;
}
