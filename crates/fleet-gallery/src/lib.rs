//! The gallery's contract, from both sides: a client that speaks it and a sandbox that answers it.
//!
//! - `wire` types every body once; client and sandbox share it.
//! - `client` asks: [`Gallery`] has one method for each call, and three look-ups that settle what became of a write.
//! - `error` says what a failure means for the caller: may it be sent again, and when.
//! - `contract` holds a gallery against what the fleet relies on, call by call.
//! - `sandbox` answers: a gallery on loopback with real pictures, scripted faults and simulated visitors.
//!
//! It knows no bots, no database and no brain; time comes in as a value or a closure, the environment not at all.

mod client;
pub mod contract;
mod error;
pub mod sandbox;
mod secret;
mod wire;

pub use client::{CourtesyReport, Gallery, GalleryConfig, Manners, SoughtPost, client_builder, is_loopback};
pub use error::{Error, Fate, Retry};
pub use sandbox::{Sandbox, SandboxConfig, SandboxError};
pub use secret::Secret;
pub use wire::{
    Comment, Execution, FeedQuery, Invite, Invited, Item, ItemImage, Liked, NewItem, Profile, ShowcaseEntry,
    Sort, Stats, Step, User, UserRef, Workflow,
};
