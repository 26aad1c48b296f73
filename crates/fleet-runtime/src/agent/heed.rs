//! What people say that a bot heeds at once: who wants no bots is left alone from the moment that one of them reads it, under
//! their own pictures and wherever the bot has spoken. Owns where is listened; what is said is told apart by the brain.

use std::collections::{HashMap, HashSet};

use fleet_bots::{ActionFilter, ActionKind, ActionStatus, Asked, FleetTime, Heard, OptOut, SeenPost};
use fleet_brain::{asks_bots_to_leave, keeps_bots_out};
use fleet_gallery::{Comment, Error, Item};

use super::answer;
use super::look::{author, sighted, without_opted_out};
use super::trouble::Trouble;
use super::turn::{Turn, storable};

/// How many of the posts that a bot spoke under last it comes back to.
const SPOKEN_UNDER: u64 = 8;
/// How many of their threads it reads at one look.
const READ_AT_ONCE: usize = 2;

/// Leaves out the posts of those who keep bots out by their words, and of those who are left alone already.
pub(super) async fn captions(turn: &Turn<'_>, items: Vec<Item>) -> Result<Vec<Item>, Trouble> {
    let mut kept = Vec::with_capacity(items.len());
    for item in without_opted_out(turn, items, |item| &item.user) {
        let by = author(&item.user).username;
        let texts = [Some(&item.title), item.description.as_ref(), item.user.name.as_ref()];
        let words = texts.into_iter().flatten().find_map(|text| keeps_bots_out(text));
        let said = words.filter(|_| by != turn.bot.username);
        let said = said.map(|words| Said { by, words, post_id: &item.id, at: item.created_at.into() });
        if !leaves_alone(turn, said).await? {
            kept.push(item);
        }
    }
    Ok(kept)
}

/// Leaves out the remarks of those who ask bots to leave, and of those who are left alone already.
pub(super) async fn remarks(
    turn: &Turn<'_>,
    post_id: &str,
    thread: Vec<Comment>,
) -> Result<Vec<Comment>, Trouble> {
    let thread = without_opted_out(turn, thread, |comment| &comment.user);
    let mut leaving = HashSet::new();
    for comment in &thread {
        let by = author(&comment.user).username;
        if by == turn.bot.username || leaving.contains(&by) {
            continue;
        }
        let words = asks_bots_to_leave(&comment.content);
        let said = words.map(|words| Said { by: by.clone(), words, post_id, at: comment.created_at.into() });
        if leaves_alone(turn, said).await? {
            leaving.insert(by);
        }
    }
    Ok(thread.into_iter().filter(|comment| !leaving.contains(&author(&comment.user).username)).collect())
}

/// Reads what was said since under some of the posts that the bot spoke under: those in `seen` that grew, and those that
/// the feed does not show any more, as `memory` has them. Returns what is remembered of the latter.
pub(super) async fn where_it_spoke(
    turn: &Turn<'_>,
    seen: &mut [(Item, SeenPost)],
    memory: &mut HashMap<String, SeenPost>,
) -> Result<Vec<SeenPost>, Trouble> {
    let spoken = ActionFilter {
        bot_id: Some(turn.bot.id),
        kind: Some(ActionKind::Comment),
        status: Some(ActionStatus::Done),
        limit: SPOKEN_UNDER,
    };
    let spoken = turn.world.bots.recent_actions(&spoken).await?;
    let spoken: HashSet<String> = spoken.into_iter().filter_map(|action| action.target).collect();
    let mut read = 0;
    let grown = seen.iter_mut().map(|(_, post)| post);
    for post in grown.filter(|post| spoken.contains(&post.post_id) && post.comments > post.comments_read) {
        if read < READ_AT_ONCE {
            read += 1;
            listen(turn, post).await?;
        }
    }
    let mut older: Vec<SeenPost> = spoken.iter().filter_map(|post_id| memory.remove(post_id)).collect();
    older.sort_by_key(|post| post.seen_at);
    older.truncate(READ_AT_ONCE - read);
    let mut remembered = Vec::with_capacity(older.len());
    for post in older {
        match turn.world.gallery.item(&turn.bot.username, &post.post_id).await {
            Ok(item) => {
                let mut post = sighted(turn, &item, Some(post));
                if post.comments > post.comments_read {
                    listen(turn, &mut post).await?;
                }
                remembered.push(post);
            }
            Err(error) => {
                tracing::debug!(bot = %turn.bot.username, post = %post.post_id, %error, "not come back to");
                remembered.push(SeenPost { seen_at: turn.now(), ..post });
            }
        }
    }
    Ok(remembered)
}

async fn listen(turn: &Turn<'_>, post: &mut SeenPost) -> Result<(), Trouble> {
    match answer::thread(turn, &post.post_id).await {
        Ok(thread) => drop(remarks(turn, &post.post_id, thread).await?),
        // There is no thread any more.
        Err(Trouble::Gallery(Error::NotFound { .. })) => {}
        // A no may stand there: it comes back to it.
        Err(Trouble::Gallery(error)) => {
            tracing::debug!(bot = %turn.bot.username, post = %post.post_id, %error, "not read");
            return Ok(());
        }
        Err(trouble) => return Err(trouble),
    }
    post.comments_read = post.comments;
    Ok(())
}

/// Reads what was said since under a post of the bot's own, as it is `now` and was before, though the bot may not answer there
/// today: a no is heard whatever else it may do. What it may answer to another day stays unread.
pub(super) async fn under_own(
    turn: &Turn<'_>,
    comments_before: i64,
    now: &mut SeenPost,
) -> Result<(), Trouble> {
    if !now.own || now.comments <= comments_before {
        return Ok(());
    }
    match answer::thread(turn, &now.post_id).await {
        Ok(thread) => drop(remarks(turn, &now.post_id, thread).await?),
        Err(Trouble::Gallery(Error::NotFound { .. })) => {}
        Err(Trouble::Gallery(error)) => {
            tracing::debug!(bot = %turn.bot.username, post = %now.post_id, %error, "not read");
            // It looks as it did, so that it is read another time.
            now.comments = comments_before;
        }
        Err(trouble) => return Err(trouble),
    }
    Ok(())
}

/// What somebody said that keeps bots away from them.
struct Said<'a> {
    by: String,
    words: String,
    post_id: &'a str,
    at: FleetTime,
}

/// Tells the store who is left alone from now on, and returns whether they are. Words that an operator overruled since leave
/// nobody alone; a name that cannot be kept leaves that post alone, at least.
async fn leaves_alone(turn: &Turn<'_>, said: Option<Said<'_>>) -> Result<bool, Trouble> {
    let Some(Said { by, words, post_id, at }) = said else { return Ok(false) };
    let asked = Asked { by: turn.bot.username.clone(), at: turn.now() };
    let heard = OptOut {
        username: storable(&by),
        words: storable(&words),
        post_id: post_id.to_owned(),
        said_at: at,
        heard_by: turn.bot.id,
    };
    match turn.world.bots.opt_out(&heard, &asked).await {
        Ok(heard) => Ok(heard != Heard::Not),
        Err(fleet_bots::Error::Conflict(why)) => {
            tracing::warn!(bot = %turn.bot.username, post = post_id, why, "somebody cannot be kept on the list");
            Ok(true)
        }
        Err(error) => Err(error.into()),
    }
}
