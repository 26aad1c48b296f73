//! What the fleet spent: two sums, the caps and what is left of them, and where it went, by persona, bot, model and purpose.
//! Owns how money and tokens are told; what they come to is the context's word.

use askama::Template;
use fleet_bots::{Engagement, MoneyCap, Setting, Share, Span, Sum};

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::{counted, grouped};

/// Everything about money.
#[derive(Template)]
#[template(path = "parts/costs.html")]
pub(crate) struct Costs {
    spans: [Spent; 2],
    caps: Vec<Cap>,
    personas: Vec<Persona>,
    /// The tables of the month, in their order.
    tables: Vec<Table>,
}

struct Spent {
    when: &'static str,
    total: String,
    text: String,
    pictures: String,
    calls: String,
    /// What is set aside and not known yet; empty when nothing is.
    open: String,
}

struct Cap {
    title: &'static str,
    spent: String,
    cap: String,
    left: String,
    until: String,
    percent: i64,
}

/// What the actions of a persona take of a model, today.
struct Persona {
    name: String,
    actions: String,
    each: String,
    pictures: String,
    cost: String,
}

struct Table {
    title: &'static str,
    id: &'static str,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    /// The page of a bot.
    link: Option<String>,
    cost: String,
    calls: String,
    tokens: String,
}

impl Costs {
    pub(crate) async fn read(panel: &Panel) -> Result<Self, Failure> {
        let costs = panel.read(panel.bots.read_costs(panel.now())).await?;
        let named = |id: &str| panel.persona_name(id);
        let today = &costs.day.by_persona;
        let personas = costs.engagement.iter().map(|one| Persona::of(one, today, &named)).collect();
        let month = costs.month;
        let spans = [Spent::of("Today", &costs.day), Spent::of("This month", &month)];
        let table = |title, id, shares: Vec<Share>, told: &dyn Fn(Share) -> Row| Table {
            title,
            id,
            rows: shares.into_iter().map(told).collect(),
        };
        let plain = |share: Share| Row::of(&share, share.label.clone(), None);
        let bot = |share: Share| match share.key.is_empty() {
            true => Row::of(&share, "Trying a model".into(), None),
            false => Row::of(&share, share.label.clone(), Some(format!("/bots/{}", share.key))),
        };
        let tables = vec![
            table("Personas", "personas", month.by_persona, &|share| {
                Row::of(&share, named(&share.key), None)
            }),
            table("Bots, the dearest first", "bots", month.by_bot, &bot),
            table("Models", "models", month.by_model, &plain),
            table("What it was for", "purposes", month.by_purpose, &plain),
        ];
        let caps = costs.caps.iter().map(Cap::of).collect();
        Ok(Self { spans, caps, personas, tables })
    }

    /// Whether anything was spent this month.
    fn is_quiet(&self) -> bool {
        self.tables.iter().all(|table| table.rows.is_empty())
    }

    /// Whether a model had a part in anything today.
    fn has_tokens(&self) -> bool {
        self.personas.iter().any(|persona| !persona.each.is_empty())
    }
}

impl Spent {
    fn of(when: &'static str, span: &Span) -> Self {
        let total = span.total();
        Self {
            when,
            total: total.total().to_string(),
            text: span.text.total().to_string(),
            pictures: span.pictures.total().to_string(),
            calls: counted(span.text.calls, "call to a model", "calls to models"),
            open: Some(total.reserved)
                .filter(|open| open.0 > 0)
                .map_or_else(String::new, |open| open.to_string()),
        }
    }
}

impl Cap {
    fn of(cap: &MoneyCap) -> Self {
        let MoneyCap { setting, cap, spent, left, until } = cap;
        Self {
            title: Setting::title(*setting),
            spent: spent.to_string(),
            cap: cap.to_string(),
            left: left.to_string(),
            until: until.timestamp().strftime("%Y-%m-%d %H:%M UTC").to_string(),
            percent: spent.0.saturating_mul(100).checked_div(cap.0).unwrap_or(100).min(100),
        }
    }
}

impl Persona {
    fn of(one: &Engagement, costs: &[Share], named: &impl Fn(&str) -> String) -> Self {
        let cost = costs.iter().find(|share| share.key == one.persona).map(|share| share.sum.total());
        Self {
            name: named(&one.persona),
            actions: grouped(one.actions),
            // Words that no model wrote took no tokens.
            each: one.tokens_per_action().filter(|each| *each > 0).map_or_else(String::new, grouped),
            pictures: grouped(one.tokens.pictures),
            cost: cost.unwrap_or_default().to_string(),
        }
    }
}

impl Row {
    fn of(share: &Share, label: String, link: Option<String>) -> Self {
        let Sum { calls, tokens, .. } = &share.sum;
        let cost = share.sum.total().to_string();
        let tokens = match tokens.input + tokens.output {
            0 => String::new(),
            _ => format!("{} in, {} out", grouped(tokens.input), grouped(tokens.output)),
        };
        Self { label, link, cost, calls: grouped(*calls), tokens }
    }
}
