//! What a node has to do so that what it holds becomes what is wanted. Pure: it compares three lists and does nothing.

use std::collections::{HashMap, HashSet};

use fleet_bots::{BotId, WantedBot};

/// What an agent of this node was last told, and under which claim it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) wanted: WantedBot,
    pub(crate) epoch: i64,
}

/// What has to be done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Agents to end: their bot is not wanted any more, or its lease is not this node's.
    pub(crate) stop: Vec<BotId>,
    /// Agents to be told something else than they were told last.
    pub(crate) tell: Vec<WantedBot>,
    /// Leases to give back: by the store's word they are this node's, and no agent lives under them.
    pub(crate) release: Vec<BotId>,
    /// Whether any wanted bot has no agent here: a claim may bring some of them.
    pub(crate) claim: bool,
}

/// Compares the bots that are wanted and the leases that the node has by the store's word with its agents. Whatever went
/// wrong before (a release that failed, a claim whose answer was lost, a lease that went elsewhere), this mends it.
pub(crate) fn plan(
    wanted: &[WantedBot],
    leases: &HashMap<BotId, i64>,
    agents: &HashMap<BotId, Told>,
) -> Plan {
    let mut plan = Plan::default();
    let wanted: HashMap<BotId, WantedBot> = wanted.iter().map(|bot| (bot.bot_id, *bot)).collect();
    for (id, told) in agents {
        match wanted.get(id) {
            Some(_) if leases.get(id) != Some(&told.epoch) => plan.stop.push(*id),
            Some(bot) if *bot != told.wanted => plan.tell.push(*bot),
            Some(_) => {}
            None => plan.stop.push(*id),
        }
    }
    let stopped: HashSet<BotId> = plan.stop.iter().copied().collect();
    let lives = |id: &BotId| agents.contains_key(id) && !stopped.contains(id);
    plan.release = leases.keys().filter(|id| !lives(id)).copied().collect();
    // In one order everywhere, so that two statements never wait for each other's rows.
    plan.release.sort_unstable();
    plan.claim = wanted.keys().any(|id| !agents.contains_key(id));
    plan
}

#[cfg(test)]
mod tests {
    use fleet_bots::Intent;

    use super::*;

    fn bot(intent: Intent, starts: i64) -> WantedBot {
        WantedBot { bot_id: BotId::generate(), intent, starts, renames: 0, request: 0 }
    }

    /// A node that holds `bots`, each under its first claim.
    fn holding(bots: &[WantedBot]) -> (HashMap<BotId, i64>, HashMap<BotId, Told>) {
        let leases = bots.iter().map(|bot| (bot.bot_id, 1)).collect();
        let agents = bots.iter().map(|bot| (bot.bot_id, Told { wanted: *bot, epoch: 1 })).collect();
        (leases, agents)
    }

    #[test]
    fn what_is_held_as_it_is_wanted_is_left_alone() {
        let ada = bot(Intent::Running, 1);
        let (leases, agents) = holding(&[ada]);
        assert_eq!(plan(&[ada], &leases, &agents), Plan::default());
    }

    #[test]
    fn what_is_wanted_and_not_held_is_worth_a_claim() {
        assert!(plan(&[bot(Intent::Running, 1)], &HashMap::new(), &HashMap::new()).claim);
    }

    #[test]
    fn what_is_held_and_not_wanted_is_stopped_and_given_back() {
        let (ada, bob) = (bot(Intent::Running, 1), bot(Intent::Running, 1));
        let (leases, agents) = holding(&[ada, bob]);
        let expected = Plan { stop: vec![bob.bot_id], release: vec![bob.bot_id], ..Plan::default() };
        assert_eq!(plan(&[ada], &leases, &agents), expected);
    }

    #[test]
    fn a_pause_a_new_start_a_request_and_a_new_name_are_told() {
        let ada = bot(Intent::Running, 1);
        let (leases, agents) = holding(&[ada]);
        for changed in [
            WantedBot { intent: Intent::Paused, ..ada },
            WantedBot { starts: 2, ..ada },
            WantedBot { request: 1, ..ada },
            WantedBot { renames: 1, ..ada },
        ] {
            assert_eq!(plan(&[changed], &leases, &agents), Plan { tell: vec![changed], ..Plan::default() });
        }
    }

    #[test]
    fn an_agent_whose_lease_went_elsewhere_or_was_claimed_anew_is_stopped() {
        let ada = bot(Intent::Running, 1);
        let (_, agents) = holding(&[ada]);
        assert_eq!(plan(&[ada], &HashMap::new(), &agents).stop, vec![ada.bot_id]);
        let anew = HashMap::from([(ada.bot_id, 2)]);
        let plan = plan(&[ada], &anew, &agents);
        assert_eq!((plan.stop, plan.release), (vec![ada.bot_id], vec![ada.bot_id]));
    }

    #[test]
    fn a_lease_without_an_agent_is_given_back_so_that_it_can_be_claimed() {
        let ada = bot(Intent::Running, 1);
        let (leases, _) = holding(&[ada]);
        let plan = plan(&[ada], &leases, &HashMap::new());
        assert_eq!(plan, Plan { release: vec![ada.bot_id], claim: true, ..Plan::default() });
    }
}
