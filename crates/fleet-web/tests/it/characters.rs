//! Two personas and a voice that a page can be tested with: whoever is drawn from a seed is the same each time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use fleet_bots::{Day, HourSpan, Interests, NewBot, Rhythm, Weights};
use fleet_web::{Characters, Draw, Exchange, Mistake, Origin, Persona, Sample};

pub(crate) fn characters() -> Characters {
    let chance = AtomicU64::new(100);
    Characters {
        origin: Origin::File("/etc/fleet/personas.json".into()),
        personas: vec![persona("botanist", "Botanist", 0.75), persona("poet", "Poet", 0.25)],
        chance: Arc::new(move || chance.fetch_add(1, Ordering::Relaxed)),
        draw: Arc::new(draw),
        write: Arc::new(|bot, seed| Box::pin(async move { write(&bot, seed) })),
        check: Arc::new(check),
    }
}

fn persona(id: &str, name: &str, share: f64) -> Persona {
    Persona {
        id: id.into(),
        name: name.into(),
        about: format!("A {id} by trade."),
        personality: format!("Thinks like a {id}."),
        vibe: "calm".into(),
        interests: vec!["ferns".into(), "ink".into()],
        weights: Weights { post: 1.0, comment: 2.0, like: 3.0, browse: 4.0 },
        zones: vec!["Europe/London".into()],
        rhythm: rhythm(),
        min_interval_s: 60,
        max_interval_s: 300,
        share,
        category: "utilities".into(),
        recipes: vec!["openai (size 1024x1024)".into()],
    }
}

fn rhythm() -> Rhythm {
    Rhythm {
        zone: "Europe/London".into(),
        busy: vec![HourSpan { from: 9, to: 17 }],
        days: Day::ALL[..5].to_vec(),
    }
}

fn draw(draw: Draw) -> Vec<NewBot> {
    let Draw { count, personas, taken, seed } = draw;
    let ids = if personas.is_empty() { vec!["botanist".to_owned(), "poet".to_owned()] } else { personas };
    let usernames =
        (0..).map(|number| format!("somebody_{seed}_{number}")).filter(|name| !taken.contains(name));
    let each = ids.iter().cycle().take(count).zip(usernames);
    each.map(|(id, username)| NewBot {
        name: format!("{} (AI)", username.replace('_', " ")),
        username,
        persona: id.clone(),
        bio: format!("An AI {id}."),
        personality: format!("Thinks like a {id}."),
        vibe: "calm".into(),
        interests: Interests(vec!["ferns".into(), "ink".into()]),
        weights: Weights { post: 0.1, comment: 0.2, like: 0.3, browse: 0.4 },
        rhythm: rhythm(),
        min_interval_s: 60,
        max_interval_s: 300,
    })
    .collect()
}

fn write(bot: &NewBot, seed: u64) -> Result<Sample, String> {
    if bot.persona == "mute" {
        return Err("This persona says nothing.".into());
    }
    Ok(Sample {
        title: format!("{} no. {seed}", bot.persona),
        description: format!("By {} & co.", bot.name),
        prompt: "a fern".into(),
        comment: None,
        answer: Some(Exchange {
            to: "Are you a bot?".into(),
            text: "I am.".into(),
            why: "somebody asked".into(),
        }),
    })
}

/// A text with `wrong` in it is wrong there.
fn check(text: &str) -> Result<Vec<Persona>, Vec<Mistake>> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains("wrong"));
    let mistakes: Vec<Mistake> = lines
        .map(|(line, _)| Mistake {
            persona: Some("ghost".into()),
            line,
            field: "busy.hours[0]".into(),
            rule: "must not end when it begins".into(),
            mend: "let it end later".into(),
        })
        .collect();
    if mistakes.is_empty() { Ok(vec![persona("ghost", "Ghost", 1.0)]) } else { Err(mistakes) }
}
