//! What the ledger says against what the gallery has: nothing is there twice, no like was taken back, what is `done`
//! happened, what `failed` did not, and `unresolved` is only what nobody could see.

use std::collections::{BTreeMap, HashMap, HashSet};

use fleet_bots::{Action, ActionStatus, Bot, Content};
use fleet_gallery::sandbox::Census;

use super::calls::{Call, What};

/// What an action comes to in the gallery: whoever does the same to the same, does it a second time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Picture { by: String, title: String },
    Post { by: String, title: String, description: String },
    Like { by: String, post: String },
    Said { by: String, post: String, text: String },
}

/// How the rows of one deed ended, and what is there.
#[derive(Debug, Default)]
struct Account {
    done: Vec<Option<String>>,
    failed: usize,
    unresolved: usize,
    /// The ids of what is there.
    there: Vec<String>,
    /// How many of those nobody could see when they were looked for.
    unseen: usize,
    /// How often it was asked for and not refused.
    asked: usize,
    /// How many of those came too late to be found.
    late: usize,
}

/// Everything that is wrong, in words.
pub(super) fn violations(rows: &[Action], bots: &[Bot], census: &Census, calls: &[Call]) -> Vec<String> {
    let mut wrong = Vec::new();
    if census.unlikes > 0 {
        wrong.push(format!("{} likes were taken back", census.unlikes));
    }
    let names: HashMap<_, _> = bots.iter().map(|bot| (bot.id, bot.username.as_str())).collect();
    let ours: HashSet<_> = names.values().copied().collect();
    let mut accounts: BTreeMap<Deed, Account> = BTreeMap::new();
    for row in rows {
        let account = accounts.entry(deed_of(names[&row.bot_id], &row.content)).or_default();
        match row.status {
            ActionStatus::Done => account.done.push(row.remote_id.clone()),
            ActionStatus::Failed => account.failed += 1,
            ActionStatus::Unresolved => account.unresolved += 1,
            ActionStatus::Planned | ActionStatus::Sent => wrong.push(format!("{row:?} has not ended")),
        }
        if matches!(row.content, Content::Unlike { .. }) {
            wrong.push(format!("nobody asked for a like to be taken back: {row:?}"));
        }
        if row.failure.is_none() && matches!(row.status, ActionStatus::Failed | ActionStatus::Unresolved) {
            wrong.push(format!("{row:?} ended without a reason"));
        }
    }
    for (deed, id, is_hidden) in there(census, &ours) {
        let account = accounts.entry(deed).or_default();
        account.there.push(id);
        account.unseen += usize::from(is_hidden);
    }
    for call in calls.iter().filter(|call| !is_refused(call)) {
        let Some(deed) = asked_for(call) else { continue };
        let account = accounts.entry(deed).or_default();
        account.asked += 1;
        account.late += usize::from(call.is_too_late);
    }
    for (deed, account) in &accounts {
        let said = account.wrong(matches!(deed, Deed::Picture { .. }));
        wrong.extend(said.into_iter().map(|said| format!("{said}: {deed:?} {account:?}")));
    }
    let accounts: Vec<_> = census.accounts.iter().filter_map(|account| account.agent_id.as_ref()).collect();
    let distinct: HashSet<_> = accounts.iter().collect();
    if accounts.len() != distinct.len() || !census.accounts.iter().all(|account| account.is_agent) {
        wrong.push(format!("accounts were made twice, or not as agents: {:?}", census.accounts));
    }
    wrong
}

impl Account {
    fn wrong(&self, is_picture: bool) -> Vec<&'static str> {
        let mut wrong = Vec::new();
        let rows = self.done.len() + self.failed + self.unresolved;
        if self.asked > rows {
            wrong.push("it was asked for more often than there are rows");
        }
        if is_picture {
            // A picture leaves nothing that could be seen by anybody else.
            return wrong;
        }
        if self.there.len() < self.done.len() {
            wrong.push("a row is done that did not happen");
        }
        if self.there.len() > self.done.len() + self.unresolved {
            wrong.push("it happened more often than the rows know");
        }
        let known: Vec<_> = self.done.iter().flatten().collect();
        if known.iter().any(|id| !self.there.contains(id)) {
            wrong.push("a row is done with the id of something else");
        }
        if known.iter().collect::<HashSet<_>>().len() < known.len() {
            wrong.push("two rows are done with one id");
        }
        let unknown = self.there.len().saturating_sub(self.done.len());
        if unknown > self.unseen + self.late {
            wrong.push("a row is unresolved though everybody could see that it happened");
        }
        wrong
    }
}

fn deed_of(by: &str, content: &Content) -> Deed {
    let by = by.to_owned();
    match content.clone() {
        Content::Picture { title, .. } => Deed::Picture { by, title },
        Content::Post { title, description, .. } => Deed::Post { by, title, description },
        Content::Like { about } | Content::Unlike { about, .. } => Deed::Like { by, post: about.post_id },
        Content::Comment { about, text } | Content::Answer { about, text, .. } => {
            Deed::Said { by, post: about.post_id, text }
        }
    }
}

/// What is there of the residents' doing: the deed, what the gallery calls it, and whether it is held back.
fn there(census: &Census, ours: &HashSet<&str>) -> Vec<(Deed, String, bool)> {
    let mut there = Vec::new();
    for item in &census.items {
        if ours.contains(item.author.as_str()) {
            let (by, title) = (item.author.clone(), item.title.clone());
            let description = item.description.clone().unwrap_or_default();
            there.push((Deed::Post { by, title, description }, item.id.clone(), item.hidden));
        }
        for by in item.likers.iter().filter(|by| ours.contains(by.as_str())) {
            let like = Deed::Like { by: by.clone(), post: item.id.clone() };
            there.push((like, item.id.clone(), item.hidden));
        }
        for said in item.comments.iter().filter(|said| ours.contains(said.author.as_str())) {
            let (by, text) = (said.author.clone(), said.content.clone());
            there.push((Deed::Said { by, post: item.id.clone(), text }, said.id.clone(), item.hidden));
        }
    }
    there
}

/// Whether the gallery said that it did not do it.
fn is_refused(call: &Call) -> bool {
    call.answered.is_some_and(|status| (400..500).contains(&status))
}

fn asked_for(call: &Call) -> Option<Deed> {
    let by = call.agent.clone();
    let text = |field: &str| call.body[field].as_str().unwrap_or_default().to_owned();
    let post = call.post.clone();
    Some(match call.what {
        What::Execute => Deed::Picture { by, title: text("name") },
        What::Publish => Deed::Post { by, title: text("title"), description: text("description") },
        What::Like => Deed::Like { by, post },
        What::Comment | What::Answer => Deed::Said { by, post, text: text("content") },
        _ => return None,
    })
}
