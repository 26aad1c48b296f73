//! What the fleet costs: today and this month, by bot, persona, model and purpose, what is left of the caps, and how many tokens
//! went into what reached the gallery.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use serde::Serialize;

use super::read_settings;
use crate::commands::settle_spend::Tokens;
use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::bot;
use crate::entities::spend::{Purpose, SpendKind};
use crate::entities::spend_sum::{Model as SpendSum, SumPart, SumSpan};
use crate::error::Result;
use crate::id::BotId;
use crate::money::Micros;
use crate::settings::Setting;
use crate::spending;
use crate::sums;
use crate::time::{FleetTime, Period};

/// How many bots are named, the dearest first.
const DEAREST: u64 = 20;

/// What the fleet costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Costs {
    /// This day, in UTC of fleet time.
    pub day: Span,
    /// This month.
    pub month: Span,
    /// The caps of the whole fleet.
    pub caps: Vec<MoneyCap>,
    /// What one bot may spend on models in a day.
    pub bot_text_day: Micros,
    /// What one bot may spend on pictures in a day.
    pub bot_picture_day: Micros,
    /// What today's tokens went into, by persona, those who did most first.
    pub engagement: Vec<Engagement>,
}

/// What a day or a month costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its first moment.
    pub from: FleetTime,
    /// The first moment after it.
    pub until: FleetTime,
    /// Calls to models.
    pub text: Sum,
    /// Pictures.
    pub pictures: Sum,
    /// By bot, the 20 dearest; the key is its id, or empty for tries of operators.
    pub by_bot: Vec<Share>,
    /// By the id of the persona.
    pub by_persona: Vec<Share>,
    /// By `provider/model`.
    pub by_model: Vec<Share>,
    /// By what it was for.
    pub by_purpose: Vec<Share>,
}

/// What some calls cost together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is known to have been spent.
    pub settled: Micros,
    /// What is set aside for calls of which nobody knows what they came to, or not yet.
    pub reserved: Micros,
    /// How many calls.
    pub calls: u64,
    /// How long they were, as far as providers told.
    pub tokens: Tokens,
}

/// What part of it is somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Whose, for programs.
    pub key: String,
    /// Whose, in words for people.
    pub label: String,
    /// How much.
    pub sum: Sum,
}

/// A cap of the whole fleet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoneyCap {
    /// The setting that it is.
    pub setting: Setting,
    /// How much may be spent.
    pub cap: Micros,
    /// What is spent, or set aside.
    pub spent: Micros,
    /// What is left.
    pub left: Micros,
    /// When it begins anew.
    pub until: FleetTime,
}

/// What a persona's bots did for their tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Engagement {
    /// The id of the persona.
    pub persona: String,
    /// What was asked and answered.
    pub tokens: Tokens,
    /// Likes, comments, answers and posts that reached the gallery.
    pub actions: u64,
}

impl Span {
    /// Models and pictures together.
    #[must_use]
    pub fn total(&self) -> Sum {
        self.text.and(self.pictures)
    }
}

impl Sum {
    /// What is spent, and what is set aside.
    #[must_use]
    pub fn total(&self) -> Micros {
        self.settled.plus(self.reserved)
    }

    fn and(self, other: Self) -> Self {
        Self {
            settled: self.settled.plus(other.settled),
            reserved: self.reserved.plus(other.reserved),
            calls: self.calls + other.calls,
            tokens: Tokens {
                input: self.tokens.input + other.tokens.input,
                output: self.tokens.output + other.tokens.output,
                pictures: self.tokens.pictures + other.tokens.pictures,
            },
        }
    }
}

impl Engagement {
    /// How many tokens went into each; none if nothing was done.
    #[must_use]
    pub fn tokens_per_action(&self) -> Option<u64> {
        self.tokens.total().checked_div(self.actions)
    }
}

pub(crate) async fn execute(db: &impl ConnectionTrait, at: FleetTime) -> Result<Costs> {
    let settings = read_settings::execute(db).await?;
    let (today, month) = (Period::day_of(at), Period::month_of(at));
    let day = span(db, SumSpan::Day, today).await?;
    let mut caps = Vec::new();
    for kind in [SpendKind::Text, SpendKind::Picture] {
        for limit in spending::limits(db, &settings, None, kind, at).await? {
            let left = limit.left();
            let spending::Limit { setting, cap, spent, until, .. } = limit;
            caps.push(MoneyCap { setting, cap, spent, left, until });
        }
    }
    let engagement = engagement(db, today, &day.by_persona).await?;
    Ok(Costs {
        month: span(db, SumSpan::Month, month).await?,
        caps,
        bot_text_day: settings.bot_text_day,
        bot_picture_day: settings.bot_picture_day,
        engagement,
        day,
    })
}

async fn span(db: &impl ConnectionTrait, span: SumSpan, period: Period) -> Result<Span> {
    let by = async |part, most| sums::read(db, span, period.start, part, most).await;
    let purposes = by(SumPart::Purpose, None).await?;
    let of_kind = |kind| {
        let meant =
            |some: &&SpendSum| some.key.parse::<Purpose>().is_ok_and(|purpose| purpose.kind() == kind);
        purposes.iter().filter(meant).fold(Sum::default(), |all, some| all.and(sum(some)))
    };
    let (text, pictures) = (of_kind(SpendKind::Text), of_kind(SpendKind::Picture));
    let dearest = by(SumPart::Bot, Some(DEAREST)).await?;
    let names = names(db, dearest.iter().filter_map(sums::bot_of)).await?;
    let of_bot = |some: SpendSum| match sums::bot_of(&some) {
        Some(id) => {
            Share { label: names.get(&id).cloned().unwrap_or_default(), key: id.to_string(), sum: sum(&some) }
        }
        None => share(some),
    };
    let shares = |sums: Vec<SpendSum>| sums.into_iter().map(share).collect::<Vec<_>>();
    Ok(Span {
        from: period.start,
        until: period.end,
        text,
        pictures,
        by_persona: shares(by(SumPart::Persona, None).await?),
        by_model: shares(by(SumPart::Model, None).await?),
        by_purpose: shares(purposes),
        by_bot: dearest.into_iter().map(of_bot).collect(),
    })
}

fn share(of: SpendSum) -> Share {
    let label = if of.key.is_empty() { "tries of operators".to_owned() } else { of.key.clone() };
    Share { sum: sum(&of), key: of.key, label }
}

fn sum(of: &SpendSum) -> Sum {
    let whole = |count| u64::try_from(count).unwrap_or(0);
    Sum {
        settled: of.settled,
        reserved: of.reserved,
        calls: whole(of.calls),
        tokens: Tokens {
            input: whole(of.tokens_in),
            output: whole(of.tokens_out),
            pictures: whole(of.tokens_pictures),
        },
    }
}

async fn names(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = BotId>,
) -> Result<BTreeMap<BotId, String>> {
    let named: Vec<(BotId, String)> = bot::Entity::find()
        .select_only()
        .column(bot::Column::Id)
        .column(bot::Column::Name)
        .filter(bot::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(named.into_iter().collect())
}

async fn engagement(
    db: &impl ConnectionTrait,
    today: Period,
    by_persona: &[Share],
) -> Result<Vec<Engagement>> {
    use action::{Column, Entity};
    let to_bot = Entity::belongs_to(bot::Entity).from(Column::BotId).to(bot::Column::Id);
    let reaching = [ActionKind::Post, ActionKind::Like, ActionKind::Comment, ActionKind::Answer];
    let done: Vec<(String, i64)> = Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, to_bot.into())
        .column(bot::Column::Persona)
        .column_as(Column::Id.count(), "actions")
        .filter(Column::BegunAt.gte(today.start))
        .filter(Column::BegunAt.lt(today.end))
        .filter(Column::Status.eq(ActionStatus::Done))
        .filter(Column::Kind.is_in(reaching))
        .group_by(bot::Column::Persona)
        .into_tuple()
        .all(db)
        .await?;
    let mut engagement: BTreeMap<String, Engagement> = BTreeMap::new();
    let mut of = |persona: &str, tokens: Option<Tokens>, actions: i64| {
        let entry = engagement.entry(persona.to_owned()).or_default();
        entry.persona = persona.to_owned();
        entry.tokens = tokens.unwrap_or(entry.tokens);
        entry.actions += u64::try_from(actions).unwrap_or(0);
    };
    for share in by_persona.iter().filter(|share| !share.key.is_empty()) {
        of(&share.key, Some(share.sum.tokens), 0);
    }
    for (persona, actions) in done {
        of(&persona, None, actions);
    }
    let mut engagement: Vec<Engagement> = engagement.into_values().collect();
    engagement.sort_by_key(|some| std::cmp::Reverse((some.actions, some.tokens.total())));
    Ok(engagement)
}
