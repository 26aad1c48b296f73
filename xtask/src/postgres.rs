//! A throw-away Postgres, for tests and for a developer at work.
//!
//! It listens on a socket in a folder of its own and nowhere else, keeps nothing safe from a power cut, and is gone
//! when its [`Postgres`] is dropped.
//! It is gone as well when the process is killed: a warden waits at a pipe whose other end is ours, and when that
//! closes, for whatever reason, it stops the server and removes the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::{install, refuse_arguments, shell, workspace};

/// Debian's name for it.
pub(crate) const PACKAGE: &str = "postgresql";

/// Debian keeps each version in a folder of its own, and none of them on `PATH`.
const DEBIAN_FOLDER: &str = "/usr/lib/postgresql";

/// Not every root's `PATH` has the folder it lies in.
const RUNUSER: &str = "/usr/sbin/runuser";

/// A socket's path has at most 107 bytes, so this stays short, whatever `TMPDIR` says.
const FOLDER_PATTERN: &str = "/tmp/fleet-postgres.XXXXXX";

/// Its arguments: the folder, then the command that stops the server.
/// It reads what is never written, so the line ends only when the pipe does.
const WARDEN: &str = r#"
trap '' HUP INT TERM
folder=$1; shift
read -r _
"$@"
rm -rf "$folder"
"#;

const SETTINGS: [&str; 6] = [
    "port=5432",
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
];

/// A running server.
pub(crate) struct Postgres {
    folder: PathBuf,
    warden: Child,
}

/// Runs a server until the user has had enough of it.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    refuse_arguments("postgres", arguments)?;
    if programs().is_none() {
        install::debian_packages(&[PACKAGE]).context("Postgres is not installed")?;
    }
    let postgres = Postgres::start()?;
    println!("{}", postgres.url());
    eprintln!("Ctrl-C stops the server and removes its data");
    // Ctrl-C ends us and not the warden, which does the rest.
    loop {
        std::thread::park();
    }
}

/// The folder of the newest server's programs on this machine.
pub(crate) fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir(DEBIAN_FOLDER).into_iter().flatten().filter_map(|entry| {
        let version = entry.ok()?;
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let programs = version.path().join("bin");
        programs.join("initdb").is_file().then_some((number, programs))
    });
    let newest = debian.max().map(|(_, programs)| programs);
    newest.or_else(|| Some(workspace::find_program("initdb")?.parent()?.to_owned()))
}

impl Postgres {
    /// Sets up a server in a new folder and waits until it answers.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs().context("Postgres is not installed")?;
        let folder = PathBuf::from(shell::run_quietly(Command::new("mktemp").args(["-d", FOLDER_PATTERN]))?);
        let as_root = shell::running_as_root();
        let data = folder.join("data");
        let program = |name: &str| as_its_own_user(&programs.join(name), as_root, &folder);

        let mut stop = program("pg_ctl");
        stop.args(["-s", "-m", "immediate", "stop", "-D"]).arg(&data);
        let warden = post_warden(&folder, &stop)?;
        // From here on an early return stops and removes everything.
        let postgres = Self { folder: folder.clone(), warden };

        if as_root {
            shell::run_quietly(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let mut create = program("initdb");
        create.args([
            "-A",
            "trust",
            "-U",
            "test",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
            "-D",
        ]);
        shell::run_quietly(create.arg(&data))?;

        let mut start = program("pg_ctl");
        start.args(["-s", "-w", "start", "-D"]).arg(&data).arg("-l").arg(folder.join("log"));
        start.arg("-o").arg(settings(&folder));
        shell::run_quietly(&mut start).with_context(|| {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            format!("Postgres did not start; its log says:\n{}\n", log.trim())
        })?;
        Ok(postgres)
    }

    /// Where to connect to the database `postgres`; tests make their own beside it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://test@localhost/postgres?host={}", self.folder.display())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // `wait` closes our end of the pipe first, and that is all the warden waits for.
        let _ = self.warden.wait();
    }
}

/// A server refuses to run as root, so there it runs as the user that Debian made for it.
fn as_its_own_user(program: &Path, as_root: bool, folder: &Path) -> Command {
    let mut command = if as_root {
        let mut command = Command::new(RUNUSER);
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    command
}

/// Starts the warden in a process group of its own, which Ctrl-C does not reach.
fn post_warden(folder: &Path, stop: &Command) -> Result<Child> {
    let mut warden = Command::new("sh");
    warden.args(["-c", WARDEN, "warden"]).arg(folder).arg(stop.get_program()).args(stop.get_args());
    warden.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut warden, 0);
    warden.spawn().context("a shell to watch over Postgres could not be started")
}

fn settings(folder: &Path) -> String {
    let mut options = format!("-c unix_socket_directories='{}'", folder.display());
    for setting in SETTINGS {
        options += &format!(" -c {setting}");
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_server_leaves_nothing() -> Result<()> {
        if programs().is_none() {
            eprintln!("skipped: Postgres is not installed");
            return Ok(());
        }
        let postgres = Postgres::start()?;
        let folder = postgres.folder.clone();
        assert!(folder.join("data/postmaster.pid").is_file());
        drop(postgres);
        assert!(!folder.exists());
        Ok(())
    }
}
