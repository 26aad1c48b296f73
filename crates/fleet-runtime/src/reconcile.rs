//! What a node has to do so that what it holds becomes what is wanted. Pure: it looks at two lists and does nothing.

use std::collections::HashMap;

use fleet_bots::{BotId, WantedBot};

/// What has to be done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Held, and not wanted any more.
    pub(crate) stop: Vec<BotId>,
    /// Held, and wanted otherwise than the agent was last told.
    pub(crate) tell: Vec<WantedBot>,
    /// Whether any wanted bot is not held here: a claim may bring some of them.
    pub(crate) claim: bool,
}

/// Compares the bots that are wanted with what the agents held here were last told.
pub(crate) fn plan(wanted: &[WantedBot], held: &HashMap<BotId, WantedBot>) -> Plan {
    let mut plan = Plan::default();
    let mut still_wanted = 0;
    for bot in wanted {
        match held.get(&bot.bot_id) {
            None => plan.claim = true,
            Some(told) => {
                still_wanted += 1;
                if told != bot {
                    plan.tell.push(*bot);
                }
            }
        }
    }
    if still_wanted < held.len() {
        let wanted: std::collections::HashSet<BotId> = wanted.iter().map(|bot| bot.bot_id).collect();
        plan.stop = held.keys().filter(|id| !wanted.contains(id)).copied().collect();
    }
    plan
}

#[cfg(test)]
mod tests {
    use fleet_bots::Intent;

    use super::*;

    fn bot(intent: Intent, starts: i64) -> WantedBot {
        WantedBot { bot_id: BotId::generate(), intent, starts }
    }

    #[test]
    fn what_is_held_as_it_is_wanted_is_left_alone() {
        let ada = bot(Intent::Running, 1);
        assert_eq!(plan(&[ada], &HashMap::from([(ada.bot_id, ada)])), Plan::default());
    }

    #[test]
    fn what_is_wanted_and_not_held_is_worth_a_claim() {
        assert!(plan(&[bot(Intent::Running, 1)], &HashMap::new()).claim);
    }

    #[test]
    fn what_is_held_and_not_wanted_is_stopped() {
        let (ada, bob) = (bot(Intent::Running, 1), bot(Intent::Running, 1));
        let held = HashMap::from([(ada.bot_id, ada), (bob.bot_id, bob)]);
        assert_eq!(plan(&[ada], &held), Plan { stop: vec![bob.bot_id], ..Plan::default() });
    }

    #[test]
    fn a_pause_and_a_new_start_are_told() {
        let ada = bot(Intent::Running, 1);
        let held = HashMap::from([(ada.bot_id, ada)]);
        for changed in [WantedBot { intent: Intent::Paused, ..ada }, WantedBot { starts: 2, ..ada }] {
            assert_eq!(plan(&[changed], &held), Plan { tell: vec![changed], ..Plan::default() });
        }
    }
}
