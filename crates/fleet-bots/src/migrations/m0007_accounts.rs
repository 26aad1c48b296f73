//! Accounts are asked for and removed in steps that outlive a crash; and a username is free again only once no account of
//! the gallery has it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text_null};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const UNIQUE: &str = "bots_username_unique";
const LEAVING: &str = "bots_leaving";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text_null("account_name"),
            big_integer_null("account_asked_at"),
            big_integer("account_tries").default(0).to_owned(),
            big_integer_null("account_due"),
            big_integer("renames").default(0).to_owned(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("bots").add_column(column).to_owned()).await?;
        }
        // Their usernames were given away already, so nothing may depend on what became of their accounts.
        let note = "deleted before accounts were removed with their bots; the gallery may have it still";
        let forgotten = Query::update()
            .table("bots")
            .value("account", "gone")
            .value("account_note", note)
            .and_where(Expr::col("deleted_at").is_not_null())
            .and_where(Expr::col("account").ne("unprovisioned"))
            .to_owned();
        manager.execute(forgotten).await?;
        manager.drop_index(Index::drop().name(UNIQUE).to_owned()).await?;
        let is_taken = Expr::col("deleted_at").is_null().or(Expr::col("account").is_in([
            "provisioning",
            "ready",
            "leaving",
        ]));
        manager.create_index(unique(is_taken)).await?;
        let leaving = Index::create()
            .name(LEAVING)
            .table("bots")
            .col("account_due")
            .cond_where(Expr::col("account").eq("leaving"))
            .to_owned();
        manager.create_index(leaving).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in [LEAVING, UNIQUE] {
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        manager.create_index(unique(Expr::col("deleted_at").is_null())).await?;
        for column in ["account_name", "account_asked_at", "account_tries", "account_due", "renames"] {
            manager.alter_table(Table::alter().table("bots").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn unique(among: Expr) -> IndexCreateStatement {
    Index::create().name(UNIQUE).table("bots").col("username").unique().cond_where(among).to_owned()
}
