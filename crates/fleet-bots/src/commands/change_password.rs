//! An operator gets another password. Whoever signed in with the old one is signed out, but for the one who changed it.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::sign_in::no_operator;
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::operator::{Column, Entity};
use crate::entities::session;
use crate::error::Result;
use crate::id::SessionId;
use crate::operator::{Operator, name_key};
use crate::password::{Password, PasswordHash};

/// What an operator's password is to become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordChange {
    /// What it was; asked for where the one who changes it is not known by other means.
    pub current: Option<Password>,
    /// What it is to be.
    pub new: Password,
    /// The sign-in that stays.
    pub keep: Option<SessionId>,
}

/// The new password was checked before, and so was the old one.
///
/// # Errors
/// `NotFound` when there is no such operator.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    name: &str,
    password_hash: PasswordHash,
    keep: Option<SessionId>,
    asked: &Asked,
) -> Result<Effect<Operator>> {
    let changed = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .filter(Column::NameKey.eq(name_key(name)))
        .exec_with_returning(tx)
        .await?;
    let operator = changed.into_iter().next().map(Operator::of).ok_or_else(|| no_operator(name))?;
    let mut old = session::Entity::delete_many().filter(session::Column::OperatorId.eq(operator.id));
    if let Some(kept) = keep {
        old = old.filter(session::Column::Id.ne(kept));
    }
    old.exec(tx).await?;
    let message = format!("{} has another password; every other sign-in is over", operator.name);
    let activity = NewActivity::of_fleet(ActivityKind::PasswordChanged, asked.at, message)
        .with(json!({ "by": asked.by, "operator": operator.name }));
    Ok(Effect { value: operator, log: vec![activity] })
}
