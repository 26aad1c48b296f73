//! Making and changing a bot: what the form says, what it keeps, and what comes into the store.

use fleet_bots::{AccountAfter, BotChanges, Intent, Invitation, NewBot};
use sea_orm::{ConnectionTrait, Database};

use crate::characters::characters;
use crate::glass::{Answer, Glass, asked, new_bot};

/// A form as a browser sends it.
fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}

/// Fern, with some fields as named.
fn fern(other: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let fields = [
        ("name", "Fern (AI)"),
        ("username", "fern"),
        ("persona", "botanist"),
        ("bio", "An AI among ferns."),
        ("personality", "Grows ferns."),
        ("vibe", "calm"),
        ("interests", "ferns, ink"),
        ("post", "10"),
        ("comment", "20"),
        ("like", "30"),
        ("browse", "40"),
        ("zone", "Europe/London"),
        ("busy", "9-12, 22-2"),
        ("min", "90 s"),
        ("max", "2 h"),
    ];
    let kept = fields.into_iter().filter(|(name, _)| other.iter().all(|(named, _)| named != name));
    kept.chain(other.iter().copied()).chain([("day", "mon"), ("day", "sun")]).collect()
}

/// What stands between `start` and `end`, the first time.
fn between<'a>(answer: &'a Answer, start: &str, end: &str) -> &'a str {
    let (_, rest) = answer.text.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", answer.text));
    rest.split_once(end).unwrap().0
}

#[tokio::test]
async fn a_bot_is_made_as_it_was_described_and_started_when_asked_to() {
    let glass = Glass::knowing(characters()).await;
    let answer = glass.fill("/bots/new", &form(&fern(&[("start", "yes")]))).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let bot = glass.bots.get_bot("fern").await.unwrap().bot;
    assert_eq!(answer.header("location"), format!("/bots/{}", bot.id));
    assert_eq!(bot.intent, Intent::Running);
    assert_eq!((bot.min_interval_s, bot.max_interval_s), (90, 7_200));
    assert_eq!(bot.interests.0, ["ferns", "ink"]);
    let shares = bot.weights.shares();
    assert!((shares.like - 0.3).abs() < 1e-9, "{shares:?}");
    insta::assert_json_snapshot!(bot.rhythm, @r#"
    {
      "zone": "Europe/London",
      "busy": [
        {
          "from": 9,
          "to": 12
        },
        {
          "from": 22,
          "to": 2
        }
      ],
      "days": [
        "mon",
        "sun"
      ]
    }
    "#);

    glass.fill("/bots/new", &form(&fern(&[("username", "moss")]))).await;
    assert_eq!(glass.bots.get_bot("moss").await.unwrap().bot.intent, Intent::Stopped);
}

#[tokio::test]
async fn a_bot_that_was_made_and_could_not_be_started_is_shown_with_what_is_missing() {
    let glass = Glass::knowing(characters()).await;
    let url = format!("sqlite://{}", glass.folder.path().join("fleet.db").display());
    let store = Database::connect(&url).await.unwrap();
    let stuck = "CREATE TRIGGER stuck BEFORE UPDATE ON bots BEGIN SELECT RAISE(ABORT, 'it is stuck'); END";
    store.execute_unprepared(stuck).await.unwrap();
    let answer = glass.fill("/bots/new", &form(&fern(&[("start", "yes")]))).await;
    let bot = glass.bots.get_bot("fern").await.unwrap().bot;
    let page = format!("/bots/{}?missing=start", bot.id);
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, page.as_str()));
    glass.get(&page).await.assert_shows("Fern (AI) was made, but not started.");
    store.execute_unprepared("DROP TRIGGER stuck").await.unwrap();
    glass.bots.start_bot(bot.id, &asked()).await.unwrap();
    glass.get(&page).await.assert_hides("not started");
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_as_it_was_typed_with_words_beside_each_field() {
    let glass = Glass::knowing(characters()).await;
    let wrong = fern(&[
        ("name", " "),
        ("username", "Fern!"),
        ("busy", "nine to five"),
        ("zone", "Mars/Olympus"),
        ("max", "1 s"),
    ]);
    let answer = glass.fill("/bots/new", &form(&wrong)).await;
    assert_eq!(answer.status, 422);
    for words in [
        "Nothing was saved.",
        "Must have 1 to 100 characters, it has 0. Fill it in.",
        "Must be 3 to 30 characters of a-z, 0-9 and _. Try “fern”.",
        "Cannot be read: “nine to five”. Write hours as “9-17”",
        "“Mars/Olympus” is none. Write it as “Europe/London” or “UTC”.",
        "Must not be below the shortest pause, 90 s. Raise it, or lower the minimum.",
        "value=\"Fern!\"",
        "value=\"nine to five\"",
        "aria-invalid=\"true\"",
        "<a href=\"#field-busy\">Busy hours</a>",
    ] {
        answer.assert_shows(words);
    }
    assert!(glass.bots.usernames().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_page_begins_with_somebody_who_could_be_made_as_they_are() {
    let glass = Glass::knowing(characters()).await;
    let page = glass.get("/bots/new?persona=poet&seed=7").await;
    assert_eq!(page.status, 200);
    page.assert_shows("value=\"somebody 7 0 (AI)\"");
    page.assert_shows("<option value=\"poet\" selected>Poet</option>");
    page.assert_shows("<output id=\"share-like\" for=\"field-like\">30 %</output>");
    page.assert_shows("Busy 9–17, Monday to Friday; asleep 0–7.");
    page.assert_shows("<option value=\"Europe/London\">");
    page.assert_hides("field-wrong");
    page.assert_hides("aria-invalid");

    // Without a wish the persona is drawn as well, by its share.
    glass.get("/bots/new?seed=100").await.assert_shows("<option value=\"botanist\" selected>");
    glass.get("/bots/new?seed=900").await.assert_shows("<option value=\"poet\" selected>");
}

#[tokio::test]
async fn a_panel_without_personas_says_so_and_still_makes_a_bot() {
    let glass = Glass::new().await;
    let page = glass.get("/bots/new").await;
    page.assert_shows("This process knows no personas");
    page.assert_hides("/bots/preview\"");
    let answer = glass.fill("/bots/new", &form(&fern(&[]))).await;
    assert_eq!(answer.status, 303);
    assert_eq!(glass.get("/bots/seed").await.status, 404);
    glass.get("/personas").await.assert_shows("This process knows no personas");
}

#[tokio::test]
async fn words_are_told_while_one_types() {
    let glass = Glass::knowing(characters()).await;
    glass.bots.create_bot(new_bot("Fern"), &asked()).await.unwrap();
    let told = glass.fill_with_script("/bots/check", &form(&fern(&[]))).await;
    assert_eq!(told.status, 200);
    assert_eq!(
        between(&told, "<hx-partial hx-target=\"#words-username\" hx-swap=\"outerMorph\">", "</hx-partial>"),
        "<div id=\"words-username\" class=\"field-words\" data-for=\"username\" aria-live=\"polite\">\
         <p class=\"field-wrong\">Is taken by another bot. “fern_2” is free.</p></div>"
    );
    told.assert_shows("data-suggestion=\"fern_2\"");
    let right = glass.fill_with_script("/bots/check", &form(&fern(&[("username", "moss")]))).await;
    right.assert_hides("field-wrong");
    right.assert_shows("Busy 9–12 and 22–2");
    let unlabelled = glass.fill_with_script("/bots/check", &form(&fern(&[("name", "Fern")]))).await;
    unlabelled.assert_shows("Readers will see “(AI)” after it");
    let zero = fern(&[("post", "0"), ("comment", "0"), ("like", "0"), ("browse", "0")]);
    glass.fill_with_script("/bots/check", &form(&zero)).await.assert_shows("Must not all be 0.");
    let unknown = glass.fill_with_script("/bots/check", &form(&fern(&[("persona", "ghost")]))).await;
    unknown.assert_shows("which does not know “ghost”");
}

#[tokio::test]
async fn an_empty_username_is_made_from_the_name_and_a_taken_one_is_refused() {
    let glass = Glass::knowing(characters()).await;
    for username in ["fern", "fern_2"] {
        let answer = glass.fill("/bots/new", &form(&fern(&[("username", "")]))).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        assert!(glass.bots.get_bot(username).await.is_ok(), "{username}");
    }
    let taken = glass.fill("/bots/new", &form(&fern(&[]))).await;
    assert_eq!(taken.status, 422);
    taken.assert_shows("Is taken by another bot. “fern_3” is free.");
    // So is one whose bot was deleted and whose account was kept.
    let bot = glass.bots.get_bot("fern").await.unwrap().bot;
    let accepted = Invitation::Accepted { username: bot.username.clone(), created: true };
    glass.bots.settle_invitation(&bot, &bot.name, accepted, asked().at).await.unwrap();
    glass.bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    let taken = glass.fill("/bots/new", &form(&fern(&[]))).await;
    taken.assert_shows("Is taken by another bot. “fern_3” is free.");
    let made = glass.fill("/bots/new", &form(&fern(&[("username", "")]))).await;
    assert_eq!(made.status, 303, "{}", made.text);
}

#[tokio::test]
async fn another_persona_fills_in_what_nobody_has_typed() {
    let glass = Glass::knowing(characters()).await;
    let drawn = [
        ("name", "somebody 7 0 (AI)"),
        ("username", "somebody_7_0"),
        ("bio", "An AI poet."),
        ("personality", "Thinks like a poet."),
        ("vibe", "wild"),
        ("seed", "7"),
        ("drawn_as", "poet"),
    ];
    let filled = glass.fill_with_script("/bots/new/fill", &form(&fern(&drawn))).await;
    filled.assert_shows("Thinks like a botanist.");
    filled.assert_shows("An AI botanist.");
    filled.assert_shows("name=\"vibe\" value=\"wild\"");
    filled.assert_shows("<option value=\"botanist\" selected>");
    filled.assert_shows("value=\"9-12, 22-2\"");

    // Without script it is a page; another draw brings another name.
    let another: Vec<_> = fern(&drawn).into_iter().chain([("another", "yes")]).collect();
    let page = glass.fill("/bots/new/fill", &form(&another)).await;
    assert_eq!(page.status, 200);
    page.assert_shows("<h1>New bot</h1>");
    page.assert_shows("value=\"somebody 100 0 (AI)\"");
    assert!(glass.bots.usernames().await.unwrap().is_empty(), "nobody is made by it");
}

#[tokio::test]
async fn what_a_character_would_write_is_shown_and_another_time_something_else() {
    let glass = Glass::knowing(characters()).await;
    let first = glass.fill_with_script("/bots/preview", &form(&fern(&[]))).await;
    first.assert_shows("hx-target=\"#preview\"");
    first.assert_shows("botanist no. 100");
    first.assert_shows("By Fern (AI) &#38; co.");
    first.assert_shows("None of the pictures it was shown made it speak.");
    glass.fill_with_script("/bots/preview", &form(&fern(&[]))).await.assert_shows("botanist no. 101");
    let page = glass.fill("/bots/preview", &form(&fern(&[("vibe", "wild")]))).await;
    page.assert_shows("botanist no. 102");
    page.assert_shows("name=\"vibe\" value=\"wild\"");
    let mute = glass.fill_with_script("/bots/preview", &form(&fern(&[("persona", "mute")]))).await;
    mute.assert_shows("This persona says nothing.");
}

/// The bot as its form says it was when it was opened.
fn seen(page: &Answer) -> String {
    let seen = between(page, "name=\"seen\" value=\"", "\"");
    seen.replace("&#34;", "\"")
        .replace("&#38;", "&")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
}

/// Sends the edit form of `page` with everything as the bot was, but for `changes`.
async fn save(glass: &Glass, path: &str, page: &Answer, changes: &[(&str, &str)]) -> Answer {
    let was: NewBot = serde_json::from_str(&seen(page)).unwrap();
    let shares = was.weights.shares();
    let percent = |share: f64| (share * 100.0).to_string();
    let seen = seen(page);
    let mut fields = vec![
        ("name", was.name.clone()),
        ("username", was.username.clone()),
        ("persona", was.persona.clone()),
        ("bio", was.bio.clone()),
        ("personality", was.personality.clone()),
        ("vibe", was.vibe.clone()),
        ("interests", was.interests.0.join(", ")),
        ("post", percent(shares.post)),
        ("comment", percent(shares.comment)),
        ("like", percent(shares.like)),
        ("browse", percent(shares.browse)),
        ("zone", was.rhythm.zone.clone()),
        ("busy", "9-17".to_owned()),
        ("min", was.min_interval_s.to_string()),
        ("max", was.max_interval_s.to_string()),
        ("seen", seen),
    ];
    for (name, value) in &mut fields {
        if let Some((_, changed)) = changes.iter().find(|(changed, _)| changed == name) {
            *value = (*changed).to_owned();
        }
    }
    fields.extend(was.rhythm.days.iter().map(|day| ("day", day.name().to_owned())));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    glass.fill(path, &form(&fields)).await
}

#[tokio::test]
async fn a_change_is_kept_and_signed_and_an_unchanged_form_changes_nothing() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let path = format!("/bots/{}/edit", bot.id);
    let page = glass.get(&path).await;
    assert_eq!(page.status, 200);
    let unchanged = save(&glass, &path, &page, &[]).await;
    assert_eq!(unchanged.header("location"), format!("/bots/{}", bot.id));
    assert_eq!(glass.bots.get_bot("ada").await.unwrap().bot, bot);

    let saved = save(&glass, &path, &page, &[("vibe", "wild"), ("like", "75")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let now = glass.bots.get_bot("ada").await.unwrap().bot;
    assert_eq!(now.vibe, "wild");
    assert!((now.weights.shares().like - 0.5).abs() < 1e-9);
    let newest = glass.newest().await;
    assert_eq!(
        (newest.message.as_str(), &newest.metadata.unwrap()["by"]),
        ("Ada was changed", &"panel".into())
    );
}

#[tokio::test]
async fn what_somebody_else_changes_meanwhile_stays_or_is_told() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let path = format!("/bots/{}/edit", bot.id);
    let page = glass.get(&path).await;
    let theirs =
        BotChanges { vibe: Some("stern".into()), bio: Some("An AI.".into()), ..BotChanges::default() };
    glass.bots.update_bot(bot.id, theirs, &asked()).await.unwrap();

    // Another field: both stay.
    assert_eq!(save(&glass, &path, &page, &[("personality", "Walks.")]).await.status, 303);
    let now = glass.bots.get_bot("ada").await.unwrap().bot;
    assert_eq!(
        (now.personality.as_str(), now.vibe.as_str(), now.bio.as_str()),
        ("Walks.", "stern", "An AI.")
    );

    // The same field: told, with the newer value, and nothing is saved.
    let crossed = save(&glass, &path, &page, &[("vibe", "wild")]).await;
    assert_eq!(crossed.status, 409);
    crossed.assert_shows(
        "Somebody else changed this meanwhile; it is now <q>stern</q>. Save again to keep yours.",
    );
    crossed.assert_shows("name=\"vibe\" value=\"wild\"");
    crossed.assert_shows("An AI.</textarea>");
    assert_eq!(glass.bots.get_bot("ada").await.unwrap().bot.vibe, "stern");

    // Who saves it again means it.
    assert_eq!(save(&glass, &path, &crossed, &[("vibe", "wild")]).await.status, 303);
    let now = glass.bots.get_bot("ada").await.unwrap().bot;
    assert_eq!((now.vibe.as_str(), now.bio.as_str(), now.personality.as_str()), ("wild", "An AI.", "Walks."));
}

#[tokio::test]
async fn a_start_meanwhile_is_no_quarrel_and_a_deleted_bot_cannot_be_changed() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let path = format!("/bots/{}/edit", bot.id);
    let page = glass.get(&path).await;
    glass.bots.start_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(save(&glass, &path, &page, &[("vibe", "wild")]).await.status, 303);
    glass.bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!(save(&glass, &path, &page, &[("vibe", "mild")]).await.status, 404);
    assert_eq!(glass.get(&path).await.status, 404);
    assert_eq!(glass.get("/bots/nobody/edit").await.status, 404);
}

#[tokio::test]
async fn a_username_that_the_gallery_knows_is_shown_as_fixed() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let path = format!("/bots/{}/edit", bot.id);
    glass.get(&path).await.assert_hides("readonly");
    let page = glass.get(&path).await;
    glass.provision(&bot).await;
    let fixed = glass.get(&path).await;
    fixed.assert_shows("readonly");
    fixed.assert_shows("the gallery has the bot&#39;s account under this name");
    let refused = save(&glass, &path, &page, &[("username", "eda")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(glass.bots.get_bot("ada").await.unwrap().bot.id, bot.id);
}

#[tokio::test]
async fn the_habits_of_a_persona_are_taken_over_and_the_bot_stays_who_it_is() {
    let glass = Glass::knowing(characters()).await;
    let bot = glass.bots.create_bot(new_bot("Ada"), &asked()).await.unwrap();
    let fields = fern(&[("name", "Ada"), ("username", "ada"), ("persona", "poet")]);
    let filled = glass.fill_with_script(&format!("/bots/{}/edit/fill", bot.id), &form(&fields)).await;
    filled.assert_shows("Thinks like a poet.");
    filled.assert_shows("name=\"name\" value=\"Ada\"");
    filled.assert_shows("name=\"min\" value=\"1 min\"");
    filled.assert_shows(&format!("action=\"/bots/{}/edit\"", bot.id));
    assert_eq!(glass.bots.get_bot("ada").await.unwrap().bot, bot, "nothing is saved by it");
}
