//! One bot: who it is, what it is doing and why, what it has made and said, and its history; `orders` are what can be asked
//! of it.

mod now;
pub(crate) mod orders;
mod works;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use fleet_bots::{Account, ActivityFilter, ActivityKind, BotId, BotView, Intent};
use serde::Deserialize;

use self::now::BotNow;
use self::works::Works;
use super::render;
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::day::DayPicture;
use crate::parts::feed::Feed;
use crate::parts::flag::Flag;
use crate::parts::shell::{Section, Shell};
use crate::parts::unresolved::Unresolved;
use crate::scene::{Piece, Scene};

/// Which part of its history is shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Shown {
    #[serde(default)]
    kind: Kinds,
    /// Only what came before this.
    before: Option<i64>,
    /// What of an order was not done, when the page comes after one.
    missing: Option<String>,
}

/// Kinds of activity that one looks for together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kinds {
    Acts,
    Thoughts,
    Trouble,
    Orders,
    #[default]
    #[serde(other)]
    All,
}

#[derive(Template)]
#[template(path = "bot/page.html")]
struct BotPage<'a> {
    shell: Shell<'a>,
    bot_id: String,
    view: BotView,
    flag: Flag,
    persona: String,
    /// Where people see it in the gallery.
    link: Option<String>,
    shares: Vec<Share>,
    day: DayPicture,
    now: BotNow,
    unresolved: Unresolved,
    works: Works,
    history: Feed,
    kind: Kinds,
    /// Whether it was made just now, and its start is missing.
    lacks_start: bool,
}

/// How strongly it is drawn to something, of a hundred.
struct Share {
    label: &'static str,
    percent: u32,
}

/// The page, as far as it moves.
struct OneBot {
    id: BotId,
    kind: Kinds,
}

impl Scene for OneBot {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        let (now, unresolved, works) = futures::try_join!(
            BotNow::read(panel, self.id),
            Unresolved::read(panel, Some(self.id)),
            Works::read(panel, self.id)
        )?;
        let mut pieces = works.pieces();
        pieces.push(Piece::of("bot-now", &now));
        pieces.push(Piece::of("unresolved", &unresolved));
        Ok(pieces)
    }

    fn feed(&self) -> Option<ActivityFilter> {
        Some(filter(self.id, self.kind))
    }
}

pub(crate) async fn show(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    let view = panel.read(panel.bots.get_bot(&id)).await?;
    let id = view.bot.id;
    let history = ActivityFilter { before: shown.before, ..filter(id, shown.kind) };
    let page = address(id, shown.kind);
    let (history, now, unresolved, works) = futures::try_join!(
        Feed::read(&panel, &history, &page),
        BotNow::read(&panel, id),
        Unresolved::read(&panel, Some(id)),
        Works::read(&panel, id)
    )?;
    let live = format!("/bots/{id}/live?kind={}&after={}", shown.kind.word(), history.newest());
    // Older history does not grow at its head.
    let live = shown.before.is_none().then_some(live);
    let shell = Shell::read(&panel, Section::Bots, live).await;
    Ok(render(&BotPage {
        shell,
        bot_id: id.to_string(),
        flag: Flag::of(id),
        persona: panel.persona_name(&view.bot.persona),
        link: (view.bot.account == Account::Ready)
            .then(|| panel.gallery.resident(&view.bot.username))
            .flatten(),
        shares: shares(&view),
        day: DayPicture::of(&view.bot.rhythm, panel.now()),
        now,
        unresolved,
        works,
        history,
        kind: shown.kind,
        lacks_start: shown.missing.as_deref() == Some("start") && view.bot.intent == Intent::Stopped,
        view,
    }))
}

pub(crate) async fn live(
    opening: Opening,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    Ok(opening.follow(OneBot { id: known(&id)?, kind: shown.kind }))
}

/// The id in an address.
fn known(id: &str) -> Result<BotId, Failure> {
    id.parse().map_err(|_| Failure::not_found(format!("There is no bot `{id}`.")))
}

fn filter(id: BotId, kind: Kinds) -> ActivityFilter {
    ActivityFilter { bots: vec![id], kinds: kind.kinds(), ..ActivityFilter::default() }
}

/// The page with this part of the history.
fn address(id: BotId, kind: Kinds) -> String {
    format!("/bots/{id}?kind={}", kind.word())
}

fn shares(view: &BotView) -> Vec<Share> {
    let shares = view.bot.weights.shares();
    [
        ("posts", shares.post),
        ("comments", shares.comment),
        ("likes", shares.like),
        ("only looks", shares.browse),
    ]
    .map(|(label, share)| Share { label, percent: percent(share) })
    .into()
}

/// A share of one, in whole hundredths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}

impl Kinds {
    const ALL: [Kinds; 5] = [Kinds::All, Kinds::Acts, Kinds::Thoughts, Kinds::Orders, Kinds::Trouble];

    fn word(self) -> &'static str {
        match self {
            Kinds::All => "all",
            Kinds::Acts => "acts",
            Kinds::Thoughts => "thoughts",
            Kinds::Trouble => "trouble",
            Kinds::Orders => "orders",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Kinds::All => "Everything",
            Kinds::Acts => "Did",
            Kinds::Thoughts => "Thought",
            Kinds::Trouble => "Went wrong",
            Kinds::Orders => "Was asked",
        }
    }

    fn kinds(self) -> Vec<ActivityKind> {
        use ActivityKind as Kind;
        match self {
            Kinds::All => Vec::new(),
            Kinds::Acts => {
                vec![
                    Kind::Picture,
                    Kind::Post,
                    Kind::Like,
                    Kind::Unlike,
                    Kind::Comment,
                    Kind::Answer,
                    Kind::Browse,
                ]
            }
            Kinds::Thoughts => vec![Kind::Thought],
            Kinds::Trouble => vec![Kind::Error, Kind::Unresolved, Kind::Parked, Kind::Restarted],
            Kinds::Orders => {
                vec![
                    Kind::Created,
                    Kind::Updated,
                    Kind::Started,
                    Kind::Paused,
                    Kind::Resumed,
                    Kind::Stopped,
                    Kind::Requested,
                    Kind::RequestEnded,
                    Kind::UndoAsked,
                ]
            }
        }
    }
}
