//! The table `actions`: the ledger of what bots do to the world, a row before it is a request.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, BotId, DecisionId};
use crate::money::Micros;
use crate::time::{FleetTime, StoreTime};

/// One thing that a bot does to the world, from plan to end.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "actions")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActionId,
    /// Who does it.
    pub bot_id: BotId,
    /// What it is.
    pub kind: ActionKind,
    /// The gallery's id of the post it is done to; none for pictures and posts.
    pub target: Option<String>,
    /// The gallery's id of the remark it answers; only answers have one.
    pub remark: Option<String>,
    /// The exact content, fixed when it was planned.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Content,
    /// How far it has come.
    pub status: ActionStatus,
    /// When it was planned.
    pub planned_at: FleetTime,
    /// Not to be sent before.
    pub due_at: FleetTime,
    /// When its request was allowed to begin, by the database's clock.
    pub sent_at: Option<StoreTime>,
    /// When its request was allowed to begin, by the fleet's clock: against `due_at` it tells how late the bot was.
    pub begun_at: Option<FleetTime>,
    /// When its end was known.
    pub settled_at: Option<FleetTime>,
    /// What the gallery calls the result: the id of a post or a comment.
    pub remote_id: Option<String>,
    /// Why it failed, what is not known, or why it was put off.
    pub failure: Option<String>,
    /// How often a request for it was known not to have begun.
    pub postponed: i64,
    /// The row that took it back; only likes can be.
    pub undone_by: Option<ActionId>,
    /// What was asked and answered when it was decided, while that is kept.
    pub decision_id: Option<DecisionId>,
    /// By what its words are known again.
    #[serde(skip)]
    pub said: Option<i64>,
}

/// What a bot can do to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Has a picture made. It has no public effect.
    Picture,
    /// Shares a picture that was made.
    Post,
    /// Likes a post.
    Like,
    /// Comments on somebody's post.
    Comment,
    /// Answers under its own post.
    Answer,
    /// Takes a like back, because an operator asked for it; no bot ever decides it.
    Unlike,
}

/// How far a row of the ledger has come; the last three are ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Decided, and no request has begun.
    Planned,
    /// A request may have begun; it is never sent again.
    Sent,
    /// It happened.
    Done,
    /// It did not happen.
    Failed,
    /// Nobody can tell; the operator is asked, and it is never repeated by itself.
    Unresolved,
}

/// The exact content of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A picture to be made, and how it will be presented.
    Picture {
        /// What the picture shows, as it is told to the generator.
        prompt: String,
        /// The workflow's steps, as the gallery takes them.
        steps: serde_json::Value,
        /// The title it will be shared under.
        title: String,
        /// The description it will be shared with.
        description: String,
        /// The most that it costs to have it made.
        #[serde(default)]
        price: Micros,
    },
    /// A picture to be shared.
    Post {
        /// Where the picture lies.
        image_url: String,
        /// Its title.
        title: String,
        /// Its description.
        description: String,
        /// What the picture shows, as it was told to the generator.
        prompt: String,
    },
    /// A like of `about`.
    Like {
        /// The post.
        about: About,
    },
    /// A comment on `about`.
    Comment {
        /// The post.
        about: About,
        /// The exact words.
        text: String,
    },
    /// An answer under the bot's own post.
    Answer {
        /// The post.
        about: About,
        /// The gallery's id of the remark that is answered; empty where it is not known.
        #[serde(default)]
        to: String,
        /// The exact words.
        text: String,
    },
    /// A like of `about` to be taken back.
    Unlike {
        /// The post.
        about: About,
        /// The row of the like.
        like: ActionId,
        /// Who asked for it.
        by: String,
    },
}

/// Enough of a post to tell people which one is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The gallery's id of the post.
    pub post_id: String,
    /// Its title.
    pub title: String,
    /// Its author, as people see them.
    pub author: String,
    /// The handle of whom it is done to: the post's author, or who wrote the remark that is answered.
    #[serde(default)]
    pub person: Option<String>,
    /// When the post was published, as far as it is known.
    #[serde(default)]
    pub posted_at: Option<FleetTime>,
    /// The full address of its picture.
    pub image_url: Option<String>,
    /// Why the bot wants to do it.
    pub why: String,
}

impl Content {
    /// The kind of action this is the content of.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        match self {
            Content::Picture { .. } => ActionKind::Picture,
            Content::Post { .. } => ActionKind::Post,
            Content::Like { .. } => ActionKind::Like,
            Content::Comment { .. } => ActionKind::Comment,
            Content::Answer { .. } => ActionKind::Answer,
            Content::Unlike { .. } => ActionKind::Unlike,
        }
    }

    /// The post it is done to, if it is done to one.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Content::Like { about }
            | Content::Comment { about, .. }
            | Content::Answer { about, .. }
            | Content::Unlike { about, .. } => Some(about),
            Content::Picture { .. } | Content::Post { .. } => None,
        }
    }

    /// The handle of whom it is done to, as far as it is known.
    pub(crate) fn person(&self) -> Option<&str> {
        self.about().map(|about| about.person.as_deref().unwrap_or(&about.author))
    }

    /// The most that it costs to do it, beside what was thought before.
    #[must_use]
    pub fn price(&self) -> Micros {
        match self {
            Content::Picture { price, .. } => *price,
            _ => Micros::ZERO,
        }
    }

    /// The remark it answers, if it is known to answer one.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        match self {
            Content::Answer { to, .. } if !to.is_empty() => Some(to),
            _ => None,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
