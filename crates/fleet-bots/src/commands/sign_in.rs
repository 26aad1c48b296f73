//! A sign-in begins. The password was compared before this transaction: that takes long, and no row waits for it.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use super::Effect;
use crate::activity::NewActivity;
use crate::backend;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::operator::{Column, Entity, Model};
use crate::entities::session;
use crate::error::{Error, Result};
use crate::id::SessionId;
use crate::operator::{Operator, Session, SignedIn, expiry, name_key};
use crate::time::FleetTime;
use crate::token::Token;

/// Nobody is signed in when `known` was removed meanwhile, or has another password by now.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    known: &Model,
    at: FleetTime,
) -> Result<Effect<Option<SignedIn>>> {
    let still_so = Entity::find_by_id(known.id).lock(LockType::Share).one(tx).await?;
    if still_so.is_none_or(|now| now.password_hash != known.password_hash) {
        return Ok(Effect::silent(None));
    }
    let signed_in = open(tx, &Operator::of(known.clone())).await?;
    Ok(Effect { value: Some(signed_in), log: vec![told(&known.name, at)] })
}

/// The operator of a name, however it is written.
pub(crate) async fn find(db: &impl ConnectionTrait, name: &str) -> Result<Option<Model>> {
    // Postgres takes no text with a zero in it, and no name has this sign either.
    let key = name_key(name).replace('\0', "\u{fffd}");
    Ok(Entity::find().filter(Column::NameKey.eq(key)).one(db).await?)
}

/// Writes down a sign-in, and forgets those that are over.
pub(crate) async fn open(tx: &impl ConnectionTrait, operator: &Operator) -> Result<SignedIn> {
    let (token, now) = (Token::generate(), backend::now(tx).await?);
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(tx).await?;
    let row = session::Model {
        id: SessionId::generate(),
        operator_id: operator.id,
        token_hash: token.hash(),
        created_at: now,
        last_seen_at: now,
        expires_at: expiry(now, now),
    };
    let session = Session {
        id: row.id,
        operator_id: operator.id,
        operator: operator.name.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: row.expires_at,
        read_at: now,
    };
    session::Entity::insert(session::ActiveModel::from(row)).exec_without_returning(tx).await?;
    Ok(SignedIn { token, session })
}

/// The line of the log.
pub(crate) fn told(name: &str, at: FleetTime) -> NewActivity {
    NewActivity::of_fleet(ActivityKind::SignedIn, at, format!("{name} signed in")).with(json!({ "by": name }))
}

/// The answer to a name that is nobody's.
pub(crate) fn no_operator(name: &str) -> Error {
    Error::NotFound(format!("operator `{name}`"))
}
