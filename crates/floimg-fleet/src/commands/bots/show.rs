//! `fleet bots show`: everything about one bot.

use clap::Args;
use fleet_bots::{
    Account, Action, ActionFilter, ActionStatus, Activity, ActivityFilter, Bot, BotId, BotView, Bots,
    FleetTime, HourSpan, Phase, Request,
};
use serde_json::json;

use super::Told;
use crate::config::{self, StoreOptions};
use crate::output;

/// How much of the log is shown.
const RECENT: u64 = 10;
/// How many unresolved actions are named.
const UNRESOLVED: u64 = 100;

/// Everything about one bot
#[derive(Args, Debug)]
pub(crate) struct ShowOptions {
    /// Its id or username
    bot: String,
    /// Print JSON: all its fields, `state`, `seen`, `shares` (its weights adding up to 1), `sleep`, `local_time`, `phase`,
    /// `requests` (what it was asked to do now), `unresolved` (actions that need your word) and `activity`, newest first
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(store: &StoreOptions, options: &ShowOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let view = bots.get_bot(options.bot.trim_start_matches('@')).await?;
    let now = config::clock_of(&bots).await?.now();
    let filter = ActivityFilter { bots: vec![view.bot.id], limit: RECENT, ..ActivityFilter::default() };
    let recent = bots.get_activity(&filter).await?;
    let requests = bots.pending_requests(Some(view.bot.id)).await?;
    let unresolved = unresolved(&bots, Some(view.bot.id)).await?;
    if options.json {
        let mut told = serde_json::to_value(Told::from(&view))?;
        let rhythm = &view.bot.rhythm;
        told["shares"] = json!(view.bot.weights.shares());
        told["sleep"] = json!(rhythm.sleep());
        told["local_time"] = json!(rhythm.local(now).to_string());
        told["phase"] = json!(phase(&view.bot, now));
        told["requests"] = json!(requests);
        told["unresolved"] = json!(unresolved);
        told["activity"] = json!(recent);
        return output::json(&told);
    }
    tell(&view, &requests, &unresolved, &recent, now)
}

/// The actions that nobody can tell the fate of, newest first, of one bot or of all.
pub(in crate::commands) async fn unresolved(
    bots: &Bots,
    bot_id: Option<BotId>,
) -> fleet_bots::Result<Vec<Action>> {
    let status = Some(ActionStatus::Unresolved);
    bots.recent_actions(&ActionFilter { bot_id, status, limit: UNRESOLVED, ..ActionFilter::default() }).await
}

fn tell(
    view: &BotView,
    requests: &[Request],
    unresolved: &[Action],
    recent: &[Activity],
    now: FleetTime,
) -> anyhow::Result<()> {
    let Bot { name, username, id, .. } = &view.bot;
    output::say(format!("{}  @{}  {id}", output::plain(name), output::plain(username)))?;
    for (part, lines) in
        [("", standing(view, now)), ("Character", character(&view.bot)), ("Day", day(&view.bot, now))]
    {
        output::say(part)?;
        for (what, value) in lines {
            output::say(format!("  {what:<14} {}", output::plain(&value)))?;
        }
    }
    for request in requests {
        let asked =
            format!("{} asked it to {} ({})", request.by, request.wish.told(), output::when(request.at, now));
        output::say(output::plain(&asked))?;
    }
    if !unresolved.is_empty() {
        output::say("\nNobody can tell whether")?;
        for action in unresolved {
            output::say(format!("  {}  {}", action.id, output::plain(&action.content.told_of(name))))?;
        }
        output::say("  say it with `fleet bots resolve ACTION happened` or `… did-not`")?;
    }
    output::say("\nRecently")?;
    // Newest last, as in `fleet activity`.
    for activity in recent.iter().rev() {
        output::say(format!("  {}", output::line(activity)))?;
    }
    match recent.is_empty() {
        true => output::say("  nothing yet"),
        false => Ok(()),
    }
}

fn standing(view: &BotView, now: FleetTime) -> Vec<(&'static str, String)> {
    let BotView { bot, seen } = view;
    let mut lines = vec![("wanted", bot.intent.to_string())];
    let note = seen.state_note.as_deref().filter(|_| seen.node_id.is_some());
    let state = view.state().replace('_', " ");
    lines.push(("state", note.map_or_else(|| state.clone(), |note| format!("{state}: {note}"))));
    if let Some(action) = &seen.current_action {
        lines.push(("doing", action.clone()));
    }
    if let Some(thought) = &seen.last_thought {
        lines.push(("last thought", thought.clone()));
    }
    if let (Some(action), Some(at)) = (&bot.last_action, bot.last_action_at) {
        lines.push(("last action", format!("{action} ({})", output::when(at, now))));
    }
    if let Some(wake) = seen.next_wake.filter(|_| seen.node_id.is_some()) {
        lines.push(("next wake", output::wake(wake, now)));
    }
    lines.push(("account", account(bot)));
    let so_far = output::counts([
        (bot.posts, "post"),
        (bot.comments, "comment"),
        (bot.likes, "like"),
        (bot.browses, "look"),
        (bot.errors, "error"),
    ]);
    lines.push(("so far", so_far));
    lines.push(("made", output::moment(bot.created_at)));
    lines
}

fn account(bot: &Bot) -> String {
    let state = match bot.account {
        Account::Unprovisioned => "none yet; it is asked for before anything else",
        Account::Provisioning => "asked for, and asked for again until there is an answer",
        Account::Ready => "it is there",
        Account::Refused => "refused; asked for again every few minutes, and at once when you change the bot",
        Account::Leaving => "still to be removed",
        Account::Gone => "removed",
    };
    match (&bot.account_note, &bot.account_name) {
        (Some(note), _) => format!("{state}: {note}"),
        (None, Some(name)) => format!("{state}, as {name}"),
        (None, None) => state.to_owned(),
    }
}

fn character(bot: &Bot) -> Vec<(&'static str, String)> {
    let shares = bot.weights.shares();
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    vec![
        ("persona", bot.persona.clone()),
        ("bio", bot.bio.clone()),
        ("personality", bot.personality.clone()),
        ("vibe", bot.vibe.clone()),
        ("interests", bot.interests.0.join(", ")),
        (
            "drawn to",
            format!(
                "post {}, comment {}, like {}, browse {}",
                percent(shares.post),
                percent(shares.comment),
                percent(shares.like),
                percent(shares.browse)
            ),
        ),
    ]
}

fn day(bot: &Bot, now: FleetTime) -> Vec<(&'static str, String)> {
    let rhythm = &bot.rhythm;
    let days: Vec<String> = rhythm.days.iter().map(|day| format!("{day:?}").to_lowercase()).collect();
    let busy: Vec<String> = rhythm.busy.iter().copied().map(hours).collect();
    vec![
        ("zone", rhythm.zone.clone()),
        ("local time", format!("{}, {}", rhythm.local(now).strftime("%a %H:%M"), phase(bot, now))),
        ("busy", format!("{} on {}", busy.join(", "), days.join(", "))),
        ("asleep", rhythm.sleep().map_or_else(|| "never".into(), hours)),
        ("acts every", format!("{} to {}", pause(bot.min_interval_s), pause(bot.max_interval_s))),
    ]
}

/// Exactly, in the largest unit that allows it.
fn pause(seconds: i64) -> String {
    match seconds {
        _ if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        _ if seconds % 60 == 0 => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

fn hours(span: HourSpan) -> String {
    format!("{}-{}", span.from, span.to)
}

fn phase(bot: &Bot, now: FleetTime) -> &'static str {
    match bot.rhythm.phase(now) {
        Phase::Busy => "busy",
        Phase::Quiet => "quiet",
        Phase::Asleep { .. } => "asleep",
    }
}
