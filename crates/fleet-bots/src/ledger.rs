//! The ledger's own rules, shared by the commands that move its rows: what may follow what, and how an end is told.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, LockType, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, UpdateMany,
};
use serde_json::json;

use crate::activity::NewActivity;
use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity, Model as Action};
use crate::entities::bot::Model as Bot;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::request::Model as Request;
use crate::entities::{request, seen_post};
use crate::error::Result;
use crate::id::BotId;
use crate::time::FleetTime;

/// As many ids as one statement binds.
const BATCH: usize = 1_000;
/// Why what was meant for a post that is gone did not happen.
pub(crate) const GONE: &str = "the post is gone";

/// How an action ended, or that it did not begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It happened; the gallery calls the result so, if it gave it a name.
    Done {
        /// The id of a post or comment.
        remote_id: Option<String>,
    },
    /// It did not happen.
    Failed {
        /// Why, and what to do about it.
        why: String,
    },
    /// It did not happen, but what it costs may be spent all the same: a picture may have been made that nobody can look for.
    Wasted {
        /// What is known of it.
        why: String,
    },
    /// It did not happen, because the post that it is about is gone. The bot forgets that post.
    Gone,
    /// Nobody can tell whether it happened.
    Unresolved {
        /// What was looked at.
        why: String,
    },
    /// Its request is known not to have begun; it may be sent again, not before `until`.
    Postponed {
        /// The earliest next try.
        until: FleetTime,
        /// What stood in the way.
        why: String,
    },
}

impl ActionStatus {
    /// Whether a row can still change by itself.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, ActionStatus::Planned | ActionStatus::Sent)
    }
}

impl ActionKind {
    /// The word of the log for an action of this kind that was done.
    pub(crate) fn when_done(self) -> ActivityKind {
        match self {
            ActionKind::Picture => ActivityKind::Picture,
            ActionKind::Post => ActivityKind::Post,
            ActionKind::Like => ActivityKind::Like,
            ActionKind::Comment => ActivityKind::Comment,
            ActionKind::Answer => ActivityKind::Answer,
            ActionKind::Unlike => ActivityKind::Unlike,
        }
    }
}

impl Content {
    /// What `name` did, in words for people.
    #[must_use]
    pub fn told_of(&self, name: &str) -> String {
        match self {
            Content::Picture { title, .. } => format!("{name} made a picture for “{title}”"),
            Content::Post { title, .. } => format!("{name} shared “{title}”"),
            Content::Like { about } => format!("{name} liked “{}” by {}", about.title, about.author),
            Content::Comment { about, text } => {
                format!("{name} commented on “{}” by {}: {text}", about.title, about.author)
            }
            Content::Answer { about, text, .. } => format!("{name} answered under “{}”: {text}", about.title),
            Content::Unlike { about, by, .. } => {
                format!(
                    "{name}'s like of “{}” by {} was taken back, as {by} had asked",
                    about.title, about.author
                )
            }
        }
    }
}

/// The line of the log that tells of `action`, with what a page needs to show it.
pub(crate) fn line(
    action: &Action,
    kind: ActivityKind,
    message: String,
    image_url: Option<&str>,
    at: FleetTime,
) -> NewActivity {
    let image_url = image_url.or(match &action.content {
        Content::Post { image_url, .. } => Some(image_url.as_str()),
        content => content.about().and_then(|about| about.image_url.as_deref()),
    });
    let metadata = json!({
        "action": action.kind,
        "content": action.content,
        "image_url": image_url,
        "post_id": action.target.as_ref().or(action.remote_id.as_ref()),
        "failure": action.failure,
    });
    NewActivity::of(action.bot_id, kind, at, message).for_action(action.id).with(metadata)
}

/// The words for what ended without having happened.
pub(crate) fn did_not_happen(bot: &Bot, action: &Action, why: &str) -> String {
    format!("did not happen: {} ({why})", action.content.told_of(&bot.name))
}

/// The words that ask the operator to look.
pub(crate) fn unresolved(bot: &Bot, action: &Action, why: &str) -> String {
    format!("nobody can tell whether {} ({why})", action.content.told_of(&bot.name))
}

/// What `outcome`, known at `at`, changes in the rows that `row` selects.
pub(crate) fn settle(row: UpdateMany<Entity>, outcome: &Outcome, at: FleetTime) -> UpdateMany<Entity> {
    let ended = |row: UpdateMany<Entity>, status, failure: Option<&str>| {
        row.col_expr(Column::Status, Expr::value(status))
            .col_expr(Column::Failure, Expr::value(failure))
            .col_expr(Column::SettledAt, Expr::value(at))
    };
    match outcome {
        Outcome::Done { remote_id } => {
            ended(row, ActionStatus::Done, None).col_expr(Column::RemoteId, Expr::value(remote_id.clone()))
        }
        Outcome::Failed { why } | Outcome::Wasted { why } => ended(row, ActionStatus::Failed, Some(why)),
        Outcome::Gone => ended(row, ActionStatus::Failed, Some(GONE)),
        Outcome::Unresolved { why } => ended(row, ActionStatus::Unresolved, Some(why)),
        Outcome::Postponed { until, why } => row
            .col_expr(Column::Status, Expr::value(ActionStatus::Planned))
            .col_expr(Column::Failure, Expr::value(why.as_str()))
            .col_expr(Column::SentAt, Expr::value(None::<i64>))
            .col_expr(Column::BegunAt, Expr::value(None::<i64>))
            .col_expr(Column::DueAt, Expr::value(*until))
            .col_expr(Column::Postponed, Expr::col(Column::Postponed).add(1)),
    }
}

/// Ends every planned row of `bots`: nothing of them was sent, so nothing happened. What is to be taken back goes on: it
/// was asked for, and needs no agent.
pub(crate) async fn drop_plans(
    tx: &impl ConnectionTrait,
    bots: &[BotId],
    why: &str,
    at: FleetTime,
) -> Result<()> {
    for some in bots.chunks(BATCH) {
        ended(some, ActionStatus::Planned, ActionStatus::Failed, why, at).exec(tx).await?;
    }
    Ok(())
}

/// Drops what `bots` were asked to do now, as their plans are dropped: they are not to act any more.
pub(crate) async fn drop_requests(tx: &impl ConnectionTrait, bots: &[BotId]) -> Result<()> {
    let mut numbers = Vec::new();
    for some in bots.chunks(BATCH) {
        let of_some = request::Entity::find()
            .select_only()
            .column(request::Column::Number)
            .filter(request::Column::BotId.is_in(some.iter().copied()));
        numbers.extend(of_some.into_tuple::<i64>().all(tx).await?);
    }
    // In the order of all of them, and not of the bots whose they are.
    numbers.sort_unstable();
    for some in numbers.chunks(BATCH) {
        end_requests(tx, request::Column::Number.is_in(some.iter().copied())).await?;
    }
    Ok(())
}

/// Deletes the requests that are meant, and returns them. Everybody locks them in one order, or two would wait for each other.
pub(crate) async fn end_requests(tx: &impl ConnectionTrait, meant: SimpleExpr) -> Result<Vec<Request>> {
    use request::{Column, Entity};
    let locked = Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(meant)
        .order_by_asc(Column::Number)
        .lock(LockType::Update)
        .into_query();
    Ok(Entity::delete_many().filter(Column::Number.in_subquery(locked)).exec_with_returning(tx).await?)
}

/// Why a picture whose answer will not be waited for is not used.
pub(crate) const INTERRUPTED: &str = "interrupted; the picture may have been made, and is not used";

/// Ends every sent row of `bots` as one whose fate nobody will look up any more, but for pictures, which nobody can look
/// up: they failed, with their cost spent. Returns what the log tells of each.
pub(crate) async fn give_up_sent(
    tx: &impl ConnectionTrait,
    bots: &[Bot],
    why: &str,
    at: FleetTime,
) -> Result<Vec<NewActivity>> {
    let mut log = Vec::new();
    for some in bots.chunks(BATCH) {
        let by_id: HashMap<_, _> = some.iter().map(|bot| (bot.id, bot)).collect();
        let ids: Vec<_> = some.iter().map(|bot| bot.id).collect();
        let mut given_up = ended(&ids, ActionStatus::Sent, ActionStatus::Failed, INTERRUPTED, at)
            .filter(Column::Kind.eq(ActionKind::Picture))
            .exec_with_returning(tx)
            .await?;
        given_up.extend(
            ended(&ids, ActionStatus::Sent, ActionStatus::Unresolved, why, at)
                .exec_with_returning(tx)
                .await?,
        );
        given_up.sort_by_key(|action| action.id);
        for action in &given_up {
            let Some(bot) = by_id.get(&action.bot_id) else { continue };
            let (kind, message) = match action.status {
                ActionStatus::Failed => (ActivityKind::Error, did_not_happen(bot, action, INTERRUPTED)),
                _ => (ActivityKind::Unresolved, unresolved(bot, action, why)),
            };
            let told = line(action, kind, message, None, at);
            count(tx, action, &told, at).await?;
            log.push(told);
        }
    }
    Ok(log)
}

/// Notes at a like that `action`, which is done, took it back, and lets its bot forget that it likes the post.
pub(crate) async fn note_undone(tx: &impl ConnectionTrait, action: &Action) -> Result<()> {
    let Content::Unlike { about, like, .. } = &action.content else { return Ok(()) };
    Entity::update_many()
        .col_expr(Column::UndoneBy, Expr::value(action.id))
        .filter(Column::Id.eq(*like))
        .exec(tx)
        .await?;
    seen_post::Entity::update_many()
        .col_expr(seen_post::Column::LikesIt, Expr::value(false))
        .filter(seen_post::Column::BotId.eq(action.bot_id))
        .filter(seen_post::Column::PostId.eq(about.post_id.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts at its bot what `told` says of `action`.
pub(crate) async fn count(
    tx: &impl ConnectionTrait,
    action: &Action,
    told: &NewActivity,
    at: FleetTime,
) -> Result<()> {
    use crate::entities::bot::{Column, Entity};
    let (counter, by) = match told.kind {
        ActivityKind::Post => (Column::Posts, 1),
        ActivityKind::Like => (Column::Likes, 1),
        ActivityKind::Unlike => (Column::Likes, -1),
        ActivityKind::Comment | ActivityKind::Answer => (Column::Comments, 1),
        ActivityKind::Error => (Column::Errors, 1),
        _ => return Ok(()),
    };
    let mut update = Entity::update_many()
        .col_expr(counter, Expr::col(counter).add(by))
        .filter(Column::Id.eq(action.bot_id));
    // What went wrong, or was taken back by somebody, is not what the bot did last.
    if !matches!(told.kind, ActivityKind::Error | ActivityKind::Unlike) {
        update = update
            .col_expr(Column::LastAction, Expr::value(told.message.as_str()))
            .col_expr(Column::LastActionAt, Expr::value(at));
    }
    update.exec(tx).await?;
    Ok(())
}

fn ended(
    bots: &[BotId],
    from: ActionStatus,
    to: ActionStatus,
    why: &str,
    at: FleetTime,
) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(to))
        .col_expr(Column::Failure, Expr::value(why))
        .col_expr(Column::SettledAt, Expr::value(at))
        .filter(Column::BotId.is_in(bots.iter().copied()))
        .filter(Column::Kind.ne(ActionKind::Unlike))
        .filter(Column::Status.eq(from))
}
