//! `fleet explain`: one line of the log with what it came of, down to what a model was shown and what it answered.

use clap::Args;
use fleet_bots::{Bots, Decision, Explanation};
use fleet_brain::Record;

use crate::config::StoreOptions;
use crate::output;

/// Why something happened: the thought, what was seen, what a model was asked and answered, and what it cost
#[derive(Args, Debug)]
pub(crate) struct ExplainOptions {
    /// The number of a line of the log, the `seq` of `fleet activity --json`
    activity: i64,
    /// Print JSON: `activity`, `bot`, `action`, `picture`, `thought` and `decision`, whose `view` is what was asked, `record`
    /// how it was answered, and `outcome` the answer
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: ExplainOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let explanation = bots.explain_activity(options.activity).await?;
    if options.json { output::json(&explanation) } else { tell(&bots, &explanation).await }
}

async fn tell(bots: &Bots, explanation: &Explanation) -> anyhow::Result<()> {
    let Explanation { activity, action, thought, decision, .. } = explanation;
    output::say(output::line(activity))?;
    if let Some(thought) = thought {
        output::say(output::line(thought))?;
        let why = thought.metadata.as_ref().and_then(|told| told.pointer("/thought/why")?.as_str());
        fact("why", why.unwrap_or_default())?;
        let seed = thought.metadata.as_ref().and_then(|told| told.get("seed")?.as_str());
        fact("dice", seed.unwrap_or_default())?;
    }
    if let Some(about) = action.as_ref().and_then(|action| action.content.about()) {
        fact("reason", &about.why)?;
    }
    if let Some(failure) = action.as_ref().and_then(|action| action.failure.as_deref()) {
        fact("failure", failure)?;
    }
    match decision {
        Some(decision) => decided(decision),
        None => {
            let kept = bots.read_settings().await?.keep_decisions_days;
            output::say(format!(
                "\nHow it was decided is not kept: no brain was asked, or it is more than {} ago.",
                output::count(kept, "day")
            ))
        }
    }
}

fn decided(decision: &Decision) -> anyhow::Result<()> {
    output::say("")?;
    fact("decided", &format!("by {}, {}", decision.by, output::moment(decision.at)))?;
    fact("dice", &decision.seed)?;
    if let Some(posts) = decision.view.get("posts").and_then(|posts| posts.as_array()) {
        let titles: Vec<&str> = posts.iter().filter_map(|post| post.get("title")?.as_str()).collect();
        fact("seen", &titles.join(" · "))?;
    }
    fact("outcome", &decision.outcome.to_string())?;
    let record: Record = serde_json::from_value(decision.record.clone()).unwrap_or_default();
    fact("instead", record.fell_back.as_deref().unwrap_or_default())?;
    for check in &record.checks {
        let verdict = check
            .refused
            .as_deref()
            .map_or_else(|| "may be said".to_owned(), |why| format!("refused: {why}"));
        fact("guard", &format!("{verdict}: {}", check.text))?;
    }
    for call in &record.calls {
        let tokens = call.tokens;
        output::say(format!(
            "\n{} asked to {}: {} tokens in, {} out, {} of pictures, {}, {} ms",
            output::plain(&format!("{}/{}", call.provider, call.model)),
            call.purpose.told(),
            tokens.input,
            tokens.output,
            tokens.pictures,
            fleet_bots::Micros(call.cost.0),
            call.took_ms,
        ))?;
        for (who, text) in [
            ("system", Some(&call.system)),
            ("user", Some(&call.user)),
            ("answer", call.answer.as_ref()),
            ("error", call.error.as_ref()),
        ] {
            for line in text.map(|text| text.lines()).into_iter().flatten() {
                output::say(format!("{who:>8} | {}", output::plain(line)))?;
            }
        }
    }
    Ok(())
}

/// One line of what is known; nothing where nothing is.
pub(super) fn fact(name: &str, value: &str) -> anyhow::Result<()> {
    match value.is_empty() {
        true => Ok(()),
        false => output::say(format!("{name:<8} {}", output::plain(value))),
    }
}
