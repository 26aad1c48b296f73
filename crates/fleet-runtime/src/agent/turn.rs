//! One turn of a bot, from waking to resting: settle what is open, then think, look, choose and act. Owns the order of
//! these; each of them is a file of its own. Everything heavy is loaded here and dropped when the turn ends.

use std::time::Duration;

use fleet_bots::{
    About, ActivityKind, Allowance, Bot, Content, DecisionId, FleetTime, NewAction, NewActivity,
    ObservedState, Phase, Request, RestCause, SeenPost, Weights,
};
use fleet_brain::Character;
use fleet_gallery::UserRef;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use tokio::sync::OnceCell;

use super::act::Later;
use super::choose::{Caps, Reaction, choose};
use super::decide::{Thought, Wish, decide};
use super::look::{Seen, author, look, look_after};
use super::patience::Haste;
use super::trouble::Trouble;
use super::{Seat, account, act, answer, making, pacing, request, trouble};
use crate::world::World;

/// A bot at work.
pub(crate) struct Turn<'a> {
    pub(crate) world: &'a World,
    pub(crate) seat: &'a Seat,
    pub(crate) bot: Bot,
    /// The seed of everything that is drawn in this turn; it is logged with the thought, so that it can be drawn again.
    pub(crate) seed: u64,
    dice: StdRng,
    /// What the bot may still do today, as it was read when it thought.
    allowance: OnceCell<Allowance>,
    /// What could not be looked for of late.
    pub(super) later: &'a mut Later,
}

/// When a bot goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    /// When it wakes next.
    pub(crate) wake: FleetTime,
    /// It does not think again before.
    pub(crate) thinks_from: FleetTime,
}

/// What is to come of a wish.
pub(super) struct Intention {
    /// What to do, in this order.
    pub(super) plans: Vec<NewAction>,
    /// What was looked at, where nothing is to be done.
    pub(super) look: Option<NewActivity>,
}

/// Takes one turn. The bot does not think before `thinks_from`, nor while anything of its own is open; what it was asked to
/// do now it does before that.
pub(crate) async fn take(
    world: &World,
    seat: &Seat,
    thinks_from: FleetTime,
    later: &mut Later,
) -> Result<Rest, Trouble> {
    if let Some(rest) = world.fleet_rest()
        && rest.cause.is_silence()
        && seat.orders.borrow().wanted.request == 0
    {
        // Thousands may wake while a platform holds them: nothing is read for that.
        return Err(Trouble::Limited { until: world.until(&rest), why: rest.why });
    }
    let bot = world.bots.get_bot(&seat.bot_id.to_string()).await?.bot;
    let seed = world.seed(seat.bot_id);
    let dice = StdRng::seed_from_u64(seed);
    let mut turn = Turn { world, seat, bot, seed, dice, allowance: OnceCell::new(), later };
    let request = request::open(&turn).await?;
    let taken = turn.take(request.as_ref(), thinks_from).await;
    if let (Some(request), Err(trouble)) = (&request, &taken) {
        request::give_up(&turn, request, trouble).await?;
    }
    taken
}

impl Turn<'_> {
    async fn take(&mut self, request: Option<&Request>, thinks_from: FleetTime) -> Result<Rest, Trouble> {
        if let Some(rest) = self.rest().await? {
            let mut until = self.world.until(&rest);
            let next = match rest.cause {
                cause if cause.is_silence() => None,
                // What is planned is paid for already; and a cap may be raised.
                RestCause::Spending => {
                    until = until.min(self.now().plus(trouble::RAISED));
                    account::ensure(self).await?;
                    let open = act::work_off(self, &[]).await?;
                    open.due.into_iter().chain(open.looks).min()
                }
                // Looking for what was done spends nothing.
                _ => act::look_up_sent(self).await?,
            };
            until = next.map_or(until, |next| next.min(until));
            return Err(Trouble::Limited { until, why: rest.why });
        }
        account::ensure(self).await?;
        let open = act::work_off(self, &[]).await?;
        let rest = Rest { wake: open.wake(thinks_from), thinks_from };
        if self.seat.is_leaving() {
            return Ok(rest);
        }
        if let Some(request) = request {
            return request::serve(self, request, rest).await;
        }
        if open.due.is_some() || self.now() < thinks_from {
            return Ok(rest);
        }
        let (thought, waiting) = self.think().await?;
        let last_due = match (&thought.wish, waiting) {
            (Wish::Rest { until }, _) => {
                let wake = pacing::getting_up(*until, &mut self.dice);
                return Ok(Rest { wake: open.wake(wake), thinks_from: wake });
            }
            (Wish::Answer { .. }, Some(post)) => answer::answer(self, post).await?,
            (wish, _) => {
                if making::never_looks(self.bot.weights) {
                    look_after(self).await?;
                }
                let intention = self.pursue(wish, Haste::None).await?;
                self.follow(intention).await?
            }
        };
        let open = act::work_off(self, &[]).await?;
        let thinks_from = last_due.max(self.now()).plus(self.interval());
        Ok(Rest { wake: open.wake(thinks_from), thinks_from })
    }

    /// What the gallery said that keeps the bot from acting, if anything does: the fleet's rest, or its own.
    async fn rest(&self) -> Result<Option<fleet_bots::Rest>, Trouble> {
        match self.world.fleet_rest() {
            Some(rest) => Ok(Some(rest)),
            None => Ok(self.world.rest_of(self.bot.id).await?),
        }
    }

    pub(crate) fn now(&self) -> FleetTime {
        self.world.clock.now()
    }

    pub(crate) fn dice(&mut self) -> &mut StdRng {
        &mut self.dice
    }

    /// Who speaks.
    pub(crate) fn character(&self) -> Character {
        Character {
            persona: self.bot.persona.clone(),
            name: self.bot.name.clone(),
            username: self.bot.username.clone(),
            personality: self.bot.personality.clone(),
            vibe: self.bot.vibe.clone(),
            interests: self.bot.interests.0.clone(),
        }
    }

    /// Thinks once; returns what it wants, and a post of its own under which somebody waits for an answer.
    async fn think(&mut self) -> Result<(Thought, Option<SeenPost>), Trouble> {
        let memory = self.world.bots.recall_posts(self.bot.id).await?;
        let (allowance, is_awake) = (self.allowance().await?, self.is_awake());
        let waiting = memory
            .into_iter()
            .filter(|_| !allowance.comments.is_none())
            .find(|post| post.own && post.comments > post.comments_read);
        let (makes_nothing, weights) = making::weights(self).await;
        let weights = match allowance.of(weights) {
            Some(weights) => weights,
            // It may answer still, or sleep; else there is nothing to think about until tomorrow.
            None if waiting.is_some() || !is_awake => {
                Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 }
            }
            None => {
                look_after(self).await?;
                return Err(capped(&allowance, self.now()));
            }
        };
        let post_id = waiting.as_ref().map(|post| post.post_id.as_str());
        let mut thought = decide(&self.bot, weights, post_id, self.now(), &mut self.dice);
        if let (Some(why), Wish::Post | Wish::Comment | Wish::Like | Wish::Browse) =
            (allowance.likes_are_off.filter(|_| self.bot.weights.like > 0.0), &thought.wish)
        {
            thought.why = format!("{}; {why}", thought.why);
        }
        if let Some(why) = makes_nothing.filter(|_| !matches!(thought.wish, Wish::Rest { .. }))
            && self.world.offered.is_news_to(self.bot.id)
        {
            thought.why = format!("{}; {why}", thought.why);
        }
        self.world.bots.record_activity(vec![self.line(&thought)]).await?;
        self.seat.thought(self.world, &thought);
        Ok((thought, waiting))
    }

    /// What the bot may still do today; the last gate is the plan's.
    pub(super) async fn allowance(&self) -> Result<Allowance, Trouble> {
        let read = async || {
            let picture = making::least_price(self).await;
            self.world.bots.read_allowance(self.bot.id, self.now(), picture).await
        };
        Ok(self.allowance.get_or_try_init(read).await?.clone())
    }

    fn is_awake(&self) -> bool {
        !matches!(self.bot.rhythm.phase(self.now()), Phase::Asleep { .. })
    }

    /// What the log tells of a thought: all that it takes to think it again.
    pub(super) fn line(&self, thought: &Thought) -> NewActivity {
        let message = format!("{} {}", self.bot.name, thought.wish.told());
        let inputs = json!({ "thought": thought, "seed": self.seed.to_string() });
        NewActivity::of(self.bot.id, ActivityKind::Thought, self.now(), message).with(inputs)
    }

    /// Finds out what there is to be done about a wish; nothing is written yet.
    pub(super) async fn pursue(&mut self, wish: &Wish, haste: Haste) -> Result<Intention, Trouble> {
        match wish {
            Wish::Post => match making::compose(self).await {
                // It was there when the bot thought of it, and was refused to another one meanwhile.
                Err(Trouble::Brain(fleet_brain::Error::NothingToMake { .. })) => {
                    self.react(&Wish::Browse, haste).await
                }
                composed => Ok(Intention { plans: vec![composed?], look: None }),
            },
            _ => self.react(wish, haste).await,
        }
    }

    /// Writes what is to come of a wish; returns when the last of it is due.
    async fn follow(&mut self, Intention { plans, look }: Intention) -> Result<FleetTime, Trouble> {
        let mut last_due = self.now();
        if let Some(look) = look {
            self.world.bots.record_activity(vec![look]).await?;
        }
        for plan in plans {
            last_due = plan.due_at;
            let spoken = match &plan.content {
                Content::Comment { about, .. } => Some(about.post_id.clone()),
                _ => None,
            };
            self.plan(plan).await?;
            if let Some(post_id) = spoken {
                // Taken or refused, that word is not for another time.
                self.forget_remark(&post_id).await?;
            }
        }
        Ok(last_due)
    }

    /// Looks at the gallery, and chooses what to do about it.
    async fn react(&mut self, wish: &Wish, haste: Haste) -> Result<Intention, Trouble> {
        self.seat.sees(self.world, ObservedState::Looking, Some("looking at the gallery"));
        let view = look(self, wish, haste).await?;
        let (allowance, most) = (self.allowance().await?, Caps::default());
        let caps = Caps {
            likes: allowance.likes.at_most(most.likes),
            comments: allowance.comments.at_most(most.comments),
        };
        let chosen: Vec<(Content, Option<DecisionId>)> = choose(wish, &view.posts, caps, &mut self.dice)
            .into_iter()
            .map(|reaction| self.content(reaction))
            .collect();
        let mut look = None;
        if chosen.is_empty() {
            let pictures = match view.looked_at {
                1 => "one picture".to_owned(),
                count => format!("{count} pictures"),
            };
            let message = match wish {
                Wish::Browse => format!("{} looked at {pictures}", self.bot.name),
                _ => format!("{} looked at {pictures} and found nothing new", self.bot.name),
            };
            let line = NewActivity::of(self.bot.id, ActivityKind::Browse, self.now(), message);
            look = Some(line.with(json!({ "looked_at": view.looked_at, "decision": view.decision })));
        }
        let (mut due, mut plans) = (self.now(), Vec::with_capacity(chosen.len()));
        for (index, (content, decision)) in chosen.into_iter().enumerate() {
            if index > 0 {
                due = due.plus(self.interval());
            }
            plans.push(self.action(content, due, decision));
        }
        Ok(Intention { plans, look })
    }

    async fn forget_remark(&self, post_id: &str) -> Result<(), Trouble> {
        let memory = self.world.bots.recall_posts(self.bot.id).await?;
        let post = memory.into_iter().find(|post| post.post_id == post_id);
        let spoken = post.map(|post| SeenPost { remark: None, ..post });
        Ok(self.world.bots.remember_posts(self.bot.id, spoken.into_iter().collect()).await?)
    }

    /// What a reaction is to do, and the decision that it comes of.
    fn content(&self, reaction: Reaction<'_>) -> (Content, Option<DecisionId>) {
        match reaction {
            Reaction::Like(Seen { item, why, decision, .. }) => {
                (Content::Like { about: self.about(item, why.clone()) }, *decision)
            }
            Reaction::Comment(Seen { item, why, decision, .. }, text) => {
                (Content::Comment { about: self.about(item, why.clone()), text: text.to_owned() }, *decision)
            }
        }
    }

    pub(super) fn about(&self, item: &fleet_gallery::Item, why: String) -> About {
        About {
            post_id: item.id.clone(),
            title: storable(&item.title),
            author: storable(&shown(&item.user)),
            person: Some(storable(&author(&item.user).username)),
            posted_at: Some(FleetTime::from(item.created_at)),
            image_url: self.image_url(&item.image.id),
            why,
        }
    }

    /// Where people see a picture of the gallery.
    pub(crate) fn image_url(&self, image_id: &str) -> Option<String> {
        let address = format!("/api/storage/images/{image_id}/content");
        self.world.gallery.resolve(&address).ok().map(String::from)
    }

    /// Writes a plan; returns whether it was taken. That the bot has something open there, or has done it already, is no
    /// trouble: it is left.
    pub(super) async fn plan(&self, new: NewAction) -> Result<bool, Trouble> {
        match self.world.bots.plan_action(new).await {
            Ok(_) => Ok(true),
            Err(fleet_bots::Error::Overtaken(why) | fleet_bots::Error::Capped { why, .. }) => {
                tracing::debug!(bot.id = %self.bot.id, why, "leaves a plan");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn action(
        &self,
        content: Content,
        due_at: FleetTime,
        decision: Option<DecisionId>,
    ) -> NewAction {
        NewAction { bot_id: self.bot.id, content, planned_at: self.now(), due_at, decision }
    }

    pub(crate) fn interval(&mut self) -> Duration {
        let phase = self.bot.rhythm.phase(self.world.clock.now());
        pacing::interval(&self.bot, phase, self.world.settings().pace, &mut self.dice)
    }
}

/// That there is nothing left to do today. It is looked at again now and then: an operator may raise a cap.
fn capped(allowance: &Allowance, now: FleetTime) -> Trouble {
    Trouble::Limited { until: allowance.until.min(now.plus(trouble::RAISED)), why: allowance.reached() }
}

/// A stranger's text as the store keeps it: Postgres takes no NUL, and nobody can see one.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "")
}

fn shown(user: &UserRef) -> String {
    user.name.clone().or_else(|| user.username.clone()).unwrap_or_else(|| user.id.clone())
}
