//! What was done by the bots and in the time that were chosen, sorted by what can become of it, and how that is told.

use std::collections::HashSet;

use fleet_bots::{Action, ActionId, ActionStatus, Bots, Content, Deed, DeedFilter, FleetTime};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::output;

/// See the file's head.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) likes: Likes,
    /// The rows of the likes that can be taken back, or are being.
    pub(super) likes_meant: HashSet<ActionId>,
    /// Likes that could not be taken back when it was tried last, or of which nobody can tell whether they were.
    unfinished: Vec<Thing>,
    /// What only a person can remove.
    by_hand: Vec<Thing>,
    /// What may have happened.
    unknown: Vec<Thing>,
    gallery: Option<String>,
    still_running: HashSet<String>,
}

/// How many likes are how far.
#[derive(Debug, Default, Serialize)]
pub(super) struct Likes {
    /// Not begun, or failed when it was tried.
    pub(super) to_take_back: u64,
    /// Planned or sent.
    pub(super) under_way: u64,
    pub(super) taken_back: u64,
    /// Nobody can tell whether they were taken back.
    pub(super) unresolved: u64,
    /// There before the bot came.
    pub(super) not_ours: u64,
}

/// One deed, as a person has to find it.
#[derive(Debug, Serialize)]
struct Thing {
    action: ActionId,
    bot: String,
    kind: fleet_bots::ActionKind,
    title: String,
    text: Option<String>,
    post_id: Option<String>,
    comment_id: Option<String>,
    address: Option<String>,
    at: FleetTime,
    why: Option<String>,
}

impl Found {
    pub(super) async fn read(bots: &Bots, filter: &DeedFilter) -> anyhow::Result<Self> {
        let mut found = Found { gallery: bots.bound_gallery().await?, ..Found::default() };
        let mut page = filter.clone();
        loop {
            let deeds = bots.list_deeds(&page).await?;
            let Some(last) = deeds.last() else { return Ok(found) };
            page.after = Some(last.action.id);
            deeds.iter().for_each(|deed| found.take(deed));
        }
    }

    fn take(&mut self, deed: &Deed) {
        let Deed { action, bot, undo } = deed;
        let is_done = action.status == ActionStatus::Done;
        if bot.deleted_at.is_none() && bot.intent == fleet_bots::Intent::Running {
            self.still_running.insert(bot.username.clone());
        }
        if !is_done {
            self.unknown
                .push(self.thing(deed, action.failure.as_deref().or(Some("its answer is still awaited"))));
            return;
        }
        if !matches!(action.content, Content::Like { .. }) {
            self.by_hand.push(self.thing(deed, None));
            return;
        }
        let likes = &mut self.likes;
        match undo.as_ref().map(|undo| (undo.status, undo.failure.as_deref())) {
            _ if action.undone_by.is_some() => likes.taken_back += 1,
            _ if action.sent_at.is_none() => likes.not_ours += 1,
            Some((ActionStatus::Planned | ActionStatus::Sent, _)) => {
                likes.under_way += 1;
                self.likes_meant.insert(action.id);
            }
            Some((ActionStatus::Unresolved, why)) => {
                likes.unresolved += 1;
                self.unfinished.push(self.thing(deed, why));
            }
            Some((_, why)) => {
                likes.to_take_back += 1;
                self.likes_meant.insert(action.id);
                self.unfinished.push(self.thing(deed, why));
            }
            None => {
                likes.to_take_back += 1;
                self.likes_meant.insert(action.id);
            }
        }
    }

    fn thing(&self, Deed { action, bot, undo }: &Deed, why: Option<&str>) -> Thing {
        let (title, text) = match &action.content {
            Content::Picture { title, .. } | Content::Post { title, .. } => (title, None),
            Content::Like { about } | Content::Unlike { about, .. } => (&about.title, None),
            Content::Comment { about, text } | Content::Answer { about, text, .. } => {
                (&about.title, Some(text.clone()))
            }
        };
        let post_id = action.target.clone().or_else(|| action.remote_id.clone());
        Thing {
            action: undo.as_ref().map_or(action.id, |undo| undo.id),
            bot: bot.username.clone(),
            kind: action.kind,
            title: title.clone(),
            text,
            address: post_id.as_deref().and_then(|post_id| address(self.gallery.as_deref()?, post_id)),
            comment_id: action.target.as_ref().and(action.remote_id.clone()),
            post_id,
            at: began(action),
            why: why.map(str::to_owned),
        }
    }

    /// Whether there is nothing that this program could take back.
    pub(super) fn is_over(&self) -> bool {
        self.likes.to_take_back + self.likes.under_way == 0
    }

    pub(super) fn document(&self, is_dry: bool) -> Value {
        json!({
            "dry_run": is_dry, "gallery": self.gallery, "likes": self.likes, "unfinished": self.unfinished,
            "by_hand": self.by_hand, "unknown": self.unknown,
        })
    }

    /// Tells what there is, before anything is done.
    pub(super) fn tell(&self) -> anyhow::Result<()> {
        let Likes { to_take_back, under_way, taken_back, not_ours, .. } = self.likes;
        let many = |count: u64| output::count(count, "like");
        output::say(format!("to take back       {}", many(to_take_back)))?;
        let rest = [
            (under_way, "being taken back ", "asked for before"),
            (taken_back, "taken back       ", "nothing is left to do about them"),
            (
                not_ours,
                "left alone       ",
                "they were there before the bot came, so they are not the fleet's",
            ),
        ];
        for (count, what, why) in rest.into_iter().filter(|(count, ..)| *count > 0) {
            output::say(format!("{what}  {}; {why}", many(count)))?;
        }
        if to_take_back > 0 && !self.still_running.is_empty() {
            let running = output::count(self.still_running.len() as u64, "bot");
            output::say(format!(
                "                   of {running} that may do more while they run; `fleet bots pause` holds them"
            ))?;
        }
        tell_things("To be removed by a person, in the gallery", &self.by_hand)?;
        tell_things(
            "May have happened, nobody can tell; look in the gallery, then say it with `fleet bots resolve ACTION happened` \
             or `… did-not`, and run this again",
            &self.unknown,
        )?;
        self.tell_unfinished()
    }

    /// Tells what has come of it.
    pub(super) fn tell_end(&self) -> anyhow::Result<()> {
        output::say("")?;
        output::say(format!("taken back         {}", output::count(self.likes.taken_back, "like")))?;
        if self.likes.under_way > 0 {
            output::say(format!("being taken back   {}", output::count(self.likes.under_way, "like")))?;
        }
        self.tell_unfinished()
    }

    fn tell_unfinished(&self) -> anyhow::Result<()> {
        tell_things(
            "Likes that could not be taken back, or of which nobody can tell whether they were; say it of these with \
             `fleet bots resolve ACTION …`, or run this again",
            &self.unfinished,
        )
    }

    /// # Errors
    /// When something that was to be taken back is not.
    pub(super) fn verdict(&self, is_dry: bool) -> anyhow::Result<()> {
        let left = self.likes.to_take_back + self.likes.under_way + self.likes.unresolved;
        match left {
            0 => Ok(()),
            _ if is_dry => Ok(()),
            left => anyhow::bail!("{} not taken back", output::count(left, "like")),
        }
    }
}

impl Thing {
    fn tell(&self) -> anyhow::Result<()> {
        let what = match self.kind {
            fleet_bots::ActionKind::Post => "post",
            fleet_bots::ActionKind::Like | fleet_bots::ActionKind::Unlike => "like of",
            fleet_bots::ActionKind::Comment => "comment on",
            fleet_bots::ActionKind::Answer => "answer under",
            fleet_bots::ActionKind::Picture => "picture",
        };
        let words =
            self.text.as_deref().map(|text| format!(": {}", output::cut(text, 100))).unwrap_or_default();
        let told = format!("@{} {what} “{}”{words}", self.bot, self.title);
        output::say(format!("  {}  {}", output::moment(self.at), output::plain(&told)))?;
        let ids = [("post", self.post_id.as_ref()), ("comment", self.comment_id.as_ref())];
        let mut where_it_is: Vec<String> =
            ids.into_iter().filter_map(|(what, id)| Some(format!("{what} {}", id?))).collect();
        where_it_is.extend(self.address.clone());
        where_it_is.extend(self.why.as_ref().map(|why| format!("action {} ({why})", self.action)));
        output::say(format!("      {}", output::plain(&where_it_is.join(", "))))
    }
}

fn tell_things(head: &str, things: &[Thing]) -> anyhow::Result<()> {
    if things.is_empty() {
        return Ok(());
    }
    output::say(format!("\n{head}:"))?;
    things.iter().try_for_each(Thing::tell)
}

/// When it began, as far as the ledger knows.
fn began(action: &Action) -> FleetTime {
    action.begun_at.or(action.settled_at).unwrap_or(action.planned_at)
}

/// Where people see a post; none in a gallery that has no address of its own, such as a demo's.
fn address(gallery: &str, post_id: &str) -> Option<String> {
    let mut url = Url::parse(gallery).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.path_segments_mut().ok()?.pop_if_empty().extend(["item", post_id]);
    Some(url.into())
}
