//! `fleet operators`: who may sign in to the panel. A password is asked for without an echo, or read from standard input;
//! it is never an argument or a setting, where other programs could read it.

use std::io::{BufRead, IsTerminal, Read};

use anyhow::Context;
use clap::{Args, Subcommand};
use console::Term;
use fleet_bots::{NewOperator, Operator, OperatorView, Password, PasswordChange, Problems};
use serde_json::json;

use crate::config::{self, StoreOptions};
use crate::failure::Misuse;
use crate::output;

/// More than any password; what comes after is not read.
const LONGEST_LINE: u64 = 4_096;

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorsCommand {
    /// List operators, and how they are signed in
    List(ListOptions),
    /// Let somebody sign in to the panel
    Add(PasswordOptions),
    /// Give an operator another password, and end all its sign-ins
    Password(PasswordOptions),
    /// Sign an operator out of every browser
    SignOut(NameOptions),
    /// Let somebody sign in no more; the only operator stays
    Remove(NameOptions),
}

#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// Print JSON: a list, each with `id`, `name`, `created_at`, `sessions` (how many are open) and `last_seen_at`, in
    /// microseconds since 1970
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct NameOptions {
    /// The operator's name, in any spelling of small and large letters
    name: String,
    /// Print JSON: `operator`, and for sign-out `sessions`, how many have ended
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PasswordOptions {
    /// How orders are signed in the log: 2 to 60 characters of a-z, A-Z, 0-9 and . _ - @
    name: String,
    /// Read the password from the first line of standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
    /// Print JSON: `operator`
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, command: OperatorsCommand) -> anyhow::Result<()> {
    match command {
        OperatorsCommand::List(options) => list(store, &options).await,
        OperatorsCommand::Add(options) => add(store, options).await,
        OperatorsCommand::Password(options) => password(store, options).await,
        OperatorsCommand::SignOut(options) => sign_out(store, &options).await,
        OperatorsCommand::Remove(options) => remove(store, &options).await,
    }
}

async fn list(store: &StoreOptions, options: &ListOptions) -> anyhow::Result<()> {
    let operators = store.open_existing().await?.list_operators().await?;
    if options.json {
        return output::json(&operators);
    }
    if operators.is_empty() {
        return output::say("there are no operators yet; add one with `fleet operators add NAME`");
    }
    let row = |OperatorView { operator, sessions, last_seen_at }: &OperatorView| {
        let day = |at: fleet_bots::StoreTime| at.timestamp().strftime("%Y-%m-%d %H:%M UTC").to_string();
        vec![
            operator.name.clone(),
            day(operator.created_at),
            last_seen_at.map_or_else(|| "—".into(), day),
            sessions.to_string(),
        ]
    };
    let header = ["Name", "Since", "Last seen", "Signed in"];
    output::say(output::table(&header, operators.iter().map(row).collect(), 1))
}

async fn add(store: &StoreOptions, options: PasswordOptions) -> anyhow::Result<()> {
    let nameless = NewOperator { name: options.name, password: Password::default() };
    // Before anybody is asked for a password that would be for nothing.
    if let Some(problem) = nameless.check().err().and_then(|problems| problems.of("name").cloned()) {
        return Err(fleet_bots::Error::Invalid(Problems(vec![problem])).into());
    }
    let new = NewOperator { password: ask(&nameless.name, options.password_stdin)?, ..nameless };
    let bots = store.open().await?;
    let operator = bots.add_operator(new, &config::asked(&bots).await?).await?;
    tell(&operator, options.json, "may sign in to the panel of `fleet serve` over this data")
}

async fn password(store: &StoreOptions, options: PasswordOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let new = ask(&options.name, options.password_stdin)?;
    let change = PasswordChange { new, ..PasswordChange::default() };
    let operator = bots.change_password(&options.name, change, &config::asked(&bots).await?).await?;
    tell(&operator, options.json, "has another password, and is signed out of every browser")
}

async fn sign_out(store: &StoreOptions, options: &NameOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let ended = bots.sign_out_everywhere(&options.name, &config::asked(&bots).await?).await?;
    if options.json {
        return output::json(&json!({ "operator": options.name, "sessions": ended }));
    }
    output::say(match ended {
        0 => format!("{} was not signed in", options.name),
        ended => format!("{} was signed out of {}", options.name, output::count(ended, "browser")),
    })
}

async fn remove(store: &StoreOptions, options: &NameOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let operator = bots.remove_operator(&options.name, &config::asked(&bots).await?).await?;
    tell(&operator, options.json, "was removed, and is signed out of every browser")
}

fn tell(operator: &Operator, as_json: bool, what: &str) -> anyhow::Result<()> {
    match as_json {
        true => output::json(&json!({ "operator": operator })),
        false => output::say(format!("{} {what}", operator.name)),
    }
}

/// A password for `name`: the first line of standard input, or typed twice by somebody who does not see it.
fn ask(name: &str, from_stdin: bool) -> anyhow::Result<Password> {
    if from_stdin {
        let mut line = String::new();
        let read = std::io::stdin().lock().take(LONGEST_LINE).read_line(&mut line);
        read.map_err(|error| Misuse(format!("no password can be read from standard input: {error}")))?;
        return Ok(Password::new(line.trim_end_matches(['\r', '\n'])));
    }
    if !std::io::stdin().is_terminal() {
        let how =
            "nobody is there to be asked for a password; write it to standard input with --password-stdin";
        return Err(Misuse(how.into()).into());
    }
    let terminal = Term::stderr();
    let asked = |words: String| {
        terminal.write_str(&words)?;
        terminal.read_secure_line()
    };
    let (typed, again) = (asked(format!("Password for {name}: ")), asked("Once more: ".into()));
    let typed = typed.context("the terminal cannot be asked")?;
    if typed != again.context("the terminal cannot be asked")? {
        return Err(Misuse("the two passwords are not the same; nothing was changed".into()).into());
    }
    Ok(Password::new(typed))
}
