//! The gallery crate from outside: the contract, its faults, and what outlives a restart.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod answers;
mod client;
mod contract;
mod contract_on_sandbox;
mod control;
mod courtesy;
mod faults;
mod keeping;
mod limits;
mod pages;
mod support;
mod visiting;
