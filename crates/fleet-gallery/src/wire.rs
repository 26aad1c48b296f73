//! The bodies of the gallery's contract, typed once for the client and the sandbox.
//!
//! Reading is generous (unknown fields are ignored, missing optional ones are absent, null counts are zero);
//! writing is strict: an optional field is left out, never null, because the platform refuses null.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// A published post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The post's id.
    pub id: String,
    /// Its title, at most 200 characters.
    #[serde(default, deserialize_with = "null_is_default")]
    pub title: String,
    /// What the author wrote beneath it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// One of `ai-workflows`, `data-viz`, `marketing`, `utilities`, or something newer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Free tags.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The picture.
    pub image: ItemImage,
    /// The author.
    pub user: UserRef,
    /// How many accounts like it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub like_count: u64,
    /// How many comments it has.
    #[serde(default, deserialize_with = "null_is_default")]
    pub comment_count: u64,
    /// How often it was opened.
    #[serde(default, deserialize_with = "null_is_default")]
    pub view_count: u64,
    /// Whether the account that asked likes it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub is_liked: bool,
    /// Whether the workflow behind it is public.
    #[serde(default, deserialize_with = "null_is_default")]
    pub workflow_shared: bool,
    /// When it was published.
    pub created_at: Timestamp,
}

/// The picture of a post; its bytes are at `/api/storage/images/{id}/content`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemImage {
    /// The picture's id.
    pub id: String,
}

/// An author, as posts and comments name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRef {
    /// The account's id.
    pub id: String,
    /// The handle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the account's picture is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
}

/// A comment under a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// The comment's id.
    pub id: String,
    /// Its text, 1 to 1,000 characters.
    pub content: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Who wrote it.
    pub user: UserRef,
}

/// A public account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The account's id.
    pub id: String,
    /// The handle.
    pub username: String,
    /// The display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they say about themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Where the account's picture is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// How much an account shows in public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Stats {
    /// Public projects.
    pub public_projects: u64,
    /// Public workflows.
    pub public_workflows: u64,
    /// Public pictures.
    pub public_images: u64,
    /// Posts in the showcase.
    pub showcase_items: u64,
}

/// An account with its counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The account.
    pub user: User,
    /// Its counts.
    #[serde(default, deserialize_with = "null_is_default")]
    pub stats: Stats,
}

/// A post, as its author's page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowcaseEntry {
    /// The post's id.
    pub id: String,
    /// Its title.
    #[serde(default, deserialize_with = "null_is_default")]
    pub title: String,
    /// What the author wrote beneath it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A post to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    /// Where the picture is, as the workflow's answer gave it; the client makes it absolute.
    pub image_url: String,
    /// Its title, at most 200 characters.
    pub title: String,
    /// What stands beneath it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The workflow to share with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow_id: Option<String>,
}

/// Which part of the feed to read, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedQuery {
    /// How many posts at most.
    pub limit: u32,
    /// How many posts to pass over.
    pub offset: u32,
    /// The order.
    pub sort: Sort,
    /// Only this category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

impl Default for FeedQuery {
    fn default() -> Self {
        Self { limit: 20, offset: 0, sort: Sort::Recent, category: None }
    }
}

/// The order of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Newest first.
    #[default]
    Recent,
    /// Most liked first.
    Popular,
    /// Most liked lately first.
    Trending,
}

/// What a toggle of a like left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Liked {
    /// Whether the account likes the post now.
    pub liked: bool,
    /// How many accounts like it now.
    #[serde(default, deserialize_with = "null_is_default")]
    pub like_count: u64,
}

/// A picture to be made, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workflow {
    /// What the run is called.
    pub name: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Step {
    /// Makes a picture from nothing.
    Generate {
        /// Who makes it: `openai`, `shapes`, `qr`, …
        generator: String,
        /// What it is told.
        #[serde(default)]
        params: Map<String, Value>,
        /// The name later steps call the picture by.
        out: String,
    },
    /// Makes a picture from a picture.
    Transform {
        /// What is done: `resize`, `modulate`, …
        op: String,
        /// The picture it starts from.
        #[serde(rename = "in")]
        input: String,
        /// What it is told.
        #[serde(default)]
        params: Map<String, Value>,
        /// The name later steps call the picture by.
        out: String,
    },
    /// Keeps a picture; it makes none.
    Save {
        /// The picture to keep.
        #[serde(rename = "in")]
        input: String,
        /// Where to.
        destination: String,
    },
}

impl Step {
    /// A generating step. Parameters that are not a JSON object count as none.
    pub fn generate(generator: &str, params: Value, out: &str) -> Self {
        Self::Generate { generator: generator.to_owned(), params: object(params), out: out.to_owned() }
    }

    /// A transforming step. Parameters that are not a JSON object count as none.
    pub fn transform(op: &str, input: &str, params: Value, out: &str) -> Self {
        Self::Transform {
            op: op.to_owned(),
            input: input.to_owned(),
            params: object(params),
            out: out.to_owned(),
        }
    }
}

/// What a workflow made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// `completed`, when it was.
    pub status: String,
    /// One picture for each image-making step, in step order.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_ids: Vec<String>,
    /// Where they are; relative or expiring, so resolve them now and never store them.
    #[serde(default, deserialize_with = "null_is_default")]
    pub image_urls: Vec<String>,
    /// The pictures themselves as data addresses, by id.
    #[serde(default, deserialize_with = "null_is_default")]
    pub previews: BTreeMap<String, String>,
}

impl Execution {
    /// Where the finished picture is: the last one, since every step before it left one too.
    pub fn finished(&self) -> Option<&str> {
        self.image_urls.last().map(String::as_str)
    }
}

/// An account to be made for a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// The fleet's own name for the bot; the same one again is the same account.
    pub agent_id: String,
    /// The display name.
    pub name: String,
    /// The handle, which is also what the bot acts as.
    pub username: String,
    /// Whether the account is marked as an agent's. The fleet never says otherwise.
    pub is_agent: bool,
    /// The persona behind it.
    pub agent_persona_id: String,
}

/// The account of an invited bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The account's id.
    pub id: String,
    /// The handle.
    pub username: String,
    /// Whether this call made it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub created: bool,
}

fn object(params: Value) -> Map<String, Value> {
    match params {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_item_reads_with_nothing_but_what_is_required() {
        let item: Item = serde_json::from_value(json!({
            "id": "i", "title": "t", "image": {"id": "p", "width": 3}, "user": {"id": "u", "name": null},
            "createdAt": "2026-01-02T03:04:05.678Z", "likeCount": null, "somethingNew": [1],
        }))
        .unwrap();
        assert_eq!((item.like_count, item.is_liked, item.user.name), (0, false, None));
    }

    #[test]
    fn absent_fields_are_left_out_and_never_null() {
        let item =
            NewItem { image_url: "/x".into(), title: "t".into(), description: None, workflow_id: None };
        assert_eq!(serde_json::to_value(item).unwrap(), json!({"imageUrl": "/x", "title": "t"}));
    }

    #[test]
    fn steps_are_written_as_the_engine_reads_them() {
        let steps = [
            Step::generate("shapes", json!({"sides": 5}), "a"),
            Step::transform("blur", "a", json!({}), "b"),
            Step::Save { input: "b".into(), destination: "x.png".into() },
        ];
        insta::assert_snapshot!(serde_json::to_string(&steps).unwrap(), @r#"[{"kind":"generate","generator":"shapes","params":{"sides":5},"out":"a"},{"kind":"transform","op":"blur","in":"a","params":{},"out":"b"},{"kind":"save","in":"b","destination":"x.png"}]"#);
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in "\\PC*") {
            _ = serde_json::from_str::<Item>(&text);
            _ = serde_json::from_str::<Execution>(&text);
            _ = serde_json::from_str::<Profile>(&text);
        }
    }
}
