//! Glass: the operator's panel. It shows the fleet and takes orders for it; it decides nothing and knows only the context.
//!
//! `pages` answer requests, `parts` are the pieces of a page that can also be pushed, `scene` is what of a page moves, `live`
//! pushes it, `panel` is what all of them share, `share` is whose the gallery is, `characters` what is known of personas,
//! `examples` what they would write, `seeding` makes many bots, `signed` says who gives an order, `failure` says what went
//! wrong and what to do, `host`, `guard`, `session`, `cookie` and `attempts` keep strangers out, `assets` are the files that go
//! with the pages. The route table is below, and this is the only list of public names.

mod assets;
mod attempts;
mod characters;
mod cookie;
mod examples;
mod failure;
mod glance;
mod guard;
mod host;
mod live;
mod pages;
mod panel;
mod parts;
mod scene;
mod seeding;
mod session;
mod share;
mod signed;

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use axum::{Extension, Router};
use fleet_bots::Bots;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

pub use characters::{Characters, Checked, Draw, Exchange, Mistake, Origin, Persona, Sample, Writing};
pub use panel::{Door, GalleryPosts, PanelConfig, Patience};

use panel::Panel;

/// The panel over `bots`.
pub fn router(bots: Bots, config: PanelConfig) -> Router {
    let panel = Panel::new(bots, config);
    let routes = Router::new()
        .route("/", get(pages::overview::index))
        .route("/live", get(pages::overview::live))
        .route("/live/head", get(live::head))
        .route("/bots", get(pages::bots::index))
        .route("/bots/live", get(pages::bots::live))
        .route("/bots/many/{order}", post(pages::bots::order))
        .route("/bots/new", get(pages::new::new).post(pages::new::create))
        .route("/bots/new/fill", post(pages::new::fill))
        .route("/bots/check", post(pages::form::check))
        .route("/bots/preview", post(pages::form::preview))
        .route("/bots/seed", get(pages::seed::new).post(pages::seed::create))
        .route("/bots/seed/{run}", get(pages::seed::show))
        .route("/bots/seed/{run}/live", get(pages::seed::live))
        .route("/bots/seed/{run}/go-on", post(pages::seed::go_on))
        .route("/bots/{id}/edit", get(pages::edit::edit).post(pages::edit::update))
        .route("/bots/{id}/edit/fill", post(pages::edit::fill))
        .route("/personas", get(pages::personas::index))
        .route("/personas/example", post(pages::personas::example))
        .route("/personas/check", post(pages::personas::check))
        .route("/bots/{id}", get(pages::bot::show))
        .route("/bots/{id}/live", get(pages::bot::live))
        .route("/bots/{id}/start", post(pages::bot::orders::start))
        .route("/bots/{id}/pause", post(pages::bot::orders::pause))
        .route("/bots/{id}/resume", post(pages::bot::orders::resume))
        .route("/bots/{id}/stop", post(pages::bot::orders::stop))
        .route("/bots/{id}/delete", post(pages::bot::orders::delete))
        .route("/bots/{id}/act/{wish}", post(pages::bot::orders::act))
        .route("/activity", get(pages::activity::index))
        .route("/activity/live", get(pages::activity::live))
        .route("/activity/{seq}", get(pages::activity::show))
        .route("/activity.jsonl", get(pages::activity::export))
        .route("/unresolved", get(pages::unresolved::index))
        .route("/unresolved/live", get(pages::unresolved::live))
        .route("/actions/{id}/happened", post(pages::unresolved::happened))
        .route("/actions/{id}/did-not", post(pages::unresolved::did_not))
        .route("/nodes", get(pages::nodes::index))
        .route("/nodes/live", get(pages::nodes::live))
        .route("/costs", get(pages::costs::index))
        .route("/costs/live", get(pages::costs::live))
        .route("/settings", get(pages::settings::show).post(pages::settings::update))
        .route("/settings/forget", post(pages::settings::forget))
        .route("/settings/live", get(pages::settings::live))
        .route("/stop-everything", post(pages::stop::create))
        .route("/stop-everything/lift", post(pages::stop::delete))
        .route("/account", get(pages::account::show))
        .route("/account/password", post(pages::account::change_password))
        .route("/account/sessions/{id}/end", post(pages::account::end_session))
        .route("/sign-in", get(pages::sign_in::new).post(pages::sign_in::create).layer(small_forms()))
        .route("/sign-out", post(pages::sign_in::delete))
        .route("/sign-out-everywhere", post(pages::sign_in::delete_all))
        .route("/welcome/{link}", get(pages::welcome::show).post(pages::welcome::create).layer(small_forms()))
        .route("/health", get(pages::health::show))
        .route("/health/live", get(pages::health::live))
        .route("/assets/{name}", get(assets::show))
        .route("/favicon.svg", get(assets::favicon))
        .fallback(failure::no_such_page)
        .method_not_allowed_fallback(failure::wrong_method);
    secured(routes, &panel).with_state(panel)
}

/// Serves until `shutdown` is over, then ends the streams, lets what is being answered be answered, and returns.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // A stream never ends by itself, and a graceful end waits for every answer.
    let closing = CancellationToken::new();
    let router = router.layer(Extension(live::Closing(closing.clone())));
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            shutdown.await;
            closing.cancel();
        })
        .await
}

/// What strangers may send is not large.
fn small_forms() -> DefaultBodyLimit {
    DefaultBodyLimit::max(16 * 1_024)
}

/// What holds for every answer, innermost first: nothing for strangers, no orders from other sites, failures in words,
/// small answers, and nothing on a page but what we put there.
fn secured(routes: Router<Panel>, panel: &Panel) -> Router<Panel> {
    let fixed = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    // A proxy may not pass on the name that it is called by.
    let trusted = panel.public_origin().and_then(|origin| CsrfLayer::new().add_trusted_origin(origin).ok());
    let csrf = trusted.unwrap_or_default();
    routes
        .layer(from_fn_with_state(panel.clone(), guard::ask))
        .layer(csrf)
        .layer(from_fn_with_state(panel.clone(), host::only_ours))
        .layer(from_fn_with_state(panel.clone(), failure::tell))
        .layer(CompressionLayer::new())
        .layer(from_fn(assets::forbid_keeping))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, panel.content_policy()))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // With `no-referrer` browsers would say `Origin: null` with our own forms, which over plain http is all they say.
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(header::X_FRAME_OPTIONS, "DENY"))
}
