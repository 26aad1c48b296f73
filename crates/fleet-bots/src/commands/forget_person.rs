//! Somebody is to be forgotten: they are left alone from now on, and their words leave the memory of the bots, the ledger and
//! the log. That something was done to a post is kept, since it must never be done twice; whose it was is not.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, Func, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::opt_out::leave_alone;
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::action::{self, About, ActionKind, Content, Model as Action};
use crate::entities::bot_activity::ActivityKind;
use crate::entities::{bot, bot_activity, decision, seen_post};
use crate::error::{Error, Result};
use crate::id::{ActionId, BotId};
use crate::memory;
use crate::queries::contains;
use crate::restraint::{bots_among, handle};
use crate::selection::lock_bots;
use crate::settings::as_written;

/// What stands where words of somebody stood who was forgotten.
pub(crate) const FORGOTTEN: &str = "(forgotten)";
/// As many rows as one statement reads.
const BATCH: u64 = 500;
/// As many rows as one transaction rewrites, with all that the log tells of them.
pub(crate) const AT_ONCE: usize = 50;

/// What was forgotten of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    /// Their handle.
    pub username: String,
    /// Whether they are left alone only since now.
    pub newly_left_alone: bool,
    /// Posts that bots remembered.
    pub posts: u64,
    /// Rows of the ledger that told of them.
    pub rows: u64,
    /// Lines of the log that told of them.
    pub lines: u64,
    /// Decisions of bots that their words stood in.
    pub decisions: u64,
    /// Bots that remembered having met them.
    pub memories: u64,
    /// Rows whose end is not known yet: what the bot itself wrote is kept word for word until then, to be looked for.
    pub open: u64,
}

impl Forgotten {
    /// What was forgotten, in words for people.
    #[must_use]
    pub fn told(&self) -> String {
        let Self { username, open, .. } = self;
        let left = if self.newly_left_alone { "is left alone from now on" } else { "was left alone already" };
        let kept = match open {
            0 => String::new(),
            open => format!(
                "; {open} of the rows have no known end yet and keep what the bot wrote: forget them again later"
            ),
        };
        format!("@{username} {left}; forgotten: {}{kept}", self.counted())
    }

    fn counted(&self) -> String {
        let Self { posts, rows, lines, decisions, memories, .. } = self;
        format!(
            "{posts} remembered posts, {rows} rows of the ledger, {lines} lines of the log, {decisions} decisions, what \
             {memories} bots remembered of meeting them"
        )
    }
}

/// Where somebody's words are kept.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The rows of the ledger that are about them.
    pub(crate) rows: Vec<ActionId>,
    /// The posts of theirs that those rows are about.
    posts: Vec<String>,
    /// By what they can be known elsewhere: names and titles, the longest first.
    words: Vec<String>,
}

/// Leaves somebody alone from now on: first of all, since nothing new may be written about them while the rest is found.
///
/// # Errors
/// `Conflict` when it is a bot of this fleet, or cannot be a username.
pub(crate) async fn begin(
    tx: &impl ConnectionTrait,
    username: &str,
    asked: &Asked,
) -> Result<Effect<Forgotten>> {
    let username = handle(username);
    if !bots_among(tx, &[&username]).await?.is_empty() {
        return Err(Error::Conflict(format!(
            "@{username} is a bot of this fleet, or was and its account is there; `fleet bots delete` lets one go"
        )));
    }
    // What was just ended is told without their words as well, and so not at all.
    let (newly_left_alone, _) = leave_alone(tx, &username, asked).await?;
    Ok(Effect::silent(Forgotten { username, newly_left_alone, ..Forgotten::default() }))
}

/// Finds what is about somebody, in batches; it needs no transaction.
pub(crate) async fn find(db: &impl ConnectionTrait, username: &str) -> Result<Found> {
    let names = vec![username.to_owned(), as_written(username)];
    let (mut found, mut after) = (Found { words: names, ..Found::default() }, None);
    loop {
        let mut some = action::Entity::find().filter(action::Column::Target.is_not_null());
        if let Some(after) = after {
            some = some.filter(action::Column::Id.gt(after));
        }
        let some = some.order_by_asc(action::Column::Id).limit(BATCH).all(db).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.id);
        for row in some {
            if row.content.person().is_some_and(|person| handle(person) == username) {
                found.note(&row);
            }
        }
    }
    found.words.retain(|word| !word.trim().is_empty() && word != FORGOTTEN);
    found.words.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    found.words.dedup();
    Ok(found)
}

impl Found {
    fn note(&mut self, row: &Action) {
        self.rows.push(row.id);
        let Some(about) = row.content.about() else { return };
        self.words.extend(about.person.clone());
        if row.kind != ActionKind::Answer {
            self.posts.extend(row.target.clone());
            self.words.push(about.author.clone());
            // Of a short title or first name nobody could say that it is theirs.
            let first = about.author.split_whitespace().next();
            let told = [Some(about.title.as_str()), first].into_iter().flatten();
            self.words.extend(told.filter(|word| word.chars().count() > 2).map(str::to_owned));
        }
    }
}

/// Takes somebody's words from some of the rows, as they are now, and from what is told of them.
pub(crate) async fn forget(
    tx: &impl ConnectionTrait,
    rows: &[ActionId],
    found: &Found,
) -> Result<Effect<Forgotten>> {
    let mut forgotten = Forgotten::default();
    let rows = action::Entity::find()
        .filter(action::Column::Id.is_in(rows.iter().copied()))
        .order_by_asc(action::Column::Id);
    // Bots before their rows, as everywhere; and what is written back is what stands there once nobody else changes it.
    let whose = rows.clone().select_only().column(action::Column::BotId);
    let whose: BTreeSet<BotId> = whose.into_tuple().all(tx).await?.into_iter().collect();
    lock_bots(tx, Condition::all().add(bot::Column::Id.is_in(whose))).await?;
    for row in rows.all(tx).await? {
        forgotten.lines += forget_row(tx, &row, &found.words).await?;
        forgotten.rows += 1;
        forgotten.open += u64::from(is_open(&row));
    }
    Ok(Effect::silent(forgotten))
}

impl Forgotten {
    /// Counts what was forgotten in one more step.
    pub(crate) fn add(&mut self, more: &Forgotten) {
        self.rows += more.rows;
        self.lines += more.lines;
        self.open += more.open;
    }
}

/// Lets some bots forget that they met somebody; returns which was the last of them, if there may be more.
pub(crate) async fn forget_meetings(
    tx: &impl ConnectionTrait,
    username: &str,
    after: Option<BotId>,
) -> Result<Effect<(u64, Option<BotId>)>> {
    Ok(Effect::silent(memory::forget(tx, username, after).await?))
}

/// Takes away what bots remember of somebody's posts and words, and tells that all of it was done.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    mut forgotten: Forgotten,
    found: &Found,
    asked: &Asked,
) -> Result<Effect<Forgotten>> {
    forgotten.posts = forget_posts(tx, &forgotten.username, &found.posts).await?;
    forgotten.lines += forget_wishes(tx, &forgotten.username).await?;
    forgotten.decisions = forget_decisions(tx, &forgotten.username).await?;
    let message = format!("{} had @{} forgotten: {}", asked.by, forgotten.username, forgotten.counted());
    let told = NewActivity::of_fleet(ActivityKind::Forgotten, asked.at, message)
        .with(json!({ "by": asked.by, "forgotten": forgotten }));
    Ok(Effect { value: forgotten, log: vec![told] })
}

/// A plan is open as well: without the name of whom it is about it would pass the gate.
fn is_open(row: &Action) -> bool {
    row.status.is_open()
}

/// Takes somebody's words from a row, and from what the log and the bot tell of it; returns how many lines there were.
async fn forget_row(tx: &impl ConnectionTrait, row: &Action, words: &[String]) -> Result<u64> {
    let content = without(row, words);
    let failure = row.failure.as_deref().map(|failure| blank(failure, words));
    action::Entity::update_many()
        .col_expr(action::Column::Content, Expr::value(content.clone()))
        .col_expr(action::Column::Failure, Expr::value(failure))
        .filter(action::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    let told = bot_activity::Entity::find().filter(bot_activity::Column::ActionId.eq(row.id)).all(tx).await?;
    let lines = u64::try_from(told.len()).unwrap_or(u64::MAX);
    for line in told {
        let mut particulars = line.metadata.clone().unwrap_or(Value::Null);
        if let Some(particulars) = particulars.as_object_mut() {
            particulars.insert("content".into(), json!(content));
            particulars.insert("image_url".into(), Value::Null);
            if let Some(Value::String(failure)) = particulars.get_mut("failure") {
                *failure = blank(failure, words);
            }
        }
        bot_activity::Entity::update_many()
            .col_expr(bot_activity::Column::Message, Expr::value(blank(&line.message, words)))
            .col_expr(bot_activity::Column::Metadata, Expr::value(particulars))
            .filter(bot_activity::Column::Seq.eq(line.seq))
            .exec(tx)
            .await?;
    }
    if let Some(last) = bot::Entity::find_by_id(row.bot_id).one(tx).await?.and_then(|bot| bot.last_action) {
        bot::Entity::update_many()
            .col_expr(bot::Column::LastAction, Expr::value(blank(&last, words)))
            .filter(bot::Column::Id.eq(row.bot_id))
            .exec(tx)
            .await?;
    }
    Ok(lines)
}

/// A row's content without somebody's words. Of an open row it keeps whose it is and what the bot wrote.
fn without(row: &Action, words: &[String]) -> Content {
    let is_answer = row.kind == ActionKind::Answer;
    let blank_about = |about: &About| About {
        post_id: about.post_id.clone(),
        title: if is_answer { about.title.clone() } else { FORGOTTEN.into() },
        author: if is_answer { about.author.clone() } else { FORGOTTEN.into() },
        person: if is_open(row) { about.person.clone() } else { None },
        posted_at: about.posted_at,
        image_url: about.image_url.clone().filter(|_| is_answer),
        why: FORGOTTEN.into(),
    };
    let said = |text: &str| if is_open(row) { text.to_owned() } else { blank(text, words) };
    match row.content.clone() {
        Content::Like { about } => Content::Like { about: blank_about(&about) },
        Content::Comment { about, text } => {
            Content::Comment { about: blank_about(&about), text: said(&text) }
        }
        Content::Answer { about, to, text } => {
            Content::Answer { about: blank_about(&about), to, text: said(&text) }
        }
        Content::Unlike { about, like, by } => Content::Unlike { about: blank_about(&about), like, by },
        content @ (Content::Picture { .. } | Content::Post { .. }) => content,
    }
}

/// A text with a neutral word for each of `words`, the longest first, where it stands as a word of its own: `jo` is not torn out
/// of `join`.
fn blank(text: &str, words: &[String]) -> String {
    words.iter().fold(text.to_owned(), |text, word| without_word(&text, word))
}

fn without_word(text: &str, word: &str) -> String {
    let is_inner = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let ends = (word.chars().next(), word.chars().next_back());
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let last = before.chars().next_back().or_else(|| left.chars().next_back());
        let is_torn =
            (is_inner(ends.0) && is_inner(last)) || (is_inner(ends.1) && is_inner(after.chars().next()));
        left.push_str(before);
        left.push_str(if is_torn { word } else { FORGOTTEN });
        rest = after;
    }
    left + rest
}

async fn forget_posts(tx: &impl ConnectionTrait, username: &str, posts: &[String]) -> Result<u64> {
    let by_them = Expr::expr(Func::lower(Expr::col(seen_post::Column::Author))).eq(as_written(username));
    let mut gone = forget_seen(tx, Condition::all().add(by_them)).await?;
    for some in posts.chunks(1_000) {
        let theirs = Condition::all()
            .add(seen_post::Column::PostId.is_in(some.iter().map(String::as_str)))
            .add(seen_post::Column::Own.eq(false));
        gone += forget_seen(tx, theirs).await?;
    }
    Ok(gone)
}

/// In the order in which bots write them down, or the two would wait for each other.
async fn forget_seen(tx: &impl ConnectionTrait, meant: Condition) -> Result<u64> {
    use seen_post::{Column, Entity};
    let keys = Entity::find()
        .select_only()
        .columns([Column::BotId, Column::PostId])
        .filter(meant)
        .order_by_asc(Column::BotId)
        .order_by_asc(Column::PostId)
        .lock(LockType::Update)
        .into_query();
    let key = Expr::tuple([Expr::col(Column::BotId), Expr::col(Column::PostId)]);
    Ok(Entity::delete_many().filter(key.in_subquery(keys)).exec(tx).await?.rows_affected)
}

/// Takes away whole what was asked and answered with their words in it: it was kept for a while only anyway.
async fn forget_decisions(tx: &impl ConnectionTrait, username: &str) -> Result<u64> {
    let with_them = contains(decision::Column::People, &format!("\n{username}\n"));
    Ok(decision::Entity::delete_many().filter(with_them).exec(tx).await?.rows_affected)
}

/// Takes the words from the lines that tell how somebody asked to be left alone.
async fn forget_wishes(tx: &impl ConnectionTrait, username: &str) -> Result<u64> {
    let wishes = bot_activity::Entity::find()
        .filter(bot_activity::Column::Kind.eq(ActivityKind::OptedOut))
        .all(tx)
        .await?;
    let mut lines = 0;
    for line in wishes {
        let told = line.metadata.unwrap_or(Value::Null);
        let theirs = told["username"].as_str().is_some_and(|name| handle(name) == username);
        if !theirs || Value::is_null(&told["words"]) {
            continue;
        }
        lines += 1;
        bot_activity::Entity::update_many()
            .col_expr(
                bot_activity::Column::Message,
                Expr::value(format!("@{username} asked to be left alone")),
            )
            .col_expr(bot_activity::Column::Metadata, Expr::value(json!({ "username": username })))
            .filter(bot_activity::Column::Seq.eq(line.seq))
            .exec(tx)
            .await?;
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_blanked_where_it_stands_alone_and_torn_from_no_word() {
        let blank = |text: &str, word: &str| blank(text, &[word.to_owned()]);
        assert_eq!(blank("Ada liked “Fern” by jo", "jo"), "Ada liked “Fern” by (forgotten)");
        assert_eq!(blank("join jo, @jo: major jo_1", "jo"), "join (forgotten), @(forgotten): major jo_1");
        assert_eq!(blank("X marks x and Xx", "X"), "(forgotten) marks x and Xx");
        assert_eq!(blank("jojo jo", "jo"), "jojo (forgotten)");
        assert_eq!(blank("雪, 雪だ", "雪"), "(forgotten), 雪だ");
        assert_eq!(blank("by !? here", "!?"), "by (forgotten) here");
    }
}
