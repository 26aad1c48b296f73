//! What one visitor has on the screen: the feed as it is now, and what was said under their own posts. It only looks.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::sandbox::state::{Post, Remark, State};
use crate::wire::Sort;

/// Only the newest posts are looked at, as on a screen, and a few that others like.
const NEWEST: usize = 30;
const LIKED: usize = 8;
/// People follow what is said under their latest posts.
const OWN: usize = 6;

/// What one visitor sees.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen<'a> {
    pub(super) feed: Vec<Seen<'a>>,
    /// Their own latest posts, newest first.
    pub(super) own: Vec<Seen<'a>>,
    /// How often they spoke under posts of theirs after an agent had.
    pub(super) answered_agents: usize,
}

/// A post.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) author: &'a str,
    pub(super) by_agent: bool,
    pub(super) genre: Option<usize>,
    pub(super) liked: bool,
    pub(super) likes: usize,
    pub(super) comments: usize,
    /// Since it was published.
    pub(super) hours: f64,
    /// Everything that was said here.
    pub(super) remarks: Vec<&'a str>,
    /// How often they spoke here.
    pub(super) spoken: usize,
    /// The newest remark of somebody else, if they have not spoken since.
    pub(super) heard: Option<Heard<'a>>,
    /// The newest remark of an agent since they last spoke, whoever spoke after it.
    pub(super) agent_heard: Option<Heard<'a>>,
}

/// What somebody said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard<'a> {
    pub(super) by: &'a str,
    pub(super) by_agent: bool,
    pub(super) text: &'a str,
}

impl<'a> Screen<'a> {
    /// What `me` sees at this moment. `genres` has what the visitors' accounts make.
    pub(super) fn of(state: &'a State, me: usize, genres: &HashMap<usize, usize>, now: Timestamp) -> Self {
        let mut known = HashSet::new();
        let newest = state.listed(Sort::Recent, None).take(NEWEST);
        let liked = state.listed(Sort::Popular, None).take(LIKED);
        let feed = newest.chain(liked).filter(|index| known.insert(*index));
        let seen = |index: usize| Seen::of(state, index, me, genres, now);
        let others = |index: &usize| state.posts[*index].by != me;
        let own: Vec<usize> = state.published(me).collect();
        Self {
            feed: feed.filter(others).map(seen).collect(),
            answered_agents: own.iter().map(|index| answers(state, &state.posts[*index], me)).sum(),
            own: own.into_iter().take(OWN).map(seen).collect(),
        }
    }
}

impl<'a> Seen<'a> {
    fn of(state: &'a State, index: usize, me: usize, genres: &HashMap<usize, usize>, now: Timestamp) -> Self {
        let post = &state.posts[index];
        let author = &state.accounts[post.by];
        let last = post.comments.last().filter(|remark| remark.by != me);
        Self {
            id: &post.id,
            title: &post.title,
            description: post.description.as_deref(),
            author: &author.name,
            by_agent: author.is_agent,
            genre: genres.get(&post.by).copied().or_else(|| usual_genre(author.persona.as_deref()?)),
            liked: post.likers.contains(&me),
            likes: post.likers.len(),
            comments: post.comments.len(),
            hours: (now.duration_since(post.created_at).as_secs_f64() / 3600.0).max(0.0),
            remarks: post.comments.iter().map(|remark| remark.content.as_str()).collect(),
            spoken: post.comments.iter().filter(|remark| remark.by == me).count(),
            heard: last.map(|remark| Heard::of(state, remark)),
            agent_heard: {
                let since = post.comments.iter().rev().take_while(|remark| remark.by != me);
                let mut agents = since.filter(|remark| state.accounts[remark.by].is_agent);
                agents.next().map(|remark| Heard::of(state, remark))
            },
        }
    }
}

impl<'a> Heard<'a> {
    fn of(state: &'a State, remark: &'a Remark) -> Self {
        let by = &state.accounts[remark.by];
        Self { by: &by.name, by_agent: by.is_agent, text: &remark.content }
    }
}

/// How often `me` spoke under this post when an agent had since the time before.
fn answers(state: &State, post: &Post, me: usize) -> usize {
    let threads = post.comments.split(|remark| remark.by == me);
    let spoken = post.comments.iter().filter(|remark| remark.by == me).count();
    // What follows their last word is not answered yet.
    threads.take(spoken).filter(|heard| heard.iter().any(|remark| state.accounts[remark.by].is_agent)).count()
}

/// What the fleet's own personas make.
fn usual_genre(persona: &str) -> Option<usize> {
    const PERSONAS: [&str; super::person::GENRES] =
        ["product_photographer", "social_marketer", "indie_game_dev", "data_viz", "ai_artist", "ux_designer"];
    PERSONAS.iter().position(|known| *known == persona)
}
