//! The fleet and the sandbox as two processes with a saboteur between them, who kills the fleet at every step of every
//! action and at random; afterwards the ledger is held against what really happened.
//!
//! `proxy` stands between the two and does what the saboteur says, `calls` knows the calls of the contract, `saboteur` draws
//! what goes wrong, `life` starts and ends the processes, `truth` compares.

mod calls;
mod e2e;
mod life;
mod proxy;
mod saboteur;
mod truth;
