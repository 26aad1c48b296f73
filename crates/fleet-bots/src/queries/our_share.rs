//! How much of what is in the gallery came from the fleet, told of the posts that the gallery shows.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;

use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::bot;
use crate::error::Result;

/// A post as the gallery shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPost {
    /// The gallery's id of it.
    pub id: String,
    /// Its author's handle.
    pub author: String,
    /// How many like it.
    pub likes: u64,
    /// How many comments it has.
    pub comments: u64,
}

/// How much of these posts, and of what people and bots did to them, is the fleet's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OurShare {
    /// The posts.
    pub posts: Part,
    /// Their likes.
    pub likes: Part,
    /// Their comments, answers among them.
    pub comments: Part,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The fleet's.
    pub ours: u64,
    /// All.
    pub all: u64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, shown: &[ShownPost]) -> Result<OurShare> {
    let mut share = OurShare::default();
    let residents: HashSet<String> = bot::Entity::find()
        .select_only()
        .column(bot::Column::Username)
        .filter(bot::has_its_username())
        .filter(bot::Column::Username.is_in(shown.iter().map(|post| post.author.replace('\0', "\u{fffd}"))))
        .into_tuple::<String>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    share.posts.all = shown.len() as u64;
    share.posts.ours = shown.iter().filter(|post| residents.contains(&post.author)).count() as u64;
    share.likes.all = shown.iter().map(|post| post.likes).sum();
    share.comments.all = shown.iter().map(|post| post.comments).sum();
    let reactions: Vec<(ActionKind, i64)> = action::Entity::find()
        .select_only()
        .column(action::Column::Kind)
        .column_as(action::Column::Id.count(), "rows")
        .filter(action::Column::Status.eq(ActionStatus::Done))
        .filter(action::Column::UndoneBy.is_null())
        .filter(action::Column::Target.is_in(shown.iter().map(|post| post.id.replace('\0', "\u{fffd}"))))
        .group_by(action::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    for (kind, count) in reactions {
        let count = u64::try_from(count).unwrap_or(0);
        match kind {
            ActionKind::Like => share.likes.ours += count,
            ActionKind::Comment | ActionKind::Answer => share.comments.ours += count,
            ActionKind::Picture | ActionKind::Post | ActionKind::Unlike => {}
        }
    }
    // What somebody removed in the gallery is still in the ledger: more than all is not ours.
    for part in [&mut share.likes, &mut share.comments] {
        part.ours = part.ours.min(part.all);
    }
    Ok(share)
}
