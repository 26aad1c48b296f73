//! `fleet seed`: makes new residents, and starts them when asked to.

use std::collections::{BTreeMap, HashSet};

use clap::Args;
use fleet_bots::{Asked, Bot, Bots, NewBot, Selection};
use fleet_brain::Catalogue;
use indicatif::{ProgressBar, ProgressStyle};
use rand::rngs::StdRng;
use serde_json::json;

use crate::config::{self, CatalogueOptions, StoreOptions};
use crate::{output, residents};

/// How many bots are made or started in one piece.
const BATCH: usize = 500;
/// How often a piece is tried before other shells are said to be in the way.
const TRIES: u32 = 8;

/// Make new residents, each with a name, a personality and a day of its own
#[derive(Args, Debug)]
pub(crate) struct SeedOptions {
    /// How many
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    count: u32,
    /// All of this persona, instead of all personas in proportion
    #[arg(long, value_name = "PERSONA")]
    persona: Option<String>,
    /// Start them as well
    #[arg(long)]
    start: bool,
    /// What all chance is drawn from; without it, the residents are different every time
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    /// Print JSON: `made`, `started`, `by_persona` and `bots`, each with `id`, `username`, `name` and `persona`
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: SeedOptions) -> anyhow::Result<()> {
    let catalogue = options.catalogue.load()?;
    if let Some(persona) = &options.persona {
        residents::known(&catalogue, persona)?;
    }
    let bots = store.open().await?;
    let count = usize::try_from(options.count)?;
    let mut taken = bots.usernames().await?;
    let mut dice = config::dice(options.seed);
    let new = residents::draw(&catalogue, count, options.persona.as_deref(), &mut taken, &mut dice)?;

    // It draws itself on standard error, and nothing when that is no terminal.
    let bar = ProgressBar::new(u64::from(options.count));
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} residents")?);
    let asked = config::asked(&bots).await?;
    let made = make(&bots, &catalogue, new, &asked, &mut dice, &bar).await;
    bar.finish_and_clear();
    let made = made?;
    if options.start {
        start(&bots, &made).await?;
    }
    tell(&made, &options)
}

/// Makes them in pieces. Another shell may have taken a username meanwhile; whoever would have had it becomes somebody
/// else of the same persona.
async fn make(
    bots: &Bots,
    catalogue: &Catalogue,
    new: Vec<NewBot>,
    asked: &Asked,
    dice: &mut StdRng,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<Bot>> {
    let mut made = Vec::with_capacity(new.len());
    for piece in new.chunks(BATCH) {
        let mut piece = piece.to_vec();
        for tries_left in (0..TRIES).rev() {
            match residents::make(bots, piece.clone(), asked, |_| {}).await {
                Err(error) if is_conflict(&error) && tries_left > 0 => {
                    rename(bots, catalogue, &mut piece, &new, dice).await?;
                }
                result => {
                    made.extend(result?);
                    break;
                }
            }
        }
        bar.set_position(made.len() as u64);
    }
    Ok(made)
}

async fn rename(
    bots: &Bots,
    catalogue: &Catalogue,
    piece: &mut [NewBot],
    all: &[NewBot],
    dice: &mut StdRng,
) -> anyhow::Result<()> {
    let taken = bots.usernames().await?;
    let mut avoided: HashSet<String> = all.iter().map(|bot| bot.username.clone()).collect();
    avoided.extend(taken.iter().cloned());
    for bot in piece.iter_mut().filter(|bot| taken.contains(&bot.username)) {
        let other = residents::draw(catalogue, 1, Some(&bot.persona), &mut avoided, dice)?.pop();
        *bot = other.unwrap_or_else(|| bot.clone());
    }
    Ok(())
}

fn is_conflict(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(fleet_bots::Error::Conflict(_)))
}

async fn start(bots: &Bots, made: &[Bot]) -> anyhow::Result<()> {
    let asked = config::asked(bots).await?;
    for some in made.chunks(BATCH) {
        bots.start_bots(&Selection::Ids(some.iter().map(|bot| bot.id).collect()), &asked).await?;
    }
    Ok(())
}

fn tell(made: &[Bot], options: &SeedOptions) -> anyhow::Result<()> {
    let mut by_persona = BTreeMap::<&str, u64>::new();
    for bot in made {
        *by_persona.entry(&bot.persona).or_default() += 1;
    }
    if options.json {
        let bots: Vec<_> = made
            .iter()
            .map(|bot| json!({ "id": bot.id, "username": bot.username, "name": bot.name, "persona": bot.persona }))
            .collect();
        return output::json(&json!({
            "made": made.len(), "started": options.start, "by_persona": by_persona, "bots": bots,
        }));
    }
    let rows =
        by_persona.iter().map(|(persona, count)| vec![(*persona).to_owned(), count.to_string()]).collect();
    output::say(output::table(&["Persona", "Made"], rows, 1))?;
    let made = output::count(made.len() as u64, "bot");
    match options.start {
        true => {
            output::say(format!("\nmade and started {made}; a fleet that runs over this data takes them up"))
        }
        false => output::say(format!("\nmade {made}; they are stopped until `fleet bots start --all`")),
    }
}
