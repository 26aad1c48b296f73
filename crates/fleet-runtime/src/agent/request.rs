//! What an operator asked of the bot for this moment: taken up before its own thoughts, by night and before its time too,
//! and answered with what comes of it or with why nothing does. Owns that order; what is asked for is done as ever.

use fleet_bots::{ActNow, ActionKind, ActivityKind, FleetTime, Left, NewAction, NewActivity, Reply, Request};

use serde_json::json;

use super::decide::{Thought, Wish};
use super::patience::Haste;
use super::trouble::Trouble;
use super::turn::{Intention, Rest, Turn};
use super::{act, making};

/// What the bot was asked to do and nobody has taken up yet. The store is only asked when the bot was told that there is
/// something.
pub(super) async fn open(turn: &Turn<'_>) -> Result<Option<Request>, Trouble> {
    if turn.seat.orders.borrow().wanted.request == 0 {
        return Ok(None);
    }
    Ok(turn.world.bots.pending_requests(Some(turn.bot.id)).await?.pop())
}

/// Thinks what was asked for, and does it. The bot then rests as after a thought of its own, and not less than it meant
/// to: `rest` is when it would have gone on.
pub(super) async fn serve(turn: &mut Turn<'_>, request: &Request, rest: Rest) -> Result<Rest, Trouble> {
    let thought = Thought { wish: wish(request.wish), why: format!("because {} asked", request.by) };
    let allowance = turn.allowance().await?;
    let left = match request.wish {
        ActNow::Post => &allowance.posts,
        ActNow::Comment => &allowance.comments,
        ActNow::Like => &allowance.likes,
        ActNow::Browse => &Left::default(),
    };
    if left.is_none() {
        let reply = Reply::Nothing { why: allowance.reached() };
        turn.world.bots.take_request(request.number, reply, turn.now()).await?;
        return Ok(rest);
    }
    if request.wish == ActNow::Post
        && let Some(why) = making::why_nothing(turn).await
    {
        turn.world.bots.take_request(request.number, Reply::Nothing { why }, turn.now()).await?;
        return Ok(rest);
    }
    turn.seat.thought(turn.world, &thought);
    let Intention { mut plans, look } = turn.pursue(&thought.wish, Haste::AtOnce).await?;
    asked_for_first(&mut plans, request.wish);
    let last_due = plans.last().map_or(turn.now(), |plan| plan.due_at);
    let log = std::iter::once(turn.line(&thought)).chain(look).collect();
    let reply = Reply::Acts { log, plans };
    let planned = match turn.world.bots.take_request(request.number, reply, turn.now()).await {
        Ok(planned) => planned,
        // It was replaced or has lapsed meanwhile; another one is looked for at once.
        Err(fleet_bots::Error::Overtaken(_)) => return Ok(Rest { wake: turn.now(), ..rest }),
        Err(error) => return Err(error.into()),
    };
    let asked_for: Vec<_> = planned.iter().map(|action| action.id).collect();
    let open = match act::work_off(turn, &asked_for).await {
        Err(trouble) if trouble.is_limit() => {
            put_off(turn, request, &trouble).await?;
            return Err(trouble);
        }
        open => open?,
    };
    let thinks_from = rest.thinks_from.max(last_due.max(turn.now()).plus(turn.interval()));
    Ok(Rest { wake: open.wake(thinks_from), thinks_from })
}

/// Answers a request that cannot be served because of `trouble`, if waiting is of no use: a limit says how long it lasts,
/// and without an account it cannot do anything. Whatever else went wrong, the request waits for the next try.
pub(super) async fn give_up(turn: &Turn<'_>, request: &Request, trouble: &Trouble) -> Result<(), Trouble> {
    if !trouble.is_limit() && !matches!(trouble, Trouble::NoAccount { .. }) {
        return Ok(());
    }
    let reply = Reply::Nothing { why: trouble.to_string() };
    match turn.world.bots.take_request(request.number, reply, turn.now()).await {
        Ok(_) | Err(fleet_bots::Error::Overtaken(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Tells that what was asked for is planned, and has to wait.
async fn put_off(turn: &Turn<'_>, request: &Request, trouble: &Trouble) -> Result<(), Trouble> {
    let (name, wish) = (&turn.bot.name, request.wish.told());
    let message = format!("{name} will {wish} later than {} asked: {trouble}", request.by);
    let told = NewActivity::of(turn.bot.id, ActivityKind::RequestEnded, turn.now(), message)
        .with(json!({ "by": request.by, "wish": request.wish }));
    Ok(turn.world.bots.record_activity(vec![told]).await?)
}

/// Gives what was asked for the first moment. A bot that comments may like as well, and before; asked to comment, it does
/// that now and likes later.
fn asked_for_first(plans: &mut [NewAction], asked: ActNow) {
    let moments: Vec<FleetTime> = plans.iter().map(|plan| plan.due_at).collect();
    let is_asked_for = |plan: &NewAction| match asked {
        ActNow::Comment => plan.content.kind() == ActionKind::Comment,
        ActNow::Post | ActNow::Like | ActNow::Browse => true,
    };
    plans.sort_by_key(|plan| !is_asked_for(plan));
    for (plan, moment) in plans.iter_mut().zip(moments) {
        plan.due_at = moment;
    }
}

fn wish(asked: ActNow) -> Wish {
    match asked {
        ActNow::Post => Wish::Post,
        ActNow::Comment => Wish::Comment,
        ActNow::Like => Wish::Like,
        ActNow::Browse => Wish::Browse,
    }
}
