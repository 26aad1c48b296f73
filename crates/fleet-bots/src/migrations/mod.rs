//! The store's history: one file a migration, run in order and each once. Owns the tables, their rules and indexes.

mod m0001_first_tables;
mod m0002_bios;
mod m0003_requests;
mod m0004_operators;
mod m0005_what_the_panel_asks;
mod m0006_caps;
mod m0007_accounts;
mod m0008_company;
mod m0009_rests;
mod m0010_undo;
mod m0011_spends;
mod m0012_decisions;
mod m0013_memories;
mod m0014_said;
mod m0015_spend_sums;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first_tables::Migration),
            Box::new(m0002_bios::Migration),
            Box::new(m0003_requests::Migration),
            Box::new(m0004_operators::Migration),
            Box::new(m0005_what_the_panel_asks::Migration),
            Box::new(m0006_caps::Migration),
            Box::new(m0007_accounts::Migration),
            Box::new(m0008_company::Migration),
            Box::new(m0009_rests::Migration),
            Box::new(m0010_undo::Migration),
            Box::new(m0011_spends::Migration),
            Box::new(m0012_decisions::Migration),
            Box::new(m0013_memories::Migration),
            Box::new(m0014_said::Migration),
            Box::new(m0015_spend_sums::Migration),
        ]
    }
}
