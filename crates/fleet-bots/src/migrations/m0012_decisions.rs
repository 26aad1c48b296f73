//! What was asked and answered when a bot decided, and the way to it from what came of that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, json_binary, pk_uuid, text, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const LINKED: [&str; 2] = ["actions", "seen_posts"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let decisions = Table::create()
            .table("decisions")
            .col(pk_uuid("id"))
            .col(uuid("bot_id"))
            .col(text("kind"))
            .col(big_integer("at"))
            .col(text("seed"))
            .col(text("by"))
            .col(json_binary("view"))
            .col(json_binary("record"))
            .col(json_binary("outcome"))
            .col(big_integer("tokens_in"))
            .col(big_integer("tokens_out"))
            .col(big_integer("tokens_pictures"))
            .col(big_integer("cost"))
            .col(text("people"))
            .to_owned();
        manager.create_table(decisions).await?;
        let by_time = Index::create().name("decisions_at").table("decisions").col("at").to_owned();
        manager.create_index(by_time).await?;
        // They are kept for some days only, and what they led to for longer: a link may lead nowhere.
        for table in LINKED {
            let link = uuid_null("decision_id").to_owned();
            manager.alter_table(Table::alter().table(table).add_column(link).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in LINKED {
            manager.alter_table(Table::alter().table(table).drop_column("decision_id").to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("decisions").to_owned()).await
    }
}
