//! What was done to the gallery in somebody's name or in a span of time, oldest first, a page at a time: all that a person
//! may want gone. Deleted bots are among them; what they did is still there.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity, Model as Action};
use crate::entities::bot::{self, Model as Bot};
use crate::error::Result;
use crate::id::{ActionId, BotId};
use crate::time::FleetTime;

/// The most that one page holds.
const PAGE: u64 = 1_000;

/// Which deeds, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeedFilter {
    /// Only those of these bots, deleted ones among them; empty means all.
    pub bots: Vec<BotId>,
    /// Only those of bots of this persona.
    pub persona: Option<String>,
    /// Only those begun at or after this moment.
    pub since: Option<FleetTime>,
    /// Only those begun before this moment.
    pub until: Option<FleetTime>,
    /// Only those after this one: the last of the page before.
    pub after: Option<ActionId>,
}

/// Something that was done, or may have been.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deed {
    /// Its row: `done`, `unresolved`, or `sent` while its end is not known.
    pub action: Action,
    /// Who did it, also when it was deleted.
    pub bot: Bot,
    /// The last row that was to take it back, if there is one.
    pub undo: Option<Action>,
}

/// At most 1,000 of them; none when there are no more.
pub(crate) async fn execute(db: &impl ConnectionTrait, filter: &DeedFilter) -> Result<Vec<Deed>> {
    let public = [ActionKind::Post, ActionKind::Like, ActionKind::Comment, ActionKind::Answer];
    let begun = [ActionStatus::Done, ActionStatus::Sent, ActionStatus::Unresolved];
    let mut found = Entity::find()
        .filter(meant(filter))
        .filter(Column::Kind.is_in(public))
        .filter(Column::Status.is_in(begun));
    if let Some(after) = filter.after {
        found = found.filter(Column::Id.gt(after));
    }
    let actions = found.order_by_asc(Column::Id).limit(PAGE).all(db).await?;
    let ids: BTreeSet<BotId> = actions.iter().map(|action| action.bot_id).collect();
    let bots = bot::Entity::find().filter(bot::Column::Id.is_in(ids)).all(db).await?;
    let bots: HashMap<BotId, Bot> = bots.into_iter().map(|bot| (bot.id, bot)).collect();
    let mut undos = undos_of(db, &actions).await?;
    let deed = |action: Action| {
        let (bot, undo) = (bots.get(&action.bot_id)?.clone(), undos.remove(&action.id));
        Some(Deed { action, bot, undo })
    };
    Ok(actions.into_iter().filter_map(deed).collect())
}

/// The last row that was to take back each of `likes`.
async fn undos_of(db: &impl ConnectionTrait, deeds: &[Action]) -> Result<HashMap<ActionId, Action>> {
    let likes = || deeds.iter().filter(|deed| deed.kind == ActionKind::Like);
    let bots: BTreeSet<BotId> = likes().map(|like| like.bot_id).collect();
    let posts: BTreeSet<&str> = likes().filter_map(|like| like.target.as_deref()).collect();
    let undos = Entity::find()
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Column::BotId.is_in(bots))
        .filter(Column::Target.is_in(posts))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    // The later ones replace those before.
    Ok(undos
        .into_iter()
        .filter_map(|undo| match &undo.content {
            Content::Unlike { like, .. } => Some((*like, undo)),
            _ => None,
        })
        .collect())
}

/// The rows that are meant, whatever they are.
pub(crate) fn meant(filter: &DeedFilter) -> Condition {
    // What began before the ledger kept that moment is told by its end.
    let moments = [Column::BegunAt, Column::SettledAt, Column::PlannedAt];
    let begun = || Func::coalesce(moments.map(|column| Expr::col((Entity, column))));
    let of_persona = filter.persona.as_ref().map(|persona| {
        let bots = Query::select()
            .column(bot::Column::Id)
            .from(bot::Entity)
            .and_where(bot::Column::Persona.eq(persona.replace('\0', "\u{fffd}")))
            .take();
        Column::BotId.in_subquery(bots)
    });
    let of_bots = (!filter.bots.is_empty()).then(|| Column::BotId.is_in(filter.bots.iter().copied()));
    Condition::all()
        .add_option(of_bots)
        .add_option(of_persona)
        .add_option(filter.since.map(|since| Expr::expr(begun()).gte(since)))
        .add_option(filter.until.map(|until| Expr::expr(begun()).lt(until)))
}
