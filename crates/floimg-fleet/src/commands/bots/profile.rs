//! What can be said about a bot on the command line, and how it becomes the values of a bot. Every mistake is told at
//! once, each with the way to mend it; the rules are the context's.

use clap::Args;
use fleet_bots::{Day, HourSpan, Interests, NewBot, Problem, Problems};

use crate::config;
use crate::failure::Misuse;

/// What a bot is like; what is not named stays as it is, or comes from the persona.
#[derive(Args, Debug)]
pub(super) struct ProfileOptions {
    /// A line about itself, which a demo's gallery shows from the account's first day
    #[arg(long, value_name = "TEXT")]
    bio: Option<String>,
    /// Who it is, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    personality: Option<String>,
    /// Its manner in a word or two
    #[arg(long, value_name = "TEXT")]
    vibe: Option<String>,
    /// What it is drawn to talk about, such as `ferns,ink`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    interests: Option<Vec<String>>,
    /// How strongly it is drawn to posting; only the proportion of the four counts
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    post: Option<f64>,
    /// How strongly it is drawn to commenting
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    comment: Option<f64>,
    /// How strongly it is drawn to liking
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    like: Option<f64>,
    /// How strongly it is drawn to only looking
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    browse: Option<f64>,
    /// Where it lives, such as `Europe/London`
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Its busy hours by its own clock, such as `9-12,13-17`, or `22-2` across midnight
    #[arg(long, value_name = "HOURS")]
    busy: Option<String>,
    /// Its busy days: `mon,tue`, `weekdays`, `weekends` or `daily`
    #[arg(long, value_name = "DAYS")]
    days: Option<String>,
    /// The shortest time between two actions: `90s`, `5m`, `2h`, `7d` or seconds
    #[arg(long, value_name = "TIME")]
    min: Option<String>,
    /// The longest time between two actions
    #[arg(long, value_name = "TIME")]
    max: Option<String>,
}

impl ProfileOptions {
    /// Says of `bot` what was said here. What cannot be read is told, and left as it was.
    pub(super) fn onto(&self, bot: &mut NewBot) -> Problems {
        let mut problems = Problems::default();
        set(&mut bot.bio, self.bio.clone());
        set(&mut bot.personality, self.personality.clone());
        set(&mut bot.vibe, self.vibe.clone());
        set(&mut bot.interests, self.interests.as_ref().map(|interests| listed(interests)));
        set(&mut bot.weights.post, self.post);
        set(&mut bot.weights.comment, self.comment);
        set(&mut bot.weights.like, self.like);
        set(&mut bot.weights.browse, self.browse);
        set(&mut bot.rhythm.zone, self.zone.clone());
        set(&mut bot.rhythm.busy, read(self.busy.as_deref(), "busy", HourSpan::read_list, &mut problems));
        set(&mut bot.rhythm.days, read(self.days.as_deref(), "days", Day::read_list, &mut problems));
        set(&mut bot.min_interval_s, read(self.min.as_deref(), "min", seconds, &mut problems));
        set(&mut bot.max_interval_s, read(self.max.as_deref(), "max", seconds, &mut problems));
        problems
    }
}

/// Refuses `bot` with every mistake, those of reading among them.
///
/// # Errors
/// Each mistake on a line of its own.
pub(super) fn check(bot: &NewBot, mut problems: Problems) -> Result<(), Misuse> {
    if let Err(broken) = bot.check() {
        problems.0.extend(broken.0);
    }
    if problems.0.is_empty() { Ok(()) } else { Err(refused(&problems)) }
}

/// Every problem on a line of its own, under the name of its option.
pub(super) fn refused(problems: &Problems) -> Misuse {
    let lines: Vec<String> = problems
        .0
        .iter()
        .map(|Problem { field, rule, mend }| {
            let rule = rule.replace("`min_interval_s`", "`--min`");
            format!("\n- `{}` {rule}: {mend}", option(field))
        })
        .collect();
    Misuse(format!("this bot cannot be:{}", lines.concat()))
}

/// The option that a field of a bot is set by.
fn option(field: &str) -> String {
    let name = match field {
        "min_interval_s" => "min",
        "max_interval_s" => "max",
        "weights" => return "--post, --comment, --like and --browse".into(),
        field => field.rsplit('.').next().unwrap_or(field),
    };
    format!("--{name}")
}

fn set<T>(field: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *field = said;
    }
}

fn read<T>(
    said: Option<&str>,
    field: &'static str,
    reader: impl Fn(&str) -> Option<T>,
    problems: &mut Problems,
) -> Option<T> {
    let said = said?;
    let value = reader(said);
    if value.is_none() {
        let mend = match field {
            "busy" => "write hours as `9-17`, or several as `9-12,13-17`",
            "days" => "write `mon,tue`, `weekdays`, `weekends` or `daily`",
            _ => "write `90s`, `5m`, `2h`, `7d` or a number of seconds",
        };
        problems.0.push(Problem { field, rule: format!("cannot be read: `{said}`"), mend: mend.into() });
    }
    value
}

fn listed(interests: &[String]) -> Interests {
    // `--interests ""` means none.
    Interests(
        interests
            .iter()
            .map(|interest| interest.trim().to_owned())
            .filter(|interest| !interest.is_empty())
            .collect(),
    )
}

fn seconds(text: &str) -> Option<i64> {
    i64::try_from(config::duration(text).ok()?.as_secs()).ok()
}
