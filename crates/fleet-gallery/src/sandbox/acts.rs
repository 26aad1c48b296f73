//! What accounts do in the gallery, whoever asks: the routes for bots, the visitors for themselves.
//!
//! Each act checks its rule, becomes one event, and answers with what everyone sees then.

use std::collections::HashMap;

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::broadcast;
use uuid::{NoContext, Uuid};

use super::App;
use super::address::Worth;
use super::draw::Drawn;
use super::event::Event;
use super::news::News;
use super::refusal::Refusal;
use super::state::{Account, Span, State};
use crate::wire::{Comment, Invite, Invited, Item, Liked};

const LONGEST_TITLE: usize = 200;
const LONGEST_COMMENT: usize = 1000;

/// A post to be, its picture already found among the author's.
pub(super) struct Draft {
    pub(super) image: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Where it belongs; by its author's persona if none is named.
    pub(super) category: Option<&'static str>,
    pub(super) workflow_shared: bool,
    /// Whether moderation holds it back.
    pub(super) held: bool,
}

/// A person or an agent who is to have an account.
pub(super) struct Newcomer {
    pub(super) agent_id: Option<String>,
    pub(super) username: String,
    pub(super) name: String,
    pub(super) persona: Option<String>,
    pub(super) bio: Option<String>,
}

impl App {
    /// What happens in the gallery from here on.
    pub(super) fn news(&self) -> broadcast::Receiver<News> {
        self.store.news()
    }

    pub(super) fn publish(&self, by: usize, draft: Draft) -> Result<Item, Refusal> {
        if !(1..=LONGEST_TITLE).contains(&length(&draft.title)) {
            return Err(Refusal::invalid("title", "must have 1 to 200 characters"));
        }
        let (id, at) = self.stamp();
        self.store.write(
            |state| {
                let owned = state.picture(&draft.image).is_some_and(|picture| picture.by == by);
                if !owned {
                    return Err(Refusal::invalid("imageUrl", "must be the address of a picture of your own"));
                }
                Ok(Event::Posted {
                    id,
                    by: state.accounts[by].id.clone(),
                    image: draft.image,
                    title: draft.title,
                    description: draft.description,
                    category: draft.category.map(str::to_owned),
                    workflow_shared: draft.workflow_shared,
                    hidden: draft.held,
                    at,
                })
            },
            |state| state.item(state.posts.len() - 1, Some(by)),
        )
    }

    pub(super) fn toggle_like(&self, by: usize, item: &str) -> Result<Liked, Refusal> {
        let (_, at) = self.stamp();
        let item = item.to_owned();
        self.store.write(
            |state| {
                let post = state.post(&item, Some(by)).ok_or_else(|| Refusal::not_found("showcase item"))?;
                let liked = state.posts[post].likers.contains(&by);
                let (item, by) = (item.clone(), state.accounts[by].id.clone());
                Ok(if liked { Event::Unliked { item, by, at } } else { Event::Liked { item, by, at } })
            },
            |state| {
                let likers = state.post(&item, Some(by)).map(|post| &state.posts[post].likers);
                Liked {
                    liked: likers.is_some_and(|likers| likers.contains(&by)),
                    like_count: likers.map_or(0, |likers| likers.len() as u64),
                }
            },
        )
    }

    pub(super) fn comment(&self, by: usize, item: &str, content: String) -> Result<Comment, Refusal> {
        if !(1..=LONGEST_COMMENT).contains(&length(&content)) {
            return Err(Refusal::invalid("content", "must have 1 to 1000 characters"));
        }
        let (id, created_at) = self.stamp();
        let item = item.to_owned();
        self.store.write(
            |state| {
                state.post(&item, Some(by)).ok_or_else(|| Refusal::not_found("showcase item"))?;
                Ok(Event::Commented {
                    id: id.clone(),
                    item: item.clone(),
                    by: state.accounts[by].id.clone(),
                    content: content.clone(),
                    at: created_at,
                })
            },
            |state| {
                let remark =
                    super::state::Remark { id: id.clone(), by, content: content.clone(), created_at };
                state.comment(&remark)
            },
        )
    }

    /// Lets an agent's workflow in, and counts it, unless a budget is used up.
    pub(super) fn begin_workflow(&self, by: usize) -> Result<(), Refusal> {
        let policy = self.limits.policy();
        let (_, at) = self.stamp();
        self.store.write(
            |state| {
                let within = |code, message: &str, span: Span, used: u64, limit: Option<u64>| match limit {
                    Some(limit) if used >= limit => {
                        Err(Refusal::used_up(code, message, used, limit, span.end(at)))
                    }
                    _ => Ok(()),
                };
                let fleet = |span| state.usage.of_fleet(span, at);
                let agent = |span| state.usage.of_agent(by, span, at);
                let (day, month) = (Span::Day, Span::Month);
                let message = "the fleet's monthly budget is used up";
                let limit = policy.fleet_monthly_budget;
                within("FLEET_MONTHLY_BUDGET_EXCEEDED", message, month, fleet(month), limit)?;
                let message = "the fleet's daily budget is used up";
                within("FLEET_DAILY_BUDGET_EXCEEDED", message, day, fleet(day), policy.fleet_daily_budget)?;
                let message = "this agent's monthly limit is reached";
                let limit = policy.agent_monthly_limit;
                within("AGENT_MONTHLY_LIMIT_EXCEEDED", message, month, agent(month), limit)?;
                let message = "this agent's daily limit is reached";
                within("AGENT_DAILY_LIMIT_EXCEEDED", message, day, agent(day), policy.agent_daily_limit)?;
                Ok(Event::WorkflowBegun { by: state.accounts[by].id.clone(), at })
            },
            |_| (),
        )
    }

    /// Says what becomes of a post that moderation holds.
    pub(super) fn moderate(&self, item: &str, approved: bool) -> Result<(), Refusal> {
        let (_, at) = self.stamp();
        self.store.write(
            |state| {
                let post = state.any_post(item).ok_or_else(|| Refusal::not_found("showcase item"))?;
                if !post.hidden || post.refused {
                    return Err(Refusal::conflict("post_not_held", "this post is not held"));
                }
                Ok(Event::Moderated { item: item.to_owned(), approved, at })
            },
            |_| (),
        )
    }

    /// Keeps the pictures of a workflow and returns their ids, in order.
    pub(super) fn keep(&self, by: usize, pictures: &[Drawn]) -> Result<Vec<String>, Refusal> {
        let mut ids = Vec::with_capacity(pictures.len());
        for Drawn { png, sha256 } in pictures {
            self.store.keep_picture(sha256, png).map_err(|error| Refusal::broken(&error))?;
            let (id, at) = self.stamp();
            let event = |state: &State| {
                let by = state.accounts[by].id.clone();
                Ok(Event::PictureDrawn { id: id.clone(), by, sha256: sha256.clone(), at })
            };
            self.store.write(event, |_| ())?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// Whether a workflow's address of a picture is still good. Without signed addresses they all are.
    pub(super) fn check_address(&self, image: &str, query: &HashMap<String, String>) -> Result<(), Refusal> {
        if self.limits.policy().presigned_seconds.is_none() {
            return Ok(());
        }
        match self.addresses.worth(image, query, (self.now)()) {
            Worth::Good => Ok(()),
            Worth::Expired => Err(Refusal::expired()),
            Worth::Unsigned => Err(Refusal::forbidden("this address is not signed")),
        }
    }

    pub(super) fn picture(&self, id: &str) -> Result<Bytes, Refusal> {
        let sha256 = self.store.read(|state| Some(state.picture(id)?.sha256.clone()));
        let sha256 = sha256.ok_or_else(|| Refusal::not_found("image"))?;
        self.store.picture_bytes(&sha256).map_err(|error| Refusal::broken(&error))
    }

    /// Makes an account for a bot, or finds the one it has; two who ask at once get the same.
    pub(super) fn invite(&self, invite: Invite) -> Result<Invited, Refusal> {
        let (id, at) = self.stamp();
        let bio = self.introductions().get(&invite.username).cloned();
        let newcomer = Newcomer {
            agent_id: Some(invite.agent_id.clone()),
            username: invite.username.clone(),
            name: invite.name,
            persona: Some(invite.agent_persona_id),
            bio,
        };
        let mut known = None;
        let made = self.store.write(
            |state| {
                if let Some(index) = state.by_agent_id(&invite.agent_id) {
                    let Account { id, username, .. } = &state.accounts[index];
                    known = Some(Invited { id: id.clone(), username: username.clone(), created: false });
                    return Err(Refusal::conflict("known", "this bot has an account"));
                }
                admission(state, newcomer, id.clone(), at)
            },
            |_| (),
        );
        if let Some(known) = known {
            return Ok(known);
        }
        made?;
        self.introductions().remove(&invite.username);
        Ok(Invited { id, username: invite.username, created: true })
    }

    /// Makes an account and returns its index. An agent is one whom a fleet has a name for.
    pub(super) fn admit(&self, newcomer: Newcomer) -> Result<usize, Refusal> {
        let (id, at) = self.stamp();
        self.store.write(|state| admission(state, newcomer, id, at), |state| state.accounts.len() - 1)
    }

    /// Removes the account that a fleet knows by this name, and returns its handle.
    pub(super) fn remove(&self, agent_id: &str) -> Result<String, Refusal> {
        let (_, at) = self.stamp();
        let mut username = String::new();
        self.store.write(
            |state| {
                let index = state.by_agent_id(agent_id).ok_or_else(|| Refusal::not_found("user"))?;
                username.clone_from(&state.accounts[index].username);
                Ok(Event::AccountRemoved { id: state.accounts[index].id.clone(), at })
            },
            |_| (),
        )?;
        Ok(username)
    }

    /// A new id, and the fleet's time. Ids only have to differ, also between sandboxes, so chance is not handed in.
    fn stamp(&self) -> (String, Timestamp) {
        let at = (self.now)();
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(at.subsec_nanosecond()).unwrap_or(0);
        let moment = uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds);
        (Uuid::new_v7(moment).simple().to_string(), at)
    }
}

fn admission(state: &State, newcomer: Newcomer, id: String, at: Timestamp) -> Result<Event, Refusal> {
    if state.by_username(&newcomer.username).is_some() {
        return Err(Refusal::conflict("username_taken", "this username belongs to another account"));
    }
    Ok(Event::AccountMade {
        id,
        is_agent: newcomer.agent_id.is_some(),
        agent_id: newcomer.agent_id,
        username: newcomer.username,
        name: newcomer.name,
        persona: newcomer.persona,
        bio: newcomer.bio,
        at,
    })
}

/// The platform's validation counts UTF-16 units, as JavaScript does.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
