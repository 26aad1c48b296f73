//! Whether a link for the first operator still leads in.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::backend;
use crate::commands::invite_operator::Invitation;
use crate::entities::setting::{Entity, INVITATION};
use crate::error::Result;
use crate::token::Token;

/// A link that cannot be read leads nowhere.
pub(crate) async fn execute(db: &impl ConnectionTrait, token: &Token) -> Result<bool> {
    let row = Entity::find_by_id(INVITATION).one(db).await?;
    let Some(invitation) = row.and_then(|row| serde_json::from_value::<Invitation>(row.value).ok()) else {
        return Ok(false);
    };
    Ok(invitation.token_hash == token.hash() && invitation.expires_at > backend::now(db).await?)
}
