//! The table `seen_posts`: a bot's memory of posts, the newest 500.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{BotId, DecisionId};
use crate::time::FleetTime;

/// What a bot remembers of a post.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "seen_posts")]
pub struct Model {
    /// Whose memory it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bot_id: BotId,
    /// The gallery's id of the post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: String,
    /// The handle of whose it is, or their id where they have none; none where it was seen before that was kept.
    pub author: Option<String>,
    /// When the bot last saw it.
    pub seen_at: FleetTime,
    /// Whether it is the bot's own.
    pub own: bool,
    /// Whether the bot has made up its mind about it.
    pub judged: bool,
    /// Whether it likes it.
    pub likes_it: bool,
    /// What it would say about it.
    pub remark: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// How many comments stood under it.
    pub comments: i64,
    /// How many of them the bot has read with an answer in mind; kept for its own posts and those that it spoke under.
    pub comments_read: i64,
    /// What was asked and answered when the bot made up its mind about it, while that is kept.
    #[sea_orm(column_name = "decision_id")]
    pub decision: Option<DecisionId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
