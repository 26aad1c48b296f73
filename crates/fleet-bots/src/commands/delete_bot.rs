//! The operator lets bots go. They are kept for their history; their plans are dropped, and what was sent and is not
//! settled is left to the operator, since no agent will look it up.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::seen_post;
use crate::error::Result;
use crate::ledger;
use crate::selection::{Selection, lock_bots};

/// Returns those that were deleted by this.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let mut deleted = Vec::new();
    for meant in selection.conditions(tx).await? {
        lock_bots(tx, meant.clone()).await?;
        let some = Entity::update_many()
            .col_expr(Column::DeletedAt, Expr::value(asked.at))
            .col_expr(Column::UpdatedAt, Expr::value(asked.at))
            .col_expr(Column::Intent, Expr::value(Intent::Stopped))
            .filter(meant)
            .exec_with_returning(tx)
            .await?;
        deleted.extend(some);
    }
    let ids: Vec<_> = deleted.iter().map(|bot| bot.id).collect();
    ledger::drop_plans(tx, &ids, "dropped: the bot was deleted before it was sent", asked.at).await?;
    ledger::drop_requests(tx, &ids).await?;
    let why = "the bot was deleted before the fate of this was known";
    let given_up = ledger::give_up_sent(tx, &deleted, why, asked.at).await?;
    for some in ids.chunks(1_000) {
        seen_post::Entity::delete_many()
            .filter(seen_post::Column::BotId.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
    }
    let log = deleted
        .iter()
        .map(|bot| {
            NewActivity::of(bot.id, ActivityKind::Deleted, asked.at, format!("{} was deleted", bot.name))
                .with(json!({ "by": asked.by }))
        })
        .chain(given_up)
        .collect();
    Ok(Effect { value: deleted, log })
}
