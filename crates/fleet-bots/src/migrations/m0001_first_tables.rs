//! The first tables: bots and their leases, nodes, the ledger, the log, memory and settings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, json_binary, json_binary_null, pk_uuid, text, text_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [bots(), bot_leases(), nodes(), actions(), bot_activities(), seen_posts(), settings()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["settings", "seen_posts", "bot_activities", "actions", "nodes", "bot_leases", "bots"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn bots() -> TableCreateStatement {
    Table::create()
        .table("bots")
        .col(pk_uuid("id"))
        .col(text("name"))
        .col(text("username"))
        .col(text("persona"))
        .col(text("personality"))
        .col(text("vibe"))
        .col(json_binary("interests"))
        .col(json_binary("weights"))
        .col(json_binary("rhythm"))
        .col(big_integer("min_interval_s"))
        .col(big_integer("max_interval_s"))
        .col(text("intent"))
        .col(big_integer("starts"))
        .col(text("account"))
        .col(text_null("account_note"))
        .col(big_integer("posts"))
        .col(big_integer("comments"))
        .col(big_integer("likes"))
        .col(big_integer("browses"))
        .col(big_integer("errors"))
        .col(text_null("last_action"))
        .col(big_integer_null("last_action_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("deleted_at"))
        .to_owned()
}

fn bot_leases() -> TableCreateStatement {
    Table::create()
        .table("bot_leases")
        .col(pk_uuid("bot_id"))
        .col(uuid_null("node_id"))
        .col(big_integer("epoch"))
        .col(big_integer_null("claimed_at"))
        .col(text_null("state"))
        .col(text_null("state_note"))
        .col(text_null("current_action"))
        .col(text_null("last_thought"))
        .col(big_integer_null("next_wake"))
        .col(big_integer_null("parked_start"))
        .foreign_key(
            ForeignKey::create()
                .name("bot_leases_bot_id_known")
                .from("bot_leases", "bot_id")
                .to("bots", "id"),
        )
        .to_owned()
}

fn nodes() -> TableCreateStatement {
    Table::create()
        .table("nodes")
        .col(pk_uuid("id"))
        .col(text("name"))
        .col(big_integer("started_at"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn actions() -> TableCreateStatement {
    Table::create()
        .table("actions")
        .col(pk_uuid("id"))
        .col(uuid("bot_id"))
        .col(text("kind"))
        .col(text_null("target"))
        .col(text_null("remark"))
        .col(json_binary("content"))
        .col(text("status"))
        .col(big_integer("planned_at"))
        .col(big_integer("due_at"))
        .col(big_integer_null("sent_at"))
        .col(big_integer_null("settled_at"))
        .col(text_null("remote_id"))
        .col(text_null("failure"))
        .col(big_integer("postponed"))
        .foreign_key(
            ForeignKey::create().name("actions_bot_id_known").from("actions", "bot_id").to("bots", "id"),
        )
        .to_owned()
}

fn bot_activities() -> TableCreateStatement {
    Table::create()
        .table("bot_activities")
        .col(big_integer("seq").auto_increment().primary_key())
        .col(uuid_null("bot_id"))
        .col(text("kind"))
        .col(big_integer("at"))
        .col(uuid_null("action_id"))
        .col(text("message"))
        .col(json_binary_null("metadata"))
        .to_owned()
}

fn seen_posts() -> TableCreateStatement {
    Table::create()
        .table("seen_posts")
        .col(uuid("bot_id"))
        .col(text("post_id"))
        .col(big_integer("seen_at"))
        .col(boolean("own"))
        .col(boolean("judged"))
        .col(boolean("likes_it"))
        .col(text_null("remark"))
        .col(text_null("why"))
        .col(big_integer("comments"))
        .col(big_integer("comments_read"))
        .primary_key(Index::create().name("seen_posts_once").col("bot_id").col("post_id"))
        .foreign_key(
            ForeignKey::create()
                .name("seen_posts_bot_id_known")
                .from("seen_posts", "bot_id")
                .to("bots", "id"),
        )
        .to_owned()
}

fn settings() -> TableCreateStatement {
    Table::create().table("settings").col(text("key").primary_key()).col(json_binary("value")).to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        index("bots_username_unique", "bots", &["username"])
            .unique()
            .cond_where(Expr::col("deleted_at").is_null())
            .to_owned(),
        index("bot_leases_node_id", "bot_leases", &["node_id"]),
        // What has not failed may have happened: the store itself refuses a second like or a second comment on one
        // post, whatever the code believes. Answers come again and again under one's own post, but once to one remark.
        index("actions_reaction_once", "actions", &["bot_id", "target", "kind"])
            .unique()
            .cond_where(Expr::col("kind").is_in(["like", "comment"]).and(Expr::col("status").ne("failed")))
            .to_owned(),
        index("actions_answer_once", "actions", &["bot_id", "remark"])
            .unique()
            .cond_where(Expr::col("kind").eq("answer").and(Expr::col("status").ne("failed")))
            .to_owned(),
        index("actions_bot_id_status", "actions", &["bot_id", "status"]),
        index("actions_status_settled_at", "actions", &["status", "settled_at"]),
        index("bot_activities_bot_id_seq", "bot_activities", &["bot_id", "seq"]),
        index("bot_activities_kind_seq", "bot_activities", &["kind", "seq"]),
        index("seen_posts_bot_id_seen_at", "seen_posts", &["bot_id", "seen_at"]),
    ]
}
