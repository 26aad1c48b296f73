//! What a bot remembers of itself: what it said, whom it met, what it liked. Nobody is in it who wants to be left alone.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::read_settings;
use crate::commands::forget_person::FORGOTTEN;
use crate::entities::action::{self, ActionKind, ActionStatus, Content};
use crate::entities::bot_memory::{self, Liked, Met};
use crate::error::Result;
use crate::id::BotId;
use crate::settings::Settings;

/// How many of its own texts a bot remembers.
const MOST_SAID: u64 = 50;

/// What a bot remembers of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BotMemory {
    /// Its comments, its answers and the titles of its posts, newest first, but for those that failed.
    pub said: Vec<String>,
    /// What it said of its pictures among those, newest first.
    pub described: Vec<String>,
    /// Whom it met, the last one first.
    pub met: Vec<Met>,
    /// What it liked, newest first.
    pub liked: Vec<Liked>,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: BotId) -> Result<BotMemory> {
    let settings = read_settings::execute(db).await?;
    let (said, described) = said(db, bot_id, &settings).await?;
    let Some(kept) = bot_memory::Entity::find_by_id(bot_id).one(db).await? else {
        return Ok(BotMemory { said, described, ..BotMemory::default() });
    };
    let (mut met, mut liked) = (kept.met.0, kept.liked.0);
    met.retain(|met| !settings.leaves_alone(&met.username));
    liked.retain(|liked| !settings.leaves_alone(&liked.username));
    Ok(BotMemory { said, described, met, liked })
}

/// What it said, and what it said of its pictures.
async fn said(
    db: &impl ConnectionTrait,
    bot_id: BotId,
    settings: &Settings,
) -> Result<(Vec<String>, Vec<String>)> {
    use action::{Column, Entity};
    // A picture that was made has its words in a post by now.
    let in_the_making = Condition::all()
        .add(Column::Kind.eq(ActionKind::Picture))
        .add(Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent]));
    let words = Column::Kind.is_in([ActionKind::Comment, ActionKind::Answer, ActionKind::Post]);
    let rows = Entity::find()
        .filter(Column::BotId.eq(bot_id))
        .filter(Column::Status.ne(ActionStatus::Failed))
        .filter(Condition::any().add(words).add(in_the_making))
        .order_by_desc(Column::Id)
        .limit(MOST_SAID)
        .all(db)
        .await?;
    let is_about_others =
        |content: &Content| !content.person().is_some_and(|person| settings.leaves_alone(person));
    let (mut said, mut described) = (Vec::new(), Vec::new());
    for row in rows.into_iter().filter(|row| is_about_others(&row.content)) {
        match row.content {
            Content::Comment { text, .. } | Content::Answer { text, .. } => said.push(text),
            Content::Picture { title, description, .. } | Content::Post { title, description, .. } => {
                said.push(title);
                described.push(settings.unlabelled(&description).to_owned());
            }
            Content::Like { .. } | Content::Unlike { .. } => {}
        }
    }
    said.retain(|text| !text.contains(FORGOTTEN));
    Ok((said, described))
}
