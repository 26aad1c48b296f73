//! What holds for the whole fleet and an operator can change while it runs: its pace, its caps, how it says what it is,
//! whom it leaves alone, and how long its log is kept. Owns the values and their rules; what people call them is told by
//! `setting`.

mod changes;
mod people;
mod rules;
mod setting;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::commands::Asked;
use crate::money::Micros;
use crate::time::FleetTime;

pub use self::changes::SettingsChanges;
pub(crate) use self::people::{as_written, normalised};
pub use self::setting::{Form, Setting};

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
    /// What the name of every bot ends in.
    pub name_label: String,
    /// What the description of every post ends in.
    pub post_label: String,
    /// Who vouches that the platform shows a badge beside agents' names; the labels are left out while somebody does.
    pub badge_confirmed: Option<Confirmation>,
    /// Who vouches that the platform counts or ranks agents' likes apart; nothing is liked while nobody does.
    pub likes_confirmed: Option<Confirmation>,
    /// The usernames of people whom no bot likes, comments on or answers: normalised, sorted, each once.
    pub opted_out: Vec<String>,
    /// Who was taken off that list by hand, and when: only what they say after that is heard.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lifted: BTreeMap<String, FleetTime>,
    /// Bots that like one person's post or comment on it, at the most.
    pub person_bots: u32,
    /// Comments of bots under one person's post, at the most.
    pub person_comments: u32,
    /// Comments of bots under one post of a bot, at the most.
    pub post_comments: u32,
    /// Answers of bots to bots under one post, at the most.
    pub thread_replies: u32,
    /// How old a post is before a bot reacts, in seconds of fleet time.
    pub reaction_floor_s: u32,
    /// For how many days of fleet time thoughts and looks are kept; 0 means for ever.
    pub keep_thoughts_days: u32,
    /// For how many days of fleet time everything else of the log is kept; 0 means for ever.
    pub keep_log_days: u32,
    /// For how many days of fleet time it is kept what was asked and answered when bots decided; 0 means for ever.
    pub keep_decisions_days: u32,
    /// What one bot may spend on models in a day; nothing means nothing. So with the other caps of money.
    pub bot_text_day: Micros,
    /// What all bots may spend on models in a day.
    pub fleet_text_day: Micros,
    /// What all bots may spend on models in a month.
    pub fleet_text_month: Micros,
    /// What one bot may spend on pictures in a day.
    pub bot_picture_day: Micros,
    /// What all bots may spend on pictures in a day.
    pub fleet_picture_day: Micros,
    /// What all bots may spend on pictures in a month.
    pub fleet_picture_month: Micros,
    /// The usernames of agents that are none of this fleet: bots come to people first. Normalised, sorted, each once.
    pub other_agents: Vec<String>,
    /// Who decided that pictures of people may be shown to the provider of a model; only titles and words are while nobody did.
    pub show_peoples_pictures: Option<Confirmation>,
}

/// Somebody's word that something is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Who gave it.
    pub by: String,
    /// When, by the fleet's clock.
    pub at: FleetTime,
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
            name_label: "(AI)".into(),
            post_label: "Made by an AI resident.".into(),
            badge_confirmed: None,
            likes_confirmed: None,
            opted_out: Vec::new(),
            lifted: BTreeMap::new(),
            person_bots: 3,
            person_comments: 1,
            post_comments: 6,
            thread_replies: 4,
            reaction_floor_s: 120,
            keep_thoughts_days: 30,
            keep_log_days: 400,
            keep_decisions_days: 14,
            bot_text_day: Micros(100_000),
            fleet_text_day: Micros::dollars(2),
            fleet_text_month: Micros::dollars(30),
            bot_picture_day: Micros::dollars(1),
            fleet_picture_day: Micros::dollars(20),
            fleet_picture_month: Micros::dollars(300),
            other_agents: Vec::new(),
            show_peoples_pictures: None,
        }
    }
}

impl Settings {
    /// Whether `username`, however it is written, belongs to somebody who is to be left alone.
    #[must_use]
    pub fn leaves_alone(&self, username: &str) -> bool {
        !self.opted_out.is_empty() && self.opted_out.binary_search(&normalised(username)).is_ok()
    }

    /// Whether `username`, however it is written, is known to belong to an agent that is none of this fleet.
    #[must_use]
    pub fn is_other_agent(&self, username: &str) -> bool {
        !self.other_agents.is_empty() && self.other_agents.binary_search(&normalised(username)).is_ok()
    }

    /// A setting's value as people write it.
    #[must_use]
    pub fn told(&self, setting: Setting) -> String {
        match setting {
            Setting::Pace => self.pace.to_string(),
            Setting::OptedOut => self.opted_out.join(", "),
            Setting::NameLabel => self.name_label.clone(),
            Setting::PostLabel => self.post_label.clone(),
            Setting::OtherAgents => self.other_agents.join(", "),
            Setting::BadgeConfirmed | Setting::LikesConfirmed | Setting::ShowPeoplesPictures => {
                match self.confirmation(setting) {
                    Some(_) => "yes".into(),
                    None => "no".into(),
                }
            }
            money if money.form() == Form::Money => self.money(money).in_dollars(),
            whole => self.whole(whole).to_string(),
        }
    }

    /// Whose word stands behind a setting that is somebody's word, and since when.
    #[must_use]
    pub fn confirmation(&self, setting: Setting) -> Option<&Confirmation> {
        match setting {
            Setting::BadgeConfirmed => self.badge_confirmed.as_ref(),
            Setting::LikesConfirmed => self.likes_confirmed.as_ref(),
            Setting::ShowPeoplesPictures => self.show_peoples_pictures.as_ref(),
            _ => None,
        }
    }

    /// What may be spent by a cap of money; nothing by what is none.
    pub(crate) fn money(&self, setting: Setting) -> Micros {
        match setting {
            Setting::BotTextDay => self.bot_text_day,
            Setting::FleetTextDay => self.fleet_text_day,
            Setting::FleetTextMonth => self.fleet_text_month,
            Setting::BotPictureDay => self.bot_picture_day,
            Setting::FleetPictureDay => self.fleet_picture_day,
            Setting::FleetPictureMonth => self.fleet_picture_month,
            _ => Micros::ZERO,
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
            Setting::PersonBots => self.person_bots,
            Setting::PersonComments => self.person_comments,
            Setting::PostComments => self.post_comments,
            Setting::ThreadReplies => self.thread_replies,
            Setting::ReactionFloorS => self.reaction_floor_s,
            Setting::KeepThoughtsDays => self.keep_thoughts_days,
            Setting::KeepLogDays => self.keep_log_days,
            Setting::KeepDecisionsDays => self.keep_decisions_days,
            _ => 0,
        }
    }

    /// These settings with `changes`, which `asked` is to be named for.
    pub(crate) fn with(&self, changes: SettingsChanges, asked: &Asked) -> Self {
        // A word that was given is not given again, so that it keeps its day.
        let word = |given: Option<bool>, before: &Option<Confirmation>| match given {
            Some(true) if before.is_none() => Some(Confirmation { by: asked.by.clone(), at: asked.at }),
            Some(false) => None,
            _ => before.clone(),
        };
        let label = |new: Option<String>, before: &str| {
            new.map_or_else(|| before.to_owned(), |label| label.trim().to_owned())
        };
        let people = |names: &[String]| -> Vec<String> {
            names.iter().map(|name| normalised(name)).filter(|name| !name.is_empty()).collect()
        };
        let mut opted_out = changes.opted_out.as_deref().map_or_else(|| self.opted_out.clone(), people);
        let removed = people(&changes.people_removed);
        opted_out.retain(|name| !removed.contains(name));
        opted_out.extend(people(&changes.people_added));
        let lifted = people::lifted(&self.lifted, &self.opted_out, &opted_out, asked.at);
        let mut changed = Self {
            pace: changes.pace.unwrap_or(self.pace),
            bot_posts: changes.bot_posts.unwrap_or(self.bot_posts),
            bot_comments: changes.bot_comments.unwrap_or(self.bot_comments),
            bot_likes: changes.bot_likes.unwrap_or(self.bot_likes),
            fleet_posts: changes.fleet_posts.unwrap_or(self.fleet_posts),
            fleet_comments: changes.fleet_comments.unwrap_or(self.fleet_comments),
            fleet_likes: changes.fleet_likes.unwrap_or(self.fleet_likes),
            name_label: label(changes.name_label, &self.name_label),
            post_label: label(changes.post_label, &self.post_label),
            badge_confirmed: word(changes.badge_confirmed, &self.badge_confirmed),
            likes_confirmed: word(changes.likes_confirmed, &self.likes_confirmed),
            opted_out,
            lifted,
            person_bots: changes.person_bots.unwrap_or(self.person_bots),
            person_comments: changes.person_comments.unwrap_or(self.person_comments),
            post_comments: changes.post_comments.unwrap_or(self.post_comments),
            thread_replies: changes.thread_replies.unwrap_or(self.thread_replies),
            reaction_floor_s: changes.reaction_floor_s.unwrap_or(self.reaction_floor_s),
            keep_thoughts_days: changes.keep_thoughts_days.unwrap_or(self.keep_thoughts_days),
            keep_log_days: changes.keep_log_days.unwrap_or(self.keep_log_days),
            keep_decisions_days: changes.keep_decisions_days.unwrap_or(self.keep_decisions_days),
            bot_text_day: changes.bot_text_day.unwrap_or(self.bot_text_day),
            fleet_text_day: changes.fleet_text_day.unwrap_or(self.fleet_text_day),
            fleet_text_month: changes.fleet_text_month.unwrap_or(self.fleet_text_month),
            bot_picture_day: changes.bot_picture_day.unwrap_or(self.bot_picture_day),
            fleet_picture_day: changes.fleet_picture_day.unwrap_or(self.fleet_picture_day),
            fleet_picture_month: changes.fleet_picture_month.unwrap_or(self.fleet_picture_month),
            other_agents: changes.other_agents.as_deref().map_or_else(|| self.other_agents.clone(), people),
            show_peoples_pictures: word(changes.show_peoples_pictures, &self.show_peoples_pictures),
        };
        for people in [&mut changed.opted_out, &mut changed.other_agents] {
            people.sort_unstable();
            people.dedup();
        }
        changed
    }
}

impl SettingsChanges {
    /// Whether nothing is to be different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes what somebody changed who was shown the people `was` and wrote `is`: who came onto the list meanwhile stays.
    pub fn put_people(&mut self, was: &str, is: &str) {
        let [before, after] = [was, is].map(names);
        let is_in =
            |names: &[String], name: &str| names.iter().any(|one| normalised(one) == normalised(name));
        self.people_added = after.iter().filter(|name| !is_in(&before, name)).cloned().collect();
        self.people_removed = before.into_iter().filter(|name| !is_in(&after, name)).collect();
    }
}

/// The usernames in a text.
fn names(text: &str) -> Vec<String> {
    let names = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
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
        let settings = Settings::default().with(changes, &Asked::default());
        assert_eq!(settings.opted_out, ["ada", "brook", "grace_h"]);
        assert!(settings.leaves_alone("brook") && settings.leaves_alone("@BROOK"));
        assert!(!settings.leaves_alone("bro") && !Settings::default().leaves_alone(""));
    }

    #[test]
    fn a_word_that_was_given_keeps_its_giver_until_it_is_taken_back() {
        let says = |word: &str| {
            let mut changes = SettingsChanges::default();
            changes.put(Setting::LikesConfirmed, word).unwrap();
            changes
        };
        let asked = |by: &str, at| Asked { by: by.into(), at: FleetTime(at) };
        let given = Settings::default().with(says("Yes"), &asked("ada", 1));
        let again = given.with(says("yes"), &asked("brook", 2));
        assert_eq!(again.likes_confirmed, Some(Confirmation { by: "ada".into(), at: FleetTime(1) }));
        assert_eq!(again.told(Setting::LikesConfirmed), "yes");
        assert_eq!(again.with(says("no"), &asked("brook", 3)), Settings::default());
        let problem = SettingsChanges::default().put(Setting::LikesConfirmed, "perhaps").unwrap_err();
        assert_eq!((problem.field, problem.mend.as_str()), ("likes_confirmed", "write yes or no"));
    }

    #[test]
    fn every_setting_is_written_as_it_is_told() {
        let settings = Settings { opted_out: vec!["ada".into(), "brook".into()], ..Settings::default() };
        for setting in Setting::ALL {
            let mut changes = SettingsChanges::default();
            changes.put(setting, &settings.told(setting)).unwrap();
            assert!(
                !changes.is_empty() && settings.with(changes, &Asked::default()) == settings,
                "{setting:?}"
            );
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
        let odd = Settings { opted_out: vec!["n".repeat(201)], ..Settings::default() };
        assert!(odd.check().unwrap_err().of("opted_out").unwrap().rule.contains("200 characters"));
    }
}
