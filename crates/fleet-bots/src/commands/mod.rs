//! What can be done: one write a file, each a function `execute` inside a transaction that the gateway opened. A command
//! never commits, never calls a node, and returns what is to be logged with what it did.

pub(crate) mod accept_invitation;
pub(crate) mod add_operator;
pub(crate) mod begin_invitation;
pub(crate) mod begin_rest;
pub(crate) mod bind_gallery;
pub(crate) mod change_password;
pub(crate) mod change_settings;
pub(crate) mod claim_departures;
pub(crate) mod claim_leases;
pub(crate) mod claim_probe;
pub(crate) mod create_bot;
pub(crate) mod delete_bot;
pub(crate) mod end_rests;
pub(crate) mod forget_person;
pub(crate) mod forget_post;
pub(crate) mod invite_operator;
pub(crate) mod keep_clock;
pub(crate) mod lapse_requests;
pub(crate) mod lapse_rests;
pub(crate) mod lift_stop;
pub(crate) mod look_later;
pub(crate) mod mark_sent;
pub(crate) mod mark_undo_sent;
pub(crate) mod observe_bots;
pub(crate) mod opt_out;
pub(crate) mod pause_bot;
pub(crate) mod plan_action;
pub(crate) mod plan_undo;
pub(crate) mod prune_activities;
pub(crate) mod record_activity;
pub(crate) mod record_decision;
pub(crate) mod register_node;
pub(crate) mod release_leases;
pub(crate) mod remember_posts;
pub(crate) mod remove_operator;
pub(crate) mod renew_node;
pub(crate) mod renew_session;
pub(crate) mod request_action;
pub(crate) mod reserve_spend;
pub(crate) mod resolve_action;
pub(crate) mod resume_bot;
pub(crate) mod retire_node;
pub(crate) mod settle_action;
pub(crate) mod settle_departure;
pub(crate) mod settle_invitation;
pub(crate) mod settle_spend;
pub(crate) mod settle_undo;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod sign_out_everywhere;
pub(crate) mod start_bot;
pub(crate) mod stop_bot;
pub(crate) mod stop_everything;
pub(crate) mod take_request;
pub(crate) mod update_bot;

use serde::{Deserialize, Serialize};

use crate::activity::NewActivity;
use crate::time::FleetTime;

/// Who asked for something, and when by the fleet's clock; it goes into the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The operator or the door it came through: `ada`, `cli`, `panel`.
    pub by: String,
    /// When.
    pub at: FleetTime,
}

/// What a command did, and what is to be logged about it in the same transaction.
#[derive(Debug)]
pub(crate) struct Effect<T> {
    pub(crate) value: T,
    pub(crate) log: Vec<NewActivity>,
}

impl<T> Effect<T> {
    pub(crate) fn silent(value: T) -> Self {
        Self { value, log: Vec::new() }
    }
}
