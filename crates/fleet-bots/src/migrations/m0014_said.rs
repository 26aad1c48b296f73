//! By what the words of an action are known again, so that no two bots say the same. What was said before this is not known
//! by it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let said = big_integer_null("said").to_owned();
        manager.alter_table(Table::alter().table("actions").add_column(said).to_owned()).await?;
        let index = Index::create()
            .name("actions_said_planned_at")
            .table("actions")
            .col("said")
            .col("planned_at")
            .cond_where(Expr::col("said").is_not_null())
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("actions_said_planned_at").to_owned()).await?;
        manager.alter_table(Table::alter().table("actions").drop_column("said").to_owned()).await
    }
}
