//! What a demo's fleet did, counted where it left its traces: in the gallery and in the store.

use std::collections::{BTreeMap, HashMap, HashSet};

use fleet_bots::{ActionFilter, ActionStatus, ActivityFilter, ActivityKind, BotFilter, Bots, Content};
use fleet_gallery::sandbox::Census;
use serde::Serialize;

/// The fleet's own actions.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// Living bots.
    bots: usize,
    /// Bots with at least one post in the gallery.
    authors: usize,
    /// Posts, comments and likes in the gallery, by persona.
    by_persona: BTreeMap<String, u64>,
    /// Posts in the gallery.
    posts: u64,
    /// Distinct pictures among them, by content.
    images: usize,
    /// Comments in the gallery, answers among them.
    comments: u64,
    /// Likes in the gallery.
    likes: u64,
    /// Looks that led to nothing else, by the store.
    browses: u64,
    /// Rows of the ledger that failed, and errors that belong to no row.
    errors: u64,
    /// Rows of the ledger whose fate nobody can tell.
    unresolved: u64,
    /// Likes taken back, and comments or posts that the gallery holds more often than the ledger has rows for them.
    duplicates: u64,
}

/// Something that can be doubled: who wrote what, and where.
type Trace = (String, Option<String>, String);

impl Report {
    /// Counts.
    pub(super) async fn of(bots: &Bots, census: &Census) -> anyhow::Result<Self> {
        let summary = bots.fleet_summary().await?;
        let mut report = Report {
            errors: summary.failed + loose_errors(bots).await?,
            unresolved: summary.unresolved,
            ..Report::default()
        };
        let personas = report.count_bots(bots).await?;
        let expected = ledger(bots, &personas).await?;
        let found = report.count_gallery(census, &personas);
        report.duplicates = census.unlikes
            + found
                .iter()
                .map(|(trace, count)| count.saturating_sub(expected.get(trace).copied().unwrap_or(0)))
                .sum::<u64>();
        Ok(report)
    }

    /// Counts the bots; returns their personas by username.
    async fn count_bots(
        &mut self,
        bots: &Bots,
    ) -> anyhow::Result<HashMap<String, (String, fleet_bots::BotId)>> {
        let (mut personas, mut page) = (HashMap::new(), 0);
        loop {
            let some = bots.list_bots(&BotFilter { page, per_page: 1_000, ..BotFilter::default() }).await?;
            if some.rows.is_empty() {
                return Ok(personas);
            }
            for view in some.rows {
                self.bots += 1;
                self.browses += u64::try_from(view.bot.browses).unwrap_or(0);
                self.by_persona.entry(view.bot.persona.clone()).or_default();
                personas.insert(view.bot.username, (view.bot.persona, view.bot.id));
            }
            page += 1;
        }
    }

    /// Counts what the bots left in the gallery; returns what can be doubled, and how often it is there.
    fn count_gallery(
        &mut self,
        census: &Census,
        personas: &HashMap<String, (String, fleet_bots::BotId)>,
    ) -> HashMap<Trace, u64> {
        let (mut authors, mut images, mut found) = (HashSet::new(), HashSet::new(), HashMap::new());
        let mut acted = |username: &str| {
            let persona = personas.get(username).map(|(persona, _)| persona);
            if let Some(persona) = persona {
                *self.by_persona.entry(persona.clone()).or_default() += 1;
            }
            u64::from(persona.is_some())
        };
        for item in &census.items {
            let own = acted(&item.author);
            self.posts += own;
            if own == 1 {
                authors.insert(item.author.as_str());
                images.insert(item.image_sha256.as_str());
                let words = format!("{}\n{}", item.title, item.description.as_deref().unwrap_or_default());
                *found.entry((item.author.clone(), None, words)).or_default() += 1;
            }
            self.likes += item.likers.iter().map(|liker| acted(liker)).sum::<u64>();
            for comment in &item.comments {
                if acted(&comment.author) == 1 {
                    self.comments += 1;
                    let trace = (comment.author.clone(), Some(item.id.clone()), comment.content.clone());
                    *found.entry(trace).or_default() += 1;
                }
            }
        }
        (self.authors, self.images) = (authors.len(), images.len());
        found
    }
}

/// What the ledger's rows may have left in the gallery, and how many rows there are for it.
async fn ledger(
    bots: &Bots,
    personas: &HashMap<String, (String, fleet_bots::BotId)>,
) -> anyhow::Result<HashMap<Trace, u64>> {
    let names: HashMap<_, _> = personas.iter().map(|(username, (_, id))| (*id, username.clone())).collect();
    let rows =
        bots.recent_actions(&ActionFilter { limit: u64::from(u32::MAX), ..ActionFilter::default() }).await?;
    let mut expected = HashMap::new();
    for row in rows.into_iter().filter(|row| row.status != ActionStatus::Planned) {
        let Some(username) = names.get(&row.bot_id).cloned() else { continue };
        let trace = match row.content {
            Content::Post { title, description, .. } => (username, None, format!("{title}\n{description}")),
            Content::Comment { text, .. } | Content::Answer { text, .. } => (username, row.target, text),
            Content::Picture { .. } | Content::Like { .. } | Content::Unlike { .. } => continue,
        };
        *expected.entry(trace).or_default() += 1;
    }
    Ok(expected)
}

/// Error activities that do not tell of a row of the ledger.
async fn loose_errors(bots: &Bots) -> anyhow::Result<u64> {
    let (mut loose, mut before) = (0, None);
    loop {
        let filter = ActivityFilter {
            kinds: vec![ActivityKind::Error, ActivityKind::Restarted],
            before,
            limit: 1_000,
            ..ActivityFilter::default()
        };
        let page = bots.get_activity(&filter).await?;
        let Some(last) = page.last() else { return Ok(loose) };
        before = Some(last.seq);
        loose += page.iter().filter(|error| error.action_id.is_none()).count() as u64;
    }
}
