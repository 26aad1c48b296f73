//! `fleet bots start|pause|resume|stop|delete`: one word for one bot, for several, for a persona or for all. What was
//! asked of bots that are there is done even when others are not.

use std::collections::HashSet;
use std::io::{BufRead, IsTerminal};

use clap::Args;
use fleet_bots::{AccountAfter, Asked, Bot, BotFilter, Bots, Error, Intent, Selection};
use serde_json::json;

use crate::config::{self, StoreOptions};
use crate::failure::Misuse;
use crate::output;

/// How many names are printed before the rest is only counted.
const NAMED: usize = 20;

#[derive(Args, Debug)]
pub(crate) struct SteerOptions {
    #[command(flatten)]
    meant: Meant,
    /// Print JSON: `changed` and `unchanged`, each a list with `bot`, and `why` for those that were not
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DeleteOptions {
    #[command(flatten)]
    steer: SteerOptions,
    /// Leave their accounts and usernames in the gallery; otherwise a node removes them
    #[arg(long)]
    keep_account: bool,
    /// Do not ask before many are deleted
    #[arg(long)]
    yes: bool,
}

/// Which bots are meant.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Meant {
    /// Ids or usernames
    #[arg(value_name = "BOT")]
    bots: Vec<String>,
    /// All bots
    #[arg(long)]
    all: bool,
    /// All bots of this persona
    #[arg(long)]
    persona: Option<String>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Start,
    Pause,
    Resume,
    Stop,
    Delete(AccountAfter),
}

impl Verb {
    fn done(self) -> &'static str {
        match self {
            Verb::Start => "started",
            Verb::Pause => "paused",
            Verb::Resume => "resumed",
            Verb::Stop => "stopped",
            Verb::Delete(_) => "deleted",
        }
    }

    async fn apply(self, bots: &Bots, selection: &Selection, asked: &Asked) -> fleet_bots::Result<Vec<Bot>> {
        match self {
            Verb::Start => bots.start_bots(selection, asked).await,
            Verb::Pause => bots.pause_bots(selection, asked).await,
            Verb::Resume => bots.resume_bots(selection, asked).await,
            Verb::Stop => bots.stop_bots(selection, asked).await,
            Verb::Delete(account) => bots.delete_bots(selection, account, asked).await,
        }
    }

    /// Why a bot of this intent was left as it is, and whether that is what was asked for anyway.
    fn left(self, intent: Intent) -> (&'static str, bool) {
        match (self, intent) {
            (Verb::Pause, Intent::Paused) => ("is paused already", true),
            (Verb::Resume, Intent::Running) => ("runs already", true),
            (Verb::Stop, Intent::Stopped) => ("is stopped already", true),
            (Verb::Pause | Verb::Resume, Intent::Stopped) => ("is stopped; start it first", false),
            _ => ("was changed or deleted by somebody else at this moment", false),
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
struct Outcome {
    changed: Vec<Bot>,
    /// By username, with the reason.
    unchanged: Vec<(String, &'static str)>,
    /// Why not all that was asked for by name is so now.
    failed: Vec<String>,
}

pub(super) async fn run(store: &StoreOptions, verb: Verb, options: &SteerOptions) -> anyhow::Result<()> {
    steer(&store.open_existing().await?, verb, options).await
}

pub(super) async fn delete(store: &StoreOptions, options: &DeleteOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let meant = &options.steer.meant;
    if meant.bots.is_empty() && !options.yes {
        let filter = BotFilter { persona: meant.persona.clone(), per_page: 1, ..BotFilter::default() };
        let count = bots.list_bots(&filter).await?.total;
        if count > 0 && !confirmed(count)? {
            anyhow::bail!("nothing was deleted");
        }
    }
    let account = if options.keep_account { AccountAfter::Kept } else { AccountAfter::Removed };
    steer(&bots, Verb::Delete(account), &options.steer).await
}

fn confirmed(count: u64) -> anyhow::Result<bool> {
    let many = output::count(count, "bot");
    if !std::io::stdin().is_terminal() {
        return Err(
            Misuse(format!("{many} would be deleted, and nobody is there to be asked; add --yes")).into()
        );
    }
    eprint!("delete {many}? Type `yes`: ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

async fn steer(bots: &Bots, verb: Verb, options: &SteerOptions) -> anyhow::Result<()> {
    let outcome = match options.meant.bots.is_empty() {
        true => change_all(bots, verb, options.meant.persona.as_deref()).await?,
        false => change_named(bots, verb, &options.meant.bots).await?,
    };
    match options.json {
        true => tell_json(&outcome)?,
        false => tell(verb, &outcome)?,
    }
    match outcome.failed.as_slice() {
        [] => Ok(()),
        failed => anyhow::bail!("{}", failed.join("; ")),
    }
}

async fn change_named(bots: &Bots, verb: Verb, names: &[String]) -> anyhow::Result<Outcome> {
    let (mut outcome, mut found, mut seen) = (Outcome::default(), Vec::new(), HashSet::new());
    for name in names {
        match bots.get_bot(name.trim_start_matches('@')).await {
            Ok(view) if seen.insert(view.bot.id) => found.push(view.bot),
            Ok(_) => {}
            Err(error @ Error::NotFound(_)) => {
                outcome.unchanged.push((name.clone(), "does not exist"));
                outcome.failed.push(error.to_string());
            }
            Err(error) => return Err(error.into()),
        }
    }
    let selection = Selection::Ids(found.iter().map(|bot| bot.id).collect());
    outcome.changed = verb.apply(bots, &selection, &config::asked(bots).await?).await?;
    for (bot, why, is_so) in left(verb, found, &outcome.changed) {
        if !is_so {
            outcome.failed.push(format!("bot `{}` {why}", bot.username));
        }
        outcome.unchanged.push((bot.username, why));
    }
    Ok(outcome)
}

async fn change_all(bots: &Bots, verb: Verb, persona: Option<&str>) -> anyhow::Result<Outcome> {
    let selection = persona.map_or(Selection::All, |persona| Selection::Persona(persona.to_owned()));
    let (mut found, mut page) = (Vec::new(), 0);
    loop {
        let filter =
            BotFilter { persona: persona.map(str::to_owned), page, per_page: 1_000, ..BotFilter::default() };
        let some = bots.list_bots(&filter).await?;
        if some.rows.is_empty() {
            break;
        }
        found.extend(some.rows.into_iter().map(|row| row.bot));
        page += 1;
    }
    if let (Some(persona), true) = (persona, found.is_empty()) {
        anyhow::bail!("there are no bots of persona `{persona}`; `fleet bots list` shows who there is");
    }
    let changed = verb.apply(bots, &selection, &config::asked(bots).await?).await?;
    let unchanged = left(verb, found, &changed).map(|(bot, why, _)| (bot.username, why)).collect();
    Ok(Outcome { changed, unchanged, failed: Vec::new() })
}

/// Those of `found` that are not among `changed`, why, and whether they are as was asked for.
fn left(verb: Verb, found: Vec<Bot>, changed: &[Bot]) -> impl Iterator<Item = (Bot, &'static str, bool)> {
    let changed: HashSet<_> = changed.iter().map(|bot| bot.id).collect();
    found.into_iter().filter(move |bot| !changed.contains(&bot.id)).map(move |bot| {
        let (why, is_so) = verb.left(bot.intent);
        (bot, why, is_so)
    })
}

fn tell(verb: Verb, outcome: &Outcome) -> anyhow::Result<()> {
    let (changed, unchanged) = (&outcome.changed, &outcome.unchanged);
    if changed.is_empty() && unchanged.is_empty() {
        return output::say("there are no bots yet; make some with `fleet seed --count 24 --start`");
    }
    let names = changed.iter().map(|bot| format!("@{}", bot.username));
    match changed.is_empty() {
        true => output::say(format!("nothing was {}", verb.done()))?,
        false => output::say(format!(
            "{} {}: {}",
            verb.done(),
            output::count(changed.len() as u64, "bot"),
            some_of(names.collect())
        ))?,
    }
    let mut reasons: Vec<&str> = unchanged.iter().map(|(_, why)| *why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for reason in reasons {
        let names: Vec<String> =
            unchanged.iter().filter(|(_, why)| *why == reason).map(|(bot, _)| bot.clone()).collect();
        let left = output::count(names.len() as u64, "bot");
        output::say(output::plain(&format!("left {left} as before ({reason}): {}", some_of(names))))?;
    }
    Ok(())
}

fn some_of(mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let named = names.join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}

fn tell_json(outcome: &Outcome) -> anyhow::Result<()> {
    let changed: Vec<_> = outcome
        .changed
        .iter()
        .map(|bot| json!({ "bot": bot.username, "id": bot.id, "intent": bot.intent }))
        .collect();
    let unchanged: Vec<_> =
        outcome.unchanged.iter().map(|(bot, why)| json!({ "bot": bot, "why": why })).collect();
    output::json(&json!({ "changed": changed, "unchanged": unchanged }))
}
