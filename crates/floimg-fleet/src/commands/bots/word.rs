//! `fleet bots act` and `fleet bots resolve`: the operator's word to one bot, and about one action.

use anyhow::Context;
use clap::{Args, ValueEnum};
use fleet_bots::{ActNow, ActionId, ActionStatus};

use crate::config::{self, StoreOptions};
use crate::output;

/// Ask a bot to do something now, by night too; it goes on as before afterwards
#[derive(Args, Debug)]
pub(crate) struct ActOptions {
    /// Its id or username
    bot: String,
    /// What it is asked to do
    wish: Wish,
    /// Print the request as JSON
    #[arg(long)]
    json: bool,
}

/// Say whether an action happened that nobody could tell the fate of
#[derive(Args, Debug)]
pub(crate) struct ResolveOptions {
    /// The action's id, as `fleet status` and `fleet bots show` name it
    action: String,
    /// Whether it is in the gallery
    word: Word,
    /// Print the action as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Wish {
    /// Make a picture and share it
    Post,
    /// Comment on somebody's picture
    Comment,
    /// Like somebody's picture
    Like,
    /// Look around
    Browse,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Word {
    /// It is there: count it
    Happened,
    /// It is not there: it failed, and the bot may do it again by a decision of its own
    DidNot,
}

pub(super) async fn act(store: &StoreOptions, options: &ActOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let bot = bots.get_bot(options.bot.trim_start_matches('@')).await?.bot;
    let wish = match options.wish {
        Wish::Post => ActNow::Post,
        Wish::Comment => ActNow::Comment,
        Wish::Like => ActNow::Like,
        Wish::Browse => ActNow::Browse,
    };
    let request = bots.request_action(bot.id, wish, &config::asked(&bots).await?).await?;
    if options.json {
        return output::json(&request);
    }
    let instead = request.replaces.map_or_else(String::new, |before| {
        format!(", instead of what it had been asked for before: to {}", before.told())
    });
    let asked = format!("asked @{} to {} now{instead}", bot.username, wish.told());
    output::say(output::plain(&asked))?;
    output::say(format!("see what comes of it with `fleet activity --bot {} --follow`", bot.username))
}

pub(super) async fn resolve(store: &StoreOptions, options: &ResolveOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let id: ActionId = options.action.parse().with_context(|| {
        format!("`{}` is no action's id; `fleet status` names those that need your word", options.action)
    })?;
    let happened = matches!(options.word, Word::Happened);
    let action = bots.resolve_action(id, happened, &config::asked(&bots).await?).await?;
    if options.json {
        return output::json(&action);
    }
    output::say(match action.status {
        ActionStatus::Done => "noted that it happened; it counts, and is never repeated",
        _ => "noted that it did not happen; the bot may do it again by a decision of its own",
    })
}
