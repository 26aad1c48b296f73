//! The operator wants likes taken back. Each becomes a row of the ledger before anything is sent; the nodes work them off,
//! since their bots may be paused, stopped or gone.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity, Model as Action};
use crate::entities::bot_activity::ActivityKind;
use crate::error::Result;
use crate::id::ActionId;
use crate::queries::list_deeds::{DeedFilter, meant};

/// As many rows as one statement reads or writes.
const BATCH: u64 = 500;

/// Returns how many were planned by this. Likes that are taken back already, or are about to be, are passed over, and so
/// are those that were there before the bot came: they are not the fleet's.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    filter: &DeedFilter,
    asked: &Asked,
) -> Result<Effect<u64>> {
    let (mut planned, mut after) = (0, filter.after);
    loop {
        let mut some = Entity::find()
            .filter(meant(filter))
            .filter(Column::Kind.eq(ActionKind::Like))
            .filter(Column::Status.eq(ActionStatus::Done))
            .filter(Column::SentAt.is_not_null())
            .filter(Column::UndoneBy.is_null());
        if let Some(after) = after {
            some = some.filter(Column::Id.gt(after));
        }
        let likes = some.order_by_asc(Column::Id).limit(BATCH).all(tx).await?;
        let Some(last) = likes.last() else { break };
        after = Some(last.id);
        let rows =
            likes.iter().filter_map(|like| unlike(like, asked)).map(IntoActiveModel::into_active_model);
        // The index lets in one for each like that has not failed.
        let once = OnConflict::new().do_nothing().to_owned();
        planned += Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx).await?;
    }
    if planned == 0 {
        return Ok(Effect::silent(0));
    }
    let likes = if planned == 1 { "1 like".into() } else { format!("{planned} likes") };
    let told = NewActivity::of_fleet(
        ActivityKind::UndoAsked,
        asked.at,
        format!("{} asked to take back {likes}", asked.by),
    )
    .with(json!({
        "by": asked.by, "likes": planned, "bots": filter.bots, "persona": filter.persona,
        "since": filter.since, "until": filter.until,
    }));
    Ok(Effect { value: planned, log: vec![told] })
}

fn unlike(like: &Action, asked: &Asked) -> Option<Action> {
    let Content::Like { about } = &like.content else { return None };
    let content = Content::Unlike { about: about.clone(), like: like.id, by: asked.by.clone() };
    Some(Action {
        id: ActionId::generate(),
        kind: content.kind(),
        content,
        status: ActionStatus::Planned,
        planned_at: asked.at,
        due_at: asked.at,
        sent_at: None,
        begun_at: None,
        settled_at: None,
        remote_id: None,
        failure: None,
        postponed: 0,
        decision_id: None,
        ..like.clone()
    })
}
