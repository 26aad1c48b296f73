//! Says what a call came to for which money was set aside; what is left over can be spent again.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::Effect;
use crate::entities::spend::{Column, Entity};
use crate::error::{Error, Result};
use crate::id::SpendId;
use crate::money::Micros;
use crate::spending;

/// What a call came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// What it cost; nothing if it is known not to have been made.
    pub cost: Micros,
    /// How long it was, by the provider's count, as far as that was told.
    pub tokens: Option<Tokens>,
}

/// The length of calls to models, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Of what was asked, pictures left out.
    pub input: u64,
    /// Of what was answered.
    pub output: u64,
    /// Of the pictures that were shown, as far as that is known.
    pub pictures: u64,
}

impl Tokens {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.input.saturating_add(self.output).saturating_add(self.pictures)
    }
}

/// # Errors
/// `Overtaken` when it is settled already, or was never set aside.
pub(crate) async fn execute(tx: &impl ConnectionTrait, id: SpendId, settled: Settled) -> Result<Effect<()>> {
    let tokens = |count: fn(Tokens) -> u64| Expr::value(settled.tokens.map(count).map(whole));
    let row = Entity::update_many()
        .col_expr(Column::TokensIn, tokens(|tokens| tokens.input))
        .col_expr(Column::TokensOut, tokens(|tokens| tokens.output))
        .col_expr(Column::TokensPictures, tokens(|tokens| tokens.pictures))
        .filter(Column::Id.eq(id));
    match spending::settle(tx, row, Expr::value(settled.cost.max(Micros::ZERO))).await? {
        Some(_) => Ok(Effect::silent(())),
        None => Err(Error::Overtaken(format!("spend {id} is settled already, or was never set aside"))),
    }
}

/// A count as the store keeps it.
pub(crate) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
