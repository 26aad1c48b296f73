//! The ledger's own rules, shared by the commands that move its rows: what may follow what, and how an end is told.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::id::BotId;
use crate::time::FleetTime;

/// As many ids as one statement binds.
const BATCH: usize = 1_000;

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
        }
    }
}

impl Content {
    /// What `name` did, in words for people.
    pub(crate) fn told_of(&self, name: &str) -> String {
        match self {
            Content::Picture { title, .. } => format!("{name} made a picture for “{title}”"),
            Content::Post { title, .. } => format!("{name} shared “{title}”"),
            Content::Like { about } => format!("{name} liked “{}” by {}", about.title, about.author),
            Content::Comment { about, text } => {
                format!("{name} commented on “{}” by {}: {text}", about.title, about.author)
            }
            Content::Answer { about, text, .. } => format!("{name} answered under “{}”: {text}", about.title),
        }
    }
}

/// Ends every planned row of `bots`: nothing of them was sent, so nothing happened.
pub(crate) async fn drop_plans(
    tx: &impl ConnectionTrait,
    bots: &[BotId],
    why: &str,
    at: FleetTime,
) -> Result<()> {
    end_all(tx, bots, ActionStatus::Planned, ActionStatus::Failed, why, at).await
}

/// Ends every sent row of `bots` as one whose fate nobody will look up any more.
pub(crate) async fn give_up_sent(
    tx: &impl ConnectionTrait,
    bots: &[BotId],
    why: &str,
    at: FleetTime,
) -> Result<()> {
    end_all(tx, bots, ActionStatus::Sent, ActionStatus::Unresolved, why, at).await
}

async fn end_all(
    tx: &impl ConnectionTrait,
    bots: &[BotId],
    from: ActionStatus,
    to: ActionStatus,
    why: &str,
    at: FleetTime,
) -> Result<()> {
    for some in bots.chunks(BATCH) {
        Entity::update_many()
            .col_expr(Column::Status, Expr::value(to))
            .col_expr(Column::Failure, Expr::value(why))
            .col_expr(Column::SettledAt, Expr::value(at))
            .filter(Column::BotId.is_in(some.iter().copied()))
            .filter(Column::Status.eq(from))
            .exec(tx)
            .await?;
    }
    Ok(())
}
