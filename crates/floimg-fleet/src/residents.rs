//! New residents: the brain draws who they are, the context takes them in. Owns the translation between the two, and no
//! rule of either.

use std::collections::HashSet;

use fleet_bots::{Asked, Bot, BotFilter, Bots, Day, HourSpan, Interests, NewBot, Rhythm, Weights};
use fleet_brain::{Busy, Catalogue, Resident};
use rand::Rng;

use crate::failure::Misuse;

/// How many residents are made in one piece.
const BATCH: usize = 500;

/// Draws `count` residents with names of their own, of `persona` or of all in proportion.
///
/// # Errors
/// When there is no such persona.
pub(crate) fn draw(
    catalogue: &Catalogue,
    count: usize,
    persona: Option<&str>,
    taken: &mut HashSet<String>,
    dice: &mut impl Rng,
) -> anyhow::Result<Vec<NewBot>> {
    draw_best(catalogue, count, persona, taken, dice, (1, |_| 0))
}

/// The same, each the best of some `candidates` by `rank`.
///
/// # Errors
/// When there is no such persona.
pub(crate) fn draw_best(
    catalogue: &Catalogue,
    count: usize,
    persona: Option<&str>,
    taken: &mut HashSet<String>,
    dice: &mut impl Rng,
    (candidates, rank): (usize, impl Fn(&NewBot) -> usize),
) -> anyhow::Result<Vec<NewBot>> {
    let personas: Vec<String> = match persona {
        Some(id) => vec![known(catalogue, id)?; count],
        None => catalogue.spread(count, dice).into_iter().map(|persona| persona.id.clone()).collect(),
    };
    let mut drawn = Vec::with_capacity(count);
    for id in personas {
        let resident = (0..candidates)
            .filter_map(|_| catalogue.resident(&id, taken, dice))
            .map(from_resident)
            .max_by_key(&rank)
            .ok_or_else(|| Misuse(format!("no further resident of persona `{id}` can be named")))?;
        taken.insert(resident.username.clone());
        drawn.push(resident);
    }
    Ok(drawn)
}

/// Makes residents, telling `progress` how many there are after each piece.
///
/// # Errors
/// When the store refuses or does not answer; the pieces before are made.
pub(crate) async fn make(
    bots: &Bots,
    new: Vec<NewBot>,
    asked: &Asked,
    mut progress: impl FnMut(usize),
) -> anyhow::Result<Vec<Bot>> {
    let mut made = Vec::with_capacity(new.len());
    for piece in new.chunks(BATCH) {
        made.extend(bots.create_bots(piece.to_vec(), asked).await?);
        progress(made.len());
    }
    Ok(made)
}

/// Shows `see` every living bot.
pub(crate) async fn each(bots: &Bots, mut see: impl FnMut(Bot)) -> anyhow::Result<()> {
    let mut page = 0;
    loop {
        let some = bots.list_bots(&BotFilter { page, per_page: 1_000, ..BotFilter::default() }).await?;
        if some.rows.is_empty() {
            return Ok(());
        }
        some.rows.into_iter().for_each(|row| see(row.bot));
        page += 1;
    }
}

/// The id of a persona that is in the catalogue.
pub(crate) fn known(catalogue: &Catalogue, id: &str) -> anyhow::Result<String> {
    match catalogue.get(id) {
        Some(persona) => Ok(persona.id.clone()),
        None => {
            let known: Vec<&str> = catalogue.personas().iter().map(|persona| persona.id.as_str()).collect();
            Err(Misuse(format!("there is no persona `{id}`; there are {}", known.join(", "))).into())
        }
    }
}

/// A resident as the context takes it in.
pub(crate) fn from_resident(resident: Resident) -> NewBot {
    let fleet_brain::Weights { post, comment, like, browse } = resident.weights;
    NewBot {
        name: resident.name,
        username: resident.username,
        persona: resident.persona,
        bio: resident.bio,
        personality: resident.personality,
        vibe: resident.vibe,
        interests: Interests(resident.interests),
        weights: Weights { post, comment, like, browse },
        rhythm: Rhythm { zone: resident.zone, ..rhythm(&resident.busy) },
        min_interval_s: i64::from(resident.pace.min_seconds),
        max_interval_s: i64::from(resident.pace.max_seconds),
    }
}

/// The hours and days, in no zone in particular.
pub(crate) fn rhythm(busy: &Busy) -> Rhythm {
    Rhythm {
        zone: "UTC".into(),
        busy: busy.hours.iter().map(|span| HourSpan { from: span.from, to: span.to }).collect(),
        days: busy.days.iter().copied().map(day).collect(),
    }
}

fn day(day: fleet_brain::Day) -> Day {
    match day {
        fleet_brain::Day::Mon => Day::Mon,
        fleet_brain::Day::Tue => Day::Tue,
        fleet_brain::Day::Wed => Day::Wed,
        fleet_brain::Day::Thu => Day::Thu,
        fleet_brain::Day::Fri => Day::Fri,
        fleet_brain::Day::Sat => Day::Sat,
        fleet_brain::Day::Sun => Day::Sun,
    }
}
