//! The way in: who is let in and who is not, what it takes, how it ends, and that the stop works whatever the store does.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use fleet_bots::{
    ActivityKind, Asked, Bot, FleetTime, Intent, NewOperator, OperatorId, Password, StopState, StoreAddress,
    Token,
};
use fleet_web::Door;
use http_body_util::BodyExt;
use sea_orm::{ConnectionTrait, Database, TransactionTrait};
use tokio::time::timeout;
use tower::ServiceExt;

use crate::glass::{Answer, DEADLINE, Glass, asked, new_bot};

const PASSWORD: &str = "a horse and a staple";
const OTHER: &str = "three blue tugboats";
const HERE: &str = "localhost:4000";
const GUARDED: Door = Door::SignIn { public_url: None };

/// A guarded panel with the operator Ada, and a bot whom no stranger is to hear of.
struct House {
    glass: Glass,
    bot: Bot,
}

/// A browser that keeps its cookie.
struct Browser<'house> {
    house: &'house House,
    cookie: String,
}

impl House {
    async fn new() -> Self {
        Self::behind(GUARDED).await
    }

    async fn behind(door: Door) -> Self {
        Self::over(Glass::behind(door).await).await
    }

    async fn over(glass: Glass) -> Self {
        let bot = glass.bots.create_bot(new_bot("Secretive"), &asked()).await.unwrap();
        glass.bots.add_operator(operator("Ada"), &asked()).await.unwrap();
        Self { glass, bot }
    }

    async fn form(&self, host: &str, path: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
        let own = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.glass.ask(host, Method::POST, path, &[&own, headers].concat(), form).await
    }

    async fn try_in(&self, name: &str, password: &str) -> Answer {
        let form = format!("name={name}&password={}&next=/", password.replace(' ', "+"));
        self.form(HERE, "/sign-in", &form, &[]).await
    }

    async fn signed_in(&self) -> Browser<'_> {
        let answer = self.try_in("ada", PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        Browser { house: self, cookie: cookie(&answer) }
    }
}

impl Browser<'_> {
    async fn get(&self, path: &str) -> Answer {
        self.house.glass.send(Method::GET, path, &[("cookie", &self.cookie)]).await
    }

    async fn post(&self, path: &str) -> Answer {
        self.fill(path, "").await
    }

    async fn fill(&self, path: &str, form: &str) -> Answer {
        self.house.form(HERE, path, form, &[("cookie", &self.cookie)]).await
    }

    fn token(&self) -> &str {
        self.cookie.split_once('=').unwrap().1
    }

    /// Whether it is let in.
    async fn is_in(&self) -> bool {
        self.get("/").await.status == 200
    }
}

fn operator(name: &str) -> NewOperator {
    NewOperator { name: name.into(), password: Password::new(PASSWORD) }
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Every address of the route table, with something in the place of what varies.
fn routes() -> Vec<String> {
    let table = include_str!("../../src/lib.rs");
    let found: Vec<_> = table
        .split(".route(\"")
        .skip(1)
        .map(|rest| {
            let path = rest.split('"').next().unwrap();
            let segments = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
            segments.collect::<Vec<_>>().join("/")
        })
        .collect();
    assert!(found.len() > 20, "the route table is read: {found:?}");
    found
}

#[tokio::test]
async fn strangers_see_nothing_behind_any_address_but_the_doors() {
    let house = House::new().await;
    let mut doors = BTreeSet::new();
    for path in routes().iter().map(String::as_str).chain(["/nowhere", "/assets/x/y/..", "/sign-in/"]) {
        let seen = house.glass.get(path).await;
        seen.assert_hides("Secretive");
        let led = seen.header("location").starts_with("/sign-in");
        if !led {
            doors.insert(path.to_owned());
            continue;
        }
        assert_eq!((seen.status.as_u16(), seen.text.as_str()), (303, ""), "{path}");
        let ordered = house.glass.post(path).await;
        assert_eq!((ordered.status.as_u16(), ordered.header("location")), (303, "/sign-in"), "{path}");
        for headers in [&[("hx-request", "true")][..], &[("accept", "text/event-stream")]] {
            let piece = house.glass.send(Method::GET, path, headers).await;
            assert_eq!(piece.status, 401, "{path}");
            piece.assert_shows("You are signed out.");
            piece.assert_hides("Secretive");
        }
        let forged = [("cookie", "fleet-4000=0000"), ("hx-request", "true")];
        assert_eq!(house.glass.send(Method::POST, path, &forged).await.status, 401, "{path}");
    }
    let doors: Vec<_> = doors.iter().map(String::as_str).collect();
    assert_eq!(
        doors,
        ["/assets/x", "/assets/x/y/..", "/favicon.svg", "/health", "/health/live", "/sign-in", "/welcome/x"],
        "what a stranger may open"
    );
    assert_eq!(house.glass.intent(house.bot.id).await, Intent::Stopped);
    assert_eq!(house.glass.bots.switch().state(), StopState::Off, "no stranger stops anything");
}

#[tokio::test]
async fn the_way_in_leads_to_where_one_wanted_to_go() {
    let house = House::new().await;
    let led = house.glass.get("/bots?page=2&q=a").await;
    assert_eq!(led.header("location"), "/sign-in?next=/bots%3Fpage%3D2%26q%3Da");
    let door = house.glass.get(led.header("location")).await;
    assert_eq!(door.status, 200);
    door.assert_shows("<input type=\"hidden\" name=\"next\" value=\"/bots?page=2&#38;q=a\">");

    // With htmx, from the page that is open.
    let headers = [("hx-request", "true"), ("hx-current-url", "http://localhost:4000/bots?page=2")];
    let piece = house.glass.send(Method::GET, "/bots/live", &headers).await;
    piece.assert_shows("hx-target=\"#notice\"");
    piece.assert_shows("<a href=\"/sign-in?next=/bots%3Fpage%3D2\">Sign in again</a>");

    let form = format!("name=ada&password={}&next=/bots?page=2", PASSWORD.replace(' ', "+"));
    assert_eq!(house.form(HERE, "/sign-in", &form, &[]).await.header("location"), "/bots?page=2");
    for elsewhere in
        ["//evil.example", "https://evil.example", "/\\evil.example", "%2F%2Fevil.example", "/%0d%0ax"]
    {
        let form = format!("name=ada&password={}&next={elsewhere}", PASSWORD.replace(' ', "+"));
        assert_eq!(house.form(HERE, "/sign-in", &form, &[]).await.header("location"), "/", "{elsewhere}");
        let door = house.glass.get(&format!("/sign-in?next={elsewhere}")).await;
        door.assert_shows("name=\"next\" value=\"/\"");
    }
}

#[tokio::test]
async fn who_signed_in_is_named_on_every_page_and_in_the_log() {
    let house = House::new().await;
    let ada = house.signed_in().await;
    for path in ["/", "/bots", "/account", "/nowhere"] {
        let page = ada.get(path).await;
        page.assert_shows("href=\"/account\"");
        page.assert_shows("<span class=\"who-word\">Ada</span>");
        page.assert_shows("action=\"/sign-out\"");
    }
    ada.post(&format!("/bots/{}/start", house.bot.id)).await;
    assert_eq!(house.glass.intent(house.bot.id).await, Intent::Running);
    assert_eq!(house.glass.newest().await.metadata.unwrap()["by"], "Ada");
    ada.post("/stop-everything").await;
    assert_eq!(house.glass.bots.stop_order().await.unwrap().unwrap().by, "Ada");

    // Whoever is in already need not sign in again.
    let again = ada.get("/sign-in?next=/bots").await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, "/bots"));
}

#[tokio::test]
async fn the_cookie_is_as_guarded_as_the_way_it_takes() {
    let plain = House::new().await.try_in("ada", PASSWORD).await.header("set-cookie").to_owned();
    let (token, rest) = plain.strip_prefix("fleet-4000=").unwrap().split_at(64);
    assert!(Token::read(token).is_some());
    assert_eq!(rest, "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");

    let url = "https://fleet.example.org".to_owned();
    let house = House::behind(Door::SignIn { public_url: Some(url) }).await;
    let form = format!("name=ada&password={}", PASSWORD.replace(' ', "+"));
    let answer = house.form("fleet.example.org", "/sign-in", &form, &[]).await;
    let secure = answer.header("set-cookie");
    assert!(secure.starts_with("__Host-fleet=") && secure.ends_with("; SameSite=Lax; Secure"), "{secure}");
    let cookie = cookie(&answer);
    for (cookie, status) in [(cookie.as_str(), 200), (cookie.trim_start_matches("__Host-"), 303)] {
        let headers = [("cookie", cookie)];
        let page = house.glass.ask("fleet.example.org", Method::GET, "/", &headers, "").await;
        assert_eq!(page.status, status, "over https only the guarded cookie counts");
    }
}

#[tokio::test]
async fn a_name_that_is_not_ours_opens_no_door() {
    let url = "https://fleet.example.org".to_owned();
    let house = House::behind(Door::SignIn { public_url: Some(url) }).await;
    for host in ["evil.example", "fleet.example.org.evil.example"] {
        let answer = house.glass.send_under(host, Method::GET, "/sign-in").await;
        assert_eq!(answer.status, 421, "{host}");
        answer.assert_shows("The panel does not answer under this name.");
        answer.assert_hides("Stop everything");
    }
    for host in ["fleet.example.org", "10.1.2.3:4000", "localhost:4000"] {
        assert_eq!(house.glass.send_under(host, Method::GET, "/sign-in").await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn another_site_cannot_sign_anybody_in_or_out() {
    let house = House::new().await;
    let ada = house.signed_in().await;
    let form = format!("name=ada&password={}", PASSWORD.replace(' ', "+"));
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for foreign in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "http://evil.example")]
    {
        for (path, cookie) in [("/sign-in", ""), ("/sign-out", ada.cookie.as_str()), ("/welcome/x", "")] {
            let headers = [kind, foreign, ("cookie", cookie)];
            let answer = house.glass.ask(HERE, Method::POST, path, &headers, &form).await;
            assert_eq!(answer.status, 403, "{path} {foreign:?}");
            assert_eq!(answer.header("set-cookie"), "", "{path}");
            answer.assert_shows("This order came from another site.");
        }
    }
    assert!(ada.is_in().await);
}

#[tokio::test]
async fn over_plain_http_the_origin_alone_tells_whose_form_it_is() {
    // Browsers send no `Sec-Fetch-Site` to an address of another machine without https.
    let house = House::new().await;
    let form = format!("name=ada&password={}", PASSWORD.replace(' ', "+"));
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for (origin, status) in [("http://10.0.0.1:4000", 303), ("null", 403), ("http://10.0.0.2:4000", 403)] {
        let headers = [kind, ("origin", origin)];
        let answer = house.glass.ask("10.0.0.1:4000", Method::POST, "/sign-in", &headers, &form).await;
        assert_eq!(answer.status, status, "{origin}");
        assert_eq!(answer.header("set-cookie").is_empty(), status == 403, "{origin}");
    }
    // So our own pages must not make them hide where a form comes from.
    let page = house.glass.send_under("10.0.0.1:4000", Method::GET, "/sign-in").await;
    assert_eq!(page.header("referrer-policy"), "same-origin");
}

#[tokio::test]
async fn a_wrong_try_tells_nothing_and_many_have_to_wait() {
    let house = House::new().await;
    let wrong = house.try_in("ada", OTHER).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_shows("The name or the password is wrong.");
    wrong.assert_shows("value=\"ada\"");
    wrong.assert_hides(OTHER);
    assert_eq!(wrong.header("set-cookie"), "");
    let stranger = house.try_in("eve", OTHER).await;
    assert_eq!((stranger.status, stranger.text.replace("eve", "ada")), (wrong.status, wrong.text));

    for _ in 0..4 {
        assert_eq!(house.try_in("ADA", OTHER).await.status, 422);
    }
    let waiting = house.try_in("ada", PASSWORD).await;
    assert_eq!(waiting.status, 429, "also the right one has to wait");
    assert_eq!(waiting.header("retry-after").parse::<u64>().unwrap() / 6, 0);
    waiting.assert_shows("There were too many failed tries. Try again in");
    assert_eq!(waiting.header("set-cookie"), "");
    for _ in 0..4 {
        assert_eq!(house.try_in("eve", OTHER).await.status, 422, "another name is tried freely");
    }
    // The others are told, of a name that is an operator's.
    let newest = house.glass.newest().await;
    assert_eq!(newest.kind, ActivityKind::SignInRefused);
    assert_eq!(newest.message, "5 tries to sign in as Ada failed, the last from nobody knows where");

    let nonsense =
        house.glass.ask(HERE, Method::POST, "/sign-in", &[("content-type", "text/plain")], "x").await;
    assert_eq!(nonsense.status, 400);
    nonsense.assert_shows("This form cannot be read.");
    let large = house.form(HERE, "/sign-in", &format!("name={}", "a".repeat(20_000)), &[]).await;
    assert_eq!(large.status, 400);
}

#[tokio::test]
async fn who_tries_from_elsewhere_keeps_no_operator_out() {
    let house = House::new().await;
    let form = |password: &str| format!("name=ada&password={}&next=/", password.replace(' ', "+"));
    let router = house.glass.router.clone();
    let from = async |address: &str, password: &str| {
        let mut request = Request::post("/sign-in")
            .header("host", HERE)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form(password)))
            .unwrap();
        let peer: SocketAddr = format!("{address}:1234").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request).await.unwrap().status().as_u16()
    };
    for _ in 0..5 {
        assert_eq!(from("198.51.100.4", OTHER).await, 422);
    }
    for _ in 0..20 {
        assert_eq!(from("198.51.100.4", OTHER).await, 429);
    }
    assert_eq!(from("192.0.2.7", PASSWORD).await, 303, "the operator is somewhere else");
}

#[tokio::test]
async fn a_sign_in_that_ended_anywhere_is_over_at_once() {
    let house = House::new().await;
    let (here, there) = (house.signed_in().await, house.signed_in().await);
    let out = here.post("/sign-out").await;
    assert_eq!((out.status.as_u16(), out.header("location")), (303, "/sign-in?out"));
    assert_eq!(out.header("set-cookie"), "fleet-4000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    house.glass.get("/sign-in?out").await.assert_shows("You are signed out.");
    assert!(!here.is_in().await && there.is_in().await);

    // As a shell does it.
    house.glass.bots.sign_out_everywhere("ada", &asked()).await.unwrap();
    assert!(!there.is_in().await);

    let (one, other) = (house.signed_in().await, house.signed_in().await);
    assert_eq!(one.post("/sign-out-everywhere").await.header("location"), "/sign-in?out");
    assert!(!one.is_in().await && !other.is_in().await);

    let removed = house.signed_in().await;
    house.glass.bots.add_operator(operator("bo"), &asked()).await.unwrap();
    house.glass.bots.remove_operator("ada", &asked()).await.unwrap();
    assert!(!removed.is_in().await);
}

#[tokio::test]
async fn two_panels_on_one_host_do_not_sign_each_other_out() {
    let (one, other) = (House::new().await, House::new().await);
    let form = format!("name=ada&password={}", PASSWORD.replace(' ', "+"));
    let first = cookie(&one.form("localhost:4000", "/sign-in", &form, &[]).await);
    let second = cookie(&other.form("localhost:4001", "/sign-in", &form, &[]).await);
    assert_ne!(first.split('=').next(), second.split('=').next());
    let cookies = format!("{first}; {second}");
    let both = [("cookie", cookies.as_str())];
    for (house, host) in [(&one, "localhost:4000"), (&other, "localhost:4001")] {
        assert_eq!(house.glass.ask(host, Method::GET, "/", &both, "").await.status, 200, "{host}");
    }
    let out = one.form("localhost:4000", "/sign-out", "", &both).await;
    assert!(out.header("set-cookie").starts_with("fleet-4000=;"), "{}", out.header("set-cookie"));
}

#[tokio::test]
async fn whoever_signs_out_while_the_store_fails_is_out_and_the_store_is_told_later() {
    for way in ["/sign-out", "/sign-out-everywhere"] {
        let house = House::new().await;
        let (here, there) = (house.signed_in().await, house.signed_in().await);
        assert!(here.is_in().await && there.is_in().await);
        let url = format!("sqlite://{}", house.glass.folder.path().join("fleet.db").display());
        let past = Database::connect(url).await.unwrap();
        past.execute_unprepared("ALTER TABLE sessions RENAME TO gone").await.unwrap();

        let out = here.post(way).await;
        assert_eq!((out.status.as_u16(), out.header("location")), (303, "/sign-in?out=untold"), "{way}");
        assert_eq!(out.header("set-cookie"), "fleet-4000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        house.glass.get("/sign-in?out=untold").await.assert_shows("The store does not answer");
        assert!(
            here.get("/").await.header("location").starts_with("/sign-in"),
            "the old cookie opens nothing"
        );
        assert_eq!(there.is_in().await, way == "/sign-out");

        past.execute_unprepared("ALTER TABLE gone RENAME TO sessions").await.unwrap();
        assert!(!here.is_in().await, "not even while the store still believes in it");
        let later = house.signed_in().await;
        let left = if way == "/sign-out" { 2 } else { 1 };
        let operator = house.glass.bots.list_operators().await.unwrap().remove(0).operator.id;
        let telling = async {
            while house.glass.bots.list_sessions(operator).await.unwrap().len() > left {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(DEADLINE, telling).await.expect("the store is told");
        assert!(later.is_in().await, "what began since goes on");
    }
}

#[tokio::test]
async fn a_stream_ends_soon_after_its_sign_in() {
    let house = House::new().await;
    let ada = house.signed_in().await;
    let request = Request::get("/live").header("host", HERE).header("cookie", &ada.cookie);
    let response = house.glass.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"text/event-stream".parse().unwrap())
    );
    let mut body = response.into_body();
    let mut text = String::new();
    let reading = async {
        while let Some(frame) = body.frame().await {
            text.push_str(std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap());
            if text.contains("Secretive") && ada.is_in().await {
                house.glass.bots.sign_out_everywhere("ada", &asked()).await.unwrap();
            }
        }
    };
    timeout(DEADLINE, reading).await.expect("the stream ends");
    let last = text.trim_end().rsplit("\n\n").next().unwrap();
    assert!(last.starts_with("data: <hx-partial hx-target=\"#notice\""), "{last}");
    assert!(
        last.contains("You are signed out.") && last.lines().all(|line| line.starts_with("data: ")),
        "{last}"
    );
}

#[tokio::test]
async fn the_first_operator_comes_in_by_the_link() {
    let glass = Glass::behind(GUARDED).await;
    let link = glass.bots.invite_operator().await.unwrap().unwrap();
    let path = format!("/welcome/{}", link.reveal());
    let page = glass.get(&path).await;
    assert_eq!(page.status, 200);
    page.assert_shows("You are the first operator of this fleet.");
    page.assert_hides(&link.reveal());

    let refused = glass.fill(&path, "name=a+b&password=short&again=other").await;
    assert_eq!(refused.status, 422);
    for words in [
        "must be 2 to 60 characters",
        "must have 12 to 200 characters, it has 5",
        "is not the same as the first",
    ] {
        refused.assert_shows(words);
    }
    refused.assert_hides("short\"");

    let form = format!("name=ada&password={0}&again={0}", PASSWORD.replace(' ', "+"));
    let came_in = glass.fill(&path, &form).await;
    assert_eq!((came_in.status.as_u16(), came_in.header("location")), (303, "/"));
    let cookie = cookie(&came_in);
    glass
        .send(Method::GET, "/", &[("cookie", cookie.as_str())])
        .await
        .assert_shows("<span class=\"who-word\">ada</span>");

    for answer in [glass.get(&path).await, glass.fill(&path, &form).await, glass.get("/welcome/x").await] {
        assert_eq!(answer.status, 410);
        answer.assert_shows("This link leads nowhere any more.");
    }
}

#[tokio::test]
async fn an_operator_sees_its_sign_ins_and_changes_its_password() {
    let house = House::new().await;
    let (here, there, third) = (house.signed_in().await, house.signed_in().await, house.signed_in().await);
    let page = here.get("/account").await;
    assert_eq!(page.text.matches("This browser").count(), 1);
    assert_eq!(page.text.matches("Another browser").count(), 2);

    // The one used last stands first, so the first way out is another one's.
    let end = page.text.split("action=\"/account/sessions/").nth(1).unwrap().split('"').next().unwrap();
    let ended = here.post(&format!("/account/sessions/{end}")).await;
    assert_eq!(ended.header("location"), "/account?done=session");
    here.get("/account?done=session").await.assert_shows("That browser is signed out.");
    assert_ne!(there.is_in().await, third.is_in().await, "one of the two is out");
    assert_eq!(here.post(&format!("/account/sessions/{end}")).await.status, 404);

    let change = |current: &str, new: &str, again: &str| {
        format!("current={current}&password={new}&again={again}").replace(' ', "+")
    };
    for (form, told) in [
        (change(OTHER, OTHER, OTHER), "This is not your password"),
        (change(PASSWORD, "short", "short"), "must have 12 to 200 characters, it has 5"),
        (change(PASSWORD, OTHER, PASSWORD), "is not the same as the first"),
    ] {
        let refused = here.fill("/account/password", &form).await;
        assert_eq!(refused.status, 422, "{told}");
        refused.assert_shows(told);
        refused.assert_hides(OTHER);
    }
    let done = here.fill("/account/password", &change(PASSWORD, OTHER, OTHER)).await;
    assert_eq!(done.header("location"), "/account?done=password");
    assert!(here.is_in().await && !there.is_in().await && !third.is_in().await);
    assert_eq!(house.try_in("ada", PASSWORD).await.status, 422);
    assert_eq!(house.try_in("ada", OTHER).await.status, 303);

    // Strangers at the door keep nobody who is in from another password.
    for _ in 0..8 {
        house.try_in("ada", PASSWORD).await;
    }
    assert_eq!(house.try_in("ada", OTHER).await.status, 429);
    let change_it = change(OTHER, PASSWORD, PASSWORD);
    assert_eq!(here.fill("/account/password", &change_it).await.header("location"), "/account?done=password");
    let change_back = change(PASSWORD, OTHER, OTHER);
    assert_eq!(
        here.fill("/account/password", &change_back).await.header("location"),
        "/account?done=password"
    );

    // A browser that was left open is no place to guess at.
    for _ in 0..5 {
        here.fill("/account/password", &change(PASSWORD, PASSWORD, PASSWORD)).await;
    }
    assert_eq!(here.fill("/account/password", &change(OTHER, PASSWORD, PASSWORD)).await.status, 429);
}

#[tokio::test]
async fn no_page_and_no_line_of_the_log_holds_a_secret() {
    let house = House::new().await;
    let ada = house.signed_in().await;
    let mut told = String::new();
    for path in ["/", "/bots", "/account", "/nowhere", "/activity"] {
        told += &ada.get(path).await.text;
    }
    let page = format!("{:?}", house.glass.bots.get_activity(&Default::default()).await.unwrap());
    let hash = Token::read(ada.token()).unwrap().hash();
    for secret in [PASSWORD, ada.token(), &hash, "argon2"] {
        assert!(!told.contains(secret) && !page.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_open_panel_needs_no_operator_and_says_so() {
    let glass = Glass::new().await;
    glass.get("/").await.assert_shows("no sign-in");
    glass.get("/").await.assert_hides("action=\"/sign-out\"");
    let door = glass.get("/sign-in?next=/bots").await;
    assert_eq!((door.status.as_u16(), door.header("location")), (303, "/bots"));
    for path in ["/account", "/welcome/x"] {
        assert!([404, 410].contains(&glass.get(path).await.status.as_u16()), "{path}");
    }
    assert_eq!(glass.post("/sign-out").await.status, 404);
}

#[tokio::test]
async fn who_was_seen_before_stops_and_lifts_while_the_store_fails() {
    let house = House::new().await;
    let (ada, unseen) = (house.signed_in().await, house.signed_in().await);
    assert!(ada.is_in().await);
    let url = format!("sqlite://{}", house.glass.folder.path().join("fleet.db").display());
    let past = Database::connect(url).await.unwrap();
    past.execute_unprepared("ALTER TABLE sessions RENAME TO gone").await.unwrap();
    past.execute_unprepared("ALTER TABLE settings RENAME TO away").await.unwrap();

    let refused = unseen.get("/").await;
    assert_eq!(refused.status, 503);
    refused.assert_hides("Secretive");
    assert_eq!(unseen.post("/stop-everything").await.status, 503);
    assert_eq!(house.glass.bots.switch().state(), StopState::Off);

    let stopped = ada.post("/stop-everything").await;
    assert_eq!(stopped.status, 303);
    assert!(house.glass.bots.switch().is_pulled());
    let page = ada.get("/").await;
    page.assert_shows("Everything is stopped on this node.");
    page.assert_shows("Lift the stop");

    past.execute_unprepared("ALTER TABLE away RENAME TO settings").await.unwrap();
    let lifting = async {
        while house.glass.bots.switch().is_pulled() {
            assert_eq!(ada.post("/stop-everything/lift").await.status, 303);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(DEADLINE, lifting).await.expect("the stop is lifted though nobody can be looked up");
    past.execute_unprepared("ALTER TABLE gone RENAME TO sessions").await.unwrap();
    assert!(unseen.is_in().await);
}

#[tokio::test]
async fn who_was_seen_before_stops_within_a_second_while_the_store_hangs() {
    let Some(server) = postgres() else { return };
    let name = format!("fleet_web_{}", OperatorId::generate().to_string().replace('-', "_"));
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
    let house = House::over(Glass::over(&StoreAddress::Postgres(url.clone()), GUARDED).await).await;
    let ada = house.signed_in().await;
    assert!(ada.is_in().await);

    let holder = Database::connect(&url).await.unwrap().begin().await.unwrap();
    let lock = "LOCK TABLE sessions, settings, operators IN ACCESS EXCLUSIVE MODE";
    holder.execute_unprepared(lock).await.unwrap();
    let stop = ada.post("/stop-everything");
    // Where nothing comes but time, it comes at once: what the machine takes for the rest is none of it.
    tokio::time::pause();
    let silent = async {
        let begun = tokio::time::Instant::now();
        house.glass.bots.switch().pulled().await;
        begun.elapsed()
    };
    let (answer, took) = tokio::join!(stop, silent);
    assert_eq!(answer.status, 303);
    tokio::time::resume();
    assert!(took < Duration::from_secs(1), "bots fall silent after {took:?}");
    ada.get("/").await.assert_shows("Everything is stopped on this node.");
    holder.rollback().await.unwrap();

    let lifting = async {
        while house.glass.bots.switch().is_pulled() {
            ada.post("/stop-everything/lift").await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(DEADLINE, lifting).await.expect("the stop is lifted once the store answers");
    drop(house);
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

/// Where a Postgres for tests is, if the run of the tests tells it.
#[expect(clippy::disallowed_methods, reason = "the run of the tests tells them where their server is")]
fn postgres() -> Option<String> {
    let server = std::env::var("FLEET_TEST_POSTGRES").ok();
    if server.is_none() {
        assert!(std::env::var("CI").is_err(), "CI runs every test; start them with `cargo xtask test`");
        eprintln!("skipped: no Postgres at hand; `cargo xtask test` starts one");
    }
    server
}

#[tokio::test]
async fn an_order_that_nobody_signed_is_none() {
    let by = Asked { by: "Ada".into(), at: FleetTime(0) };
    let house = House::new().await;
    let answer = house.form(HERE, "/stop-everything", "", &[("x-operator", &by.by)]).await;
    assert_eq!(answer.header("location"), "/sign-in");
    assert_eq!(house.glass.bots.switch().state(), StopState::Off);
}
