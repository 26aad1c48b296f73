//! The panel against a fresh store: what it shows, what its buttons do, and what it pushes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod activity;
mod characters;
mod costs;
mod forms;
mod glass;
mod live;
mod odd_addresses;
mod orders;
mod page;
mod seeding;
mod settings;
mod sign_in;
mod stop;
