//! The settings and the nodes, in the panel.

use std::time::Duration;

use axum::http::StatusCode;
use fleet_bots::{ActivityFilter, ActivityKind, NodeId, Setting, Settings, SettingsChanges};

use crate::glass::{Glass, asked};

#[tokio::test]
async fn every_setting_is_shown_with_what_it_does_what_it_is_and_what_is_allowed() {
    let glass = Glass::new().await;
    let page = glass.get("/settings").await;
    assert_eq!(page.status, StatusCode::OK);
    for setting in Setting::ALL {
        assert!(page.text.contains(setting.title()), "{setting:?}");
        let words = setting.explanation().split('\'').next().unwrap_or_default();
        assert!(page.text.contains(words), "{setting:?}");
        assert!(page.text.contains(&format!("name=\"{}\"", setting.name())), "{setting:?}");
    }
    assert!(page.text.contains(r#"name="bot_posts" value="6""#), "{}", page.text);
    assert!(page.text.contains("Nobody changed anything yet"));
    assert!(page.text.contains(r#"<a href="/settings" aria-current="page">Settings</a>"#));
}

#[tokio::test]
async fn what_is_saved_is_kept_and_told_with_who() {
    let glass = Glass::new().await;
    let form = "was_pace=1&pace=2%2C5&was_opted_out=&opted_out=%40Brook%0D%0Aada";
    let answer = glass.fill("/settings", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/settings?done=saved");
    let settings = glass.bots.read_settings().await.unwrap();
    let expected =
        Settings { pace: 2.5, opted_out: vec!["ada".into(), "brook".into()], ..Settings::default() };
    assert_eq!(settings, expected);

    let page = glass.get("/settings?done=saved").await.text;
    assert!(page.contains("Saved. Every node follows within a second."));
    assert!(page.contains("<strong>panel</strong>"), "who changed it: {page}");
    assert!(page.contains("ada\nbrook</textarea>"), "{page}");

    let again = glass.fill_with_script("/settings", "was_bot_likes=60&bot_likes=9").await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text.contains("hx-target=\"#settings-form\""), "{}", again.text);
    assert!(again.text.contains("hx-target=\"#settings-history\""), "{}", again.text);
    assert_eq!(glass.bots.read_settings().await.unwrap().bot_likes, 9);
}

#[tokio::test]
async fn what_was_not_touched_is_not_changed_back() {
    let glass = Glass::new().await;
    let other = SettingsChanges { pace: Some(3.0), ..SettingsChanges::default() };
    glass.bots.change_settings(other, &asked()).await.unwrap();
    // This page was made before that.
    glass.fill("/settings", "was_pace=1&pace=1&was_bot_posts=6&bot_posts=7").await;
    let settings = glass.bots.read_settings().await.unwrap();
    assert_eq!((settings.pace, settings.bot_posts), (3.0, 7));
}

#[tokio::test]
async fn who_asked_to_be_left_alone_since_the_page_was_made_stays_on_the_list() {
    let glass = Glass::new().await;
    for person in ["ada", "dave", "brook"] {
        let one = SettingsChanges { people_added: vec![person.into()], ..SettingsChanges::default() };
        glass.bots.change_settings(one, &asked()).await.unwrap();
    }
    // This page was made before brook was heard.
    glass.fill("/settings", "was_opted_out=ada%0D%0Adave&opted_out=%40Ada%0D%0Acarol").await;
    assert_eq!(glass.bots.read_settings().await.unwrap().opted_out, ["ada", "brook", "carol"]);
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_nothing_is_changed() {
    let glass = Glass::new().await;
    let form = "was_pace=1&pace=fast&was_bot_posts=6&bot_posts=99999&was_bot_likes=60&bot_likes=5";
    let answer = glass.fill("/settings", form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let at = answer.text.find("It must be a number, it is `fast`; write a number from 0.25 to 10.");
    assert!(at.is_some(), "{}", answer.text);
    assert!(answer.text.contains(r#"value="fast""#), "what was typed is kept");
    assert!(answer.text.contains(r#"aria-describedby="about-pace wrong-pace" aria-invalid="true""#));
    assert!(answer.text.contains("Nothing was changed: one field is not right yet."));
    assert_eq!(glass.bots.read_settings().await.unwrap(), Settings::default());

    let form = "was_bot_posts=6&bot_posts=99999&was_opted_out=&opted_out=";
    let form = format!("{form}{}", "n".repeat(201));
    let answer = glass.fill_with_script("/settings", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("It must be 0 to 10000, it is 99999; 0 means without a cap."),
        "{}",
        answer.text
    );
    assert!(answer.text.contains("200 characters at the most"), "{}", answer.text);
    assert!(answer.text.contains("2 fields are not right yet"));
    let told = ActivityFilter { kinds: vec![ActivityKind::SettingsChanged], ..ActivityFilter::default() };
    assert_eq!(glass.bots.get_activity(&told).await.unwrap(), vec![]);
}

#[tokio::test]
async fn somebody_is_forgotten_and_a_bot_is_not() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let answer = glass.fill("/settings/forget", "username=%40Brook").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("@brook is left alone from now on; forgotten: 0 remembered posts"));
    assert_eq!(glass.bots.read_settings().await.unwrap().opted_out, ["brook"]);

    let long = "n".repeat(201);
    for (name, why) in
        [(bot.username.as_str(), "is a bot of this fleet"), (long.as_str(), "is none"), ("", "no username")]
    {
        let answer = glass.fill("/settings/forget", &format!("username={name}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            answer.text.contains("Nobody was forgotten: ") && answer.text.contains(why),
            "{name}: {}",
            answer.text
        );
    }
    assert_eq!(glass.bots.read_settings().await.unwrap().opted_out, ["brook"]);
}

#[tokio::test]
async fn what_an_operator_vouches_for_is_shown_with_who_and_can_be_taken_back() {
    let glass = Glass::new().await;
    assert!(!glass.get("/settings").await.text.contains("Confirmed by"));
    glass.fill("/settings", "was_likes_confirmed=no&likes_confirmed=yes").await;
    let page = glass.get("/settings").await.text;
    assert!(page.contains("Confirmed by <strong>panel</strong>"), "{page}");
    assert!(page.contains(r#"<option value="yes" selected>"#), "{page}");
    glass.fill("/settings", "was_likes_confirmed=yes&likes_confirmed=no").await;
    assert_eq!(glass.bots.read_settings().await.unwrap(), Settings::default());
    let form = "was_name_label=%28AI%29&name_label=+&was_post_label=x&post_label=KI";
    let answer = glass.fill("/settings", form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("says nothing that can be read"), "{}", answer.text);
}

#[tokio::test]
async fn the_nodes_are_shown_and_a_file_says_that_one_is_all_there_can_be() {
    let glass = Glass::new().await;
    let page = glass.get("/nodes").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("No node runs, so no bot acts."), "{}", page.text);
    assert!(page.text.contains("one node is all there can be"));

    let ttl = Duration::from_secs(600);
    glass.bots.register_node(NodeId::generate(), "harbour", ttl, &asked()).await.unwrap();
    let page = glass.get("/nodes").await.text;
    assert!(page.contains("harbour") && page.contains("0 bots"), "{page}");
    // On a file the former one has to be gone when another begins.
    glass.bots.register_node(NodeId::generate(), "lighthouse", ttl, &asked()).await.unwrap();
    let page = glass.get("/nodes").await.text;
    let (living, dead) = page.split_once("Died within a day").unwrap();
    assert!(living.contains("lighthouse") && !living.contains("harbour"), "{page}");
    assert!(dead.contains("harbour") && dead.contains("did not say goodbye"), "{page}");
}
