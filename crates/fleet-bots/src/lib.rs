//! The context: what bots are, what was asked of them and what they did.
//!
//! Everything goes through [`Bots`]. A write is one file in `commands`, a read one in `queries`; `entities` are the rows,
//! `activity` the log and its feed, `backend` what only SQLite or only Postgres can do. This is the only crate that knows
//! SQL. It does not know who runs bots, what they say, or where.

mod activity;
mod backend;
mod bell;
mod bot;
mod caps;
mod changes;
mod commands;
mod disclosure;
mod entities;
mod error;
mod gateway;
mod id;
mod keeper;
mod ledger;
mod migrations;
mod operator;
mod password;
mod problem;
#[cfg(test)]
mod properties;
mod queries;
mod restraint;
mod rhythm;
mod selection;
mod settings;
mod switch;
mod time;
mod token;

pub use activity::NewActivity;
pub use activity::feed::{FeedEvent, Subscription};
pub use backend::StoreAddress;
pub use bell::Listener;
pub use bot::{Interests, LONGEST_INTERVAL_S, MOST_INTERESTS, NewBot, Weights, suggest_username};
pub use caps::{Allowance, Left};
pub use changes::{BotChanges, Merged};
pub use commands::Asked;
pub use commands::change_password::PasswordChange;
pub use commands::forget_person::Forgotten;
pub use commands::keep_clock::ClockReading;
pub use commands::mark_sent::Holder;
pub use commands::observe_bots::Observation;
pub use commands::opt_out::OptOut;
pub use commands::plan_action::NewAction;
pub use commands::settle_action::Settlement;
pub use commands::take_request::Reply;
pub use entities::action::{About, ActionKind, ActionStatus, Content, Model as Action};
pub use entities::bot::{Account, Intent, Model as Bot};
pub use entities::bot_activity::{ActivityKind, Model as Activity};
pub use entities::bot_lease::{Model as Lease, ObservedState};
pub use entities::node::Model as Node;
pub use entities::request::{ActNow, Model as Request};
pub use entities::seen_post::Model as SeenPost;
pub use error::{Error, Result};
pub use gateway::Bots;
pub use id::{ActionId, BotId, NodeId, OperatorId, SessionId};
pub use ledger::Outcome;
pub use operator::{NewOperator, Operator, Session, SignedIn};
pub use password::Password;
pub use problem::{Problem, Problems};
pub use queries::Page;
pub use queries::explain_activity::Explanation;
pub use queries::export_activity::ActivityExport;
pub use queries::fleet_pulse::{Compared, Delays, Hour, Pulse};
pub use queries::fleet_summary::FleetSummary;
pub use queries::get_activity::ActivityFilter;
pub use queries::list_bots::{BotFilter, BotSort, BotState, BotView};
pub use queries::list_deeds::{Deed, DeedFilter};
pub use queries::list_nodes::NodeView;
pub use queries::list_operators::OperatorView;
pub use queries::next_undo::Undo;
pub use queries::our_share::{OurShare, Part, ShownPost};
pub use queries::recent_actions::ActionFilter;
pub use queries::room_left::SightedPost;
pub use queries::store_health::StoreHealth;
pub use queries::wanted_bots::WantedBot;
pub use restraint::Room;
pub use rhythm::{Day, HourSpan, Phase, Rhythm};
pub use selection::Selection;
pub use settings::{Confirmation, Form, Setting, Settings, SettingsChanges};
pub use switch::{StopState, Switch};
pub use time::{FleetTime, StoreTime};
pub use token::Token;
