//! `fleet replay`: decides again what was decided once, from what was seen then. Nothing is sent to the gallery, and nothing
//! is planned; what a model costs is spent all the same.

use clap::Args;
use fleet_bots::{ActivityKind, Micros};
use fleet_brain::{View, Written};
use fleet_runtime::BotDesk;
use serde_json::json;

use super::explain::fact;
use crate::config::{self, CatalogueOptions, StoreOptions};
use crate::failure::Misuse;
use crate::models::ModelOptions;
use crate::output;

/// Decide once more what was decided then, from the same view; nothing is sent
#[derive(Args, Debug)]
pub(crate) struct ReplayOptions {
    /// The number of a line of the log, the `seq` of `fleet activity --json`
    activity: i64,
    #[command(flatten)]
    models: ModelOptions,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    /// Print JSON: `then` and `now`, each with `by`, `outcome` and `record`, and whether they are the `same`
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: ReplayOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let brain = options.models.brain(options.catalogue.load()?)?;
    let decision = bots.explain_activity(options.activity).await?.decision.ok_or_else(|| {
        let kinds = [ActivityKind::Like, ActivityKind::Comment, ActivityKind::Answer, ActivityKind::Post];
        let kinds = kinds.map(|kind| kind.to_string()).join(", ");
        Misuse(format!(
            "nothing is kept of a decision behind line {}; try a line of the kinds {kinds} that is not older than \
             `keep_decisions_days`",
            options.activity
        ))
    })?;
    let view: View = serde_json::from_value(decision.view.clone())
        .map_err(|error| Misuse(format!("what was seen then cannot be read by this version: {error}")))?;
    let seed = decision.seed.parse().unwrap_or_default();
    let desk = BotDesk {
        bots: bots.clone(),
        bot_id: Some(decision.bot_id),
        at: config::clock_of(&bots).await?.now(),
    };
    let Written { what: outcome, record } = brain.ask_again(&view, &desk, seed).await?;
    let is_same = outcome == decision.outcome;
    if options.json {
        return output::json(&json!({
            "same": is_same,
            "then": { "by": decision.by, "outcome": decision.outcome, "record": decision.record },
            "now": { "by": record.by, "outcome": outcome, "record": record },
        }));
    }
    fact("then", &format!("by {}: {}", decision.by, decision.outcome))?;
    fact("now", &format!("by {}: {outcome}", record.by))?;
    fact("instead", record.fell_back.as_deref().unwrap_or_default())?;
    fact("cost", &Micros(record.cost().0).to_string())?;
    output::say(if is_same { "the same, word for word" } else { "another answer" })
}
