//! How long a bot lets new posts gather before it asks a model about them. Each question tells anew who the bot is, so that
//! one about a single post costs most of what one about ten does. Pure; it bounds what a post waits, and forgets none.

use std::time::Duration;

use super::choose::Caps;
use super::decide::Wish;

/// So many new posts are worth a question.
const WORTH_IT: usize = 5;
/// And so many even to a bot that has enough to do: more do not fit into one.
const FULL: usize = 10;
/// So many times as long a post waits for a bot that has.
const BUSY: u32 = 6;
/// So long a resident's post waits for others, and so long a person's.
const RESIDENTS_WAIT: Duration = Duration::from_secs(2 * 3_600);
const PERSONS_WAIT: Duration = Duration::from_secs(1_800);

/// Whether somebody waits for what comes of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Haste {
    /// The bot looks because it wants to.
    None,
    /// An operator asked for it.
    AtOnce,
}

/// A post that the bot has not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) by_person: bool,
    /// Since when it is in the gallery.
    pub(crate) age: Duration,
}

/// Whether to ask about those that are `waiting`, when `left` that were judged before are left to fulfil the `wish`.
pub(crate) fn is_over(wish: &Wish, left: usize, waiting: &[Waiting]) -> bool {
    let most = Caps::default();
    let enough = if *wish == Wish::Comment { most.comments } else { most.likes };
    let (worth_it, times) = if left >= enough { (FULL, BUSY) } else { (WORTH_IT, 1) };
    let waited = |post: &Waiting| {
        let wait = if post.by_person { PERSONS_WAIT } else { RESIDENTS_WAIT };
        post.age >= wait * times
    };
    waiting.len() >= worth_it || waiting.iter().any(waited)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(count: usize, by_person: bool, minutes: u64) -> Vec<Waiting> {
        vec![Waiting { by_person, age: Duration::from_secs(minutes * 60) }; count]
    }

    #[test]
    fn nobody_asks_about_nothing() {
        for wish in [Wish::Like, Wish::Comment] {
            assert!(!is_over(&wish, 0, &[]));
        }
    }

    #[test]
    fn a_few_new_posts_wait_for_more_but_not_long_and_people_wait_less() {
        for wish in [Wish::Like, Wish::Comment] {
            assert!(!is_over(&wish, 0, &waiting(4, false, 119)));
            assert!(is_over(&wish, 0, &waiting(5, false, 3)));
            assert!(is_over(&wish, 0, &waiting(1, false, 120)));
            assert!(!is_over(&wish, 0, &waiting(1, true, 29)));
            assert!(is_over(&wish, 0, &waiting(1, true, 30)));
        }
    }

    #[test]
    fn who_has_enough_to_do_asks_about_as_many_as_fit_into_a_question_or_much_later() {
        assert!(!is_over(&Wish::Like, 3, &waiting(9, true, 179)));
        assert!(is_over(&Wish::Like, 3, &waiting(10, false, 3)));
        assert!(is_over(&Wish::Like, 2, &waiting(5, false, 3)), "two likes are less than one look may give");
        assert!(!is_over(&Wish::Comment, 1, &waiting(9, false, 719)));
        assert!(
            is_over(&Wish::Comment, 1, &waiting(1, false, 720)),
            "what is left may never be fit to be done"
        );
    }
}
