//! What a bot remembers of whom it met and what it liked: noted when a deed of its is done, and short enough to be told whole.

use sea_orm::sea_query::{Condition, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::action::{ActionKind, Model as Action};
use crate::entities::bot;
use crate::entities::bot_memory::{Column, Company, Delights, Entity, Liked, Met, Model as Memory};
use crate::error::Result;
use crate::id::BotId;
use crate::queries::read_settings;
use crate::restraint::handle;
use crate::selection::lock_bots;
use crate::time::FleetTime;

/// How many people, and how many posts, a bot remembers.
const MOST: usize = 12;
/// As many bots as forget in one transaction.
const BATCH: u64 = 500;

/// Notes a like, a comment or an answer that is done, unless it was done to somebody who is left alone by now. The caller holds
/// the bot's row.
pub(crate) async fn note(tx: &impl ConnectionTrait, action: &Action, at: FleetTime) -> Result<()> {
    let Some(met) = meeting(action, at) else { return Ok(()) };
    if read_settings::execute(tx).await?.leaves_alone(&met.username) {
        return Ok(());
    }
    let kept = Entity::find_by_id(action.bot_id).one(tx).await?;
    let (Company(mut company), Delights(mut delights)) =
        kept.map_or_else(Default::default, |kept| (kept.met, kept.liked));
    let before = company.iter().position(|one| one.username == met.username).map(|at| company.remove(at));
    let times = before.map_or(1, |before| before.times.saturating_add(1));
    if let (ActionKind::Like, Some(about)) = (action.kind, action.content.about()) {
        let (title, author) = (about.title.clone(), about.author.clone());
        delights.insert(0, Liked { title, author, username: met.username.clone(), at });
        delights.truncate(MOST);
    }
    company.insert(0, Met { times, ..met });
    company.truncate(MOST);
    let row =
        Memory { bot_id: action.bot_id, met: Company(company), liked: Delights(delights), updated_at: at };
    write(tx, row).await
}

/// Whom `action` was done to; none if nobody is known, or it is nothing to remember.
fn meeting(action: &Action, at: FleetTime) -> Option<Met> {
    if !matches!(action.kind, ActionKind::Like | ActionKind::Comment | ActionKind::Answer) {
        return None;
    }
    let about = action.content.about()?;
    let username = handle(action.content.person()?);
    let name = match action.kind {
        // The author is that of the post; of who wrote the remark only the handle is known.
        ActionKind::Answer => username.clone(),
        _ => about.author.clone(),
    };
    let last_title = about.title.clone();
    let met = Met { username, name, times: 1, last_title, last_at: at, how: action.kind };
    Some(met).filter(|met| !met.username.is_empty())
}

/// Lets some bots forget that they met somebody who is left alone already: those that come `after` one, as many as one
/// transaction locks. Returns how many had, and the last of them; none if there are no more.
pub(crate) async fn forget(
    tx: &impl ConnectionTrait,
    username: &str,
    after: Option<BotId>,
) -> Result<(u64, Option<BotId>)> {
    let next = Condition::all().add_option(after.map(|after| bot::Column::Id.gt(after)));
    let bots: Vec<BotId> = bot::Entity::find()
        .select_only()
        .column(bot::Column::Id)
        .filter(next.add(bot::Column::DeletedAt.is_null()))
        .order_by_asc(bot::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(tx)
        .await?;
    // Bots are locked and not their memories: one that meets somebody for the first time has none yet.
    lock_bots(tx, Condition::all().add(bot::Column::Id.is_in(bots.iter().copied()))).await?;
    let mut forgot = 0;
    for mut memory in Entity::find().filter(Column::BotId.is_in(bots.iter().copied())).all(tx).await? {
        let before = (memory.met.0.len(), memory.liked.0.len());
        memory.met.0.retain(|met| met.username != username);
        memory.liked.0.retain(|liked| liked.username != username);
        if before != (memory.met.0.len(), memory.liked.0.len()) {
            write(tx, memory).await?;
            forgot += 1;
        }
    }
    Ok((forgot, bots.last().copied()))
}

/// Lets bots forget everything: they are gone.
pub(crate) async fn drop_all(tx: &impl ConnectionTrait, bots: &[BotId]) -> Result<()> {
    Entity::delete_many().filter(Column::BotId.is_in(bots.iter().copied())).exec(tx).await?;
    Ok(())
}

async fn write(tx: &impl ConnectionTrait, row: Memory) -> Result<()> {
    let newer = OnConflict::column(Column::BotId)
        .update_columns([Column::Met, Column::Liked, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(newer).exec_without_returning(tx).await?;
    Ok(())
}
