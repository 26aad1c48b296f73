//! What the buttons do: to the store, to a page with script, and to one without.

use axum::http::Method;
use fleet_bots::{ActionFilter, ActionStatus, Content, Intent, Invitation, Outcome};

use crate::glass::{DEADLINE, Glass, NOON, about, asked, new_bot, redacted};

#[tokio::test]
async fn each_button_changes_what_is_wanted_and_the_page_shows_it() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for (order, intent, shown) in [
        ("start", Intent::Running, "mark-running\">Running"),
        ("pause", Intent::Paused, "mark-paused\">Paused"),
        ("resume", Intent::Running, "mark-running\">Running"),
        ("stop", Intent::Stopped, "mark-stopped\">Stopped"),
    ] {
        let answer = glass.post(&format!("/bots/{}/{order}", bot.id)).await;
        assert_eq!(answer.status, 303, "{order}");
        assert_eq!(answer.header("location"), "/", "{order}");
        assert_eq!(glass.intent(bot.id).await, intent, "{order}");
        glass.get("/bots").await.assert_shows(shown);
        glass.get(&format!("/bots/{}", bot.id)).await.assert_shows(shown);
    }
}

#[tokio::test]
async fn an_order_is_signed_in_the_log() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.post(&format!("/bots/{}/start", bot.id)).await;
    let newest = glass.newest().await;
    assert_eq!(newest.message, "Ada was started");
    assert_eq!(newest.metadata.unwrap()["by"], "panel");
    glass.get("/").await.assert_shows("<span class=\"row-by\">by panel</span>");
}

#[tokio::test]
async fn a_page_with_script_gets_what_the_order_changed() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let answer = glass.order(&format!("/bots/{}/start?back=%2Fbots%3Fq%3Da", bot.id)).await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!("order_on_the_table", redacted(&answer.text, bot.id));
    let answer = glass.order(&format!("/bots/{}/pause?back=/bots/{}", bot.id, bot.id)).await;
    insta::assert_snapshot!("order_on_the_page_of_a_bot", redacted(&answer.text, bot.id));
}

#[tokio::test]
async fn orders_to_many_reach_those_that_are_ticked_or_all_that_match() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    for (order, intent) in [
        ("start", Intent::Running),
        ("pause", Intent::Paused),
        ("resume", Intent::Running),
        ("stop", Intent::Stopped),
    ] {
        let answer = glass.fill(&format!("/bots/many/{order}?page=2"), "all=1").await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.header("location"), "/bots?page=2");
        assert_eq!([glass.intent(ada.id).await, glass.intent(bo.id).await], [intent; 2], "{order}");
    }
    glass.fill("/bots/many/start", &format!("bot={}", ada.id)).await;
    assert_eq!([glass.intent(ada.id).await, glass.intent(bo.id).await], [Intent::Running, Intent::Stopped]);
    glass.fill("/bots/many/start?q=bo", "all=1").await;
    glass.fill("/bots/many/pause?q=bo", "all=1").await;
    assert_eq!([glass.intent(ada.id).await, glass.intent(bo.id).await], [Intent::Running, Intent::Paused]);

    let answer = glass.fill_with_script("/bots/many/stop", "all=1").await;
    answer.assert_shows("2 bots were stopped.");
    answer.assert_shows("hx-target=\"#bots\"");
    glass.fill_with_script("/bots/many/stop", "all=1").await.assert_shows("No bot had to be stopped.");
}

#[tokio::test]
async fn an_order_to_many_that_means_nobody_reaches_nobody() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for (order, form, words) in [
        ("start", "", "No bot is selected."),
        ("start", "bot=nobody", "There is no bot `nobody`."),
        ("delete", "page=1", "No bot is selected."),
    ] {
        let page = glass.fill(&format!("/bots/many/{order}"), form).await;
        assert_eq!(page.status, 422, "{form}");
        page.assert_shows(words);
    }
    assert_eq!(glass.fill("/bots/many/dance", "all=1").await.status, 404);
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);
}

#[tokio::test]
async fn a_bot_is_deleted_on_its_page_and_many_in_the_table() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    for name in ["Bo_", "Cy_"] {
        glass.bots.create_bot(new_bot(name), &asked()).await.unwrap();
    }
    let answer = glass.post(&format!("/bots/{}/delete", ada.id)).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/bots"));
    let page = glass.get("/bots").await;
    page.assert_hides(">Ada</a>");
    glass.fill("/bots/many/delete?q=bo", "all=1").await;
    let page = glass.get("/bots").await;
    page.assert_hides(">Bo_</a>");
    page.assert_shows(">Cy_</a>");
}

#[tokio::test]
async fn an_account_goes_with_its_bot_unless_it_is_to_be_kept() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    glass.provision(&ada).await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    glass.provision(&bo).await;
    let cy = glass.bots.create_bot(new_bot("Cy_"), &asked()).await.unwrap();
    glass.provision(&cy).await;
    glass.fill(&format!("/bots/{}/delete", ada.id), "keep_account=1").await;
    glass.fill("/bots/many/delete", &format!("bot={}&keep_account=1", bo.id)).await;
    assert_eq!(glass.bots.departing().await.unwrap(), 0);
    glass.fill(&format!("/bots/{}/delete", cy.id), "").await;
    assert_eq!(glass.bots.departing().await.unwrap(), 1);
    glass.get("/").await.assert_shows("1 account of a deleted bot is still to be removed.");
}

#[tokio::test]
async fn what_keeps_a_bot_from_its_account_is_told_where_it_is_shown() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let page = format!("/bots/{}", bot.id);
    glass.get(&page).await.assert_shows("It has no account in the gallery yet");
    let no = Invitation::Refused { why: "the name is taken".into(), wait: DEADLINE };
    let no = glass.bots.settle_invitation(&bot, "Ada", no, NOON).await.unwrap();
    for path in [page.as_str(), "/bots"] {
        glass.get(path).await.assert_shows("The gallery refused its account: the name is taken");
    }
    glass.provision(&no).await;
    glass.get(&page).await.assert_hides("refused its account");
}

#[tokio::test]
async fn an_order_that_cannot_be_followed_says_why_and_changes_nothing() {
    let (glass, bot) = Glass::with_bot("Ada").await;

    let page = glass.post(&format!("/bots/{}/pause", bot.id)).await;
    assert_eq!(page.status, 409);
    page.assert_shows("Ada is stopped; start it first.");
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);

    let notice = glass.order(&format!("/bots/{}/resume", bot.id)).await;
    assert_eq!(notice.status, 409);
    insta::assert_snapshot!(notice.text, @r##"
    <hx-partial hx-target="#notice" hx-swap="innerHTML"><div class="notice notice-bad" data-notice="stay"><strong>Ada is stopped; start it first.</strong> Nothing was changed. Look at the fleet as it is now, then choose again.</div></hx-partial>
    "##);

    for nobody in ["nobody", "01890000-0000-7000-8000-000000000000"] {
        let page = glass.post(&format!("/bots/{nobody}/start")).await;
        assert_eq!(page.status, 404, "{nobody}");
        page.assert_shows("Back to the fleet");
    }
}

#[tokio::test]
async fn an_order_from_another_site_is_refused() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for path in [format!("/bots/{}/start", bot.id), "/bots/many/start".into(), "/stop-everything".into()] {
        for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let page = glass.send(Method::POST, &path, &[header]).await;
            assert_eq!(page.status, 403, "{path} {header:?}");
            page.assert_shows("This order came from another site.");
        }
    }
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);
    assert!(!glass.bots.switch().is_pulled());
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_opens_nothing() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let page = glass.send_under("evil.example", Method::GET, "/").await;
    assert_eq!(page.status, 421);
    page.assert_shows("http://127.0.0.1");
    let order = glass.send_under("evil.example", Method::POST, &format!("/bots/{}/start", bot.id)).await;
    assert_eq!(order.status, 421);
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);
}

#[tokio::test]
async fn a_bot_is_asked_to_act_now_and_its_page_says_by_whom() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let act = format!("/bots/{}/act", bot.id);
    let refused = glass.post(&format!("{act}/like")).await;
    assert_eq!(refused.status, 409);
    refused.assert_shows("Ada is stopped; start it first.");
    glass.get(&format!("/bots/{}", bot.id)).await.assert_hides("Act now");

    glass.post(&format!("/bots/{}/start", bot.id)).await;
    let answer = glass.order(&format!("{act}/like?back=/bots/{}", bot.id)).await;
    answer.assert_shows("Ada was asked to like something.");
    answer.assert_shows("hx-target=\"#bot-now\"");
    let page = glass.get(&format!("/bots/{}", bot.id)).await;
    page.assert_shows("Act now");
    page.assert_shows("Asked by panel");
    page.assert_shows("to like something");
    assert_eq!(glass.post(&format!("{act}/dance")).await.status, 404);
}

#[tokio::test]
async fn the_operator_says_how_it_ended_where_nobody_knows() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for post in ["p1", "p2"] {
        let outcome = Outcome::Unresolved { why: "the answer never came".into() };
        glass.did(bot.id, Content::Like { about: about(post, post) }, outcome).await;
    }
    glass.get("/").await.assert_shows("<strong>2 actions have an unknown end.</strong>");
    let page = glass.get("/unresolved").await;
    page.assert_shows("Like “p1”");
    page.assert_shows("Like “p2”");
    let open = ActionFilter { status: Some(ActionStatus::Unresolved), limit: 9, ..ActionFilter::default() };
    let open = glass.bots.recent_actions(&open).await.unwrap();

    let answer = glass.post(&format!("/actions/{}/happened?back=/unresolved", open[0].id)).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/unresolved"));
    let answer = glass.order(&format!("/actions/{}/did-not?back=/bots/{}", open[1].id, bot.id)).await;
    answer.assert_shows("Noted: it did not happen.");
    answer.assert_shows("hx-target=\"#unresolved\"");
    let again = glass.post(&format!("/actions/{}/happened", open[1].id)).await;
    assert_eq!(again.status, 409);

    glass.get("/unresolved").await.assert_shows("it is known how it ended");
    let bot = glass.bots.get_bot("ada").await.unwrap().bot;
    assert_eq!(bot.likes, 1, "what happened counts, and what did not does not");
    assert_eq!(glass.post("/actions/nothing/happened").await.status, 404);
}
