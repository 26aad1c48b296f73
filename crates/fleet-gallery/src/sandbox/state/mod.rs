//! What the gallery holds: events applied to memory, and the views that routes and pages read from it.
//!
//! It writes nothing down (the `store` does) and refuses nothing (the routes do); an event about something unknown is
//! passed over, since only a journal edited by hand can hold one.

mod ranking;
mod usage;
mod view;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::SandboxError;
use super::event::Event;
use super::news::News;
use ranking::{Ranking, Weight};
pub(super) use usage::{Span, Usage};

use crate::wire::Sort;

/// Everything in a gallery. Accounts and posts are never forgotten, only marked; their index is their identity.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) accounts: Vec<Account>,
    account_ids: HashMap<String, usize>,
    usernames: HashMap<String, usize>,
    agents: HashMap<String, usize>,
    pub(super) posts: Vec<Post>,
    post_ids: HashMap<String, usize>,
    /// The posts that everyone may see, in the order in which they came to be seen: one that was held comes late.
    publications: Vec<usize>,
    pictures: HashMap<String, Picture>,
    pub(super) unlikes: u64,
    /// When the latest event was.
    pub(super) latest: Option<Timestamp>,
    pub(super) usage: Usage,
    ranking: Ranking,
    /// Whether the past is still being read: then nobody looks, and the orders can wait until its end.
    is_remembering: bool,
}

#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) agent_id: Option<String>,
    pub(super) username: String,
    pub(super) name: String,
    pub(super) bio: Option<String>,
    pub(super) is_agent: bool,
    pub(super) persona: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) removed: bool,
    posts: Vec<usize>,
    pictures: u64,
}

#[derive(Debug)]
pub(super) struct Post {
    pub(super) id: String,
    pub(super) by: usize,
    pub(super) image: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) category: Option<String>,
    pub(super) workflow_shared: bool,
    /// Whether moderation holds it, so that only its author sees it.
    pub(super) hidden: bool,
    /// Whether moderation refused it, so that nobody sees it.
    pub(super) refused: bool,
    pub(super) created_at: Timestamp,
    pub(super) likers: BTreeSet<usize>,
    pub(super) comments: Vec<Remark>,
    views: AtomicU64,
}

#[derive(Debug)]
pub(super) struct Remark {
    pub(super) id: String,
    pub(super) by: usize,
    pub(super) content: String,
    pub(super) created_at: Timestamp,
}

#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) by: usize,
    pub(super) sha256: String,
}

impl State {
    /// What a journal's events come to. They are ranked once, at the end: on the way each like would move a post among
    /// all others, for nobody.
    pub(super) fn remember<E>(
        read: impl FnOnce(&mut dyn FnMut(Event)) -> Result<E, SandboxError>,
    ) -> Result<(Self, E), SandboxError> {
        let mut state = Self { is_remembering: true, ..Self::default() };
        let end = read(&mut |event| _ = state.apply(event))?;
        state.is_remembering = false;
        let ranked = state.publications.iter().map(|index| {
            let post = &state.posts[*index];
            (*index, post.category.as_deref(), post.weight())
        });
        state.ranking = Ranking::of(ranked);
        Ok((state, end))
    }

    /// Takes an event in, and says what of it everyone may know.
    pub(super) fn apply(&mut self, event: Event) -> Option<News> {
        self.latest = self.latest.max(Some(event.at()));
        match event {
            Event::AccountMade { id, agent_id, username, name, is_agent, persona, bio, at } => {
                let index = self.accounts.len();
                self.account_ids.insert(id.clone(), index);
                self.usernames.insert(username.clone(), index);
                if let Some(agent_id) = &agent_id {
                    self.agents.insert(agent_id.clone(), index);
                }
                let (posts, pictures, removed) = (Vec::new(), 0, false);
                self.accounts.push(Account {
                    id,
                    agent_id,
                    username,
                    name,
                    bio,
                    is_agent,
                    persona,
                    created_at: at,
                    removed,
                    posts,
                    pictures,
                });
                None
            }
            Event::AccountRemoved { id, .. } => {
                let index = *self.account_ids.get(&id)?;
                let account = &mut self.accounts[index];
                account.removed = true;
                self.usernames.remove(&account.username);
                if let Some(agent_id) = &account.agent_id {
                    self.agents.remove(agent_id);
                }
                None
            }
            Event::WorkflowBegun { by, at } => {
                let by = *self.account_ids.get(&by)?;
                self.usage.add(by, at);
                None
            }
            Event::PictureDrawn { id, by, sha256, .. } => {
                let by = *self.account_ids.get(&by)?;
                self.accounts[by].pictures += 1;
                self.pictures.insert(id, Picture { by, sha256 });
                None
            }
            Event::Posted { id, by, image, title, description, category, workflow_shared, hidden, at } => {
                let by = *self.account_ids.get(&by)?;
                let category = category.or_else(|| self.usual_category(by).map(str::to_owned));
                let index = self.posts.len();
                self.post_ids.insert(id.clone(), index);
                self.accounts[by].posts.push(index);
                let (likers, comments, views) = (BTreeSet::new(), Vec::new(), AtomicU64::new(0));
                self.posts.push(Post {
                    id,
                    by,
                    image,
                    title,
                    description,
                    category,
                    workflow_shared,
                    hidden,
                    refused: false,
                    created_at: at,
                    likers,
                    comments,
                    views,
                });
                (!hidden).then(|| self.show(index))
            }
            Event::Moderated { item, approved, .. } => {
                let index = *self.post_ids.get(&item)?;
                let post = &mut self.posts[index];
                if !post.hidden || post.refused {
                    return None;
                }
                (post.hidden, post.refused) = (!approved, !approved);
                approved.then(|| self.show(index))
            }
            Event::Liked { item, by, .. } => self.react(&item, &by, |post, by| {
                post.likers.insert(by);
                News::Liked
            }),
            Event::Unliked { item, by, .. } => {
                let unlikes = &mut 0;
                let news = self.react(&item, &by, |post, by| {
                    *unlikes += u64::from(post.likers.remove(&by));
                    News::Liked
                });
                self.unlikes += *unlikes;
                news
            }
            Event::Commented { id, item, by, content, at } => self.react(&item, &by, |post, by| {
                post.comments.push(Remark { id, by, content, created_at: at });
                News::Commented
            }),
        }
    }

    /// Puts a post into the feed.
    fn show(&mut self, index: usize) -> News {
        if !self.is_remembering {
            let post = &self.posts[index];
            self.ranking.add(index, post.category.as_deref(), post.weight());
        }
        self.publications.push(index);
        News::Posted(index)
    }

    /// Changes what stands under a post, and the post's places in the feed with it.
    fn react(
        &mut self,
        item: &str,
        by: &str,
        change: impl FnOnce(&mut Post, usize) -> fn(usize) -> News,
    ) -> Option<News> {
        let (&index, &by) = (self.post_ids.get(item)?, self.account_ids.get(by)?);
        let post = &mut self.posts[index];
        let before = post.weight();
        let news = change(post, by);
        if post.hidden {
            return None;
        }
        if !self.is_remembering {
            self.ranking.reweigh(index, post.category.as_deref(), before, post.weight());
        }
        Some(news(index))
    }

    /// The live account with this handle.
    pub(super) fn by_username(&self, username: &str) -> Option<usize> {
        self.usernames.get(username).copied()
    }

    /// The live account with this name of the fleet's.
    pub(super) fn by_agent_id(&self, agent_id: &str) -> Option<usize> {
        self.agents.get(agent_id).copied()
    }

    /// The picture with this id.
    pub(super) fn picture(&self, id: &str) -> Option<&Picture> {
        self.pictures.get(id)
    }

    /// The post with this id, if this reader may see it: a held one is its author's alone.
    pub(super) fn post(&self, id: &str, reader: Option<usize>) -> Option<usize> {
        let index = *self.post_ids.get(id)?;
        let post = &self.posts[index];
        (!post.refused && (!post.hidden || reader == Some(post.by))).then_some(index)
    }

    /// The post with this id, whoever may see it.
    pub(super) fn any_post(&self, id: &str) -> Option<&Post> {
        Some(&self.posts[*self.post_ids.get(id)?])
    }

    /// Counts a look at a post. Views are not journalled; they are decoration.
    pub(super) fn view(&self, post: usize) {
        self.posts[post].views.fetch_add(1, Ordering::Relaxed);
    }

    /// The shown posts in this order, of one category or of all. What is taken is paid for, not what there is.
    pub(super) fn listed(
        &self,
        sort: Sort,
        category: Option<&str>,
    ) -> impl Iterator<Item = usize> + Send + '_ {
        self.ranking.listed(sort, category)
    }

    /// The shown posts below this one, newest first, of one category or of all.
    pub(super) fn listed_before(
        &self,
        before: usize,
        category: Option<&str>,
    ) -> impl Iterator<Item = usize> + Send + '_ {
        self.ranking.before(before, category)
    }

    /// The posts that everyone may see, in the order in which they came to be seen, which never changes.
    pub(super) fn publications(&self) -> &[usize] {
        &self.publications
    }

    /// How many posts are shown, of one category or of all.
    pub(super) fn count(&self, category: Option<&str>) -> usize {
        self.ranking.count(category)
    }

    /// What an account published, newest first, without what is held.
    pub(super) fn published(&self, account: usize) -> impl Iterator<Item = usize> {
        self.accounts[account].posts.iter().rev().copied().filter(|post| !self.posts[*post].hidden)
    }

    /// Where the posts of a persona belong.
    fn usual_category(&self, account: usize) -> Option<&'static str> {
        match self.accounts[account].persona.as_deref()? {
            "product_photographer" | "social_marketer" => Some("marketing"),
            "data_viz" => Some("data-viz"),
            "ai_artist" | "indie_game_dev" => Some("ai-workflows"),
            "ux_designer" => Some("utilities"),
            _ => None,
        }
    }
}

impl Post {
    fn weight(&self) -> Weight {
        Weight::of(self.likers.len(), self.comments.len(), self.created_at)
    }
}
