//! Every sign-in of an operator ends.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::sign_in::{find, no_operator};
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::session::{Column, Entity};
use crate::error::Result;

/// Returns how many there were, those among them that were over already.
///
/// # Errors
/// `NotFound` when there is no such operator.
pub(crate) async fn execute(tx: &impl ConnectionTrait, name: &str, asked: &Asked) -> Result<Effect<u64>> {
    let operator = find(tx, name).await?.ok_or_else(|| no_operator(name))?;
    let ended =
        Entity::delete_many().filter(Column::OperatorId.eq(operator.id)).exec(tx).await?.rows_affected;
    let message = format!("{} was signed out everywhere", operator.name);
    let activity = NewActivity::of_fleet(ActivityKind::SignedOut, asked.at, message)
        .with(json!({ "by": asked.by, "operator": operator.name, "sessions": ended }));
    Ok(Effect { value: ended, log: if ended > 0 { vec![activity] } else { Vec::new() } })
}
