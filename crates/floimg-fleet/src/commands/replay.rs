//! `fleet replay`: decides again what was decided once, from what was seen then. Nothing is sent to the gallery, and nothing
//! is planned; what a model costs is spent all the same.

use async_trait::async_trait;
use clap::Args;
use fleet_bots::{ActivityKind, Micros};
use fleet_brain::{Bill, Desk, Estimate, Refused, Ticket, View, Written};
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

/// The desk at which something is decided again: what came of it the first time was said, and may be found once more.
struct Again(BotDesk);

#[async_trait]
impl Desk for Again {
    async fn reserve(&self, call: &Estimate) -> Result<Ticket, Refused> {
        self.0.reserve(call).await
    }

    async fn settle(&self, ticket: Ticket, bill: Bill) {
        self.0.settle(ticket, bill).await;
    }

    async fn said_before(&self, texts: &[String]) -> Option<Vec<bool>> {
        Some(vec![false; texts.len()])
    }
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
    if decision.names_left_alone(&bots.read_settings().await?) {
        let told = "somebody whose words were seen then asked to be left alone since; what they wrote is shown to no model again";
        return Err(Misuse(told.into()).into());
    }
    let view: View = serde_json::from_value(decision.view.clone())
        .map_err(|error| Misuse(format!("what was seen then cannot be read by this version: {error}")))?;
    let seed = decision.seed.parse().unwrap_or_default();
    let at = config::clock_of(&bots).await?.now();
    let desk = Again(BotDesk::new(bots.clone(), Some(decision.bot_id), at));
    let Written { what: outcome, record } = brain.ask_again(&view, &desk, seed).await?;
    // Read as the other one was: a number may come back from its digits a hair away from what it was.
    let outcome: serde_json::Value = serde_json::from_str(&outcome.to_string())?;
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
