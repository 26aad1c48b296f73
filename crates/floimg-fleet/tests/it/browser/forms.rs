//! Making and changing bots as a person does it: typing, dragging, choosing, with the mouse or with the keyboard alone.

use anyhow::{Context, Result};
use fantoccini::Locator;
use serde_json::{Value, json};

use super::{DESK, Scene, Window};

impl Scene {
    /// Opens a page of the panel below its address.
    async fn open_page(&self, path: &str) -> Result<()> {
        self.browser.open(&format!("{}{path}", self.demo.panel)).await
    }

    /// Types into a field in place of what it holds.
    async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        self.browser.ask(&format!("document.querySelector('{selector}').select()")).await?;
        let field = self.browser.page.find(Locator::Css(selector)).await?;
        field.send_keys(text).await.with_context(|| format!("`{selector}` takes no text"))
    }

    async fn value(&self, selector: &str) -> Result<String> {
        let value = self.browser.ask(&format!("document.querySelector('{selector}').value")).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    async fn text(&self, selector: &str) -> Result<String> {
        let text = self.browser.ask(&format!("document.querySelector('{selector}').innerText")).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The bot of that username, as the store has it.
    fn stored(&self, username: &str) -> Value {
        self.shell.json(&["bots", "show", username])
    }
}

#[tokio::test]
async fn somebody_drawn_is_made_ones_own_and_created() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_page("bots/new?persona=ai_artist&seed=7").await?;
    scene.browser.until("document.querySelector('#field-persona').value == 'ai_artist'").await?;

    // Words come beside the field, and leave what is typed and where one types alone.
    scene.type_into("#field-username", "Ada!").await?;
    scene.browser.until("document.querySelector('#words-username .field-wrong')").await?;
    assert_eq!(scene.value("#field-username").await?, "Ada!");
    let focus = "[document.activeElement.id, document.activeElement.getAttribute('aria-invalid')]";
    assert_eq!(scene.browser.ask(focus).await?, json!(["field-username", "true"]));
    scene.type_into("#field-username", "ada_of_ferns").await?;
    scene.browser.until("!document.querySelector('#words-username .field-wrong')").await?;
    scene.browser.until("!document.querySelector('#field-username').ariaInvalid").await?;

    // Another persona fills in what was not typed, in place.
    scene.browser.ask("window.isStillHere = true").await?;
    scene.type_into("#field-vibe", "wild").await?;
    let personality = scene.value("#field-personality").await?;
    let choose = "(p => { p.value = 'data_viz'; p.dispatchEvent(new Event('change', { bubbles: true })) })
        (document.querySelector('#field-persona'))";
    scene.browser.ask(choose).await?;
    let other = json!(personality);
    scene.browser.until(&format!("document.querySelector('#field-personality').value != {other}")).await?;
    assert_eq!(scene.value("#field-vibe").await?, "wild");
    assert_eq!(scene.value("#field-username").await?, "ada_of_ferns");
    assert_eq!(scene.browser.ask("window.isStillHere").await?, json!(true), "it was not loaded again");

    // Shares follow the sliders at once.
    let drag = "document.querySelectorAll('[data-weight]').forEach((slider, at) => {
        slider.value = [30, 0, 60, 30][at]; slider.dispatchEvent(new Event('input', { bubbles: true })) })";
    scene.browser.ask(drag).await?;
    let shares = "[...document.querySelectorAll('.weights output')].map(share => share.innerText)";
    assert_eq!(scene.browser.ask(shares).await?, json!(["25 %", "0 %", "50 %", "25 %"]));

    // The picture of the day follows its hours.
    scene.type_into("#field-busy", "20-2").await?;
    scene.browser.until("document.querySelector('#day-of-form').innerText.includes('Busy 20–2')").await?;

    // What it would write, and another time something else.
    scene.browser.press("[formaction='/bots/preview']").await?;
    scene.browser.until("document.querySelector('.sample-title')").await?;
    let first = json!(scene.text("#preview").await?);
    scene.browser.press("[formaction='/bots/preview']").await?;
    scene.browser.until(&format!("document.querySelector('#preview').innerText != {first}")).await?;

    scene.browser.press(".form-end .btn-primary").await?;
    scene.browser.until("document.querySelector('.bot-head')").await?;
    let made = scene.stored("ada_of_ferns");
    assert_eq!(made["intent"], "running", "{made}");
    assert_eq!((&made["persona"], &made["vibe"]), (&json!("data_viz"), &json!("wild")));
    assert_eq!(made["rhythm"]["busy"], json!([{ "from": 20, "to": 2 }]));
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_username_follows_the_name_until_one_is_typed() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_page("bots/new").await?;
    scene.type_into("#field-name", "Fern of the Wall (AI)").await?;
    scene.browser.until("document.querySelector('#field-username').value == 'fern_of_the_wall'").await?;
    scene.type_into("#field-username", "mine").await?;
    scene.type_into("#field-name", "Moss (AI)").await?;
    scene.browser.until("document.querySelector('#suggestion').dataset.suggestion == 'moss'").await?;
    assert_eq!(scene.value("#field-username").await?, "mine");
    Ok(())
}

#[tokio::test]
async fn a_change_from_elsewhere_is_noticed_before_it_is_overwritten() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let bots = scene.shell.json(&["bots", "list"]);
    let (id, username) =
        (bots["bots"][0]["id"].as_str().unwrap(), bots["bots"][0]["username"].as_str().unwrap());
    scene.open_page(&format!("bots/{id}")).await?;
    scene.browser.press("a[href$='/edit']").await?;
    scene.browser.until("document.querySelector('#bot-form')").await?;

    scene.type_into("#field-vibe", "wild").await?;
    scene.shell.ok(&["bots", "edit", username, "--vibe", "stern", "--max", "7d"]);
    scene.browser.press(".form-end .btn-primary").await?;
    scene.browser.until("document.querySelector('#words-vibe .field-theirs')").await?;
    assert!(scene.text("#words-vibe").await?.contains("stern"));
    assert_eq!(scene.value("#field-vibe").await?, "wild");
    assert_eq!(scene.value("#field-max").await?, "7 days", "what only they changed is there");
    assert_eq!(scene.stored(username)["vibe"], "stern");

    scene.browser.press(".form-end .btn-primary").await?;
    scene.browser.until("document.querySelector('.bot-head')").await?;
    let stored = scene.stored(username);
    assert_eq!((&stored["vibe"], &stored["max_interval_s"]), (&json!("wild"), &json!(604_800)));
    Ok(())
}

#[tokio::test]
async fn many_are_made_as_they_were_shown() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_page("bots/seed").await?;
    scene.type_into("#field-count", "30").await?;
    scene.browser.until("document.querySelector('#seed-shown h2').innerText == '30 new bots'").await?;
    scene.browser.press("[value=ux_designer]").await?;
    scene.browser.until("document.querySelector('.seed-split').innerText.trim() == 'UX designer 30'").await?;
    let names =
        "[...document.querySelectorAll('.seed-names li .muted')].map(name => name.innerText.slice(1))";
    let before = scene.browser.ask(names).await?;
    scene.browser.press("[name=others]").await?;
    scene.browser.until(&format!("String({names}) != '{}'", listed(&before))).await?;
    let shown = scene.browser.ask(names).await?;
    assert_eq!(shown.as_array().map(Vec::len), Some(30));

    scene.type_into("#field-count", "0").await?;
    scene.browser.until("document.querySelector('#seed-wrong')").await?;
    scene.type_into("#field-count", "30").await?;
    scene.browser.until("document.querySelector('#seed-shown h2')?.innerText == '30 new bots'").await?;
    assert_eq!(scene.browser.ask(names).await?, shown, "the same chance shows the same people");

    scene.browser.press("[formaction='/bots/seed']").await?;
    scene
        .browser
        .until("document.querySelector('#seed-progress')?.innerText.includes('Made and started 30 bots.')")
        .await?;
    assert_eq!(scene.intents(), ["running"; 36]);
    let made = scene.shell.json(&["bots", "list"]);
    let made: Vec<_> = made["bots"].as_array().unwrap().iter().map(|bot| bot["username"].clone()).collect();
    assert!(shown.as_array().unwrap().iter().all(|name| made.contains(name)), "{shown} in {made:?}");
    Ok(())
}

fn listed(names: &Value) -> String {
    let names = names.as_array().cloned().unwrap_or_default();
    names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
}

#[tokio::test]
async fn personas_show_what_they_write_and_a_broken_catalogue_where_it_is_broken() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_page("personas").await?;
    assert_eq!(scene.browser.ask("document.querySelectorAll('.persona').length").await?, json!(6));
    let first = json!(scene.text("#example-data_viz").await?);
    scene.browser.press("#example-data_viz .btn").await?;
    scene.browser.until(&format!("document.querySelector('#example-data_viz').innerText != {first}")).await?;

    let broken = json!("{\"personas\": [\n  {\"id\": \"poet\",\n   \"vibe\": 7}\n]}");
    scene.browser.ask(&format!("document.querySelector('#catalogue').value = {broken}")).await?;
    scene.browser.press("#catalogue-form .btn-primary").await?;
    scene.browser.until("document.querySelector('.mistakes')").await?;
    let vibe = "[...document.querySelectorAll('.mistakes li')].find(row => row.innerText.includes('vibe'))";
    let told = scene.browser.ask(&format!("{vibe}.innerText")).await?;
    let told = told.as_str().unwrap();
    assert!(told.starts_with("Line 3, persona poet, vibe") && told.contains("Put it in quotes."), "{told}");
    scene.browser.ask(&format!("{vibe}.querySelector('a').click()")).await?;
    let chosen = "(text => text.value.slice(text.selectionStart, text.selectionEnd))
        (document.querySelector('#catalogue'))";
    assert_eq!(scene.browser.ask(chosen).await?, json!("   \"vibe\": 7}"));

    // A file is checked as soon as it is chosen.
    let right = concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-brain/src/catalogue/catalogue.json");
    let right = std::fs::canonicalize(right)?;
    scene
        .browser
        .page
        .find(Locator::Css("[data-into]"))
        .await?
        .send_keys(&right.display().to_string())
        .await?;
    scene.browser.until("document.querySelector('.check-good')").await?;
    assert_eq!(scene.text(".check-good").await?, "It is right, and brings 6 personas.");
    Ok(())
}

#[tokio::test]
async fn the_keyboard_alone_makes_a_bot() -> Result<()> {
    const TAB: &str = "\u{e004}";
    const SPACE: &str = " ";
    const ENTER: &str = "\u{e007}";
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_page("bots/new").await?;
    scene.type_into("#field-name", "Keys (AI)").await?;
    scene.browser.until("document.querySelector('#field-username').value == 'keys'").await?;
    let mut way = Vec::new();
    for _ in 0..40 {
        let focused = "document.activeElement.id || document.activeElement.name
            || document.activeElement.innerText";
        let focused = scene.browser.ask(focused).await?.as_str().unwrap_or_default().to_owned();
        if focused == "Create" {
            break;
        }
        let key = if focused == "start" { [SPACE, TAB].concat() } else { TAB.to_owned() };
        scene.browser.page.active_element().await?.send_keys(&key).await?;
        way.push(focused);
    }
    for field in [
        "field-username",
        "field-bio",
        "field-personality",
        "field-interests",
        "field-post",
        "field-zone",
        "field-busy",
        "day",
        "field-max",
        "start",
    ] {
        assert!(way.iter().any(|passed| passed == field), "`{field}` was not passed on the way {way:?}");
    }
    scene.browser.page.active_element().await?.send_keys(ENTER).await?;
    scene.browser.until("document.querySelector('.bot-head')").await?;
    assert_eq!(scene.stored("keys")["intent"], "stopped", "the box was ticked and is not any more");
    Ok(())
}

#[tokio::test]
async fn forms_fit_a_phone_and_nothing_complains() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    for window in [DESK, Window { width: 375, height: 812, is_phone: true, ..DESK }] {
        scene.browser.look_through(window).await?;
        for path in ["bots/new", "bots/seed", "bots/seed?count=0", "personas"] {
            scene.open_page(path).await?;
            assert_eq!(scene.browser.ask(sideways).await?, json!(0), "{path} in {window:?}");
        }
    }
    let complaints = scene.browser.complaints().await?;
    let others: Vec<_> = complaints.iter().filter(|line| !line.contains("422")).collect();
    assert!(others.is_empty(), "{others:?}");
    Ok(())
}
