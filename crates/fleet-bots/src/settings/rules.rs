//! What the settings may be.

use super::people::LONGEST;
use super::{Form, Setting, Settings};
use crate::disclosure;
use crate::money::Micros;
use crate::problem::Problems;

/// The most people who can be named by one setting.
const MOST_PEOPLE: usize = 10_000;
/// The most that a cap of money can be.
pub(super) const MOST_MONEY: Micros = Micros::dollars(1_000_000);

impl Settings {
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
            let (is_allowed, rule) = match setting.form() {
                Form::Whole { most } => {
                    let value = self.whole(setting);
                    (value <= most, format!("must be 0 to {most}, it is {value}"))
                }
                Form::Money => {
                    let value = self.money(setting);
                    let is_allowed = (Micros::ZERO..=MOST_MONEY).contains(&value);
                    (is_allowed, format!("must be $0 to {MOST_MONEY}, it is {value}"))
                }
                _ => continue,
            };
            problems.require(is_allowed, setting.name(), rule, setting.zero());
        }
        for (setting, label) in
            [(Setting::NameLabel, &self.name_label), (Setting::PostLabel, &self.post_label)]
        {
            disclosure::check_label(&mut problems, setting, label);
        }
        for (setting, people) in
            [(Setting::OptedOut, &self.opted_out), (Setting::OtherAgents, &self.other_agents)]
        {
            check_people(&mut problems, setting.name(), people);
        }
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }
}

fn check_people(problems: &mut Problems, name: &'static str, people: &[String]) {
    problems.require(
        people.len() <= MOST_PEOPLE,
        name,
        format!("may name {MOST_PEOPLE} people at the most, it names {}", people.len()),
        "leave out those who have gone",
    );
    if let Some(odd) = people.iter().find(|name| name.chars().count() > LONGEST) {
        let odd: String = odd.chars().take(60).collect();
        problems.require(
            false,
            name,
            format!("must be usernames of {LONGEST} characters at the most; `{odd}…` is none"),
            "write them as they stand in the gallery, one a line, with or without `@`",
        );
    }
}
