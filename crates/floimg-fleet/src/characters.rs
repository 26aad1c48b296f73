//! The personas as the panel is told of them: the catalogue as data, residents drawn from it, and what the brain of this
//! process would write as one of them. Owns the translation, and no rule of either side.

use std::sync::Arc;

use fleet_bots::{NewBot, Rhythm, Weights};
use fleet_brain::{
    Ask, Author, Brain, Catalogue, Character, Composition, Memory, Offer, OpenDesk, Post, Recipe, Remark,
};
use fleet_web::{Characters, Draw, Exchange, Mistake, Origin, Persona, Sample};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::residents;

/// How many pictures of others a character is shown at once, to find one that makes it speak, and how often.
const SHOWN: usize = 12;
const SHOWINGS: u64 = 5;
/// What somebody might say under a picture.
const REMARKS: [&str; 6] = [
    "This is lovely. How long did it take you to get the light right?",
    "Are you a bot?",
    "The colours are what stopped me. Why these?",
    "I would have left more room at the top, but I like it.",
    "What will you make next?",
    "Never seen one like this!",
];

/// What the panel may know and ask of `brain`, whose catalogue came from `origin`.
pub(crate) fn of(brain: &Brain, origin: Origin) -> Characters {
    let drawing = brain.clone();
    let writing = brain.clone();
    Characters {
        origin,
        personas: personas(brain.catalogue()),
        // Half the digits, since it stands in addresses.
        chance: Arc::new(|| u64::from(rand::random::<u32>())),
        draw: Arc::new(move |draw| drawn(drawing.catalogue(), draw)),
        write: Arc::new(move |bot, seed| Box::pin(written_aside(writing.clone(), bot, seed))),
        check: Arc::new(|text| match Catalogue::from_json(text) {
            Ok(catalogue) => Ok(personas(&catalogue)),
            Err(error) => Err(error.problems.into_iter().map(mistake).collect()),
        }),
    }
}

fn drawn(catalogue: &Catalogue, draw: Draw) -> Vec<NewBot> {
    let Draw { count, personas, mut taken, seed } = draw;
    let mut dice = StdRng::seed_from_u64(seed);
    let spread = match personas.as_slice() {
        [] => catalogue.spread(count, &mut dice),
        some => catalogue.spread_among(some, count, &mut dice),
    };
    let ids: Vec<String> = spread.into_iter().map(|persona| persona.id.clone()).collect();
    ids.iter()
        .filter_map(|id| {
            let resident = catalogue.resident(id, &taken, &mut dice)?;
            taken.insert(resident.username.clone());
            Some(residents::from_resident(resident))
        })
        .collect()
}

/// Writes away from the threads that answer requests: a brain of this process thinks without a pause. What nobody waits for
/// any more is not gone on with.
async fn written_aside(brain: Brain, bot: NewBot, seed: u64) -> Result<Sample, String> {
    let (_waiting, gone) = oneshot::channel::<()>();
    let runtime = Handle::current();
    let writing = tokio::task::spawn_blocking(move || {
        runtime.block_on(async move {
            tokio::select! {
                written = write(&brain, &bot, seed) => written.map_err(|error| told(&error)),
                _ = gone => Err("Nobody waited for it.".to_owned()),
            }
        })
    });
    writing.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a sample could not be written");
        Err("It could not be written; the log tells why.".into())
    })
}

/// A post of its own, a word on somebody else's, and an answer under its own.
async fn write(brain: &Brain, bot: &NewBot, seed: u64) -> Result<Sample, fleet_brain::Error> {
    let who = character(bot);
    let nothing = Memory::default();
    let ask = |seed| Ask { who: &who, memory: &nothing, desk: &OpenDesk, seed };
    let made = brain.compose(&ask(seed), &Offer::default()).await?.what;
    let comment = comment(brain, &who, seed).await?;
    let own = post("own", &who, made.clone());
    let remark = REMARKS[usize::try_from(seed % REMARKS.len() as u64).unwrap_or_default()];
    let remark = Remark {
        id: format!("remark-{seed}"),
        author: Author { username: "a_visitor".into(), name: None },
        text: remark.into(),
    };
    let answer = brain.answer(&ask(seed), &own, std::slice::from_ref(&remark)).await?.what;
    Ok(Sample {
        title: made.title,
        description: made.description,
        prompt: made.prompt,
        comment,
        answer: answer.map(|reply| Exchange { to: remark.text, text: reply.text, why: reply.why }),
    })
}

/// What it says to the first picture that makes it speak; it is shown pictures of its neighbours, all at once, since a
/// model is asked once for all of them.
async fn comment(brain: &Brain, who: &Character, seed: u64) -> Result<Option<Exchange>, fleet_brain::Error> {
    let nothing = Memory::default();
    for showing in 0..SHOWINGS {
        let mut dice = StdRng::seed_from_u64(seed.rotate_left(7) ^ showing);
        let mut posts = Vec::with_capacity(SHOWN);
        let neighbours = Draw { count: SHOWN, seed: dice.next_u64(), ..Draw::default() };
        for neighbour in drawn(brain.catalogue(), neighbours) {
            let neighbour = character(&neighbour);
            let ask = Ask { who: &neighbour, memory: &nothing, desk: &OpenDesk, seed: dice.next_u64() };
            let made = brain.compose(&ask, &Offer::default()).await?.what;
            posts.push(post(&neighbour.username, &neighbour, made));
        }
        let ask = Ask { who, memory: &nothing, desk: &OpenDesk, seed: dice.next_u64() };
        let verdicts = brain.judge(&ask, &posts).await?.what;
        let spoken = posts.iter().zip(verdicts).find_map(|(post, verdict)| {
            let text = verdict.comment?;
            let author = post.author.name.as_deref().unwrap_or(&post.author.username);
            let to =
                format!("“{}” by {author}: {}", post.title, post.description.as_deref().unwrap_or_default());
            Some(Exchange { to, text, why: verdict.why })
        });
        if spoken.is_some() {
            return Ok(spoken);
        }
    }
    Ok(None)
}

fn character(bot: &NewBot) -> Character {
    Character {
        persona: bot.persona.clone(),
        name: bot.name.clone(),
        username: bot.username.clone(),
        personality: bot.personality.clone(),
        vibe: bot.vibe.clone(),
        interests: bot.interests.0.clone(),
    }
}

fn post(id: &str, author: &Character, made: Composition) -> Post {
    Post {
        id: id.into(),
        title: made.title,
        description: Some(made.description),
        category: None,
        tags: Vec::new(),
        author: Author { username: author.username.clone(), name: Some(author.name.clone()) },
        by_person: false,
        picture: None,
    }
}

fn told(error: &fleet_brain::Error) -> String {
    match error {
        fleet_brain::Error::UnknownPersona { persona } => {
            format!("The catalogue of this process has no persona “{persona}”; choose another.")
        }
        error => format!("The brain says: {error}."),
    }
}

fn personas(catalogue: &Catalogue) -> Vec<Persona> {
    let all: f64 = catalogue.personas().iter().map(|persona| persona.share).sum();
    catalogue.personas().iter().map(|persona| shown(persona, persona.share / all)).collect()
}

fn shown(persona: &fleet_brain::Persona, share: f64) -> Persona {
    let fleet_brain::Weights { post, comment, like, browse } = persona.weights;
    let zone = persona.zones.first().cloned().unwrap_or_else(|| "UTC".to_owned());
    Persona {
        id: persona.id.clone(),
        name: persona.name.clone(),
        about: persona.about.clone(),
        personality: persona.personality.clone(),
        vibe: persona.vibe.clone(),
        interests: persona.interests.clone(),
        weights: Weights { post, comment, like, browse },
        zones: persona.zones.clone(),
        rhythm: Rhythm { zone, ..residents::rhythm(&persona.busy) },
        min_interval_s: i64::from(persona.pace.min_seconds),
        max_interval_s: i64::from(persona.pace.max_seconds),
        share,
        category: persona.category.clone(),
        recipes: persona.recipes.iter().map(recipe).collect(),
    }
}

/// `openai (model dall-e-3, size 1024x1024), then modulate (brightness 1.05)`; of what is laid over another only how many
/// there are of each generator: a line is no place for a drawing.
fn recipe(recipe: &Recipe) -> String {
    let mut layers: Vec<(&str, usize)> = Vec::new();
    for layer in &recipe.layers {
        match layers.iter_mut().find(|(generator, _)| *generator == layer.generator) {
            Some((_, count)) => *count += 1,
            None => layers.push((&layer.generator, 1)),
        }
    }
    let layers = layers.into_iter().map(|(generator, count)| format!(", under {count} of {generator}"));
    let steps = recipe.finish.iter().map(|step| format!(", then {}", step_in_words(&step.op, &step.params)));
    std::iter::once(step_in_words(&recipe.generator, &recipe.params)).chain(layers).chain(steps).collect()
}

fn step_in_words(name: &str, params: &serde_json::Map<String, Value>) -> String {
    let mut settings: Vec<String> = params
        .iter()
        .filter_map(|(key, value)| match value {
            // What is put in for each picture is no setting, and what has parts of its own is too long for a line.
            Value::String(text) if text.contains('{') => None,
            Value::String(text) => Some(format!("{key} {text}")),
            Value::Number(number) => Some(format!("{key} {number}")),
            Value::Bool(is_so) => Some(format!("{key} {is_so}")),
            _ => None,
        })
        .collect();
    // By name, in whatever order a catalogue has them.
    settings.sort_unstable();
    if settings.is_empty() { name.to_owned() } else { format!("{name} ({})", settings.join(", ")) }
}

fn mistake(problem: fleet_brain::Problem) -> Mistake {
    let fleet_brain::Problem { persona, line, field, rule, mend } = problem;
    Mistake { persona, line, field, rule, mend }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn characters() -> Characters {
        of(&Brain::offline(Arc::new(Catalogue::built_in())), Origin::BuiltIn)
    }

    #[test]
    fn the_catalogue_is_told_as_it_is() {
        let characters = characters();
        assert_eq!(characters.personas.len(), 6);
        let shares: f64 = characters.personas.iter().map(|persona| persona.share).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        for persona in &characters.personas {
            assert!(persona.zones.contains(&persona.rhythm.zone), "{}", persona.id);
            assert!(persona.rhythm.sleep().is_some() && !persona.recipes.is_empty(), "{}", persona.id);
        }
        insta::assert_snapshot!(
            characters.personas[0].recipes[0],
            @"openai (model dall-e-3, quality standard, size 1024x1024), then modulate (brightness 1.05, saturation 1.08)"
        );
        insta::assert_snapshot!(
            characters.personas[0].recipes[3],
            @"shapes (fillType gradient, gradientAngle 90, height 1080, shapeType rectangle, width 1080), under 4 of shapes"
        );
    }

    #[test]
    fn a_draw_is_the_same_each_time_and_takes_no_name_that_is_taken() {
        let characters = characters();
        let draw = |taken: HashSet<String>| {
            let personas = vec!["data_viz".to_owned(), "ai_artist".to_owned()];
            (characters.draw)(Draw { count: 60, personas, taken, seed: 4 })
        };
        let drawn = draw(HashSet::new());
        assert_eq!(drawn, draw(HashSet::new()));
        assert_eq!(drawn.len(), 60);
        assert!(drawn.iter().all(|bot| ["data_viz", "ai_artist"].contains(&bot.persona.as_str())));
        assert!(drawn.iter().all(|bot| bot.check().is_ok()));
        let names: HashSet<String> = drawn.iter().map(|bot| bot.username.clone()).collect();
        assert_eq!(names.len(), 60);
        assert!(draw(names.clone()).iter().all(|bot| !names.contains(&bot.username)));
        let nobody = Draw { count: 3, personas: vec!["nobody".into()], ..Draw::default() };
        assert!((characters.draw)(nobody).is_empty());
    }

    #[tokio::test]
    async fn everyone_of_the_catalogue_writes_a_post_a_comment_and_an_answer() {
        let characters = characters();
        for persona in &characters.personas {
            let draw = Draw { count: 1, personas: vec![persona.id.clone()], seed: 9, ..Draw::default() };
            let bot = (characters.draw)(draw).remove(0);
            let mut speaks = 0;
            for seed in 0..12 {
                let sample = (characters.write)(bot.clone(), seed).await.unwrap();
                assert!(
                    !sample.title.is_empty() && !sample.description.is_empty() && !sample.prompt.is_empty()
                );
                assert!(sample.answer.is_some(), "{}: {seed}", persona.id);
                speaks += usize::from(sample.comment.is_some());
                assert_eq!((characters.write)(bot.clone(), seed).await.unwrap(), sample);
            }
            assert!(speaks >= 10, "{} had a word on somebody's picture {speaks} times of 12", persona.id);
        }
    }

    #[test]
    fn a_sample_is_written_away_from_the_threads_that_answer() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(1)
            .build()
            .unwrap();
        runtime.block_on(async {
            let (free, held) = std::sync::mpsc::channel::<()>();
            let holding = tokio::task::spawn_blocking(move || held.recv());
            let characters = characters();
            let bot = (characters.draw)(Draw { count: 1, ..Draw::default() }).remove(0);
            let mut writing = (characters.write)(bot, 1);
            // The only thread for work is held, so that it cannot be written yet; whoever waits goes on meanwhile.
            let early = tokio::time::timeout(std::time::Duration::ZERO, &mut writing).await;
            assert!(early.is_err());
            free.send(()).unwrap();
            holding.await.unwrap().unwrap();
            assert!(writing.await.is_ok());
        });
    }

    #[tokio::test]
    async fn a_persona_that_is_not_there_writes_nothing_and_says_why() {
        let characters = characters();
        let mut bot = (characters.draw)(Draw { count: 1, ..Draw::default() }).remove(0);
        bot.persona = "nobody".into();
        let why = (characters.write)(bot, 1).await.unwrap_err();
        assert_eq!(why, "The catalogue of this process has no persona “nobody”; choose another.");
    }

    #[test]
    fn a_catalogue_of_ones_own_is_read_and_its_mistakes_are_told_with_their_lines() {
        let check = characters().check;
        let text = include_str!("../../fleet-brain/src/catalogue/catalogue.json");
        assert_eq!(check(text).unwrap().len(), 6);
        let mistakes = check(&text.replacen("\"vibe\": \"professional\"", "\"vibe\": 7", 1)).unwrap_err();
        let vibe = Mistake {
            persona: Some("product_photographer".into()),
            line: 7,
            field: "vibe".into(),
            rule: "must be a text of 1 to 30 characters on one line".into(),
            mend: "put it in quotes".into(),
        };
        assert_eq!(mistakes, [vibe]);
    }
}
