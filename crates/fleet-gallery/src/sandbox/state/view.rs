//! What the contract's answers show of the state: each as everyone, or one reader, sees it.

use std::sync::atomic::Ordering;

use super::{Remark, State};
use crate::wire::{Comment, Item, ItemImage, Profile, Stats, User, UserRef};

impl State {
    /// A post, as this reader sees it.
    pub(in crate::sandbox) fn item(&self, post: usize, reader: Option<usize>) -> Item {
        let post = &self.posts[post];
        Item {
            id: post.id.clone(),
            title: post.title.clone(),
            description: post.description.clone(),
            category: post.category.clone(),
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
    pub(in crate::sandbox) fn comments(&self, post: usize, limit: usize, offset: usize) -> Vec<Comment> {
        let remarks = self.posts[post].comments.iter().skip(offset).take(limit);
        remarks.map(|remark| self.comment(remark)).collect()
    }

    /// A comment, as everyone sees it.
    pub(in crate::sandbox) fn comment(&self, remark: &Remark) -> Comment {
        Comment {
            id: remark.id.clone(),
            content: remark.content.clone(),
            created_at: remark.created_at,
            user: self.user_ref(remark.by),
        }
    }

    /// An account with its counts.
    pub(in crate::sandbox) fn profile(&self, account: usize) -> Profile {
        let showcase_items = self.published(account).count() as u64;
        let public_images = self.accounts[account].pictures;
        let stats = Stats { public_images, showcase_items, ..Stats::default() };
        Profile { user: self.user(account), stats }
    }

    /// An account.
    pub(in crate::sandbox) fn user(&self, account: usize) -> User {
        let account = &self.accounts[account];
        User {
            id: account.id.clone(),
            username: account.username.clone(),
            name: Some(account.name.clone()),
            bio: account.bio.clone(),
            avatar_url: None,
            created_at: account.created_at,
        }
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
}
