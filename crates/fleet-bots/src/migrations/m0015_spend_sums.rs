//! What calls cost, added up by day and by month and told apart by whom and for what, so that it is read without the calls.
//! What was spent before is added up here once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text};
use sea_orm_migration::sea_orm::DbBackend;

/// A day, in the unit of every column of times.
const DAY: i64 = 86_400_000_000;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sums = Table::create()
            .table("spend_sums")
            .col(text("span"))
            .col(big_integer("since"))
            .col(text("part"))
            .col(text("key"))
            .col(big_integer("settled"))
            .col(big_integer("reserved"))
            .col(big_integer("calls"))
            .col(big_integer("tokens_in"))
            .col(big_integer("tokens_out"))
            .col(big_integer("tokens_pictures"))
            .primary_key(Index::create().col("span").col("since").col("part").col("key"))
            .to_owned();
        manager.create_table(sums).await?;
        let (month, bot) = match manager.get_database_backend() {
            DbBackend::Postgres => (
                "CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp(at / 1000000) AT TIME ZONE 'UTC')) AS bigint) \
                 * 1000000",
                "COALESCE(REPLACE(CAST(bot_id AS text), '-', ''), '')",
            ),
            _ => (
                "CAST(strftime('%s', at / 1000000, 'unixepoch', 'start of month') AS integer) * 1000000",
                "COALESCE(LOWER(HEX(bot_id)), '')",
            ),
        };
        let day = format!("at - at % {DAY}");
        for (span, since) in [("day", day.as_str()), ("month", month)] {
            for (part, key) in [
                ("bot", bot),
                ("persona", "COALESCE(persona, '')"),
                ("model", "provider || '/' || model"),
                ("purpose", "purpose"),
            ] {
                let fill = format!(
                    "INSERT INTO spend_sums SELECT '{span}', {since}, '{part}', {key}, COALESCE(SUM(settled), 0), \
                     COALESCE(SUM(CASE WHEN settled IS NULL THEN reserved END), 0), COUNT(id), \
                     COALESCE(SUM(tokens_in), 0), COALESCE(SUM(tokens_out), 0), COALESCE(SUM(tokens_pictures), 0) \
                     FROM spends GROUP BY 2, 4"
                );
                manager.get_connection().execute_unprepared(&fill).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("spend_sums").to_owned()).await
    }
}
