//! The sandbox's simulated people: they post, like, comment and reply, each in their own time, until it stops.
//!
//! They act through the same rules as bots do, but not over HTTP, and never take a like back. What they say is
//! `words`'s. Their rests are log-normal: mostly short, sometimes very long, as people's are.

mod words;

use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal};
use serde_json::json;

use super::App;
use super::acts::{Draft, Newcomer};
use super::refusal::Refusal;
use super::state::{Post, State};
use crate::wire::Step;

/// Only the newest posts are looked at, as on a screen.
const SEEN: usize = 30;

/// How lively visitors are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// The median time between one visitor's acts, in fleet time.
    pub median: Duration,
    /// The spread of those times: the deviation of their logarithm.
    pub spread: f64,
    /// How many seconds of fleet time pass in a second of real time.
    pub speed: f64,
}

impl Default for Pace {
    /// An act every quarter of an hour or so, at ordinary speed.
    fn default() -> Self {
        Self { median: Duration::from_secs(15 * 60), spread: 1.2, speed: 1.0 }
    }
}

impl Pace {
    /// How long to rest, in real time.
    fn rest(&self, dice: &mut StdRng) -> Duration {
        let median = self.median.as_secs_f64().max(0.001);
        let spread = if self.spread.is_finite() { self.spread.abs() } else { 1.0 };
        let seconds = LogNormal::new(median.ln(), spread).map_or(median, |rests| rests.sample(dice));
        let speed = if self.speed > 0.0 { self.speed } else { 1.0 };
        Duration::try_from_secs_f64((seconds / speed).clamp(0.001, 86_400.0)).unwrap_or(self.median)
    }
}

pub(super) fn start(app: &Arc<App>, count: usize, seed: u64, pace: Pace) {
    for (index, person) in words::PEOPLE.iter().enumerate().take(count) {
        let dice = StdRng::seed_from_u64(seed.wrapping_mul(31).wrapping_add(index as u64));
        let visitor = Visitor { app: app.clone(), person, dice };
        let closing = app.closing.clone();
        app.tasks.spawn(async move {
            tokio::select! {
                () = visitor.run(pace) => {}
                () = closing.cancelled() => {}
            }
        });
    }
}

struct Visitor {
    app: Arc<App>,
    person: &'static words::Person,
    dice: StdRng,
}

/// What a visitor feels like doing.
enum Wish {
    Post,
    Like(String),
    Comment { item: String, content: String },
}

impl Visitor {
    async fn run(mut self, pace: Pace) {
        let Ok(me) = self.arrive() else { return };
        loop {
            let rest = pace.rest(&mut self.dice);
            tokio::time::sleep(rest).await;
            if let Err(refusal) = self.act(me).await {
                tracing::debug!(visitor = self.person.username, ?refusal, "a visitor was refused");
            }
        }
    }

    /// The account they had before, or a new one.
    fn arrive(&self) -> Result<usize, Refusal> {
        if let Some(known) = self.app.store.read(|state| state.by_username(self.person.username)) {
            return Ok(known);
        }
        self.app.admit(Newcomer {
            agent_id: None,
            username: self.person.username.to_owned(),
            name: self.person.name.to_owned(),
            persona: None,
            bio: Some(self.person.bio.to_owned()),
        })
    }

    async fn act(&mut self, me: usize) -> Result<(), Refusal> {
        let app = self.app.clone();
        match app.store.read(|state| self.wish(state, me)) {
            Wish::Post => self.post(me).await,
            Wish::Like(item) => app.toggle_like(me, &item).map(drop),
            Wish::Comment { item, content } => app.comment(me, &item, content).map(drop),
        }
    }

    fn wish(&mut self, state: &State, me: usize) -> Wish {
        let seen: Vec<&Post> = state.posts.iter().rev().filter(|post| !post.hidden).take(SEEN).collect();
        let mood = self.dice.random_range(0..100);
        if seen.len() < 3 || mood < 18 {
            return Wish::Post;
        }
        // The newer a post, the likelier it is looked at.
        let (one, other) = (self.dice.random_range(0..seen.len()), self.dice.random_range(0..seen.len()));
        let post = seen[one.min(other)];
        let item = post.id.clone();
        let mine = post.by == me;
        let words_before = post.comments.iter().filter(|remark| remark.by == me).count();
        if mood < 62 && !mine && !post.likers.contains(&me) {
            return Wish::Like(item);
        }
        let last = post.comments.last().filter(|remark| remark.by != me);
        let content = match last {
            Some(last) if mine || (mood > 84 && words_before < 2) => {
                words::reply(&state.accounts[last.by].name, &last.content, &mut self.dice)
            }
            _ if !mine && words_before == 0 => words::comment(&post.title, &mut self.dice),
            _ => return Wish::Post,
        };
        if post.comments.iter().any(|remark| remark.content == content) {
            return Wish::Post;
        }
        Wish::Comment { item, content }
    }

    async fn post(&mut self, me: usize) -> Result<(), Refusal> {
        let idea = words::idea(self.person, &mut self.dice);
        let size = ["1024x1024", "1024x1024", "1792x1024", "1024x1792"][self.dice.random_range(0..4)];
        let steps = vec![Step::generate("openai", json!({ "prompt": idea.prompt, "size": size }), "picture")];
        let drawn = match self.app.studio.run(steps).await {
            Ok(drawn) => drawn,
            Err(failure) => {
                tracing::debug!(visitor = self.person.username, ?failure, "a visitor's picture failed");
                return Ok(());
            }
        };
        let Some(image) = self.app.keep(me, &drawn)?.pop() else { return Ok(()) };
        let (title, description) = (idea.title, Some(idea.description));
        let draft = Draft { image, title, description, category: None, workflow_shared: false, held: false };
        self.app.publish(me, draft).map(drop)
    }
}
