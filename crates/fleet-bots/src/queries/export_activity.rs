//! The log as a whole, or what a filter leaves of it, oldest first and a page at a time: each page is a reading of its
//! own, so that an export of a million lines holds neither memory nor a transaction.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::get_activity::{ActivityFilter, filtered, is_one_of};
use crate::entities::bot_activity::{Column, Entity, Model as Activity};
use crate::error::Result;

/// How many lines are read at once.
const PAGE: u64 = 1_000;

/// An export that is under way.
#[derive(Debug)]
pub struct ActivityExport {
    store: DatabaseConnection,
    filter: ActivityFilter,
    /// All up to here was handed out.
    after: i64,
    is_done: bool,
}

/// Ends where the log ends now: one that grows faster than it is read would never be out.
pub(crate) async fn execute(store: &DatabaseConnection, filter: &ActivityFilter) -> Result<ActivityExport> {
    let last = Entity::find().select_only().column_as(Column::Seq.max(), "seq").into_tuple::<Option<i64>>();
    let end = last.one(store).await?.flatten().unwrap_or(0);
    let filter = ActivityFilter { after: None, before: Some(end.saturating_add(1)), ..filter.clone() };
    Ok(ActivityExport { store: store.clone(), filter, after: 0, is_done: false })
}

impl ActivityExport {
    /// The next lines; none when all were handed out.
    ///
    /// # Errors
    /// When the store does not answer; the next call tries again from the same place.
    pub async fn next(&mut self) -> Result<Vec<Activity>> {
        if self.is_done {
            return Ok(Vec::new());
        }
        let page = page(&self.store, &self.filter, self.after).await?;
        self.is_done = (page.len() as u64) < PAGE;
        self.after = page.last().map_or(self.after, |last| last.seq);
        Ok(page)
    }
}

async fn page(db: &impl ConnectionTrait, filter: &ActivityFilter, after: i64) -> Result<Vec<Activity>> {
    let Some(found) = filtered(db, filter).await? else { return Ok(Vec::new()) };
    let found = found.filter(is_one_of(&filter.kinds)).filter(Column::Seq.gt(after));
    Ok(found.order_by_asc(Column::Seq).limit(PAGE).all(db).await?)
}
