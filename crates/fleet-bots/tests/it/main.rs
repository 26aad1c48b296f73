//! What the context promises, asked of a fresh SQLite file and of a fresh Postgres database alike.
//!
//! Tests stand in modules by subject; each is listed in its module's `store_tests!`, which runs it on both stores.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[macro_use]
mod store;

mod accounts;
mod bots;
mod connect;
mod decisions;
mod disclosure;
mod explain;
mod feed;
mod fixtures;
mod gallery;
mod intent;
mod leases;
mod ledger;
mod ledger_walk;
mod list;
mod log;
mod memory;
mod nodes;
mod operators;
mod our_share;
mod pulse;
mod requests;
mod resolve;
mod rests;
mod settings;
mod size;
mod spending;
mod spending_walk;
mod switch;
mod undo;
mod words;
