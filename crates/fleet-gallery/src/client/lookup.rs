//! Look-ups that settle what became of a write: is my like, my comment, my post there?
//!
//! Pages may move while they are read, and a gallery may answer with fewer entries than asked for or ignore paging,
//! so pages overlap and reading ends only when two pages bring nothing new. Nothing is written here.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::Gallery;
use crate::error::Error;
use crate::wire::{Comment, FeedQuery, Item, ShowcaseEntry, Sort};

const PAGE: u32 = 100;
/// How many entries two pages share, so that a removal between them hides nothing.
const OVERLAP: u32 = 10;
/// A look-up that has seen this many entries gives up rather than read for ever.
const MOST_ENTRIES: usize = 20_000;

/// How far the gallery's clock may be from ours, and its order from that of time.
const SKEW: SignedDuration = SignedDuration::from_hours(1);

/// A post that may have landed.
#[derive(Clone, Copy, Debug)]
pub struct SoughtPost<'a> {
    /// Its exact title.
    pub title: &'a str,
    /// Its exact description.
    pub description: Option<&'a str>,
    /// Posts that are known to be others, though they may read the same.
    pub known: &'a [String],
    /// When it can have been posted at the earliest, by the gallery's clock, if that is known.
    pub since: Option<Timestamp>,
}

impl Gallery {
    /// Looks through all comments of a post for one by this author with exactly this text that is not `known` already.
    /// `None` also if the post is gone.
    ///
    /// # Errors
    /// Any [`Error`] but `NotFound`; [`Error::Endless`] if there are too many comments to read.
    pub async fn find_comment(
        &self,
        agent: &str,
        item_id: &str,
        author_username: &str,
        exact_text: &str,
        known: &[String],
    ) -> Result<Option<Comment>, Error> {
        let mut walk = Walk::new(|comment: &Comment| comment.id.as_str());
        loop {
            let page = match self.comments(agent, item_id, PAGE, walk.offset).await {
                Err(Error::NotFound { .. }) => return Ok(None),
                page => page?,
            };
            let mine = |comment: &&Comment| {
                comment.content == exact_text
                    && comment.user.username.as_deref() == Some(author_username)
                    && !known.contains(&comment.id)
            };
            if let Some(comment) = page.iter().find(mine) {
                return Ok(Some(comment.clone()));
            }
            if walk.is_over(&page)? {
                return Ok(None);
            }
        }
    }

    /// Looks through an account's showcase, then through the recent feed as far back as the post can stand there, and returns
    /// its id.
    ///
    /// # Errors
    /// Any [`Error`] but `NotFound`; [`Error::Endless`] if there are too many posts to read.
    pub async fn find_post(
        &self,
        agent: &str,
        username: &str,
        sought: &SoughtPost<'_>,
    ) -> Result<Option<String>, Error> {
        let SoughtPost { title, description, known, since } = *sought;
        let described = |text: &Option<String>| text.as_deref().unwrap_or("") == description.unwrap_or("");
        let before = since.map(|since| since.saturating_sub(SKEW).unwrap_or(Timestamp::MIN));
        let mut walk = Walk::new(|entry: &ShowcaseEntry| entry.id.as_str());
        loop {
            let page = match self.showcase_of(agent, username, PAGE, walk.offset).await {
                Err(Error::NotFound { .. }) => break,
                page => page?,
            };
            let mine = |entry: &&ShowcaseEntry| {
                entry.title == title && described(&entry.description) && !known.contains(&entry.id)
            };
            if let Some(entry) = page.iter().find(mine) {
                return Ok(Some(entry.id.clone()));
            }
            if walk.is_over(&page)? {
                break;
            }
        }
        let mut walk = Walk::new(|item: &Item| item.id.as_str());
        loop {
            let query = FeedQuery { limit: PAGE, offset: walk.offset, sort: Sort::Recent, category: None };
            let page = self.feed(agent, &query).await?;
            let mine = |item: &&Item| {
                item.title == title
                    && !known.contains(&item.id)
                    && described(&item.description)
                    && item.user.username.as_deref() == Some(username)
            };
            if let Some(item) = page.iter().find(mine) {
                return Ok(Some(item.id.clone()));
            }
            // From here on everything is older.
            if before.is_some_and(|before| page.iter().all(|item| item.created_at < before)) {
                return Ok(None);
            }
            if walk.is_over(&page)? {
                return Ok(None);
            }
        }
    }

    /// Whether this account likes a post; `None` if the post is gone.
    ///
    /// # Errors
    /// Any [`Error`] but `NotFound`.
    pub async fn has_liked(&self, agent: &str, item_id: &str) -> Result<Option<bool>, Error> {
        match self.item(agent, item_id).await {
            Ok(item) => Ok(Some(item.is_liked)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A way through pages that may move.
struct Walk<T> {
    offset: u32,
    seen: HashSet<String>,
    /// Whether the last page brought nothing new.
    barren: bool,
    id: fn(&T) -> &str,
}

impl<T> Walk<T> {
    fn new(id: fn(&T) -> &str) -> Self {
        Self { offset: 0, seen: HashSet::new(), barren: false, id }
    }

    /// Takes note of a page and says whether it was the last.
    fn is_over(&mut self, page: &[T]) -> Result<bool, Error> {
        let before = self.seen.len();
        self.seen.extend(page.iter().map(|entry| (self.id)(entry).to_owned()));
        let barren = self.seen.len() == before;
        if page.is_empty() || (barren && self.barren) {
            return Ok(true);
        }
        self.barren = barren;
        if self.seen.len() > MOST_ENTRIES {
            return Err(Error::Endless { entries: MOST_ENTRIES });
        }
        let length = u32::try_from(page.len()).unwrap_or(u32::MAX);
        // A page of what is known already may have been pushed here by what came meanwhile: what was to be on it is behind it.
        let step = if barren { length } else { length.saturating_sub(OVERLAP).max(1) };
        self.offset = self.offset.saturating_add(step);
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list of which `per_page` entries come at once, while `newer` come in before every page after the first.
    fn read(entries: u32, per_page: u32, newer: u32) -> HashSet<String> {
        let mut walk = Walk::new(|entry: &String| entry.as_str());
        let (mut list, mut pages) =
            ((0..entries).rev().map(|entry| entry.to_string()).collect::<Vec<_>>(), 0);
        loop {
            if pages > 0 {
                list.splice(0..0, (0..newer).map(|entry| format!("page {pages}, {entry}")));
            }
            pages += 1;
            let (from, most) = (walk.offset as usize, per_page as usize);
            let page: Vec<_> = list.iter().skip(from).take(most).cloned().collect();
            if walk.is_over(&page).unwrap() || pages > 500 {
                return walk.seen;
            }
        }
    }

    #[test]
    fn every_entry_is_read_though_newer_ones_come_in_before_each_page() {
        for (entries, per_page, newer) in
            [(250, 100, 0), (250, 100, 3), (30, 12, 2), (30, 7, 1), (1, 1, 0), (0, 9, 0)]
        {
            let seen = read(entries, per_page, newer);
            let missing: Vec<_> = (0..entries).filter(|entry| !seen.contains(&entry.to_string())).collect();
            assert!(missing.is_empty(), "{missing:?} of {entries}, {per_page} a page, {newer} newer ones");
        }
    }
}
