//! Answering under a post of one's own: what was said there is read, who asks bots to leave is heeded, and the brain is asked
//! for a word to whoever spoke last. Owns how far a thread is read; what is said is the brain's.

use fleet_bots::{About, Content, FleetTime, ObservedState, SeenPost};
use fleet_brain::{Question, Remark, Written};
use fleet_gallery::{Comment, Error};

use super::heed;
use super::look::{author, told};
use super::mind::Mind;
use super::trouble::Trouble;
use super::turn::{Turn, storable};

/// How many comments of a thread are read at once, and how many times.
const THREAD: u32 = 100;
const LONGEST_THREAD: u32 = 10;

/// Reads what was said under a post of its own, and plans an answer if there is one to give.
pub(super) async fn answer(turn: &mut Turn<'_>, post: SeenPost) -> Result<FleetTime, Trouble> {
    turn.seat.sees(turn.world, ObservedState::Looking, Some("reading what was said"));
    let item = match turn.world.gallery.item(&turn.bot.username, &post.post_id).await {
        Ok(item) => item,
        // Nobody waits there any more.
        Err(Error::NotFound { .. }) => {
            turn.world.bots.forget_post(turn.bot.id, &post.post_id, turn.now()).await?;
            return Ok(turn.now());
        }
        Err(error) => return Err(error.into()),
    };
    let thread = thread(turn, &post.post_id).await?;
    let mut read = i64::try_from(thread.len()).unwrap_or(i64::MAX).max(post.comments);
    let thread = heed::remarks(turn, &post.post_id, thread).await?;
    let remarks: Vec<_> = thread.iter().map(remark).collect();
    let (mind, own) = (Mind::of(turn).await?, told(turn, &item, false));
    let answered = turn.world.brain.answer(&mind.ask(), &own, &remarks).await;
    let Written { what: reply, record } = mind.heard(answered).await?;
    let people: Vec<_> = remarks.iter().map(|remark| remark.author.username.clone()).collect();
    let question = Question::Answer { post: own, thread: remarks };
    if reply.is_none() && !record.calls.is_empty() {
        // What was asked and paid for, and why nothing of it may be said, is kept though nothing comes of it.
        mind.keep(turn, question, people, &record, &reply).await?;
    } else if let Some(reply) = reply {
        let decision = mind.keep(turn, question, people, &record, &reply).await?;
        let person = thread.iter().find(|comment| comment.id == reply.to);
        let about = About {
            person: person.map(|comment| storable(&author(&comment.user).username)),
            ..turn.about(&item, format!("answers: {}", reply.why))
        };
        let answer = Content::Answer { about, text: reply.text, to: reply.to };
        if turn.plan(turn.action(answer, turn.now(), Some(decision))).await? {
            // Its own answer will be counted too.
            read = read.saturating_add(1);
        }
    }
    let read = SeenPost { comments_read: read, ..post };
    turn.world.bots.remember_posts(turn.bot.id, vec![read]).await?;
    Ok(turn.now())
}

/// All comments under a post, oldest first, as far as a bot reads.
pub(super) async fn thread(turn: &Turn<'_>, post_id: &str) -> Result<Vec<Comment>, Trouble> {
    let mut thread: Vec<Comment> = Vec::new();
    for page in 0..LONGEST_THREAD {
        let some = turn.world.gallery.comments(&turn.bot.username, post_id, THREAD, page * THREAD).await?;
        // A full page may lack what could not be read.
        let is_last = some.len() * 2 < THREAD as usize;
        thread.extend(some);
        if is_last {
            break;
        }
    }
    thread.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    thread.dedup_by(|one, other| one.id == other.id);
    Ok(thread)
}

fn remark(comment: &Comment) -> Remark {
    Remark { id: comment.id.clone(), author: author(&comment.user), text: comment.content.clone() }
}
