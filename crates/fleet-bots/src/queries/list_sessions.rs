//! The sign-ins of an operator that are not over, the one used last first.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Select,
};

use crate::backend::now_expr;
use crate::entities::operator;
use crate::entities::session::{Column, Entity, Relation};
use crate::error::Result;
use crate::id::OperatorId;
use crate::operator::Session;

pub(crate) async fn execute(db: &impl ConnectionTrait, operator_id: OperatorId) -> Result<Vec<Session>> {
    let own = alive(db).filter(Column::OperatorId.eq(operator_id));
    let by_use = own.order_by_desc(Column::LastSeenAt).order_by_desc(Column::Id);
    Ok(by_use.into_model::<Session>().all(db).await?)
}

/// The sign-ins that are not over, with what a [`Session`] tells.
pub(crate) fn alive(db: &impl ConnectionTrait) -> Select<Entity> {
    let now = now_expr(db.get_database_backend());
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::OperatorId, Column::CreatedAt, Column::LastSeenAt, Column::ExpiresAt])
        .column_as(operator::Column::Name, "operator")
        .expr_as(now.clone(), "read_at")
        .join(JoinType::InnerJoin, Relation::Operator.def())
        .filter(Expr::col((Entity, Column::ExpiresAt)).gt(now))
}
