//! Who may give orders, by name, with how they are signed in.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde::Serialize;

use super::list_sessions::alive;
use crate::entities::operator::{Column, Entity};
use crate::error::Result;
use crate::id::OperatorId;
use crate::operator::{Operator, Session};
use crate::time::StoreTime;

/// An operator, and its sign-ins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperatorView {
    /// Who it is.
    #[serde(flatten)]
    pub operator: Operator,
    /// How many of its sign-ins are open.
    pub sessions: u64,
    /// When one of them was last used, by the store's clock.
    pub last_seen_at: Option<StoreTime>,
}

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Vec<OperatorView>> {
    let operators = Entity::find().order_by_asc(Column::NameKey).all(db).await?;
    let mut open: HashMap<OperatorId, (u64, StoreTime)> = HashMap::new();
    for session in alive(db).into_model::<Session>().all(db).await? {
        let (count, last) = open.entry(session.operator_id).or_default();
        *count += 1;
        *last = session.last_seen_at.max(*last);
    }
    let view = |operator: Operator| {
        let seen = open.get(&operator.id);
        OperatorView {
            sessions: seen.map_or(0, |(count, _)| *count),
            last_seen_at: seen.map(|(_, last)| *last),
            operator,
        }
    };
    Ok(operators.into_iter().map(|row| view(Operator::of(row))).collect())
}
