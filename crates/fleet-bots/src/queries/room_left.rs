//! What a bot may still do about posts that it sees, so that it looks elsewhere instead of planning what is refused.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use super::read_settings;
use crate::error::Result;
use crate::id::BotId;
use crate::restraint::{Reaction, Room, bots_among, handle, is_too_young, reactions, room};
use crate::time::FleetTime;

/// A post that a bot sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SightedPost {
    /// The gallery's id of it.
    pub id: String,
    /// The handle of its author, as far as it is known.
    pub author: Option<String>,
    /// When it was published.
    pub posted_at: FleetTime,
}

/// By the id of each post.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    bot_id: BotId,
    posts: &[SightedPost],
    at: FleetTime,
) -> Result<HashMap<String, Room>> {
    let settings = read_settings::execute(db).await?;
    let ids: Vec<String> = posts.iter().map(|post| post.id.clone()).collect();
    let authors: Vec<&str> = posts.iter().filter_map(|post| post.author.as_deref()).collect();
    let ours = bots_among(db, &authors).await?;
    let mut given: HashMap<String, Vec<Reaction>> = HashMap::new();
    for (post, reaction) in reactions(db, &ids, None).await? {
        given.entry(post).or_default().push(reaction);
    }
    let left = |post: &SightedPost| {
        let is_persons = post.author.as_deref().is_none_or(|author| !ours.contains(&handle(author)));
        if is_too_young(&settings, post.posted_at, at) {
            let why = Some("too early");
            return Room { is_persons, no_like: why, no_comment: why };
        }
        room(&settings, is_persons, bot_id, given.get(&post.id).map_or(&[], Vec::as_slice))
    };
    Ok(posts.iter().map(|post| (post.id.clone(), left(post))).collect())
}
