//! What was asked and answered when a bot decided.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entities::decision::{Entity, Model as Decision};
use crate::error::{Error, Result};
use crate::id::DecisionId;

/// # Errors
/// `NotFound` when it is not kept, or not any more.
pub(crate) async fn execute(db: &impl ConnectionTrait, id: DecisionId) -> Result<Decision> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::NotFound(format!("decision {id}")))
}
