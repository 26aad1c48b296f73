//! What the bodies of answers look like around what is asked for. Owns that one odd entry of a list hides no other.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::wire::{Comment, Item, ShowcaseEntry};

#[derive(Deserialize)]
pub(super) struct Items {
    #[serde(deserialize_with = "readable")]
    pub(super) items: Vec<Item>,
}

#[derive(Deserialize)]
pub(super) struct OneItem {
    pub(super) item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Published {
    pub(super) showcase_item: Item,
}

#[derive(Deserialize)]
pub(super) struct Comments {
    #[serde(deserialize_with = "readable")]
    pub(super) comments: Vec<Comment>,
}

#[derive(Deserialize)]
pub(super) struct OneComment {
    pub(super) comment: Comment,
}

#[derive(Deserialize)]
pub(super) struct Showcase {
    #[serde(deserialize_with = "readable")]
    pub(super) showcase: Vec<ShowcaseEntry>,
}

#[derive(Deserialize)]
pub(super) struct Deleted {
    pub(super) deleted: bool,
}

#[derive(Deserialize)]
pub(super) struct SandboxTime {
    pub(super) now: Timestamp,
}

/// So many entries of a list that are all unreadable are no accident any more.
const NO_ACCIDENT: usize = 3;

/// Those entries of a list that can be read: one post without an author must not blind everybody to all others.
fn readable<'de, T: DeserializeOwned, D: Deserializer<'de>>(list: D) -> Result<Vec<T>, D::Error> {
    let entries = Vec::<Value>::deserialize(list)?;
    let (count, mut unreadable) = (entries.len(), None);
    let read = entries.into_iter().filter_map(|entry| match serde_json::from_value(entry) {
        Ok(entry) => Some(entry),
        Err(error) => {
            tracing::debug!(%error, "an entry of a list is left out");
            unreadable = Some(error);
            None
        }
    });
    let read: Vec<T> = read.collect();
    match unreadable {
        Some(error) if read.is_empty() && count >= NO_ACCIDENT => {
            Err(serde::de::Error::custom(format!("none of {count} entries can be read: {error}")))
        }
        _ => Ok(read),
    }
}
