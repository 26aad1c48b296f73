//! A node writes what it sees of its bots, many at once, the last sight of each.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Effect, mark_sent::Holder};
use crate::entities::bot_lease::{Column, Entity, ObservedState};
use crate::error::Result;
use crate::id::BotId;
use crate::time::FleetTime;

/// What a node sees of a bot it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The bot.
    pub bot_id: BotId,
    /// Under which lease it was seen; a sight under another one is not written.
    pub holder: Holder,
    /// What it is about.
    pub state: ObservedState,
    /// Why, or until when.
    pub state_note: Option<String>,
    /// What it is doing right now.
    pub current_action: Option<String>,
    /// What it last thought, and why; `None` leaves what stands.
    pub last_thought: Option<String>,
    /// When it means to act next; `None` leaves what stands.
    pub next_wake: Option<FleetTime>,
    /// The bot's `starts` at which it was parked, while it is.
    pub parked_start: Option<i64>,
}

/// Sights under a lease that has gone are passed over.
pub(crate) async fn execute(tx: &impl ConnectionTrait, mut seen: Vec<Observation>) -> Result<Effect<()>> {
    // In the order in which everybody locks leases. Two sights of one bot keep theirs: the last one counts.
    seen.sort_by_key(|sight| sight.bot_id);
    for sight in seen {
        let mut row = Entity::update_many()
            .col_expr(Column::State, Expr::value(sight.state))
            .col_expr(Column::StateNote, Expr::value(sight.state_note))
            .col_expr(Column::CurrentAction, Expr::value(sight.current_action))
            .col_expr(Column::ParkedStart, Expr::value(sight.parked_start))
            .filter(Column::BotId.eq(sight.bot_id))
            .filter(Column::NodeId.eq(sight.holder.node_id))
            .filter(Column::Epoch.eq(sight.holder.epoch));
        if let Some(thought) = sight.last_thought {
            row = row.col_expr(Column::LastThought, Expr::value(thought));
        }
        if let Some(wake) = sight.next_wake {
            row = row.col_expr(Column::NextWake, Expr::value(wake));
        }
        row.exec(tx).await?;
    }
    Ok(Effect::silent(()))
}
