//! `fleet settings show|set|add|remove`: what holds for the whole fleet, by the same rules as in the panel.

use clap::{Args, Subcommand};
use fleet_bots::{Problems, Setting, SettingsChanges};
use serde_json::json;

use crate::config::{self, StoreOptions};
use crate::failure::Misuse;
use crate::output;

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// What each setting is, what it does, and what may be written
    Show(ShowOptions),
    /// Change one of them; every node follows within a second
    Set(SetOptions),
    /// Put people on a list of names; who is on it stays
    Add(NamesOptions),
    /// Take people off a list of names; what they say from now on is heard again
    Remove(NamesOptions),
}

#[derive(Args, Debug)]
pub(crate) struct ShowOptions {
    /// Print JSON: an object of all settings by name
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SetOptions {
    /// Its name, as `fleet settings show` tells it
    setting: String,
    /// What it is to be; usernames are separated by commas, an empty text names nobody, and what you vouch for is `yes` or
    /// `no`
    value: String,
    /// Print all settings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct NamesOptions {
    /// The setting: `opted_out`
    setting: String,
    /// Usernames as they stand in the gallery, with or without `@`
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Print all settings as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, command: SettingsCommand) -> anyhow::Result<()> {
    match command {
        SettingsCommand::Show(options) => show(store, &options).await,
        SettingsCommand::Set(options) => set(store, &options).await,
        SettingsCommand::Add(options) => {
            let changes =
                SettingsChanges { people_added: options.names.clone(), ..SettingsChanges::default() };
            of_people(store, &options, changes).await
        }
        SettingsCommand::Remove(options) => {
            let changes =
                SettingsChanges { people_removed: options.names.clone(), ..SettingsChanges::default() };
            of_people(store, &options, changes).await
        }
    }
}

async fn show(store: &StoreOptions, options: &ShowOptions) -> anyhow::Result<()> {
    let settings = store.open_existing().await?.read_settings().await?;
    if options.json {
        return output::json(&json!(settings));
    }
    for setting in Setting::ALL {
        let value = Some(settings.told(setting)).filter(|value| !value.is_empty());
        let value = value.unwrap_or_else(|| "nobody".into());
        let value = match settings.confirmation(setting) {
            Some(word) => format!("{value} (by {}, {})", word.by, output::moment(word.at)),
            None => value,
        };
        let line = format!("{} = {value} {}", setting.name(), setting.unit());
        output::say(output::plain(line.trim_end()))?;
        output::say(format!("    {}", setting.explanation()))?;
        output::say(format!("    Allowed: {}.", setting.range()))?;
    }
    Ok(())
}

async fn set(store: &StoreOptions, options: &SetOptions) -> anyhow::Result<()> {
    let setting = named(&options.setting)?;
    let mut changes = SettingsChanges::default();
    changes
        .put(setting, &options.value)
        .map_err(|problem| fleet_bots::Error::Invalid(Problems(vec![problem])))?;
    change(store, setting, changes, options.json).await
}

/// Changes who is on the list of people.
async fn of_people(
    store: &StoreOptions,
    options: &NamesOptions,
    changes: SettingsChanges,
) -> anyhow::Result<()> {
    let setting = named(&options.setting)?;
    if setting != Setting::OptedOut {
        let name = setting.name();
        return Err(
            Misuse(format!("`{name}` is no list of names; write `fleet settings set {name} VALUE`")).into()
        );
    }
    change(store, setting, changes, options.json).await
}

fn named(name: &str) -> Result<Setting, Misuse> {
    Setting::named(name).ok_or_else(|| {
        let names = Setting::ALL.map(Setting::name).join(", ");
        Misuse(format!("there is no setting `{name}`; these there are: {names}"))
    })
}

async fn change(
    store: &StoreOptions,
    setting: Setting,
    changes: SettingsChanges,
    json: bool,
) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let before = bots.read_settings().await?;
    let after = bots.change_settings(changes, &config::asked(&bots).await?).await?;
    if json {
        return output::json(&json!(after));
    }
    let told = |value: String| if value.is_empty() { "nobody".to_owned() } else { value };
    let (before, after) = (told(before.told(setting)), told(after.told(setting)));
    output::say(output::plain(&match before == after {
        true => format!("{} is {after} already", setting.name()),
        false => format!("{} is {after} now; it was {before}", setting.name()),
    }))
}
