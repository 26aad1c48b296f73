//! A link by which the first operator comes in, while there is none. A new one voids the one before.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Effect;
use crate::backend;
use crate::entities::operator;
use crate::entities::setting::{ActiveModel, Column, Entity, INVITATION};
use crate::error::Result;
use crate::time::StoreTime;
use crate::token::Token;

/// How long the link leads anywhere.
const STANDS: Duration = Duration::from_secs(3_600);

/// The link as the store has it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Invitation {
    pub(crate) token_hash: String,
    pub(crate) expires_at: StoreTime,
}

/// Nothing when there is an operator: that one adds the others.
pub(crate) async fn execute(tx: &impl ConnectionTrait) -> Result<Effect<Option<Token>>> {
    if operator::Entity::find().count(tx).await? > 0 {
        return Ok(Effect::silent(None));
    }
    let token = Token::generate();
    let expires_at = backend::now(tx).await?.plus(STANDS);
    let invitation = Invitation { token_hash: token.hash(), expires_at };
    let row = ActiveModel { key: Set(INVITATION.to_owned()), value: Set(json!(invitation)) };
    let anew = OnConflict::column(Column::Key).update_column(Column::Value).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(Effect::silent(Some(token)))
}
