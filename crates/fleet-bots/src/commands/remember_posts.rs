//! A bot's memory of posts: what it saw, what it thinks of it. The newest 500 are kept.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Effect;
use super::change_settings::steady;
use crate::entities::seen_post::{ActiveModel, Column, Entity, Model as SeenPost};
use crate::error::Result;
use crate::id::BotId;

/// As many posts as one statement takes on both stores.
const BATCH: usize = 1_000;
/// How many posts a bot remembers.
const MEMORY: u64 = 500;

/// `seen` replaces what was remembered of the same posts; of a post that is in it twice, the last counts. Of posts of who is
/// left alone by now only that they were looked at is kept, where they were remembered: nothing of them is learnt.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    bot_id: BotId,
    seen: Vec<SeenPost>,
) -> Result<Effect<()>> {
    let settings = steady(tx).await?;
    let is_welcome =
        |post: &SeenPost| !post.author.as_ref().is_some_and(|author| settings.leaves_alone(author));
    // A feed that moves while it is read shows a post twice, and one statement must not write a row twice.
    let latest: BTreeMap<String, SeenPost> =
        seen.into_iter().map(|post| (post.post_id.clone(), post)).collect();
    let (latest, left_alone): (Vec<_>, Vec<_>) = latest.into_values().partition(is_welcome);
    let newer = OnConflict::columns([Column::BotId, Column::PostId])
        .update_columns([
            Column::Author,
            Column::SeenAt,
            Column::Own,
            Column::Judged,
            Column::LikesIt,
            Column::Remark,
            Column::Why,
            Column::Comments,
            Column::CommentsRead,
            Column::Decision,
        ])
        .to_owned();
    let rows: Vec<_> =
        latest.into_iter().map(|post| ActiveModel::from(SeenPost { bot_id, ..post })).collect();
    for some in rows.chunks(BATCH) {
        let some = some.iter().cloned();
        Entity::insert_many(some).on_conflict(newer.clone()).exec_without_returning(tx).await?;
    }
    for post in left_alone {
        Entity::update_many()
            .col_expr(Column::SeenAt, Expr::value(post.seen_at))
            .col_expr(Column::Comments, Expr::value(post.comments))
            .col_expr(Column::CommentsRead, Expr::value(post.comments_read))
            .filter(Column::BotId.eq(bot_id))
            .filter(Column::PostId.eq(post.post_id))
            .exec(tx)
            .await?;
    }
    forget_oldest(tx, bot_id).await?;
    Ok(Effect::silent(()))
}

async fn forget_oldest(tx: &impl ConnectionTrait, bot_id: BotId) -> Result<()> {
    let edge: Option<(i64, String)> = Entity::find()
        .select_only()
        .column(Column::SeenAt)
        .column(Column::PostId)
        .filter(Column::BotId.eq(bot_id))
        .order_by_desc(Column::SeenAt)
        .order_by_desc(Column::PostId)
        .offset(MEMORY - 1)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    if let Some((seen_at, post_id)) = edge {
        let older = Expr::tuple([Expr::col(Column::SeenAt), Expr::col(Column::PostId)])
            .lt(Expr::tuple([Expr::value(seen_at), Expr::value(post_id)]));
        Entity::delete_many().filter(Column::BotId.eq(bot_id)).filter(older).exec(tx).await?;
    }
    Ok(())
}
