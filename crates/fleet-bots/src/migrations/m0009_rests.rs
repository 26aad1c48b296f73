//! What keeps the fleet, or one bot, from acting because the gallery said so.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, text, uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rests = Table::create()
            .table("rests")
            .col(uuid("scope"))
            .col(text("cause"))
            .col(text("why"))
            .col(big_integer("since"))
            .col(big_integer_null("until"))
            .col(integer("probes").default(0))
            .col(big_integer_null("probed_at"))
            .col(big_integer_null("probe_at"))
            .primary_key(Index::create().col("scope").col("cause"))
            .to_owned();
        manager.create_table(rests).await?;
        let ends = Index::create().name("rests_until").table("rests").col("until").to_owned();
        manager.create_index(ends).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("rests").to_owned()).await
    }
}
