//! Does what the ledger says. A row is sent at most once: the gate in the store opens, one request is made, and what came
//! of it is written. A request whose fate is not known leaves its row `sent`, to be looked up later.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use fleet_bots::{Action, ActionId, ActionStatus, Content, FleetTime, NewAction, ObservedState, Outcome};
use fleet_gallery::{Error, Fate, NewItem, Retry, Step, Workflow};

use super::trouble::Trouble;
use super::turn::Turn;
use super::{expiry, pacing, settle, trouble};

/// How often a request may be found not to have begun before its row fails.
const MOST_POSTPONED: i64 = 8;

/// For how long a row waits for a gallery that fails, in fleet time.
const LONGEST_OUTAGE: Duration = Duration::from_secs(24 * 3_600);

/// What a request brought.
struct Answer {
    remote_id: Option<String>,
    image_url: Option<String>,
    then: Option<NewAction>,
}

/// What is still open of what a bot means to do.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Open {
    /// When the next of it is due; the bot thinks of nothing else before.
    pub(crate) due: Option<FleetTime>,
    /// When something is looked for again that could not be looked for; nothing waits for that.
    pub(crate) looks: Option<FleetTime>,
}

/// What could not be looked for, and when it is looked for again; kept from turn to turn.
#[derive(Debug, Default)]
pub(crate) struct Later(HashMap<ActionId, FleetTime>);

impl Later {
    /// Lets go of what is looked for now, or is not open any more.
    fn keep(&mut self, open: &[Action], now: FleetTime) {
        self.0.retain(|id, again| *again > now && open.iter().any(|action| action.id == *id));
    }

    fn put_off(&mut self, action: &Action, again: FleetTime) {
        self.0.insert(action.id, again);
    }

    fn waits(&self, action: &Action) -> bool {
        self.0.contains_key(&action.id)
    }

    fn next(&self) -> Option<FleetTime> {
        self.0.values().min().copied()
    }
}

impl Open {
    /// When the bot is to wake that else would at `otherwise`.
    pub(crate) fn wake(self, otherwise: FleetTime) -> FleetTime {
        let wake = self.due.unwrap_or(otherwise);
        self.looks.map_or(wake, |looks| wake.min(looks))
    }
}

/// Works off what is open and due, in the order it was planned, but first what the bot was asked for just now.
pub(crate) async fn work_off(turn: &mut Turn<'_>, asked_for: &[ActionId]) -> Result<Open, Trouble> {
    let mut reacted = false;
    loop {
        let open = turn.world.bots.unsettled_actions(Some(turn.bot.id)).await?;
        let (now, mut next) = (turn.now(), None::<FleetTime>);
        turn.later.keep(&open, now);
        let looks = turn.later.next();
        let mut ready = None;
        let unknown: HashSet<_> =
            open.iter().filter(|row| is_sent(row)).map(|row| row.target.clone()).collect();
        for action in open.into_iter().filter(|action| !turn.later.waits(action)) {
            if !is_sent(&action) && action.target.is_some() && unknown.contains(&action.target) {
                // What was sent there is looked for first, and that is woken for.
                continue;
            }
            let due = match action.status {
                ActionStatus::Sent => now.plus(turn.world.clock.in_fleet(settle::unripe(turn, &action))),
                _ => action.due_at,
            };
            if due > now {
                next = Some(next.map_or(due, |next| next.min(due)));
            } else if asked_for.contains(&action.id) {
                ready = Some(action);
                break;
            } else if ready.is_none() {
                ready = Some(action);
            }
        }
        match ready {
            _ if turn.seat.is_leaving() => return Ok(Open { due: next.or(Some(now)), looks }),
            None => return Ok(Open { due: next, looks }),
            Some(action) if is_sent(&action) => {
                if let Some(again) = settle::look_up(turn, &action).await? {
                    turn.later.put_off(&action, again);
                }
            }
            Some(action) if !follows_at_once(&action) && reacted => {
                return Ok(Open { due: Some(now.plus(turn.interval())), looks });
            }
            Some(action) => {
                reacted |= !follows_at_once(&action);
                send(turn, action).await?;
            }
        }
    }
}

fn is_sent(action: &Action) -> bool {
    action.status == ActionStatus::Sent
}

/// Looks for what was sent and can be looked for, and does nothing else; returns when there is more to look for.
pub(crate) async fn look_up_sent(turn: &mut Turn<'_>) -> Result<Option<FleetTime>, Trouble> {
    let open = turn.world.bots.unsettled_actions(Some(turn.bot.id)).await?;
    turn.later.keep(&open, turn.now());
    let mut next = None::<FleetTime>;
    for action in open.into_iter().filter(is_sent) {
        if turn.later.waits(&action) {
            continue;
        }
        let wait = settle::unripe(turn, &action);
        if !wait.is_zero() {
            let due = turn.now().plus(turn.world.clock.in_fleet(wait));
            next = next.into_iter().chain([due]).min();
        } else if let Some(again) = settle::look_up(turn, &action).await? {
            turn.later.put_off(&action, again);
        }
    }
    Ok(next.into_iter().chain(turn.later.next()).min())
}

/// Whether a row is sent as soon as it can be. Reactions are not: those that are overdue after a pause or a night keep the
/// bot's own pace, one a turn.
fn follows_at_once(action: &Action) -> bool {
    matches!(action.content, Content::Picture { .. } | Content::Post { .. })
}

/// Sends one planned row.
async fn send(turn: &mut Turn<'_>, action: Action) -> Result<(), Trouble> {
    turn.seat.sees(turn.world, ObservedState::Acting, Some(doing(&action)));
    match before(turn, &action).await {
        Ok(None) => {}
        Ok(Some(known)) => return settle::settle(turn, &action, known, None, None).await,
        Err(error) if waits_out(&error, &action, turn.now()) => return postpone(turn, &action, error).await,
        Err(error) => return put_off(turn, &action, error).await,
    }
    // Pictures are drawn a few at a time; the wait for one's turn comes before the gate, not after it.
    let _turn_to_draw = match action.content {
        Content::Picture { .. } => Some(turn.world.drawing.acquire().await),
        _ => None,
    };
    if turn.seat.is_leaving() {
        // Meanwhile the node was asked to finish: what has not begun is for whoever comes next.
        return Ok(());
    }
    let action = match turn.world.bots.mark_sent(action.id, turn.seat.holder, turn.now()).await {
        // Nobody waits a month with a picture in mind: it is given up, and the bot does other things.
        Err(fleet_bots::Error::Capped { why, .. }) => {
            return settle::settle(turn, &action, Outcome::Failed { why }, None, None).await;
        }
        marked => marked?,
    };
    if action.status != ActionStatus::Sent {
        // It has ended there: it is not to be done any more.
        return Ok(());
    }
    match request(turn, &action).await {
        Ok(Answer { remote_id, image_url, then }) => {
            settle::settle(turn, &action, Outcome::Done { remote_id }, image_url, then).await
        }
        Err(error) => after_error(turn, &action, error).await,
    }
}

/// What can be known before a request: a picture may have expired while it waited, and a like that is there already would be
/// taken back by a second call.
async fn before(turn: &Turn<'_>, action: &Action) -> Result<Option<Outcome>, Error> {
    if let Content::Post { image_url, .. } = &action.content {
        return Ok(expiry::lost(turn, action, image_url).await);
    }
    let (Content::Like { .. }, Some(target)) = (&action.content, &action.target) else { return Ok(None) };
    Ok(match turn.world.gallery.has_liked(&turn.bot.username, target).await? {
        Some(false) => None,
        Some(true) => Some(Outcome::Done { remote_id: None }),
        None => Some(Outcome::Gone),
    })
}

/// Makes the one request of a row.
async fn request(turn: &Turn<'_>, action: &Action) -> Result<Answer, Error> {
    let (gallery, agent) = (&turn.world.gallery, turn.bot.username.as_str());
    let target = action.target.as_deref().unwrap_or_default();
    match &action.content {
        Content::Picture { prompt, steps, title, description, .. } => {
            let steps: Vec<Step> = serde_json::from_value(steps.clone()).map_err(|error| {
                Error::Misconfigured { what: format!("the steps of the workflow: {error}") }
            })?;
            let workflow = Workflow { name: title.clone(), steps };
            let made = gallery.execute(agent, &workflow).await;
            let made = made.inspect_err(|error| turn.world.offered.learn(error, &workflow.steps))?;
            let picture = made.finished().ok_or_else(|| Error::Unreadable {
                what: "the workflow was completed and left no picture".into(),
            })?;
            let image_url = gallery.resolve(picture)?.to_string();
            let post = Content::Post {
                image_url: image_url.clone(),
                title: title.clone(),
                description: description.clone(),
                prompt: prompt.clone(),
            };
            let now = turn.now();
            let decision = action.decision_id;
            let then =
                NewAction { bot_id: turn.bot.id, content: post, planned_at: now, due_at: now, decision };
            Ok(Answer {
                remote_id: made.image_ids.last().cloned(),
                image_url: Some(image_url),
                then: Some(then),
            })
        }
        Content::Post { image_url, title, description, .. } => {
            let item = NewItem {
                image_url: image_url.clone(),
                title: title.clone(),
                description: Some(description.clone()).filter(|text| !text.is_empty()),
                workflow_id: None,
            };
            let item = gallery.publish(agent, &item).await?;
            let image_url = turn.image_url(&item.image.id);
            Ok(Answer { remote_id: Some(item.id), image_url, then: None })
        }
        Content::Like { .. } => {
            let liked = gallery.toggle_like(agent, target).await?;
            match liked.liked {
                true => Ok(Answer { remote_id: None, image_url: None, then: None }),
                // Somebody else with this bot's name liked it between the look and the call.
                false => Err(Error::Unreadable { what: "the call took back a like that was there".into() }),
            }
        }
        Content::Comment { text, .. } | Content::Answer { text, .. } => {
            let comment = gallery.comment(agent, target, text).await?;
            Ok(Answer { remote_id: Some(comment.id), image_url: None, then: None })
        }
        Content::Unlike { .. } => {
            Err(Error::Misconfigured { what: "only a node takes a like back, and no agent".into() })
        }
    }
}

/// Writes what an error says of a row whose request was made.
async fn after_error(turn: &mut Turn<'_>, action: &Action, error: Error) -> Result<(), Trouble> {
    let is_picture = matches!(action.content, Content::Picture { .. });
    match (error.fate(), &error) {
        // A picture cannot be looked up, and nobody saw it: it failed, with its cost spent.
        (Fate::Unknown, _) if is_picture => {
            let why = format!("{error}; the picture may have been made, and is not used");
            settle::settle(turn, action, Outcome::Wasted { why }, None, None).await
        }
        (Fate::Unknown, _) => {
            tracing::info!(action.id = %action.id, bot.id = %turn.bot.id, %error, "the fate of a request is unknown");
            Ok(())
        }
        // The engine made no picture, but what its steps cost may be spent: it is not asked for again by itself.
        (Fate::NotProcessed, Error::Workflow { .. }) => {
            settle::settle(turn, action, Outcome::Wasted { why: error.to_string() }, None, None).await
        }
        (Fate::NotProcessed, _) => put_off(turn, action, error).await,
    }
}

/// Puts off a row whose request is known not to have begun, or ends it when trying again is of no use. An error that asks
/// for a rest is passed on, so that the whole bot rests.
async fn put_off(turn: &mut Turn<'_>, action: &Action, error: Error) -> Result<(), Trouble> {
    if matches!(error, Error::NotFound { .. }) && action.target.is_some() {
        return settle::settle(turn, action, Outcome::Gone, None, None).await;
    }
    let refused = error.retry() == Retry::Never && !matches!(error, Error::Unauthorized { .. });
    if refused || (action.postponed >= MOST_POSTPONED && !is_outage(&error)) {
        return settle::settle(turn, action, Outcome::Failed { why: error.to_string() }, None, None).await;
    }
    postpone(turn, action, error).await
}

async fn postpone(turn: &mut Turn<'_>, action: &Action, error: Error) -> Result<(), Trouble> {
    let clock = turn.world.clock;
    let until = trouble::until(&error, &clock).unwrap_or_else(|| {
        let failures = u32::try_from(action.postponed).unwrap_or(0);
        clock.now().plus(clock.in_fleet(pacing::back_off(failures, turn.dice())))
    });
    let outcome = Outcome::Postponed { until, why: error.to_string() };
    settle::settle(turn, action, outcome, None, None).await?;
    Err(error.into())
}

/// Whether a plan waits until the gallery is well again, which failed a read that came before it: that says nothing of the
/// plan, for a day.
pub(crate) fn waits_out(error: &Error, action: &Action, now: FleetTime) -> bool {
    let in_trouble = matches!(error, Error::Server { .. } | Error::TimedOut { .. } | Error::Cut { .. });
    in_trouble && error.retry() == Retry::Later && now < action.planned_at.plus(LONGEST_OUTAGE)
}

/// Whether the gallery serves nobody at the moment: that says nothing about this row, however often it is met.
pub(crate) fn is_outage(error: &Error) -> bool {
    use Error::{BotLimited, FleetLimited, HeldBack, Paused, RateLimited, Unauthorized, Unreachable};
    matches!(
        error,
        Unreachable { .. }
            | HeldBack { .. }
            | Unauthorized { .. }
            | RateLimited { .. }
            | BotLimited { .. }
            | FleetLimited { .. }
            | Paused
    )
}

fn doing(action: &Action) -> &'static str {
    match action.content {
        Content::Picture { .. } => "making a picture",
        Content::Post { .. } => "sharing a picture",
        Content::Like { .. } => "liking a picture",
        Content::Comment { .. } => "writing a comment",
        Content::Answer { .. } => "answering",
        Content::Unlike { .. } => "taking a like back",
    }
}
