//! How much of the fleet's company one post gets: bots at a person's post, comments under it, comments under a resident's,
//! answers of bots to each other, and how old a post is before anybody reacts. Counts what has not failed; whoever has no
//! handle of a bot of this fleet counts as a person.

use std::collections::HashSet;
use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use crate::backend;
use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity};
use crate::entities::bot;
use crate::error::{Error, Result};
use crate::id::{ActionId, BotId};
use crate::settings::{Settings, normalised};
use crate::time::FleetTime;

/// A like or a comment that a bot gave a post, or is about to.
pub(crate) type Reaction = (BotId, ActionKind);

/// Refuses what would be more company than a post is to have. The caller holds the bot's row; what others plan for the same
/// post waits until the transaction ends.
///
/// # Errors
/// `Overtaken`; no statement fails then.
pub(crate) async fn refuse_company(
    tx: &impl ConnectionTrait,
    settings: &Settings,
    bot_id: BotId,
    content: &Content,
    at: FleetTime,
) -> Result<()> {
    if let Some(about) = content.about() {
        backend::lock_post(tx, &about.post_id).await?;
    }
    match too_much(tx, settings, bot_id, content, None, at).await? {
        Some(why) => Err(Error::Overtaken(why)),
        None => Ok(()),
    }
}

/// Why `bot_id` must not do `content` at `at`, if what others did already is enough. With the `row` that is about to be sent,
/// what is only planned does not count: it comes to the gate itself.
pub(crate) async fn too_much(
    db: &impl ConnectionTrait,
    settings: &Settings,
    bot_id: BotId,
    content: &Content,
    row: Option<ActionId>,
    at: FleetTime,
) -> Result<Option<String>> {
    let Some(about) = content.about() else { return Ok(None) };
    let person = about.person.as_deref().unwrap_or_default();
    if let Content::Answer { .. } = content {
        let answers = match bots_among(db, &[person]).await?.is_empty() {
            true => return Ok(None),
            false => answers_to_bots(db, row, &about.post_id).await?,
        };
        let most = settings.thread_replies;
        return Ok(
            (answers >= most).then(|| format!("enough: bots answer each other {most} times under one post"))
        );
    }
    if about.posted_at.is_some_and(|posted_at| is_too_young(settings, posted_at, at)) {
        let floor = settings.reaction_floor_s;
        return Ok(Some(format!("too early: no bot reacts to a post in its first {floor} seconds")));
    }
    let is_persons = bots_among(db, &[person]).await?.is_empty();
    let others = reactions(db, std::slice::from_ref(&about.post_id), row).await?;
    let others: Vec<Reaction> = others.into_iter().map(|(_, reaction)| reaction).collect();
    Ok(room(settings, is_persons, bot_id, &others).why_not(content.kind()).map(str::to_owned))
}

/// Whether a post is younger than bots wait.
pub(crate) fn is_too_young(settings: &Settings, posted_at: FleetTime, at: FleetTime) -> bool {
    at < posted_at.plus(Duration::from_secs(settings.reaction_floor_s.into()))
}

/// What a bot may still do about one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Whether it is a person's: nobody's of this fleet.
    pub is_persons: bool,
    /// Why it may not like it; none when it may.
    pub no_like: Option<&'static str>,
    /// Why it may not comment on it; none when it may.
    pub no_comment: Option<&'static str>,
}

impl Room {
    /// Whether there is anything left to do.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.no_like.is_some() && self.no_comment.is_some()
    }

    fn why_not(&self, kind: ActionKind) -> Option<&'static str> {
        match kind {
            ActionKind::Like => self.no_like,
            ActionKind::Comment => self.no_comment,
            _ => None,
        }
    }
}

/// What `bot_id` may do about a post that `reactions` were given. What it gave itself stands in nobody's way.
pub(crate) fn room(settings: &Settings, is_persons: bool, bot_id: BotId, reactions: &[Reaction]) -> Room {
    let others: HashSet<BotId> = reactions.iter().map(|(bot, _)| *bot).filter(|bot| *bot != bot_id).collect();
    let is_there = reactions.iter().any(|(bot, _)| *bot == bot_id);
    let count = |some: usize| u32::try_from(some).unwrap_or(u32::MAX);
    let comments =
        reactions.iter().filter(|(bot, kind)| *bot != bot_id && *kind == ActionKind::Comment).count();
    let comments = count(comments);
    let crowded = (is_persons && !is_there && count(others.len()) >= settings.person_bots)
        .then_some("enough: as many bots are at this person's post as may be");
    let talked = match is_persons {
        true if comments >= settings.person_comments => {
            Some("enough: as many bots have spoken under this person's post as may")
        }
        false if comments >= settings.post_comments => {
            Some("enough: as many bots have spoken under this resident's post as may")
        }
        _ => None,
    };
    Room { is_persons, no_like: crowded, no_comment: crowded.or(talked) }
}

/// What bots gave the posts, or are about to; with the `row` that is about to be sent, what they gave.
pub(crate) async fn reactions(
    db: &impl ConnectionTrait,
    posts: &[String],
    row: Option<ActionId>,
) -> Result<Vec<(String, Reaction)>> {
    let rows: Vec<(String, BotId, ActionKind)> = counted(row)
        .select_only()
        .column(Column::Target)
        .column(Column::BotId)
        .column(Column::Kind)
        .filter(Column::Target.is_in(posts.iter().map(String::as_str)))
        .filter(Column::Kind.is_in([ActionKind::Like, ActionKind::Comment]))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(post, bot, kind)| (post, (bot, kind))).collect())
}

/// The rows that count: all that have not failed, or only what was sent already where `row` is to be sent next.
fn counted(row: Option<ActionId>) -> Select<Entity> {
    // What was taken back is no company any more.
    let standing = Entity::find().filter(Column::UndoneBy.is_null());
    match row {
        None => standing.filter(Column::Status.ne(ActionStatus::Failed)),
        Some(row) => standing
            .filter(Column::Status.is_not_in([ActionStatus::Failed, ActionStatus::Planned]))
            .filter(Column::Id.ne(row)),
    }
}

/// How often bots answered each other under a post.
async fn answers_to_bots(db: &impl ConnectionTrait, row: Option<ActionId>, post_id: &str) -> Result<u32> {
    let answers = counted(row)
        .filter(Column::Target.eq(post_id))
        .filter(Column::Kind.eq(ActionKind::Answer))
        .all(db)
        .await?;
    let to: Vec<String> = answers
        .into_iter()
        .filter_map(|row| row.content.about().and_then(|about| about.person.clone()))
        .collect();
    let ours = bots_among(db, &to).await?;
    Ok(u32::try_from(to.iter().filter(|person| ours.contains(&handle(person))).count()).unwrap_or(u32::MAX))
}

/// Those of `people` who are bots of this fleet, or were and may still have their accounts, by their handles in small letters.
/// A handle that is free again is whose it is now: a person must be able to be left alone and forgotten under it.
pub(crate) async fn bots_among(
    db: &impl ConnectionTrait,
    people: &[impl AsRef<str>],
) -> Result<HashSet<String>> {
    let handles: HashSet<String> =
        people.iter().map(|person| handle(person.as_ref())).filter(|handle| !handle.is_empty()).collect();
    if handles.is_empty() {
        return Ok(HashSet::new());
    }
    let ours: Vec<String> = bot::Entity::find()
        .select_only()
        .column(bot::Column::Username)
        .filter(bot::has_its_username())
        .filter(bot::Column::Username.is_in(handles))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ours.into_iter().collect())
}

/// A handle as bots' are kept, and people's to be left alone.
pub(crate) fn handle(person: &str) -> String {
    normalised(person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActionKind::{Comment, Like};

    #[test]
    fn a_persons_post_has_room_for_so_many_bots_and_one_comment_and_who_is_there_may_stay() {
        let settings = Settings { person_bots: 2, ..Settings::default() };
        let [one, two, three] = [(); 3].map(|()| BotId::generate());
        let may = |bot, reactions: &[Reaction]| {
            let room = room(&settings, true, bot, reactions);
            (room.no_like.is_none(), room.no_comment.is_none())
        };
        assert_eq!(may(one, &[]), (true, true));
        assert_eq!(may(two, &[(one, Comment), (one, Like)]), (true, false));
        assert_eq!(may(three, &[(one, Comment), (two, Like)]), (false, false));
        assert_eq!(may(two, &[(one, Like), (two, Like)]), (true, true));
        assert_eq!(may(one, &[(one, Comment), (two, Like)]), (true, true));
    }

    #[test]
    fn a_residents_post_has_room_for_every_like_and_some_comments() {
        let settings = Settings { post_comments: 2, person_bots: 0, ..Settings::default() };
        let bots = [(); 4].map(|()| BotId::generate());
        let said: Vec<Reaction> = bots[..2].iter().map(|bot| (*bot, Comment)).collect();
        let room = room(&settings, false, bots[3], &said);
        assert_eq!(room.no_like, None);
        assert!(room.no_comment.is_some_and(|why| why.contains("resident")) && !room.is_full());
    }
}
