//! Which bots are meant, when many are; and the change of intent that pausing, starting and the like have in common.

use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::activity::NewActivity;
use crate::commands::{Asked, Effect};
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::id::BotId;

/// Which bots are meant. Deleted ones never are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// Those of one persona.
    Persona(String),
    /// These; ids that are not there are passed over.
    Ids(Vec<BotId>),
}

impl Selection {
    /// The living bots that are meant.
    pub(crate) fn condition(&self) -> Condition {
        let living = Condition::all().add(Column::DeletedAt.is_null());
        match self {
            Selection::All => living,
            Selection::Persona(persona) => living.add(Column::Persona.eq(persona.as_str())),
            Selection::Ids(ids) => living.add(Column::Id.is_in(ids.iter().copied())),
        }
    }
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
    let changed = Entity::update_many()
        .col_expr(Column::Intent, Expr::value(change.to))
        .col_expr(Column::UpdatedAt, Expr::value(asked.at))
        .col_expr(Column::Starts, Expr::col(Column::Starts).add(i64::from(is_start)))
        .filter(selection.condition())
        .filter(Column::Intent.is_in(change.from.iter().copied()))
        .exec_with_returning(tx)
        .await?;
    let log = changed
        .iter()
        .map(|bot| {
            NewActivity::of(bot.id, change.kind, asked.at, format!("{} was {}", bot.name, change.kind))
                .with(json!({ "by": asked.by }))
        })
        .collect();
    Ok(Effect { value: changed, log })
}

/// The living bot `id`.
pub(crate) async fn living(db: &impl ConnectionTrait, id: BotId) -> Result<Bot> {
    Entity::find_by_id(id)
        .filter(Column::DeletedAt.is_null())
        .one(db)
        .await?
        .ok_or_else(|| Error::NotFound(format!("bot {id}")))
}
