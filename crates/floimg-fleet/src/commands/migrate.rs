//! `fleet migrate`: brings the store's tables up to date. Whatever opens a store does so too; this is for those who want
//! it done before anything runs.

use crate::config::StoreOptions;
use crate::output;

pub(crate) async fn run(store: &StoreOptions) -> anyhow::Result<()> {
    drop(store.open().await?);
    output::say(format!("the tables are up to date: {}", store.place()?))
}
