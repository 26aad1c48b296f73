//! What the fleet costs: today and this month, by bot, persona, model and purpose, what is left of the caps, and how many tokens
//! went into what reached the gallery.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, IntoCondition};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use serde::Serialize;

use super::read_settings;
use crate::commands::settle_spend::Tokens;
use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::bot;
use crate::entities::spend::{Column, Entity, Purpose, SpendKind};
use crate::error::Result;
use crate::id::BotId;
use crate::money::Micros;
use crate::settings::Setting;
use crate::spending;
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

/// What is added up of some rows.
#[derive(FromQueryResult)]
struct Tally {
    settled: i64,
    reserved: i64,
    calls: i64,
    tokens_in: i64,
    tokens_out: i64,
    tokens_pictures: i64,
}

/// Whose rows are added up; of one query only some are there.
#[derive(FromQueryResult)]
struct Whose {
    bot_id: Option<BotId>,
    persona: Option<String>,
    provider: Option<String>,
    model: Option<String>,
    purpose: Option<Purpose>,
    #[sea_orm(nested)]
    tally: Tally,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, at: FleetTime) -> Result<Costs> {
    let settings = read_settings::execute(db).await?;
    let (today, month) = (Period::day_of(at), Period::month_of(at));
    let day = span(db, today).await?;
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
        month: span(db, month).await?,
        caps,
        bot_text_day: settings.bot_text_day,
        bot_picture_day: settings.bot_picture_day,
        engagement,
        day,
    })
}

async fn span(db: &impl ConnectionTrait, period: Period) -> Result<Span> {
    let by = async |columns: &[Column], most: Option<u64>| -> Result<Vec<(Whose, Sum)>> {
        let mut tallies = tallies(period);
        for column in columns {
            tallies = tallies.column(*column).group_by(*column);
        }
        let rows: Vec<Whose> = tallies.limit(most).into_model().all(db).await?;
        Ok(rows.into_iter().map(|row| (sum(&row.tally), row)).map(|(sum, row)| (row, sum)).collect())
    };
    let share = |key: String, sum| Share { label: key.clone(), key, sum };
    let of_nobody = || "tries of operators".to_owned();

    let (mut text, mut pictures, mut by_purpose) = (Sum::default(), Sum::default(), Vec::new());
    for (row, sum) in by(&[Column::Purpose], None).await? {
        let Some(purpose) = row.purpose else { continue };
        match purpose.kind() {
            SpendKind::Text => text = text.and(sum),
            SpendKind::Picture => pictures = pictures.and(sum),
        }
        by_purpose.push(share(purpose.to_string(), sum));
    }
    let by_model = by(&[Column::Provider, Column::Model], None).await?.into_iter().map(|(row, sum)| {
        let model = [row.provider, row.model].into_iter().flatten().collect::<Vec<_>>().join("/");
        share(model, sum)
    });
    let by_persona = by(&[Column::Persona], None).await?.into_iter().map(|(row, sum)| match row.persona {
        Some(persona) => share(persona, sum),
        None => Share { key: String::new(), label: of_nobody(), sum },
    });
    let dearest = by(&[Column::BotId], Some(DEAREST)).await?;
    let names = names(db, dearest.iter().filter_map(|(row, _)| row.bot_id)).await?;
    let by_bot = dearest.into_iter().map(|(row, sum)| match row.bot_id {
        Some(id) => Share { label: names.get(&id).cloned().unwrap_or_default(), key: id.to_string(), sum },
        None => Share { key: String::new(), label: of_nobody(), sum },
    });
    Ok(Span {
        from: period.start,
        until: period.end,
        text,
        pictures,
        by_bot: by_bot.collect(),
        by_persona: by_persona.collect(),
        by_model: by_model.collect(),
        by_purpose,
    })
}

/// What all calls of `period` come to, the dearest first, whatever they will be grouped by.
fn tallies(period: Period) -> Select<Entity> {
    // A sum is none where there are no values, and more than 64 bits wide on Postgres.
    let sum = |values: Expr| {
        let whole = Expr::expr(values.sum()).cast_as("bigint");
        Expr::expr(Func::coalesce([whole, Expr::val(0_i64)]))
    };
    let open = Expr::case(Column::Settled.is_null().into_condition(), Expr::col(Column::Reserved));
    let open = Expr::expr(open.finally(0_i64));
    let all = Func::coalesce([Expr::col(Column::Settled), Expr::col(Column::Reserved)]);
    Entity::find()
        .select_only()
        .column_as(sum(Expr::col(Column::Settled)), "settled")
        .column_as(sum(open), "reserved")
        .column_as(Column::Id.count(), "calls")
        .column_as(sum(Expr::col(Column::TokensIn)), "tokens_in")
        .column_as(sum(Expr::col(Column::TokensOut)), "tokens_out")
        .column_as(sum(Expr::col(Column::TokensPictures)), "tokens_pictures")
        .filter(Column::At.gte(period.start))
        .filter(Column::At.lt(period.end))
        .order_by_desc(sum(Expr::expr(all)))
        .order_by_desc(Expr::col(Alias::new("calls")))
}

fn sum(tally: &Tally) -> Sum {
    let whole = |count| u64::try_from(count).unwrap_or(0);
    Sum {
        settled: Micros(tally.settled),
        reserved: Micros(tally.reserved),
        calls: whole(tally.calls),
        tokens: Tokens {
            input: whole(tally.tokens_in),
            output: whole(tally.tokens_out),
            pictures: whole(tally.tokens_pictures),
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
