//! The gallery, as far as a fleet can try it without doing anything there: the address, the token and its permission, the
//! two clocks, what can be drawn, and how much may be asked.

use fleet_bots::{Account, BotFilter, BotId, Bots};
use fleet_gallery::{Error, FeedQuery, Gallery};
use jiff::SignedDuration;

use super::finding::Finding;
use crate::commands::demo::ITS_GALLERY;
use crate::config::GalleryOptions;
use crate::failure;

/// In whose name the token is tried when no bot has an account yet.
const NOBODY: &str = "fleet_doctor";
/// Clocks that differ by more than this are told of, and by more than that need mending.
const SKEW: SignedDuration = SignedDuration::from_secs(30);
const WRONG: SignedDuration = SignedDuration::from_secs(600);
/// Makes pictures by words; the others draw.
const IMAGE_MODEL: &str = "openai";
/// What the fleet can draw with where there is no image model.
const DRAWS: [&str; 2] = ["shapes", "qr"];

/// Looks at the gallery that is named, unless the data is about another one.
pub(super) async fn look(options: &GalleryOptions, bots: Option<&Bots>) -> Vec<Finding> {
    let gallery = match options.connect().and_then(|with| match with {
        Some(gallery) => Ok((gallery, true)),
        None => Ok((options.connect_without_token()?, false)),
    }) {
        Ok(gallery) => gallery,
        Err(error) => {
            let remedy = "mend FLOIMG_API_URL or FLOIMG_SERVICE_TOKEN";
            return vec![Finding::fail("gallery", failure::told(&error), remedy)];
        }
    };
    let (gallery, has_token) = gallery;
    let mut findings = Vec::new();
    if let Some(bots) = bots {
        match tied(options, &gallery, bots).await {
            Ok(finding) => findings.push(finding),
            Err(finding) => return vec![finding],
        }
    }
    let offered = gallery.generators().await;
    let (here, is_api) = answered(&gallery, offered.as_ref().err());
    findings.push(here);
    if !is_api {
        return findings;
    }
    if has_token {
        let acting = match bots {
            Some(bots) => someone_with_account(bots).await,
            None => NOBODY.into(),
        };
        findings.extend(token(&gallery, &acting).await);
    } else {
        let remedy = "set FLOIMG_SERVICE_TOKEN for `fleet serve`; `fleet demo` needs none";
        findings.push(Finding::warn("token", "no service token was given", remedy));
    }
    findings.push(clock(gallery.courtesy().clock_offset));
    if let Ok(generators) = offered {
        findings.push(abilities(&gallery, &generators).await);
    }
    findings.push(limits(&gallery));
    findings
}

/// Whether the data is about the gallery that is named; an error where there is nothing more to look at.
async fn tied(options: &GalleryOptions, gallery: &Gallery, bots: &Bots) -> Result<Finding, Finding> {
    let named = gallery.base_url().as_str();
    match bots.bound_gallery().await {
        Err(error) => Err(Finding::fail("data", error.to_string(), "check the store")),
        Ok(None) => Ok(Finding::ok(
            "data",
            "it is about no gallery yet; `fleet serve` ties it to the one that it is given",
        )),
        Ok(Some(bound)) if bound == named => {
            Ok(Finding::ok("data", format!("it is about this gallery: {bound}")))
        }
        Ok(Some(bound)) if bound == ITS_GALLERY && options.is_default() => Err(Finding::ok(
            "gallery",
            "this data is a demo's, whose gallery lives as long as the demo does; for another gallery use another folder \
             or database",
        )),
        Ok(Some(bound)) if bound == ITS_GALLERY => Ok(Finding::warn(
            "data",
            format!("it is a demo's, and FLOIMG_API_URL names {named}"),
            "this is right if the demo's own gallery is meant; for any other one use another folder or database",
        )),
        Ok(Some(bound)) => Err(Finding::fail(
            "data",
            format!("it is about {bound}, and FLOIMG_API_URL names {named}; `fleet serve` refuses that"),
            format!("set FLOIMG_API_URL={bound}, or use another folder or database for the other gallery"),
        )),
    }
}

/// What the first answer says of the address, and whether a gallery's API is there.
fn answered(gallery: &Gallery, error: Option<&Error>) -> (Finding, bool) {
    let address = gallery.base_url();
    let fail = |found: String, remedy: &str| (Finding::fail("gallery", found, remedy), false);
    let api = "set FLOIMG_API_URL to the address of the API, such as https://api.floimg.com, and not to that of a web site";
    match error {
        Some(error @ Error::Unreachable { cause, .. }) => fail(error.to_string(), reaching(cause)),
        Some(error @ (Error::TimedOut { .. } | Error::Cut { .. } | Error::HeldBack { .. })) => fail(
            error.to_string(),
            "see that the gallery runs, and that no firewall or proxy stands between it and this machine",
        ),
        Some(Error::Unreadable { what }) => {
            fail(format!("something answers at {address}, but it is no gallery's API: {what}"), api)
        }
        Some(Error::NotFound { .. }) => {
            fail(format!("something answers at {address}, but it does not know /api/nodes/generators"), api)
        }
        Some(Error::Server { status: status @ 300..400, .. }) => fail(
            format!("{address} sends elsewhere (status {status}), and a token does not follow"),
            "set FLOIMG_API_URL to the address that it leads to, mostly the same with https://",
        ),
        Some(error @ Error::Server { .. }) => fail(error.to_string(), "ask the gallery's operator"),
        Some(error @ Error::Misconfigured { .. }) => fail(error.to_string(), "mend FLOIMG_API_URL"),
        Some(error @ Error::Paused) => (
            Finding::warn(
                "gallery",
                format!("it answers: {address}; but {error}"),
                "nothing to do here: the platform lifts its switch",
            ),
            true,
        ),
        _ => (Finding::ok("gallery", format!("it answers: {address}")), true),
    }
}

/// What to do about a connection that did not come about, by what the network said.
fn reaching(cause: &str) -> &'static str {
    let said = |words: &[&str]| words.iter().any(|word| cause.to_lowercase().contains(word));
    if said(&["dns", "lookup", "resolve", "name or service"]) {
        "see how the host in FLOIMG_API_URL is written, and that this machine can look up names"
    } else if said(&["certificate", "tls", "corrupt message"]) {
        "see whether the address is right with http or https, and that this machine's time and certificates are"
    } else {
        "see how FLOIMG_API_URL is written, that the gallery runs, and that this machine may reach it"
    }
}

/// Whether the gallery takes the token, and lets it make accounts.
async fn token(gallery: &Gallery, acting: &str) -> Vec<Finding> {
    let another = "ask the gallery's operator for a token that is valid, and set FLOIMG_SERVICE_TOKEN";
    let read = gallery.feed(acting, &FeedQuery { limit: 1, ..FeedQuery::default() }).await;
    let taken = match read {
        Ok(_) => Finding::ok("token", "the gallery takes it"),
        // The token opened the door; it is the name of the bot that is not known yet.
        Err(Error::Forbidden { .. } | Error::NotFound { .. }) if acting == NOBODY => {
            Finding::ok("token", "the gallery takes it; no bot has an account yet")
        }
        Err(error @ Error::Unauthorized { .. }) => {
            return vec![Finding::fail("token", error.to_string(), another)];
        }
        Err(error @ Error::Forbidden { .. }) => {
            Finding::fail("token", format!("it may not act as @{acting}: {error}"), another)
        }
        Err(error) => {
            Finding::warn("token", format!("it could not be tried: {error}"), "try again in a minute")
        }
    };
    vec![taken, permission(gallery).await]
}

/// Whether the token may make accounts. An account is asked to be removed that cannot be there: its name is made this moment
/// and kept by nobody, so that a gallery that lets this happen has nothing to remove.
async fn permission(gallery: &Gallery) -> Finding {
    match gallery.remove_user(&BotId::generate().to_string()).await {
        Ok(_) => Finding::ok("permission", "the token may make and remove accounts (users:write)"),
        Err(error @ (Error::Forbidden { .. } | Error::Unauthorized { .. })) => Finding::fail(
            "permission",
            format!("the token may not make accounts: {error}"),
            "ask the gallery's operator to give it the permission users:write; no bot can act without an account",
        ),
        Err(error) => Finding::warn(
            "permission",
            format!("it is not known whether the token may make accounts: {error}"),
            "try again in a minute; a bot whose account is refused says so",
        ),
    }
}

/// How far the gallery's clock and ours are from each other.
fn clock(offset: Option<SignedDuration>) -> Finding {
    let Some(offset) = offset else {
        return Finding::ok("clock", "the gallery does not tell its time, so it is not compared");
    };
    let way = if offset.is_negative() { "ahead of" } else { "behind" };
    let found = format!("this machine's clock is {} s {way} the gallery's", offset.abs().as_secs());
    let remedy = "let this machine keep its clock by a time server, such as with `timedatectl set-ntp true`";
    match offset.abs() {
        off if off >= WRONG => Finding::fail("clock", found, remedy),
        off if off >= SKEW => Finding::warn("clock", found, remedy),
        _ => Finding::ok("clock", "this machine and the gallery have the same time"),
    }
}

/// What pictures can be made there.
async fn abilities(gallery: &Gallery, generators: &[String]) -> Finding {
    let has = |name: &str| generators.iter().any(|generator| generator == name);
    let transforms = gallery.transforms().await.map_or_else(
        |_| "it does not tell its transforms".to_owned(),
        |transforms| format!("{} transforms", transforms.len()),
    );
    let drawn: Vec<&str> = DRAWS.into_iter().filter(|name| has(name)).collect();
    match (has(IMAGE_MODEL), drawn.is_empty()) {
        (true, _) => Finding::ok("abilities", format!("pictures come from an image model; {transforms}")),
        (false, false) => Finding::warn(
            "abilities",
            format!("there is no image model, so pictures are drawn ({}); {transforms}", drawn.join(", ")),
            "nothing has to be done; the gallery's operator can give the platform a key for an image model",
        ),
        (false, true) => Finding::fail(
            "abilities",
            format!("there is no generator that the fleet knows among {}", told(generators)),
            "without one no bot makes pictures; ask the gallery's operator which it offers",
        ),
    }
}

fn told(names: &[String]) -> String {
    if names.is_empty() { "none at all".into() } else { names.join(", ") }
}

/// How much the gallery lets be asked.
fn limits(gallery: &Gallery) -> Finding {
    let report = gallery.courtesy();
    let Some(limit) = report.limit else {
        return Finding::ok("limits", "the gallery names none; the fleet asks at most five times a second");
    };
    let left = report.remaining.map(|left| format!(", {left} of them left")).unwrap_or_default();
    let until =
        report.reset_at.map(|at| format!(" until {}", at.strftime("%H:%M:%S UTC"))).unwrap_or_default();
    let found = format!("the token may ask {limit} times{left}{until}");
    match report.remaining {
        Some(0) => Finding::warn(
            "limits",
            found,
            "nothing has to be done; the fleet waits for the next span by itself",
        ),
        _ => Finding::ok("limits", found),
    }
}

/// The username of a bot that the gallery knows, in whose name something can be read.
async fn someone_with_account(bots: &Bots) -> String {
    let some = bots.list_bots(&BotFilter { per_page: 1_000, ..BotFilter::default() }).await;
    some.ok()
        .and_then(|some| some.rows.into_iter().find(|row| row.bot.account == Account::Ready))
        .map_or_else(|| NOBODY.into(), |row| row.bot.username)
}
