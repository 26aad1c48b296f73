//! Visitors in a gallery, with a clock that goes where it is told and pictures that take no time.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::sandbox::visitors::VisitorScript;
use crate::sandbox::visitors::person::Wary;
use crate::sandbox::{Census, Sandbox, SandboxConfig};
use crate::secret::Secret;
use crate::wire::Invite;

const BEGIN: &str = "2026-05-04T15:00:00Z";

/// A sandbox, its visitors, and their time.
struct Town {
    sandbox: Sandbox,
    clock: Arc<AtomicI64>,
    host: Host,
}

impl Town {
    async fn open(visitors: &Visitors, folder: Option<&Path>, begin: Timestamp) -> Self {
        let clock = Arc::new(AtomicI64::new(begin.as_microsecond()));
        let hand = clock.clone();
        let now = move || Timestamp::from_microsecond(hand.load(Ordering::Relaxed)).unwrap();
        let mut config = SandboxConfig::new(Secret::new("fst_test_0123456789abcdef"), Arc::new(now));
        config.state_dir = folder.map(Path::to_owned);
        let sandbox = Sandbox::start(config).await.unwrap();
        let host = Host::new(sandbox.app.clone(), visitors);
        Self { sandbox, clock, host }
    }

    /// Lets time pass until then.
    fn live(&mut self, until: Timestamp) {
        while let Some(due) = self.host.agenda.next().filter(|due| *due < until) {
            self.clock.fetch_max(due.as_microsecond(), Ordering::Relaxed);
            if let Some(painting) = self.host.step(due, Duration::from_secs(60)) {
                let png = format!("not really a picture of {}", painting.idea.prompt);
                let drawn = Drawn { png: png.clone().into(), sha256: png.len().to_string() };
                painting.publish(&self.sandbox.app, &[drawn]).unwrap();
            }
        }
        self.clock.store(until.as_microsecond(), Ordering::Relaxed);
    }

    fn census(&self) -> Census {
        self.sandbox.census()
    }

    /// An agent, by its account.
    fn agent(&self, username: &str) -> usize {
        let invite = Invite {
            agent_id: format!("id-of-{username}"),
            name: "Mira (AI)".to_owned(),
            username: username.to_owned(),
            is_agent: true,
            agent_persona_id: "ai_artist".to_owned(),
        };
        self.sandbox.app.invite(invite).unwrap();
        self.sandbox.app.store.read(|state| state.by_username(username)).unwrap()
    }
}

fn begin() -> Timestamp {
    BEGIN.parse().unwrap()
}

fn after(hours: i64) -> Timestamp {
    begin() + SignedDuration::from_hours(hours)
}

/// All that was done, by when.
fn times(census: &Census) -> Vec<Timestamp> {
    let posts = census.items.iter().map(|item| item.created_at);
    let remarks = census.items.iter().flat_map(|item| item.comments.iter().map(|remark| remark.created_at));
    posts.chain(remarks).collect()
}

#[tokio::test]
async fn ten_days_of_visitors_keep_the_rules_and_are_company() {
    let mut town = Town::open(&Visitors::new(100, 2), None, begin()).await;
    town.live(after(24 * 10));
    let census = town.census();
    let posts = census.items.len();
    let likes: usize = census.items.iter().map(|item| item.likers.len()).sum();
    let remarks: Vec<(&str, &str, &str)> = (census.items.iter())
        .flat_map(|item| {
            item.comments
                .iter()
                .map(|remark| (item.author.as_str(), remark.author.as_str(), remark.content.as_str()))
        })
        .collect();
    println!("{} accounts, {posts} posts, {} comments, {likes} likes", census.accounts.len(), remarks.len());
    assert!(
        likes > remarks.len() && remarks.len() > posts && posts > 50,
        "{likes} {} {posts}",
        remarks.len()
    );
    assert_eq!(census.unlikes, 0);
    assert!(census.accounts.iter().all(|account| !account.is_agent && account.agent_id.is_none()));
    assert!(census.items.iter().all(|item| !item.likers.contains(&item.author)));
    assert!(census.items.iter().all(|item| (1..=200).contains(&item.title.chars().count())));
    assert!(remarks.iter().all(|(_, _, text)| (1..=1000).contains(&text.chars().count())));

    // Few post; of those who do, none floods the gallery; under their posts they answer.
    let mut posters: BTreeMap<&str, usize> = BTreeMap::new();
    census.items.iter().for_each(|item| *posters.entry(&item.author).or_default() += 1);
    assert!((20..60).contains(&posters.len()), "{}", posters.len());
    assert!(posters.values().all(|posts| *posts <= 10 * 6), "{posters:?}");
    let foreign = remarks.iter().filter(|(author, by, _)| author != by).count();
    let own = remarks.len() - foreign;
    assert!(own * 5 > foreign && own < foreign, "{own} answers to {foreign} remarks");

    // They go where their interests are.
    let person: BTreeMap<&str, &Person> =
        town.host.guests.iter().map(|guest| (guest.person.username.as_str(), &guest.person)).collect();
    let liked = census.items.iter().flat_map(|item| item.likers.iter().map(move |liker| (item, liker)));
    let fits = liked.filter(|(item, liker)| {
        let (author, liker) = (person[item.author.as_str()], person[liker.as_str()]);
        [liker.genre, liker.second].contains(&author.genre)
    });
    assert!(fits.count() * 10 > likes * 6);
}

#[tokio::test]
async fn the_same_seed_and_clock_make_the_same_gallery() {
    let mut told = Vec::new();
    for seed in [4, 4, 5] {
        let mut town = Town::open(&Visitors::new(20, seed), None, begin()).await;
        town.live(after(36));
        let lines = town.census().items.into_iter().map(|item| {
            let remarks: Vec<String> =
                item.comments.iter().map(|remark| format!("{} {}", remark.author, remark.content)).collect();
            format!("{} {} {:?} {:?} {remarks:?}", item.created_at, item.author, item.title, item.likers)
        });
        told.push(lines.collect::<Vec<_>>());
    }
    assert!(told[0].len() > 5 && told[0] == told[1] && told[0] != told[2]);
}

#[tokio::test]
async fn the_gallery_is_as_lively_as_the_script_says() {
    let script = VisitorScript::built_in("launch-day").unwrap();
    let mut town = Town::open(&Visitors { script, ..Visitors::new(10, 1) }, None, begin()).await;
    town.live(after(72));
    let launch = times(&town.census());
    let within = |from, until| launch.iter().filter(|at| (after(from)..after(until)).contains(at)).count();
    assert!(
        within(2, 4) > 2 * within(0, 2) && within(2, 4) > 5 * within(60, 62),
        "{} {}",
        within(0, 2),
        within(2, 4)
    );

    let script = VisitorScript::built_in("dying-week").unwrap();
    let mut town = Town::open(&Visitors { script, ..Visitors::new(80, 1) }, None, begin()).await;
    town.live(after(24 * 10));
    let dying = times(&town.census());
    assert!(dying.len() > 200 && dying.iter().all(|at| *at < after(24 * 6)), "{}", dying.len());
    assert_eq!(town.host.agenda.next(), None);
}

#[tokio::test]
async fn who_wants_no_bots_says_so_and_more_firmly_each_time_a_bot_comes_back() {
    let mut met = [0, 0];
    let minds =
        |seed: &u64| person::people(*seed, 40, 40).iter().filter(|one| one.wary.is_some()).count() > 2;
    for seed in (0..).filter(minds).take(4) {
        let mut town = Town::open(&Visitors::new(40, seed), None, begin()).await;
        let bot = town.agent("mira");
        let wary: BTreeMap<String, Wary> = (town.host.guests.iter())
            .filter_map(|guest| Some((guest.person.username.clone(), guest.person.wary?)))
            .collect();
        for day in 1..=8 {
            town.live(after(24 * day));
            // A bot that does not listen: under every wary person's latest post, once a day.
            for author in wary.keys() {
                let census = town.census();
                let latest = census.items.iter().rfind(|item| item.author == *author);
                if let Some(item) = latest {
                    town.sandbox.app.comment(bot, &item.id, format!("Day {day}: lovely light.")).unwrap();
                }
            }
        }
        for (author, stance) in &wary {
            let census = town.census();
            let mut pleas: Vec<(Timestamp, String)> = Vec::new();
            for item in census.items.iter().filter(|item| item.author == *author) {
                let mut met = false;
                for remark in &item.comments {
                    if remark.author == *author && met {
                        pleas.push((remark.created_at, remark.content.to_lowercase()));
                    }
                    met = remark.is_agent || met && remark.author != *author;
                }
                if *stance == Wary::InCaptions {
                    assert!(item.description.as_ref().is_some_and(|text| text.contains('\n')), "{item:?}");
                }
            }
            pleas.sort();
            let english = |text: &str| text.is_ascii();
            if let [(_, first), (_, second), (_, third), ..] = &pleas[..]
                && [first, second, third].iter().all(|text| english(text))
            {
                met[0] += 1;
                met[1] += usize::from(
                    third.contains("times")
                        || third.contains("enough")
                        || third.contains("no more")
                        || third.contains("serious")
                        || third.contains("last warning")
                        || third.contains("won't ask"),
                );
                assert_ne!(first, second);
                assert_ne!(second, third);
            }
        }
    }
    assert!(met[0] >= 4 && met[1] * 4 >= met[0] * 3, "{met:?}");
}

#[tokio::test]
async fn a_few_try_what_a_machine_obeys_and_most_never_do() {
    let mut town = Town::open(&Visitors::new(200, 6), None, begin()).await;
    town.live(after(24 * 4));
    let census = town.census();
    let texts = census.items.iter().flat_map(|item| {
        let remarks = item.comments.iter().map(|remark| (remark.author.as_str(), remark.content.as_str()));
        remarks.chain(item.description.iter().map(|text| (item.author.as_str(), text.as_str())))
    });
    let (mut tried, mut all) = (Vec::new(), 0);
    for (author, text) in texts {
        all += 1;
        if crate::sandbox::visitors::injection::is_one(text) {
            tried.push(author);
        }
    }
    let who: HashSet<&str> = tried.iter().copied().collect();
    assert!(
        !who.is_empty() && who.len() < 20 && tried.len() * 20 < all,
        "{} by {} of {all}",
        tried.len(),
        who.len()
    );
}

#[tokio::test]
async fn over_the_same_folder_the_same_people_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let script =
        VisitorScript::parse(r#"[{"after":"0h","rate":1},{"after":"30h","rate":2,"join":10}]"#).unwrap();
    let visitors = Visitors { script, ..Visitors::new(25, 3) };
    let mut town = Town::open(&visitors, Some(folder.path()), begin()).await;
    town.live(after(40));
    let before = town.census();
    let Town { sandbox, host, .. } = town;
    drop(host);
    sandbox.stop().await;

    let mut town = Town::open(&visitors, Some(folder.path()), after(41)).await;
    let drift = town.host.guests.iter().filter(|guest| guest.account.is_some()).count();
    assert_eq!(drift, before.accounts.len());
    town.live(after(100));
    let census = town.census();
    assert!(times(&census).len() > times(&before).len() + 20);
    assert!(census.accounts.len() <= 35 && census.accounts.len() >= before.accounts.len());
    let names: HashSet<&str> = census.accounts.iter().map(|account| account.username.as_str()).collect();
    assert_eq!(names.len(), census.accounts.len());
    assert_eq!(census.unlikes, 0);
    let mut said = HashSet::new();
    for item in &census.items {
        assert!(said.insert(item.title.to_lowercase()), "twice: {}", item.title);
    }
}

#[tokio::test]
async fn a_handle_that_a_bot_has_is_left_to_it() {
    let visitors = Visitors::new(1, 8);
    let handle = person::people(8, 1, 1)[0].username.clone();
    let mut town = Town::open(&visitors, None, begin()).await;
    town.agent(&handle);
    town.live(after(30));
    let census = town.census();
    let people: Vec<&str> = census
        .accounts
        .iter()
        .filter(|account| !account.is_agent)
        .map(|account| account.username.as_str())
        .collect();
    assert_eq!(people, [format!("{handle}_")]);
    let again = Host::new(town.sandbox.app.clone(), &visitors);
    assert!(again.guests[0].account.is_some());
}
