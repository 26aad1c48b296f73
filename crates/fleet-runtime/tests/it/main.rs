//! The fleet at work: nodes over a real store against the sandbox gallery, on SQLite and on Postgres.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[macro_use]
#[path = "../../../fleet-bots/tests/it/store.rs"]
#[expect(dead_code, reason = "the store's own tests use all of it")]
mod store;

mod fleet;

mod accounts;
mod heeding;
mod hostile_gallery;
mod life;
mod many_nodes;
mod mind;
mod patience;
mod pictures;
mod requests;
mod rests;
mod settings;
mod standing_still;
mod undo;
