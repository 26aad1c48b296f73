//! What a bot remembers of whom it met and what it liked: noted when a deed of its is done, and short enough to be told whole.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::action::{ActionKind, Model as Action};
use crate::entities::bot_memory::{Column, Company, Delights, Entity, Liked, Met, Model as Memory};
use crate::error::Result;
use crate::id::BotId;
use crate::restraint::handle;
use crate::time::FleetTime;

/// How many people, and how many posts, a bot remembers.
const MOST: usize = 12;
/// As many memories as are read at once.
const BATCH: u64 = 500;

/// Notes a like, a comment or an answer that is done. The caller holds the bot's row.
pub(crate) async fn note(tx: &impl ConnectionTrait, action: &Action, at: FleetTime) -> Result<()> {
    let Some(met) = meeting(action, at) else { return Ok(()) };
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

/// Lets every bot forget that it met somebody; returns how many had.
pub(crate) async fn forget(tx: &impl ConnectionTrait, username: &str) -> Result<u64> {
    let (mut forgot, mut after) = (0, None::<BotId>);
    loop {
        let mut some = Entity::find();
        if let Some(after) = after {
            some = some.filter(Column::BotId.gt(after));
        }
        let some = some.order_by_asc(Column::BotId).limit(BATCH).all(tx).await?;
        let Some(last) = some.last() else { return Ok(forgot) };
        after = Some(last.bot_id);
        for mut memory in some {
            let before = (memory.met.0.len(), memory.liked.0.len());
            memory.met.0.retain(|met| met.username != username);
            memory.liked.0.retain(|liked| liked.username != username);
            if before != (memory.met.0.len(), memory.liked.0.len()) {
                write(tx, memory).await?;
                forgot += 1;
            }
        }
    }
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
