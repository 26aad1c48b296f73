//! `fleet bots list`: bots, a page at a time.

use clap::Args;
use fleet_bots::{BotFilter, BotSort, BotState, BotView, FleetTime, Intent, Page};
use serde_json::json;

use super::Told;
use crate::config::{self, StoreOptions};
use crate::output;

const INTENTS: &[&str] = &["running", "paused", "stopped"];
const SORTS: &[&str] =
    &["name", "username", "persona", "intent", "created_at", "last_action_at", "posts", "likes", "comments"];

/// List bots
#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// Only those of whom this is wanted
    #[arg(long, value_parser = config::one_of::<Intent>(INTENTS))]
    intent: Option<Intent>,
    /// Only those in this state; no node holds those that are `waiting` or `stopped`
    #[arg(long, value_parser = config::one_of::<BotState>(&BotState::WORDS))]
    state: Option<BotState>,
    /// Only those of this persona
    #[arg(long)]
    persona: Option<String>,
    /// Only those whose name or username contains this
    #[arg(long)]
    text: Option<String>,
    /// What comes first
    #[arg(long, default_value = "name", value_parser = config::one_of::<BotSort>(SORTS))]
    sort: BotSort,
    /// The other way round
    #[arg(long)]
    desc: bool,
    /// Which page
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    page: u64,
    /// How many on a page
    #[arg(long, default_value_t = 50, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=1_000))]
    per_page: u64,
    /// Print JSON: `total`, `page` and `bots`, each with all its fields, `state` and `seen`
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(store: &StoreOptions, options: ListOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let filter = BotFilter {
        intent: options.intent,
        state: options.state,
        persona: options.persona,
        text: options.text,
        sort: options.sort,
        descending: options.desc,
        page: options.page - 1,
        per_page: options.per_page,
    };
    let found = bots.list_bots(&filter).await?;
    if options.json {
        let told: Vec<Told<'_>> = found.rows.iter().map(Told::from).collect();
        return output::json(&json!({ "total": found.total, "page": options.page, "bots": told }));
    }
    if found.total == 0 {
        let any = bots.fleet_summary().await?.bots > 0;
        return output::say(match any {
            true => "no bot is like that; `fleet bots list` shows them all",
            false => "there are no bots yet; make some with `fleet seed --count 24 --start`",
        });
    }
    let now = config::clock_of(&bots).await?.now();
    output::say(table(&found, now))?;
    output::say(format!("\n{}", footer(&found, options.page)))
}

fn table(found: &Page<BotView>, now: FleetTime) -> String {
    let header = [
        "Name",
        "Username",
        "Persona",
        "Wanted",
        "State",
        "Last action",
        "Next wake",
        "Posts",
        "Comments",
        "Likes",
        "Errors",
    ];
    output::table(&header, found.rows.iter().map(|view| row(view, now)).collect(), 4)
}

fn row(view: &BotView, now: FleetTime) -> Vec<String> {
    let BotView { bot, seen } = view;
    let wake = seen.next_wake.filter(|_| seen.node_id.is_some());
    vec![
        bot.name.clone(),
        format!("@{}", bot.username),
        bot.persona.clone(),
        bot.intent.to_string(),
        view.state().replace('_', " "),
        bot.last_action.as_deref().map_or_else(|| "—".into(), |action| last_action(&bot.name, action)),
        wake.map_or_else(|| "—".into(), |wake| output::wake(wake, now)),
        bot.posts.to_string(),
        bot.comments.to_string(),
        bot.likes.to_string(),
        bot.errors.to_string(),
    ]
}

/// Briefly, and without the name that stands beside it.
fn last_action(name: &str, action: &str) -> String {
    let action = action.strip_prefix(name).unwrap_or(action);
    output::cut(&output::plain(action), 36)
}

fn footer(found: &Page<BotView>, page: u64) -> String {
    let shown = found.rows.len() as u64;
    match (shown, shown < found.total) {
        (0, _) => format!("page {page} is empty; there are {}", output::count(found.total, "bot")),
        (_, true) => {
            format!("{shown} of {}; more with --page {}", output::count(found.total, "bot"), page + 1)
        }
        (_, false) => format!("{shown} of {}", output::count(found.total, "bot")),
    }
}
