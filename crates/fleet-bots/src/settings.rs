//! What holds for the whole fleet and an operator can change while it runs: its pace, its caps, whom it leaves alone, and
//! how long its log is kept. Owns the values, their rules, and how each is told, so that a page and a shell say the same.

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Problems};

/// The most people who can be left alone.
const MOST_PEOPLE: usize = 10_000;

/// What holds for the whole fleet. What a row of an older version does not know has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What the time between two actions of a bot is multiplied by.
    pub pace: f64,
    /// Posts of one bot in a day, at the most; 0 means as many as it likes. So with the other caps.
    pub bot_posts: u32,
    /// Comments and answers of one bot in a day.
    pub bot_comments: u32,
    /// Likes of one bot in a day.
    pub bot_likes: u32,
    /// Posts of all bots in a day.
    pub fleet_posts: u32,
    /// Comments and answers of all bots in a day.
    pub fleet_comments: u32,
    /// Likes of all bots in a day.
    pub fleet_likes: u32,
    /// The usernames of people whom no bot likes, comments on or answers: normalised, sorted, each once.
    pub opted_out: Vec<String>,
    /// For how many days of fleet time thoughts and looks are kept; 0 means for ever.
    pub keep_thoughts_days: u32,
    /// For how many days of fleet time everything else of the log is kept; 0 means for ever.
    pub keep_log_days: u32,
}

/// What should be different; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Settings`")]
pub struct SettingsChanges {
    pub pace: Option<f64>,
    pub bot_posts: Option<u32>,
    pub bot_comments: Option<u32>,
    pub bot_likes: Option<u32>,
    pub fleet_posts: Option<u32>,
    pub fleet_comments: Option<u32>,
    pub fleet_likes: Option<u32>,
    pub opted_out: Option<Vec<String>>,
    pub keep_thoughts_days: Option<u32>,
    pub keep_log_days: Option<u32>,
}

/// A setting, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are the fields of `Settings`")]
pub enum Setting {
    Pace,
    BotPosts,
    BotComments,
    BotLikes,
    FleetPosts,
    FleetComments,
    FleetLikes,
    OptedOut,
    KeepThoughtsDays,
    KeepLogDays,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            pace: 1.0,
            bot_posts: 6,
            bot_comments: 24,
            bot_likes: 60,
            fleet_posts: 0,
            fleet_comments: 0,
            fleet_likes: 0,
            opted_out: Vec::new(),
            keep_thoughts_days: 30,
            keep_log_days: 400,
        }
    }
}

impl Settings {
    /// Whether `username`, however it is written, belongs to somebody who is to be left alone.
    #[must_use]
    pub fn leaves_alone(&self, username: &str) -> bool {
        !self.opted_out.is_empty() && self.opted_out.binary_search(&normalised(username)).is_ok()
    }

    /// A setting's value as people write it.
    #[must_use]
    pub fn told(&self, setting: Setting) -> String {
        match setting {
            Setting::Pace => self.pace.to_string(),
            Setting::OptedOut => self.opted_out.join(", "),
            whole => self.whole(whole).to_string(),
        }
    }

    fn whole(&self, setting: Setting) -> u32 {
        match setting {
            Setting::BotPosts => self.bot_posts,
            Setting::BotComments => self.bot_comments,
            Setting::BotLikes => self.bot_likes,
            Setting::FleetPosts => self.fleet_posts,
            Setting::FleetComments => self.fleet_comments,
            Setting::FleetLikes => self.fleet_likes,
            Setting::KeepThoughtsDays => self.keep_thoughts_days,
            Setting::KeepLogDays => self.keep_log_days,
            Setting::Pace | Setting::OptedOut => 0,
        }
    }

    /// These settings with `changes`.
    pub(crate) fn with(&self, changes: SettingsChanges) -> Self {
        let opted_out = match changes.opted_out {
            Some(people) => {
                people.iter().map(|name| normalised(name)).filter(|name| !name.is_empty()).collect()
            }
            None => self.opted_out.clone(),
        };
        let mut changed = Self {
            pace: changes.pace.unwrap_or(self.pace),
            bot_posts: changes.bot_posts.unwrap_or(self.bot_posts),
            bot_comments: changes.bot_comments.unwrap_or(self.bot_comments),
            bot_likes: changes.bot_likes.unwrap_or(self.bot_likes),
            fleet_posts: changes.fleet_posts.unwrap_or(self.fleet_posts),
            fleet_comments: changes.fleet_comments.unwrap_or(self.fleet_comments),
            fleet_likes: changes.fleet_likes.unwrap_or(self.fleet_likes),
            opted_out,
            keep_thoughts_days: changes.keep_thoughts_days.unwrap_or(self.keep_thoughts_days),
            keep_log_days: changes.keep_log_days.unwrap_or(self.keep_log_days),
        };
        changed.opted_out.sort_unstable();
        changed.opted_out.dedup();
        changed
    }

    /// Checks every rule.
    pub(crate) fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        problems.require(
            (0.25..=10.0).contains(&self.pace),
            Setting::Pace.name(),
            format!("must be 0.25 to 10, it is {}", self.pace),
            "1 is as fast as the bots' own intervals say, 2 takes twice as long",
        );
        for setting in Setting::ALL {
            let Some(most) = setting.most() else { continue };
            let value = self.whole(setting);
            problems.require(
                value <= most,
                setting.name(),
                format!("must be 0 to {most}, it is {value}"),
                setting.zero(),
            );
        }
        let name = Setting::OptedOut.name();
        problems.require(
            self.opted_out.len() <= MOST_PEOPLE,
            name,
            format!("may name {MOST_PEOPLE} people at the most, it names {}", self.opted_out.len()),
            "leave out those who have gone",
        );
        let is_username = |name: &&String| {
            name.chars().count() <= 60 && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
        };
        if let Some(odd) = self.opted_out.iter().find(|name| !is_username(name)) {
            let odd: String = odd.chars().take(60).filter(|c| !c.is_control()).collect();
            problems.require(
                false,
                name,
                format!(
                    "must be usernames of letters, digits, `_`, `-` and `.`, 60 at the most; `{odd}` is none"
                ),
                "write them as they stand in the gallery, one a line, with or without `@`",
            );
        }
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl SettingsChanges {
    /// Whether nothing is to be different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes that `setting` is to be what `text` says.
    ///
    /// # Errors
    /// When it says no number where one is needed. Whether the number is allowed is found out when it is changed.
    pub fn put(&mut self, setting: Setting, text: &str) -> Result<(), Problem> {
        let problem = |rule: &str| Problem {
            field: setting.name(),
            rule: format!("must be {rule}, it is `{}`", text.trim()),
            mend: format!("write {}", setting.range()),
        };
        let whole = || text.trim().parse::<u32>().map_err(|_| problem("a whole number"));
        match setting {
            Setting::Pace => {
                // People write a comma as well.
                let pace = text.trim().replace(',', ".").parse::<f64>();
                self.pace =
                    Some(pace.ok().filter(|pace| pace.is_finite()).ok_or_else(|| problem("a number"))?);
            }
            Setting::OptedOut => {
                let names = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
                self.opted_out = Some(names.filter(|name| !name.is_empty()).map(str::to_owned).collect());
            }
            Setting::BotPosts => self.bot_posts = Some(whole()?),
            Setting::BotComments => self.bot_comments = Some(whole()?),
            Setting::BotLikes => self.bot_likes = Some(whole()?),
            Setting::FleetPosts => self.fleet_posts = Some(whole()?),
            Setting::FleetComments => self.fleet_comments = Some(whole()?),
            Setting::FleetLikes => self.fleet_likes = Some(whole()?),
            Setting::KeepThoughtsDays => self.keep_thoughts_days = Some(whole()?),
            Setting::KeepLogDays => self.keep_log_days = Some(whole()?),
        }
        Ok(())
    }
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Setting; 10] = [
        Setting::Pace,
        Setting::BotPosts,
        Setting::BotComments,
        Setting::BotLikes,
        Setting::FleetPosts,
        Setting::FleetComments,
        Setting::FleetLikes,
        Setting::OptedOut,
        Setting::KeepThoughtsDays,
        Setting::KeepLogDays,
    ];

    /// The setting of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// Its name, as it stands in forms, commands and errors.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Setting::Pace => "pace",
            Setting::BotPosts => "bot_posts",
            Setting::BotComments => "bot_comments",
            Setting::BotLikes => "bot_likes",
            Setting::FleetPosts => "fleet_posts",
            Setting::FleetComments => "fleet_comments",
            Setting::FleetLikes => "fleet_likes",
            Setting::OptedOut => "opted_out",
            Setting::KeepThoughtsDays => "keep_thoughts_days",
            Setting::KeepLogDays => "keep_log_days",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Setting::Pace => "Pace",
            Setting::BotPosts => "Posts of one bot",
            Setting::BotComments => "Comments of one bot",
            Setting::BotLikes => "Likes of one bot",
            Setting::FleetPosts => "Posts of the fleet",
            Setting::FleetComments => "Comments of the fleet",
            Setting::FleetLikes => "Likes of the fleet",
            Setting::OptedOut => "People to leave alone",
            Setting::KeepThoughtsDays => "Keep thoughts and looks",
            Setting::KeepLogDays => "Keep everything else",
        }
    }

    /// What it does, in a sentence or two.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Setting::Pace => {
                "What the time between two actions of a bot is multiplied by: 2 makes the fleet half as busy. \
                 It holds from each bot's next rest on."
            }
            Setting::BotPosts => "The most pictures that one bot shares in a day.",
            Setting::BotComments => "The most comments that one bot writes in a day, answers among them.",
            Setting::BotLikes => "The most pictures that one bot likes in a day.",
            Setting::FleetPosts => "The most pictures that all bots together share in a day.",
            Setting::FleetComments => {
                "The most comments that all bots together write in a day, answers among them."
            }
            Setting::FleetLikes => "The most pictures that all bots together like in a day.",
            Setting::OptedOut => {
                "No bot likes, comments on or answers what these people post and write, also what it had planned before."
            }
            Setting::KeepThoughtsDays => {
                "How many days the log keeps what bots thought and looked at. Nothing that was done to the gallery is among it."
            }
            Setting::KeepLogDays => {
                "How many days the log keeps the rest. The ledger of what was done to the gallery is kept for ever."
            }
        }
    }

    /// What may be written.
    #[must_use]
    pub fn range(self) -> String {
        match (self, self.most()) {
            (Setting::Pace, _) => "a number from 0.25 to 10".into(),
            (_, Some(most)) => format!("a whole number from 0 to {most}; {}", self.zero()),
            _ => "usernames as they stand in the gallery, with or without @, one a line".into(),
        }
    }

    /// What its number counts.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Setting::Pace => "times",
            Setting::OptedOut => "",
            Setting::KeepThoughtsDays | Setting::KeepLogDays => "days",
            _ => "a day",
        }
    }

    /// The largest whole number that is allowed, for those that are whole numbers.
    #[must_use]
    pub fn most(self) -> Option<u32> {
        match self {
            Setting::Pace | Setting::OptedOut => None,
            Setting::BotPosts | Setting::BotComments | Setting::BotLikes => Some(10_000),
            Setting::FleetPosts | Setting::FleetComments | Setting::FleetLikes => Some(1_000_000),
            Setting::KeepThoughtsDays | Setting::KeepLogDays => Some(3_650),
        }
    }

    fn zero(self) -> &'static str {
        match self {
            Setting::KeepThoughtsDays | Setting::KeepLogDays => "0 means for ever",
            _ => "0 means without a cap",
        }
    }
}

/// A username as it is compared: without the sign that people write before it, and whatever its capitals.
fn normalised(username: &str) -> String {
    username.trim().trim_start_matches('@').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_keep_their_own_rules_and_an_older_row_gets_them() {
        Settings::default().check().unwrap();
        let older: Settings = serde_json::from_str(r#"{"pace": 2.0}"#).unwrap();
        assert_eq!(older, Settings { pace: 2.0, ..Settings::default() });
    }

    #[test]
    fn people_are_left_alone_however_their_name_is_written() {
        let mut changes = SettingsChanges::default();
        changes.put(Setting::OptedOut, "@Brook, ada\n ADA;grace_h").unwrap();
        let settings = Settings::default().with(changes);
        assert_eq!(settings.opted_out, ["ada", "brook", "grace_h"]);
        assert!(settings.leaves_alone("brook") && settings.leaves_alone("@BROOK"));
        assert!(!settings.leaves_alone("bro") && !Settings::default().leaves_alone(""));
    }

    #[test]
    fn every_setting_is_written_as_it_is_told() {
        let settings = Settings { opted_out: vec!["ada".into(), "brook".into()], ..Settings::default() };
        for setting in Setting::ALL {
            let mut changes = SettingsChanges::default();
            changes.put(setting, &settings.told(setting)).unwrap();
            assert!(!changes.is_empty() && settings.with(changes) == settings, "{setting:?}");
            assert_eq!(Setting::named(setting.name()), Some(setting));
        }
    }

    #[test]
    fn what_is_no_number_and_what_is_too_large_names_its_field_and_its_range() {
        let mut changes = SettingsChanges::default();
        let problem = changes.put(Setting::BotPosts, "-1").unwrap_err();
        assert_eq!(
            (problem.field, problem.rule.as_str()),
            ("bot_posts", "must be a whole number, it is `-1`")
        );
        assert!(problem.mend.contains("0 to 10000"), "{problem:?}");
        assert!(changes.put(Setting::Pace, "NaN").is_err());
        assert!(changes.is_empty());
        for pace in [0.0, 0.24, 10.1, f64::NAN] {
            let problems = Settings { pace, ..Settings::default() }.check().unwrap_err();
            assert!(problems.of("pace").is_some(), "{pace}");
        }
        let many = Settings { bot_likes: 10_001, keep_log_days: 3_651, ..Settings::default() };
        let problems = many.check().unwrap_err();
        assert!(problems.of("bot_likes").is_some() && problems.of("keep_log_days").is_some());
        let odd = Settings { opted_out: vec!["not a name".into()], ..Settings::default() };
        assert!(odd.check().unwrap_err().of("opted_out").unwrap().rule.contains("`not a name`"));
    }
}
