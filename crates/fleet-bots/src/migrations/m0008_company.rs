//! Whose a remembered post is, and a way to all that was done to one post: how many bots are at it already.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let author = text_null("author").to_owned();
        manager.alter_table(Table::alter().table("seen_posts").add_column(author).to_owned()).await?;
        let index = Index::create()
            .name("actions_target_kind")
            .table("actions")
            .col("target")
            .col("kind")
            .cond_where(Expr::col("target").is_not_null())
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("actions_target_kind").to_owned()).await?;
        manager.alter_table(Table::alter().table("seen_posts").drop_column("author").to_owned()).await
    }
}
