//! `fleet undo`: writes down that likes are to be taken back, waits while the nodes do it, and lists what only a person can
//! remove. Asked again it goes on where it was, and doubles nothing: the rows of the ledger decide.

mod found;

use std::collections::HashSet;
use std::io::{BufRead, IsTerminal};
use std::time::{Duration, Instant};

use clap::{ArgGroup, Args};
use fleet_bots::{Action, Bots, Content, DeedFilter, FleetTime, Rest};

use self::found::Found;
use crate::config::{self, StoreOptions};
use crate::failure::Misuse;
use crate::moment::{self, Moment};
use crate::output;

/// How often the ledger is asked how far it has come.
const LOOK: Duration = Duration::from_millis(300);
/// How often is told how far it has come.
const TELL: Duration = Duration::from_secs(5);
/// What is put off further than this, in the fleet's time, is not waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Take back the likes of bots, and list what else they did for a person to remove. Nodes do the work, so `fleet serve`
/// must run; bots may be paused, stopped or deleted
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("chosen").required(true).multiple(true).args(["bots", "persona", "since", "until", "all"]))]
pub(crate) struct UndoOptions {
    /// Only what these bots did, by id or username; deleted ones are found as well
    #[arg(long = "bot", value_name = "BOT", num_args = 1.., value_delimiter = ',')]
    bots: Vec<String>,
    /// Only what bots of this persona did
    #[arg(long)]
    persona: Option<String>,
    /// Only what was done since then: `2h` ago by the fleet's clock, a day such as `2026-03-05`, or a moment such as
    /// `2026-03-05T09:00:00Z`
    #[arg(long, value_name = "TIME", value_parser = moment::read)]
    since: Option<Moment>,
    /// Only what was done before then
    #[arg(long, value_name = "TIME", value_parser = moment::read)]
    until: Option<Moment>,
    /// Everything that the fleet ever did
    #[arg(long, conflicts_with_all = ["bots", "persona", "since", "until"])]
    all: bool,
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
    /// Do not ask before likes are taken back
    #[arg(long)]
    yes: bool,
    /// Print JSON: `dry_run`, `gallery`, `likes` (how many are `to_take_back`, `under_way`, `taken_back`, `unresolved`, `not_ours`),
    /// and `unfinished`, `by_hand` and `unknown`, each a list with `action`, `bot`, `kind`, `title`, `text`, `post_id`,
    /// `comment_id`, `address`, `at` and `why`
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: UndoOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let filter = filter(&bots, &options).await?;
    let found = Found::read(&bots, &filter).await?;
    if !options.json {
        found.tell()?;
    }
    if options.dry_run || found.is_over() {
        if options.json {
            output::json(&found.document(options.dry_run))?;
        }
        return found.verdict(options.dry_run);
    }
    let many = output::count(found.likes.to_take_back, "like");
    if found.likes.to_take_back > 0 && !options.yes && !confirmed(&many)? {
        anyhow::bail!("nothing was taken back");
    }
    bots.plan_undo(&filter, &config::asked(&bots).await?).await?;
    let waited = wait(&bots, &filter, &options).await;
    let found = Found::read(&bots, &filter).await?;
    match options.json {
        true => output::json(&found.document(false))?,
        false => found.tell_end()?,
    }
    waited?;
    found.verdict(false)
}

async fn filter(bots: &Bots, options: &UndoOptions) -> anyhow::Result<DeedFilter> {
    let (since, until) = (moment::of(bots, options.since).await?, moment::of(bots, options.until).await?);
    if let (Some(since), Some(until)) = (since, until)
        && since >= until
    {
        return Err(Misuse("--since must be before --until".into()).into());
    }
    let mut ids = Vec::new();
    for name in &options.bots {
        let name = name.trim_start_matches('@');
        let called = bots.bots_called(name).await?;
        if called.is_empty() {
            anyhow::bail!(
                "there is no bot `{name}`, and there never was; `fleet bots list` shows who there is"
            );
        }
        ids.extend(called.into_iter().map(|bot| bot.id));
    }
    Ok(DeedFilter { bots: ids, persona: options.persona.clone(), since, until, after: None })
}

fn confirmed(many: &str) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Misuse(format!(
            "{many} would be taken back, and nobody is there to be asked; add --yes, or --dry-run to only look"
        ))
        .into());
    }
    eprint!("take back {many}? Type `yes`: ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

/// Waits until everything that was chosen has been taken back, and tells how far it has come.
///
/// # Errors
/// When nobody works at it, or not soon; the rows are kept, and the nodes go on by themselves when they can.
async fn wait(bots: &Bots, filter: &DeedFilter, options: &UndoOptions) -> anyhow::Result<()> {
    let meant: HashSet<_> = Found::read(bots, filter).await?.likes_meant;
    let clock = config::clock_of(bots).await?;
    let (mut told_at, mut told) = (Instant::now(), String::new());
    loop {
        let open: Vec<Action> =
            bots.open_undos().await?.into_iter().filter(|row| is_of(row, &meant)).collect();
        if open.is_empty() {
            return Ok(());
        }
        let left = output::count(open.len() as u64, "like");
        let rest = resting(bots, clock.now()).await?;
        hindered(bots, &left, &open, rest.as_ref(), clock.now()).await?;
        let put_off = open.iter().find_map(|row| row.failure.clone());
        let hindrance = rest.map(|rest| format!("the fleet rests: {}", rest.why)).or(put_off);
        let telling = match hindrance {
            Some(why) => format!("{left} still to take back ({why})"),
            None => format!("{left} still to take back"),
        };
        if telling != told && told_at.elapsed() >= TELL && !options.json {
            eprintln!("{}", output::plain(&telling));
            (told_at, told) = (Instant::now(), telling);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether `undo` takes back one of `likes`.
fn is_of(undo: &Action, likes: &HashSet<fleet_bots::ActionId>) -> bool {
    matches!(&undo.content, Content::Unlike { like, .. } if likes.contains(like))
}

/// What the gallery said that keeps the whole fleet from acting, and so from taking anything back.
async fn resting(bots: &Bots, now: FleetTime) -> anyhow::Result<Option<Rest>> {
    let rests = bots.read_rests().await?.fleet;
    Ok(rests.into_iter().find(|rest| rest.cause.is_silence() && rest.until.is_none_or(|until| until > now)))
}

/// Says what keeps the rest from being taken back soon, if anything does.
async fn hindered(
    bots: &Bots,
    left: &str,
    open: &[Action],
    rest: Option<&Rest>,
    now: FleetTime,
) -> anyhow::Result<()> {
    let kept = "it is written down, and goes on by itself";
    if bots.switch().is_pulled() || bots.stop_order().await?.is_some() {
        anyhow::bail!(
            "{left} still to take back: everything is stopped; {kept} after `fleet stop-everything --lift` (pause the bots \
             before, if they are not to go on)"
        );
    }
    if !bots.list_nodes().await?.iter().any(|node| node.is_alive) {
        anyhow::bail!(
            "{left} still to take back: no node runs over this data; {kept} when `fleet serve` runs"
        );
    }
    match rest {
        Some(Rest { until: None, why, cause, .. }) => anyhow::bail!(
            "{left} still to take back: the fleet rests: {}; {}. {kept} when the gallery takes the fleet back",
            output::plain(why),
            cause.remedy()
        ),
        Some(Rest { until: Some(until), why, .. }) if until.since(now) > PATIENCE => anyhow::bail!(
            "{left} still to take back: the fleet rests: {}; {kept} at {}. Run the same command again to see how it went",
            output::plain(why),
            output::moment(*until)
        ),
        _ => {}
    }
    let soonest = open.iter().map(|row| row.due_at).min().unwrap_or(now);
    if soonest.since(now) > PATIENCE {
        let why = open.iter().find_map(|row| row.failure.as_deref()).unwrap_or("it was put off");
        anyhow::bail!(
            "{left} still to take back: {}; {kept} at {}. Run the same command again to see how it went",
            output::plain(why),
            output::moment(soonest)
        );
    }
    Ok(())
}
