//! Making many bots: how many, of which personas, who they would be; then a page that tells how far it is.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fleet_bots::NewBot;

use super::typed::Pairs;
use super::{Visit, render};
use crate::characters::{Characters, Draw};
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::seed::{SeedProgress, Shown};
use crate::parts::shell::{Section, Shell};
use crate::parts::{Frame, counted};
use crate::scene::{Piece, Scene};
use crate::seeding::Order;
use crate::signed::Signed;

/// How many can be made at once.
const MOST: usize = 1_000;
/// How many are shown by name before they are made.
const NAMED: usize = 40;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wish {
    count: String,
    personas: Vec<String>,
    start: bool,
    seed: Option<u64>,
    run: Option<u64>,
    /// The wish whose people the page showed.
    shown: String,
}

#[derive(Template)]
#[template(path = "seed.html")]
struct SeedPage<'a> {
    shell: Shell<'a>,
    wish: Wish,
    personas: Vec<PersonaChoice>,
    shown: Shown,
    run: u64,
}

struct PersonaChoice {
    id: String,
    name: String,
    share: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "seed_progress.html")]
struct ProgressPage<'a> {
    shell: Shell<'a>,
    progress: SeedProgress,
    is_working: bool,
}

pub(crate) async fn new(
    State(panel): State<Panel>,
    visit: Visit,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Failure> {
    let mut wish = Wish::read(pairs);
    if wish.count.is_empty() {
        wish.count = "12".into();
        wish.start = true;
    }
    asked_for(&panel, visit, wish, Asked::ToSee).await
}

pub(crate) async fn create(
    State(panel): State<Panel>,
    visit: Visit,
    Signed(asked): Signed,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Failure> {
    let wish = Wish::read(pairs);
    let characters = known(&panel)?;
    let (Ok(count), Some(seed), Some(run)) = (wish.count(characters), wish.seed, wish.run) else {
        return asked_for(&panel, visit, wish, Asked::ToMake).await;
    };
    // Nobody is made whom nobody was shown.
    if wish.shown != wish.likeness() {
        return asked_for(&panel, visit, wish, Asked::ToMake).await;
    }
    let new = drawn(&panel, characters, &wish, count, seed).await?;
    let order = Order { wish: wish.likeness(), new, start: wish.start, by: asked.by };
    let run = panel.seedings.begin(&panel, run, order, || (characters.chance)())?;
    Ok(Redirect::to(&format!("/bots/seed/{run}")).into_response())
}

pub(crate) async fn show(State(panel): State<Panel>, Path(run): Path<u64>) -> Result<Response, Failure> {
    let progress = SeedProgress::of(&panel, run).ok_or_else(unknown)?;
    let live = format!("/bots/seed/{run}/live");
    let is_working = progress.is_working();
    let page =
        ProgressPage { shell: Shell::read(&panel, Section::Bots, Some(live)).await, progress, is_working };
    Ok(render(&page))
}

pub(crate) async fn live(Path(run): Path<u64>, opening: Opening) -> Response {
    opening.follow(SeedScene { run })
}

pub(crate) async fn go_on(
    State(panel): State<Panel>,
    Path(run): Path<u64>,
    // Whoever lets it go on is somebody; the log keeps the name of who asked for it first.
    Signed(_): Signed,
) -> Result<Response, Failure> {
    panel.seedings.progress(run).ok_or_else(unknown)?;
    panel.seedings.go_on(&panel, run)?;
    Ok(Redirect::to(&format!("/bots/seed/{run}")).into_response())
}

/// A run as it goes.
struct SeedScene {
    run: u64,
}

impl Scene for SeedScene {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        let progress = SeedProgress::of(panel, self.run);
        Ok(progress.iter().map(|progress| Piece::of("seed-progress", progress)).collect())
    }
}

/// What somebody wants of those who are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    ToSee,
    ToMake,
}

/// The page, or who they would be, for a page that is open.
async fn asked_for(panel: &Panel, visit: Visit, mut wish: Wish, asked: Asked) -> Result<Response, Failure> {
    let characters = known(panel)?;
    let seed = wish.seed.unwrap_or_else(|| (characters.chance)());
    let run = wish.run.unwrap_or_else(|| (characters.chance)());
    wish.seed = Some(seed);
    let (status, shown) = match wish.count(characters) {
        Ok(count) => {
            let new = drawn(panel, characters, &wish, count, seed).await?;
            let shown = Shown::of(&new, NAMED, &characters.personas, (seed, wish.likeness()));
            (StatusCode::OK, if asked == Asked::ToMake { shown.unmade() } else { shown })
        }
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Shown::wrong(wrong, seed)),
    };
    if visit.is_partial {
        return Ok(Frame::default().replace("seed-shown", &shown).into_response());
    }
    let page = SeedPage {
        shell: Shell::read(panel, Section::Bots, None).await,
        personas: choices(characters, &wish),
        shown,
        run,
        wish,
    };
    Ok((status, render(&page)).into_response())
}

async fn drawn(
    panel: &Panel,
    characters: &Characters,
    wish: &Wish,
    count: usize,
    seed: u64,
) -> Result<Vec<NewBot>, Failure> {
    let taken = panel.read(panel.bots.usernames()).await?;
    Ok(characters.drawn(Draw { count, personas: wish.personas.clone(), taken, seed }).await)
}

fn choices(characters: &Characters, wish: &Wish) -> Vec<PersonaChoice> {
    let each = characters.personas.iter().map(|persona| PersonaChoice {
        id: persona.id.clone(),
        name: persona.name.clone(),
        share: crate::pages::typed::share_in_words(persona.share),
        is_chosen: wish.personas.contains(&persona.id),
    });
    each.collect()
}

fn known(panel: &Panel) -> Result<&Characters, Failure> {
    panel.characters().ok_or_else(|| Failure {
        status: StatusCode::NOT_FOUND,
        what: "This process knows no personas, so it can draw nobody.".into(),
        advice: "Use the panel of “fleet serve” or “fleet demo”, or “fleet seed” in a shell.",
    })
}

fn unknown() -> Failure {
    Failure {
        status: StatusCode::NOT_FOUND,
        what: "This process knows nothing of that run.".into(),
        advice: "It was begun on another node, or before this one was started again. Whoever it made is among the bots.",
    }
}

impl Wish {
    fn read(pairs: Pairs) -> Self {
        let mut wish = Self::default();
        // Others are drawn when nobody says from what.
        let is_of_others = pairs.iter().any(|(name, _)| name == "others");
        for (name, value) in pairs {
            match name.as_str() {
                "count" => wish.count = value.trim().to_owned(),
                "persona" => wish.personas.push(value),
                "start" => wish.start = true,
                "seed" if !is_of_others => wish.seed = value.parse().ok(),
                "run" => wish.run = value.parse().ok(),
                "shown" => wish.shown = value,
                _ => {}
            }
        }
        wish
    }

    /// How many, or what is wrong with what was asked for.
    fn count(&self, characters: &Characters) -> Result<usize, String> {
        let unknown = self.personas.iter().find(|id| characters.persona(id).is_none());
        if let Some(id) = unknown {
            return Err(format!("The catalogue has no persona “{id}”. Choose among those above."));
        }
        match self.count.parse() {
            Ok(count) if (1..=MOST).contains(&count) => Ok(count),
            _ => Err(format!(
                "“How many” must be a whole number from 1 to {}, it is “{}”. For more, make several runs, or use “fleet seed”.",
                counted(MOST as u64, "", "").trim(),
                self.count
            )),
        }
    }

    /// What decides who is drawn, but for chance.
    fn likeness(&self) -> String {
        format!(
            "{} {} {}",
            self.count,
            self.seed.map(|seed| seed.to_string()).unwrap_or_default(),
            self.personas.join(" ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_read_as_it_is_sent() {
        let pairs = [("count", " 12 "), ("persona", "a"), ("persona", "b"), ("seed", "7"), ("start", "yes")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let wish = Wish::read(pairs.clone());
        assert_eq!(
            (wish.count.as_str(), wish.personas.len(), wish.seed, wish.start),
            ("12", 2, Some(7), true)
        );
        assert_eq!(wish.likeness(), "12 7 a b");
        let others = std::iter::once(("others".to_owned(), "yes".to_owned())).chain(pairs).collect();
        assert_eq!(Wish::read(others).seed, None);
    }
}
