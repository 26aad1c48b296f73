//! Life: the node, its agents, and what they decide and do.
//!
//! | module | owns |
//! |---|---|
//! | `node` | [`Node`]: the loop that makes what is held become what is wanted |
//! | `reconcile` | the comparison, pure |
//! | `ownership` | the node's row and leases, and when it must be silent |
//! | `supervisor` | the agents' tasks; panics end there |
//! | `orders` | what an agent is told |
//! | `agent` | one bot's task: `turn` orders `decide`, `look`, `choose`, `act`, `settle` |
//! | `departures` | the accounts of deleted bots, until they are gone |
//! | `housekeeping` | chores that any node may do |
//! | `undo` | what operators want taken back |
//! | `rests` | what the gallery said that keeps the fleet or a bot from acting |
//! | `offer` | what the gallery can make pictures with |
//! | `board` | what was seen of the bots, until it is written |
//! | `clock` | [`FleetClock`]: the residents' time |
//! | `world` | what all agents share |
//!
//! It refuses to know the web and SQL: it reads intents, and writes what it sees.

mod agent;
mod board;
mod clock;
mod departures;
mod housekeeping;
mod node;
mod offer;
mod orders;
mod ownership;
mod reconcile;
mod rests;
mod supervisor;
mod undo;
mod world;

pub use agent::desk::BotDesk;
pub use clock::FleetClock;
pub use node::{Node, NodeConfig, Shutdown};
