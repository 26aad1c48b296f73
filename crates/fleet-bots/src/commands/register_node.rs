//! A process that wants to hold bots makes itself known.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::backend::now_expr;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::node::{ActiveModel, Column, Entity, Model as Node};
use crate::error::{Error, Result};
use crate::id::NodeId;
use crate::time::{StoreTime, micros};

/// How long the row of a node that died is kept for whoever looks for the cause.
const REMEMBERED: Duration = Duration::from_secs(24 * 3_600);

/// Its leases live for `ttl` from now. On SQLite the caller holds the file's lock, so that every other node is gone,
/// whatever its row says: their leases lapse at once. A row goes a day after its node died.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: NodeId,
    name: &str,
    ttl: Duration,
    asked: &Asked,
) -> Result<Effect<Node>> {
    forget_dead(tx).await?;
    let unset = StoreTime::default();
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        started_at: Set(unset),
        expires_at: Set(unset),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    // Only a statement reads the database's clock.
    Entity::update_many()
        .col_expr(Column::StartedAt, now_expr(tx.get_database_backend()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let node = Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::col(Column::StartedAt).add(micros(ttl)))
        .filter(Column::Id.eq(id))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::NotFound(format!("node {id}")))?;
    let activity = NewActivity::of_fleet(ActivityKind::NodeJoined, asked.at, format!("node {name} joined"));
    Ok(Effect { value: node, log: vec![activity] })
}

/// Nodes that were killed leave their rows behind.
async fn forget_dead(tx: &impl ConnectionTrait) -> Result<()> {
    let backend = tx.get_database_backend();
    if backend == DbBackend::Sqlite {
        Entity::update_many()
            .col_expr(Column::ExpiresAt, now_expr(backend))
            .filter(Expr::col(Column::ExpiresAt).gt(now_expr(backend)))
            .exec(tx)
            .await?;
    }
    // Passing over what another node forgets at this moment, so that the two do not wait for each other.
    let dead = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Expr::col(Column::ExpiresAt).lt(now_expr(backend).sub(micros(REMEMBERED))))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    Entity::delete_many().filter(Column::Id.in_subquery(dead)).exec(tx).await?;
    Ok(())
}
