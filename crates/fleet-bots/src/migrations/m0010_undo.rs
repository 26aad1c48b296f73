//! What is taken back: which row took a like back, that none does so twice, and the way to those that are to be done.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let undone_by = uuid_null("undone_by").to_owned();
        manager.alter_table(Table::alter().table("actions").add_column(undone_by).to_owned()).await?;
        let is_unlike = || Expr::col("kind").eq("unlike");
        // A second one would like the post anew.
        let once = Index::create()
            .name("actions_unlike_once")
            .table("actions")
            .col("bot_id")
            .col("target")
            .unique()
            .cond_where(is_unlike().and(Expr::col("status").ne("failed")))
            .to_owned();
        manager.create_index(once).await?;
        // Every node asks for the next one all the time, and mostly there is none.
        let open = Index::create()
            .name("actions_unlike_open")
            .table("actions")
            .col("due_at")
            .cond_where(is_unlike().and(Expr::col("status").is_in(["planned", "sent"])))
            .to_owned();
        manager.create_index(open).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["actions_unlike_open", "actions_unlike_once"] {
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("actions").drop_column("undone_by").to_owned()).await
    }
}
