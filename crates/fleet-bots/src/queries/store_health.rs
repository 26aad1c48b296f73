//! Whether the store can be worked with: what it is, and whether it takes a write. Nothing is changed.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use crate::backend;
use crate::entities::setting::{Column, Entity};
use crate::error::Result;

/// How the store is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoreHealth {
    /// What it is, and in which version: `SQLite 3.50.4`.
    pub engine: String,
    /// Why it takes no write, if it takes none.
    pub refuses: Option<String>,
}

/// `tx` is not to be committed.
pub(crate) async fn execute(tx: &impl ConnectionTrait) -> Result<StoreHealth> {
    let engine = backend::engine(tx).await?;
    // A write that hits no row is refused where any other would be.
    let write = Entity::update_many()
        .col_expr(Column::Key, Expr::col(Column::Key))
        .filter(Column::Key.eq(""))
        .exec(tx)
        .await;
    Ok(StoreHealth { engine, refuses: write.err().map(|error| crate::Error::from(error).to_string()) })
}
