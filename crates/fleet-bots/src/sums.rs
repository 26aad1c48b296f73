//! What calls come to, added up with each of them by day and by month, and told apart by bot, persona, model and purpose. Owns
//! the keys; whoever writes a call adds it here in the same transaction.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entities::spend::Model as Spend;
use crate::entities::spend_sum::{Column, Entity, Model as SpendSum, SumPart, SumSpan};
use crate::error::Result;
use crate::id::BotId;
use crate::money::Micros;
use crate::time::{FleetTime, Period};

/// Adds a call for which money was just set aside.
pub(crate) async fn add_reserved(tx: &impl ConnectionTrait, spend: &Spend) -> Result<()> {
    add(tx, spend, |sum| SpendSum { reserved: spend.reserved, calls: 1, ..sum }).await
}

/// Moves a call that was just settled from what is set aside to what is spent.
pub(crate) async fn add_settled(tx: &impl ConnectionTrait, spend: &Spend) -> Result<()> {
    let moved = |sum| SpendSum {
        settled: spend.settled.unwrap_or_default(),
        reserved: Micros(spend.reserved.0.saturating_neg()),
        tokens_in: spend.tokens_in.unwrap_or(0),
        tokens_out: spend.tokens_out.unwrap_or(0),
        tokens_pictures: spend.tokens_pictures.unwrap_or(0),
        ..sum
    };
    add(tx, spend, moved).await
}

/// Always in the same order, so that two who add wait for each other and not in a circle.
async fn add(tx: &impl ConnectionTrait, spend: &Spend, with: impl Fn(SpendSum) -> SpendSum) -> Result<()> {
    let spans =
        [(SumSpan::Day, Period::day_of(spend.at).start), (SumSpan::Month, Period::month_of(spend.at).start)];
    let parts = [
        (SumPart::Bot, spend.bot_id.map(key_of).unwrap_or_default()),
        (SumPart::Persona, spend.persona.clone().unwrap_or_default()),
        (SumPart::Model, format!("{}/{}", spend.provider, spend.model)),
        (SumPart::Purpose, spend.purpose.to_string()),
    ];
    let rows = spans.into_iter().flat_map(|(span, since)| {
        let none = move |(part, key): &(SumPart, String)| SpendSum {
            span,
            since,
            part: *part,
            key: key.clone(),
            settled: Micros::ZERO,
            reserved: Micros::ZERO,
            calls: 0,
            tokens_in: 0,
            tokens_out: 0,
            tokens_pictures: 0,
        };
        parts.iter().map(none)
    });
    let mut more = OnConflict::columns([Column::Span, Column::Since, Column::Part, Column::Key]);
    for column in [
        Column::Settled,
        Column::Reserved,
        Column::Calls,
        Column::TokensIn,
        Column::TokensOut,
        Column::TokensPictures,
    ] {
        let added = Expr::col((Alias::new("excluded"), column));
        more.value(column, Expr::col((Entity, column)).add(added));
    }
    let rows = rows.map(|row| with(row).into_active_model());
    Entity::insert_many(rows).on_conflict(more).exec_without_returning(tx).await?;
    Ok(())
}

/// What calls of a day or month that begins at `since` come to by one thing, the dearest first.
pub(crate) async fn read(
    db: &impl ConnectionTrait,
    span: SumSpan,
    since: FleetTime,
    part: SumPart,
    most: Option<u64>,
) -> Result<Vec<SpendSum>> {
    Ok(dearest_first(span, since, part).limit(most).all(db).await?)
}

fn dearest_first(span: SumSpan, since: FleetTime, part: SumPart) -> Select<Entity> {
    Entity::find()
        .filter(Column::Span.eq(span))
        .filter(Column::Since.eq(since))
        .filter(Column::Part.eq(part))
        .order_by_desc(Expr::col(Column::Settled).add(Expr::col(Column::Reserved)))
        .order_by_desc(Column::Calls)
        .order_by_asc(Column::Key)
}

/// A bot's id as a key.
fn key_of(id: BotId) -> String {
    id.0.simple().to_string()
}

/// Whose key it is; none if it is nobody's.
pub(crate) fn bot_of(sum: &SpendSum) -> Option<BotId> {
    sum.key.parse().ok()
}
