//! The settings by name: what people call each, what it does, and what may be written, so that a page, a shell and an
//! error say the same. Owns the words; the values and their rules are the parent's.

use serde::{Serialize, Serializer};

use super::rules::MOST_MONEY;

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
    NameLabel,
    PostLabel,
    BadgeConfirmed,
    LikesConfirmed,
    OptedOut,
    PersonBots,
    PersonComments,
    PostComments,
    ThreadReplies,
    ReactionFloorS,
    KeepThoughtsDays,
    KeepLogDays,
    KeepDecisionsDays,
    BotTextDay,
    FleetTextDay,
    FleetTextMonth,
    BotPictureDay,
    FleetPictureDay,
    FleetPictureMonth,
    OtherAgents,
    ShowPeoplesPictures,
}

/// In which form a setting is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number, which may be broken.
    Number,
    /// A whole number from 0 to `most`.
    Whole {
        /// The largest that is allowed.
        most: u32,
    },
    /// Usernames, one a line.
    People,
    /// A few words.
    Words,
    /// `yes` or `no`: something that an operator vouches for.
    Confirmation,
    /// A number of dollars.
    Money,
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Setting; 28] = [
        Setting::Pace,
        Setting::BotPosts,
        Setting::BotComments,
        Setting::BotLikes,
        Setting::FleetPosts,
        Setting::FleetComments,
        Setting::FleetLikes,
        Setting::BotTextDay,
        Setting::FleetTextDay,
        Setting::FleetTextMonth,
        Setting::BotPictureDay,
        Setting::FleetPictureDay,
        Setting::FleetPictureMonth,
        Setting::NameLabel,
        Setting::PostLabel,
        Setting::BadgeConfirmed,
        Setting::LikesConfirmed,
        Setting::ShowPeoplesPictures,
        Setting::OptedOut,
        Setting::OtherAgents,
        Setting::PersonBots,
        Setting::PersonComments,
        Setting::PostComments,
        Setting::ThreadReplies,
        Setting::ReactionFloorS,
        Setting::KeepThoughtsDays,
        Setting::KeepLogDays,
        Setting::KeepDecisionsDays,
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
            Setting::NameLabel => "name_label",
            Setting::PostLabel => "post_label",
            Setting::BadgeConfirmed => "badge_confirmed",
            Setting::LikesConfirmed => "likes_confirmed",
            Setting::OptedOut => "opted_out",
            Setting::PersonBots => "person_bots",
            Setting::PersonComments => "person_comments",
            Setting::PostComments => "post_comments",
            Setting::ThreadReplies => "thread_replies",
            Setting::ReactionFloorS => "reaction_floor_s",
            Setting::KeepThoughtsDays => "keep_thoughts_days",
            Setting::KeepLogDays => "keep_log_days",
            Setting::KeepDecisionsDays => "keep_decisions_days",
            Setting::BotTextDay => "bot_text_day",
            Setting::FleetTextDay => "fleet_text_day",
            Setting::FleetTextMonth => "fleet_text_month",
            Setting::BotPictureDay => "bot_picture_day",
            Setting::FleetPictureDay => "fleet_picture_day",
            Setting::FleetPictureMonth => "fleet_picture_month",
            Setting::OtherAgents => "other_agents",
            Setting::ShowPeoplesPictures => "show_peoples_pictures",
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
            Setting::NameLabel => "Label of names",
            Setting::PostLabel => "Label of posts",
            Setting::BadgeConfirmed => "The platform shows a badge",
            Setting::LikesConfirmed => "The platform counts agents’ likes apart",
            Setting::OptedOut => "People to leave alone",
            Setting::PersonBots => "Bots at one person’s post",
            Setting::PersonComments => "Comments under one person’s post",
            Setting::PostComments => "Comments under one resident’s post",
            Setting::ThreadReplies => "Replies between bots",
            Setting::ReactionFloorS => "Age of a post",
            Setting::KeepThoughtsDays => "Keep thoughts and looks",
            Setting::KeepLogDays => "Keep everything else",
            Setting::KeepDecisionsDays => "Keep decisions",
            Setting::BotTextDay => "Models for one bot in a day",
            Setting::FleetTextDay => "Models for the fleet in a day",
            Setting::FleetTextMonth => "Models for the fleet in a month",
            Setting::BotPictureDay => "Pictures of one bot in a day",
            Setting::FleetPictureDay => "Pictures of the fleet in a day",
            Setting::FleetPictureMonth => "Pictures of the fleet in a month",
            Setting::OtherAgents => "Other agents",
            Setting::ShowPeoplesPictures => "People’s pictures may be shown to a model",
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
            Setting::NameLabel => {
                "What every bot's name ends in, so that readers see at once that an AI carries it. The wording is yours; it \
                 is left out only while the platform's badge says the same."
            }
            Setting::PostLabel => {
                "What the description of every post ends in. The wording is yours; it is left out only while the platform's \
                 badge says the same."
            }
            Setting::BadgeConfirmed => {
                "Say yes once you have seen that the platform marks agents beside their names, wherever names are shown. \
                 The two labels are left out from then on, and come back when you take your word back."
            }
            Setting::LikesConfirmed => {
                "Likes count in public, and one that nobody earned lifts a score for good. Until you say that the platform \
                 counts or ranks agents' likes apart from people's, no bot likes anything."
            }
            Setting::OptedOut => {
                "No bot likes, comments on or answers what these people post and write, also what it had planned before."
            }
            Setting::PersonBots => {
                "The most bots that like a person's post or comment on it. Whoever is no bot of this fleet counts as a person."
            }
            Setting::PersonComments => "The most comments that bots write under a person's post.",
            Setting::PostComments => "The most comments that bots write under a post of one of their own.",
            Setting::ThreadReplies => "The most answers that bots give each other under one post.",
            Setting::ReactionFloorS => {
                "How old a post is, by the fleet's clock, before any bot likes it or comments on it."
            }
            Setting::KeepThoughtsDays => {
                "How many days the log keeps what bots thought and looked at. Nothing that was done to the gallery is among it."
            }
            Setting::KeepLogDays => {
                "How many days the log keeps the rest. The ledger of what was done to the gallery is kept for ever."
            }
            Setting::KeepDecisionsDays => {
                "How many days it is kept what a bot was shown, what was asked of a model, and what it answered. What came of it \
                 is kept longer."
            }
            Setting::BotTextDay => {
                "The most that calls to models for one bot may cost in a day. Each call is counted before it is made, at the most \
                 that it can cost."
            }
            Setting::FleetTextDay => {
                "The most that calls to models for all bots may cost in a day. When it is reached, the fleet rests."
            }
            Setting::FleetTextMonth => {
                "The most that calls to models for all bots may cost in a month. When it is reached, the fleet rests."
            }
            Setting::BotPictureDay => "The most that one bot's pictures may cost in a day.",
            Setting::FleetPictureDay => {
                "The most that all pictures may cost in a day. Bots do other things when it is reached."
            }
            Setting::FleetPictureMonth => "The most that all pictures may cost in a month.",
            Setting::OtherAgents => {
                "Accounts that are agents, though none of this fleet. Bots come to people first, and to agents after them."
            }
            Setting::ShowPeoplesPictures => {
                "Say yes once those who share pictures know that a model's provider may be shown them. Until then models are told \
                 titles and words of people's posts only."
            }
        }
    }

    /// What may be written.
    #[must_use]
    pub fn range(self) -> String {
        match self.form() {
            Form::Number => "a number from 0.25 to 10".into(),
            Form::Whole { most } => format!("a whole number from 0 to {most}; {}", self.zero()),
            Form::People => "usernames as they stand in the gallery, with or without @, one a line".into(),
            Form::Words => format!("one line of 2 to {} characters, with letters in it", self.longest()),
            Form::Confirmation => "yes or no".into(),
            Form::Money => format!(
                "a number of dollars from 0 to {} with at most 6 decimals; {}",
                MOST_MONEY.in_dollars(),
                self.zero()
            ),
        }
    }

    /// What its number counts.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Setting::Pace => "times",
            Setting::KeepThoughtsDays | Setting::KeepLogDays | Setting::KeepDecisionsDays => "days",
            Setting::ReactionFloorS => "seconds",
            Setting::BotPosts
            | Setting::BotComments
            | Setting::BotLikes
            | Setting::FleetPosts
            | Setting::FleetComments
            | Setting::FleetLikes => "a day",
            Setting::PersonBots => "bots",
            Setting::PersonComments | Setting::PostComments => "comments",
            Setting::ThreadReplies => "answers",
            Setting::BotTextDay
            | Setting::FleetTextDay
            | Setting::FleetTextMonth
            | Setting::BotPictureDay
            | Setting::FleetPictureDay
            | Setting::FleetPictureMonth => "dollars",
            Setting::NameLabel
            | Setting::PostLabel
            | Setting::BadgeConfirmed
            | Setting::LikesConfirmed
            | Setting::ShowPeoplesPictures
            | Setting::OptedOut
            | Setting::OtherAgents => "",
        }
    }

    /// In which form it is written.
    #[must_use]
    pub fn form(self) -> Form {
        let most = match self {
            Setting::Pace => return Form::Number,
            Setting::OptedOut | Setting::OtherAgents => return Form::People,
            Setting::NameLabel | Setting::PostLabel => return Form::Words,
            Setting::BadgeConfirmed | Setting::LikesConfirmed | Setting::ShowPeoplesPictures => {
                return Form::Confirmation;
            }
            Setting::BotTextDay
            | Setting::FleetTextDay
            | Setting::FleetTextMonth
            | Setting::BotPictureDay
            | Setting::FleetPictureDay
            | Setting::FleetPictureMonth => return Form::Money,
            Setting::BotPosts | Setting::BotComments | Setting::BotLikes => 10_000,
            Setting::FleetPosts | Setting::FleetComments | Setting::FleetLikes => 1_000_000,
            Setting::PersonBots
            | Setting::PersonComments
            | Setting::PostComments
            | Setting::ThreadReplies => 1_000,
            Setting::ReactionFloorS => 86_400,
            Setting::KeepThoughtsDays | Setting::KeepLogDays | Setting::KeepDecisionsDays => 3_650,
        };
        Form::Whole { most }
    }

    /// How many characters its words may have.
    pub(crate) fn longest(self) -> usize {
        match self {
            Setting::NameLabel => 24,
            _ => 120,
        }
    }

    pub(super) fn zero(self) -> &'static str {
        match self {
            _ if self.form() == Form::Money => "0 means that nothing is spent",
            Setting::KeepThoughtsDays | Setting::KeepLogDays | Setting::KeepDecisionsDays => {
                "0 means for ever"
            }
            Setting::PersonBots
            | Setting::PersonComments
            | Setting::PostComments
            | Setting::ThreadReplies => "0 means none at all",
            Setting::ReactionFloorS => "0 means at once",
            _ => "0 means without a cap",
        }
    }
}
