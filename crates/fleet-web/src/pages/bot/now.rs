//! What a bot is doing: asked of it, seen of it, thought by it, its next wake, and the buttons that ask for something else.

use askama::Template;
use fleet_bots::{Account, BotId, BotView, Intent, Request, Rest};

use crate::failure::{Failure, sentence};
use crate::panel::Panel;
use crate::parts::bot_row::{Counter, Order, lacking, thought};
use crate::parts::bot_state::{State, intent_word};
use crate::parts::counted;
use crate::parts::when::When;

#[derive(Template)]
#[template(path = "bot/now.html")]
pub(super) struct BotNow {
    bot_id: String,
    name: String,
    intent: Intent,
    state: State,
    thought: Option<String>,
    lacking: Option<String>,
    /// What the gallery said, or which cap of money is reached, that keeps it from acting, and what can be done about it.
    rests: Vec<String>,
    /// Whether it has not asked for an account yet.
    is_new: bool,
    counters: [Counter; 4],
    browses: String,
    primary: Order,
    request: Option<Asked>,
    /// Whether everything is stopped.
    is_all_stopped: bool,
}

/// What an operator asked it to do and it has not done yet.
struct Asked {
    by: String,
    what: &'static str,
    when: When,
}

/// What it can be asked to do now: the words of an address, a button and a picture.
const WISHES: [(&str, &str, &str); 4] = [
    ("post", "Make a picture", "picture"),
    ("comment", "Comment", "speech"),
    ("like", "Like", "heart"),
    ("browse", "Look around", "eye"),
];

impl BotNow {
    pub(super) async fn read(panel: &Panel, id: BotId) -> Result<Self, Failure> {
        let text = id.to_string();
        let (view, requests, rests) = panel
            .read(async {
                futures::try_join!(
                    panel.bots.get_bot(&text),
                    panel.bots.pending_requests(Some(id)),
                    panel.bots.rests_of(Some(id))
                )
            })
            .await?;
        Ok(Self::of(&view, requests.first(), &rests, panel))
    }

    fn of(view: &BotView, request: Option<&Request>, rests: &[Rest], panel: &Panel) -> Self {
        Self {
            bot_id: view.bot.id.to_string(),
            name: view.bot.name.clone(),
            intent: view.bot.intent,
            state: State::of(view, panel),
            thought: thought(view),
            lacking: lacking(view),
            rests: rests
                .iter()
                .map(|rest| format!("It rests: {}. {}", rest.told(), sentence(rest.cause.remedy())))
                .collect(),
            is_new: view.bot.account == Account::Unprovisioned,
            counters: Counter::all(view),
            browses: counted(u64::try_from(view.bot.browses).unwrap_or(0), "time", "times"),
            primary: Order::of(view),
            is_all_stopped: panel.bots.switch().is_pulled(),
            request: request.map(|request| Asked {
                by: request.by.clone(),
                what: request.wish.told(),
                when: When::of(request.at, panel.now()),
            }),
        }
    }

    fn intent_word(&self) -> &'static str {
        intent_word(self.intent)
    }

    /// Whether it could act now if it were asked to.
    fn may_be_asked(&self) -> bool {
        self.intent == Intent::Running && !self.is_all_stopped
    }

    fn is_stopped(&self) -> bool {
        self.intent == Intent::Stopped
    }
}
