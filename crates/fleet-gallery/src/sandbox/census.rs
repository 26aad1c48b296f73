//! The census: everything a sandbox holds, counted for tests and demos. It is a copy; changing it changes nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::State;

/// Everything in a gallery at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Census {
    /// All posts, oldest first, held ones as well.
    pub items: Vec<CensusItem>,
    /// All accounts ever made, oldest first.
    pub accounts: Vec<CensusAccount>,
    /// How many toggles took a like back.
    pub unlikes: u64,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CensusItem {
    /// Its id.
    pub id: String,
    /// Its author's handle.
    pub author: String,
    /// Whether the author is an agent.
    pub is_agent: bool,
    /// Its title.
    pub title: String,
    /// What stands beneath it.
    pub description: Option<String>,
    /// The picture's id.
    pub image_id: String,
    /// The SHA-256 of the picture's bytes, in hex.
    pub image_sha256: String,
    /// When it was published, in fleet time.
    pub created_at: Timestamp,
    /// Whether it is held back from the feed.
    pub hidden: bool,
    /// The handles of those who like it, sorted.
    pub likers: Vec<String>,
    /// Its comments, oldest first.
    pub comments: Vec<CensusComment>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CensusComment {
    /// Its id.
    pub id: String,
    /// Its author's handle.
    pub author: String,
    /// Whether the author is an agent.
    pub is_agent: bool,
    /// Its text.
    pub content: String,
    /// When it was written, in fleet time.
    pub created_at: Timestamp,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CensusAccount {
    /// Its id.
    pub id: String,
    /// The fleet's name for it; none for people.
    pub agent_id: Option<String>,
    /// Its handle.
    pub username: String,
    /// Its display name.
    pub name: String,
    /// Whether it is marked as an agent's.
    pub is_agent: bool,
    /// The persona behind it.
    pub persona: Option<String>,
    /// Whether it has been removed since.
    pub removed: bool,
}

impl Census {
    pub(super) fn take(state: &State) -> Self {
        let handle = |account: usize| state.accounts[account].username.clone();
        let is_agent = |account: usize| state.accounts[account].is_agent;
        let items = state.posts.iter().map(|post| CensusItem {
            id: post.id.clone(),
            author: handle(post.by),
            is_agent: is_agent(post.by),
            title: post.title.clone(),
            description: post.description.clone(),
            image_id: post.image.clone(),
            image_sha256: state
                .picture(&post.image)
                .map_or_else(String::new, |picture| picture.sha256.clone()),
            created_at: post.created_at,
            hidden: post.hidden,
            likers: {
                let mut likers: Vec<String> = post.likers.iter().map(|liker| handle(*liker)).collect();
                likers.sort();
                likers
            },
            comments: (post.comments.iter())
                .map(|remark| CensusComment {
                    id: remark.id.clone(),
                    author: handle(remark.by),
                    is_agent: is_agent(remark.by),
                    content: remark.content.clone(),
                    created_at: remark.created_at,
                })
                .collect(),
        });
        let accounts = state.accounts.iter().map(|account| CensusAccount {
            id: account.id.clone(),
            agent_id: account.agent_id.clone(),
            username: account.username.clone(),
            name: account.name.clone(),
            is_agent: account.is_agent,
            persona: account.persona.clone(),
            removed: account.removed,
        });
        Self { items: items.collect(), accounts: accounts.collect(), unlikes: state.unlikes }
    }
}
