//! Writes down what a bot is going to do, before any request for it can begin.

use sea_orm::sea_query::{Condition, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::Effect;
use crate::caps;
use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity, Model as Action};
use crate::entities::bot::{self, Intent};
use crate::error::{Error, Result};
use crate::id::{ActionId, BotId, DecisionId};
use crate::queries::read_settings;
use crate::restraint;
use crate::selection::lock_bots;
use crate::settings::Settings;
use crate::time::FleetTime;
use crate::words;

/// What a request came to that was made, as long as nobody knows.
pub(super) const UNKNOWN: [ActionStatus; 2] = [ActionStatus::Sent, ActionStatus::Unresolved];

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
    /// What was asked and answered when it was decided, if that is kept.
    pub decision: Option<DecisionId>,
}

/// # Errors
/// `Overtaken` when the bot is not wanted any more, does not know what became of something at the same post or has the same
/// planned there, has liked or commented on it already, or has answered the same remark; when it is about somebody who is to
/// be left alone, a like while nobody vouches that likes are counted apart, more company than the post is to have, a comment
/// that somebody of the fleet wrote of late, or an answer that it gave under the same post; `Capped` when a cap is reached.
/// No statement fails then, so that the transaction can go on without the plan.
pub(crate) async fn execute(tx: &impl ConnectionTrait, new: NewAction) -> Result<Effect<Action>> {
    if new.content.kind() == ActionKind::Unlike {
        return Err(Error::Overtaken("only an operator takes a like back".into()));
    }
    refuse_unwanted(tx, new.bot_id).await?;
    let target = new.content.about().map(|about| about.post_id.clone());
    let settings = read_settings::execute(tx).await?;
    if let Some(why) = forbidden(&settings, &new.content) {
        return Err(Error::Overtaken(why));
    }
    caps::refuse_capped(tx, &settings, &new).await?;
    if let Some(target) = &target {
        refuse_unsettled(tx, &new, target).await?;
        restraint::refuse_company(tx, &settings, new.bot_id, &new.content, new.due_at).await?;
    }
    let said = words::said_in(&new.content);
    words::refuse_repeated(tx, new.bot_id, &new.content, said, new.planned_at).await?;
    let remark = new.content.remark().map(str::to_owned);
    let content = labelled(&settings, new.content);
    let action = Action {
        id: ActionId::generate(),
        bot_id: new.bot_id,
        kind: content.kind(),
        target,
        remark,
        content,
        status: ActionStatus::Planned,
        planned_at: new.planned_at,
        due_at: new.due_at,
        sent_at: None,
        begun_at: None,
        settled_at: None,
        remote_id: None,
        failure: None,
        postponed: 0,
        undone_by: None,
        decision_id: new.decision,
        said,
    };
    let written = Entity::insert(action.clone().into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if written == 0 {
        let why = match action.remark {
            Some(_) => "the bot has answered this remark already; a second time would repeat it",
            None => {
                "the bot has reacted to this post in this way already; a second time would take it back or repeat it"
            }
        };
        return Err(Error::Overtaken(why.into()));
    }
    Ok(Effect::silent(action))
}

/// An agent that lags behind must not leave a plan with a bot that has no agent any more: nobody would ever end it.
async fn refuse_unwanted(tx: &impl ConnectionTrait, bot_id: BotId) -> Result<()> {
    let wanted = Condition::all()
        .add(bot::Column::Id.eq(bot_id))
        .add(bot::Column::DeletedAt.is_null())
        .add(bot::Column::Intent.ne(Intent::Stopped));
    if lock_bots(tx, wanted).await? == 0 {
        return Err(Error::Overtaken(format!("bot {bot_id} was stopped or deleted")));
    }
    Ok(())
}

/// Why `content` must not be done, whatever a bot thought before it knew, or was allowed before.
pub(crate) fn forbidden(settings: &Settings, content: &Content) -> Option<String> {
    match content.person() {
        Some(person) if settings.leaves_alone(person) => {
            Some(format!("opted out: @{} asked to be left alone", person.trim_start_matches('@')))
        }
        _ if content.kind() == ActionKind::Like && settings.likes_confirmed.is_none() => {
            Some(caps::LIKES_ARE_OFF.into())
        }
        _ => None,
    }
}

/// What of a plan readers see, with what tells them who made it.
pub(crate) fn labelled(settings: &Settings, content: Content) -> Content {
    match content {
        Content::Post { image_url, title, description, prompt } => {
            Content::Post { image_url, title, description: settings.description(&description), prompt }
        }
        content => content,
    }
}

/// A request whose fate is not known stands in the way, and so does what an operator takes back. What is only planned does
/// where it is the same once more: who likes a post and has something to say as well does both, one after the other.
async fn refuse_unsettled(tx: &impl ConnectionTrait, new: &NewAction, target: &str) -> Result<()> {
    let same = Condition::all()
        .add(Column::Status.eq(ActionStatus::Planned))
        .add(Column::Kind.is_in([new.content.kind(), ActionKind::Unlike]));
    let unsettled = Entity::find()
        .filter(Column::BotId.eq(new.bot_id))
        .filter(Column::Target.eq(target))
        .filter(Condition::any().add(Column::Status.is_in(UNKNOWN)).add(same))
        .count(tx)
        .await?;
    if unsettled > 0 {
        return Err(Error::Overtaken(format!("the bot has an unsettled action on post {target}")));
    }
    Ok(())
}
