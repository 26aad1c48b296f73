//! A sign-in was used, and lasts on.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::backend;
use crate::entities::session::{Column, Entity};
use crate::error::Result;
use crate::operator::{Session, expiry};

/// One that is over, or was ended meanwhile, stays so.
pub(crate) async fn execute(tx: &impl ConnectionTrait, session: &Session) -> Result<Effect<()>> {
    let now = backend::now(tx).await?;
    Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::value(now))
        .col_expr(Column::ExpiresAt, Expr::value(expiry(session.created_at, now)))
        .filter(Column::Id.eq(session.id))
        .filter(Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    Ok(Effect::silent(()))
}
