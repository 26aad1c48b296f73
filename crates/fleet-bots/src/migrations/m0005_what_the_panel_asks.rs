//! What the panel asks of the store at every look: when requests began by the fleet's clock, and the ways to what happened
//! in a span of time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let begun_at = big_integer_null("begun_at").to_owned();
        manager.alter_table(Table::alter().table("actions").add_column(begun_at).to_owned()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["actions_begun_at_due_at", "bot_activities_kind_at_seq"] {
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("actions").drop_column("begun_at").to_owned()).await
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // Each holds all that is asked of it, so that the rows themselves, with their long texts, are left alone.
        Index::create()
            .name("bot_activities_kind_at_seq")
            .table("bot_activities")
            .col("kind")
            .col("at")
            .col("seq")
            .to_owned(),
        Index::create()
            .name("actions_begun_at_due_at")
            .table("actions")
            .col("begun_at")
            .col("due_at")
            .to_owned(),
    ]
}
