//! Ties the data to the one gallery it is about: accounts, posts and likes of one gallery mean nothing in another.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use super::Effect;
use crate::entities::setting::{ActiveModel, Column, Entity, GALLERY};
use crate::error::{Error, Result};

/// The first gallery that is named stays the one.
///
/// # Errors
/// `Conflict` when the data is about another gallery.
pub(crate) async fn execute(tx: &impl ConnectionTrait, gallery: &str) -> Result<Effect<()>> {
    let row = ActiveModel { key: Set(GALLERY.to_owned()), value: Set(json!(gallery)) };
    let first = OnConflict::column(Column::Key).do_nothing().to_owned();
    Entity::insert(row).on_conflict(first).exec_without_returning(tx).await?;
    let bound = Entity::find_by_id(GALLERY).one(tx).await?.map(|row| row.value);
    match bound {
        Some(other) if other != json!(gallery) => Err(Error::Conflict(format!(
            "this data is about {}, and not about {gallery}; use another folder or database",
            other.as_str().unwrap_or("another gallery")
        ))),
        _ => Ok(Effect::silent(())),
    }
}
