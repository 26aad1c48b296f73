//! Whom a bot met, what it liked, and the way to what it said last.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, json_binary, pk_uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const NEWEST: &str = "actions_bot_id_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let memories = Table::create()
            .table("bot_memories")
            .col(pk_uuid("bot_id"))
            .col(json_binary("met"))
            .col(json_binary("liked"))
            .col(big_integer("updated_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("bot_memories_bot_id_known")
                    .from("bot_memories", "bot_id")
                    .to("bots", "id"),
            )
            .to_owned();
        manager.create_table(memories).await?;
        let newest = Index::create().name(NEWEST).table("actions").col("bot_id").col("id").to_owned();
        manager.create_index(newest).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NEWEST).to_owned()).await?;
        manager.drop_table(Table::drop().table("bot_memories").to_owned()).await
    }
}
