//! A node leaves and hands its leases back, so that others need not wait for them to lapse.

use sea_orm::sea_query::Condition;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::release_leases::hand_back;
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::node::Entity;
use crate::error::Result;
use crate::id::NodeId;

/// Does nothing when the node is gone already.
pub(crate) async fn execute(tx: &impl ConnectionTrait, id: NodeId, asked: &Asked) -> Result<Effect<()>> {
    let Some(node) = Entity::find_by_id(id).one(tx).await? else { return Ok(Effect::silent(())) };
    hand_back(tx, id, Condition::all()).await?;
    Entity::delete_by_id(id).exec(tx).await?;
    let activity =
        NewActivity::of_fleet(ActivityKind::NodeLeft, asked.at, format!("node {} left", node.name));
    Ok(Effect { value: (), log: vec![activity] })
}
