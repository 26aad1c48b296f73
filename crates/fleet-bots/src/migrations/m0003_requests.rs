//! What operators ask of a bot for this moment: one open request a bot, gone when it was served.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null, uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let requests = Table::create()
            .table("requests")
            .col(big_integer("number").auto_increment().primary_key())
            .col(uuid("bot_id"))
            .col(text("wish"))
            .col(text("by"))
            .col(big_integer("at"))
            .col(big_integer("made_at"))
            .col(text_null("replaces"))
            .foreign_key(
                ForeignKey::create()
                    .name("requests_bot_id_known")
                    .from("requests", "bot_id")
                    .to("bots", "id"),
            )
            .to_owned();
        manager.create_table(requests).await?;
        let one = Index::create()
            .name("requests_bot_id_unique")
            .table("requests")
            .col("bot_id")
            .unique()
            .to_owned();
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("requests").to_owned()).await
    }
}
