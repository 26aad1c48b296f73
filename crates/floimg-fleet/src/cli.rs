//! The command line: every command and option of `fleet`. What a command does is in the file of its name.

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{
    activity, bots, completions, costs, demo, doctor, explain, forget, health, operators, replay, sandbox,
    seed, serve, settings, status, stop_everything, undo,
};
use crate::config::{LogOptions, StoreOptions, without_empty_settings};

/// FloImg Fleet: disclosed AI residents who keep a gallery alive while it waits for its people.
///
/// Commands talk to the store, so that they steer a running fleet from any shell: give them the same `--data` or
/// `DATABASE_URL`. They end with 0 when it is done, 1 when it failed, and 2 when it was asked for wrongly.
#[derive(Debug, Parser)]
#[command(name = "fleet", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) store: StoreOptions,
    #[command(flatten)]
    pub(crate) logging: LogOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// A living gallery, panel and fleet in one process; no account, key or network
    Demo(demo::DemoOptions),
    /// Run the fleet against a gallery, with its panel
    Serve(serve::ServeOptions),
    /// Run the sandbox gallery alone
    Sandbox(sandbox::SandboxOptions),
    /// Make new residents
    Seed(seed::SeedOptions),
    /// Look at bots and steer them
    #[command(subcommand)]
    Bots(bots::BotsCommand),
    /// Who may sign in to the panel, and give orders there
    #[command(subcommand)]
    Operators(operators::OperatorsCommand),
    /// The fleet's pace, caps, people to leave alone, and what is kept
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
    /// Leave somebody alone from now on, and take their words from memory, ledger and log
    Forget(forget::ForgetOptions),
    /// Stop the whole fleet at once, or lift that stop
    StopEverything(stop_everything::StopOptions),
    /// How the fleet stands
    Status(status::StatusOptions),
    /// What happened, and what happens
    Activity(activity::ActivityOptions),
    /// What was spent, on whom and what, and what is left
    Costs(costs::CostsOptions),
    /// Why something happened, down to what a model was asked and answered
    Explain(explain::ExplainOptions),
    /// Decide again what was decided once; nothing is sent
    Replay(replay::ReplayOptions),
    /// Take likes back, and list what a person must remove by hand
    Undo(undo::UndoOptions),
    /// Ask the fleet that serves on this machine whether it is well
    Health(health::HealthOptions),
    /// Bring the store's tables up to date
    Migrate,
    /// Check the store, the gallery, the token and the models, and say how to mend what is wrong
    Doctor(doctor::DoctorOptions),
    /// Print completions for a shell
    Completions(completions::CompletionsOptions),
}

impl Cli {
    /// Reads the command line and the environment. What cannot be read ends the program, with what to do about it.
    pub(crate) fn read() -> Self {
        let mut command = without_empty_settings(Cli::command());
        let matches = command.get_matches_mut();
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of an instruction of the image that are a list.
    fn words(instruction: &str) -> Vec<String> {
        let image = include_str!("../../../Dockerfile");
        let line = image.lines().find(|line| line.starts_with(instruction)).unwrap();
        let list = &line[line.find('[').unwrap()..];
        serde_json::from_str(list).unwrap()
    }

    #[test]
    fn what_the_image_runs_and_watches_itself_with_are_commands_of_ours() {
        let run = [words("ENTRYPOINT"), words("CMD")].concat();
        let read = Cli::command().try_get_matches_from(run).unwrap();
        assert_eq!(read.subcommand_name(), Some("serve"));
        let watch = Cli::command().try_get_matches_from(words("HEALTHCHECK")).unwrap();
        let (name, options) = watch.subcommand().unwrap();
        assert_eq!((name, options.get_flag("alive")), ("health", true));
    }
}
