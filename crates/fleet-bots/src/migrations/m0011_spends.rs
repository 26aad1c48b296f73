//! What calls to models and pictures cost: a row for each before it is made, and the sums of a day that caps are held against.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, pk_uuid, text, text_null, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(spends()).await?;
        let by_time = Index::create().name("spends_at").table("spends").col("at").to_owned();
        manager.create_index(by_time).await?;
        let of_action = Index::create()
            .name("spends_action_id")
            .table("spends")
            .col("action_id")
            .cond_where(Expr::col("action_id").is_not_null())
            .to_owned();
        manager.create_index(of_action).await?;
        let days = Table::create()
            .table("spend_days")
            .col(uuid("scope"))
            .col(text("kind"))
            .col(big_integer("day"))
            .col(big_integer("spent"))
            .primary_key(Index::create().col("scope").col("kind").col("day"))
            .to_owned();
        manager.create_table(days).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("spend_days").to_owned()).await?;
        manager.drop_table(Table::drop().table("spends").to_owned()).await
    }
}

fn spends() -> TableCreateStatement {
    Table::create()
        .table("spends")
        .col(pk_uuid("id"))
        .col(uuid_null("bot_id"))
        .col(text_null("persona"))
        .col(text("kind"))
        .col(text("purpose"))
        .col(text("provider"))
        .col(text("model"))
        .col(big_integer("reserved"))
        .col(big_integer_null("settled"))
        .col(big_integer_null("tokens_in"))
        .col(big_integer_null("tokens_out"))
        .col(big_integer_null("tokens_pictures"))
        .col(big_integer("at"))
        .col(uuid_null("action_id"))
        .to_owned()
}
