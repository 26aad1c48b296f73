//! Lets one node try whether the gallery takes the whole fleet back, less often each time it does not. The row decides
//! between two nodes that ask at once.

use std::time::Duration;

use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Effect, end_rests};
use crate::backend;
use crate::entities::rest::{Column, Entity, FLEET};
use crate::error::Result;

/// The wait is doubled so often.
const DOUBLINGS: i32 = 3;
/// Also a node that has just started leaves so much real time between two probes.
const LEAST: Duration = Duration::from_secs(5);

/// Returns whether the caller is the one to probe. `first` is the wait after the first probe, and `spread`, about 1, keeps
/// it from being the same everywhere. `starting` is a node that has just begun, maybe with another token: it does not wait
/// for its turn.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    first: Duration,
    spread: f64,
    starting: bool,
) -> Result<Effect<bool>> {
    let open = || Condition::all().add(Column::Scope.eq(FLEET)).add(Column::Until.is_null());
    let probes = Entity::find().filter(open()).all(tx).await?.into_iter().map(|rest| rest.probes).max();
    let Some(probes) = probes else { return Ok(Effect::silent(false)) };
    let now = backend::now(tx).await?;
    let wait = first.saturating_mul(1 << probes.clamp(0, DOUBLINGS)).mul_f64(spread.max(0.0));
    let due = Condition::any().add(Expr::col(Column::ProbeAt).lte(now)).add_option(starting.then(|| {
        let long_ago = now.minus(LEAST.min(first));
        Condition::any().add(Column::ProbedAt.is_null()).add(Expr::col(Column::ProbedAt).lte(long_ago))
    }));
    let claimed = Entity::update_many()
        .col_expr(Column::Probes, Expr::col(Column::Probes).add(1))
        .col_expr(Column::ProbedAt, Expr::value(now))
        .col_expr(Column::ProbeAt, Expr::value(now.plus(wait)))
        .filter(end_rests::locked(open().add(due)))
        .exec(tx)
        .await?;
    Ok(Effect::silent(claimed.rows_affected > 0))
}
