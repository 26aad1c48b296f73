//! A node takes the leases of wanted bots that no living node holds. One statement: whoever comes second finds nothing.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::Effect;
use crate::backend::now_expr;
use crate::entities::bot::{self, Intent};
use crate::entities::bot_lease::{Column, Entity, Model as Lease, ObservedState};
use crate::error::Result;
use crate::id::NodeId;
use crate::queries::living_nodes;

/// Takes up to `most` leases; none when `node_id` has expired itself, since they would be free again at once. Skipping rows that another claim has locked is what keeps two nodes from taking the same
/// bot on Postgres; on SQLite the clause falls away and the single writer does.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    node_id: NodeId,
    most: u64,
) -> Result<Effect<Vec<Lease>>> {
    let living = || living_nodes(tx.get_database_backend());
    let wanted = bot::Entity::find()
        .select_only()
        .column(bot::Column::Id)
        .filter(bot::Column::DeletedAt.is_null())
        .filter(bot::Column::Intent.ne(Intent::Stopped))
        .into_query();
    let free = Condition::any().add(Column::NodeId.is_null()).add(Column::NodeId.not_in_subquery(living()));
    let pick = Entity::find()
        .select_only()
        .column(Column::BotId)
        .filter(free)
        .filter(Column::BotId.in_subquery(wanted))
        .filter(Expr::value(node_id).in_subquery(living()))
        .order_by_asc(Column::BotId)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let claimed = Entity::update_many()
        .col_expr(Column::NodeId, Expr::value(node_id))
        .col_expr(Column::Epoch, Expr::col(Column::Epoch).add(1))
        .col_expr(Column::ClaimedAt, now_expr(tx.get_database_backend()))
        .col_expr(Column::State, Expr::value(ObservedState::Starting))
        .col_expr(Column::CurrentAction, Expr::value(None::<String>))
        .filter(Column::BotId.in_subquery(pick))
        .exec_with_returning(tx)
        .await?;
    Ok(Effect::silent(claimed))
}
