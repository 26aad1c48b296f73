//! What can be asked: one read a file, each a function `execute`. A query writes nothing.

pub(crate) mod fleet_summary;
pub(crate) mod get_activity;
pub(crate) mod get_bot;
pub(crate) mod list_bots;
pub(crate) mod read_clock;
pub(crate) mod recall_posts;
pub(crate) mod recent_actions;
pub(crate) mod stop_order;
pub(crate) mod unsettled_actions;
pub(crate) mod wanted_bots;

/// Some of many, and how many there are.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
}
