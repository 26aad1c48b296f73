//! Operators, and their sign-ins.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_uuid, text, uuid};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(operators()).await?;
        manager.create_table(sessions()).await?;
        let operator_id =
            Index::create().name("sessions_operator_id").table("sessions").col("operator_id").to_owned();
        manager.create_index(operator_id).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("sessions").to_owned()).await?;
        manager.drop_table(Table::drop().table("operators").to_owned()).await
    }
}

fn operators() -> TableCreateStatement {
    Table::create()
        .table("operators")
        .col(pk_uuid("id"))
        .col(text("name"))
        // The name in small letters: `Ada` and `ada` would be one signature in the log.
        .col(text("name_key"))
        .col(text("password_hash"))
        .col(big_integer("created_at"))
        .index(Index::create().name("operators_name_key_unique").col("name_key").unique())
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(pk_uuid("id"))
        .col(uuid("operator_id"))
        .col(text("token_hash"))
        .col(big_integer("created_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer("expires_at"))
        .index(Index::create().name("sessions_token_hash_unique").col("token_hash").unique())
        .foreign_key(
            ForeignKey::create()
                .name("sessions_operator_id_known")
                .from("sessions", "operator_id")
                .to("operators", "id"),
        )
        .to_owned()
}
