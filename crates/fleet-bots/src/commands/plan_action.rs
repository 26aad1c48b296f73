//! Writes down what a bot is going to do, before any request for it can begin.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::Effect;
use crate::entities::action::{ActionStatus, ActiveModel, Column, Content, Entity, Model as Action};
use crate::error::{Error, Result, is_duplicate};
use crate::id::{ActionId, BotId};
use crate::time::FleetTime;

/// An action that a bot has decided on.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAction {
    /// Who will do it.
    pub bot_id: BotId,
    /// The exact content.
    pub content: Content,
    /// When it was decided.
    pub planned_at: FleetTime,
    /// Not to be sent before.
    pub due_at: FleetTime,
}

/// # Errors
/// `Overtaken` when the bot has an unsettled row for the same post, or has liked or commented on it already.
pub(crate) async fn execute(tx: &impl ConnectionTrait, new: NewAction) -> Result<Effect<Action>> {
    let target = new.content.about().map(|about| about.post_id.clone());
    if let Some(target) = &target {
        refuse_unsettled(tx, new.bot_id, target).await?;
    }
    let row = ActiveModel {
        id: Set(ActionId::generate()),
        bot_id: Set(new.bot_id),
        kind: Set(new.content.kind()),
        target: Set(target),
        content: Set(new.content),
        status: Set(ActionStatus::Planned),
        planned_at: Set(new.planned_at),
        due_at: Set(new.due_at),
        sent_at: Set(None),
        settled_at: Set(None),
        remote_id: Set(None),
        failure: Set(None),
        postponed: Set(0),
    };
    let action =
        Entity::insert(row).exec_with_returning(tx).await.map_err(|error| match is_duplicate(&error) {
            true => Error::Overtaken(
                "the bot has reacted to this post in this way already; a second time would take it back or repeat it".into(),
            ),
            false => error.into(),
        })?;
    Ok(Effect::silent(action))
}

async fn refuse_unsettled(tx: &impl ConnectionTrait, bot_id: BotId, target: &str) -> Result<()> {
    let unsettled = Entity::find()
        .filter(Column::BotId.eq(bot_id))
        .filter(Column::Target.eq(target))
        .filter(Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent, ActionStatus::Unresolved]))
        .count(tx)
        .await?;
    if unsettled > 0 {
        return Err(Error::Overtaken(format!("the bot has an unsettled action on post {target}")));
    }
    Ok(())
}
