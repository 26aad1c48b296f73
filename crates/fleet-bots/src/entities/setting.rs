//! The table `settings`: what concerns the whole fleet, a row a key.

use sea_orm::entity::prelude::*;

/// The key of the stop switch; the fleet is stopped while its row is there.
pub(crate) const STOP: &str = "stop";
/// The key of the gallery that the data is about.
pub(crate) const GALLERY: &str = "gallery";
/// The key of the link by which the first operator comes in.
pub(crate) const INVITATION: &str = "invitation";
/// The key of the fleet's clock.
pub(crate) const CLOCK: &str = "clock";
/// The key of what operators changed.
pub(crate) const SETTINGS: &str = "settings";
/// The key of when the log was last looked through for what was kept long enough.
pub(crate) const PRUNED: &str = "pruned";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub value: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
