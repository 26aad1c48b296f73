//! What a bot does about what it saw. Pure: the brain proposes (verdicts), this disposes (caps and dice), and the same
//! view with the same dice has the same choice.

use rand::{Rng, RngExt};

use super::decide::Wish;
use super::look::Seen;

/// How readily a bot that comments likes the post as well.
const LIKES_WHAT_IT_COMMENTS: f64 = 0.6;
/// How readily a bot goes on to one more like.
const ONE_MORE_LIKE: f64 = 0.55;

/// The most that may come of one look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caps {
    pub(crate) likes: usize,
    pub(crate) comments: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { likes: 3, comments: 1 }
    }
}

/// Something to do about a post.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reaction<'a> {
    Like(&'a Seen),
    Comment(&'a Seen, &'a str),
}

/// Chooses from `seen`, which is in the order of interest.
pub(crate) fn choose<'a>(
    wish: &Wish,
    seen: &'a [Seen],
    caps: Caps,
    dice: &mut impl Rng,
) -> Vec<Reaction<'a>> {
    let likable = || seen.iter().filter(|post| post.likes_it && !post.item.is_liked);
    match wish {
        Wish::Like => {
            let mut wanted = 1;
            while wanted < caps.likes && dice.random_bool(ONE_MORE_LIKE) {
                wanted += 1;
            }
            likable().take(wanted.min(caps.likes)).map(Reaction::Like).collect()
        }
        Wish::Comment => {
            let said = seen.iter().filter_map(|post| Some((post, post.remark.as_deref()?)));
            let (mut reactions, mut likes) = (Vec::new(), caps.likes);
            for (post, remark) in said.take(caps.comments) {
                let may_like = likes > 0 && post.likes_it && !post.item.is_liked;
                if may_like && dice.random_bool(LIKES_WHAT_IT_COMMENTS) {
                    reactions.push(Reaction::Like(post));
                    likes -= 1;
                }
                reactions.push(Reaction::Comment(post, remark));
            }
            reactions
        }
        Wish::Post | Wish::Browse | Wish::Answer { .. } | Wish::Rest { .. } => Vec::new(),
    }
}
