//! Logs what bots and nodes tell of themselves, many at once: thoughts, looks, errors, restarts.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::activity::NewActivity;
use crate::entities::bot::{Column, Entity};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::id::BotId;

/// Looks and errors are counted at their bots.
pub(crate) async fn execute(tx: &impl ConnectionTrait, activities: Vec<NewActivity>) -> Result<Effect<()>> {
    // In one order everywhere: two transactions that lock the same rows in different orders wait for each other.
    let mut counts: BTreeMap<BotId, (i64, i64)> = BTreeMap::new();
    for activity in &activities {
        let Some(bot_id) = activity.bot_id else { continue };
        match activity.kind {
            ActivityKind::Browse => counts.entry(bot_id).or_default().0 += 1,
            ActivityKind::Error | ActivityKind::Restarted => counts.entry(bot_id).or_default().1 += 1,
            _ => {}
        }
    }
    for (bot_id, (browses, errors)) in counts {
        Entity::update_many()
            .col_expr(Column::Browses, Expr::col(Column::Browses).add(browses))
            .col_expr(Column::Errors, Expr::col(Column::Errors).add(errors))
            .filter(Column::Id.eq(bot_id))
            .exec(tx)
            .await?;
    }
    Ok(Effect { value: (), log: activities })
}
