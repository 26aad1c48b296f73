//! `fleet activity`: the log, newest last, and what is added to it.

use std::pin::pin;
use std::time::Duration;

use clap::Args;
use fleet_bots::{Activity, ActivityFilter, ActivityKind, BotId, Bots, FeedEvent};

use crate::config::{self, StoreOptions};
use crate::moment::{self, Moment};
use crate::output;

/// Every kind there is.
const KINDS: &[&str] = &[
    "thought",
    "browse",
    "picture",
    "post",
    "like",
    "comment",
    "answer",
    "error",
    "unresolved",
    "created",
    "updated",
    "deleted",
    "started",
    "paused",
    "resumed",
    "stopped",
    "provisioned",
    "deprovisioned",
    "restarted",
    "parked",
    "stop_everything",
    "stop_lifted",
    "node_joined",
    "node_left",
    "requested",
    "request_ended",
    "settings_changed",
    "opted_out",
    "forgotten",
    "rest_begun",
    "rest_ended",
    "operator_added",
    "operator_removed",
    "password_changed",
    "signed_in",
    "signed_out",
    "sign_in_refused",
    "unlike",
    "undo_asked",
];
/// How many are read at once.
const PAGE: u64 = 1_000;
/// How long to wait when the log cannot be read.
const PATIENCE: Duration = Duration::from_secs(1);

/// What happened, and what happens; newest last
#[derive(Args, Debug)]
pub(crate) struct ActivityOptions {
    /// Only of this bot, by id or username
    #[arg(long)]
    bot: Option<String>,
    /// Only of these kinds
    #[arg(long = "kind", value_name = "KIND", num_args = 1.., value_delimiter = ',', value_parser = config::one_of::<ActivityKind>(KINDS))]
    kinds: Vec<ActivityKind>,
    /// Only since then: `2h` ago by the fleet's clock, or a moment such as `2026-03-05` or `2026-03-05T09:00:00Z`
    #[arg(long, value_name = "TIME", value_parser = moment::read)]
    since: Option<Moment>,
    /// At most so many of those that were
    #[arg(long, default_value_t = 50, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    limit: u64,
    /// Go on with what happens, until Ctrl-C
    #[arg(long)]
    follow: bool,
    /// Print a JSON object a line: `seq`, `bot_id`, `kind`, `at` (microseconds since 1970), `action_id`, `message` and
    /// `metadata`
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: ActivityOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let filter = filter(&bots, &options).await?;
    // Where the log ends now. Reading what was up to here, and following from here, misses nothing and doubles nothing.
    let end = bots
        .get_activity(&ActivityFilter { limit: 1, ..ActivityFilter::default() })
        .await?
        .first()
        .map_or(0, |last| last.seq);
    for activity in past(&bots, &filter, end, options.limit).await? {
        print(&activity, options.json)?;
    }
    if options.follow { follow(&bots, &filter, end, options.json).await } else { Ok(()) }
}

async fn filter(bots: &Bots, options: &ActivityOptions) -> anyhow::Result<ActivityFilter> {
    let of: Vec<BotId> = match &options.bot {
        Some(bot) => vec![bots.get_bot(bot.trim_start_matches('@')).await?.bot.id],
        None => Vec::new(),
    };
    let since = moment::of(bots, options.since).await?;
    Ok(ActivityFilter { bots: of, kinds: options.kinds.clone(), since, ..ActivityFilter::default() })
}

/// The newest `most` up to `end`, oldest first.
async fn past(bots: &Bots, filter: &ActivityFilter, end: i64, most: u64) -> anyhow::Result<Vec<Activity>> {
    let (mut past, mut before) = (Vec::new(), end.saturating_add(1));
    loop {
        let limit = PAGE.min(most - past.len() as u64);
        if limit == 0 {
            break;
        }
        let page =
            bots.get_activity(&ActivityFilter { before: Some(before), limit, ..filter.clone() }).await?;
        let Some(last) = page.last() else { break };
        before = last.seq;
        past.extend(page);
    }
    past.reverse();
    Ok(past)
}

async fn follow(bots: &Bots, filter: &ActivityFilter, after: i64, json: bool) -> anyhow::Result<()> {
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    let mut feed = bots.subscribe(Some(after)).await?;
    loop {
        let next = tokio::select! {
            next = feed.next() => next,
            heard = &mut interrupted => return Ok(heard?),
        };
        match next {
            Ok(FeedEvent::Activity(activity)) if passes(filter, &activity) => print(&activity, json)?,
            Ok(FeedEvent::Activity(_)) => {}
            Ok(FeedEvent::Lagged(missed)) => eprintln!("{missed} behind; catching up"),
            Err(error) => {
                eprintln!("the log cannot be read at the moment ({error}); trying again");
                tokio::select! {
                    () = tokio::time::sleep(PATIENCE) => {}
                    heard = &mut interrupted => return Ok(heard?),
                }
            }
        }
    }
}

fn passes(filter: &ActivityFilter, activity: &Activity) -> bool {
    (filter.bots.is_empty() || activity.bot_id.is_some_and(|bot_id| filter.bots.contains(&bot_id)))
        && (filter.kinds.is_empty() || filter.kinds.contains(&activity.kind))
        && filter.since.is_none_or(|since| activity.at >= since)
}

fn print(activity: &Activity, json: bool) -> anyhow::Result<()> {
    if json { output::json_line(activity) } else { output::say(output::line(activity)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_activity_can_be_asked_for() {
        // Serde names all the variants when it is given none of them.
        let all = serde_json::from_str::<ActivityKind>("\"\"").unwrap_err().to_string();
        let expected: Vec<&str> = all.split('`').skip(3).step_by(2).collect();
        assert_eq!(KINDS, expected);
    }
}
