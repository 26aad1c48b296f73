//! The program from outside, as a shell runs it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod browser;
mod cli;
mod doctor;
mod e2e;
mod operators;
mod sandbox;
mod shell;
mod torture;
mod undo;
