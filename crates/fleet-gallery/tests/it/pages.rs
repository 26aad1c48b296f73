//! The pages for people, asked as a browser without scripts asks them: what they show, and what their forms do.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fleet_gallery::sandbox::Moderation;
use fleet_gallery::{NewItem, Sandbox};
use reqwest::header::{CACHE_CONTROL, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;

use crate::support::{Bench, bench, invitation};

/// What a browser asks, without its habit of following.
struct Browser<'a> {
    sandbox: &'a Sandbox,
    http: Client,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(sandbox: &'a Sandbox) -> Self {
        let http = fleet_gallery::client_builder().no_proxy();
        let http = http.redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, http, cookie: String::new() }
    }

    async fn get(&self, path: &str) -> Response {
        let address = self.sandbox.url().join(path).unwrap();
        self.http.get(address).header(COOKIE, &self.cookie).send().await.unwrap()
    }

    async fn read(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let address = self.sandbox.url().join(path).unwrap();
        let origin = self.sandbox.url().origin().ascii_serialization();
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let form = self.http.post(address).header("content-type", "application/x-www-form-urlencoded");
        form.header(COOKIE, &self.cookie).header(ORIGIN, origin).body(body).send().await.unwrap()
    }

    /// Joins, and returns where that leads.
    async fn join(&mut self, name: &str, to: &str) -> String {
        let answer = self.send("/join", &[("name", name), ("to", to)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        for kept in ["sandbox_guest=", "; Path=/", "; HttpOnly", "; SameSite=Strict"] {
            assert!(cookie.contains(kept), "{cookie}");
        }
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }
}

/// The ids of the cards of a page, in their order.
fn cards(html: &str) -> Vec<String> {
    between(html, "<article class=\"card", "</article>")
        .iter()
        .map(|card| between(card, "id=\"p-", "\"").remove(0).to_owned())
        .collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// Where the link to the next page leads.
fn more(html: &str) -> Option<String> {
    let link = html.split(" data-more").next().filter(|before| before.len() < html.len())?;
    let href = link.rsplit("href=\"").next()?;
    Some(href.trim_end_matches('"').replace("&#38;", "&").replace("&amp;", "&"))
}

/// Posts of one and the same picture.
async fn posts(bench: &Bench, agent: &str, count: usize) {
    let image_url = bench.picture(agent).await;
    for number in 0..count {
        let title = format!("{agent} {number}");
        let item = NewItem { image_url: image_url.clone(), title, description: None, workflow_id: None };
        bench.gallery.publish(agent, &item).await.unwrap();
    }
}

#[tokio::test]
async fn pages_escape_what_accounts_wrote_and_mark_agents() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "<script>alert(1)</script> & co").await;
    bench.gallery.comment(&agent, &post.id, "\"><img src=x onerror=alert(1)>").await.unwrap();
    let browser = Browser::new(&sandbox);
    for path in ["/", &format!("/item/{}", post.id), &format!("/u/{agent}")] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        let html = answer.text().await.unwrap();
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{html}");
        assert!(html.contains("&#60;script&#62;") && html.contains("aria-label=\"AI resident\""), "{html}");
        assert!(!html.contains(" style=") && !html.contains(" onclick"), "{html}");
    }
    for path in ["/item/gone", "/u/nobody", "/nowhere"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(answer.text().await.unwrap().contains("To the gallery"));
    }
}

#[tokio::test]
async fn every_post_is_on_one_page_though_new_ones_come_meanwhile() {
    let (sandbox, bench) = bench().await;
    let (artist, analyst) = (bench.agent("ai_artist").await, bench.agent("data_viz").await);
    posts(&bench, &artist, 40).await;
    posts(&bench, &analyst, 30).await;
    let shown: BTreeSet<String> = sandbox.census().items.into_iter().map(|item| item.id).collect();
    let browser = Browser::new(&sandbox);
    let profile = format!("/u/{artist}");
    for (first, count) in [
        ("/", 70),
        ("/?sort=popular", 70),
        ("/?sort=trending", 70),
        ("/?category=data-viz", 30),
        ("/?category=ai-workflows&sort=popular", 40),
        (profile.as_str(), 40),
    ] {
        let mut seen = Vec::new();
        let mut next = Some(first.to_owned());
        while let Some(path) = next {
            let html = browser.read(&path).await;
            seen.extend(cards(&html));
            next = more(&html);
            posts(&bench, &artist, 1).await;
            posts(&bench, &analyst, 1).await;
        }
        // What came while reading belongs to another reading.
        let seen: Vec<&String> = seen.iter().filter(|id| shown.contains(*id)).collect();
        let different: BTreeSet<&&String> = seen.iter().collect();
        assert_eq!(seen.len(), different.len(), "{first}: some are doubled");
        assert_eq!(seen.len(), count, "{first}");
    }
}

#[tokio::test]
async fn a_grid_loads_small_pictures_that_browsers_keep() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let steps = vec![fleet_gallery::Step::generate(
        "openai",
        serde_json::json!({ "prompt": "a quiet moon", "size": "1792x1024" }),
        "a",
    )];
    let workflow = fleet_gallery::Workflow { name: "test".into(), steps };
    let image_url = bench.gallery.execute(&agent, &workflow).await.unwrap().finished().unwrap().to_owned();
    let item = NewItem { image_url, title: "Moon".into(), description: None, workflow_id: None };
    let post = bench.gallery.publish(&agent, &item).await.unwrap();
    let browser = Browser::new(&sandbox);
    let html = browser.read("/").await;
    assert!(html.contains("class=\"card wide\"") && html.contains("loading=\"lazy\""), "{html}");
    for (width, height) in [(320, 183), (640, 366), (960, 549)] {
        let path = format!("/thumb/{}/{width}", post.image.id);
        assert!(html.contains(&path), "{html}");
        let answer = browser.get(&path).await;
        let kept = answer.headers()[CACHE_CONTROL].to_str().unwrap();
        assert!(kept.contains("immutable"), "{kept}");
        let bytes = answer.bytes().await.unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (width, height));
        assert_eq!(browser.get(&path).await.bytes().await.unwrap(), bytes);
    }
    for path in [format!("/thumb/{}/321", post.image.id), "/thumb/none/320".into()] {
        assert_eq!(browser.get(&path).await.status(), 404, "{path}");
    }
    let item = browser.read(&format!("/item/{}", post.id)).await;
    assert!(item.contains("width=\"1792\" height=\"1024\""), "{item}");
}

#[tokio::test]
async fn assets_are_kept_by_their_content_alone() {
    let (sandbox, _bench) = bench().await;
    let browser = Browser::new(&sandbox);
    let html = browser.read("/").await;
    for name in ["/style.css", "/gallery.js"] {
        let version = between(&html, &format!("{name}?v="), "\"").remove(0);
        let kept = |answer: Response| answer.headers()[CACHE_CONTROL].to_str().unwrap().to_owned();
        let named = kept(browser.get(&format!("{name}?v={version}")).await);
        assert!(named.contains("immutable"), "{name}: {named}");
        for other in ["", "?v=", "?v=0"] {
            assert_eq!(kept(browser.get(&format!("{name}{other}")).await), "no-cache", "{name}{other}");
        }
    }
}

#[tokio::test]
async fn a_guest_joins_likes_comments_and_leaves() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Moon").await;
    let page = format!("/item/{}", post.id);
    let like = format!("{page}/like");
    let say = format!("{page}/comment");
    let mut browser = Browser::new(&sandbox);
    assert!(browser.read(&page).await.contains("Join in to comment"));
    assert_eq!(browser.send(&like, &[]).await.headers()[LOCATION], format!("/join?to={page}"));

    for (name, told) in [("", "needs a letter"), ("Bot (AI)", "you are a person")] {
        let refused = browser.send("/join", &[("name", name), ("to", &page)]).await;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await.unwrap();
        assert!(html.contains(told) && html.contains("aria-invalid"), "{html}");
    }
    assert_eq!(browser.join("Ada Lovelace", &page).await, page);

    assert_eq!(browser.send(&like, &[]).await.headers()[LOCATION], page);
    let html = browser.read(&page).await;
    assert!(html.contains("aria-pressed=\"true\"") && html.contains("1 like · all by people"), "{html}");
    browser.send(&like, &[]).await;
    assert!(browser.read(&page).await.contains("No likes yet"));

    let said = browser.send(&say, &[("content", "  How did you\r\nlight it? ")]).await;
    assert_eq!(said.status(), StatusCode::SEE_OTHER);
    let census = sandbox.census();
    let comment = &census.items[0].comments[0];
    assert_eq!(
        (comment.content.as_str(), comment.author.as_str()),
        ("How did you\nlight it?", "ada-lovelace")
    );
    assert!(!comment.is_agent);

    let long = "ä".repeat(1001);
    for (content, told) in [("   ", "Write something first"), (long.as_str(), "too long")] {
        let refused = browser.send(&say, &[("content", content)]).await;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await.unwrap();
        assert!(html.contains(told) && html.contains(content), "{html}");
    }
    assert_eq!(sandbox.census().items[0].comments.len(), 1);

    let mut other = Browser::new(&sandbox);
    assert_eq!(other.join("ada lovelace", "//evil.example").await, "/");
    let names: Vec<String> = sandbox.census().accounts.into_iter().map(|account| account.username).collect();
    assert!(names.contains(&"ada-lovelace-2".to_owned()), "{names:?}");

    browser.send("/leave", &[("to", "/")]).await;
    assert!(browser.read(&page).await.contains("Join in to comment"), "the old cookie is worth nothing");
    assert!(!other.read(&page).await.contains("Join in to comment"));
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Moon").await;
    let mut browser = Browser::new(&sandbox);
    browser.join("Ada", "/").await;
    for path in [format!("/item/{}/like", post.id), format!("/item/{}/comment", post.id), "/join".into()] {
        let form = browser.http.post(sandbox.url().join(&path).unwrap()).body("content=hello&name=Eve");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let form = form.header(ORIGIN, "https://evil.example").header(COOKIE, &browser.cookie);
        assert_eq!(form.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
    }
    let census = sandbox.census();
    assert!(census.items[0].likers.is_empty() && census.items[0].comments.is_empty());
    assert_eq!(census.accounts.len(), 2);
}

#[tokio::test]
async fn a_long_talk_begins_with_its_newest_and_leads_back_to_its_beginning() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Moon").await;
    for number in 0..1000 {
        bench.gallery.comment(&agent, &post.id, &format!("remark {number}!")).await.unwrap();
    }
    let browser = Browser::new(&sandbox);
    let mut told = Vec::new();
    let mut next = Some(format!("/item/{}", post.id));
    while let Some(path) = next {
        let html = browser.read(&path).await;
        let mut page: Vec<String> = between(&html, "remark ", "!").into_iter().map(str::to_owned).collect();
        assert_eq!(page.len(), 50);
        page.append(&mut told);
        told = page;
        let link = html.split("\" data-earlier").next().filter(|before| before.len() < html.len());
        next = link.and_then(|link| link.rsplit("href=\"").next()).map(str::to_owned);
    }
    assert_eq!(told, (0..1000).map(|number| number.to_string()).collect::<Vec<_>>());
}

/// A page's stream, frame by frame.
struct Stream(Response, String);

impl Stream {
    async fn open(browser: &Browser<'_>, path: &str) -> Self {
        let answer = browser.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        Self(answer, String::new())
    }

    /// The next frame; none when the stream has ended.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.1.split_once("\n\n") {
                let data = event.strip_prefix("data:").map(|data| serde_json::from_str(data).unwrap());
                self.1 = rest.to_owned();
                if data.is_some() {
                    return data;
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(60), self.0.chunk()).await.unwrap();
            self.1.push_str(std::str::from_utf8(&chunk.ok()??).unwrap());
        }
    }

    /// Reads on until the frames together tell of so many posts and reactions.
    async fn until(
        &mut self,
        posts: usize,
        reactions: u64,
    ) -> (BTreeSet<String>, BTreeMap<String, [u64; 2]>) {
        let (mut came, mut counts) = (BTreeSet::new(), BTreeMap::<String, [u64; 2]>::new());
        let reached =
            |counts: &BTreeMap<String, [u64; 2]>| counts.values().flatten().sum::<u64>() >= reactions;
        while came.len() < posts || !reached(&counts) {
            let frame = self.next().await.unwrap();
            for id in frame["posts"].as_array().into_iter().flatten() {
                came.insert(id.as_str().unwrap().to_owned());
            }
            for (id, told) in frame["counts"].as_object().into_iter().flatten() {
                counts.insert(id.clone(), [0, 1].map(|which| told[which].as_u64().unwrap()));
            }
        }
        (came, counts)
    }
}

#[tokio::test]
async fn an_open_page_is_told_what_comes_in_its_category_and_what_it_missed() {
    let (sandbox, bench) = bench().await;
    let (artist, analyst) = (bench.agent("ai_artist").await, bench.agent("data_viz").await);
    posts(&bench, &analyst, 1).await;
    let browser = Browser::new(&sandbox);
    let html = browser.read("/?category=data-viz").await;
    let newest = between(&html, "data-newest=\"", "\"").remove(0).to_owned();
    let mut stream = Stream::open(&browser, "/live?category=data-viz").await;
    stream.next().await.unwrap();

    posts(&bench, &artist, 2).await;
    posts(&bench, &analyst, 2).await;
    let items = sandbox.census().items;
    let mine: Vec<&str> =
        (items.iter().filter(|item| item.author == analyst)).map(|item| item.id.as_str()).collect();
    bench.gallery.toggle_like(&artist, mine[0]).await.unwrap();
    bench.gallery.comment(&artist, mine[0], "fine bars").await.unwrap();
    let (came, counts) = stream.until(2, 2).await;
    assert!(came.iter().eq(&mine[1..]), "{came:?}");
    assert_eq!(counts, BTreeMap::from([(mine[0].to_owned(), [1, 1])]));

    // A page that was away is told the same again.
    let mut late = Stream::open(&browser, &format!("/live?category=data-viz&since={newest}")).await;
    let frame = late.next().await.unwrap();
    let mut missed: Vec<&str> = frame["posts"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    missed.sort_unstable();
    assert_eq!(missed, mine[1..]);
    let counted: Value = browser.get(&format!("/counts?of={},gone", mine[0])).await.json().await.unwrap();
    assert_eq!(counted, serde_json::json!({ mine[0]: [1, 1] }));

    let mut item = Stream::open(&browser, &format!("/live?item={}", mine[1])).await;
    item.next().await.unwrap();
    bench.gallery.comment(&artist, mine[0], "elsewhere").await.unwrap();
    bench.gallery.comment(&artist, mine[1], "here").await.unwrap();
    let (_, counts) = item.until(0, 1).await;
    assert_eq!(counts, BTreeMap::from([(mine[1].to_owned(), [0, 1])]));
}

#[tokio::test]
async fn a_page_that_was_away_is_told_of_a_post_that_was_held_till_then() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    sandbox.change_policy(|policy| policy.moderation = Moderation::Hold);
    let held = bench.post(&agent, "Held").await;
    sandbox.change_policy(|policy| policy.moderation = Moderation::Open);
    let newer = bench.post(&agent, "Newer").await;
    let browser = Browser::new(&sandbox);
    let newest = between(&browser.read("/").await, "data-newest=\"", "\"").remove(0).to_owned();
    let missed = async |since: &str| {
        let mut stream = Stream::open(&browser, &format!("/live?since={since}")).await;
        let frame = stream.next().await.unwrap();
        let ids = frame["posts"].as_array().into_iter().flatten().filter_map(Value::as_str);
        (ids.map(str::to_owned).collect::<Vec<_>>(), frame["newest"].to_string())
    };
    assert_eq!(missed(&newest).await, (Vec::new(), newest.clone()));

    let mut watching = Stream::open(&browser, &format!("/live?since={newest}")).await;
    watching.next().await.unwrap();
    let approval = sandbox.url().join(&format!("control/posts/{}/approve", held.id)).unwrap();
    let approved = browser.http.post(approval).bearer_auth(sandbox.token().expose()).send().await.unwrap();
    assert_eq!(approved.status(), 200);
    let (ids, latest) = missed(&newest).await;
    assert_eq!(ids, [held.id.as_str()]);
    let told = watching.next().await.unwrap();
    assert_eq!(
        (&told["posts"][0], told["newest"].to_string()),
        (&Value::from(held.id.as_str()), latest.clone())
    );
    assert_eq!(missed(&latest).await, (Vec::new(), latest.clone()));
    // What a page of another gallery at this address knew is worth nothing here.
    assert_eq!(missed("999").await, (vec![held.id, newer.id], latest));
}

#[tokio::test]
async fn only_who_comes_to_a_post_looks_at_it() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Moon").await;
    let mut browser = Browser::new(&sandbox);
    browser.join("Ada", "/").await;
    let page = format!("/item/{}", post.id);
    let open = async |mode: &str| {
        let address = sandbox.url().join(&page).unwrap();
        let answer = browser.http.get(address).header("sec-fetch-mode", mode).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    };
    open("navigate").await;
    open("cors").await;
    open("same-origin").await;
    browser.read(&page).await;
    assert_eq!(browser.send(&format!("{page}/comment"), &[("content", " ")]).await.status(), 422);
    // The third is this one.
    assert_eq!(bench.gallery.item(&agent, &post.id).await.unwrap().view_count, 3);
}

#[tokio::test]
async fn an_id_that_no_header_can_hold_leads_to_joining_as_any_other() {
    let (sandbox, _bench) = bench().await;
    let mut browser = Browser::new(&sandbox);
    for path in ["/item/%0A/like", "/item/%0d%0aa%20%26b/comment", "/item/%E2%82%AC/like"] {
        let answer = browser.send(path, &[("content", "hello")]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        let joining = answer.headers()[LOCATION].to_str().unwrap().to_owned();
        assert!(joining.starts_with("/join?to=/item/%"), "{joining}");
        assert_eq!(browser.get(&joining).await.status(), 200, "{joining}");
    }
    browser.join("Ada", "/").await;
    for path in ["/item/%0A/like", "/item/%0A/comment"] {
        assert_eq!(browser.send(path, &[("content", "hello")]).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_guest_is_not_taken_for_a_resident() {
    let (sandbox, bench) = bench().await;
    let mut invite = invitation("mara.ink", "ai_artist");
    invite.name = "Mara Ink-Well (AI)".to_owned();
    bench.gallery.invite(&invite).await.unwrap();
    let mut browser = Browser::new(&sandbox);
    for name in
        ["Mara Ink-Well", "MARA  INK WELL", "mara ink", "Mara.Ink", "Mara Inkwell AI", "Ma\u{200d}ra Ink"]
    {
        let refused = browser.send("/join", &[("name", name), ("to", "/")]).await;
        assert_eq!(refused.status(), 422, "{name}");
        let html = refused.text().await.unwrap();
        assert!(html.contains("A resident has this name") && html.contains(name), "{html}");
    }
    assert_eq!(sandbox.census().accounts.len(), 1);
    browser.join("Mara", "/").await;
    let accounts = sandbox.census().accounts;
    assert!(accounts.iter().any(|account| account.username == "mara" && !account.is_agent), "{accounts:?}");
}

#[tokio::test]
async fn a_page_says_who_is_simulated_and_who_is_not() {
    let (sandbox, _bench) = bench().await;
    let mut browser = Browser::new(&sandbox);
    assert!(browser.read("/").await.contains("but for guests like you;"));
    browser.join("Ada", "/").await;
    assert!(browser.read("/").await.contains("Everyone here is simulated but you;"));
}

#[tokio::test]
async fn streams_are_so_many_and_end_with_the_sandbox() {
    let (sandbox, _bench) = bench().await;
    let browser = Browser::new(&sandbox);
    let mut open = Vec::new();
    loop {
        let answer = browser.get("/live").await;
        if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
        open.push(Stream(answer, String::new()));
        assert!(open.len() <= 1000, "there is no bound");
    }
    assert!(open.len() > 100);
    // A page that is left makes room for another.
    open.pop();
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while browser.get("/live").await.status() != StatusCode::OK {
        assert!(std::time::Instant::now() < deadline, "no room was made");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(browser);
    sandbox.stop().await;
    for mut stream in open {
        while stream.next().await.is_some() {}
    }
}
