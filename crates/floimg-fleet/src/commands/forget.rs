//! `fleet forget`: somebody is left alone from now on, and their words leave what bots remember and tell.

use clap::Args;
use serde_json::json;

use crate::config::{self, StoreOptions};
use crate::output;

/// Leave somebody alone from now on, and take their words from memory, ledger and log
#[derive(Args, Debug)]
pub(crate) struct ForgetOptions {
    /// Their username in the gallery, with or without `@`
    username: String,
    /// Print JSON: `username`, `newly_left_alone`, and how many `posts`, `rows` and `lines` were forgotten, and `open` rows
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: ForgetOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let forgotten = bots.forget_person(&options.username, &config::asked(&bots).await?).await?;
    if options.json {
        return output::json(&json!(forgotten));
    }
    output::say(output::plain(&forgotten.told()))
}
