//! Somebody who may give orders from now on.

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::backend;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::operator::{ActiveModel, Entity, Model};
use crate::error::{Error, Result, is_duplicate};
use crate::id::OperatorId;
use crate::operator::{Operator, name_key};
use crate::password::PasswordHash;

/// The name was checked before.
///
/// # Errors
/// `Conflict` when there is one of that name, however it is written.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    name: &str,
    password_hash: PasswordHash,
    asked: &Asked,
) -> Result<Effect<Operator>> {
    let name = name.trim();
    let row = Model {
        id: OperatorId::generate(),
        name: name.to_owned(),
        name_key: name_key(name),
        password_hash,
        created_at: backend::now(tx).await?,
    };
    let operator = Operator::of(row.clone());
    Entity::insert(ActiveModel::from(row)).exec_without_returning(tx).await.map_err(|error| {
        match is_duplicate(&error) {
            true => Error::Conflict(format!("there is an operator `{name}` already; choose another name")),
            false => error.into(),
        }
    })?;
    let message = format!("{name} may give orders from now on");
    let activity = NewActivity::of_fleet(ActivityKind::OperatorAdded, asked.at, message)
        .with(json!({ "by": asked.by, "operator": name }));
    Ok(Effect { value: operator, log: vec![activity] })
}
