//! The gallery crate from outside: the contract, its faults, and what outlives a restart.

mod contract;
mod contract_on_sandbox;
mod faults;
mod keeping;
mod support;
mod visiting;
