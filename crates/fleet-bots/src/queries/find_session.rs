//! The sign-in that a token belongs to, if it is not over.

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::list_sessions::alive;
use crate::entities::session::Column;
use crate::error::Result;
use crate::operator::Session;
use crate::token::Token;

pub(crate) async fn execute(db: &impl ConnectionTrait, token: &Token) -> Result<Option<Session>> {
    let found = alive(db).filter(Column::TokenHash.eq(token.hash()));
    Ok(found.into_model::<Session>().one(db).await?)
}
