//! `fleet bots`: looking at bots, making and changing them, and steering them. Owns the list of its commands, and how a
//! bot is told as JSON.

mod list;
mod profile;
pub(super) mod show;
mod steer;
mod word;
mod write;

use clap::Subcommand;
use fleet_bots::{Bot, BotView, Lease};
use serde::Serialize;

use crate::config::StoreOptions;

#[derive(Debug, Subcommand)]
pub(crate) enum BotsCommand {
    /// List bots
    List(list::ListOptions),
    /// Everything about one bot
    Show(show::ShowOptions),
    /// Make a bot; it begins stopped
    Create(Box<write::CreateOptions>),
    /// Change a bot; what is not named stays as it is
    Edit(Box<write::EditOptions>),
    /// Let bots live and act; also unparks them
    Start(steer::SteerOptions),
    /// Hold running bots still; they keep their plans and their memory
    Pause(steer::SteerOptions),
    /// Let paused bots go on
    Resume(steer::SteerOptions),
    /// Take bots off the fleet; their plans are dropped
    Stop(steer::SteerOptions),
    /// Let bots go for good; what they did is kept
    Delete(steer::DeleteOptions),
    /// Ask a bot to do something now
    Act(word::ActOptions),
    /// Say whether an action happened that nobody could tell the fate of
    Resolve(word::ResolveOptions),
}

pub(crate) async fn run(store: &StoreOptions, command: BotsCommand) -> anyhow::Result<()> {
    match command {
        BotsCommand::List(options) => list::run(store, options).await,
        BotsCommand::Show(options) => show::run(store, &options).await,
        BotsCommand::Create(options) => write::create(store, &options).await,
        BotsCommand::Edit(options) => write::edit(store, &options).await,
        BotsCommand::Start(options) => steer::run(store, steer::Verb::Start, &options).await,
        BotsCommand::Pause(options) => steer::run(store, steer::Verb::Pause, &options).await,
        BotsCommand::Resume(options) => steer::run(store, steer::Verb::Resume, &options).await,
        BotsCommand::Stop(options) => steer::run(store, steer::Verb::Stop, &options).await,
        BotsCommand::Delete(options) => steer::delete(store, &options).await,
        BotsCommand::Act(options) => word::act(store, &options).await,
        BotsCommand::Resolve(options) => word::resolve(store, &options).await,
    }
}

/// A bot as JSON: its own fields, `state`, and `seen`, what the node that holds it last saw. Times are microseconds since
/// 1970; those of bots are by the fleet's clock.
#[derive(Debug, Serialize)]
struct Told<'view> {
    #[serde(flatten)]
    bot: &'view Bot,
    state: String,
    seen: &'view Lease,
}

impl<'view> From<&'view BotView> for Told<'view> {
    fn from(view: &'view BotView) -> Self {
        Told { bot: &view.bot, state: view.state(), seen: &view.seen }
    }
}
