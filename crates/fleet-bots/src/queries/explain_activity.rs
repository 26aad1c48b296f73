//! One line of the log with what it came of: the bot, the row of the ledger, the picture that was shared, the thought
//! before it, and the decision.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use crate::entities::action::{self, ActionKind, Content, Model as Action};
use crate::entities::bot::{self, Model as Bot};
use crate::entities::bot_activity::{ActivityKind, Column, Entity, Model as Activity};
use crate::entities::decision::{self, Model as Decision};
use crate::error::{Error, Result};
use crate::id::DecisionId;

/// How many pictures of a bot are looked through for the one of a post; it makes and shares them one after the other.
const PICTURES: u64 = 20;

/// One line of the log, and what it came of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The line.
    pub activity: Activity,
    /// The bot it is about, also when it was deleted.
    pub bot: Option<Bot>,
    /// The row of the ledger it belongs to.
    pub action: Option<Action>,
    /// The row that made the picture, when a post shares one.
    pub picture: Option<Action>,
    /// What the bot had thought last when it planned this, or when this happened.
    pub thought: Option<Activity>,
    /// What was asked and answered when this was decided; none if nobody was asked, or it is not kept any more.
    pub decision: Option<Decision>,
}

/// # Errors
/// `NotFound` when the log has no such line.
pub(crate) async fn execute(db: &impl ConnectionTrait, seq: i64) -> Result<Explanation> {
    let activity =
        Entity::find_by_id(seq).one(db).await?.ok_or_else(|| Error::NotFound(format!("activity {seq}")))?;
    let bot = match activity.bot_id {
        Some(id) => bot::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let action = match activity.action_id {
        Some(id) => action::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let picture = match &action {
        Some(action) => picture_of(db, action).await?,
        None => None,
    };
    let thought = thought_before(db, &activity, picture.as_ref().or(action.as_ref())).await?;
    let decision = decision_of(db, &activity, action.as_ref(), picture.as_ref()).await?;
    Ok(Explanation { activity, bot, action, picture, thought, decision })
}

/// The row of the ledger knows it, or that of the picture that a post shares, or the line itself.
async fn decision_of(
    db: &impl ConnectionTrait,
    activity: &Activity,
    action: Option<&Action>,
    picture: Option<&Action>,
) -> Result<Option<Decision>> {
    let by_row = [action, picture].into_iter().flatten().find_map(|row| row.decision_id);
    let by_line = || activity.metadata.as_ref()?["decision"].as_str()?.parse().ok();
    match by_row.or_else(by_line) {
        Some(id) => Ok(decision::Entity::find_by_id::<DecisionId>(id).one(db).await?),
        None => Ok(None),
    }
}

/// A post is planned when its picture is done, with the same prompt and title.
async fn picture_of(db: &impl ConnectionTrait, post: &Action) -> Result<Option<Action>> {
    let Content::Post { prompt, title, .. } = &post.content else { return Ok(None) };
    let made = action::Entity::find()
        .filter(action::Column::BotId.eq(post.bot_id))
        .filter(action::Column::Kind.eq(ActionKind::Picture))
        .filter(action::Column::Id.lt(post.id))
        .order_by_desc(action::Column::Id)
        .limit(PICTURES)
        .all(db)
        .await?;
    let is_it = |made: &Action| match &made.content {
        Content::Picture { prompt: of_it, title: under, .. } => of_it == prompt && under == title,
        _ => false,
    };
    Ok(made.into_iter().find(is_it))
}

async fn thought_before(
    db: &impl ConnectionTrait,
    activity: &Activity,
    planned: Option<&Action>,
) -> Result<Option<Activity>> {
    let Some(bot_id) = activity.bot_id else { return Ok(None) };
    if !is_of_the_bot(activity.kind) {
        return Ok(None);
    }
    let mut thoughts = Entity::find()
        .filter(Column::BotId.eq(bot_id))
        .filter(Column::Kind.eq(ActivityKind::Thought))
        .filter(Column::Seq.lt(activity.seq));
    if let Some(planned) = planned {
        thoughts = thoughts.filter(Column::At.lte(planned.planned_at));
    }
    Ok(thoughts.order_by_desc(Column::Seq).limit(1).one(db).await?)
}

/// Whether it is the bot's own doing: no thought of it leads to what others do with it.
fn is_of_the_bot(kind: ActivityKind) -> bool {
    use ActivityKind as Kind;
    matches!(
        kind,
        Kind::Browse
            | Kind::Picture
            | Kind::Post
            | Kind::Like
            | Kind::Comment
            | Kind::Answer
            | Kind::Error
            | Kind::Unresolved
    )
}
