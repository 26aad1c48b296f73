//! What the gallery holds: events applied to memory, and the views that routes and pages read from it.
//!
//! It writes nothing down (the `store` does) and refuses nothing (the routes do); an event about something unknown is
//! passed over, since only a journal edited by hand can hold one.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::event::Event;
use crate::wire::{Comment, Item, ItemImage, Profile, Sort, Stats, User, UserRef};

/// Everything in a gallery. Accounts and posts are never forgotten, only marked; their index is their identity.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) accounts: Vec<Account>,
    account_ids: HashMap<String, usize>,
    usernames: HashMap<String, usize>,
    agents: HashMap<String, usize>,
    pub(super) posts: Vec<Post>,
    post_ids: HashMap<String, usize>,
    pictures: HashMap<String, Picture>,
    pub(super) unlikes: u64,
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
    pub(super) workflow_shared: bool,
    pub(super) hidden: bool,
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

/// A part of the feed.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) sort: Sort,
    pub(super) category: Option<String>,
}

impl State {
    /// Takes an event in.
    pub(super) fn apply(&mut self, event: Event) {
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
            }
            Event::AccountRemoved { id, .. } => {
                let Some(&index) = self.account_ids.get(&id) else { return };
                let account = &mut self.accounts[index];
                account.removed = true;
                self.usernames.remove(&account.username);
                if let Some(agent_id) = &account.agent_id {
                    self.agents.remove(agent_id);
                }
            }
            Event::PictureDrawn { id, by, sha256, .. } => {
                let Some(&by) = self.account_ids.get(&by) else { return };
                self.accounts[by].pictures += 1;
                self.pictures.insert(id, Picture { by, sha256 });
            }
            Event::Posted { id, by, image, title, description, workflow_shared, hidden, at } => {
                let Some(&by) = self.account_ids.get(&by) else { return };
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
                    workflow_shared,
                    hidden,
                    created_at: at,
                    likers,
                    comments,
                    views,
                });
            }
            Event::Liked { item, by, .. } => {
                if let (Some(&post), Some(&by)) = (self.post_ids.get(&item), self.account_ids.get(&by)) {
                    self.posts[post].likers.insert(by);
                }
            }
            Event::Unliked { item, by, .. } => {
                if let (Some(&post), Some(&by)) = (self.post_ids.get(&item), self.account_ids.get(&by))
                    && self.posts[post].likers.remove(&by)
                {
                    self.unlikes += 1;
                }
            }
            Event::Commented { id, item, by, content, at } => {
                if let (Some(&post), Some(&by)) = (self.post_ids.get(&item), self.account_ids.get(&by)) {
                    self.posts[post].comments.push(Remark { id, by, content, created_at: at });
                }
            }
        }
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
        (!post.hidden || reader == Some(post.by)).then_some(index)
    }

    /// Counts a look at a post. Views are not journalled; they are decoration.
    pub(super) fn view(&self, post: usize) {
        self.posts[post].views.fetch_add(1, Ordering::Relaxed);
    }

    /// A page of the feed, as this reader sees it.
    pub(super) fn feed(&self, page: &Page, reader: Option<usize>, now: Timestamp) -> Vec<Item> {
        let shown = |index: &usize| {
            let post = &self.posts[*index];
            let category = || self.category(post.by);
            !post.hidden && page.category.as_deref().is_none_or(|wanted| category() == Some(wanted))
        };
        let newest_first = (0..self.posts.len()).rev().filter(shown);
        let item = |index| self.item(index, reader);
        if page.sort == Sort::Recent {
            return newest_first.skip(page.offset).take(page.limit).map(item).collect();
        }
        let mut ranked: Vec<(f64, usize)> =
            newest_first.map(|index| (self.rank(index, page.sort, now), index)).collect();
        ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        ranked.into_iter().skip(page.offset).take(page.limit).map(|(_, index)| item(index)).collect()
    }

    fn rank(&self, post: usize, sort: Sort, now: Timestamp) -> f64 {
        let post = &self.posts[post];
        let likes = post.likers.len() as f64;
        if sort == Sort::Popular {
            return likes;
        }
        let hours = now.duration_since(post.created_at).as_secs_f64().max(0.0) / 3600.0;
        (2.0 * likes + post.comments.len() as f64 + 0.5) / (hours + 2.0).powf(1.3)
    }

    /// A post, as this reader sees it.
    pub(super) fn item(&self, post: usize, reader: Option<usize>) -> Item {
        let post = &self.posts[post];
        Item {
            id: post.id.clone(),
            title: post.title.clone(),
            description: post.description.clone(),
            category: self.category(post.by).map(str::to_owned),
            tags: Vec::new(),
            image: ItemImage { id: post.image.clone() },
            user: self.user_ref(post.by),
            like_count: post.likers.len() as u64,
            comment_count: post.comments.len() as u64,
            view_count: post.views.load(Ordering::Relaxed),
            is_liked: reader.is_some_and(|reader| post.likers.contains(&reader)),
            workflow_shared: post.workflow_shared,
            created_at: post.created_at,
        }
    }

    /// A page of a post's comments, oldest first.
    pub(super) fn comments(&self, post: usize, limit: usize, offset: usize) -> Vec<Comment> {
        let remarks = self.posts[post].comments.iter().skip(offset).take(limit);
        remarks.map(|remark| self.comment(remark)).collect()
    }

    /// A comment, as everyone sees it.
    pub(super) fn comment(&self, remark: &Remark) -> Comment {
        Comment {
            id: remark.id.clone(),
            content: remark.content.clone(),
            created_at: remark.created_at,
            user: self.user_ref(remark.by),
        }
    }

    /// What an account published, newest first, without what is held.
    pub(super) fn published(&self, account: usize) -> impl Iterator<Item = usize> {
        self.accounts[account].posts.iter().rev().copied().filter(|post| !self.posts[*post].hidden)
    }

    /// An account with its counts.
    pub(super) fn profile(&self, account: usize) -> Profile {
        let showcase_items = self.published(account).count() as u64;
        let account = &self.accounts[account];
        let stats = Stats { public_images: account.pictures, showcase_items, ..Stats::default() };
        let user = User {
            id: account.id.clone(),
            username: account.username.clone(),
            name: Some(account.name.clone()),
            bio: account.bio.clone(),
            avatar_url: None,
            created_at: account.created_at,
        };
        Profile { user, stats }
    }

    fn user_ref(&self, account: usize) -> UserRef {
        let account = &self.accounts[account];
        UserRef {
            id: account.id.clone(),
            username: Some(account.username.clone()),
            name: Some(account.name.clone()),
            avatar_url: None,
        }
    }

    fn category(&self, account: usize) -> Option<&'static str> {
        match self.accounts[account].persona.as_deref()? {
            "product_photographer" | "social_marketer" => Some("marketing"),
            "data_viz" => Some("data-viz"),
            "ai_artist" | "indie_game_dev" => Some("ai-workflows"),
            "ux_designer" => Some("utilities"),
            _ => None,
        }
    }
}
