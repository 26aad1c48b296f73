//! A shell over a data folder of its own: runs the program with a clean environment, and tells what it said.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long a state may take to come; generous, since a test that fails is slow only once.
const PATIENCE: Duration = Duration::from_secs(150);

/// A data folder, gone with the test.
pub(crate) struct Shell {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A command that goes on; it is ended with the test.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// The same, with a variable in its environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file beside the data.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fleet"));
        command.env_clear().envs(self.environment.iter().cloned());
        command.args(arguments).arg("--data").arg(self.folder()).stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        Done::from(self.command(arguments).output().unwrap())
    }

    /// Runs a command that must succeed; returns what it printed.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.code, 0, "{arguments:?}: {done:?}");
        done.stdout
    }

    /// Runs a command that must succeed, with `--json`; returns what it printed.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let printed = self.ok(&[arguments, &["--json"]].concat());
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {printed}"))
    }

    /// Runs a command that must fail with `code`; returns what it said about it.
    pub(crate) fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.code, code, "{arguments:?}: {done:?}");
        done.stderr
    }

    /// Begins a command that goes on.
    pub(crate) fn begin(&self, arguments: &[&str]) -> Running {
        let mut child = self.command(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, lines }
    }

    /// Waits until `reached` says yes to what a command prints with `--json`; it may fail while nothing is there yet.
    ///
    /// # Panics
    /// When `what` was not reached before the deadline.
    #[expect(clippy::disallowed_methods, reason = "no runtime is here that it could block")]
    pub(crate) fn until(&self, what: &str, arguments: &[&str], reached: impl Fn(&Value) -> bool) {
        let begun = Instant::now();
        loop {
            let done = self.run(&[arguments, &["--json"]].concat());
            if done.code == 0 && reached(&serde_json::from_str(&done.stdout).unwrap()) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "waited {PATIENCE:?} for this: {what}; {done:?}");
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Makes a bot of which everything is known.
    pub(crate) fn ada(&self) {
        self.ok(&[
            "bots",
            "create",
            "--name",
            "Ada",
            "--username",
            "ada",
            "--persona",
            "data_viz",
            "--bio",
            "An AI resident who counts.",
            "--personality",
            "Counts things and shows them.",
            "--vibe",
            "dry",
            "--interests",
            "charts,maps",
            "--post",
            "1",
            "--comment",
            "1",
            "--like",
            "2",
            "--browse",
            "0",
            "--zone",
            "Europe/London",
            "--busy",
            "9-12,13-17",
            "--days",
            "weekdays",
            "--min",
            "90s",
            "--max",
            "5m",
        ]);
    }

    /// What is wanted of a bot, as `bots list` tells it.
    pub(crate) fn intent(&self, username: &str) -> Option<String> {
        let bots = self.json(&["bots", "list"]);
        let bot = bots["bots"].as_array().unwrap().iter().find(|bot| bot["username"] == username)?.clone();
        Some(bot["intent"].as_str().unwrap().to_owned())
    }

    /// What was printed, with everything that differs from run to run put aside.
    pub(crate) fn redacted(&self, printed: &str) -> String {
        let printed = printed.replace(&self.folder().display().to_string(), "[data]");
        printed.split_inclusive([' ', '\n', '"', ',']).map(redacted_word).collect()
    }
}

fn redacted_word(word: &str) -> String {
    let bare = word.trim_end_matches([' ', '\n', '"', ',']);
    let rest = &word[bare.len()..];
    let shape: String = bare.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_id = bare.len() == 36 && bare.matches('-').count() == 4;
    let is_moment = bare.len() == 16 && bare.starts_with('1') && !shape.contains(|c| c != '0');
    match shape.as_str() {
        _ if is_id => format!("[id]{rest}"),
        _ if is_moment => format!("[moment]{rest}"),
        "0000-00-00" => format!("[date]{rest}"),
        "00:00" | "00:00:00" | "00:00:00Z" => format!("[time]{rest}"),
        _ => word.to_owned(),
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Done {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Running {
    /// Waits for the next line.
    pub(crate) fn line(&mut self) -> String {
        self.lines.next().expect("the command ended").unwrap()
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let (signal, pid) = (format!("-{name}"), self.child.id().to_string());
        assert!(Command::new("kill").args([&signal, &pid]).status().unwrap().success());
    }

    /// Waits for its end, which must come by itself and soon; returns the exit code.
    pub(crate) fn end_within(mut self, deadline: Duration) -> i32 {
        let begun = Instant::now();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        assert!(begun.elapsed() < deadline, "it took {:?} to end", begun.elapsed());
        code
    }

    /// Sends Ctrl-C; returns the exit code.
    pub(crate) fn interrupt(self) -> i32 {
        self.signal("INT");
        self.end_within(Duration::from_secs(10))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
