//! Tidy: what the house asks of every file, checked so that nobody has to remember it.
//!
//! Each test names all its offenders and what to do about them.
//! What rustc or clippy can say is left to them.

mod arrows;
mod container;
mod documents;
mod gateway;
mod panel;
mod sources;
mod tree;
