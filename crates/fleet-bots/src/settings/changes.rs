//! What should be different about the settings, and how that is read from what people write. Whether it is allowed is the rules'
//! business.

use serde::{Deserialize, Serialize};

use super::{Setting, names};
use crate::money::Micros;
use crate::problem::Problem;

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
    pub name_label: Option<String>,
    pub post_label: Option<String>,
    pub badge_confirmed: Option<bool>,
    pub likes_confirmed: Option<bool>,
    pub opted_out: Option<Vec<String>>,
    /// Who is to be left alone as well, whoever else came onto the list meanwhile.
    pub people_added: Vec<String>,
    /// Who is not to be left alone any more.
    pub people_removed: Vec<String>,
    pub person_bots: Option<u32>,
    pub person_comments: Option<u32>,
    pub post_comments: Option<u32>,
    pub thread_replies: Option<u32>,
    pub reaction_floor_s: Option<u32>,
    pub keep_thoughts_days: Option<u32>,
    pub keep_log_days: Option<u32>,
    pub keep_decisions_days: Option<u32>,
    pub bot_text_day: Option<Micros>,
    pub fleet_text_day: Option<Micros>,
    pub fleet_text_month: Option<Micros>,
    pub bot_picture_day: Option<Micros>,
    pub fleet_picture_day: Option<Micros>,
    pub fleet_picture_month: Option<Micros>,
    pub other_agents: Option<Vec<String>>,
    pub show_peoples_pictures: Option<bool>,
}

impl SettingsChanges {
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
        let word = || match text.trim().to_lowercase().as_str() {
            "yes" | "true" => Ok(true),
            "no" | "false" => Ok(false),
            _ => Err(problem("yes or no")),
        };
        let dollars =
            || text.parse::<Micros>().map_err(|_| problem("a number of dollars with at most 6 decimals"));
        let whole = || text.trim().parse::<u32>().map_err(|_| problem("a whole number"));
        match setting {
            Setting::Pace => {
                // People write a comma as well.
                let pace = text.trim().replace(',', ".").parse::<f64>();
                self.pace =
                    Some(pace.ok().filter(|pace| pace.is_finite()).ok_or_else(|| problem("a number"))?);
            }
            Setting::OptedOut => self.opted_out = Some(names(text)),
            Setting::NameLabel => self.name_label = Some(text.to_owned()),
            Setting::PostLabel => self.post_label = Some(text.to_owned()),
            Setting::BadgeConfirmed => self.badge_confirmed = Some(word()?),
            Setting::LikesConfirmed => self.likes_confirmed = Some(word()?),
            Setting::PersonBots => self.person_bots = Some(whole()?),
            Setting::PersonComments => self.person_comments = Some(whole()?),
            Setting::PostComments => self.post_comments = Some(whole()?),
            Setting::ThreadReplies => self.thread_replies = Some(whole()?),
            Setting::ReactionFloorS => self.reaction_floor_s = Some(whole()?),
            Setting::BotPosts => self.bot_posts = Some(whole()?),
            Setting::BotComments => self.bot_comments = Some(whole()?),
            Setting::BotLikes => self.bot_likes = Some(whole()?),
            Setting::FleetPosts => self.fleet_posts = Some(whole()?),
            Setting::FleetComments => self.fleet_comments = Some(whole()?),
            Setting::FleetLikes => self.fleet_likes = Some(whole()?),
            Setting::KeepThoughtsDays => self.keep_thoughts_days = Some(whole()?),
            Setting::KeepLogDays => self.keep_log_days = Some(whole()?),
            Setting::KeepDecisionsDays => self.keep_decisions_days = Some(whole()?),
            Setting::BotTextDay => self.bot_text_day = Some(dollars()?),
            Setting::FleetTextDay => self.fleet_text_day = Some(dollars()?),
            Setting::FleetTextMonth => self.fleet_text_month = Some(dollars()?),
            Setting::BotPictureDay => self.bot_picture_day = Some(dollars()?),
            Setting::FleetPictureDay => self.fleet_picture_day = Some(dollars()?),
            Setting::FleetPictureMonth => self.fleet_picture_month = Some(dollars()?),
            Setting::OtherAgents => self.other_agents = Some(names(text)),
            Setting::ShowPeoplesPictures => self.show_peoples_pictures = Some(word()?),
        }
        Ok(())
    }
}
