//! The processes: a sandbox that keeps everything, and a fleet that is started again over the same data each time it dies.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fleet_bots::{
    Action, ActionFilter, Asked, Bot, Bots, Day, HourSpan, Interests, Micros, NewBot, Rhythm, Selection,
    SettingsChanges, StoreAddress, Switch, Weights,
};
use fleet_brain::Catalogue;
use fleet_gallery::client_builder;
use fleet_gallery::sandbox::Census;
use fleet_runtime::FleetClock;
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use tempfile::TempDir;

use super::proxy::Proxy;

const TOKEN: &str = "fst_torture_0123456789";
/// How fast the residents live.
const SPEED: &str = "300";
/// How long a state may take to come.
const DEADLINE: Duration = Duration::from_secs(90);

/// The fleet's process, for whoever is to kill it.
#[derive(Clone, Default)]
pub(super) struct Prey(Arc<Killed>);

#[derive(Default)]
struct Killed {
    child: Mutex<Option<Child>>,
    deaths: AtomicUsize,
}

/// A sandbox, a fleet, and what stands between them.
pub(super) struct World {
    pub(super) proxy: Proxy,
    pub(super) bots: Bots,
    folder: TempDir,
    database: Option<String>,
    sandbox: Mutex<Child>,
    sandbox_port: u16,
    prey: Prey,
    seed: u64,
}

impl Prey {
    /// Ends it at once, as SIGKILL does.
    pub(super) fn kill(&self) {
        if let Some(mut child) = self.0.child.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
            self.0.deaths.fetch_add(1, Ordering::SeqCst);
        }
    }

    pub(super) fn is_alive(&self) -> bool {
        self.0.child.lock().unwrap().is_some()
    }

    pub(super) fn deaths(&self) -> usize {
        self.0.deaths.load(Ordering::SeqCst)
    }
}

impl World {
    /// A sandbox, a store with `residents` who mean to live, and no fleet yet. `server` is a Postgres server.
    pub(super) async fn begin(seed: u64, residents: usize, server: Option<&str>) -> Self {
        let folder = tempfile::Builder::new().prefix("fleet-torture-").tempdir().unwrap();
        let database = match server {
            Some(server) => Some(fresh_database(server).await),
            None => None,
        };
        let address = match &database {
            Some(url) => StoreAddress::parse(url).unwrap(),
            None => StoreAddress::Sqlite(folder.path().join("fleet.db")),
        };
        let (sandbox, gallery) = sandbox(&folder, 0);
        let prey = Prey::default();
        let proxy = Proxy::begin(([127, 0, 0, 1], gallery).into(), prey.clone()).await;
        let bots = Bots::connect(&address, Switch::new(None)).await.unwrap();
        let sandbox = Mutex::new(sandbox);
        let world = Self { proxy, bots, folder, database, sandbox, sandbox_port: gallery, prey, seed };
        world.people(residents).await;
        world
    }

    async fn people(&self, residents: usize) {
        // A day passes in five minutes here, and there is little to react to.
        let without_caps = SettingsChanges {
            bot_posts: Some(0),
            bot_comments: Some(0),
            bot_likes: Some(0),
            likes_confirmed: Some(true),
            post_comments: Some(1_000),
            thread_replies: Some(1_000),
            reaction_floor_s: Some(0),
            bot_picture_day: Some(Micros::dollars(10_000)),
            fleet_picture_day: Some(Micros::dollars(10_000)),
            fleet_picture_month: Some(Micros::dollars(10_000)),
            ..SettingsChanges::default()
        };
        self.bots.change_settings(without_caps, &self.asked()).await.unwrap();
        self.come(residents).await;
    }

    /// Lets so many more residents in.
    pub(super) async fn come(&self, more: usize) {
        let there = self.bots.usernames().await.unwrap().len();
        let new = (there..there + more).map(restless).collect();
        self.bots.create_bots(new, &self.asked()).await.unwrap();
        self.bots.start_bots(&Selection::All, &self.asked()).await.unwrap();
    }

    /// Starts the fleet over its data.
    pub(super) async fn revive(&self) {
        let lives = self.prey.deaths();
        let log = self.file("fleet.log");
        let mut command = self.program();
        command.args(["serve", "--headless", "--speed", SPEED, "--request-timeout", "1s", "--node", "prey"]);
        command.arg("--gallery-url").arg(format!("http://{}", self.proxy.address));
        command.arg("--seed").arg((self.seed + lives as u64).to_string());
        command.env("FLOIMG_SERVICE_TOKEN", TOKEN);
        if let Some(url) = &self.database {
            command.env("DATABASE_URL", url);
            self.let_leases_lapse().await;
        }
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let said = child.stdout.take().unwrap();
        // Before its first word: it may be at the step at which it is to die by the time that is read.
        *self.prey.0.child.lock().unwrap() = Some(child);
        let line = first_line(said);
        assert!(line.starts_with("gallery"), "the fleet did not start; see {}", self.keep());
    }

    /// A node that died holds its bots for ten seconds more, where it was not alone; nobody needs to wait for that here.
    async fn let_leases_lapse(&self) {
        for node in self.bots.list_nodes().await.unwrap() {
            _ = self.bots.retire_node(node.node.id, &self.asked()).await;
        }
    }

    /// Kills the sandbox, and starts it again over what it kept.
    pub(super) fn gallery_falls_over(&self) {
        let mut sandbox_now = self.sandbox.lock().unwrap();
        sandbox_now.kill().unwrap();
        sandbox_now.wait().unwrap();
        *sandbox_now = sandbox(&self.folder, self.sandbox_port).0;
    }

    /// Has the gallery hold back a post, so that nobody sees it.
    pub(super) async fn gallery_hides_a_post(&self) {
        let request = client_builder().no_proxy().build().unwrap().post(self.control("faults"));
        let fault = json!("publish:hidden-from-showcase");
        _ = request.bearer_auth(TOKEN).json(&fault).send().await;
    }

    /// Everything that the gallery has.
    pub(super) async fn census(&self) -> Census {
        let request = client_builder().no_proxy().build().unwrap().get(self.control("census"));
        request.bearer_auth(TOKEN).send().await.unwrap().json().await.unwrap()
    }

    fn control(&self, what: &str) -> String {
        format!("http://127.0.0.1:{}/control/{what}", self.sandbox_port)
    }

    /// Every row of the ledger.
    pub(super) async fn ledger(&self) -> Vec<Action> {
        let all = ActionFilter { limit: 1_000_000, ..ActionFilter::default() };
        self.bots.recent_actions(&all).await.unwrap()
    }

    /// The residents.
    pub(super) async fn residents(&self) -> Vec<Bot> {
        let mut residents = Vec::new();
        for username in self.bots.usernames().await.unwrap() {
            residents.push(self.bots.get_bot(&username).await.unwrap().bot);
        }
        residents
    }

    /// Lets the fleet bring everything to its end, and ends it: nothing goes wrong any more, and hardly anything new is begun.
    /// Who was written to answers still, so what is compared afterwards must not have anybody left to change it.
    pub(super) async fn comes_to_rest(&self) {
        self.proxy.obeys(|_| super::saboteur::Deed::Pass);
        let calm = Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 };
        for bot in self.residents().await {
            let changes = fleet_bots::BotChanges { weights: Some(calm), ..Default::default() };
            self.bots.update_bot(bot.id, changes, &self.asked()).await.unwrap();
        }
        loop {
            if !self.prey.is_alive() {
                self.revive().await;
            }
            self.until("every row has ended", async || self.has_ended_all().await).await;
            self.prey.kill();
            self.until("every request has reached the gallery", async || self.proxy.is_quiet()).await;
            // It may have died in the middle of an answer, which its next life ends.
            if self.has_ended_all().await {
                return;
            }
        }
    }

    async fn has_ended_all(&self) -> bool {
        self.proxy.is_quiet() && self.ledger().await.iter().all(|row| !row.status.is_open())
    }

    /// Waits for a state, or says where everything is that tells why it did not come.
    pub(super) async fn until(&self, what: &str, mut reached: impl AsyncFnMut() -> bool) {
        let begun = Instant::now();
        while !reached().await {
            if begun.elapsed() > DEADLINE {
                let open: Vec<_> =
                    self.ledger().await.into_iter().filter(|row| row.status.is_open()).collect();
                panic!("not reached: {what}; open are {open:#?}; see {}", self.keep());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the fleet has died `times` times.
    pub(super) async fn until_dead(&self, what: &str, times: usize) {
        self.until(what, async || self.prey.deaths() >= times).await;
    }

    pub(super) fn prey(&self) -> &Prey {
        &self.prey
    }

    /// Keeps the data, and says where it is.
    pub(super) fn keep(&self) -> String {
        // A folder that is dropped is removed; its name is enough to find a copy of it.
        let kept = self.folder.path().with_extension("kept");
        _ = Command::new("cp").arg("-r").arg(self.folder.path()).arg(&kept).status();
        kept.display().to_string()
    }

    pub(super) fn asked(&self) -> Asked {
        Asked { by: "torture".into(), at: FleetClock::wall().now() }
    }

    fn file(&self, name: &str) -> File {
        File::options().create(true).append(true).open(self.folder.path().join(name)).unwrap()
    }

    fn program(&self) -> Command {
        program(self.folder.path().to_owned())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.prey.kill();
        let mut sandbox = self.sandbox.lock().unwrap();
        _ = sandbox.kill();
        _ = sandbox.wait();
    }
}

/// The program over `data`, with a clean environment.
fn program(data: PathBuf) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
    command.env_clear().arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// What a process says first; what it says later is not listened to, but it may say it.
fn first_line(said: ChildStdout) -> String {
    let (mut said, mut line) = (BufReader::new(said), String::new());
    said.read_line(&mut line).unwrap();
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    line
}

/// A sandbox at `port`, or at any; and where it is.
fn sandbox(folder: &TempDir, port: u16) -> (Child, u16) {
    let mut command = program(folder.path().join("sandbox"));
    command.args(["sandbox", "--keep", "--speed", SPEED, "--service-token", TOKEN]);
    command.args(["--requests-per-minute", "1000000", "--port", &port.to_string()]);
    let log = File::options().create(true).append(true).open(folder.path().join("sandbox.log")).unwrap();
    let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let line = first_line(child.stdout.take().unwrap());
    let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    (child, port.unwrap_or_else(|| panic!("the sandbox did not start: {line}")))
}

/// A resident who never sleeps, and acts several times in a second of ours.
fn restless(index: usize) -> NewBot {
    let personas = Catalogue::built_in();
    let persona = &personas.personas()[index % personas.personas().len()];
    NewBot {
        name: format!("Resident {index} (AI)"),
        username: format!("resident_{index}"),
        persona: persona.id.clone(),
        bio: String::new(),
        personality: persona.personality.clone(),
        vibe: persona.vibe.clone(),
        interests: Interests(persona.interests.clone()),
        weights: Weights { post: 0.3, comment: 0.4, like: 0.3, browse: 0.0 },
        rhythm: Rhythm {
            zone: "UTC".into(),
            busy: vec![HourSpan { from: 0, to: 24 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 60,
        max_interval_s: 180,
    }
}

/// The address of a new database of `server`.
async fn fresh_database(server: &str) -> String {
    let name = format!("fleet_torture_{}", fleet_bots::NodeId::generate().to_string().replace('-', ""));
    let connection = Database::connect(server).await.unwrap();
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let mut url = url::Url::parse(server).unwrap();
    url.set_path(&name);
    url.to_string()
}
