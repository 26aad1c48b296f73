//! Which bots are meant, when many are; and the change of intent that pausing, starting and the like have in common.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::json;

use crate::activity::NewActivity;
use crate::commands::{Asked, Effect};
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::queries::list_bots::{BotFilter, filtered};

/// As many ids as one statement binds on both stores, with room for its other values.
const BATCH: usize = 10_000;

/// Which bots are meant. Deleted ones never are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// Those of one persona.
    Persona(String),
    /// These; ids that are not there are passed over.
    Ids(Vec<BotId>),
    /// All that `list_bots` finds by this filter, on whichever page, at the moment of the order.
    Matching(BotFilter),
}

impl Selection {
    /// The living bots that are meant, in as many conditions as it takes to name them; each bot is in one of them.
    pub(crate) async fn conditions(&self, tx: &impl ConnectionTrait) -> Result<Vec<Condition>> {
        Ok(match self {
            Selection::All => vec![living_ones()],
            Selection::Persona(persona) => {
                vec![living_ones().add(Column::Persona.eq(persona.replace('\0', "\u{fffd}")))]
            }
            Selection::Ids(ids) => {
                let mut ids = ids.clone();
                ids.sort_unstable();
                ids.dedup();
                named(&ids)
            }
            // Looked up and locked once, then named: asked a second time, a filter by what nodes see or by the intent
            // that changes might find others, which are not locked.
            Selection::Matching(filter) => {
                let ids: Vec<BotId> = filtered(filter, tx.get_database_backend())
                    .select_only()
                    .column(Column::Id)
                    .order_by_asc(Column::Id)
                    .lock(LockType::NoKeyUpdate)
                    .into_tuple()
                    .all(tx)
                    .await?;
                named(&ids)
            }
        })
    }
}

fn living_ones() -> Condition {
    Condition::all().add(Column::DeletedAt.is_null())
}

fn named(ids: &[BotId]) -> Vec<Condition> {
    ids.chunks(BATCH).map(|some| living_ones().add(Column::Id.is_in(some.iter().copied()))).collect()
}

/// How an intent changes: from which, to which, and the word for it in the log.
pub(crate) struct IntentChange {
    pub(crate) from: &'static [Intent],
    pub(crate) to: Intent,
    pub(crate) kind: ActivityKind,
}

/// Changes the intent of every bot of `selection` that stands in one of `change.from`.
pub(crate) async fn change_intent(
    tx: &impl ConnectionTrait,
    selection: &Selection,
    change: &IntentChange,
    asked: &Asked,
) -> Result<Effect<Vec<Bot>>> {
    let is_start = change.kind == ActivityKind::Started;
    let mut changed = Vec::new();
    for meant in selection.conditions(tx).await? {
        // All that are meant, whatever their intent: one that changes between the two statements must be locked as well.
        lock_bots(tx, meant.clone()).await?;
        let some = Entity::update_many()
            .col_expr(Column::Intent, Expr::value(change.to))
            .col_expr(Column::UpdatedAt, Expr::value(asked.at))
            .col_expr(Column::Starts, Expr::col(Column::Starts).add(i64::from(is_start)))
            .filter(meant)
            .filter(Column::Intent.is_in(change.from.iter().copied()))
            .exec_with_returning(tx)
            .await?;
        changed.extend(some);
    }
    let log = changed
        .iter()
        .map(|bot| {
            NewActivity::of(bot.id, change.kind, asked.at, format!("{} was {}", bot.name, change.kind))
                .with(json!({ "by": asked.by }))
        })
        .collect();
    Ok(Effect { value: changed, log })
}

/// Keeps everybody else from changing these bots, until the transaction ends; returns how many they are.
///
/// Who changes a bot and its rows of the ledger locks the bot first, and bots in the order of their ids: two
/// transactions that lock the same rows in different orders wait for each other, and one of them is thrown out.
pub(crate) async fn lock_bots(tx: &impl ConnectionTrait, meant: Condition) -> Result<i64> {
    let locked = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(meant)
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_query();
    let count = Query::select().expr(Expr::col(Column::Id).count()).from_subquery(locked, "locked").take();
    match tx.query_one(&count).await? {
        Some(row) => Ok(row.try_get_by_index(0)?),
        None => Ok(0),
    }
}

/// The living bot `id`.
pub(crate) async fn living(db: &impl ConnectionTrait, id: BotId) -> Result<Bot> {
    Entity::find_by_id(id)
        .filter(Column::DeletedAt.is_null())
        .one(db)
        .await?
        .ok_or_else(|| Error::NotFound(format!("bot {id}")))
}
