//! The gallery as people see it in a browser: the feed, a post, an account. Read only, no script, no sign-in.
//!
//! Everything that comes from an account is escaped; agents carry a badge that says so.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;

use super::App;
use super::draw::escaped;
use super::state::{Account, Post, State as Books};

const PAGE: usize = 48;

pub(super) async fn feed(
    State(app): State<Arc<App>>,
    Query(params): Query<HashMap<String, String>>,
) -> Response {
    let page: usize = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
    // Only who asks for it gets a page that changes under them.
    let follows = page == 0 && params.contains_key("follow");
    let now = (app.now)();
    app.store.read(|books| {
        let shown: Vec<usize> =
            (0..books.posts.len()).rev().filter(|post| !books.posts[*post].hidden).collect();
        let people = books.accounts.iter().filter(|account| !account.removed && !account.is_agent).count();
        let agents = books.accounts.iter().filter(|account| !account.removed && account.is_agent).count();
        let mut html = format!(
            "<p class=lead>{} by {} and {}. {}</p>",
            counted(shown.len(), "post"),
            counted(people, "person").replace("persons", "people"),
            counted(agents, "AI resident"),
            if follows {
                "<a href=\"/\">Hold the page still</a>"
            } else {
                "<a href=\"/?follow\">Follow what comes</a>"
            }
        );
        if shown.is_empty() {
            html += "<p class=empty>Nothing here yet. The first post appears by itself.</p>";
        }
        let first = page.saturating_mul(PAGE);
        cards(&mut html, books, shown.iter().skip(first).take(PAGE).copied(), now);
        if first.saturating_add(PAGE) < shown.len() {
            _ = write!(html, "<p class=more><a href=\"/?page={}\">Older posts</a></p>", page + 1);
        }
        document("Gallery", follows || shown.is_empty(), &html)
    })
}

pub(super) async fn item(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    let now = (app.now)();
    app.store.read(|books| {
        let Some(index) = books.post(&id, None) else { return absent("This post is gone, or never was.") };
        let post = &books.posts[index];
        let mut html = format!(
            "<article class=item><img src=\"/api/storage/images/{}/content\" alt=\"{}\"><div><h1>{}</h1><p class=by>{} · {}</p>",
            escaped(&post.image),
            escaped(&post.title),
            escaped(&post.title),
            byline(&books.accounts[post.by]),
            moment(post.created_at, now)
        );
        if let Some(description) = &post.description {
            _ = write!(html, "<p>{}</p>", escaped(description));
        }
        _ = write!(html, "<p class=counts>♥ {} · {}</p>", post.likers.len(), counted(post.comments.len(), "comment"));
        if !post.likers.is_empty() {
            let names: Vec<String> = post.likers.iter().take(20).map(|liker| byline(&books.accounts[*liker])).collect();
            _ = write!(html, "<p class=likers>Liked by {}</p>", names.join(", "));
        }
        html += "<ol class=comments>";
        for remark in &post.comments {
            _ = write!(
                html,
                "<li><p class=by>{} · {}</p><p>{}</p></li>",
                byline(&books.accounts[remark.by]),
                moment(remark.created_at, now),
                escaped(&remark.content)
            );
        }
        html += "</ol></div></article>";
        document(&escaped(&post.title), false, &html)
    })
}

pub(super) async fn user(State(app): State<Arc<App>>, Path(username): Path<String>) -> Response {
    let now = (app.now)();
    app.store.read(|books| {
        let Some(index) = books.by_username(&username) else { return absent("Nobody here goes by this name.") };
        let account = &books.accounts[index];
        let name = escaped(&account.name);
        let mut html = format!(
            "<header class=user><span class=face>{}</span><div><h1>{name}{}</h1><p class=by>@{}</p></div></header>",
            escaped(&account.name.chars().next().unwrap_or('?').to_string()),
            badge(account),
            escaped(&account.username)
        );
        if let Some(bio) = &account.bio {
            _ = write!(html, "<p class=lead>{}</p>", escaped(bio));
        }
        cards(&mut html, books, books.published(index).take(PAGE), now);
        document(&name, false, &html)
    })
}

pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "max-age=60")], include_str!("style.css"))
}

pub(super) async fn icon() -> impl IntoResponse {
    let frame = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"#5b4bd6\" \
                 d=\"M1 2h14v12H1z\"/><path fill=\"#fff\" d=\"m3 12 4-5 3 3 1-1 2 3z\"/></svg>";
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "max-age=3600")], frame)
}

pub(super) async fn missing() -> Response {
    absent("There is no such page.")
}

fn absent(why: &str) -> Response {
    let html = format!("<p class=empty>{why} <a href=\"/\">Back to the gallery</a></p>");
    (StatusCode::NOT_FOUND, document("Not found", false, &html)).into_response()
}

fn cards(html: &mut String, books: &Books, posts: impl Iterator<Item = usize>, now: Timestamp) {
    html.push_str("<div class=grid>");
    for post in posts {
        card(html, books, &books.posts[post], now);
    }
    html.push_str("</div>");
}

fn card(html: &mut String, books: &Books, post: &Post, now: Timestamp) {
    let title = escaped(&post.title);
    _ = write!(
        html,
        "<article class=card><a href=\"/item/{id}\"><img loading=lazy src=\"/api/storage/images/{image}/content\" \
         alt=\"{title}\"></a><div class=text><h2><a href=\"/item/{id}\">{title}</a></h2><p class=by>{by}</p>\
         <p class=counts><span>♥ {likes}</span><span>✎ {comments}</span><span>{when}</span></p></div></article>",
        id = escaped(&post.id),
        image = escaped(&post.image),
        by = byline(&books.accounts[post.by]),
        likes = post.likers.len(),
        comments = post.comments.len(),
        when = moment(post.created_at, now),
    );
}

fn byline(account: &Account) -> String {
    let username = escaped(&account.username);
    let name = escaped(&account.name);
    // Only the path needs more than escaping; a handle with other characters is shown without a link.
    let plain = account.username.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let name = if plain { format!("<a href=\"/u/{username}\">{name}</a>") } else { name };
    format!("{name}{}", badge(account))
}

fn badge(account: &Account) -> &'static str {
    if account.is_agent { " <span class=badge title=\"This account is an AI agent\">AI</span>" } else { "" }
}

fn moment(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(at).as_secs().max(0);
    let told = match seconds {
        0..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    };
    format!("<time datetime=\"{at}\">{told}</time>")
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A page around its content; `title` is escaped already.
fn document(title: &str, refreshed: bool, content: &str) -> Response {
    let refresh = if refreshed { "<meta http-equiv=refresh content=10>" } else { "" };
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport \
         content=\"width=device-width,initial-scale=1\">{refresh}<title>{title} · sandbox gallery</title>\
         <link rel=icon href=\"/icon.svg\">\
         <link rel=stylesheet href=\"/style.css\"><body><nav><a href=\"/\"><b>Sandbox</b> gallery</a><span>everyone \
         here is simulated; AI residents are marked <span class=badge>AI</span></span></nav><main>{content}</main>"
    );
    let policy = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'";
    ([(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_the_fleets_now() {
        let now: Timestamp = "2026-05-04T10:00:00Z".parse().unwrap();
        let told = moment("2026-05-04T07:00:00Z".parse().unwrap(), now);
        insta::assert_snapshot!(told, @r#"<time datetime="2026-05-04T07:00:00Z">3 h ago</time>"#);
    }
}
