//! Somebody who may give no more orders. The last one stays: nobody could sign in any more, and whoever came next by the
//! first link would be the only one.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::sign_in::no_operator;
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::operator::{Column, Entity};
use crate::entities::session;
use crate::error::{Error, Result};
use crate::operator::{Operator, name_key};

/// Its sign-ins are over; what it signed in the log stays.
///
/// # Errors
/// `NotFound`; `Conflict` for the only operator.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    name: &str,
    asked: &Asked,
) -> Result<Effect<Operator>> {
    // All are locked, so that two who remove each other at once do not leave nobody.
    let all = Entity::find().order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    let (count, key) = (all.len(), name_key(name));
    let gone = all.into_iter().find(|row| row.name_key == key).ok_or_else(|| no_operator(name))?;
    if count == 1 {
        return Err(Error::Conflict(format!(
            "`{}` is the only operator; add another first with `fleet operators add NAME`",
            gone.name
        )));
    }
    session::Entity::delete_many().filter(session::Column::OperatorId.eq(gone.id)).exec(tx).await?;
    Entity::delete_by_id(gone.id).exec(tx).await?;
    let message = format!("{} may give no more orders", gone.name);
    let activity = NewActivity::of_fleet(ActivityKind::OperatorRemoved, asked.at, message)
        .with(json!({ "by": asked.by, "operator": gone.name }));
    Ok(Effect { value: Operator::of(gone), log: vec![activity] })
}
