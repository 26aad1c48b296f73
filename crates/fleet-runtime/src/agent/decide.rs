//! What a bot wants next: drawn by its weights, or asked of it by somebody's words under its post, or by its night. Pure:
//! the same state, moment and dice have the same thought.

use fleet_bots::{Bot, FleetTime, Phase, Weights};
use rand::{Rng, RngExt};
use serde::Serialize;

/// How readily a bot turns to somebody who wrote under its post.
const ANSWERS: f64 = 0.8;

/// What a bot wants next, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Thought {
    #[serde(flatten)]
    pub(crate) wish: Wish,
    pub(crate) why: String,
}

/// What a bot can want.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub(crate) enum Wish {
    /// To make a picture and share it.
    Post,
    /// To say something about somebody's picture.
    Comment,
    /// To like somebody's picture.
    Like,
    /// To look.
    Browse,
    /// To answer somebody under its own post.
    Answer { post_id: String },
    /// Nothing until then: it is night.
    Rest { until: FleetTime },
}

/// Thinks once. `weights` are the bot's for what it may do today; `waiting` is a post of its own under which somebody wrote
/// since it last looked.
pub(crate) fn decide(
    bot: &Bot,
    weights: Weights,
    waiting: Option<&str>,
    now: FleetTime,
    dice: &mut impl Rng,
) -> Thought {
    let phase = bot.rhythm.phase(now);
    if let Phase::Asleep { until } = phase {
        let why = format!("it is night in {}", bot.rhythm.zone);
        return Thought { wish: Wish::Rest { until }, why };
    }
    if let Some(post_id) = waiting
        && dice.random_bool(ANSWERS)
    {
        let wish = Wish::Answer { post_id: post_id.to_owned() };
        return Thought { wish, why: "somebody wrote under its post".into() };
    }
    let shares = weights.shares();
    let (wish, share) = draw(shares, dice.random());
    let hours = if phase == Phase::Busy { "busy hours" } else { "a quiet hour" };
    Thought { wish, why: format!("drawn at {:.0} % in {hours}", share * 100.0) }
}

/// The wish in whose part of the whole `point` (0 to 1) falls.
fn draw(shares: Weights, point: f64) -> (Wish, f64) {
    let parts = [
        (Wish::Post, shares.post),
        (Wish::Comment, shares.comment),
        (Wish::Like, shares.like),
        (Wish::Browse, shares.browse),
    ];
    let mut edge = 0.0;
    for (wish, share) in parts {
        edge += share;
        if point < edge {
            return (wish, share);
        }
    }
    // The shares may fall short of 1 by a rounding error.
    (Wish::Browse, shares.browse)
}

impl Wish {
    /// The wish in words for people, after the bot's name.
    pub(crate) fn told(&self) -> &'static str {
        match self {
            Wish::Post => "wants to make a picture",
            Wish::Comment => "wants to say something",
            Wish::Like => "looks for something to like",
            Wish::Browse => "has a look around",
            Wish::Answer { .. } => "wants to answer",
            Wish::Rest { .. } => "goes to sleep",
        }
    }
}
