//! The first operator comes in by the link that was printed, and is signed in at once. The link is used up by it.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use super::{Asked, Effect, add_operator, sign_in};
use crate::entities::operator;
use crate::entities::setting::{Entity, INVITATION};
use crate::error::{Error, Result};
use crate::operator::SignedIn;
use crate::password::PasswordHash;
use crate::queries::invitation_stands;
use crate::time::FleetTime;
use crate::token::Token;

/// The name was checked before.
///
/// # Errors
/// `Conflict` when the link is not the one that stands, or there is an operator by now.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    token: &Token,
    name: &str,
    password_hash: PasswordHash,
    at: FleetTime,
) -> Result<Effect<SignedIn>> {
    let stands = invitation_stands::execute(tx, token).await?;
    // Whoever takes the row away is the one who comes in.
    let is_taken = Entity::delete_by_id(INVITATION).exec(tx).await?.rows_affected == 0;
    if !stands || is_taken || operator::Entity::find().count(tx).await? > 0 {
        return Err(over());
    }
    let asked = Asked { by: name.trim().to_owned(), at };
    let Effect { value: operator, mut log } = add_operator::execute(tx, name, password_hash, &asked).await?;
    let signed_in = sign_in::open(tx, &operator).await?;
    log.push(sign_in::told(&operator.name, at));
    Ok(Effect { value: signed_in, log })
}

/// The answer to a link that leads nowhere.
fn over() -> Error {
    Error::Conflict(
        "this link was used already, or is older than an hour; start `fleet serve` again for a new one"
            .into(),
    )
}
