//! `fleet bots create` and `fleet bots edit`: who a bot is and how it lives.

use clap::Args;
use fleet_bots::{Bot, BotChanges, Error, NewBot};
use serde_json::json;

use super::profile::{self, ProfileOptions};
use crate::config::{self, CatalogueOptions, StoreOptions};
use crate::{output, residents};

/// Make a bot; what is not named comes from its persona
#[derive(Args, Debug)]
pub(crate) struct CreateOptions {
    /// What readers see
    #[arg(long)]
    name: String,
    /// Its handle in the gallery: 3 to 30 of a-z, 0-9 and _
    #[arg(long)]
    username: String,
    /// Its persona; without it, one is drawn
    #[arg(long)]
    persona: Option<String>,
    #[command(flatten)]
    profile: ProfileOptions,
    /// Start it as well
    #[arg(long)]
    start: bool,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    /// Print the bot as JSON
    #[arg(long)]
    json: bool,
}

/// Change a bot; what is not named stays as it is
#[derive(Args, Debug)]
pub(crate) struct EditOptions {
    /// Its id or username
    bot: String,
    /// What readers see
    #[arg(long)]
    name: Option<String>,
    /// Its handle in the gallery; fixed once the gallery has its account
    #[arg(long)]
    username: Option<String>,
    /// Its persona
    #[arg(long)]
    persona: Option<String>,
    #[command(flatten)]
    profile: ProfileOptions,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    /// Print the bot as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn create(store: &StoreOptions, options: &CreateOptions) -> anyhow::Result<()> {
    let catalogue = options.catalogue.load()?;
    let mut dice = config::dice(None);
    let persona = match &options.persona {
        Some(persona) => residents::known(&catalogue, persona)?,
        None => catalogue.draw_persona(&mut dice).id.clone(),
    };
    let drawn = residents::draw(&catalogue, 1, Some(&persona), &mut Default::default(), &mut dice)?.pop();
    let mut new =
        drawn.ok_or_else(|| anyhow::anyhow!("no resident of persona `{persona}` could be drawn"))?;
    (new.name, new.username) = (options.name.clone(), options.username.clone());
    let problems = options.profile.onto(&mut new);
    profile::check(&new, problems)?;

    let bots = store.open().await?;
    let mut bot = bots.create_bot(new, &config::asked(&bots).await?).await?;
    if options.start {
        bot = bots.start_bot(bot.id, &config::asked(&bots).await?).await?;
    }
    let done = if options.start { "made and started" } else { "made" };
    tell(&bot, done, options.json)
}

pub(super) async fn edit(store: &StoreOptions, options: &EditOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let bot = bots.get_bot(options.bot.trim_start_matches('@')).await?.bot;
    let before = NewBot::from(&bot);
    let mut after = before.clone();
    let problems = options.profile.onto(&mut after);
    if let Some(name) = &options.name {
        after.name.clone_from(name);
    }
    if let Some(username) = &options.username {
        after.username.clone_from(username);
    }
    if let Some(persona) = &options.persona {
        let catalogue = options.catalogue.load()?;
        after.persona = residents::known(&catalogue, persona)?;
    }
    profile::check(&after, problems)?;
    if after == before {
        return tell(&bot, "left as it was (nothing to change was named)", options.json);
    }
    let changed =
        bots.update_bot(bot.id, BotChanges::between(&before, after), &config::asked(&bots).await?).await;
    let bot = changed.map_err(|error| match error {
        Error::Invalid(problems) => profile::refused(&problems).into(),
        error => anyhow::Error::from(error),
    })?;
    tell(&bot, "changed", options.json)
}

fn tell(bot: &Bot, done: &str, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return output::json(&json!(bot));
    }
    let line = format!("{} @{} ({}, {}): {done}", bot.name, bot.username, bot.persona, bot.intent);
    output::say(output::plain(&line))
}
