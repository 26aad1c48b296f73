//! `fleet costs`: what the fleet spent today and this month, on whom and what, and what is left of its caps.

use clap::Args;
use fleet_bots::{Costs, Engagement, MoneyCap, Setting, Share, Span, Sum};

use crate::config::{self, StoreOptions};
use crate::output;

/// What the fleet spent, on whom and what, and what is left
#[derive(Args, Debug)]
pub(crate) struct CostsOptions {
    /// Print JSON: `day` and `month` (each with `text`, `pictures` and what they went to), `caps` with what is left, and
    /// `engagement`, the tokens of each persona's actions; money is in millionths of a dollar
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: CostsOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let costs = bots.read_costs(config::clock_of(&bots).await?.now()).await?;
    if options.json { output::json(&costs) } else { tell(&costs) }
}

fn tell(costs: &Costs) -> anyhow::Result<()> {
    let Costs { day, month, caps, engagement, .. } = costs;
    output::say(format!("today    {}", spent(day)))?;
    output::say(format!("month    {}", spent(month)))?;
    output::say("\nCaps, in UTC by the fleet's clock")?;
    output::say(output::table(&["cap", "spent", "of", "left", "until"], caps.iter().map(cap).collect(), 0))?;
    for (what, shares) in [
        ("Bots, the dearest of this month", &month.by_bot),
        ("Personas, this month", &month.by_persona),
        ("Models, this month", &month.by_model),
        ("Purposes, this month", &month.by_purpose),
    ] {
        if !shares.is_empty() {
            output::say(format!("\n{what}"))?;
            let header = ["", "cost", "calls", "tokens in", "out", "of pictures"];
            output::say(output::table(&header, shares.iter().map(share).collect(), 5))?;
        }
    }
    if engagement.iter().any(|one| one.tokens_per_action().is_some()) {
        output::say("\nTokens for one action that reached the gallery, today")?;
        let header = ["persona", "actions", "tokens each", "of pictures"];
        output::say(output::table(&header, engagement.iter().map(engaged).collect(), 3))?;
    }
    Ok(())
}

/// `$0.42: text $0.02, pictures $0.40 ($0.04 of it set aside and not known yet)`
fn spent(span: &Span) -> String {
    let total = span.total();
    let open = match total.reserved.0 {
        0 => String::new(),
        _ => format!(" ({} of it set aside and not known yet)", total.reserved),
    };
    format!("{}: text {}, pictures {}{open}", total.total(), span.text.total(), span.pictures.total())
}

fn cap(cap: &MoneyCap) -> Vec<String> {
    let title = Setting::title(cap.setting).to_owned();
    vec![title, cap.spent.to_string(), cap.cap.to_string(), cap.left.to_string(), output::moment(cap.until)]
}

fn share(Share { label, sum, .. }: &Share) -> Vec<String> {
    let label = if label.is_empty() { "trying a model" } else { label };
    let Sum { calls, tokens, .. } = sum;
    let numbers = [*calls, tokens.input, tokens.output, tokens.pictures].map(|number| number.to_string());
    [label.to_owned(), sum.total().to_string()].into_iter().chain(numbers).collect()
}

fn engaged(one: &Engagement) -> Vec<String> {
    let each = one.tokens_per_action().map_or_else(|| "–".to_owned(), |tokens| tokens.to_string());
    vec![one.persona.clone(), one.actions.to_string(), each, one.tokens.pictures.to_string()]
}
