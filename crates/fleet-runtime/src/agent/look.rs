//! What a bot sees when it looks at the gallery, and what it makes of it: the feed, its memory, and the brain's verdicts
//! on what it has not judged yet. Owns the bot's memory of posts; it decides nothing.

use std::collections::HashMap;

use fleet_bots::{
    ActionFilter, ActionKind, ActionStatus, DecisionId, FleetTime, Room, SeenPost, SightedPost,
};
use fleet_brain::{Question, Written};
use fleet_gallery::{FeedQuery, Item, Sort, UserRef};

use super::decide::Wish;
use super::mind::Mind;
use super::patience::{self, Haste, Waiting};
use super::trouble::Trouble;
use super::turn::Turn;
use super::{heed, sight};

/// How much of the feed a bot reads.
const FEED: u32 = 40;
/// How many posts a bot judges at one look.
const JUDGED_AT_ONCE: usize = 10;
/// How many of its newest posts a bot looks after once the feed has moved on.
const LOOKED_AFTER: u64 = 8;
/// How many of them at one look.
const LOOKED_AFTER_AT_ONCE: usize = 2;

/// A post by somebody else, as the bot sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) item: Item,
    pub(crate) likes_it: bool,
    pub(crate) remark: Option<String>,
    pub(crate) why: String,
    /// Where it was decided what the bot makes of it.
    pub(crate) decision: Option<DecisionId>,
}

/// Everything a look brought.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// Judged posts by others: people's before residents', and the most interesting first.
    pub(crate) posts: Vec<Seen>,
    /// How many posts there were to see.
    pub(crate) looked_at: usize,
    /// What was decided at this look, if anything was judged.
    pub(crate) decision: Option<DecisionId>,
}

/// Reads the feed, judges what is new where `wish` is to do something about it and that is worth a question, and remembers it.
pub(crate) async fn look(turn: &Turn<'_>, wish: &Wish, haste: Haste) -> Result<View, Trouble> {
    let query = FeedQuery { limit: FEED, offset: 0, sort: Sort::Recent, category: None };
    let items = turn.world.gallery.feed(&turn.bot.username, &query).await?;
    let items = heed::captions(turn, items).await?;
    let memory = turn.world.bots.recall_posts(turn.bot.id).await?;
    let mut memory: HashMap<String, SeenPost> =
        memory.into_iter().map(|post| (post.post_id.clone(), post)).collect();

    let known: HashMap<String, i64> =
        memory.values().filter(|post| post.own).map(|post| (post.post_id.clone(), post.comments)).collect();
    let is_mute = turn.allowance().await?.comments.is_none();

    let looked_at = items.len();
    let mut seen: Vec<(Item, SeenPost)> = items
        .into_iter()
        .map(|item| {
            let remembered = memory.remove(&item.id);
            let post = sighted(turn, &item, remembered);
            (item, post)
        })
        .collect();
    if is_mute {
        for (_, post) in &mut seen {
            heed::under_own(turn, known.get(&post.post_id).copied().unwrap_or(0), post).await?;
        }
    }
    let room = room(turn, &seen).await?;
    let room_at = |item: &Item| room.get(&item.id).cloned().unwrap_or_default();
    let remember = async |posts| turn.world.bots.remember_posts(turn.bot.id, posts).await;
    let mut decision = None;
    if *wish != Wish::Browse {
        by_interest(turn, &mut seen, &room_at);
        if is_worth_asking(turn, wish, haste, &seen, &room_at) {
            decision = judge(turn, &mut seen, room_at).await?;
        }
    }
    if decision.is_some() {
        // At once: what was paid for must not be asked again because of what else is read.
        let judged = seen.iter().map(|(_, post)| post).filter(|post| post.decision == decision);
        remember(judged.cloned().collect()).await?;
    }
    let come_back_to = heed::where_it_spoke(turn, &mut seen, &mut memory).await?;
    remember(seen.iter().map(|(_, post)| post.clone()).collect()).await?;
    remember(come_back_to).await?;
    remember(look_after_own(turn, memory, is_mute).await?).await?;

    let judged = seen.into_iter().filter(|(_, post)| post.judged && !post.own);
    let posts = judged
        .filter_map(|(item, post)| {
            let room = room_at(&item);
            (!room.is_full()).then(|| Seen {
                item,
                likes_it: post.likes_it && room.no_like.is_none(),
                remark: post.remark.filter(|_| room.no_comment.is_none()),
                why: post.why.unwrap_or_default(),
                decision: post.decision,
            })
        })
        .collect();
    Ok(View { posts, looked_at, decision })
}

/// Looks after some of the bot's own posts and does nothing else: for who does not look around, because it may do nothing today
/// or only ever posts.
pub(super) async fn look_after(turn: &Turn<'_>) -> Result<(), Trouble> {
    let memory = turn.world.bots.recall_posts(turn.bot.id).await?;
    let memory = memory.into_iter().map(|post| (post.post_id.clone(), post)).collect();
    let is_mute = turn.allowance().await?.comments.is_none();
    let looked_after = look_after_own(turn, memory, is_mute).await?;
    Ok(turn.world.bots.remember_posts(turn.bot.id, looked_after).await?)
}

/// What the bot may still do about each post: others may be there already, or it may be too young.
async fn room(turn: &Turn<'_>, seen: &[(Item, SeenPost)]) -> Result<HashMap<String, Room>, Trouble> {
    let sighted = |(item, _): &(Item, SeenPost)| SightedPost {
        id: item.id.clone(),
        author: item.user.username.clone(),
        posted_at: FleetTime::from(item.created_at),
    };
    let posts: Vec<SightedPost> = seen.iter().filter(|(_, post)| !post.own).map(sighted).collect();
    Ok(turn.world.bots.room_left(turn.bot.id, &posts, turn.now()).await?)
}

/// Leaves out what is by people who asked to be left alone: the bot does not even think about it.
pub(crate) fn without_opted_out<T>(turn: &Turn<'_>, mut all: Vec<T>, by: impl Fn(&T) -> &UserRef) -> Vec<T> {
    let settings = turn.world.settings();
    all.retain(|one| !settings.leaves_alone(&author(by(one)).username));
    all
}

/// What has become of some of the bot's newest posts that the feed does not show any more, as `memory` has it: somebody may
/// have written there. Those come first that it has not looked after for longest. Who `is_mute` today reads what was written at
/// once, since it will not come to answer.
async fn look_after_own(
    turn: &Turn<'_>,
    mut memory: HashMap<String, SeenPost>,
    is_mute: bool,
) -> Result<Vec<SeenPost>, Trouble> {
    let newest = ActionFilter {
        bot_id: Some(turn.bot.id),
        kind: Some(ActionKind::Post),
        status: Some(ActionStatus::Done),
        limit: LOOKED_AFTER,
    };
    let newest = turn.world.bots.recent_actions(&newest).await?.into_iter();
    let mut own: Vec<SeenPost> =
        newest.filter_map(|action| memory.remove(&action.remote_id?)).filter(|post| post.own).collect();
    own.sort_by_key(|post| post.seen_at);
    own.truncate(LOOKED_AFTER_AT_ONCE);
    let mut looked_after = Vec::with_capacity(own.len());
    for post in own {
        match turn.world.gallery.item(&turn.bot.username, &post.post_id).await {
            Ok(item) => {
                let before = post.comments;
                let mut post = sighted(turn, &item, Some(post));
                if is_mute {
                    heed::under_own(turn, before, &mut post).await?;
                }
                looked_after.push(post);
            }
            Err(fleet_gallery::Error::NotFound { .. }) => {
                turn.world.bots.forget_post(turn.bot.id, &post.post_id, turn.now()).await?;
            }
            // Another time; it may be gone for good, so its turn to be looked after comes last from now on.
            Err(error) => {
                tracing::debug!(bot = %turn.bot.username, post = %post.post_id, %error, "not looked after");
                looked_after.push(SeenPost { seen_at: turn.now(), ..post });
            }
        }
    }
    Ok(looked_after)
}

/// Remembers a post as the bot's own from the moment it is shared, so that it needs no handle to be known again.
pub(crate) async fn remember_own(turn: &Turn<'_>, post_id: String) -> Result<(), Trouble> {
    let own = SeenPost { own: true, ..unseen(turn, post_id) };
    Ok(turn.world.bots.remember_posts(turn.bot.id, vec![own]).await?)
}

/// A post of which nothing is remembered.
fn unseen(turn: &Turn<'_>, post_id: String) -> SeenPost {
    SeenPost {
        bot_id: turn.bot.id,
        post_id,
        author: None,
        seen_at: turn.now(),
        own: false,
        judged: false,
        likes_it: false,
        remark: None,
        why: None,
        decision: None,
        comments: 0,
        comments_read: 0,
    }
}

/// What is remembered of `item` from now on.
pub(super) fn sighted(turn: &Turn<'_>, item: &Item, remembered: Option<SeenPost>) -> SeenPost {
    let comments = i64::try_from(item.comment_count).unwrap_or(i64::MAX);
    let before = remembered.unwrap_or_else(|| unseen(turn, item.id.clone()));
    // A gallery may leave the author's handle out; what was known to be one's own stays so.
    let own = before.own || item.user.username.as_deref() == Some(turn.bot.username.as_str());
    let author = Some(author(&item.user).username);
    SeenPost { seen_at: turn.now(), author, own, comments, ..before }
}

/// Puts what people made before what residents made, and then what meets the bot's interests before what does not.
fn by_interest(turn: &Turn<'_>, seen: &mut [(Item, SeenPost)], room_at: &impl Fn(&Item) -> Room) {
    let who = turn.character();
    seen.sort_by_cached_key(|(item, _)| {
        let by_person = is_persons(turn, item, &room_at(item));
        let interest = turn.world.brain.interest(&who, &told(turn, item, by_person)).clamp(0.0, 1.0);
        // In thousandths, so that what interests alike stays in the order of the feed.
        (!by_person, 1_000 - (interest * 1_000.0) as u32)
    });
}

/// Whether a person posted it, as far as the fleet knows.
fn is_persons(turn: &Turn<'_>, item: &Item, room: &Room) -> bool {
    room.is_persons && !turn.world.settings().is_other_agent(&author(&item.user).username)
}

/// Whether to have the brain judge now. One that asks no model costs nothing, and is always asked.
fn is_worth_asking(
    turn: &Turn<'_>,
    wish: &Wish,
    haste: Haste,
    seen: &[(Item, SeenPost)],
    room_at: &impl Fn(&Item) -> Room,
) -> bool {
    if haste == Haste::AtOnce || !turn.world.brain.has_models() {
        return true;
    }
    let is_left = |(item, post): &&(Item, SeenPost)| {
        let room = room_at(item);
        match wish {
            Wish::Comment => post.remark.is_some() && room.no_comment.is_none(),
            _ => post.likes_it && room.no_like.is_none() && !item.is_liked,
        }
    };
    let left = seen.iter().filter(|(_, post)| post.judged && !post.own).filter(is_left).count();
    let waiting: Vec<Waiting> = seen
        .iter()
        .filter(|(item, post)| is_fresh(item, post, room_at))
        .map(|(item, _)| Waiting {
            by_person: is_persons(turn, item, &room_at(item)),
            age: turn.now().since(FleetTime::from(item.created_at)),
        })
        .collect();
    patience::is_over(wish, left, &waiting)
}

/// Whether a post is new to the bot, and there is anything it may do about it.
fn is_fresh(item: &Item, post: &SeenPost, room_at: &impl Fn(&Item) -> Room) -> bool {
    !post.judged && !post.own && !room_at(item).is_full()
}

/// Has the brain judge what is new to the bot, and where it may do anything; returns what tells how that was decided.
async fn judge(
    turn: &Turn<'_>,
    seen: &mut [(Item, SeenPost)],
    room_at: impl Fn(&Item) -> Room,
) -> Result<Option<DecisionId>, Trouble> {
    let mut fresh: Vec<&mut (Item, SeenPost)> =
        seen.iter_mut().filter(|(item, post)| is_fresh(item, post, &room_at)).take(JUDGED_AT_ONCE).collect();
    let mut posts: Vec<fleet_brain::Post> =
        fresh.iter().map(|(item, _)| told(turn, item, is_persons(turn, item, &room_at(item)))).collect();
    if posts.is_empty() {
        return Ok(None);
    }
    sight::show(turn, fresh.iter().map(|(item, _)| item), &mut posts).await;
    let mind = Mind::of(turn).await?;
    let judged = turn.world.brain.judge(&mind.ask(), &posts).await;
    let Written { what: verdicts, record } = mind.heard(judged).await?;
    let people: Vec<_> = posts.iter().map(|post| post.author.username.clone()).collect();
    let decision = mind.keep(turn, Question::Judge { posts }, people, &record, &verdicts).await?;
    for verdict in verdicts {
        // By id and not by place: a model may leave posts out, or speak of others that it was not shown.
        if let Some((_, post)) =
            fresh.iter_mut().find(|(item, _)| item.id == verdict.post_id).map(|seen| &mut **seen)
        {
            post.judged = true;
            post.likes_it = verdict.like;
            post.remark = verdict.comment;
            post.why = Some(verdict.why);
            post.decision = Some(decision);
        }
    }
    Ok(Some(decision))
}

/// A post in the brain's terms, as its author wrote it: the label beneath those of residents is nothing to speak of.
pub(crate) fn told(turn: &Turn<'_>, item: &Item, by_person: bool) -> fleet_brain::Post {
    let settings = turn.world.settings();
    let said = item.description.as_deref().map(|text| settings.unlabelled(text));
    fleet_brain::Post {
        id: item.id.clone(),
        title: item.title.clone(),
        description: said.filter(|text| !text.is_empty()).map(str::to_owned),
        category: item.category.clone(),
        tags: item.tags.clone(),
        author: author(&item.user),
        by_person,
        picture: None,
    }
}

/// An author in the brain's terms. Who has no handle is told by their id.
pub(crate) fn author(user: &fleet_gallery::UserRef) -> fleet_brain::Author {
    let username = user.username.clone().unwrap_or_else(|| user.id.clone());
    fleet_brain::Author { username, name: user.name.clone() }
}
