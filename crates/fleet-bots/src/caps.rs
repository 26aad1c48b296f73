//! The caps of a day: how much of each kind bots have done, and what is left. A day is a day in UTC of fleet time; what has
//! failed does not count, and what is planned for today does. Likes have none left while nobody vouches that the platform
//! counts them apart.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoCondition};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::backend;
use crate::bot::Weights;
use crate::commands::plan_action::NewAction;
use crate::entities::action::{ActionKind, ActionStatus, Column, Entity};
use crate::error::{Error, Result, Whose};
use crate::id::BotId;
use crate::money::Micros;
use crate::settings::Settings;
use crate::spending;
use crate::time::{FleetTime, Period};

/// Why nothing is liked while no operator has given their word, in words for people.
pub(crate) const LIKES_ARE_OFF: &str = "likes are off until an operator confirms in the settings that the platform counts \
                                        agents' likes apart from people's";

/// What a bot may still do on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Pictures to share.
    pub posts: Left,
    /// Comments and answers to write.
    pub comments: Left,
    /// Pictures to like.
    pub likes: Left,
    /// Why nothing may be liked, whatever is left of the day.
    pub likes_are_off: Option<&'static str>,
    /// When a new day begins.
    pub until: FleetTime,
}

/// How many of one kind are left of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// How many; `None` means that there is no cap.
    pub count: Option<u64>,
    /// The cap that decides, in words for people.
    pub cap: String,
    /// Whose it is.
    pub whose: Whose,
}

impl Left {
    /// Whether none is left.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.count == Some(0)
    }

    /// How many are left, and `most` at the most.
    #[must_use]
    pub fn at_most(&self, most: usize) -> usize {
        self.count.map_or(most, |count| usize::try_from(count).unwrap_or(most).min(most))
    }

    /// Less of the two.
    fn or(self, other: Self) -> Self {
        match (self.count, other.count) {
            (Some(one), Some(two)) if two < one => other,
            (None, Some(_)) => other,
            _ => self,
        }
    }
}

impl Allowance {
    /// The weights of what is left to do; `None` when a bot with `weights` may do nothing of what it is drawn to.
    #[must_use]
    pub fn of(&self, weights: Weights) -> Option<Weights> {
        let allowed = |left: &Left, weight: f64| if left.is_none() { 0.0 } else { weight };
        let weights = Weights {
            post: allowed(&self.posts, weights.post),
            comment: allowed(&self.comments, weights.comment),
            like: allowed(&self.likes, weights.like),
            browse: weights.browse,
        };
        let some =
            [weights.post, weights.comment, weights.like, weights.browse].iter().any(|weight| *weight > 0.0);
        some.then_some(weights)
    }

    /// The caps that are reached, in words for people.
    #[must_use]
    pub fn reached(&self) -> String {
        let likes = Some(&self.likes).filter(|_| self.likes_are_off.is_none());
        let reached: Vec<&str> = [Some(&self.posts), Some(&self.comments), likes]
            .into_iter()
            .flatten()
            .filter(|left| left.is_none())
            .map(|left| left.cap.as_str())
            .collect();
        let of_the_day = Some(format!("{}; a new day begins at 00:00 UTC", reached.join("; ")));
        let of_the_day = of_the_day.filter(|_| !reached.is_empty());
        let off = self.likes_are_off.map(str::to_owned);
        of_the_day.into_iter().chain(off).collect::<Vec<_>>().join("; ")
    }
}

/// How many of each kind there are of one day.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    posts: u64,
    comments: u64,
    likes: u64,
}

impl Counts {
    fn add(&mut self, kind: ActionKind, status: ActionStatus, rows: i64) {
        let rows = u64::try_from(rows).unwrap_or(0);
        match kind {
            ActionKind::Picture if status.is_open() => self.posts += rows,
            ActionKind::Picture | ActionKind::Unlike => {}
            ActionKind::Post => self.posts += rows,
            ActionKind::Comment | ActionKind::Answer => self.comments += rows,
            ActionKind::Like => self.likes += rows,
        }
    }
}

/// What `bot_id` may still do on the day of `at`, if a picture costs `picture`.
pub(crate) async fn allowance(
    db: &impl ConnectionTrait,
    settings: &Settings,
    bot_id: BotId,
    at: FleetTime,
    picture: Micros,
) -> Result<Allowance> {
    let day = Period::day_of(at);
    let caps_of_bots = [settings.bot_posts, settings.bot_comments, settings.bot_likes];
    let caps_of_fleet = [settings.fleet_posts, settings.fleet_comments, settings.fleet_likes];
    let (of_bot, of_fleet) = match (caps_of_bots, caps_of_fleet) {
        ([0, 0, 0], [0, 0, 0]) => Default::default(),
        (_, [0, 0, 0]) => counts(db, bot_id, day, true).await?,
        _ => counts(db, bot_id, day, false).await?,
    };
    let left = |done: u64, cap: u32, whose: Whose, what: &str| Left {
        count: (cap > 0).then(|| u64::from(cap).saturating_sub(done)),
        cap: format!("{whose} {what} {cap} a day at the most"),
        whose,
    };
    let (bot, fleet) = (Whose::Bot, Whose::Fleet);
    let likes_are_off = settings.likes_confirmed.is_none().then_some(LIKES_ARE_OFF);
    let off = Left { count: likes_are_off.map(|_| 0), cap: LIKES_ARE_OFF.into(), whose: fleet };
    Ok(Allowance {
        posts: left(of_bot.posts, settings.bot_posts, bot, "posts")
            .or(left(of_fleet.posts, settings.fleet_posts, fleet, "posts"))
            .or(spending::pictures_left(db, settings, bot_id, at, picture).await?),
        comments: left(of_bot.comments, settings.bot_comments, bot, "comments").or(left(
            of_fleet.comments,
            settings.fleet_comments,
            fleet,
            "comments",
        )),
        likes: left(of_bot.likes, settings.bot_likes, bot, "likes")
            .or(left(of_fleet.likes, settings.fleet_likes, fleet, "likes"))
            .or(off),
        likes_are_off,
        until: day.end,
    })
}

/// Lets nobody else count against a cap of the whole fleet, where there is one, until the transaction ends. Whoever locks posts
/// as well does this first.
pub(crate) async fn hold_still(tx: &impl ConnectionTrait, settings: &Settings) -> Result<()> {
    if [settings.fleet_posts, settings.fleet_comments, settings.fleet_likes] != [0, 0, 0] {
        backend::lock_caps(tx).await?;
    }
    Ok(())
}

/// Refuses what would exceed a cap of its day, or is off. The caller holds the bot's row; a cap of the whole fleet is guarded by a lock
/// of its own, until the transaction ends.
///
/// # Errors
/// `Capped`; no statement fails then.
pub(crate) async fn refuse_capped(
    tx: &impl ConnectionTrait,
    settings: &Settings,
    new: &NewAction,
) -> Result<()> {
    hold_still(tx, settings).await?;
    // What is overdue is done today.
    let at = Ord::max(new.due_at, new.planned_at);
    let allowance = allowance(tx, settings, new.bot_id, at, new.content.price()).await?;
    let left = match new.content.kind() {
        ActionKind::Picture | ActionKind::Post => &allowance.posts,
        ActionKind::Comment | ActionKind::Answer => &allowance.comments,
        ActionKind::Like => &allowance.likes,
        ActionKind::Unlike => return Ok(()),
    };
    match left.is_none() {
        true => Err(Error::Capped { why: allowance.reached(), until: allowance.until, whose: left.whose }),
        false => Ok(()),
    }
}

/// What was begun on `day` and has not failed, and what is still to be begun until it ends, by the bot and by the whole fleet; with
/// `its_alone`, only the bot's is counted. A picture that is being made is a post to come.
async fn counts(
    db: &impl ConnectionTrait,
    bot_id: BotId,
    day: Period,
    its_alone: bool,
) -> Result<(Counts, Counts)> {
    let begun = Condition::all().add(Column::BegunAt.gte(day.start)).add(Column::BegunAt.lt(day.end));
    let to_come =
        Condition::all().add(Column::Status.eq(ActionStatus::Planned)).add(Column::DueAt.lt(day.end));
    // Only of the bot's rows is there anything to count here.
    let own = Expr::case(Column::BotId.eq(bot_id).into_condition(), Expr::col(Column::Id));
    let mut found = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column(Column::Status)
        .column_as(Column::Id.count(), "rows")
        .column_as(Expr::expr(own).count(), "own")
        .filter(Column::Status.ne(ActionStatus::Failed))
        .filter(Condition::any().add(begun).add(to_come))
        .group_by(Column::Kind)
        .group_by(Column::Status);
    if its_alone {
        found = found.filter(Column::BotId.eq(bot_id));
    }
    let rows: Vec<(ActionKind, ActionStatus, i64, i64)> = found.into_tuple().all(db).await?;
    let (mut of_bot, mut of_all) = (Counts::default(), Counts::default());
    for (kind, status, all, own) in rows {
        of_bot.add(kind, status, own);
        of_all.add(kind, status, all);
    }
    Ok((of_bot, of_all))
}
